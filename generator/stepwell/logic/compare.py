"""What a change of criteria means: which were changed, and who comes to another place by it.

Begin reading here. `aligned` lets two rule sets speak of the same measures,
`edits` says what was changed in a criterion, `shifts` who comes elsewhere;
`diagram` counts them along the `axes`, with criteria as `nodes`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from stepwell.logic.aligned import Replacing, Side, aligned
from stepwell.logic.diagram import Decision, Diagram, TooMany
from stepwell.logic.edits import Edit, edits
from stepwell.logic.expression import Expression, names
from stepwell.logic.rules import RuleSet
from stepwell.logic.shifts import Reckoning, axes, reckoned
from stepwell.logic.solver import LIMIT


@dataclass(frozen=True, slots=True)
class Changed:
    """A criterion, by its path, that means something else; None where it is not there.

    `used_in` are the paths of the criteria that refer to it by its name.
    """

    path: str
    old: Expression | None
    new: Expression | None
    edits: tuple[Edit, ...]
    used_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed between two rule sets: their criteria, and who comes where."""

    criteria: tuple[Changed, ...]
    assessment: Reckoning
    reviews: tuple[Reckoning, ...]


def compare(
    old: RuleSet, new: RuleSet, apart: Collection[str] = (), limit: int = LIMIT
) -> Comparison:
    """Two rule sets of one pathway, compared. A tier, exit or criterion is the same by its id.

    `apart` are ids of measures that ask something else now. `limit` bounds the
    solver's work on one example. Raises Disagreement if an example is none: a
    fault of the program.
    """
    before, after = aligned(old, new, apart)
    tiers = {tier.id for tier in old.tiers} & {tier.id for tier in new.tiers}
    reviews = (reckoned(before, after, tier.id, limit) for tier in new.tiers if tier.id in tiers)
    return Comparison(
        tuple(_criteria(before, after)), reckoned(before, after, None, limit), tuple(reviews)
    )


def _criteria(before: Side, after: Side) -> Iterator[Changed]:
    old, new = dict(before.own.criteria()), dict(after.own.criteria())
    for path in dict.fromkeys((*new, *old)):
        was, now = old.get(path), new.get(path)
        if was is None or now is None:
            yield Changed(path, was, now, (), _users(path, new if now else old))
        elif (made := edits(was, now)) and not _equivalent(path, before, after):
            yield Changed(path, was, now, made, _users(path, new))


def _users(path: str, criteria: dict[str, Expression]) -> tuple[str, ...]:
    kind, _, name = path.partition("/")
    if kind != "criteria":
        return ()
    return tuple(other for other, when in criteria.items() if other != path and name in names(when))


def _equivalent(path: str, before: Side, after: Side) -> bool:
    """Whether a criterion holds of the same people, if the named ones it uses are as they are now.

    What is too entangled to say counts as changed.
    """
    named = dict(after.rules.named)
    was = Replacing(named=named)(dict(before.rules.criteria())[path])
    now = dict(after.rules.criteria())[path]
    old, new = Decision(((was, True),), False), Decision(((now, True),), False)
    try:
        return not Diagram(axes(old, new)).differing(old, new)
    except TooMany:
        return False
