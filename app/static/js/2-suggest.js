// Suggestions while one types, as an ARIA combobox: arrows choose, Enter takes, Escape closes.
// The last searches are offered when the box is empty. Without this the form works as it is.
(() => {
  const form = document.querySelector("form[data-suggest]");
  if (!form) return;
  const box = form.querySelector('input[name="q"]');
  const list = Object.assign(document.createElement("div"), { id: "suggestions", className: "suggestions", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.list);
  const said = Object.assign(document.createElement("div"), { className: "unseen" });
  said.setAttribute("role", "status");
  form.append(list, said);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id, "aria-haspopup": "listbox" })) box.setAttribute(name, value);

  const known = new Map();
  let waiting = 0, asked = null, chosen = -1, edited = false;
  const options = () => [...list.querySelectorAll('[role="option"]')];
  const open = () => !list.hidden;

  function close() {
    list.hidden = true;
    chosen = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  }

  // One step past either end is the box itself.
  function move(step) {
    const all = options(), places = all.length + 1;
    const next = ((chosen < 0 ? all.length : chosen) + step + places) % places;
    chosen = next === all.length ? -1 : next;
    all.forEach((option, i) => option.setAttribute("aria-selected", String(i === chosen)));
    if (chosen < 0) box.removeAttribute("aria-activedescendant");
    else {
      box.setAttribute("aria-activedescendant", all[chosen].id);
      all[chosen].scrollIntoView({ block: "nearest" });
    }
  }

  function take(option) {
    if (!option.dataset.query) return location.assign(option.href);
    box.value = option.dataset.query;
    form.requestSubmit();
  }

  // The part of a suggestion that was typed stands out.
  function worded(text, typed) {
    const place = typed ? text.toLowerCase().indexOf(typed.toLowerCase()) : -1;
    const span = document.createElement("span");
    if (place < 0) span.textContent = text;
    else span.append(text.slice(0, place), Object.assign(document.createElement("b"), { textContent: text.slice(place, place + typed.length) }), text.slice(place + typed.length));
    return span;
  }

  function show(suggestions, typed) {
    const groups = new Map();
    suggestions.forEach((each, i) => {
      if (!groups.has(each.label)) {
        const group = document.createElement("div");
        const name = Object.assign(document.createElement("div"), { className: "group", id: `group-${groups.size}`, textContent: each.label });
        group.setAttribute("role", "group");
        group.setAttribute("aria-labelledby", name.id);
        group.append(name);
        groups.set(each.label, group);
      }
      const option = Object.assign(document.createElement("a"), { id: `suggestion-${i}`, href: each.url, tabIndex: -1 });
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      if (each.query) option.dataset.query = each.query;
      option.append(worded(each.text, typed));
      if (each.note) option.append(Object.assign(document.createElement("small"), { textContent: each.note }));
      groups.get(each.label).append(option);
    });
    list.replaceChildren(...groups.values());
    list.hidden = !suggestions.length;
    chosen = -1;
    box.removeAttribute("aria-activedescendant");
    box.setAttribute("aria-expanded", String(open()));
    said.textContent = suggestions.length ? form.dataset.some : typed ? form.dataset.none : "";
  }

  function searches() {
    try {
      return JSON.parse(localStorage.getItem("panli.searches") || "[]").slice(0, 8).map(({ text, url, note }) => ({ label: form.dataset.searches, text, url, note }));
    } catch { return []; }
  }

  async function look() {
    const typed = box.value.trim();
    if (!typed) return show(searches(), "");
    if (!known.has(typed)) {
      asked?.abort();
      asked = new AbortController();
      try {
        const answer = await fetch(`${form.dataset.suggest}?q=${encodeURIComponent(typed)}`, { signal: asked.signal });
        if (!answer.ok) return close();
        known.set(typed, (await answer.json()).suggestions);
      } catch { return; } // typed on, or offline: the form still works
    }
    if (typed === box.value.trim() && document.activeElement === box) show(known.get(typed), typed);
  }

  box.addEventListener("input", (event) => {
    edited = true;
    clearTimeout(waiting);
    if (!event.isComposing) waiting = setTimeout(look, 60);
  });
  box.addEventListener("compositionend", () => { clearTimeout(waiting); waiting = setTimeout(look, 60); });
  box.addEventListener("focus", () => {
    if (!box.value.trim()) show(searches(), "");
    if (!edited) fetch(`${form.dataset.suggest}?q=`).catch(() => {}); // lets the service gather what it can suggest
    edited = true;
  });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const { key } = event;
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      if (open()) move(key === "ArrowDown" ? 1 : -1);
      else look();
    } else if (key === "Enter" && open() && chosen >= 0) {
      event.preventDefault();
      take(options()[chosen]);
    } else if (key === "Escape" && open()) {
      event.preventDefault();
      close();
    } else if (key === "Tab") close();
  });
  list.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the cursor in the box
  list.addEventListener("click", (event) => {
    const option = event.target.closest('[role="option"]');
    if (!option || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    take(option);
  });
  box.addEventListener("blur", () => setTimeout(() => { if (document.activeElement !== box) close(); }, 0));
})();
