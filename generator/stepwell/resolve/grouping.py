"""Criteria with as few groups as their meaning needs, so that their sentences are short.

A group inside a group of the same kind joins it. Whatever the answers, the criterion
holds as before: `tests/resolve/test_grouping.py` shows it. The words are in `sentences`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal
from typing import TypeGuard

from stepwell.logic.expression import Comparing, Every, Expression, Named, Neither, Some
from stepwell.logic.measures import Value

_NO = Value(Decimal(0), "no")


def grouped(expression: Expression, *, asked: Collection[str] | None = None) -> Expression:
    """The same criterion with fewer groups.

    With `asked`, the findings that people are asked about, a named criterion is what it
    stands for, and a finding among those of which none may hold is answered with no by itself.
    """
    if isinstance(expression, Comparing):
        return expression
    if isinstance(expression, Named):
        inner = grouped(expression.inner, asked=asked)
        return Named(expression.name, inner) if asked is None else inner
    parts = tuple(grouped(part, asked=asked) for part in expression.parts)
    if isinstance(expression, Neither):
        return _none(tuple(_joined(parts, Some)), asked or ())
    if isinstance(expression, Every):
        return _alone_or(Every(tuple(_joined(parts, Every))))
    if expression.least == 1:
        return _alone_or(Some(tuple(_joined(parts, Some))))
    return Some(parts, expression.least)


def _joined(parts: tuple[Expression, ...], kind: type[Every | Some]) -> Iterator[Expression]:
    """The parts, those of a group of this kind in its place."""
    for part in parts:
        if isinstance(part, kind) and not (isinstance(part, Some) and part.least > 1):
            yield from part.parts
        else:
            yield part


def _alone_or(group: Every | Some) -> Expression:
    """The only part of a group, or the group."""
    return group.parts[0] if len(group.parts) == 1 else group


def _none(parts: tuple[Expression, ...], asked: Collection[str]) -> Expression:
    """None of the parts; a finding that can stand alone is answered the other way round."""
    found: list[Expression] = []
    others: list[Expression] = []
    for part in parts:
        if _is_finding(part) and part.measure.id in asked:
            found.append(_denied(part))
        else:
            others.append(part)
    if len(others) == 1 and _is_finding(others[0]):
        found.append(_denied(others[0]))
    elif others:
        found.append(Neither(tuple(others)))
    return _alone_or(Every(tuple(found)))


def _is_finding(part: Expression) -> TypeGuard[Comparing]:
    return isinstance(part, Comparing) and part.measure.kind == "finding"


def _denied(finding: Comparing) -> Comparing:
    """A finding answered the other way round."""
    if finding.values and not finding.values[0].number:
        return Comparing(finding.measure, "yes", ())
    return Comparing(finding.measure, "is", (_NO,))
