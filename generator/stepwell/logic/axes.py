"""The values of a measure that are counted, cut into cells: what a comparison goes along.

Scores, answers and findings are counted as they are, numbers by their step. Of
what has no step, whole units count (weeks of a duration, percent of a change),
up to the highest one allowed or to one above the highest threshold; without a
unit or a lowest value, one value counts for each cell. A cell in which no value
would be counted, such as "more than 2 and less than 3 days" of a duration in
weeks, counts as one: whoever is possible is never counted as nobody.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from stepwell.definitions.base import DAYS
from stepwell.logic.cells import Cell, Choice, choices, domain
from stepwell.logic.expression import Comparing
from stepwell.logic.measures import Measure

ONE = Decimal(1)


@dataclass(frozen=True)
class Axis:
    """A measure with its cells, ascending, and how many values of each are counted."""

    measure: Measure
    cells: tuple[Choice, ...]
    weights: tuple[int, ...]

    @classmethod
    def of(cls, measure: Measure, tests: Iterable[Comparing]) -> Axis:
        """The axis of a measure under all comparisons of it."""
        compared = tuple(tests)
        cells = choices(measure, compared)
        bounded, step = domain(measure), counted(measure)
        marks = [value.number for test in compared for value in test.values]
        end = bounded.high
        if step and end is None:
            end = (_count(max(marks, default=Decimal(0)), step, ROUND_CEILING) + 1) * step
        base = (bounded.low or Decimal(0)) if bounded.step else Decimal(0)
        weights = (_weight(found.cell, step, base, end) for found in cells)
        return cls(measure, cells, tuple(weights))

    @property
    def total(self) -> int:
        """How many values are counted."""
        return sum(self.weights)


def counted(measure: Measure) -> Decimal | None:
    """The size of what is counted; None if each cell counts once."""
    bounded = domain(measure)
    if bounded.step or bounded.low is None:
        return bounded.step
    if measure.kind == "duration":
        return DAYS[measure.unit or "days"]
    return ONE if measure.unit or measure.percent else None


def _weight(cell: Cell, step: Decimal | None, base: Decimal, end: Decimal | None) -> int:
    """How many multiples of a step, counted from a base, lie in a cell, but at least one."""
    high = end if cell.high is None else cell.high
    if step is None or cell.low is None or high is None:
        return 1
    first = _count(cell.low - base, step, ROUND_CEILING)
    last = _count(high - base, step, ROUND_FLOOR)
    first += cell.open_low and first * step == cell.low - base
    last -= cell.open_high and last * step == high - base
    return max(1, int(last - first) + 1)


def _count(number: Decimal, step: Decimal, rounding: str) -> Decimal:
    return (number / step).to_integral_value(rounding)
