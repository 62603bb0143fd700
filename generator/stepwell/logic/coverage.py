"""What worked cases must show of a rule set: both sides of each threshold, and each branch.

A case shows one side of a comparison if its value lies next to the threshold on
that side (of a choice or a finding: is that answer) and the case would come out
otherwise if this comparison alone were the other way round. So it fails as soon
as the threshold is moved past it. Beside that, every tier and exit is to be
entered, every move taken, and somebody is to stay in every tier.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from stepwell.logic.assess import in_order
from stepwell.logic.cells import Cell, Choice
from stepwell.logic.claims import Both, Claim, Either, Fails, Holds, Person, decided
from stepwell.logic.counterexample import People, comparisons
from stepwell.logic.expression import Comparing, Expression, Named, Neither, evaluate, measures
from stepwell.logic.measures import Measure, Value
from stepwell.logic.rules import RuleSet
from stepwell.logic.worked import Situation

NEVER = Either(())
"""A claim that is true of nobody."""
Criterion = tuple[str, Expression]
"""The path of a criterion, and the criterion."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Assessment, or the reviews of a tier: what is looked at there, in the order it decides.

    `rivals` are tiers of which only one may match, so that none comes before another.
    """

    tier: str | None
    criteria: tuple[Criterion, ...]
    rivals: tuple[Criterion, ...] = ()

    def all(self) -> tuple[Criterion, ...]:
        """Every criterion that is looked at."""
        return (*self.criteria, *self.rivals)

    def measures(self) -> tuple[Measure, ...]:
        """The measures that are asked, in the order of their first comparison."""
        found = {m.id: m for _, expression in self.all() for m in measures(expression)}
        return tuple(found.values())

    def decides(self, path: str) -> Claim:
        """This criterion decides where the person comes to."""
        expression = dict(self.all())[path]
        return Both((Holds(expression), self.before(path), *self._beside(path)))

    def before(self, path: str) -> Claim:
        """Nothing that comes first decides."""
        earlier = []
        for name, expression in self.criteria:
            if name == path:
                break
            earlier.append(Fails(expression))
        return Both(tuple(earlier))

    def nothing(self) -> Claim:
        """No criterion holds: at a review, the person stays."""
        return Both(tuple(Fails(expression) for _, expression in self.all()))

    def settled(self) -> Claim:
        """The person comes to one place; at a review they always do."""
        if self.tier is not None:
            return Both(())
        placed = (self.decides(path) for path, _ in self.rivals)
        return Either((*(Holds(expression) for _, expression in self.criteria), *placed))

    def _beside(self, path: str) -> tuple[Claim, ...]:
        if all(name != path for name, _ in self.rivals):
            return ()
        return tuple(Fails(expression) for name, expression in self.rivals if name != path)


@dataclass(frozen=True, slots=True)
class Side:
    """Values next to a threshold, on one side of it; `value` is the one to show.

    `holds` is the truth of the comparison there, and `across` the nearest value
    at which it is the other way round.
    """

    cell: Cell
    value: Decimal
    holds: bool
    across: Decimal


@dataclass(frozen=True, slots=True, eq=False)
class Goal:
    """Something that a case is to show, at assessment or at a review in a tier.

    Either that the criterion with this path decides (at a review also nothing:
    `tiers/ID/stay`), or one side of a comparison in it. A comparison that no
    value of its measure changes has one goal, without a side.
    `claim` is true of everybody who shows it. `alone` is weaker: the comparison
    decides the criterion, whether or not that criterion decides anything.
    """

    tier: str | None
    path: str
    claim: Claim
    test: Comparing | None = None
    side: Side | None = None
    alone: Claim = NEVER

    def shown_by(self, situation: Situation) -> bool:
        """Whether a situation shows it."""
        if situation.tier != self.tier:
            return False
        if self.test is not None:
            answer = situation.answers.get(self.test.measure.id)
            if answer is None or self.side is None or not self.side.cell.has(answer):
                return False
        return decided(self.claim, Person(situation.answers))

    def value(self) -> dict[str, Decimal]:
        """The measure and the value that are to be shown; nothing if any value will do."""
        return {self.test.measure.id: self.side.value} if self.test and self.side else {}

    def at_value(self, claim: Claim) -> Claim:
        """A claim about people with the value that is to be shown."""
        if self.test is None or self.side is None:
            return claim
        shown = Comparing(self.test.measure, "is", (Value(self.side.value, ""),))
        return Both((Holds(shown), claim))


def stages(rules: RuleSet) -> tuple[Stage, ...]:
    """Assessment, and the reviews of each tier."""
    exits = tuple((f"exits/{name}/when", when) for name, when in rules.exits)
    tiers = tuple((f"tiers/{tier.id}/enter", tier.enter) for tier in rules.tiers)
    if rules.rule == "error":
        first = Stage(None, exits, tiers)
    else:
        first = Stage(None, exits + (tiers[::-1] if rules.rule == "highest" else tiers))
    return (first, *(Stage(tier.id, _moves(rules, tier.id)) for tier in rules.tiers))


def _moves(rules: RuleSet, tier: str) -> tuple[Criterion, ...]:
    found = in_order(rules, tier)
    return tuple((f"tiers/{tier}/{move.kind}/{move.id}", move.when) for move in found)


def goals(rules: RuleSet, people: People) -> tuple[Goal, ...]:
    """All that cases are to show of a rule set; `people` has the values it tells apart."""
    return tuple(goal for stage in stages(rules) for goal in _goals(stage, people))


def _goals(stage: Stage, people: People) -> Iterator[Goal]:
    settled = stage.settled()
    for path, expression in stage.all():
        for test in dict.fromkeys(comparisons(expression)):
            alone = _differs(expression, negated(expression, test))
            claim = Both((alone, stage.before(path), settled))
            known = sides(test, people.scale[test.measure.id])
            yield from (Goal(stage.tier, path, claim, test, side, alone) for side in known)
            if not known:
                yield Goal(stage.tier, path, NEVER, test)
        yield Goal(stage.tier, path, stage.decides(path))
    if stage.tier is not None:
        yield Goal(stage.tier, f"tiers/{stage.tier}/stay", stage.nothing())


def _differs(one: Expression, other: Expression) -> Claim:
    return Either((Both((Holds(one), Fails(other))), Both((Fails(one), Holds(other)))))


def negated(expression: Expression, test: Comparing) -> Expression:
    """An expression with one of its comparisons the other way round, wherever that stands."""
    if isinstance(expression, Comparing):
        return Neither((expression,)) if expression == test else expression
    if isinstance(expression, Named):
        return replace(expression, inner=negated(expression.inner, test))
    return replace(expression, parts=tuple(negated(part, test) for part in expression.parts))


def sides(test: Comparing, scale: Iterable[Choice]) -> tuple[Side, ...]:
    """The sides of each threshold of a comparison; of a choice or a finding, every answer.

    None for a comparison that every value passes, or no value. Of a number that
    counts in steps, a side is the one value next to the threshold; of others,
    what lies between the threshold and the readable value nearest to it.
    """
    ordered = sorted(scale, key=lambda found: found.lowest)
    holds = {found: evaluate(test, {test.measure.id: found.lowest}) is True for found in ordered}
    if len(set(holds.values())) < 2:
        return ()
    values: dict[Decimal, tuple[Cell, bool]] = {}
    if test.measure.kind in ("choice", "finding"):
        values = {found.lowest: (found.cell, holds[found]) for found in ordered}
    for low, high in pairwise(ordered if not values else ()):
        if holds[low] != holds[high]:
            below = replace(low.cell, low=low.highest, open_low=False)
            above = replace(high.cell, high=high.lowest, open_high=False)
            # A value next to two thresholds stands for its whole cell.
            values[low.highest] = (low.cell if low.highest in values else below, holds[low])
            values[high.lowest] = (above, holds[high])
    return tuple(
        Side(cell, value, truth, _across(value, truth, values))
        for value, (cell, truth) in values.items()
    )


def _across(value: Decimal, holds: bool, values: Mapping[Decimal, tuple[Cell, bool]]) -> Decimal:
    others = (other for other, (_, truth) in values.items() if truth is not holds)
    return min(others, key=lambda other: (abs(other - value), other))
