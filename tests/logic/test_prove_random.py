"""The proof agrees with going through everybody, on random rule sets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

import pytest
import z3  # type: ignore[import-untyped]
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.logic.brute_force import Broken, broken

from stepwell.logic.expression import (
    Comparing,
    Comparison,
    Every,
    Expression,
    Named,
    Neither,
    Some,
)
from stepwell.logic.measures import Measure, Value
from stepwell.logic.obligations import rows
from stepwell.logic.prove import refuted
from stepwell.logic.rules import KINDS, Direction, Move, RuleSet, Rung
from stepwell.logic.solver import Solver


def _numbers(text: str) -> tuple[Decimal, ...]:
    return tuple(map(Decimal, text.split()))


ONE, HALF = Decimal(1), Decimal("0.5")
POPULATION: dict[Measure, tuple[tuple[Decimal, ...], tuple[Decimal, ...]]] = {
    Measure("score", "score", Decimal(0), Decimal(4), ONE):
        (_numbers("0 1 2 3 4"), _numbers("0 1 2 3 4")),
    Measure("offset", "number", Decimal(-1), ONE, HALF):
        (_numbers("-1 -0.5 0 0.25 1"), _numbers("-1 -0.5 0 0.5 1")),
    Measure("level", "number", Decimal(0), Decimal(3)):
        (_numbers("0 1 2 3"), _numbers("0 0.5 1 1.5 2 2.5 3")),
    Measure("lasting", "duration", Decimal(0), unit="weeks"):
        (_numbers("0 7 14"), _numbers("0 1 7 10 14 21")),
    Measure("drop", "change", percent=True):
        (_numbers("-50 0"), _numbers("-100 -75 -50 -25 0 25")),
    Measure("gain", "change"): (_numbers("-3 3"), _numbers("-9 -3 0 3 9")),
    Measure("answer", "choice", choices=("none", "some", "full")):
        (_numbers("0 1 2"), _numbers("0 1 2")),
    Measure("finding", "finding", Decimal(0), ONE, ONE): (_numbers("0 1"), _numbers("0 1")),
}  # fmt: skip
"""Measures of every kind, the numbers they are compared with, and everybody's values."""

BOUNDS: tuple[Comparison, ...] = ("at-least", "more-than", "at-most", "below")


def _test(measure: Measure, comparison: Comparison, numbers: Sequence[Decimal]) -> Comparing:
    return Comparing(measure, comparison, tuple(Value(n, str(n)) for n in numbers))


@st.composite
def comparing(draw: st.DrawFn, measures: Sequence[Measure]) -> Expression:
    """A comparison of one of the measures, also one that never or always holds."""
    measure = draw(st.sampled_from(measures))
    if measure.kind == "finding" and draw(st.booleans()):
        return _test(measure, "yes", ())
    numbers = st.sampled_from(POPULATION[measure][0])
    comparison = draw(st.sampled_from((*BOUNDS, "is", "one-of", "range")))
    found = [draw(numbers)]
    if comparison in ("one-of", "range"):
        found.append(draw(numbers))
    return _test(measure, comparison, sorted(found))


@st.composite
def expressions(draw: st.DrawFn, measures: Sequence[Measure], depth: int = 2) -> Expression:
    """A criterion with all that criteria can have in it."""
    kind = draw(st.sampled_from(("test", "test", "all", "none", "of", "named")))
    if kind == "test" or not depth:
        return draw(comparing(measures))
    if kind == "named":
        return Named("named", draw(expressions(measures, depth - 1)))
    parts = tuple(draw(st.lists(expressions(measures, depth - 1), min_size=1, max_size=3)))
    if kind == "of":
        return Some(parts, draw(st.integers(1, len(parts))))
    return Every(parts) if kind == "all" else Neither(parts)


SOME = st.lists(st.sampled_from(list(POPULATION)), min_size=2, max_size=3, unique_by=lambda m: m.id)
DIRECTIONS: tuple[Direction, ...] = ("worse", "better")


def ids(kind: str, found: Sequence[Expression]) -> tuple[tuple[str, Expression], ...]:
    """Criteria with ids in their order."""
    return tuple((f"{kind}-{number}", expression) for number, expression in enumerate(found))


@st.composite
def wild(draw: st.DrawFn, rule: str) -> RuleSet:
    """A rule set over two or three measures of any kind, without any sense."""
    measures = draw(SOME)
    criterion = expressions(measures)
    names = [f"tier-{number}" for number in range(draw(st.integers(1, 4)))]
    to = st.sampled_from([*names, "home"])
    move = st.builds(Move, st.sampled_from("abc"), st.sampled_from(KINDS), to, criterion)
    moves = st.lists(move, max_size=3, unique_by=lambda found: (found.kind, found.id)).map(tuple)
    direction = st.sampled_from(DIRECTIONS)
    return RuleSet(
        tuple(Rung(name, draw(criterion), draw(moves), draw(st.booleans())) for name in names),
        ids("exit", draw(st.lists(criterion, max_size=2))),
        rule,
        draw(st.dictionaries(st.sampled_from([m.id for m in measures]), direction)),
        ids("named", draw(st.lists(criterion, max_size=1))),
    )


SCORE, _, LEVEL, _, _, _, ANSWER, FINDING = POPULATION


@st.composite
def ladders(draw: st.DrawFn, rule: str) -> RuleSet:
    """A rule set as a clinic would write it, with thresholds and comparisons that may be wrong."""

    def near(measure: Measure, number: int, usual: Comparison) -> Expression:
        comparison = draw(st.sampled_from((usual, usual, usual, *BOUNDS)))
        numbers = POPULATION[measure][0]
        at = draw(st.sampled_from((number, number, number - 1, number + 1)))
        return _test(measure, comparison, [numbers[max(0, min(at, len(numbers) - 1))]])

    def rung(at: int) -> Rung:
        high = Some((near(SCORE, at + 1, "at-least"), near(LEVEL, at + 1, "at-least")))
        enter = Every((high, safe)) if at or draw(st.booleans()) else safe
        up = Every((near(SCORE, at + 2, "at-least"), near(ANSWER, 0, "at-most")))
        down = Every((near(SCORE, at + 1, "below"), _test(ANSWER, "is", [ONE])))
        out = Every((near(SCORE, at + 1, "below"), near(ANSWER, 2, "at-least")))
        moves = tuple(
            Move(kind, kind, "home", when)
            for kind, when in zip(KINDS, (up, down, out), strict=False)
        )
        return Rung(f"tier-{at}", enter, moves[draw(st.integers(0, 1)) :])

    safe = Neither((_test(FINDING, "yes", ()),))
    out = (_test(FINDING, "yes", ()), near(SCORE, 4, "at-least"), near(LEVEL, 0, "at-most"))
    tiers = tuple(rung(at) for at in range(draw(st.integers(2, 3))))
    known: dict[str, Direction] = dict.fromkeys((SCORE.id, LEVEL.id, FINDING.id), "worse")
    return RuleSet(tiers, ids("exit", out[: draw(st.integers(0, 3))]), rule, known)


def everybody(rules: RuleSet) -> dict[Measure, tuple[Decimal, ...]]:
    """The values of the measures that a rule set compares."""
    return {measure: POPULATION[measure][1] for measure in rules.measures()}


def proved(rules: RuleSet) -> set[Broken]:
    """What the proof finds broken, in the words of the brute force; nothing is undecided."""
    solver = Solver(rules.measures())
    found: set[Broken] = set()
    for row in rows(rules):
        if not row.holds:
            found.add((row.obligation, row.subject, ()))
        for statement, known in refuted(row, solver):
            assert known
            paths = statement.paths if "-and-" in statement.obligation else ()
            found.add((statement.obligation, statement.subject, paths))
    return found


@pytest.mark.parametrize("rule", ["highest", "first", "error"])
@pytest.mark.parametrize(("kind", "count"), [(wild, 200), (ladders, 467)])
def test_the_proof_agrees_with_going_through_everybody(
    kind: Callable[[str], st.SearchStrategy[RuleSet]],
    count: int,
    rule: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """On 2,001 random rule sets the solver and the enumeration find the same to be broken."""
    # A context of its own costs more than such a small proof; one is enough to agree.
    shared = z3.Context()
    monkeypatch.setattr(z3, "Context", lambda: shared)

    @settings(max_examples=count, deadline=None, suppress_health_check=list(HealthCheck))
    @given(kind(rule))
    def agree(rules: RuleSet) -> None:
        assert proved(rules) == broken(rules, everybody(rules))

    agree()
