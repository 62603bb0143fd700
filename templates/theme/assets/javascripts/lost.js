// The page of a server for what is not there: leaves the language that the address begins
// with. Where it begins with none, all of them stay.
(() => {
  const { root } = document.querySelector("[data-root]").dataset;
  const inside = location.pathname.startsWith(`${root}/`) ? location.pathname.slice(root.length + 1) : "";
  const wanted = inside.split("/")[0];
  const sections = [...document.querySelectorAll("section[lang]")];
  const chosen = sections.find((section) => section.lang === wanted);
  if (!chosen) return;
  for (const section of sections) section.hidden = section !== chosen;
  const html = document.documentElement;
  html.lang = chosen.lang;
  html.dir = chosen.dir;
  const name = document.querySelector("h1").textContent;
  document.title = `${chosen.querySelector("h2").textContent} – ${name}`;
})();
