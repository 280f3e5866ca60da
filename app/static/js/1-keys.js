// "/" puts the cursor into the search box.
(() => {
  document.addEventListener("panli:key", (event) => {
    const box = document.querySelector('input[name="q"]');
    if (event.detail !== "/" || !box) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
})();
