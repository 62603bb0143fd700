// Due dates from a first day: fills them into the rows that stand in the page, and writes
// calendar files that only the reader gets. Nothing is sent, stored or put into the address.
// What computes is in monitoring.dates.js; all words stand in the page. Without scripts the
// page has its tables and links to the calendars on paper.
(() => {
  const root = document.querySelector("[data-due]");
  if (!root) return;
  const one = (selector, within = root) => within.querySelector(selector);
  const all = (selector, within = root) => [...within.querySelectorAll(selector)];
  const named = (name, value, within = root) => one(`[data-${name}="${value}"]`, within);

  const dates = globalThis.stepwellDates;
  const moments = JSON.parse(one("[data-moments]").textContent);
  const form = one("form");
  const [plan, start, reference] = ["plan", "start", "reference"].map((name) => one(`#due-${name}`));
  const error = one("#due-error");
  const language = document.documentElement.lang;
  const address = root.dataset.address;

  // ---- Days in words --------------------------------------------------------------------------
  const format = new Intl.DateTimeFormat(`${language}-u-nu-latn-ca-gregory`, {
    weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC",
  });
  const firstOfMonth = ({ type, value }) =>
    type === "day" && value === "1" ? root.dataset.firstOfMonth : value;
  const inWords = (day) =>
    format.formatToParts(new Date(`${day}T00:00:00Z`)).map(firstOfMonth).join("");

  function fill(within, from, to) {
    for (const place of all("[data-day]", within))
      place.textContent = inWords(place.dataset.day === "to" ? to : from);
  }

  // The reader's own day: somebody who looks at midnight is in one time zone.
  function today() {
    const now = new Date();
    return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
  }

  // ---- The list ---------------------------------------------------------------------------------
  const chosen = () => moments.find(({ id }) => id === plan.value);
  const isReady = () => dates.isDay(start.value, start.min, start.max);

  // From a first day: every moment of a plan with its days.
  function dated(first, of) {
    const on = (moment) => ({
      ...moment,
      from: dates.after(first, moment.from),
      to: dates.after(first, moment.to),
    });
    return { rows: of.rows.map(on), repeats: of.repeats.filter(({ from }) => from).map(on) };
  }

  function show() {
    const section = named("plan", plan.value);
    for (const other of all("[data-plan]")) other.hidden = other !== section || !isReady();
    if (!isReady()) return null;
    const { rows, repeats } = dated(start.value, chosen());
    fill(one("h3 + p", section), start.value);
    const day = today();
    for (const { key, from, to } of rows) {
      const row = named("row", key, section);
      fill(row, from, to);
      const standing = dates.standing(day, from, to);
      for (const mark of all("[data-mark]", row)) mark.hidden = mark.dataset.mark !== standing;
    }
    for (const { key, from, to } of repeats) fill(named("repeat", key, section), from, to);
    one("[data-reference]", section).textContent = reference.value.trim();
    one(".sw-due__reference", section).hidden = !reference.value.trim();
    return section;
  }

  function complain(wrong) {
    error.hidden = !wrong;
    start.setAttribute("aria-invalid", String(wrong));
    if (wrong) start.focus();
  }

  // ---- Calendar files ---------------------------------------------------------------------------
  // The words of an element on one line. From right to left, what is isolated stays so.
  function plain(element) {
    const copy = element.cloneNode(true);
    if (document.documentElement.dir === "rtl")
      for (const run of all('bdi[dir="ltr"]', copy)) run.textContent = `\u2066${run.textContent}\u2069`;
    return copy.textContent.replace(/\s+/g, " ").trim();
  }
  const pair = (name, value) =>
    root.dataset.named.replace("{name}", () => name).replace("{value}", () => value);

  // Several people may begin on one day: a reference makes another series, without saying it.
  function mark(text) {
    let sum = 0x811c9dc5;
    for (const byte of new TextEncoder().encode(text)) sum = Math.imul(sum ^ byte, 0x01000193) >>> 0;
    return text ? `.${sum.toString(16)}` : "";
  }

  // What a patient may read: plain words, and whom to call.
  function forPatient(checks, when) {
    const said = named("said", plan.value);
    const labels = checks.map((check) => `\u2013 ${plain(named("label", check, said))}`);
    const calls = all("[data-call]").map(plain);
    return {
      title: plain(one("[data-title]", said)),
      text: [when, ...labels, "", plain(one("[data-text]", said)), plain(one("[data-word=missed]")), "", ...calls].join("\n"),
      address: new URL(said.dataset.href, address).href,
    };
  }

  // What the team needs: each check with its roles, its limit and what is done then.
  function forTeam(checks, when) {
    const lines = checks.flatMap((check) => {
      const row = document.querySelector(`[data-check="${plan.value}/${check}"]`);
      const roles = all("dt", row).map((term) => pair(plain(term), plain(term.nextElementSibling)));
      const cells = all("[data-name]", row).map((cell) => pair(cell.dataset.name, plain(cell)));
      return ["", plain(one("th", row)), ...roles, ...cells];
    });
    const labels = checks.map((check) =>
      plain(one("th", document.querySelector(`[data-check="${plan.value}/${check}"]`))));
    const note = reference.value.trim();
    const title = pair(plan.selectedOptions[0].textContent.trim(), labels.join("; "));
    return { title: note ? `[${note}] ${title}` : title, text: [when, ...lines].join("\n"), address };
  }

  // The events of a plan from a first day, for one kind of reader.
  function events(first, of, reader, remind) {
    const section = named("plan", of.id);
    const said = reader === "team" ? forTeam : forPatient;
    const host = new URL(address).hostname;
    const own = reader === "team" ? `team${mark(reference.value.trim())}` : "patient";
    const { rows, repeats } = dated(first, of);
    const made = ({ key, from, to, checks }, when, repeat) => ({
      uid: `${root.dataset.due}.${of.id}.${first}.${key}.${own}@${host}`,
      from, to, repeat, remind, ...said(checks, when),
    });
    return [
      ...rows.map((row) => made(row, plain(one("[data-when]", named("row", row.key, section))), "")),
      ...repeats.map((repeat) => {
        const { from } = of.repeats.find(({ key }) => key === repeat.key);
        const kept = dates.keptDay(first, repeat.from, from);
        const until = repeat.until && dates.after(first, repeat.until);
        const often = plain(one("[data-often]", named("repeat", repeat.key, section)));
        return made(repeat, often, dates.rule(repeat.from, repeat.every, kept, until));
      }),
    ];
  }

  function file(reader) {
    const remind = reader === "team" && one("[data-reminder]", named("plan", plan.value)).checked;
    const found = events(start.value, chosen(), reader, remind);
    const name = plan.selectedOptions[0].textContent.trim();
    return dates.calendarFile(name, language, found, new Date());
  }

  function save(reader) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([file(reader)], { type: "text/calendar;charset=utf-8" }));
    link.download = `${plan.value}-${start.value}-${reader}.ics`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  // ---- What people do -----------------------------------------------------------------------------
  let wanted = false; // whether dates were asked for
  const actions = {
    print() {
      document.documentElement.classList.add("sw-due-printing");
      addEventListener("afterprint", () => document.documentElement.classList.remove("sw-due-printing"), { once: true });
      print();
    },
    patient: () => save("patient"),
    team: () => save("team"),
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const section = show();
    complain(!section);
    wanted ||= Boolean(section);
    if (section) one("h3", section).focus();
  });
  // Once dates are shown they follow what is typed; a day that is not whole hides them.
  form.addEventListener("input", () => {
    if (isReady()) complain(false);
    if (!wanted) return;
    const section = show();
    one("[data-status]").textContent = section ? plain(one("h3", section)) : "";
  });
  root.addEventListener("click", (event) => actions[event.target.closest("button")?.dataset.do]?.());
  form.reset(); // browsers keep what was typed when a page is loaded again
})();
