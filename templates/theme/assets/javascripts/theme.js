// What the page's frame does: colours, drawer, dialogs, language menu, dates, contents,
// wide tables. A classic script without imports, so that it works from a disk too. Without
// it, everything stays readable: the menu button is a link to the navigation.
(() => {
  const root = document.documentElement;
  const wide = matchMedia("(min-width: 60em)");
  const all = (selector) => [...document.querySelectorAll(selector)];

  // Light and dark colours, and high contrast: the button says which comes next.
  const system = matchMedia("(prefers-color-scheme: dark)");
  const following = { light: "dark", dark: "contrast", contrast: "light" };
  const nextTheme = () => following[root.dataset.theme || (system.matches ? "dark" : "light")];
  const nameTheme = () => {
    for (const button of all("[data-sw-theme]")) {
      const word = button.dataset[nextTheme()];
      button.setAttribute("aria-label", word);
      button.title = word;
      button.dataset.next = nextTheme();
    }
  };
  const switchTheme = () => {
    root.dataset.theme = nextTheme();
    try {
      localStorage.setItem("stepwell-theme", root.dataset.theme);
    } catch {
      // The choice then holds for this page only.
    }
    nameTheme();
  };
  all("[data-sw-theme]").forEach((button) => button.addEventListener("click", switchTheme));
  system.addEventListener("change", nameTheme);
  nameTheme();

  // The drawer of small screens. While it is open, the rest of the page is inert.
  const nav = document.getElementById("sw-nav");
  const menu = document.querySelector("[data-sw-menu]");
  const backdrop = document.querySelector(".sw-backdrop");
  const rest = all(".sw-header, #sw-main, .sw-toc--side, .sw-footer");
  const isOpen = () => root.classList.contains("sw-nav-open");
  const setDrawer = (open) => {
    if (open === isOpen()) return;
    root.classList.toggle("sw-nav-open", open);
    menu.setAttribute("aria-expanded", String(open));
    backdrop.hidden = !open;
    rest.forEach((element) => (element.inert = open));
    (open ? nav : menu).focus();
  };
  if (nav && menu && backdrop) {
    menu.setAttribute("role", "button");
    menu.setAttribute("aria-expanded", "false");
    menu.setAttribute("aria-controls", "sw-nav");
    menu.addEventListener("click", (event) => {
      event.preventDefault();
      setDrawer(true);
    });
    menu.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      setDrawer(true);
    });
    all("[data-sw-close]").forEach((one) => one.addEventListener("click", () => setDrawer(false)));
    wide.addEventListener("change", () => setDrawer(false));
    const here = nav.querySelector("[aria-current=page]");
    if (here && wide.matches) nav.scrollTop = Math.max(0, here.offsetTop - nav.clientHeight / 2);
  }

  // Dialogs: opened by a button that names them; the browser keeps the focus inside.
  const openDialog = (id) => {
    const dialog = document.getElementById(id);
    if (!dialog || dialog.open || !dialog.showModal) return;
    dialog.showModal();
    const field = dialog.querySelector("input:not(:disabled)");
    if (field) field.focus();
  };
  for (const button of all("[data-sw-dialog]"))
    button.addEventListener("click", () => openDialog(button.dataset.swDialog));
  for (const dialog of all("dialog")) {
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    for (const button of dialog.querySelectorAll("[data-sw-close-dialog]"))
      button.addEventListener("click", () => dialog.close());
  }

  // Keys: Escape closes what is open, "/" opens the search, except while typing.
  const languages = document.querySelector(".sw-languages");
  const isTyping = (target) => target.closest("input, textarea, select, [contenteditable]");
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      // A search field would only be emptied by the first Escape.
      all("dialog[open]").forEach((dialog) => dialog.close());
      setDrawer(false);
      if (languages && languages.open) {
        languages.open = false;
        languages.querySelector("summary").focus();
      }
    }
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.key === "/" && plain && !isTyping(event.target) && !isOpen()) {
      event.preventDefault();
      openDialog("sw-search");
    }
  });
  document.addEventListener("click", (event) => {
    if (languages && !languages.contains(event.target)) languages.open = false;
  });

  // Dates: a page must not be believed longer than it holds, even if nobody built it again.
  const now = new Date();
  const pad = (number) => String(number).padStart(2, "0");
  const today = [now.getFullYear(), pad(now.getMonth() + 1), pad(now.getDate())].join("-");
  for (const one of all("[data-until]")) one.hidden = today > one.dataset.until;
  for (const one of all("[data-overdue]")) one.hidden &&= today <= one.dataset.overdue;
  for (const one of all("[data-review-by]"))
    one.classList.toggle("sw-overdue", today > one.dataset.reviewBy);

  // Words to copy. What is only said is left out; each paragraph or item is a line, and numbers
  // keep their order in text from right to left. Where the browser does not let a page copy, as
  // over plain HTTP, the words are selected.
  const isolated = (element) => `\u2066${element.textContent}\u2069`;
  const wordsOf = (element) => {
    const copy = element.cloneNode(true);
    for (const silent of copy.querySelectorAll(".sw-hidden")) silent.remove();
    if (root.dir === "rtl")
      for (const one of copy.querySelectorAll("bdi[dir=ltr]")) one.textContent = isolated(one);
    const lines = [...copy.querySelectorAll("p, li")];
    return (lines.length ? lines : [copy])
      .map((line) => line.textContent.replace(/\s+/g, " ").trim())
      .join("\n");
  };
  const copyWords = async (button) => {
    const element = document.getElementById(button.dataset.copy);
    const told = button.parentElement.querySelector("[role=status]");
    told.textContent = "";
    try {
      await navigator.clipboard.writeText(wordsOf(element));
      told.textContent = told.dataset.copied;
    } catch {
      const folded = element.closest("details");
      if (folded) folded.open = true;
      getSelection().selectAllChildren(element);
      told.textContent = told.dataset.selected;
    }
  };
  for (const button of all("[data-copy]"))
    button.addEventListener("click", () => copyWords(button));

  // Contents: mark the section that is being read.
  const entries = new Map();
  for (const link of all(".sw-toc--side a")) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading) entries.set(heading, link);
  }
  if (entries.size && "IntersectionObserver" in window) {
    const mark = () => {
      const passed = [...entries.keys()].filter((one) => one.getBoundingClientRect().top < 160);
      const current = entries.get(passed.at(-1));
      for (const link of entries.values()) {
        if (link === current) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    };
    const observer = new IntersectionObserver(mark, { rootMargin: "-160px 0px 0px 0px" });
    for (const heading of entries.keys()) observer.observe(heading);
  }

  // Wide tables: whoever has no mouse must be able to scroll them, and hear why.
  const words = document.getElementById("sw-search");
  const markTables = () => {
    for (const wrapper of all(".sw-table")) {
      const overflows = wrapper.scrollWidth > wrapper.clientWidth + 1;
      const caption = wrapper.querySelector("caption");
      if (overflows) {
        wrapper.tabIndex = 0;
        wrapper.setAttribute("role", "region");
        const name = caption ? caption.textContent.trim() : "";
        const help = words ? words.dataset.table : "";
        wrapper.setAttribute("aria-label", [name, help].filter(Boolean).join(". "));
      } else {
        for (const name of ["tabindex", "role", "aria-label"]) wrapper.removeAttribute(name);
      }
    }
  };
  addEventListener("resize", markTables);
  markTables();

  // Paper shows the red flags that a screen folds away.
  for (const [event, open] of [["beforeprint", true], ["afterprint", false]])
    addEventListener(event, () => all(".sw-more").forEach((one) => (one.open = open)));
})();
