// "293 more" fetches the facet with all its values into its place, with a box to look for one.
(() => {
  const filters = document.querySelector("aside.facets[data-within]");
  if (!filters) return;
  const boxed = (facet) => {
    if (!facet.hasAttribute("data-whole")) return null;
    const values = [...facet.querySelectorAll("li")];
    const name = filters.dataset.within.replace("%", facet.querySelector("summary").textContent);
    const box = Object.assign(document.createElement("input"), { type: "search", className: "within", placeholder: name, autocomplete: "off" });
    box.setAttribute("aria-label", name);
    facet.querySelector("ul").before(box);
    box.addEventListener("input", () => {
      const wanted = box.value.trim().toLowerCase();
      for (const value of values) value.hidden = !value.querySelector(".value").textContent.toLowerCase().includes(wanted);
    });
    return box;
  };
  for (const facet of filters.querySelectorAll("details.facet[data-whole]")) boxed(facet);
  filters.addEventListener("click", async (event) => {
    const link = event.target.closest("a.more");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const facet = link.closest("details.facet");
    try {
      const answer = await fetch(link.href);
      const other = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(facet.id);
      facet.replaceWith(other);
      other.open = true;
      (boxed(other) ?? other.querySelector("a.more")).focus();
    } catch {
      location.href = link.href;
    }
  });
})();
