"""Criteria as immutable expressions, and their three-valued evaluation.

An answer that is not known makes a comparison *unknown*, never false; a group
is decided as soon as the known parts decide it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from stepwell.logic.measures import Measure, Value

Truth = bool | None
Answers = Mapping[str, Decimal]
Comparison = Literal["is", "one-of", "at-least", "more-than", "at-most", "below", "range", "yes"]


@dataclass(frozen=True, slots=True)
class Comparing:
    """A measure compared with values; a range has two, both included."""

    measure: Measure
    comparison: Comparison
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Every:
    """All parts hold."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least `least` of the parts hold."""

    parts: tuple[Expression, ...]
    least: int = 1


@dataclass(frozen=True, slots=True)
class Neither:
    """None of the parts holds."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A criterion that was defined once and has a name."""

    name: str
    inner: Expression


Expression = Comparing | Every | Some | Neither | Named


def evaluate(expression: Expression, answers: Answers) -> Truth:
    """Whether an expression holds for answers (measure id -> number); None if not decided."""
    if isinstance(expression, Comparing):
        return _compare(expression, answers.get(expression.measure.id))
    if isinstance(expression, Named):
        return evaluate(expression.inner, answers)
    truths = [evaluate(part, answers) for part in expression.parts]
    if isinstance(expression, Every):
        return _counted(truths, len(truths))
    if isinstance(expression, Some):
        return _counted(truths, expression.least)
    found = _counted(truths, 1)
    return None if found is None else not found


def _counted(truths: list[Truth], least: int) -> Truth:
    """Whether at least so many hold; None while open parts could still decide it."""
    holding = truths.count(True)
    if holding >= least:
        return True
    return None if holding + truths.count(None) >= least else False


def _compare(test: Comparing, answer: Decimal | None) -> Truth:
    if answer is None:
        return None
    values = [value.number for value in test.values]
    match test.comparison:
        case "yes":
            return answer == 1
        case "is" | "one-of":
            return answer in values
        case "range":
            return values[0] <= answer <= values[1]
        case "at-least":
            return answer >= values[0]
        case "more-than":
            return answer > values[0]
        case "at-most":
            return answer <= values[0]
        case "below":
            return answer < values[0]


def needed(group: Every | Some | Neither, wanted: bool) -> tuple[int, bool]:
    """How many parts of a group must come out as the second value, for it to come out as wanted."""
    count = len(group.parts)
    if isinstance(group, Every):
        return (count if wanted else 1), wanted
    if isinstance(group, Some):
        return (group.least if wanted else count - group.least + 1), wanted
    return (count, False) if wanted else (1, True)


def measures(expression: Expression) -> Iterator[Measure]:
    """The measures an expression compares, in order, with repetitions."""
    if isinstance(expression, Comparing):
        yield expression.measure
    elif isinstance(expression, Named):
        yield from measures(expression.inner)
    else:
        for part in expression.parts:
            yield from measures(part)


def names(expression: Expression) -> Iterator[str]:
    """The named criteria that an expression refers to, those inside others too."""
    if isinstance(expression, Named):
        yield expression.name
        yield from names(expression.inner)
    elif not isinstance(expression, Comparing):
        for part in expression.parts:
            yield from names(part)


def undecided(expression: Expression, answers: Answers) -> tuple[str, ...]:
    """The measures without an answer that could still settle an undecided expression."""
    if evaluate(expression, answers) is not None:
        return ()
    if isinstance(expression, Comparing):
        return (expression.measure.id,)
    parts = (expression.inner,) if isinstance(expression, Named) else expression.parts
    found = [name for part in parts for name in undecided(part, answers)]
    return tuple(dict.fromkeys(found))
