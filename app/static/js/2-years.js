// Dragging over the bars of the years asks for the span; a click on one bar is a link as ever.
(() => {
  const drawing = document.querySelector(".years svg");
  if (!drawing) return;
  const form = document.querySelector(".years form");
  const bars = [...drawing.querySelectorAll("a[data-year]")];
  let from = null, to = null;
  const yearAt = (event) => {
    const box = drawing.getBoundingClientRect(), place = (event.clientX - box.left) / box.width;
    const first = Number(form.elements.from.placeholder), last = Number(form.elements.to.placeholder);
    return Math.min(last, Math.max(first, first + Math.floor(place * (last - first + 1))));
  };
  const paint = () => {
    for (const bar of bars) {
      const year = Number(bar.dataset.year);
      bar.classList.toggle("dragged", from !== null && from !== to && year >= Math.min(from, to) && year <= Math.max(from, to));
    }
  };
  drawing.addEventListener("dragstart", (event) => event.preventDefault());
  drawing.addEventListener("pointerdown", (event) => {
    if (event.button === 0 && event.pointerType !== "touch") from = to = yearAt(event);
  });
  addEventListener("pointermove", (event) => {
    if (from === null) return;
    to = yearAt(event);
    paint();
  });
  addEventListener("pointerup", () => {
    if (from === null) return;
    if (from !== to) {
      drawing.addEventListener("click", (event) => event.preventDefault(), { capture: true, once: true });
      form.elements.from.value = Math.min(from, to);
      form.elements.to.value = Math.max(from, to);
      form.requestSubmit();
    }
    from = to = null;
    paint();
  });
})();
