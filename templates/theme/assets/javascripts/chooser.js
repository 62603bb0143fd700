// The language chooser: puts the language that was chosen before, or that the browser asks
// for, first. It never leads away by itself, so nobody is trapped in a language.
const KEY = "stepwell-language";
const list = document.querySelector(".languages");
const links = [...document.querySelectorAll("a[data-language]")];

function remembered() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // Storage may be switched off; the page works without it.
  }
}

function preferred() {
  const known = links.map((link) => link.dataset.language);
  const wanted = [remembered(), ...navigator.languages].filter(Boolean);
  const match = (tag) => known.find((k) => k === tag || k === tag.split("-")[0]);
  return wanted.map(match).find(Boolean);
}

for (const link of links) {
  link.addEventListener("click", () => {
    try {
      localStorage.setItem(KEY, link.dataset.language);
    } catch {
      // Not remembered; the link still leads there.
    }
  });
}

const first = links.find((link) => link.dataset.language === preferred());
if (first) {
  const item = first.closest("li");
  item.classList.add("preferred");
  list.prepend(item);
}
