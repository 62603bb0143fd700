// Terms of the glossary: a word that is underlined with dots shows its meaning beside it, to
// whoever points at it, goes to it with Tab, or touches it. Escape, or a touch elsewhere, closes
// it; the pointer may go into it. The meanings stand hidden at the end of the page
// (render/tooltips.py); without this script the words are links to the glossary.
(() => {
  const store = document.querySelector(".sw-meanings");
  const words = [...document.querySelectorAll("a.sw-term[href]")];
  if (!store || !words.length) return;
  const GAP = 6;
  const WAIT = 150;
  let open;
  let pinned = false;
  let timer;

  const box = document.createElement("span");
  box.className = "sw-meaning";
  box.id = "sw-meaning";
  box.hidden = true;

  const place = () => {
    if (!open) return;
    const line = [...open.getClientRects()].at(-1);
    const { clientWidth, clientHeight } = document.documentElement;
    const { width, height } = box.getBoundingClientRect();
    const rtl = getComputedStyle(open).direction === "rtl";
    const start = rtl ? line.right - width : line.left;
    const above = line.bottom + GAP + height > clientHeight && line.top - GAP - height > 0;
    box.style.left = `${Math.max(8, Math.min(start, clientWidth - width - 8))}px`;
    box.style.top = `${above ? line.top - GAP - height : line.bottom + GAP}px`;
    if (line.bottom < 0 || line.top > clientHeight) hide();
  };
  const hide = () => {
    clearTimeout(timer);
    if (!open) return;
    open.setAttribute("aria-expanded", "false");
    open = undefined;
    pinned = false;
    box.hidden = true;
  };
  const show = (word) => {
    clearTimeout(timer);
    if (open === word) return;
    hide();
    const meaning = document.getElementById(word.dataset.meaning);
    const parts = [...meaning.childNodes].map((node) => node.cloneNode(true));
    const more = document.createElement("a");
    more.href = word.dataset.href;
    more.textContent = store.dataset.more;
    box.replaceChildren(...parts, more);
    // Inside a paragraph only words may stand: paragraphs of the meaning become lines.
    for (const block of box.querySelectorAll("p, ul, li")) {
      const line = document.createElement("span");
      line.className = "sw-meaning__line";
      for (const name of ["lang", "dir"])
        if (block.hasAttribute(name)) line.setAttribute(name, block.getAttribute(name));
      line.append(...block.childNodes);
      block.replaceWith(line);
    }
    open = word;
    word.after(box);
    word.setAttribute("aria-expanded", "true");
    box.hidden = false;
    place();
  };
  const later = () => {
    clearTimeout(timer);
    if (!pinned) timer = setTimeout(hide, WAIT);
  };

  for (const word of words) {
    const name = `meaning-${word.hash.replace("#term-", "")}`;
    if (!document.getElementById(name)) continue;
    word.dataset.meaning = name;
    word.dataset.href = word.getAttribute("href");
    word.removeAttribute("href");
    word.tabIndex = 0;
    for (const [key, value] of [
      ["role", "button"],
      ["aria-expanded", "false"],
      ["aria-describedby", name],
    ])
      word.setAttribute(key, value);
    word.addEventListener("pointerenter", (event) => {
      if (event.pointerType !== "mouse") return;
      clearTimeout(timer);
      timer = setTimeout(() => !pinned && show(word), WAIT);
    });
    word.addEventListener("pointerleave", later);
    word.addEventListener("focus", () => word.matches(":focus-visible") && show(word));
    word.addEventListener("click", () => {
      if (open === word && pinned) return hide();
      show(word);
      pinned = true;
    });
    word.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      word.click();
    });
  }
  box.addEventListener("pointerenter", () => clearTimeout(timer));
  box.addEventListener("pointerleave", later);
  document.addEventListener("focusin", ({ target }) => {
    if (open && target !== open && !box.contains(target)) hide();
  });
  document.addEventListener("pointerdown", ({ target }) => {
    if (open && !open.contains(target) && !box.contains(target)) hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !open) return;
    const word = open;
    if (box.contains(document.activeElement)) word.focus();
    hide();
  });
  addEventListener("scroll", place, { passive: true });
  addEventListener("resize", place);
})();
