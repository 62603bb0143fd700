"""The values of a measure, cut into the pieces within which no criterion changes.

Within a cell every comparison has one truth, so that one value stands for all
of it. Whoever needs values that matter (counter-examples, worked cases) takes
them from here: whole weeks before days, whole numbers before 4.5.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from itertools import pairwise

from stepwell.definitions.base import DAYS
from stepwell.logic.expression import Comparing, evaluate
from stepwell.logic.measures import Measure

ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Cell:
    """Values from `low` to `high`; None means without end, `open_` that the end is outside."""

    low: Decimal | None
    high: Decimal | None
    open_low: bool = False
    open_high: bool = False

    def has(self, number: Decimal) -> bool:
        """Whether a number lies in the cell."""
        above = self.low is None or number > self.low or (number == self.low and not self.open_low)
        below = self.high is None or number < self.high
        return above and (below or (number == self.high and not self.open_high))


@dataclass(frozen=True, slots=True)
class Choice:
    """A cell with its lowest and its highest readable value, and the one to show for it."""

    cell: Cell
    lowest: Decimal
    highest: Decimal
    shown: Decimal


def domain(measure: Measure) -> Measure:
    """A measure with the bounds and the step that its kind implies."""
    if measure.kind == "choice":
        last = Decimal(len(measure.choices) - 1)
        return replace(measure, low=Decimal(0), high=last, step=ONE)
    if measure.kind == "change" and measure.percent and measure.low is None:
        return replace(measure, low=Decimal(-100))
    return measure


def choices(measure: Measure, tests: Iterable[Comparing]) -> tuple[Choice, ...]:
    """The cells of a measure under the comparisons of it, in ascending order."""
    bounded, unique = domain(measure), tuple(dict.fromkeys(tests))
    cells = _grid(bounded, unique) if bounded.step else _line(bounded, unique)
    return tuple(_choice(bounded, cell) for cell in _merged(bounded, unique, cells))


def typed(measure: Measure, number: Decimal) -> str:
    """A number as an editor would type it for this measure: `yes`, `partial`, `4 weeks`, `-50%`."""
    if measure.kind == "choice":
        return measure.choices[int(number)]
    if measure.kind == "finding":
        return "yes" if number else "no"
    if measure.kind == "duration":
        return _duration(measure.unit or "days", number)
    plain = format(number.normalize(), "f")
    if measure.percent:
        return f"{plain}%"
    return f"{plain} {measure.unit}" if measure.unit else plain


def _duration(unit: str, days: Decimal) -> str:
    for name in (unit, "days", "months", "years", "hours", "minutes"):
        count = _times(days, DAYS[name], ROUND_HALF_EVEN)
        if count * DAYS[name] == days:
            return f"{count} {name[:-1] if count == 1 else name}"
    return f"{days.normalize():f} days"


def _inside(measure: Measure, tests: Iterable[Comparing]) -> list[Decimal]:
    """The numbers at which a comparison can change, without those that can't occur."""
    numbers = {value.number for test in tests for value in test.values}
    if any(test.comparison == "yes" for test in tests):
        numbers.add(ONE)
    whole = Cell(measure.low, measure.high)
    return sorted(number for number in numbers if whole.has(number))


def _grid(measure: Measure, tests: tuple[Comparing, ...]) -> Iterator[Cell]:
    """Each number that is compared with, and the runs of steps before, between and after."""
    step, low = measure.step or ONE, measure.low or Decimal(0)
    marks = {low + _times(n - low, step, way) * step for n in _inside(measure, tests)
             for way in (ROUND_FLOOR, ROUND_CEILING)}  # fmt: skip
    found = sorted(mark for mark in marks if Cell(measure.low, measure.high).has(mark))
    last = measure.high
    if last is not None:
        last = low + _times(last - low, step, ROUND_FLOOR) * step
    if not found:
        yield Cell(measure.low, last)
        return
    if measure.low is None or found[0] > low:
        yield Cell(measure.low, found[0] - step)
    for mark, after in pairwise(found):
        yield Cell(mark, mark)
        if after - mark > step:
            yield Cell(mark + step, after - step)
    yield Cell(found[-1], found[-1])
    if last is None or last > found[-1]:
        yield Cell(found[-1] + step, last)


def _line(measure: Measure, tests: tuple[Comparing, ...]) -> Iterator[Cell]:
    """Each number that is compared with, and the open pieces before, between and after."""
    marks = _inside(measure, tests)
    if not marks:
        yield Cell(measure.low, measure.high)
        return
    if measure.low is None or measure.low < marks[0]:
        yield Cell(measure.low, marks[0], open_high=True)
    for mark, after in pairwise(marks):
        yield Cell(mark, mark)
        yield Cell(mark, after, open_low=True, open_high=True)
    yield Cell(marks[-1], marks[-1])
    if measure.high is None or measure.high > marks[-1]:
        yield Cell(marks[-1], measure.high, open_low=True)


def _merged(
    measure: Measure, tests: tuple[Comparing, ...], cells: Iterable[Cell]
) -> Iterator[Cell]:
    """Neighbours that no comparison tells apart, as one."""
    joined: Cell | None = None
    truths: list[object] = []
    for cell in cells:
        sample = {measure.id: _choice(measure, cell).lowest}
        found: list[object] = [evaluate(test, sample) for test in tests]
        if joined is not None and found == truths:
            joined = replace(joined, high=cell.high, open_high=cell.open_high)
            continue
        if joined is not None:
            yield joined
        joined, truths = cell, found
    if joined is not None:
        yield joined


def _choice(measure: Measure, cell: Cell) -> Choice:
    """The readable values of a cell; the one shown is next to a threshold, not to the end."""
    lowest, highest = _edge(measure, cell, upper=False), _edge(measure, cell, upper=True)
    begins = cell.low is None or cell.low == measure.low
    ends = cell.high is None or cell.high == measure.high
    upper = begins and not ends and measure.kind not in ("choice", "finding")
    return Choice(cell, lowest, highest, highest if upper else lowest)


def _edge(measure: Measure, cell: Cell, *, upper: bool) -> Decimal:
    """The value at one end of a cell, or the next one inside that is easy to read."""
    end, is_open = (cell.high, cell.open_high) if upper else (cell.low, cell.open_low)
    if end is None:
        end, is_open = (cell.low, cell.open_low) if upper else (cell.high, cell.open_high)
        upper = not upper
    if end is None:
        return Decimal(0)
    if not is_open:
        return end
    other = cell.low if upper else cell.high
    for size in _sizes(measure):
        number = _next(end, size, upper=upper)
        if cell.has(number) and number != other:
            return number
    return (end + other) / 2 if other is not None else end


def _sizes(measure: Measure) -> tuple[Decimal, ...]:
    """The sizes in which a value is counted, the most readable first."""
    if measure.kind == "duration":
        return (DAYS[measure.unit or "days"], ONE)
    return (ONE, Decimal("0.5"), Decimal("0.1"))


def _next(end: Decimal, size: Decimal, *, upper: bool) -> Decimal:
    """The nearest multiple of a size that is below an end, or above it."""
    count = _times(end, size, ROUND_CEILING if upper else ROUND_FLOOR)
    return (count - 1 if upper else count + 1) * size


def _times(number: Decimal, size: Decimal, rounding: str) -> Decimal:
    return (number / size).quantize(ONE, rounding)
