// Stands in every page, before its styles: says that scripts run, sets the colours that the
// reader has chosen, and starts the other scripts when the styles have come, so that nothing
// holds up the first sight of the page. Storage may be forbidden, on a disk for example; then
// the colours follow the system. One text for all pages: its hash is in the site's policy.
(() => {
  const root = document.documentElement;
  root.classList.remove("no-js");
  try {
    const chosen = localStorage.getItem("stepwell-theme");
    if (["light", "dark", "contrast"].includes(chosen)) root.dataset.theme = chosen;
  } catch {
    // The system's colours are good enough.
  }
  // From a disk a browser loads no file whose hash it should check, so it is not told any. A
  // module it never loads from there.
  const onDisk = location.protocol === "file:";
  const copied = (one) => {
    const copy = document.importNode(one);
    if (onDisk) copy.removeAttribute("integrity");
    copy.async = false;
    return copy;
  };
  const again = ({ target }) =>
    onDisk && target.integrity && target.rel === "stylesheet" && target.replaceWith(copied(target));
  addEventListener("error", again, true);

  const came = (target, ...names) =>
    new Promise((done) => names.forEach((name) => target.addEventListener(name, done)));
  addEventListener("DOMContentLoaded", async () => {
    const sheets = [...document.querySelectorAll("link[rel=stylesheet]")].filter((one) => !one.sheet);
    const all = Promise.all(sheets.map((one) => came(one, "load", "error")));
    await Promise.race([all, came(window, "load")]);
    for (const one of document.querySelector("[data-scripts]").content.children)
      if (!onDisk || one.type !== "module") document.head.append(copied(one));
  });
})();
