"""The finder's script decides exactly as Python does."""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from tests.browser import needs_chromium
from tests.logic.test_prove_pathways import rules_of

from stepwell.definitions.base import DAYS
from stepwell.definitions.cases import STAY
from stepwell.definitions.project import Definitions
from stepwell.logic.assess import in_order, move, place
from stepwell.logic.compiled import comparisons
from stepwell.logic.expression import Answers, Expression, evaluate, undecided
from stepwell.logic.measures import BadValue, Measure
from stepwell.logic.reasons import because
from stepwell.logic.rules import RuleSet

pytestmark = [*needs_chromium, pytest.mark.xdist_group("output-finder-decides")]
PATHWAYS = ("psychosomatic-stepped-care", "psychiatry-primary-care")
ASSESSMENTS = 10_000
BATCH = 2_500
BAD = (
    "", " ", "x", "-", "--1", "+5", ".5", "5.", "1,5", "1e1", "0x1f", "NaN", "Infinity", "Yes",
    "yes ", "no", "12.5", "-1", "999", "27.0000001", "4 fortnights", "8..6 weeks", "-2 weeks",
    "4 Weeks", "weeks", "4  weeks", "-1..0 weeks", "\u0661\u0662", "\u22125", "5%", "5 %",
)  # fmt: skip
"""What people type that most measures can't have, and what looks as if they could not."""

DECIDE = """(assessments) => {
  const rules = JSON.parse(document.querySelector("[data-rules]").textContent);
  const { value, evaluate, undecided, because, place, move } = stepwellCriteria;
  const told = (reasons) => reasons.map(({ test, holds }) => [test, holds]);
  return assessments.map(([typed, tier, which]) => {
    const answers = new Map(), values = {};
    for (const [name, text] of Object.entries(typed)) {
      const found = value(rules.measures[name], text);
      values[name] = found.refused ?? [String(found.number.digits), found.number.places];
      if (!found.refused) answers.set(name, found.number);
    }
    const placed = place(rules, answers), moved = move(rules, tier, answers);
    const named = [...rules.exits, ...rules.tiers].find((one) => one.id === placed.place);
    const entry = named && (named.when ?? named.enter);
    const own = rules.tiers.find((one) => one.id === tier);
    const criteria = [own.enter, ...own.moves.map((one) => one.when)];
    const one = criteria[which % criteria.length];
    return {
      values, place: placed, move: [moved.move && moved.move.id, moved.holding, moved.ask],
      entered: entry === undefined ? [] : told(because(rules, entry, answers)),
      truth: evaluate(rules, one, answers),
      open: undecided(rules, one, answers),
      reasons: told(because(rules, one, answers)),
    };
  });
}"""


@pytest.fixture(scope="module")
def rule_sets(real: Definitions) -> dict[str, RuleSet]:
    """The criteria of the sample pathways."""
    return rules_of(real)


def thresholds(rules: RuleSet) -> dict[str, list[Decimal]]:
    """Measure -> the numbers that it is compared with."""
    found: dict[str, list[Decimal]] = {}
    for test in comparisons(rules):
        found.setdefault(test.measure.id, []).extend(value.number for value in test.values)
    return found


def typed(measure: Measure, marks: list[Decimal], well: bool, chance: random.Random) -> str:
    """A value as people type it: often at a threshold or next to it, in any of its spellings."""
    if measure.kind == "choice":
        return measure.choices[0] if well else chance.choice(measure.choices)
    if measure.kind == "finding":
        return "no" if well else chance.choice(("yes", "no"))
    step = measure.step or chance.choice((Decimal(1), Decimal("0.5"), Decimal("0.01")))
    if marks and chance.random() < 0.7:
        mark = min(marks) if well else chance.choice(marks)
        number = mark + step * chance.choice((-1, -1 if well else 0, 0, 1))
    else:
        high = min(marks) if well and marks else measure.high or Decimal(400)
        number = Decimal(chance.randint(int(measure.low or -100), int(high)))
    if measure.kind == "duration":
        return length(number, chance)
    unit = "%" if measure.percent else measure.unit or ""
    spellings = (f"{number}", f"{number:.1f}", f"0{number}", f"{number} {unit}", f"{number}{unit}")
    return chance.choice(spellings if number >= 0 else (str(number), f"{number}{unit}"))


def length(days: Decimal, chance: random.Random) -> str:
    """A length of time in a unit that it may come out even in, sometimes as a range."""
    unit = chance.choice(tuple(DAYS))
    count = round(days / DAYS[unit], chance.choice((0, 0, 1, 4)))
    if chance.random() < 0.1 and count > 1:
        return f"1..{count} {unit}"
    return f"{count} {chance.choice((unit, unit.removesuffix('s')))}"


def assessments(rules: RuleSet, chance: random.Random) -> Iterator[tuple[dict[str, str], str, int]]:
    """What is typed, partly nothing and partly nonsense; the tier of the person; a number.

    Few have many findings, and some are well in most things: chance alone makes nobody so.
    """
    marks = thresholds(rules)
    for number in range(ASSESSMENTS):
        known = chance.choice((0.1, 0.5, 0.8, 0.95, 1.0))
        well = chance.choice((0.0, 0.0, 0.5, 0.9, 0.98))
        sound = chance.choice((well, 0.95, 0.99))
        given = {
            measure.id: chance.choice(BAD) if chance.random() < 0.02
            else typed(measure, marks[measure.id],
                       chance.random() < (sound if measure.kind == "finding" else well), chance)
            for measure in rules.measures()
            if chance.random() < known
        }  # fmt: skip
        yield given, rules.tiers[number % len(rules.tiers)].id, number


def refusal(error: BadValue) -> str:
    """Why a value was refused, as the script says it."""
    if error.out_of_range:
        return "range"
    if "between the steps" in error.message:
        return "step"
    return "unknown" if "is no answer" in error.message else "malformed"


class Deciding:
    """Decides in Python, in the words of the script."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self.known = {measure.id: measure for measure in rules.measures()}
        self.numbers = {test: number for number, test in enumerate(comparisons(rules))}
        self.exits = dict(rules.exits)
        self.tiers = {rung.id: rung.enter for rung in rules.tiers}

    def values(self, given: dict[str, str]) -> tuple[dict[str, Decimal], dict[str, str]]:
        """The numbers of what was typed, and why the rest was refused."""
        answers: dict[str, Decimal] = {}
        refused: dict[str, str] = {}
        for name, text in given.items():
            try:
                answers[name] = self.known[name].value(text).number
            except BadValue as error:
                refused[name] = refusal(error)
        return answers, refused

    def __call__(self, given: dict[str, str], tier: str, which: int) -> dict[str, Any]:
        """What the script must say of an assessment, of a review, and of one of its criteria."""
        answers, refused = self.values(given)
        placed = place(self.exits, self.tiers, self.rules.rule, answers)
        moved = move(self.rules, tier, answers)
        entry = {**self.tiers, **self.exits}.get(placed.place or "")
        criteria = [self.tiers[tier], *(one.when for one in in_order(self.rules, tier))]
        one = criteria[which % len(criteria)]
        return {
            "values": {**answers, **refused},
            "place": {
                "place": placed.place, "matching": [*placed.matching], "ask": [*placed.ask],
            },
            "move": [moved.move and moved.move.id, [*moved.holding], [*moved.ask]],
            "entered": self.reasons(entry, answers) if entry else [],
            "truth": evaluate(one, answers),
            "open": [*undecided(one, answers)],
            "reasons": self.reasons(one, answers),
        }  # fmt: skip

    def reasons(self, expression: Expression, answers: Answers) -> list[list[Any]]:
        """The reasons, each comparison by its number."""
        found = because(expression, answers)
        return [[self.numbers[reason.test], reason.holds] for reason in found]


def as_decimals(told: dict[str, Any]) -> dict[str, Any]:
    """What the script says, with its numbers as Python's."""
    values = {
        name: found if isinstance(found, str) else Decimal(f"{found[0]}E-{found[1]}")
        for name, found in told["values"].items()
    }
    return {**told, "values": values}


@pytest.mark.parametrize("pathway", PATHWAYS)
def test_the_browser_decides_as_python(
    rule_sets: dict[str, RuleSet], tab: Any, address: str, pathway: str
) -> None:
    """10,000 assessments and reviews: same values, refusals, places, moves, questions, reasons."""
    rules = rule_sets[pathway]
    page = tab()
    page.goto(f"{address}/en/{pathway}/finder.html")
    given = list(assessments(rules, random.Random(pathway)))
    assert len(given) == ASSESSMENTS
    decide = Deciding(rules)
    seen: set[str] = set()
    for start in range(0, ASSESSMENTS, BATCH):
        batch = given[start : start + BATCH]
        told = page.evaluate(DECIDE, batch)
        for one, answer in zip(batch, told, strict=True):
            wanted = decide(*one)
            assert as_decimals(answer) == wanted, one
            seen |= {str(wanted["place"]["place"]), str(wanted["move"][0])}
            seen |= {value for value in wanted["values"].values() if isinstance(value, str)}
    reached = {rung.id for rung in rules.tiers} | {name for name, _ in rules.exits}
    assert reached | {"None", "range", "step", "malformed", "unknown"} <= seen


def test_the_browser_decides_worked_cases(real: Definitions, tab: Any, address: str) -> None:
    """Each worked case of both pathways comes to the tier or the step that clinicians wrote."""
    for name, cases in real.cases.items():
        page = tab()
        page.goto(f"{address}/en/{name}/finder.html")
        tiers = [str(tier.id) for tier in real.pathways[name].tiers]
        given = [[dict(case.given), str(case.in_ or tiers[0]), 0] for case in cases.cases]
        for case, told in zip(cases.cases, page.evaluate(DECIDE, given), strict=True):
            if case.in_ is None:
                assert told["place"]["place"] == case.tier, case.id
            else:
                assert (told["move"][0] or STAY) == case.step, case.id
