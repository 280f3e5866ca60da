// The page of the working list: what this browser keeps, with notes, to be put in order and taken away as a file.
(() => {
  const page = document.getElementById("working-list");
  if (!page) return;
  const KEY = "panli.list", language = document.documentElement.lang.startsWith("zh") ? "zh" : "en";
  const form = document.getElementById("list-form"), list = form.querySelector("ol"), item = document.getElementById("kept-ruling");
  const read = () => { try { return JSON.parse(localStorage.getItem(KEY) || "[]"); } catch { return []; } };
  const items = () => [...list.children];

  function store() {
    const kept = items().map((each) => ({ id: each.dataset.id, note: each.querySelector("textarea").value }));
    try { localStorage.setItem(KEY, JSON.stringify(kept)); } catch { /* no room: what is shown can still be downloaded */ }
    dispatchEvent(new Event("panli:list"));
    settle();
  }

  function settle() {
    const all = items();
    form.hidden = !all.length;
    document.getElementById("list-empty").hidden = all.length > 0;
    all.forEach((each, i) => {
      each.querySelector('[data-move="-1"]').disabled = i === 0;
      each.querySelector('[data-move="1"]').disabled = i === all.length - 1;
    });
  }

  // As precise as it is known: 2025年3月31日, 31 Mar 2025.
  function dated(text) {
    const [year, month, day] = text.split("-").map(Number);
    if (language === "zh") return [year && `${year}年`, month && `${month}月`, day && `${day}日`].filter(Boolean).join("");
    const name = month && new Date(Date.UTC(2000, month - 1)).toLocaleString("en", { month: "short", timeZone: "UTC" });
    return [day, name, year].filter(Boolean).join(" ");
  }

  function row({ id, note }, ruling) {
    const each = item.content.firstElementChild.cloneNode(true), link = each.querySelector("a");
    const title = ruling ? ruling.title[language] || ruling.title.zh || ruling.title.en : id;
    each.dataset.id = each.querySelector('[name="id"]').value = id;
    each.querySelector("textarea").value = note || "";
    link.textContent = title;
    if (ruling) {
      link.href = ruling.url;
      link.lang = ruling.title[language] ? (language === "zh" ? "zh-Hans" : "en") : ruling.title.zh ? "zh-Hans" : "en";
      each.querySelector(".court").textContent = ruling.court[language] || ruling.court.zh;
      each.querySelector(".number").textContent = ruling.case_number;
      each.querySelector(".decided").textContent = dated(ruling.decision_date || "");
      each.querySelector(".undone").hidden = !ruling.undone;
      each.querySelector(".digest").hidden = ruling.text !== "digest";
    } else each.querySelector(".court").textContent = page.dataset.gone;
    for (const button of each.querySelectorAll("button")) button.setAttribute("aria-label", `${button.textContent} ${title}`);
    return each;
  }

  async function show() {
    const kept = read(), held = new Map(), size = Number(page.dataset.atOnce);
    for (let i = 0; i < kept.length; i += size) {
      const params = new URLSearchParams(kept.slice(i, i + size).map(({ id }) => ["id", id]));
      const answer = await fetch(`${page.dataset.batch}?${params}`).catch(() => null);
      for (const ruling of answer?.ok ? (await answer.json()).rulings : []) held.set(ruling.id, ruling);
    }
    list.replaceChildren(...kept.map((each) => row(each, held.get(each.id))));
    settle();
  }

  list.addEventListener("input", store);
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button"), each = button?.closest("li");
    if (button?.matches("[data-clear]") && confirm(page.dataset.sure)) {
      list.replaceChildren();
      store();
    } else if (each && button.matches("[data-remove]")) {
      (each.nextElementSibling || each.previousElementSibling)?.querySelector("a").focus();
      each.remove();
      store();
    } else if (each && button.matches("[data-move]")) {
      if (button.dataset.move === "1") each.nextElementSibling?.after(each);
      else each.previousElementSibling?.before(each);
      store();
      (button.disabled ? each.querySelector("a") : button).focus();
    }
  });
  addEventListener("storage", (event) => { if (event.key === KEY) show(); });
  show();
})();
