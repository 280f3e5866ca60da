// From one marked place to the next: two buttons, or the keys n and p.
(() => {
  const stepper = document.querySelector(".found .stepper");
  if (!stepper) return;
  const marks = [...document.querySelectorAll(".text mark")];
  const output = stepper.querySelector("output");
  let place = -1;
  const show = () => { output.textContent = `${place + 1}/${marks.length}`; };
  const step = (by) => {
    if (!marks.length) return;
    if (place < 0) place = nearest() - (by > 0 ? 1 : 0);
    marks.forEach((mark) => mark.classList.remove("current"));
    place = (place + by + marks.length) % marks.length;
    marks[place].classList.add("current");
    marks[place].scrollIntoView({ block: "center" });
    show();
  };
  // The first mark that is not above the window.
  const nearest = () => Math.max(0, marks.findIndex((mark) => mark.getBoundingClientRect().top >= 48));
  document.querySelector(".found .counted").hidden = true;
  stepper.hidden = false;
  show();
  stepper.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) step(Number(button.dataset.step));
  });
  document.addEventListener("panli:key", (event) => {
    if (event.detail === "n") step(1);
    if (event.detail === "p") step(-1);
  });
})();
