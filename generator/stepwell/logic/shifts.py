"""Who comes to another place when criteria change: at assessment, and at a review in each tier.

The people are all possible answers to the measures that a decision compares
(see `axes` for what is counted): every combination counts as one, however rare
it is. So a share is one of possible assessments, not of patients. Each pair of
places has its exact count, what all its people have in common, and the smallest
readable example, replayed through `assess` in both rule sets.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from math import prod
from typing import Any

from stepwell.logic.aligned import Side
from stepwell.logic.assess import in_order, move
from stepwell.logic.axes import Axis
from stepwell.logic.cells import Cell
from stepwell.logic.claims import Both, Claim, Either, Fails, Holds
from stepwell.logic.counterexample import (
    Disagreement,
    People,
    comparisons,
    placement,
    smallest,
)
from stepwell.logic.diagram import Decision, Diagram, Group, TooMany
from stepwell.logic.expression import Answers, Comparing, Every, Expression, Neither
from stepwell.logic.measures import Measure
from stepwell.logic.rules import Kind, RuleSet
from stepwell.logic.solver import Solver


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a decision leads: into a tier or exit (`enter`), or by a move out of a tier."""

    by: Kind | None
    to: str


@dataclass(frozen=True, slots=True)
class Values:
    """Values of a measure, as runs of neighbours; `mild` if its mildest value is among them."""

    measure: Measure
    runs: tuple[Cell, ...]
    mild: bool


@dataclass(frozen=True, slots=True)
class Shift:
    """People for whom a decision changed. No destination: they enter nothing, or they stay.

    `count` are they, `before` all who came to `old` in the old rule set.
    `everyone` is what all of them have in common, `exactly` says that nobody
    else has it. `example` is one of them; None if the solver gave up.
    """

    old: Destination | None
    new: Destination | None
    count: int
    before: int
    everyone: tuple[Values, ...]
    exactly: bool
    example: tuple[Values, ...] | None


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A decision that was compared: at assessment (`tier` is None) or at a review in a tier.

    `possible` counts all possible people along the `axes`. Without `counted`
    the criteria were too entangled to count, and shifts are not known.
    """

    tier: str | None
    axes: tuple[Axis, ...]
    shifts: tuple[Shift, ...] = ()
    counted: bool = True

    @property
    def possible(self) -> int:
        """How many people there can be."""
        return prod(axis.total for axis in self.axes)


def entry(rules: RuleSet) -> Decision[Destination | None]:
    """Where people come at assessment: as `assess.place` decides."""
    entries = [(tier.enter, Destination(None, tier.id)) for tier in rules.tiers]
    if rules.rule == "highest":
        entries.reverse()
    if rules.rule == "error":
        entries = [
            (Every((when, Neither(_all_but(at, entries)))), to)
            for at, (when, to) in enumerate(entries)
        ]
    exits = [(when, Destination(None, name)) for name, when in rules.exits]
    return Decision((*exits, *entries), None)


def _all_but(at: int, entries: list[tuple[Expression, Destination]]) -> tuple[Expression, ...]:
    return tuple(when for other, (when, _) in enumerate(entries) if other != at)


def review(rules: RuleSet, tier: str) -> Decision[Destination | None]:
    """Where people come at a review in a tier: as `assess.move` decides."""
    moves = in_order(rules, tier)
    return Decision(tuple((found.when, Destination(found.kind, found.to)) for found in moves), None)


def reckoned(before: Side, after: Side, tier: str | None, limit: int) -> Reckoning:
    """Who comes elsewhere at assessment, or at a review in a tier that both sides have.

    `limit` bounds the solver's work on one example.
    """
    old = entry(before.rules) if tier is None else review(before.rules, tier)
    new = entry(after.rules) if tier is None else review(after.rules, tier)
    diagram = Diagram(axes(old, new))
    try:
        groups = diagram.differing(old, new)
        counts = diagram.counts(old) if groups else {}
    except TooMany:
        return Reckoning(tier, diagram.axes, counted=False)
    if not groups:
        return Reckoning(tier, diagram.axes)
    examples = _Examples(before, after, tier, (old, new), limit)
    shifts = [
        _shift(pair, group, counts[pair[0]], diagram.axes, examples)
        for pair, group in sorted(groups.items(), key=_most_first)
    ]
    return Reckoning(tier, diagram.axes, tuple(shifts))


def _most_first(
    found: tuple[tuple[Destination | None, Destination | None], Group],
) -> tuple[int, list[str]]:
    """Groups by size, and those of one size by their places."""
    pair, group = found
    return -group.count, [to.to if to else "" for to in pair]


def axes(*decisions: Decision[Any]) -> tuple[Axis, ...]:
    """The measures that decisions compare, each cut by all comparisons of it."""
    tests: dict[Measure, list[Comparing]] = {}
    for decision in decisions:
        for when, _ in decision.entries:
            for test in comparisons(when):
                tests.setdefault(test.measure, []).append(test)
    return tuple(Axis.of(measure, found) for measure, found in tests.items())


def _shift(
    pair: tuple[Destination | None, Destination | None],
    group: Group,
    before: int,
    axes: tuple[Axis, ...],
    examples: _Examples,
) -> Shift:
    cells = group.cells
    boxed = prod(sum(axis.weights[i] for i in cells[axis.measure.id]) for axis in axes)
    everyone = tuple(
        examples.values(axis, cells[axis.measure.id])
        for axis in sorted(axes, key=lambda axis: examples.order.index(axis.measure.id))
        if len(cells[axis.measure.id]) < len(axis.cells)
    )
    exactly = boxed == group.count
    return Shift(*pair, group.count, before, everyone, exactly, examples.of(pair))


class _Examples:
    """Finds the smallest person for a pair of destinations, and replays them in both rule sets."""

    def __init__(
        self,
        before: Side,
        after: Side,
        tier: str | None,
        decisions: tuple[Decision[Destination | None], Decision[Destination | None]],
        limit: int,
    ) -> None:
        self._sides = (before, after)
        self._tier = tier
        self._decisions = decisions
        criteria = [when for decision in decisions for when, _ in decision.entries]
        rules = RuleSet(
            (),
            higher_is={**before.rules.higher_is, **after.rules.higher_is},
            named=tuple((str(at), when) for at, when in enumerate(criteria)),
            order=(*after.rules.order, *before.rules.order),
        )
        self._people = People.of(rules)
        self._solver = Solver(rules.measures(), limit)
        self._measures = {measure.id: measure for measure in rules.measures()}
        self.order = tuple(self._people.scale)

    def of(self, pair: tuple[Destination | None, Destination | None]) -> tuple[Values, ...] | None:
        """The smallest person with a pair of destinations; None if the solver gave up."""
        claims = [reaches(made, to) for made, to in zip(self._decisions, pair, strict=True)]
        person = smallest(Both(tuple(claims)), None, self._people, self._solver)
        if person is None:
            return None
        for side, wanted in zip(self._sides, pair, strict=True):
            if self._replayed(side, person.answers) != wanted:
                raise Disagreement(f"{dict(person.answers)} does not come to {wanted}")
        return tuple(self._around(name, number) for name, number in person.answers.items())

    def values(self, axis: Axis, cells: tuple[int, ...]) -> Values:
        """Some cells of an axis, neighbours as one run."""
        runs: list[Cell] = []
        for at in cells:
            cell = axis.cells[at].cell
            if runs and at - 1 in cells:
                cell = replace(runs.pop(), high=cell.high, open_high=cell.open_high)
            runs.append(cell)
        mildest = self._people.scale[axis.measure.id][0].cell
        return Values(axis.measure, tuple(runs), mildest in [axis.cells[i].cell for i in cells])

    def _around(self, name: str, number: Decimal) -> Values:
        found = self._people.cell(name, number)
        mild = found == self._people.scale[name][0]
        return Values(self._measures[name], (found.cell,), mild)

    def _replayed(self, side: Side, answers: Answers) -> Destination | None:
        own = side.answers(answers)
        if self._tier is not None:
            moved = move(side.own, self._tier, own)
            found = Destination(moved.move.kind, moved.move.to) if moved.move else None
            asked = moved.ask
        else:
            placed = placement(side.own, own)
            found = Destination(None, placed.place) if placed.place else None
            asked = placed.ask
        if asked:
            raise Disagreement(f"{dict(answers)} leaves open {asked}")
        return found


def reaches(decision: Decision[Destination | None], destination: Destination | None) -> Claim:
    """The claim that a decision comes to a destination."""
    earlier: list[Claim] = []
    ways: list[Claim] = []
    for when, to in decision.entries:
        if to == destination:
            ways.append(Both((Holds(when), *earlier)))
        earlier.append(Fails(when))
    if destination == decision.otherwise:
        ways.append(Both(tuple(earlier)))
    return Either(tuple(ways))
