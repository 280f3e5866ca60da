// On paper: the address and the day of printing at the end, as far as the page does not say them itself.
(() => {
  const imprint = document.querySelector(".imprint");
  addEventListener("beforeprint", () => {
    const address = imprint.querySelector(".address"), retrieved = imprint.querySelector(".retrieved");
    address.textContent ||= location.href;
    const day = new Intl.DateTimeFormat(document.documentElement.lang === "en" ? "en-GB" : "zh-CN", { dateStyle: "long" });
    retrieved.querySelector("time").textContent = day.format(new Date());
    retrieved.hidden = false;
  });
})();
