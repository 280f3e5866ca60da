// The contents follow the reading: the part at the top of the window is marked, or just where a link into the page leads.
(() => {
  const links = new Map();
  for (const link of document.querySelectorAll(".contents a")) links.set(link.hash.slice(1), link);
  const parts = [...links.keys()].map((id) => document.getElementById(id)).filter((part) => part && part.matches(".part, section"));
  if (!parts.length || !("IntersectionObserver" in window)) return;
  const seen = new Set(), top = 1 + parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop);
  let marked = false;
  const observer = new IntersectionObserver((entries) => {
    for (const entry of entries) entry.isIntersecting ? seen.add(entry.target) : seen.delete(entry.target);
    const current = parts.find((part) => seen.has(part)) ?? (marked ? null : parts[0]); // above the first there is none
    if (!current) return;
    marked = true;
    for (const [id, link] of links) {
      if (id === current.id) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    }
  }, { rootMargin: `-${top}px 0px -70% 0px` });
  for (const part of parts) observer.observe(part);
})();
