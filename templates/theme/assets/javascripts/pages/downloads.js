// The page of downloads: shows only what fits the choices of the form. A card has a line for
// each file of its document; the title opens the first one that fits, with its picture (which
// lies beside the PDF). Choices stand in the address, so that a view can be shared or kept.
// Without this script all documents are shown in the page's language.
(() => {
  const form = document.querySelector(".sw-filter");
  if (!form) return;
  const status = document.querySelector("[data-filter-status]");
  const none = document.querySelector("[data-filter-none]");
  const groups = [...document.querySelectorAll("[data-group]")];
  const fields = [...form.elements].filter((field) => field.name);

  const open = (card, file) => {
    const address = file.querySelector("a").getAttribute("href");
    const link = card.querySelector("[data-open]");
    if (link.getAttribute("href") === address) return;
    link.setAttribute("href", address);
    link.hreflang = file.dataset.language;
    card.querySelector("img").setAttribute("src", address.replace(/\.pdf$/, ".png"));
    const autonym = card.querySelector(".sw-document__form > [lang]");
    autonym.lang = file.dataset.language;
    autonym.textContent = file.dataset.autonym;
    card.querySelector(".sw-document__form > span").textContent = file.dataset.form;
  };
  // A document without other files has no lines, and its values stand on the card.
  const show = (card, chosen) => {
    const files = [...card.querySelectorAll("li")];
    const fits = (one) =>
      ["language", "size", "paper"].every((name) => !chosen[name] || one.dataset[name] === chosen[name]);
    const fitting = files.length ? files.filter(fits) : [card].filter(fits);
    card.hidden = !fitting.length;
    if (card.hidden || !files.length) return;
    const many = !chosen.language && !chosen.size;
    for (const file of files) {
      file.hidden = file === fitting[0] || !fitting.includes(file) || (many && "more" in file.dataset);
    }
    card.querySelector("ul").hidden = files.every((file) => file.hidden);
    open(card, fitting[0]);
  };
  const apply = () => {
    const chosen = Object.fromEntries(fields.map((field) => [field.name, field.value]));
    for (const card of document.querySelectorAll("[data-document]")) show(card, chosen);
    // Inner groups come last in the document, and decide on the outer ones.
    for (const group of [...groups].reverse()) {
      const { pathway, audience } = group.dataset;
      const wanted =
        (!pathway || !chosen.pathway || pathway === chosen.pathway) &&
        (!audience || !chosen.audience || audience === chosen.audience);
      const parts = [...group.querySelectorAll(":scope > [data-group], :scope > ul > [data-document]")];
      group.hidden = !wanted || parts.every((part) => part.hidden);
    }
    const cards = [...document.querySelectorAll("[data-document]")];
    const count = cards.filter((card) => !card.closest("[hidden]")).length;
    const number = new Intl.NumberFormat(`${document.documentElement.lang}-u-nu-latn`).format(count);
    if (status) status.textContent = (form.dataset.shown ?? "{count}").replace("{count}", number);
    if (none) none.hidden = count > 0;
  };
  const remember = () => {
    const choices = new URLSearchParams();
    for (const field of fields) if (field.value) choices.set(field.name, field.value);
    const query = String(choices) ? `?${choices}` : "";
    try {
      history.replaceState(null, "", location.pathname + query + location.hash);
    } catch {
      // From a disk the address may not change; the list does.
    }
  };
  const change = () => {
    apply();
    remember();
  };

  const asked = new URLSearchParams(location.search);
  for (const field of fields) {
    const value = asked.get(field.name) ?? "";
    field.value = [...field.options].some((option) => option.value === value) ? value : "";
  }
  form.hidden = false;
  form.addEventListener("change", change);
  form.addEventListener("reset", () => setTimeout(change));
  form.addEventListener("submit", (event) => event.preventDefault());
  apply();
})();
