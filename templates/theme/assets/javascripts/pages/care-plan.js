// The shared care plan: rows are added and removed, the plan is printed, saved as a file and
// opened again. What is typed stays on the page: no request, no storage, no address. A file is
// read in care-plan.file.js; its values become the values of fields, and nothing else. Beside
// each field stands what was typed, for paper: a box on paper would cut a long text.
(() => {
  const form = document.querySelector("[data-plan]");
  if (!form) return;
  const all = (selector, within = form) => [...within.querySelectorAll(selector)];
  const one = (selector, within = form) => within.querySelector(selector);
  const about = JSON.parse(form.dataset.about);
  const files = globalThis.stepwellCarePlan;
  const language = document.documentElement.lang;
  const kinds = all("[data-rows]").map((box) => box.dataset.rows);
  const rowsOf = (kind) => all("[data-row]", one(`[data-rows="${kind}"]`));
  const done = one("[data-done]");

  // ---- What was typed, for paper ----------------------------------------------------------------
  function mirror(field) {
    const typed = field.nextElementSibling;
    if (typed?.matches(".sw-plan__typed")) typed.textContent = field.value;
    for (const again of all(`[data-again="${field.dataset.name}"]`)) again.textContent = field.value;
  }

  function prepare(within) {
    for (const field of all("input[type=text], textarea", within)) {
      const typed = document.createElement("span");
      typed.className = `sw-plan__typed sw-plan__typed--${field.localName}`;
      typed.dir = "auto";
      field.after(typed);
      mirror(field);
    }
  }

  // ---- Rows ---------------------------------------------------------------------------------------
  function count(kind) {
    rowsOf(kind).forEach((row, at) => {
      for (const number of all("[data-number]", row)) number.textContent = at + 1;
    });
    if (kind === "other") one("[data-others]").hidden = !rowsOf(kind).length;
  }

  function add(kind, values = {}) {
    const box = one(`[data-rows="${kind}"]`);
    const row = one("template", box).content.firstElementChild.cloneNode(true);
    prepare(row);
    one("[data-list]", box).append(row);
    for (const field of all("[data-part]", row)) set(field, values[field.dataset.part] ?? "");
    count(kind);
    return row;
  }

  const isEmpty = (row) => all("[data-part]", row).every((field) => !field.value.trim());

  // The focus goes to what is next, so that nobody who uses the keyboard is lost.
  function remove(row) {
    if (!isEmpty(row) && !confirm(form.dataset.drop)) return;
    const box = row.closest("[data-rows]");
    const beside = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    count(box.dataset.rows);
    const next = beside && one("[data-part]", beside);
    (next ?? one("[data-add]", box) ?? one("[data-do=save]")).focus();
    tell(done.dataset.removed);
  }

  // ---- The plan as data -------------------------------------------------------------------------
  function set(field, value) {
    if (field.type === "checkbox") field.checked = value === true;
    else field.value = value;
    mirror(field);
  }

  const labelOf = (field) => {
    const named = document.getElementById(field.getAttribute("aria-labelledby"));
    const words = named ?? field.labels[0].querySelector("span") ?? field.labels[0];
    return words.textContent.replace(/\s+/g, " ").trim();
  };

  function plan() {
    const answers = all("[data-name]")
      .map((field) => ({
        id: field.dataset.name,
        asked: labelOf(field),
        answer: field.type === "checkbox" ? field.checked : field.value,
      }))
      .filter(({ answer }) => answer === true || (answer && answer.trim()));
    const rows = {};
    for (const kind of kinds)
      rows[kind] = rowsOf(kind)
        .filter((row) => !isEmpty(row))
        .map((row) =>
          Object.fromEntries(all("[data-part]", row).map((field) => [field.dataset.part, field.value])),
        );
    return { answers, rows };
  }

  const content = () => JSON.stringify(plan());
  let saved = "";
  const isUnsaved = () => content() !== saved;

  function fill({ answers, rows, strange }) {
    const places = new Map(all("[data-name]").map((field) => [field.dataset.name, field]));
    const fits = (id, { answer }) =>
      places.has(id) && (places.get(id).type === "checkbox") === (answer === true);
    for (const [id, field] of places)
      set(field, answers.has(id) && fits(id, answers.get(id)) ? answers.get(id).answer : "");
    const lost = [...answers]
      .filter(([id, given]) => !fits(id, given))
      .map(([id, { asked, answer }]) => ({ asked: asked || id, answer: answer === true ? "✓" : answer }));
    const found = [...strange, ...lost];
    for (const kind of kinds) {
      for (const row of rowsOf(kind)) row.remove();
      const wanted = kind === "other" ? [...rows.other, ...found] : rows[kind];
      for (const values of wanted) add(kind, values);
      if (!wanted.length && kind !== "other") add(kind);
      count(kind);
    }
    return found;
  }

  // ---- Files ----------------------------------------------------------------------------------------
  function today() {
    const now = new Date();
    const pad = (number) => String(number).padStart(2, "0");
    return [now.getFullYear(), pad(now.getMonth() + 1), pad(now.getDate())].join("-");
  }

  // A day in words; what is no day stays as it is.
  function day(iso) {
    if (!/^\d{4}-\d\d-\d\d$/.test(iso) || Number.isNaN(Date.parse(iso))) return iso;
    const style = { dateStyle: "long", timeZone: "UTC" };
    return new Intl.DateTimeFormat(`${language}-u-nu-latn`, style).format(new Date(iso));
  }

  function named(tag) {
    try {
      return new Intl.DisplayNames([language], { type: "language" }).of(tag) ?? tag;
    } catch {
      return tag;
    }
  }

  function tell(words) {
    done.textContent = words;
  }

  function save() {
    const name = `care-plan-${about.pathway}-${today()}.json`;
    const file = new Blob([files.write(plan(), about, today())], { type: "application/json" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    saved = content();
    tell(done.dataset.saved.replace("{name}", name));
  }

  function refuse({ why, part }) {
    for (const words of all("[data-why]")) {
      words.hidden = words.dataset.why !== why;
      for (const named of all("[data-named]", words)) named.textContent = part;
    }
  }

  function forgetWhatWasSaid() {
    for (const words of all("[data-why]")) {
      words.hidden = true;
    }
    one("[data-loaded] > div").hidden = true;
    tell("");
  }

  function report(read, found) {
    const note = (name, shown) => (one(`[data-note="${name}"]`).hidden = !shown);
    const old = read.about;
    one("[data-saved]").textContent = day(old.saved);
    one("[data-old]").textContent = old.pathway_version;
    one("[data-language]").textContent = named(old.language);
    const other = old.pathway_version !== about.pathway_version;
    note("version", other);
    const digests = ["pathway_digest", "plan_digest"];
    note("asked", !other && digests.some((name) => old[name] !== about[name]));
    note("language", old.language !== about.language);
    note("other", found.length > 0);
    const items = found.map(({ asked, answer }) => {
      const item = document.createElement("li");
      const name = document.createElement("bdi");
      const value = document.createElement("bdi");
      name.textContent = asked;
      value.textContent = answer.slice(0, 80);
      item.append(name, ": ", value);
      return item;
    });
    one("[data-strange]").replaceChildren(...items);
    one("[data-loaded] > div").hidden = false;
  }

  async function open(file) {
    forgetWhatWasSaid();
    try {
      const bytes = file.size > 1e6 ? { length: file.size } : new Uint8Array(await file.arrayBuffer());
      const read = files.read(bytes, about.pathway);
      if (isUnsaved() && !confirm(form.dataset.replace)) return;
      report(read, fill(read));
      saved = content();
    } catch (error) {
      refuse(error instanceof files.Refused ? error : new files.Refused("broken"));
    }
  }

  function empty() {
    if (isUnsaved() && !confirm(form.dataset.empty)) return;
    forgetWhatWasSaid();
    fill({ answers: new Map(), rows: { goals: [], tasks: [], other: [] }, strange: [] });
    saved = content();
    tell(done.dataset.emptied);
    scrollTo({ top: 0 });
    one("[data-name]").focus();
  }

  // ---- Beginning ----------------------------------------------------------------------------------
  const chooser = one("[data-file]");
  const actions = { open: () => chooser.click(), save, print: () => print(), empty };
  for (const button of all("[data-do]"))
    button.addEventListener("click", () => actions[button.dataset.do]());
  chooser.addEventListener("change", () => {
    const file = chooser.files[0];
    if (file) open(file).finally(() => (chooser.value = ""));
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-add], [data-remove]");
    if (!button) return;
    if ("remove" in button.dataset) remove(button.closest("[data-row]"));
    else one("[data-part]", add(button.closest("[data-rows]").dataset.rows)).focus();
  });
  form.addEventListener("input", (event) => mirror(event.target));
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("beforeunload", (event) => {
    if (!isUnsaved()) return;
    event.preventDefault();
    event.returnValue = true; // older browsers ask only then
  });
  prepare(form);
  const date = () => (one("[data-today]").textContent = day(today()));
  addEventListener("beforeprint", date);
  date();
  saved = content();
})();
