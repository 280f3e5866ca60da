// What the reader chose at the foot of a page: the theme, in a cookie, so that the next page comes in it; and whether
// keys of one letter do anything (they would, to who speaks to the browser), in this browser only.
(() => {
  const KEYS = "panli.keys", form = document.querySelector("form.display");
  const { keys } = form.elements;
  try { keys.checked = localStorage.getItem(KEYS) !== "off"; } catch { /* not allowed here: on, for this page */ }
  form.addEventListener("change", (event) => {
    if (event.target === keys) {
      try { localStorage.setItem(KEYS, keys.checked ? "on" : "off"); } catch { /* for this page only */ }
      return;
    }
    const { value } = event.target;
    document.cookie = `panli_theme=${value}; path=/; max-age=${value ? 31536000 : 0}; samesite=lax`;
    if (value) document.documentElement.dataset.theme = value;
    else delete document.documentElement.dataset.theme;
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  // One letter pressed, while nothing is being written and the keys are wanted: told to the other parts as "panli:key".
  document.addEventListener("keydown", (event) => {
    if (!keys.checked || event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, dialog, [contenteditable]")) return;
    if (!document.dispatchEvent(new CustomEvent("panli:key", { detail: event.key, cancelable: true }))) event.preventDefault();
  });
})();
