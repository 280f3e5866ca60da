// On paper: the ruling's name and number at the head of every page, the day of printing at the end.
(() => {
  const ruling = document.querySelector(".ruling");
  if (!ruling) return;
  const quoted = (text) => `"${text.replace(/["\\]/g, "\\$&").replace(/\s+/g, " ")}"`;
  const most = /[\u3400-\u9fff]/.test(ruling.dataset.name) ? 38 : 76; // as much as stands beside the number
  const name = ruling.dataset.name.length > most ? `${ruling.dataset.name.slice(0, most - 1)}…` : ruling.dataset.name;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`@page { @top-left { content: ${quoted(name)}; font: 9pt serif; } @top-right { content: ${quoted(ruling.dataset.number)}; font: 9pt serif; } }`);
  document.adoptedStyleSheets.push(sheet);
  const retrieved = ruling.querySelector(".retrieved");
  const day = new Intl.DateTimeFormat(document.documentElement.lang === "en" ? "en-GB" : "zh-CN", { dateStyle: "long" });
  retrieved.querySelector("time").textContent = day.format(new Date());
  retrieved.hidden = false;
})();
