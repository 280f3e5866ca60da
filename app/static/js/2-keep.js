// The working list: rulings kept in this browser and nowhere else, each with a note.
// Any <button data-keep="ruling id" aria-pressed> keeps a ruling or lets it go (templates/_keep.html); the list itself is 2-list.js.
(() => {
  const KEY = "panli.list";
  const read = () => { try { return JSON.parse(localStorage.getItem(KEY) || "[]"); } catch { return []; } };
  const show = () => {
    const kept = new Set(read().map((each) => each.id));
    for (const button of document.querySelectorAll("[data-keep]")) {
      button.hidden = false;
      button.setAttribute("aria-pressed", String(kept.has(button.dataset.keep)));
    }
    for (const count of document.querySelectorAll("[data-kept-count]")) count.textContent = kept.size ? ` (${kept.size})` : "";
  };
  try { localStorage.getItem(KEY); } catch { return; } // not allowed here: no buttons
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-keep]");
    if (!button) return;
    const id = button.dataset.keep, list = read();
    const kept = list.some((each) => each.id === id) ? list.filter((each) => each.id !== id) : [...list, { id, note: "" }];
    try { localStorage.setItem(KEY, JSON.stringify(kept)); } catch { return; }
    show();
  });
  addEventListener("storage", show); // another tab kept something
  addEventListener("panli:list", show); // the list's own page changed it
  show();
})();
