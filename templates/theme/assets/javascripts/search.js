// The search dialog, over the index that Pagefind has made (write/search.py). Where this
// does not run, on a disk for example, the dialog says where the search works.
// All words come from the dialog's data attributes; all results are printed as text.
const PAGE = 8;
const dialog = document.getElementById("sw-search");
const part = (name) => dialog.querySelector(`[data-${name}]`);
const query = dialog.querySelector("input");
const audience = dialog.querySelector("select");
const [status, results, more] = ["status", "results", "more"].map(part);
const language = document.documentElement.lang;
const digits = new Intl.NumberFormat(`${language}-u-nu-latn`);

// Pagefind knows no endings of these languages, but finds a word by its beginning: so the ending
// of each word that was typed is left away, unless fewer than four letters would stay.
const ENDINGS = {
  uk: /^(\p{L}{4,}?)(?:[аеєиіїоуюяй]{1,2}(?:в|м|х|ми|го|му|мо|те|ти|ть|ться|ся)?|[оеє]ві|[ую]вати|ь)$/u,
};
const ending = ENDINGS[language.split("-")[0]];

// Chinese is looked up as characters that follow each other: in its index each of them stands
// apart (write/search_characters.py).
const apart = language.split("-")[0] === "zh";

let pagefind;
let found = [];
let turn = 0;

async function load() {
  if (pagefind) return;
  const engine = await import(new URL(dialog.dataset.bundle, document.baseURI).href);
  const base = new URL("./", new URL(dialog.dataset.base, document.baseURI)).pathname;
  await engine.options({ baseUrl: base, excerptLength: apart ? 60 : 24 });
  await engine.init();
  pagefind = engine;
  const counts = (await engine.filters()).audience ?? {};
  const known = [...audience.options].filter((option) => counts[option.value]);
  known.forEach((option) => (option.hidden = false));
  part("filter").hidden = known.length < 2;
}

function say(template, values = {}) {
  status.textContent = template.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

async function search() {
  const mine = ++turn;
  const words = query.value.trim();
  const readers = [audience.value, "everybody"];
  const options = audience.value ? { filters: { audience: { any: readers } } } : {};
  try {
    await load();
    const answer = words ? await lookUp(words, options) : [];
    if (mine !== turn) return;
    found = answer;
    results.replaceChildren();
    if (!words) say("");
    else if (!found.length) say(dialog.dataset.none, { query: words });
    else say(dialog.dataset.count, { count: digits.format(found.length) });
    await showMore(mine);
  } catch {
    if (mine === turn) say(dialog.dataset.failed);
  }
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

async function showMore(mine) {
  const first = results.children.length;
  const pages = await Promise.all(found.slice(first, first + PAGE).map((one) => one.data()));
  if (mine !== turn) return;
  results.append(...pages.map(entry));
  more.hidden = results.children.length >= found.length;
}

function entry(page) {
  const link = document.createElement("a");
  link.href = page.url;
  const [title, label, excerpt] = ["strong", "small", "span"].map((tag) =>
    link.appendChild(document.createElement(tag)),
  );
  title.textContent = page.meta.title;
  label.textContent = page.meta.audience ?? "";
  excerpt.append(...marked(together(page.excerpt).replace(LEFT_OVER, "")));
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

function delayed(run) {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(run, 200);
  };
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
query.addEventListener("input", delayed(search));
query.addEventListener("focus", () => load().catch(() => say(dialog.dataset.failed)));
audience.addEventListener("change", search);
more.addEventListener("click", async () => {
  const first = results.children.length;
  await showMore(turn);
  results.children[first]?.querySelector("a").focus();
});
dialog.addEventListener("keydown", step);
dialog.querySelector("form").addEventListener("submit", (event) => {
  event.preventDefault();
  results.querySelector("a")?.click();
});
if (dialog.open && !query.disabled) query.focus();
