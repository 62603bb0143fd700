// Runs before the page is painted: says that scripts run, and sets the colours that the
// reader has chosen. Everything else is in theme.js. Storage may be forbidden, on a disk
// for example; then the colours follow the system.
(() => {
  const root = document.documentElement;
  root.classList.remove("no-js");
  try {
    const chosen = localStorage.getItem("stepwell-theme");
    if (chosen === "dark" || chosen === "light") root.dataset.theme = chosen;
  } catch {
    // The system's colours are good enough.
  }
})();
