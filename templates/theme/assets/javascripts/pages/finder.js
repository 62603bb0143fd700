// The finder: asks what the criteria need next, and says where they lead. Red flags come
// first and stay in sight. What is typed is kept in memory only: no storage, no request, no
// address. All words stand in the page; this shows and hides them, and fills in what was
// typed, as text. What decides is in finder.criteria.js. Without scripts the page links to
// the criteria instead.
(() => {
  const root = document.querySelector("[data-finder]");
  if (!root) return;
  const all = (selector, within = root) => [...within.querySelectorAll(selector)];
  const one = (selector, within = root) => within.querySelector(selector);
  const named = (name, value, within = root) => one(`[data-${name}="${value}"]`, within);
  const show = (element, shown) => (element.hidden = !shown);

  const criteria = globalThis.stepwellCriteria;
  const rules = JSON.parse(one("[data-rules]").textContent);
  const measures = new Map(Object.entries(rules.measures));
  const order = [...measures.keys()];
  const cards = all("[data-card]");
  const flags = all("[data-flag]").map((item) => ({
    item,
    box: one("input", item),
    action: one(".sw-redflag", item),
    measure: measures.get(item.dataset.measure)?.kind === "finding" ? item.dataset.measure : null,
  }));
  const language = document.documentElement.lang;
  const plurals = new Intl.PluralRules(language);
  const point = new Intl.NumberFormat(`${language}-u-nu-latn`)
    .formatToParts(1.5)
    .find((part) => part.type === "decimal").value;

  // An answer is { typed, unit, number }; a measure in `unknown` was left open on purpose.
  const blank = () => ({
    answers: new Map(),
    unknown: new Set(),
    ruledOut: null, // whether all red flags that are not ticked are ruled out; null: not asked
    tier: undefined, // where the person is: an id, or null at a new assessment
    view: { card: "flags", names: [] },
    past: [],
  });
  let state = blank();

  // ---- Numbers as people type them, and as they are shown -------------------------------------
  const DIGIT = /[\u0660-\u0669\u06f0-\u06f9]/g;

  // Digits of Arabic and Persian keyboards, and the language's own decimal point.
  function latin(typed) {
    const digits = typed.trim().replace(DIGIT, (digit) => String(digit.charCodeAt(0) & 15));
    const dotted = digits.replace("\u066b", ".").replace(/^[\u2212\u2013]/, "-");
    return point === "," ? dotted.replace(",", ".") : dotted;
  }

  function isolated(text) {
    const box = document.createElement("bdi");
    box.dir = "ltr";
    box.textContent = text;
    return box;
  }

  // What an answer is in words: the words of its choice, a length of time, or a number.
  function inWords(name) {
    const { typed, unit } = state.answers.get(name);
    if (measures.get(name).choices.length || measures.get(name).kind === "finding")
      return labelOf(`ask-${name}-${typed}`);
    const number = typed.replace(".", point);
    if (unit) return length(number, unit, plurals.select(Number(typed)));
    const sign = one("[data-unit]", named("field", name));
    return [isolated(sign ? `${number}\u00a0${sign.textContent}` : number)];
  }

  function length(number, unit, category) {
    const known = all(`[data-length="${unit}"]`);
    const fits = (wanted) => known.find((form) => form.dataset.plural === wanted);
    const form = (fits(category) ?? fits("other")).cloneNode(true);
    for (const place of all("[data-number]", form)) place.textContent = number;
    return [...form.childNodes];
  }

  function labelOf(id) {
    const label = one(`label[for="${id}"]`).cloneNode(true);
    return [...label.childNodes];
  }

  // ---- Answers ----------------------------------------------------------------------------------
  const known = () => new Map([...state.answers].map(([name, { number }]) => [name, number]));
  const isYes = (name) => state.answers.get(name)?.typed === "yes";
  const isNo = (name) => state.answers.get(name)?.typed === "no";

  function give(name, typed, unit = "") {
    const found = criteria.value(measures.get(name), unit ? `${typed} ${unit}` : typed);
    if (found.refused) return false;
    state.answers.set(name, { typed, unit, number: found.number });
    state.unknown.delete(name);
    return true;
  }

  function leaveOpen(name) {
    state.answers.delete(name);
    state.unknown.add(name);
  }

  function forget(name) {
    state.answers.delete(name);
    state.unknown.delete(name);
  }

  // What stands in the field of a measure; `open` if it was said not to be known.
  function read(name) {
    const field = named("field", name);
    const chosen = one("input:checked", field);
    const typed = chosen ? chosen.value : latin(one("input[type=text]", field)?.value ?? "");
    return { name, typed, unit: one("select", field)?.value, open: chosen?.value === "" };
  }

  // The fields of a card become answers; the names of those that were refused. Of several
  // fields some may stay empty: then these are not known.
  function take(names, skipped) {
    const fields = names.map(read);
    const some = fields.some(({ typed }) => typed);
    return fields
      .filter(({ name, typed, unit, open }) => {
        if (!skipped && !open && (typed || !some)) return !give(name, typed, unit);
        leaveOpen(name);
        return false;
      })
      .map(({ name }) => name);
  }

  // ---- Red flags ----------------------------------------------------------------------------------
  const applying = () => flags.filter((flag) => flag.box.checked);

  const areOpen = () =>
    !state.ruledOut && flags.some(({ box, measure }) => !box.checked && !isNo(measure));

  function tick(flag) {
    for (const other of flags)
      if (flag.measure && other.measure === flag.measure) other.box.checked = flag.box.checked;
    if (flag.measure && flag.box.checked) give(flag.measure, "yes");
    else if (flag.measure && state.ruledOut) give(flag.measure, "no");
    else if (flag.measure) forget(flag.measure);
    showFlags();
  }

  function answerFlags(how) {
    state.ruledOut = how !== "unsure";
    for (const { measure, box } of flags) {
      if (!measure || box.checked) continue;
      if (state.ruledOut) give(measure, "no");
      else forget(measure);
    }
  }

  // What applies and what to do. On the first card all are offered, later only those that apply.
  function showFlags() {
    const asking = state.view.card === "flags";
    for (const flag of flags) {
      if (flag.measure) flag.box.checked = isYes(flag.measure);
      show(flag.action, flag.box.checked);
      show(flag.item, asking || flag.box.checked);
    }
    const some = applying().length > 0;
    const card = named("card", "flags");
    show(card, asking || some);
    card.classList.toggle("sw-is-kept", !asking);
    for (const part of all("legend, .sw-field__hint, .sw-finder__buttons", card)) show(part, asking);
    show(one(".sw-finder__flagged", card), !asking);
    show(one("[value=none]", card), !some);
    show(one("[value=some]", card), some);
  }

  // ---- What comes next ------------------------------------------------------------------------------
  function outcome() {
    if (state.tier === null) return criteria.place(rules, known());
    return criteria.move(rules, state.tier, known());
  }

  const cardOf = (name) => (measures.get(name).kind === "score" ? "scores" : `ask ${name}`);

  function next() {
    if (state.ruledOut === null) return { card: "flags", names: [] };
    if (state.tier === undefined) return { card: "start", names: [] };
    const { ask } = outcome();
    const open = order.filter((name) => ask.includes(name) && !state.unknown.has(name));
    if (!open.length) return { card: "result", names: [] };
    const card = cardOf(open[0]);
    return { card, names: open.filter((name) => cardOf(name) === card) };
  }

  function go(view, { back = false } = {}) {
    if (!back) state.past.push(state.view);
    state.view = view;
    render();
    const shown = all("h2[tabindex]", named("card", view.card));
    const heading = shown.find((title) => title.getClientRects().length);
    heading?.focus();
    if (view.card === "result" && heading) one("[data-status]").textContent = spoken(heading);
  }

  function spoken(heading) {
    const copy = heading.cloneNode(true);
    for (const silent of all("[aria-hidden]", copy)) silent.remove();
    return copy.textContent;
  }

  // ---- Showing ----------------------------------------------------------------------------------------
  function render() {
    const { card, names } = state.view;
    for (const other of cards) show(other, other.dataset.card === card);
    for (const field of all("[data-field]", named("card", card))) {
      show(field, names.includes(field.dataset.field));
      fill(field);
    }
    if (card === "start") fillStart();
    complain(named("card", card), []);
    showFlags();
    showAnswers();
    if (card === "result") showResult(outcome());
    else one("[data-status]").textContent = "";
    show(named("do", "print"), card === "result");
    show(named("do", "back"), state.past.length > 0);
    show(named("do", "restart"), state.past.length > 0);
  }

  function fill(field) {
    const name = field.dataset.field;
    const given = state.answers.get(name);
    const typed = one("input[type=text]", field);
    if (typed) typed.value = given ? given.typed.replace(".", point) : "";
    const unit = one("select", field);
    if (unit) unit.value = given ? given.unit : measures.get(name).unit;
    const value = given ? given.typed : state.unknown.has(name) ? "" : null;
    for (const choice of all("input[type=radio]", field)) choice.checked = choice.value === value;
  }

  const startValue = () => (state.tier === null ? "new" : `in-${state.tier}`);

  function fillStart() {
    for (const choice of all("[name=start]")) choice.checked = choice.value === startValue();
  }

  // Says at each field what is wrong with it, and goes to the first.
  function complain(card, wrong) {
    for (const error of all(".sw-field__error", card)) {
      const name = error.id.replace(/^error-(ask-)?/, "");
      const bad = wrong.includes(name);
      const field = one(`#typed-${name}`, card) ?? one("fieldset", card);
      const hint = one(`#hint-${name}`, card) ? `hint-${name} ` : "";
      show(error, bad);
      field.toggleAttribute("aria-invalid", false);
      if (bad && field.matches("input")) field.setAttribute("aria-invalid", "true");
      const described = `${hint}${bad ? error.id : ""}`.trim();
      if (described) field.setAttribute("aria-describedby", described);
      else field.removeAttribute("aria-describedby");
    }
    if (!wrong.length) return;
    const first = one(`#typed-${wrong[0]}`, card) ?? one("input[type=radio]", card);
    first.focus();
  }

  // What the card of the red flags has settled stands there, not a second time by itself.
  function showAnswers() {
    const asked = state.ruledOut !== null;
    const said = applying().length ? "some" : areOpen() ? "unsure" : "none";
    for (const word of all("[data-flags]")) show(word, word.dataset.flags === said);
    tell("flags", asked);
    tell("start", state.tier !== undefined, () => labelOf(`start-${startValue()}`));
    for (const name of order) {
      const open = state.unknown.has(name);
      const word = () => (open ? [named("word", "unknown").textContent] : inWords(name));
      const apart = !(state.ruledOut && flags.some((flag) => flag.measure === name));
      tell(`ask ${name}`, apart && (open || state.answers.has(name)), word);
    }
    show(one("[data-answers]"), asked);
  }

  function tell(card, shown, words) {
    const row = named("answer", card);
    show(row, shown);
    if (words) one("[data-shown]", row).replaceChildren(...(shown ? words() : []));
  }

  // ---- The result ---------------------------------------------------------------------------------------
  function showResult(found) {
    const decided = "place" in found ? placed(found) : moved(found);
    const parts = all("[data-outcome]");
    for (const part of parts) show(part, decided.shown.includes(part.dataset.outcome));
    parts.find((part) => !part.hidden).after(one("[data-why]"));
    const open = found.ask.length > 0;
    for (const item of all("[data-open]")) show(item, found.ask.includes(item.dataset.open));
    const matching = (open || decided.shown.includes("several")) && found.matching?.length > 0;
    show(one("[data-matching]"), matching);
    for (const item of all("[data-match]"))
      show(item, Boolean(matching) && found.matching.includes(item.dataset.match));
    show(named("when", "flagged"), applying().length > 0);
    show(named("when", "unsure"), areOpen());
    showWhy(decided.because);
  }

  // At a new assessment: the parts to show, and the criterion that decided.
  function placed({ place, matching, ask }) {
    if (ask.length) return { shown: ["open"] };
    if (place === null) return { shown: [matching.length ? "several" : "none"] };
    const found = rules.exits.find(({ id }) => id === place)?.when;
    const entry = found ?? rules.tiers.find(({ id }) => id === place).enter;
    return { shown: [`place ${place}`], because: entry };
  }

  // At a review: the move and where it leads, or the step in which the person stays.
  function moved({ move, ask }) {
    if (ask.length) return { shown: ["open"] };
    if (!move) return { shown: ["stay", `place ${state.tier}`] };
    const shown = [`move ${state.tier} ${move.id}`, `place ${move.to}`];
    return { shown, because: move.when };
  }

  function showWhy(expression) {
    const found = expression === undefined ? [] : criteria.because(rules, expression, known());
    one("[data-reasons]").replaceChildren(...found.map(reason));
    show(one("[data-why]"), found.length > 0);
  }

  // How a comparison reads, with the answer where that says more.
  function reason({ test, holds }) {
    const store = one("[data-store]");
    const line = one(`[data-test="${test}"][data-holds="${holds}"]`, store).cloneNode(true);
    if ("given" in line.dataset) {
      const answer = named("word", "answer", store).cloneNode(true);
      one("[data-shown]", answer).replaceChildren(...inWords(rules.tests[test].measure));
      line.append(" ", answer);
    }
    return line;
  }

  // ---- The way back to a question --------------------------------------------------------------------------
  // These buttons are alike, so the page has one of each kind. Its name is that of the element
  // with the id `about` too.
  function again(kind, card, about) {
    const button = named("again", kind, one("[data-store]")).cloneNode(true);
    button.removeAttribute("data-again");
    button.id = `change-${about.id}`;
    button.dataset.change = card;
    button.setAttribute("aria-labelledby", `${button.id} ${about.id}`);
    about.parentElement.append(" ", button);
    return button;
  }

  again("change", "flags", one("#flagged"));
  for (const row of all("[data-answer]"))
    one("dd", row).append(" ", again("change", row.dataset.answer, one("dt", row)));
  for (const item of all("[data-open]")) {
    const name = document.createElement("span");
    name.id = `open-${item.dataset.open}`;
    name.append(...one("dt", named("answer", `ask ${item.dataset.open}`)).cloneNode(true).childNodes);
    item.append(name);
    again("answer", `ask ${item.dataset.open}`, name);
  }

  // A card of choices complains in the same words as every other.
  for (const form of cards.filter((other) => one("input[type=radio]", other))) {
    const error = one("[data-choose]").cloneNode(true);
    error.removeAttribute("data-choose");
    error.id = `error-${form.dataset.card.replace(" ", "-")}`;
    one("legend", form).after(error);
  }

  // ---- What people do ---------------------------------------------------------------------------------------
  function submit(card, how) {
    if (card === "flags") {
      answerFlags(how);
    } else if (card === "start") {
      const chosen = one("[name=start]:checked");
      if (!chosen) return complain(named("card", card), ["start"]);
      state.tier = chosen.value === "new" ? null : chosen.value.slice("in-".length);
    } else {
      const wrong = take(state.view.names, how === "unknown");
      if (wrong.length) return complain(named("card", card), wrong);
    }
    go(next());
  }

  const actions = {
    print: () => print(),
    back: () => go(state.past.pop(), { back: true }),
    restart: () => {
      state = blank();
      for (const { box } of flags) box.checked = false;
      go(state.view, { back: true });
    },
  };

  // Enter goes on with a card; the red flags it leaves alone, as nothing there is said by chance.
  root.addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.target.dataset.card !== "flags") submit(event.target.dataset.card, "next");
  });
  root.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.form && button.value) submit(button.form.dataset.card, button.value);
    const { change } = button.dataset;
    if (change?.startsWith("ask ")) {
      const name = change.slice("ask ".length);
      go({ card: cardOf(name), names: [name] });
    } else if (change) {
      go({ card: change, names: [] });
    }
    actions[button.dataset.do]?.();
  });
  for (const flag of flags) flag.box.addEventListener("change", () => tick(flag));

  const today = new Intl.DateTimeFormat(`${language}-u-nu-latn-ca-gregory`, { dateStyle: "long" });
  one("[data-today]").textContent = today.format(new Date());
  render();
})();
