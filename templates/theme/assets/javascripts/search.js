// The search dialog, over the index that Pagefind has made (write/search.py) and the names
// that a language knows besides (render/synonyms.py). Where this does not run, on a disk for
// example, the dialog says where the search works. All words come from the dialog's data
// attributes and from the index; all results are printed as text.
const PAGE = 5;
const NAMED = 3;
const PAUSE = 40;
// What the names of a kind are, besides names: words of a term, or the number of a step.
const [TERM, STEP] = [1, 2];
const dialog = document.getElementById("sw-search");
const part = (name) => dialog.querySelector(`[data-${name}]`);
const query = dialog.querySelector("input");
const filters = [...dialog.querySelectorAll("select")];
const [status, results, more] = ["status", "results", "more"].map(part);
const language = document.documentElement.lang;
const digits = new Intl.NumberFormat(`${language}-u-nu-latn`);
const base = new URL("./", new URL(dialog.dataset.base, document.baseURI));

// Pagefind knows no endings of these languages, but finds a word by its beginning: so the ending
// of each word that was typed is left away, unless fewer than four letters would stay.
const ENDINGS = {
  uk: /^(\p{L}{4,}?)(?:[аеєиіїоуюяй]{1,2}(?:в|м|х|ми|го|му|мо|те|ти|ть|ться|ся)?|[оеє]ві|[ую]вати|ь)$/u,
};
const ending = ENDINGS[language.split("-")[0]];

// Chinese is looked up as characters that follow each other: in its index each of them stands
// apart (write/search_characters.py).
const apart = language.split("-")[0] === "zh";

let loading;
let pagefind;
let names = { kinds: [], entries: [] };
let found = [];
let shown = new Set();
let taken = 0;
let answered;
let turn = 0;

// The engine, and the names, are loaded once: when the field is first gone to.
function load() {
  loading ??= Promise.all([loadIndex(), loadNames()]).catch((problem) => {
    loading = undefined;
    throw problem;
  });
  return loading;
}

async function loadIndex() {
  const engine = await import(new URL(dialog.dataset.bundle, document.baseURI).href);
  const baseUrl = base.pathname;
  // A worker would load the engine a second time.
  await engine.options({ baseUrl, excerptLength: apart ? 60 : 24, noWorker: true });
  await engine.init();
  pagefind = engine;
  const counts = await engine.filters();
  for (const select of filters) offer(select, counts[select.name] ?? {});
  part("filters").hidden = filters.every((select) => select.parentElement.hidden);
}

// A filter offers what the index has. Where its words do not stand in the dialog, they are
// the values themselves.
function offer(select, counts) {
  const given = [...select.options].filter((option) => option.value);
  if (given.length) for (const option of given) option.hidden = !counts[option.value];
  else {
    const order = new Intl.Collator(language).compare;
    for (const value of Object.keys(counts).sort(order)) select.add(new Option(value, value));
  }
  const known = [...select.options].filter((option) => option.value && !option.hidden);
  select.parentElement.hidden = known.length < 2;
}

// Without the names the search still finds what stands in the pages.
async function loadNames() {
  const { synonyms } = dialog.dataset;
  if (!synonyms) return;
  const answer = await fetch(new URL(synonyms, document.baseURI));
  if (!answer.ok) return;
  const { kinds, entries } = await answer.json();
  names = {
    kinds,
    entries: entries.map(([kind, id, ...forms]) => ({
      kind: kinds[kind],
      id,
      forms,
      folded: forms.map(folded),
    })),
  };
}

// Words as they are compared: without case, accents, hyphens and signs between words.
function folded(text) {
  const words = text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f\u0640\u064b-\u065f]/g, "")
    .replace(/\u0629/g, "\u0647")
    .replace(/\u0649/g, "\u064a")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}+]+/gu, " ")
    .trim();
  return apart ? words.replaceAll(" ", "") : words;
}

// How well a name fits: 4 it is what was typed, 3 it begins so, 2 it has these words, 1 it is
// among the words that were typed.
function fit(entry, words) {
  const tight = (text) => text.replaceAll(" ", "");
  const typed = tight(words);
  if (/^\+?\d{3,}$/.test(typed)) {
    const known = entry.folded.map(tight);
    return known.includes(typed) ? 4 : known.some((form) => form.startsWith(typed)) ? 3 : 0;
  }
  if (entry.folded.some((form) => tight(form) === typed)) return 4;
  if (words.length < (apart ? 2 : 3)) return 0;
  if (entry.folded.some((form) => form.startsWith(words))) return 3;
  const [space, least] = apart ? ["", 2] : [" ", 4];
  const holds = (outer, inner) => `${space}${outer}${space}`.includes(`${space}${inner}${space}`);
  if (entry.folded.some((form) => holds(form, words))) return 2;
  if (entry.kind[6] === TERM) return 0;
  return entry.folded.some((form) => form.length >= least && holds(words, form)) ? 1 : 0;
}

// What is named by the words, the best first: all that have exactly this name, or a few.
function namedBy(words) {
  const wanted = folded(words);
  const fitting = names.entries
    .filter(({ kind }) => allowed(kind))
    .map((entry) => ({ entry, how: wanted ? fit(entry, wanted) : 0 }))
    .filter(({ how }) => how)
    .sort((one, other) => other.how - one.how);
  const exact = fitting.filter(({ how }) => how === 4).length;
  return fitting.slice(0, Math.max(NAMED, exact)).map(({ entry }) => entry);
}

function allowed([, , , audience, pathway, topic]) {
  const values = { audience, pathway, topic };
  return filters.every(({ name, value }) => !value || value === values[name]);
}

// A synonym of a term also looks up the term's own words.
function otherWords(words) {
  const wanted = folded(words);
  const same = names.entries.filter(
    ({ kind, folded: forms }) => kind[6] === TERM && forms.includes(wanted),
  );
  const others = same.flatMap(({ forms }) => forms.slice(0, 2));
  return [...new Set(others)].filter((one) => folded(one) !== wanted);
}

function say(template, values = {}) {
  status.textContent = template.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

function chosen() {
  const filled = filters.filter(({ value }) => value);
  const any = ({ name, value }) => [name, name === "audience" ? { any: [value, "everybody"] } : value];
  return filled.length ? { filters: Object.fromEntries(filled.map(any)) } : {};
}

async function search() {
  const mine = ++turn;
  const words = query.value.trim();
  try {
    await load();
    const answer = words ? await everything(words, chosen()) : [];
    const pages = await data(answer.slice(0, PAGE));
    if (mine !== turn) return;
    const first = words ? namedBy(words) : [];
    [found, shown, taken, answered] = [answer, new Set(), 0, words];
    results.replaceChildren(...first.map(namedEntry));
    add(pages);
    // Told last: who hears the count finds the results there.
    const count = first.length + found.length;
    if (!words) say("");
    else if (!count) say(dialog.dataset.none, { query: words });
    else say(dialog.dataset.count, { count: digits.format(count) });
  } catch {
    if (mine === turn) say(dialog.dataset.failed);
  }
}

// What was typed, and behind it what other words for the same would find.
async function everything(words, options) {
  const queries = [words, ...otherWords(words)];
  const answers = await Promise.all(queries.map((one) => lookUp(one, options)));
  const best = new Map();
  answers.forEach((pages, place) => {
    for (const page of pages) {
      const score = place ? page.score / 2 : page.score;
      if (!(best.get(page.id)?.score >= score)) best.set(page.id, { page, score });
    }
  });
  const sorted = [...best.values()].sort((one, other) => other.score - one.score);
  return sorted.map(({ page }) => page);
}

async function lookUp(words, options) {
  if (!apart) return (await pagefind.search(begun(words), options)).results;
  const whole = await withAll(words.split(/\s+/), options);
  if (whole.length || !globalThis.Intl.Segmenter) return whole;
  const segments = [...new Intl.Segmenter(language, { granularity: "word" }).segment(words)];
  return withAll(segments.filter((one) => one.isWordLike).map((one) => one.segment), options);
}

// The pages that have each of some pieces of text as it stands, the best first.
async function withAll(texts, options) {
  const spaced = (text) => text.replace(/"/g, "").replace(/\p{Script=Han}/gu, " $& ").trim();
  const phrases = texts.map((text) => pagefind.search(`"${spaced(text)}"`, options));
  const exact = (await Promise.all(phrases)).map(byId);
  const { results } = await pagefind.search(spaced(texts.join(" ")), options);
  const shared = results.filter((one) => exact.every((pages) => pages.has(one.id)));
  return shared.map((one) => exact[0].get(one.id));
}

function byId(answer) {
  return new Map(answer.results.map((one) => [one.id, one]));
}

function begun(words) {
  return ending ? words.split(/\s+/).map((word) => word.replace(ending, "$1")).join(" ") : words;
}

function data(answer) {
  return Promise.all(answer.map((one) => one.data()));
}

async function showMore() {
  const mine = turn;
  const pages = await data(found.slice(taken, taken + PAGE));
  if (mine === turn) add(pages);
}

function add(pages) {
  taken += pages.length;
  const fresh = pages.filter((page) => !shown.has(whole(page.url)));
  results.append(...fresh.map(pageEntry));
  more.hidden = taken >= found.length;
}

// A page's own address: the index leaves index.html away, which not every host adds again.
function whole(url) {
  return url.replace(/\/(?=#|$)/, "/index.html");
}

function namedEntry({ kind, id, forms }) {
  const [before, after, note, audience, , , role] = kind;
  const url = new URL(`${before}${id}${after}`, base).href;
  const label = filters[0].querySelector(`[value="${audience}"]`)?.dataset.label;
  return entry(url, forms[0], [note, role === STEP && forms[1], label], []);
}

function pageEntry({ url, meta, excerpt }) {
  const text = marked(together(excerpt).replace(LEFT_OVER, ""));
  return entry(whole(url), meta.title, [meta.place, meta.audience], text);
}

function entry(url, name, labels, text) {
  const link = document.createElement("a");
  link.href = url;
  shown.add(new URL(url, base).pathname + new URL(url, base).hash);
  const [title, label, excerpt] = ["strong", "small", "span"].map((tag) =>
    link.appendChild(document.createElement(tag)),
  );
  title.textContent = name;
  label.textContent = labels.filter(Boolean).join(" · ");
  if (text.length) excerpt.append(...text);
  else excerpt.remove();
  const item = document.createElement("li");
  item.append(link);
  return item;
}

// An excerpt of Chinese with its characters where they were, beside each other.
const GAP = /([\p{Script=Han}\p{P}](?:<\/mark>)?)\s+(?=(?:<\/?mark>)*[\p{Script=Han}\p{P}])/gu;

function together(html) {
  return apart ? html.replace(GAP, "$1").replaceAll("</mark><mark>", "") : html;
}

// Where a piece of Chinese is cut out, the end of the sentence before is left over.
const LEFT_OVER = /^[\s。，、；：！？）》”]+/u;

// Pagefind gives HTML; only its text and its marks are taken. It has lost what kept numbers in
// order: a telephone number in Arabic would read from its end, so each is isolated again.
const NUMBER = /\+?\d(?:[\d \u00a0().,:/–-]*\d)?/g;

function marked(html) {
  const body = new DOMParser().parseFromString(html, "text/html").body;
  const numbers = [...body.textContent.matchAll(NUMBER)].map((match) => {
    const box = document.createElement("bdi");
    box.dir = "ltr";
    return { start: match.index, end: match.index + match[0].length, box };
  });
  const shown = [];
  let at = 0;
  for (const node of body.childNodes) {
    for (const [piece, number] of pieces(node.textContent, at, numbers)) {
      const text = document.createTextNode(piece);
      const inline = node.nodeName === "MARK" ? document.createElement("mark") : text;
      if (inline !== text) inline.append(text);
      if (number) number.box.append(inline);
      const next = number ? number.box : inline;
      if (shown.at(-1) !== next) shown.push(next);
    }
    at += node.textContent.length;
  }
  return shown;
}

// The pieces of a text that starts at an offset, cut where numbers begin and end.
function* pieces(text, offset, numbers) {
  let at = offset;
  const end = offset + text.length;
  while (at < end) {
    const number = numbers.find((found) => found.start <= at && at < found.end);
    const next = numbers.find((found) => found.start > at);
    const stop = Math.min(end, number ? number.end : (next?.start ?? end));
    yield [text.slice(at - offset, stop - offset), number];
    at = stop;
  }
}

let timer;

// While somebody types, the search waits for a pause; Enter asks at once.
function soon() {
  clearTimeout(timer);
  timer = setTimeout(search, PAUSE);
}

function now() {
  clearTimeout(timer);
  return search();
}

function step(event) {
  const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const stops = [query, ...results.querySelectorAll("a")];
  const place = stops.indexOf(document.activeElement);
  if (!move || place < 0) return;
  event.preventDefault();
  stops[Math.min(Math.max(place + move, 0), stops.length - 1)].focus();
}

// Some browsers load modules from a disk, but none can fetch the index there.
if (location.protocol !== "file:") {
  query.disabled = false;
  part("offline").hidden = true;
  part("help").hidden = false;
}
query.addEventListener("input", soon);
query.addEventListener("focus", () => load().catch(() => say(dialog.dataset.failed)));
for (const select of filters) select.addEventListener("change", now);
more.addEventListener("click", async () => {
  const first = results.children.length;
  await showMore();
  results.children[first]?.querySelector("a").focus();
});
dialog.addEventListener("keydown", step);
dialog.querySelector("form").addEventListener("submit", (event) => {
  event.preventDefault();
  if (answered === query.value.trim()) results.querySelector("a")?.click();
  else now();
});

// The field on the home page hands its words on to the dialog.
for (const form of document.querySelectorAll("[data-sw-find]")) {
  const field = form.querySelector("input");
  field.addEventListener("focus", () => load().catch(() => {}), { once: true });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (query.disabled) return;
    dialog.showModal();
    query.value = field.value;
    query.focus();
    now();
  });
}
if (dialog.open && !query.disabled) query.focus();
