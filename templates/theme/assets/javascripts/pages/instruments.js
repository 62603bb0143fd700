// Scores of questionnaires: adds up what was typed, checks it, and shows the band that stands
// in the page. What is missing is said, never guessed. Numbers stay in the fields: nothing is
// sent, stored or put into the address. Without scripts the page has its tables of bands.
(() => {
  const language = document.documentElement.lang;
  const list = new Intl.ListFormat(language, { type: "conjunction" });
  const number = new Intl.NumberFormat(`${language}-u-nu-latn`);

  // Digits of Arabic and Persian keyboards are digits too.
  const latin = (typed) =>
    typed.trim().replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 15));

  // What stands in a field: a whole number, null if nothing, NaN if it can't be.
  function value(field, low, high) {
    const typed = latin(field.value);
    if (!typed) return null;
    const found = /^\d{1,4}$/.test(typed) ? Number(typed) : NaN;
    return found >= low && found <= high ? found : NaN;
  }

  for (const form of document.querySelectorAll("[data-score]")) {
    const items = [...form.querySelectorAll("[data-item]")];
    const whole = form.querySelector("[data-total]");
    const bands = [...form.querySelectorAll("[data-band]")];
    const tell = (name, shown) => {
      const part = form.querySelector(`[data-tell="${name}"]`);
      if (part) part.hidden = !shown;
    };
    const bounds = (field) => {
      const { low, high, from, to } = form.dataset;
      return (field === whole ? [from, to] : [low, high]).map(Number);
    };
    const read = (field) => value(field, ...bounds(field));

    const update = () => {
      const scores = items.map(read);
      const total = read(whole);
      const some = scores.some((score) => score !== null);
      const missing = items.filter((_, at) => some && scores[at] === null);
      const wrong = [...scores, total].some(Number.isNaN);
      const sum = some ? scores.reduce((all, score) => all + score, 0) : total;
      const differs = some && total !== null && !missing.length && total !== sum;
      const known = sum !== null && !wrong && !missing.length && !differs;

      for (const field of [...items, whole]) field.setAttribute("aria-invalid", String(Number.isNaN(read(field))));
      tell("wrong", wrong);
      tell("differs", !wrong && differs);
      tell("missing", !wrong && missing.length > 0);
      form.querySelector("[data-missing]")?.replaceChildren(
        list.format(missing.map((field) => number.format(field.dataset.item))));
      const risk = items.find((field) => "risk" in field.dataset);
      const atRisk = risk && read(risk) > Number(form.dataset.low);
      tell("risk", atRisk);
      tell("unseen", known && !some);
      tell("caution", known && !atRisk); // the words on risk hold it already
      for (const band of bands) {
        band.hidden = !known || sum < Number(band.dataset.from) || sum > Number(band.dataset.to);
        band.querySelector("[data-sum]").textContent = known ? number.format(sum) : "";
      }
    };

    form.addEventListener("input", update);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.querySelector("[data-clear]").addEventListener("click", () => {
      form.reset();
      update();
      (items[0] ?? whole).focus();
    });
    form.reset(); // browsers keep what was typed when a page is loaded again
  }
})();
