// Lets the browser keep pages for times without a connection (sw.js), and says on a copy of when
// it is. All words stand in the page. Nothing is fetched before the page is there and idle, and
// where the reader saves data, nothing but what was visited is kept.
(() => {
  const root = document.documentElement;
  const strip = document.getElementById("sw-kept");
  const search = document.getElementById("sw-search");
  if (!strip) return;
  const { worker, page, search: noSearch } = strip.dataset;
  const address = new URL(worker, document.baseURI);

  // A copy, and its date in the reader's language; digits are Latin everywhere.
  const { kept, keptWhy } = root.dataset;
  const lost = Boolean(document.querySelector("[data-lost]"));
  if (kept) {
    const format = new Intl.DateTimeFormat(`${root.lang}-u-nu-latn-ca-gregory`, {
      dateStyle: "long",
      timeStyle: "short",
    });
    const time = document.createElement("time");
    time.dateTime = kept;
    time.textContent = format.format(new Date(kept));
    const [before, after] = strip.dataset[keptWhy === "late" ? "late" : "said"].split("{date}");
    strip.querySelector("[role=status]").replaceChildren(before, time, after);
  }
  if ((kept || lost) && search) search.dataset.failed = noSearch;
  for (const button of document.querySelectorAll("[data-again]"))
    button.addEventListener("click", () => location.reload());

  // The page for no connection names what is really here; until then its place is empty.
  const shelf = document.querySelector("[data-shelf]");
  const showShelf = async () => {
    for (const link of shelf.querySelectorAll("a"))
      link.closest("li").hidden = !(await caches.match(link.href));
    const filled = (one) => one.querySelector("li:not([hidden])");
    for (const list of shelf.querySelectorAll("section")) list.hidden = !filled(list);
    if (filled(shelf)) shelf.dataset.told = "";
  };
  if (shelf && "caches" in window) showShelf();
  else if (shelf) shelf.dataset.told = "";

  // Only over HTTPS, or on this machine. While somebody writes (stepwell serve), nothing is kept.
  if (!("serviceWorker" in navigator) || !location.protocol.startsWith("http")) return;
  const workers = navigator.serviceWorker;
  if (document.querySelector('script[src^="/-stepwell/"]')) {
    workers.getRegistration(address).then((one) => one && one.unregister());
    return;
  }
  const connection = navigator.connection ?? {};
  const saving = connection.saveData || /2g/.test(connection.effectiveType ?? "");
  const ask = async () => {
    // What came before the worker did is told to it, so that one visit is enough.
    const seen = workers.controller
      ? []
      : [location.href, ...performance.getEntriesByType("resource").map(({ name }) => name)];
    const visited = [...seen, new URL(page, document.baseURI).href];
    await workers.register(address);
    const { active } = await workers.ready;
    active.postMessage(saving ? { visited } : { visited, language: root.lang });
  };
  const idle = window.requestIdleCallback ?? ((work) => setTimeout(work, 1000));
  const begin = () => idle(() => ask().catch(() => {}));
  if (document.readyState === "complete") begin();
  else addEventListener("load", begin);
})();
