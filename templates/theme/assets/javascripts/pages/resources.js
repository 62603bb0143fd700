// The directory of places: shows only what fits the choices of the form. Each choice has
// the name of a data attribute of the cards; an attribute is one value, several values
// with spaces between them, or * for every value. Without this script all places are shown.
(() => {
  const form = document.querySelector(".sw-filter");
  const list = document.querySelector("[data-filter-list]");
  const status = document.querySelector("[data-filter-status]");
  if (!form || !list) return;
  const cards = [...list.children];

  const fits = (card, field) => {
    const value = card.dataset[field.name] ?? "";
    return [value, ...value.split(" ")].some((one) => one === "*" || one === field.value);
  };
  const apply = () => {
    const chosen = [...form.elements].filter((field) => field.name && field.value);
    for (const card of cards) card.hidden = !chosen.every((field) => fits(card, field));
    const count = cards.filter((card) => !card.hidden).length;
    const number = new Intl.NumberFormat(`${document.documentElement.lang}-u-nu-latn`).format(count);
    if (status) status.textContent = (form.dataset.shown ?? "{count}").replace("{count}", number);
  };

  form.hidden = false;
  form.addEventListener("change", apply);
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (event) => event.preventDefault());
  apply();
})();
