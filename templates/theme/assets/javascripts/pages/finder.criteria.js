// The criteria of a pathway in the browser: pure functions that decide exactly as
// generator/stepwell/logic does (measures, expression, assess, reasons); a test holds the
// two together. `rules` is what logic/compiled.py makes; `answers` is a Map from the id of a
// measure to its number; what is not in it is unknown, which is never the same as no.
// Truth is true, false, or null while it is not decided.
globalThis.stepwellCriteria = (() => {
  // ---- Numbers: exact decimals, `digits` / 10 ** `places`, rounded as Python's are ----------
  const PRECISION = 28;
  const power = (exponent) => 10n ** BigInt(exponent);

  function decimal(text) {
    const [whole, part = ""] = text.split(".");
    return { digits: BigInt(whole + part), places: part.length };
  }

  // At most 28 digits, half to even; only numbers that nobody types are longer.
  function rounded({ digits, places }) {
    const size = digits < 0n ? -digits : digits;
    const extra = size.toString().length - PRECISION;
    if (extra <= 0) return { digits, places };
    const unit = power(extra);
    let kept = size / unit;
    const rest = 2n * (size % unit);
    if (rest > unit || (rest === unit && kept % 2n === 1n)) kept += 1n;
    const signed = digits < 0n ? -kept : kept;
    const left = places - extra;
    return left < 0 ? { digits: signed * power(-left), places: 0 } : { digits: signed, places: left };
  }

  // Both numbers with the same places.
  function aligned(one, other) {
    const places = Math.max(one.places, other.places);
    return [one, other].map((number) => number.digits * power(places - number.places));
  }

  function compare(one, other) {
    const [left, right] = aligned(one, other);
    return left < right ? -1 : Number(left > right);
  }

  const product = (one, other) =>
    rounded({ digits: one.digits * other.digits, places: one.places + other.places });

  function difference(one, other) {
    const [left, right] = aligned(one, other);
    return rounded({ digits: left - right, places: Math.max(one.places, other.places) });
  }

  function isMultiple(number, step) {
    const [left, right] = aligned(number, step);
    return left % right === 0n;
  }

  // ---- Measures: what was typed -> { number }, or { refused: why } ---------------------------
  const ZERO = decimal("0");
  const TYPED = "-?[0-9]{1,15}(?:\\.[0-9]{1,10})?";
  const NUMBER = new RegExp(`^${TYPED}$`);
  const DURATION = new RegExp(`^(${TYPED})(?:\\.\\.(${TYPED}))? ?([^\\s0-9].*)$`);
  const SPACE = "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
  const AROUND = new RegExp(`^${SPACE}+|${SPACE}+$`, "g");
  const stripped = (text) => text.replace(AROUND, "");
  const without = (text, end) => (text.endsWith(end) ? text.slice(0, -end.length) : text);

  function value(measure, typed) {
    if (measure.kind === "choice") return chosen(measure.choices, typed);
    if (measure.kind === "finding") return chosen(["no", "yes"], typed);
    const found = measure.kind === "duration" ? duration(measure, typed) : number(measure, typed);
    return found.refused ? found : bounded(measure, found.number);
  }

  function chosen(choices, typed) {
    const place = choices.indexOf(typed);
    return place < 0 ? { refused: "unknown" } : { number: decimal(String(place)) };
  }

  // A range such as 6..8 weeks counts as the longest it can be.
  function duration(measure, typed) {
    const match = typed.match(DURATION);
    if (!match) return { refused: "malformed" };
    const known = Object.keys(measure.days);
    const unit = [match[3], `${match[3]}s`].find((name) => known.includes(name));
    const low = decimal(match[1]);
    const high = match[2] === undefined ? null : decimal(match[2]);
    if (!unit || (high && compare(high, low) <= 0)) return { refused: "malformed" };
    const longest = high && high.digits !== 0n ? high : low;
    return { number: product(longest, decimal(measure.days[unit])) };
  }

  function number(measure, typed) {
    let plain = measure.percent ? stripped(without(typed, "%")) : typed;
    if (measure.unit && plain.endsWith(measure.unit)) plain = stripped(without(plain, measure.unit));
    if (!NUMBER.test(plain)) return { refused: "malformed" };
    const found = decimal(plain);
    const start = measure.low === null ? ZERO : decimal(measure.low);
    if (measure.step !== null && !isMultiple(difference(found, start), decimal(measure.step)))
      return { refused: "step" };
    return { number: found };
  }

  function bounded({ low, high }, number) {
    const below = low !== null && compare(number, decimal(low)) < 0;
    const above = high !== null && compare(number, decimal(high)) > 0;
    return below || above ? { refused: "range" } : { number };
  }

  // ---- Expressions ---------------------------------------------------------------------------
  const isTest = (expression) => typeof expression === "number";
  const isName = (expression) => typeof expression === "string";
  const partsOf = (expression) => expression.slice(expression[0] === "of" ? 2 : 1);

  function evaluate(rules, expression, answers) {
    if (isTest(expression)) return compared(rules.tests[expression], answers);
    if (isName(expression)) return evaluate(rules, rules.criteria[expression], answers);
    const truths = partsOf(expression).map((part) => evaluate(rules, part, answers));
    if (expression[0] === "all") return counted(truths, truths.length);
    if (expression[0] === "of") return counted(truths, expression[1]);
    const found = counted(truths, 1);
    return found === null ? null : !found;
  }

  function counted(truths, least) {
    const holding = truths.filter((truth) => truth === true).length;
    if (holding >= least) return true;
    const open = truths.filter((truth) => truth === null).length;
    return holding + open >= least ? null : false;
  }

  function compared(test, answers) {
    if (!answers.has(test.measure)) return null;
    const answer = answers.get(test.measure);
    const signs = test.values.map((text) => compare(answer, decimal(text)));
    switch (test.comparison) {
      case "yes":
        return compare(answer, decimal("1")) === 0;
      case "is":
      case "one-of":
        return signs.includes(0);
      case "range":
        return signs[0] >= 0 && signs[1] <= 0;
      case "at-least":
        return signs[0] >= 0;
      case "more-than":
        return signs[0] > 0;
      case "at-most":
        return signs[0] <= 0;
      case "below":
        return signs[0] < 0;
      default:
        throw new Error(`unknown comparison: ${test.comparison}`);
    }
  }

  // The measures without an answer that could still settle an undecided expression.
  function undecided(rules, expression, answers) {
    if (evaluate(rules, expression, answers) !== null) return [];
    if (isTest(expression)) return [rules.tests[expression].measure];
    const parts = isName(expression) ? [rules.criteria[expression]] : partsOf(expression);
    return [...new Set(parts.flatMap((part) => undecided(rules, part, answers)))];
  }

  // The comparisons that make an expression true or false: [{ test, holds }], each once.
  function because(rules, expression, answers) {
    const truth = evaluate(rules, expression, answers);
    if (truth === null) return [];
    const found = new Map();
    for (const reason of decisive(rules, expression, answers, truth))
      found.set(`${reason.test} ${reason.holds}`, reason);
    return [...found.values()];
  }

  function* decisive(rules, expression, answers, truth) {
    if (isTest(expression)) {
      yield { test: expression, holds: truth };
    } else if (isName(expression)) {
      yield* decisive(rules, rules.criteria[expression], answers, truth);
    } else {
      const wanted = expression[0] === "none" ? !truth : truth;
      for (const part of partsOf(expression))
        if (evaluate(rules, part, answers) === wanted) yield* decisive(rules, part, answers, wanted);
    }
  }

  // ---- Where answers lead --------------------------------------------------------------------
  // At an assessment: { place, matching, ask }; a matching exit first, else what the rule picks.
  function place(rules, answers) {
    for (const { id, when } of rules.exits) {
      const truth = evaluate(rules, when, answers);
      if (truth) return { place: id, matching: [id], ask: [] };
      if (truth === null)
        return { place: null, matching: [], ask: undecided(rules, when, answers) };
    }
    const truths = rules.tiers.map((tier) => evaluate(rules, tier.enter, answers));
    const matching = rules.tiers.filter((_, at) => truths[at]).map((tier) => tier.id);
    const asked = (at) => undecided(rules, rules.tiers[at].enter, answers);
    if (rules.rule === "error") {
      const open = truths.indexOf(null);
      if (matching.length > 1) return { place: null, matching, ask: [] };
      if (open >= 0) return { place: null, matching, ask: asked(open) };
      return { place: matching[0] ?? null, matching, ask: [] };
    }
    const order = truths.map((_, at) => at);
    if (rules.rule === "highest") order.reverse();
    for (const at of order) {
      if (truths[at] === null) return { place: null, matching, ask: asked(at) };
      if (truths[at]) return { place: rules.tiers[at].id, matching, ask: [] };
    }
    return { place: null, matching, ask: [] };
  }

  // At a review of somebody in a tier: { move, holding, ask }; the moves are in their order.
  function move(rules, tier, answers) {
    const { moves } = rules.tiers.find((one) => one.id === tier);
    const truths = moves.map((one) => evaluate(rules, one.when, answers));
    const holding = moves.filter((_, at) => truths[at]).map((one) => one.id);
    const first = truths.findIndex((truth) => truth !== false);
    if (first < 0) return { move: null, holding, ask: [] };
    if (truths[first]) return { move: moves[first], holding, ask: [] };
    return { move: null, holding, ask: undecided(rules, moves[first].when, answers) };
  }

  return { value, evaluate, undecided, because, place, move };
})();
