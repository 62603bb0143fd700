"""Counter-examples are as small as can be, readable, and next to a threshold."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.logic.rule_sets import MEASURES, criterion
from tests.logic.test_prove_random import POPULATION, everybody, expressions, ladders, wild

from stepwell.logic.cells import Choice, choices, domain, typed
from stepwell.logic.claims import Claim, Person, Worsening, decided
from stepwell.logic.counterexample import People, comparisons, smallest
from stepwell.logic.expression import Comparing, evaluate
from stepwell.logic.hints import taking_in
from stepwell.logic.measures import Measure
from stepwell.logic.obligations import rows
from stepwell.logic.prove import prove, refuted
from stepwell.logic.rules import RuleSet
from stepwell.logic.solver import Solver

RULES = ("highest", "first", "error")
SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def smaller(rules: RuleSet, person: Person, worsening: Worsening | None) -> Iterator[Person]:
    """Everybody of whom fewer measures are known."""
    values = {measure.id: found for measure, found in everybody(rules).items()}
    for size in range(len(person.answers)):
        for names in itertools.combinations(values, size):
            for row in itertools.product(*(values[name] for name in names)):
                yield from _later(dict(zip(names, row, strict=True)), values, worsening)


def _later(
    answers: dict[str, Decimal], values: dict[str, tuple[Decimal, ...]], worsening: Worsening | None
) -> Iterator[Person]:
    if worsening is None:
        yield Person(answers)
    elif worsening.measure.id in answers:
        name = worsening.measure.id
        yield from (Person(answers, (name, value)) for value in values[name])


def found(rules: RuleSet) -> Iterator[tuple[Claim, Worsening | None, Person]]:
    """Each claim that should be impossible and is not, with its smallest person."""
    solver, people = Solver(rules.measures()), People.of(rules)
    for row in rows(rules):
        for statement, _ in refuted(row, solver):
            claim, worsening = statement.claim, statement.worsening
            person = None if statement.wanted else smallest(claim, worsening, people, solver)
            if person is not None:
                yield claim, worsening, person


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("kind", [wild, ladders])
def test_nobody_smaller_would_do(
    kind: Callable[[str], st.SearchStrategy[RuleSet]], rule: str
) -> None:
    """What is known of a person decides the claim; nothing less does, whatever its values are."""

    @SETTINGS
    @given(kind(rule))
    def holds(rules: RuleSet) -> None:
        for claim, worsening, person in found(rules):
            assert decided(claim, person)
            others = smaller(rules, person, worsening)
            worse = (other for other in others if _gets_worse(other, worsening))
            assert not any(decided(claim, other) for other in worse)

    holds()


def _gets_worse(person: Person, worsening: Worsening | None) -> bool:
    if worsening is None or person.after is None:
        return True
    name, after = person.after
    before = person.answers[name]
    return after > before if worsening.higher_is == "worse" else after < before


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("kind", [wild, ladders])
def test_every_failure_is_replayed_and_told(
    kind: Callable[[str], st.SearchStrategy[RuleSet]], rule: str
) -> None:
    """No proof of any rule set ends in a disagreement; each failure has its hint and its digest."""

    @SETTINGS
    @given(kind(rule))
    def told(rules: RuleSet) -> None:
        for failure in prove(rules).failures:
            assert failure.hint
            assert failure.digest
            assert not failure.undecided
            assert (failure.person is None) == (not failure.text)

    told()


def scale(measure: Measure, *texts: str) -> list[tuple[str, str, str]]:
    """The lowest, the highest and the shown value of each cell that criteria make."""
    tests = [test for text in texts for test in comparisons(criterion(text))]
    return [
        (typed(measure, c.lowest), typed(measure, c.highest), typed(measure, c.shown))
        for c in choices(measure, tests)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("phq-9: {at-least: 10}", [("0", "9", "9"), ("10", "27", "10")]),
        ("phq-9: 5..14", [("0", "4", "4"), ("5", "14", "5"), ("15", "27", "15")]),
        ("phq-9: 27", [("0", "26", "26"), ("27", "27", "27")]),
        ("phq-9: {at-least: 0}", [("0", "27", "0")]),
        (
            "weight: {more-than: 80}",
            [("30 kg", "80 kg", "80 kg"), ("80.5 kg", "250 kg", "80.5 kg")],
        ),
        ("severity: {more-than: 4}", [("0", "4", "4"), ("5", "27", "5")]),
        (
            "lasting: {at-least: 4 weeks}",
            [("0 weeks", "3 weeks", "3 weeks"), ("4 weeks", "4 weeks", "4 weeks")],
        ),
        (
            "lasting: {at-least: 3 days}",
            [("0 weeks", "2 days", "2 days"), ("3 days", "3 days", "3 days")],
        ),
        (
            "in-tier: {at-most: 12 months}",
            [("0 weeks", "12 months", "12 months"), ("53 weeks", "53 weeks", "53 weeks")],
        ),
        ("response: partial", [("none", "none", "none"), ("partial",) * 3, ("full",) * 3]),
        ("response: {at-most: partial}", [("none", "partial", "none"), ("full",) * 3]),
        ("plan", [("no",) * 3, ("yes",) * 3]),
        ("fall: {below: -50%}", [("-100%", "-51%", "-51%"), ("-50%",) * 3]),
        ("gain: 3", [("2",) * 3, ("3",) * 3, ("4",) * 3]),
    ],
)
def test_cells_are_shown_by_readable_values(
    text: str, expected: list[tuple[str, str, str]]
) -> None:
    """Values stand next to the threshold: whole numbers, whole weeks, then days."""
    (measure,) = {test.measure for test in comparisons(criterion(text))}
    assert scale(measure, text) == expected


@given(st.data())
def test_cells_hold_every_value_once_and_have_one_truth(data: st.DataObject) -> None:
    """Each value lies in one cell, and is told from the value shown by no comparison."""
    measure = data.draw(st.sampled_from(list(POPULATION)))
    tests = [
        test
        for expression in data.draw(st.lists(expressions([measure]), max_size=3))
        for test in comparisons(expression)
    ]
    cells = choices(measure, tests)
    for value in POPULATION[measure][1]:
        (cell,) = (each for each in cells if each.cell.has(value))
        assert truths(tests, measure, value) == truths(tests, measure, cell.shown)
    assert [c.shown for c in cells] == sorted(c.shown for c in cells)


@given(st.data())
def test_a_shown_value_is_one_that_can_be_typed(data: st.DataObject) -> None:
    """What is shown of a value is read as that value."""
    measure = data.draw(st.sampled_from(list(MEASURES.values())))
    cells: list[Choice] = []
    bounds = domain(measure)
    if measure.kind not in ("finding", "choice"):
        low = Decimal(-99) if bounds.low is None else bounds.low
        high = Decimal(99) if bounds.high is None else bounds.high
        number = data.draw(st.decimals(low, high, places=0))
        text = f"{number} days" if measure.kind == "duration" else str(number)
        cells = list(choices(measure, comparisons(criterion(f"{measure.id}: {{below: {text}}}"))))
    for value in (value for c in cells for value in (c.lowest, c.highest, c.shown)):
        assert measure.value(typed(measure, value)).number == value


def truths(tests: list[Comparing], measure: Measure, value: Decimal) -> list[bool | None]:
    """Of each comparison whether a value passes it."""
    return [evaluate(test, {measure.id: value}) for test in tests]


@pytest.mark.parametrize(
    ("text", "answers", "change"),
    [
        ("phq-9: 5..14", {"phq-9": 15}, "'phq-9: 5..14' to 'phq-9: 5..27'"),
        ("phq-9: 5..14", {"phq-9": 4}, "'phq-9: 5..14' to 'phq-9: 0..14'"),
        (
            "any: [{severity: 5..27}, {severity: 1..4}]",
            {"severity": "4.5"},
            "'severity: 5..27' to 'severity: 4..27'",
        ),
        (
            "any: [{phq-9: 5..9}, {phq-9: {at-least: 12}}, {gad-7: {at-least: 15}}]",
            {"phq-9": 11, "gad-7": 4},
            "'phq-9: 5..9' to 'phq-9: 5..11'",
        ),
        ("none: [{gad-7: {at-most: 4}}]", {"gad-7": 3}, None),
        ("none: [plan]", {"plan": 1}, None),
        (
            "response: none",
            {"response": 1},
            "'response: none' to 'response: {one-of: [none, partial",
        ),
        ("all: [{phq-9: 20}, {gad-7: 20}]", {"phq-9": 3, "gad-7": 3}, None),
    ],
)
def test_the_nearest_change_takes_a_person_in(
    text: str, answers: dict[str, int | str], change: str | None
) -> None:
    """One comparison is moved as far as the cell of the person goes, or nothing is proposed."""
    expression = criterion(text)
    rules = RuleSet((), named=(("it", expression),))
    known = {name: Decimal(value) for name, value in answers.items()}
    found = taking_in([("criteria/it", expression)], known, People.of(rules))
    if change is None:
        assert found is None
    else:
        assert str(found).startswith(f"change {change}")
