// On paper: the address and the day of printing at the end, as far as the page does not say them itself.
(() => {
  const imprint = document.querySelector(".imprint");
  const legible = (url) => {
    try {
      return decodeURI(url).replace(/\s/g, encodeURIComponent);
    } catch {
      return url; // not UTF-8
    }
  };
  addEventListener("beforeprint", () => {
    const address = imprint.querySelector(".address"), retrieved = imprint.querySelector(".retrieved");
    address.textContent ||= legible(location.href);
    const day = new Intl.DateTimeFormat(document.documentElement.lang === "en" ? "en-GB" : "zh-CN", { dateStyle: "long" });
    retrieved.querySelector("time").textContent = day.format(new Date());
    retrieved.hidden = false;
  });
})();
