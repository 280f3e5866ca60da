// The reader's last searches, kept in this browser and nowhere else. The box and the home page offer them.
(() => {
  const KEY = "panli.searches", KEPT = 12;
  const read = () => { try { return JSON.parse(localStorage.getItem(KEY) || "[]"); } catch { return []; } };
  const write = (searches) => { try { localStorage.setItem(KEY, JSON.stringify(searches)); } catch { /* no room, or not allowed: no history */ } };

  const results = document.querySelector("[data-searched]");
  if (results?.dataset.searched) {
    const params = new URLSearchParams(location.search);
    for (const name of ["page", "lang", "density"]) params.delete(name);
    const this_ = { text: results.dataset.searched, url: `${location.pathname}?${params}`, note: results.dataset.total };
    write([this_, ...read().filter((each) => each.url !== this_.url)].slice(0, KEPT));
  }

  const section = document.querySelector("[data-searches-here]");
  if (!section || !read().length) return;
  const list = section.querySelector("ul");
  for (const { text, url, note } of read()) {
    if (!url.startsWith("/search")) continue;
    const link = Object.assign(document.createElement("a"), { href: url });
    link.append(Object.assign(document.createElement("span"), { textContent: text }), Object.assign(document.createElement("span"), { className: "count", textContent: note }));
    list.append(document.createElement("li"));
    list.lastChild.append(link);
  }
  section.hidden = false;
  section.querySelector("button").addEventListener("click", () => {
    write([]);
    section.hidden = true;
  });
})();
