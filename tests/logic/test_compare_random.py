"""Counts of who changes place agree with going through everybody, on random rule sets."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from math import prod
from typing import Any

import pytest
import z3  # type: ignore[import-untyped]
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.logic.brute_force import Population, compares
from tests.logic.test_prove_random import POPULATION, SOME, expressions, ids, ladders

from stepwell.logic.aligned import aligned
from stepwell.logic.assess import move as moved
from stepwell.logic.claims import Both
from stepwell.logic.compare import Comparison as Compared
from stepwell.logic.compare import compare
from stepwell.logic.counterexample import comparisons, placement
from stepwell.logic.diagram import Decision, Diagram
from stepwell.logic.edits import edits, same
from stepwell.logic.expression import Comparing, Expression, names
from stepwell.logic.measures import Measure
from stepwell.logic.rules import KINDS, Move, RuleSet, Rung
from stepwell.logic.shifts import Destination, Reckoning, axes, entry, reaches, review
from stepwell.logic.solver import Solver

Pair = tuple[Destination | None, Destination | None]


def compared_by(decisions: Sequence[Decision[Any]]) -> dict[Measure, list[Comparing]]:
    """All comparisons of some decisions by their measure."""
    found: dict[Measure, list[Comparing]] = {}
    for decision in decisions:
        for when, _ in decision.entries:
            for test in comparisons(when):
                found.setdefault(test.measure, []).append(test)
    return found


def weighed(measure: Measure, tests: list[Comparing]) -> list[tuple[Decimal, int]]:
    """Values that stand for all, each with the number of values it counts for, found plainly.

    Neighbours that no test tells apart are one; of a duration its whole weeks count.
    """
    values = list(POPULATION[measure][1])
    if measure.kind == "duration":
        last = max(value.number for test in tests for value in test.values) + 7
        values = [Decimal(day) / 2 for day in range(int(2 * last) + 1)]
    if measure.percent:
        last = max(value.number for test in tests for value in test.values) + 1
        values = [Decimal(half) / 2 for half in range(-200, int(2 * last) + 1)]
    runs = itertools.groupby(values, lambda value: [compares(test, value) for test in tests])
    size = {"duration": 7, "change": 1 if measure.percent else None}.get(measure.kind)
    found = []
    for _, run in runs:
        inside = list(run)
        if measure.step or measure.kind == "choice":
            found += [(value, 1) for value in inside]
        else:
            whole = sum(value % size == 0 for value in inside) if size else 1
            found.append((inside[0], max(1, whole)))
    return found


Groups = dict[Pair, tuple[int, dict[str, set[Decimal]]]]


def enumerated(old: RuleSet, new: RuleSet, tier: str | None) -> Groups:
    """Everybody whose places differ: pair -> (how many, the values they have of each measure)."""
    decisions = [entry(old), entry(new)] if tier is None else [review(old, tier), review(new, tier)]
    axes = {measure.id: weighed(measure, t) for measure, t in compared_by(decisions).items()}
    found: Groups = {}
    for row in itertools.product(*axes.values()):
        answers = {name: value for name, (value, _) in zip(axes, row, strict=True)}
        before, after = (place(rules, tier, answers) for rules in (old, new))
        if before != after:
            count, seen = found.get((before, after), (0, {name: set() for name in axes}))
            for name, value in answers.items():
                seen[name].add(value)
            found[before, after] = (count + prod(weight for _, weight in row), seen)
    return found


def place(rules: RuleSet, tier: str | None, answers: dict[str, Decimal]) -> Destination | None:
    """Where answers lead, as everybody else is told it."""
    if tier is None:
        found = placement(rules, answers).place
        return Destination(None, found) if found else None
    step = moved(rules, tier, answers).move
    return Destination(step.kind, step.to) if step else None


@st.composite
def rule_sets(draw: st.DrawFn, measures: Sequence[Measure], rule: str) -> RuleSet:
    """A rule set of three tiers without any sense."""
    criterion = expressions(measures)
    to = st.sampled_from(["tier-0", "tier-1", "home"])
    step = st.builds(Move, st.sampled_from("abc"), st.sampled_from(KINDS), to, criterion)
    steps = st.lists(step, max_size=3, unique_by=lambda found: (found.kind, found.id)).map(tuple)
    tiers = tuple(Rung(f"tier-{at}", draw(criterion), draw(steps)) for at in range(3))
    return RuleSet(tiers, ids("exit", draw(st.lists(criterion, max_size=2))), rule)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[RuleSet, RuleSet]:
    """Two rule sets over the same measures: one tier is another, or all of it, or the rule."""
    rules = st.sampled_from(("highest", "first", "error"))
    measures = draw(SOME)
    old = draw(rule_sets(measures, draw(rules)))
    other = draw(rule_sets(measures, draw(rules)))
    changed = draw(st.sampled_from(("tier", "tier", "all", "rule")))
    if changed == "tier":
        at = draw(st.integers(0, 2))
        tiers = [other.tiers[at] if i == at else tier for i, tier in enumerate(old.tiers)]
        return old, replace(old, tiers=tuple(tiers))
    return old, other if changed == "all" else replace(old, rule=other.rule)


def reckonings(found: Compared) -> list[Reckoning]:
    """All decisions of a comparison."""
    return [found.assessment, *found.reviews]


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(pairs())
def test_counts_agree_with_going_through_everybody(both: tuple[RuleSet, RuleSet]) -> None:
    """On 150 random pairs of rule sets each group has as many people as there are, and no other.

    The values they are said to have are those they have, no more and no less.
    """
    for tier in (None, "tier-0"):
        old, new = (entry(r) if tier is None else review(r, tier) for r in both)
        diagram = Diagram(axes(old, new))
        found, expected = diagram.differing(old, new), enumerated(*both, tier)
        assert {pair: group.count for pair, group in found.items()} == {
            pair: count for pair, (count, _) in expected.items()
        }
        for pair, group in found.items():
            for axis in diagram.axes:
                cells = [axis.cells[at].cell for at in group.cells[axis.measure.id]]
                for value, _ in weighed(axis.measure, compared_by([old, new])[axis.measure]):
                    inside = any(cell.has(value) for cell in cells)
                    assert inside == (value in expected[pair][1][axis.measure.id])


def test_the_solver_agrees_on_who_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """On 60 random pairs a group has people if and only if the solver finds one of them."""
    shared = z3.Context()
    monkeypatch.setattr(z3, "Context", lambda: shared)

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(pairs())
    def agree(both: tuple[RuleSet, RuleSet]) -> None:
        old, new = (side.rules for side in aligned(*both))
        solver = Solver({m.id: m for rules in (old, new) for m in rules.measures()}.values())
        for found in reckonings(compare(*both)):
            tier = found.tier
            decisions = [entry(r) if tier is None else review(r, tier) for r in (old, new)]
            ends = [{to for _, to in made.entries} | {None} for made in decisions]
            possible = {
                (a, b)
                for a, b in itertools.product(*ends)
                if a != b
                and solver.possible(Both((reaches(decisions[0], a), reaches(decisions[1], b))))
            }
            assert {(shift.old, shift.new) for shift in found.shifts} == possible
            assert all(shift.count > 0 and shift.example is not None for shift in found.shifts)

    agree()


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(ladders("highest"))
def test_a_rule_set_does_not_differ_from_itself(rules: RuleSet) -> None:
    """Compared with itself nothing changed and nobody goes elsewhere."""
    found = compare(rules, rules)
    assert not found.criteria
    assert not any(one.shifts for one in reckonings(found))


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(SOME.flatmap(lambda measures: st.tuples(expressions(measures), expressions(measures))))
def test_what_is_the_same_holds_of_the_same_people(both: tuple[Expression, Expression]) -> None:
    """Two criteria that are said to be the same, or to have no edits, hold of the same people."""
    old, new = both
    assume(not [*names(old), *names(new)])  # by design, the same name is the same
    assert (not edits(old, new)) == same(old, new)
    if same(old, new):
        rules = RuleSet((Rung("one", old), Rung("two", new)))
        population = Population(rules, {m.id: POPULATION[m][1] for m in rules.measures()})
        assert population.holds(old) == population.holds(new)
