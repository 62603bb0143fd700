// The file of a shared care plan: pure functions that write one, and read one without trusting
// it. A file is refused as a whole, with the reason; nothing of it is ever markup. What this
// version does not know is not dropped: it comes back as a row of its own.
globalThis.stepwellCarePlan = (() => {
  const SCHEMA = "stepwell-care-plan";
  const VERSION = 1;
  const BYTES = 1_000_000;
  const LONGEST = 4000; // letters of an answer; the fields of the page take no more
  const SHORT = 300;
  const MOST = 200; // answers, or rows of a kind
  const ABOUT = ["language", "pathway", "pathway_version", "pathway_digest", "plan_digest"];
  const ROWS = {
    goals: ["goal", "measure", "by", "who"],
    tasks: ["what", "who", "by", "phone"],
    other: ["asked", "answer"],
  };

  class Refused extends Error {
    constructor(why, part = "") {
      super(why);
      this.why = why;
      this.part = part.slice(0, 80);
    }
  }

  const isObject = (value) =>
    typeof value === "object" && value !== null && !Array.isArray(value);

  // A text of at most so many letters; a text that is missing is empty.
  function text(value, part, longest = LONGEST) {
    if (value === undefined) return "";
    if (typeof value !== "string" || value.length > longest) throw new Refused("part", part);
    return value;
  }

  function list(value, part) {
    if (value === undefined) return [];
    if (!Array.isArray(value) || value.length > MOST || !value.every(isObject))
      throw new Refused("part", part);
    return value;
  }

  // What has a name that is not known, as rows of the kind `other`.
  function strangers(given, known, where) {
    return Object.entries(given)
      .filter(([name]) => !known.includes(name))
      .map(([name, value]) => ({
        asked: text(where ? `${where}: ${name}` : name, where || name, SHORT),
        answer: text(typeof value === "string" ? value : JSON.stringify(value), name),
      }));
  }

  function parsed(bytes) {
    try {
      return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    } catch {
      throw new Refused("broken");
    }
  }

  // Whether a file is one of ours, of a version that is known, and of the pathway of the page.
  function recognized(given, pathway) {
    if (!isObject(given) || given.schema !== SCHEMA) throw new Refused("foreign");
    const version = given.schema_version;
    if (!Number.isInteger(version) || version < 1) throw new Refused("part", "schema_version");
    if (version > VERSION) throw new Refused("newer");
    const about = Object.fromEntries(
      ["saved", ...ABOUT].map((name) => [name, text(given[name], name, SHORT)]),
    );
    if (about.pathway !== pathway) throw new Refused("pathway", about.pathway);
    return about;
  }

  // An answer is { id, asked, answer }: a text, or true for a line that was ticked.
  function answer(given) {
    const id = text(given.id, "answers", SHORT);
    const asked = text(given.asked, id);
    const ticked = given.answer === true;
    if (!id || !(ticked || typeof given.answer === "string")) throw new Refused("part", id || "answers");
    return { id, asked, answer: ticked || text(given.answer, id) };
  }

  // Bytes -> { about, answers, rows, strange }: `answers` a Map by id, `rows` by kind, `strange`
  // how many of the rows without a place are new. A Refused is thrown for any other file.
  function read(bytes, pathway) {
    if (bytes.length > BYTES) throw new Refused("large");
    const given = parsed(bytes);
    const about = recognized(given, pathway);
    const strange = strangers(
      given,
      ["schema", "schema_version", "saved", "answers", ...ABOUT, ...Object.keys(ROWS)],
      "",
    );
    const answers = new Map();
    for (const one of list(given.answers, "answers")) {
      const { id, ...rest } = answer(one);
      if (answers.has(id)) throw new Refused("part", id);
      answers.set(id, rest);
      strange.push(...strangers(one, ["id", "asked", "answer"], id));
    }
    const rows = {};
    for (const [kind, parts] of Object.entries(ROWS)) {
      rows[kind] = list(given[kind], kind).map((row) => {
        strange.push(...strangers(row, parts, kind));
        return Object.fromEntries(
          parts.map((part) => [part, text(row[part], `${kind}: ${part}`, limit(part))]),
        );
      });
    }
    return { about, answers, rows, strange };
  }

  const limit = (part) => (part === "answer" || part === "asked" ? LONGEST : SHORT);

  // The text of a file. `plan` is { answers: [{ id, asked, answer }], rows }.
  function write(plan, about, day) {
    const head = { schema: SCHEMA, schema_version: VERSION, saved: day, ...about };
    return `${JSON.stringify({ ...head, answers: plan.answers, ...plan.rows }, null, 2)}\n`;
  }

  return { read, write, Refused };
})();
