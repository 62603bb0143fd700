// The language chooser: puts the language that was chosen before, or that the browser asks
// for, first. It never leads away by itself, so nobody is trapped in a language. A classic
// script, so that it works from a disk too.
(() => {
  const KEY = "stepwell-language";
  const list = document.querySelector(".languages");
  const links = [...document.querySelectorAll("a[data-language]")];

  const remembered = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // Storage may be switched off; the page works without it.
    }
  };

  const preferred = () => {
    const known = links.map((link) => link.dataset.language);
    const wanted = [remembered(), ...navigator.languages].filter(Boolean);
    const match = (tag) => known.find((k) => k === tag || k === tag.split("-")[0]);
    return wanted.map(match).find(Boolean);
  };

  const remember = (language) => {
    try {
      localStorage.setItem(KEY, language);
    } catch {
      // Not remembered; the link still leads there.
    }
  };

  for (const link of links) link.addEventListener("click", () => remember(link.dataset.language));

  const first = links.find((link) => link.dataset.language === preferred());
  if (first) {
    const item = first.closest("li");
    item.classList.add("preferred");
    list.prepend(item);
  }
})();
