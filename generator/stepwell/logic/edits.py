"""What was changed in a criterion, part by part: which comparison, under which group.

Named criteria count as one part: what changed inside one is told where it is
defined. Two parts are the same if they mean the same, however they are written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from stepwell.logic.cells import choices
from stepwell.logic.expression import (
    Comparing,
    Every,
    Expression,
    Named,
    Neither,
    Some,
    evaluate,
    measures,
)

Under = Literal["all", "any", "none", "of"]


@dataclass(frozen=True, slots=True)
class Edit:
    """A part that was changed, added (`old` is None) or removed (`new` is None).

    `under` is the kind of the group that the part is in; None for a whole criterion.
    """

    old: Expression | None
    new: Expression | None
    under: Under | None = None


def edits(old: Expression, new: Expression) -> tuple[Edit, ...]:
    """The changes that lead from one criterion to another; none if they say the same."""
    return tuple(_between(old, new, None))


def kind(group: Every | Some | Neither) -> Under:
    """The name of a group as an editor writes it."""
    if isinstance(group, Some):
        return "any" if group.least == 1 else "of"
    return "all" if isinstance(group, Every) else "none"


def same(old: Expression, new: Expression) -> bool:
    """Whether two parts say the same: the order of parts and the way of writing are nothing."""
    old, new = _bare(old), _bare(new)
    if isinstance(old, Comparing) and isinstance(new, Comparing):
        return _same_test(old, new)
    if isinstance(old, Named) and isinstance(new, Named):
        return old.name == new.name
    if isinstance(old, Every | Some | Neither) and isinstance(new, Every | Some | Neither):
        left = _unmatched(old, new)
        return _alike(old, new) and not left[0] and not left[1]
    return False


def _bare(expression: Expression) -> Expression:
    """A group of one part is that part, unless it says that it must not hold."""
    while isinstance(expression, Every | Some) and len(expression.parts) == 1:
        expression = expression.parts[0]
    return expression


def _same_test(old: Comparing, new: Comparing) -> bool:
    if old.measure.id != new.measure.id:
        return False
    if old.measure != new.measure:
        return (old.comparison, _said(old)) == (new.comparison, _said(new))
    tests = (old, new)
    cells = (found.lowest for found in choices(new.measure, tests))
    return all(
        evaluate(old, {old.measure.id: value}) == evaluate(new, {new.measure.id: value})
        for value in cells
    )


def _said(test: Comparing) -> tuple[object, ...]:
    typed = test.measure.kind == "choice"
    return tuple(value.typed if typed else value.number for value in test.values)


def _alike(old: Every | Some | Neither, new: Every | Some | Neither) -> bool:
    least = [group.least if isinstance(group, Some) else 0 for group in (old, new)]
    return type(old) is type(new) and least[0] == least[1]


def _unmatched(
    old: Every | Some | Neither, new: Every | Some | Neither
) -> tuple[list[Expression], list[Expression]]:
    """The parts of each that the other does not have."""
    removed, added = [], list(new.parts)
    for part in old.parts:
        at = next((i for i, other in enumerate(added) if same(part, other)), None)
        if at is None:
            removed.append(part)
        else:
            del added[at]
    return removed, added


def _between(old: Expression, new: Expression, under: Under | None) -> Iterator[Edit]:
    old, new = _bare(old), _bare(new)
    if same(old, new):
        return
    old, new = _lifted(old, new), _lifted(new, old)
    groups = Every | Some | Neither
    if not (isinstance(old, groups) and isinstance(new, groups) and _alike(old, new)):
        yield Edit(old, new, under)
        return
    removed, added = _unmatched(old, new)
    for part in removed:
        partner = _partner(part, added)
        if partner is None:
            yield Edit(part, None, kind(old))
        else:
            added.remove(partner)
            yield from _between(part, partner, kind(new))
    for part in added:
        yield Edit(None, part, kind(new))


def _lifted(one: Expression, other: Expression) -> Expression:
    """A part as a group of one, if it is one of several parts in the other version."""
    joins = isinstance(other, Every) or (isinstance(other, Some) and other.least == 1)
    if not isinstance(other, Every | Some) or not joins or isinstance(one, type(other)):
        return one
    return replace(other, parts=(one,)) if any(same(one, part) for part in other.parts) else one


def _partner(part: Expression, others: list[Expression]) -> Expression | None:
    """The part that took the place of one: of the same kind, about the same measures."""
    part = _bare(part)
    about = {measure.id for measure in measures(part)}
    ranked = [
        (len(about & {measure.id for measure in measures(other)}), -at, other)
        for at, other in enumerate(others)
        if type(_bare(other)) is type(part) and not isinstance(part, Named)
    ]
    shared, _, found = max(ranked, key=lambda rank: rank[:2], default=(0, 0, None))
    return found if shared else None
