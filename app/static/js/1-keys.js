// "/" puts the cursor into the search box, unless the reader is writing somewhere.
(() => {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const box = document.querySelector('input[name="q"]');
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
})();
