// The table of authorities of a brief, sorted by place, as it comes, or by verdict, what is wrong first.
(() => {
  const choice = document.querySelector(".sorted");
  if (!choice) return;
  const order = ["impossible", "differs", "malformed", "not-held", "not-checked", "consistent"];
  const lists = [...document.querySelectorAll(".authorities .entries")].map((list) => [list, [...list.children]]);
  const rank = (line) => order.indexOf(line.dataset.verdict);
  choice.hidden = false;
  choice.addEventListener("change", (event) => {
    const byVerdict = event.target.value === "verdict";
    for (const [list, lines] of lists)
      list.append(...(byVerdict ? [...lines].sort((one, other) => rank(one) - rank(other)) : lines));
  });
})();
