// A box to look for a value in each long facet, there when the facet is unfolded.
(() => {
  const LONG = 12;
  const filters = document.querySelector("aside.facets[data-within]");
  if (!filters) return;
  for (const facet of filters.querySelectorAll("details.facet")) {
    const values = [...facet.querySelectorAll("li")], more = facet.querySelector("details.more");
    if (values.length <= LONG || !more) continue;
    const name = filters.dataset.within.replace("%", facet.querySelector("summary").textContent);
    const box = Object.assign(document.createElement("input"), { type: "search", className: "within", placeholder: name, autocomplete: "off" });
    box.setAttribute("aria-label", name);
    more.querySelector("ul").before(box);
    const look = () => {
      const wanted = box.value.trim().toLowerCase();
      for (const value of values) value.hidden = !value.querySelector(".value").textContent.toLowerCase().includes(wanted);
    };
    box.addEventListener("input", look);
    more.addEventListener("toggle", () => {
      if (more.open) return;
      box.value = "";
      look();
    });
  }
})();
