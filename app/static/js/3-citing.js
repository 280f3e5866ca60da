// Copying: the address of a paragraph, its words with a citation, and every form of a citation in a sheet.
// The forms come from the page of forms, so that there is one place where they are made.
(() => {
  const said = document.querySelector(".said[data-copied]");
  if (!said) return;
  let timer = 0;
  const say = (text) => {
    said.textContent = text;
    said.classList.remove("unseen");
    clearTimeout(timer);
    timer = setTimeout(() => said.classList.add("unseen"), 4000);
    (document.querySelector("dialog[open]") || document.querySelector("article, .page")).append(said);
  };
  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      if (!copyOldWay(text)) return say(said.dataset.failed);
    }
    const short = text.length > 90 ? `${text.slice(0, 90)}…` : text;
    say(said.dataset.copied.replace("%(what)s", short));
  };
  // Where the page is not served securely, there is no clipboard but this one.
  const copyOldWay = (text) => {
    const area = document.createElement("textarea");
    area.value = text;
    (document.querySelector("dialog[open]") || document.body).append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  };
  const withButtons = (forms) => {
    for (const area of forms.querySelectorAll("dd textarea")) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = said.dataset.copy;
      button.setAttribute("aria-describedby", `${area.id}-name`);
      forms.querySelector(`label[for="${area.id}"]`).id = `${area.id}-name`;
      area.after(button);
      button.addEventListener("click", () => copy(area.value.trimEnd()));
    }
  };
  if (!document.querySelector(".ruling")) return withButtons(document.querySelector(".forms"));

  const cite = document.getElementById("cite");
  const address = (id) => cite.dataset.forms + (id ? `?p=${encodeURIComponent(id)}` : "");
  const loaded = new Map();
  const formsOf = async (id) => {
    if (!loaded.has(id)) {
      const answer = await fetch(address(id));
      if (!answer.ok) throw new Error(answer.status);
      loaded.set(id, new DOMParser().parseFromString(await answer.text(), "text/html"));
    }
    return loaded.get(id);
  };
  const sheet = document.getElementById("forms");
  const open = async (id) => {
    try {
      const page = await formsOf(id);
      const forms = document.importNode(page.querySelector(".forms"), true);
      const notice = page.querySelector(".digestnotice");
      sheet.querySelector(".body").replaceChildren(...(notice ? [document.importNode(notice, true)] : []), forms);
      withButtons(forms);
      sheet.showModal();
      forms.querySelector("button").focus();
    } catch {
      location.assign(address(id));
    }
  };
  cite.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const target = document.querySelector(".paragraph:target");
    open(target ? target.id : "");
  });

  const tools = document.getElementById("tools").content.firstElementChild.cloneNode(true);
  const text = document.querySelector(".text");
  const show = (paragraph) => {
    if (paragraph && tools.parentElement !== paragraph) paragraph.querySelector(".mark").after(tools);
    if (!paragraph) tools.remove();
  };
  document.addEventListener("pointerover", (event) => {
    if (event.target.matches(".paragraph .mark")) return show(event.target.parentElement);
    const busy = tools.contains(document.activeElement) || !document.getSelection().isCollapsed;
    if (tools.isConnected && !busy && !tools.parentElement.contains(event.target)) show(null);
  });
  // By keyboard: Enter on a paragraph's number leads into them; Tab alone passes by. (A click by key has no detail.)
  text.addEventListener("click", (event) => {
    if (!event.target.matches(".paragraph .mark")) return;
    show(event.target.parentElement);
    if (event.detail === 0) setTimeout(() => tools.querySelector("button").focus());
  });
  document.addEventListener("focusin", (event) => {
    if (tools.isConnected && !tools.parentElement.contains(event.target) && !sheet.open) show(null);
  });
  document.addEventListener("pointerdown", (event) => {
    if (!event.target.closest(".tools, .paragraph .mark")) show(null);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !tools.isConnected || sheet.open) return;
    const mark = tools.parentElement.querySelector(".mark");
    if (tools.contains(document.activeElement)) mark.focus();
    tools.remove();
  });
  // Words selected in one paragraph are what is copied; else the whole paragraph, in the language of the page.
  const chosen = (paragraph) => {
    const selection = document.getSelection();
    const words = selection.toString().trim();
    if (words && paragraph.contains(selection.anchorNode) && paragraph.contains(selection.focusNode)) return words;
    const own = document.documentElement.lang === "en" ? "p.translation" : "p:not(.translation)";
    return (paragraph.querySelector(own) || paragraph.querySelector("p")).textContent.trim();
  };
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    const start = selection.anchorNode && (selection.anchorNode.parentElement || selection.anchorNode);
    const paragraph = start && start.closest(".text .paragraph");
    if (paragraph && !selection.isCollapsed && paragraph.contains(selection.focusNode)) show(paragraph);
  });
  tools.addEventListener("pointerdown", (event) => event.preventDefault()); // a click keeps the selection
  tools.addEventListener("click", async (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const paragraph = tools.parentElement;
    const link = document.querySelector('link[rel="canonical"]').href + `#${paragraph.id}`;
    if (button.dataset.copy === "link") return copy(link);
    if (button.dataset.copy === "forms") return open(paragraph.id);
    const words = chosen(paragraph);
    const page = await formsOf(paragraph.id);
    const form = document.documentElement.lang === "en" ? "english" : "footnote";
    copy(`“${words}” ${page.getElementById(`form-${form}`).value.trim()} ${link}`);
  });
})();
