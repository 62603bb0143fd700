"""Who changes place, in words: places by their titles, values of measures as ranges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from stepwell.changes.criteria import Criteria
from stepwell.changes.model import Answer, Counted, Place, Reckoning, Shift
from stepwell.logic import shifts as logic
from stepwell.logic.axes import Axis, counted
from stepwell.logic.cells import Cell, domain, typed
from stepwell.logic.measures import Measure

ZERO = Decimal(0)
DASH = "\u2013"


def reckonings(
    found: Iterable[logic.Reckoning], old: Criteria, new: Criteria
) -> Iterator[Reckoning]:
    """Each decision in which somebody changes place, or that could not be counted."""
    for one in found:
        if one.shifts or not one.counted:
            tier = Place(one.tier, new.titles.of("tier", one.tier)) if one.tier else None
            shifts = tuple(_shift(shift, old, new) for shift in one.shifts)
            axes = tuple(_counted(axis, old, new) for axis in one.axes)
            yield Reckoning(tier, one.possible, axes, shifts, one.counted)


def _shift(found: logic.Shift, old: Criteria, new: Criteria) -> Shift:
    def answers(values: Iterable[logic.Values]) -> tuple[Answer, ...]:
        return tuple(_answer(one, old, new) for one in values)

    return Shift(
        _place(found.old, old),
        _place(found.new, new),
        found.count,
        found.before,
        answers(found.everyone),
        found.exactly,
        None if found.example is None else answers(found.example),
    )


def _place(to: logic.Destination | None, version: Criteria) -> Place | None:
    return Place(to.to, version.titles.of("tier-or-exit", to.to), to.by) if to else None


def _answer(found: logic.Values, old: Criteria, new: Criteria) -> Answer:
    measure = found.measure
    values = " or ".join(text for cell in found.runs for text in _run(measure, cell))
    return Answer(measure.id, _label(measure, old, new), measure.kind, values, found.mild)


def _label(measure: Measure, old: Criteria, new: Criteria) -> str:
    return (new if new.knows(measure.id) else old).label(measure.id)


def _counted(axis: Axis, old: Criteria, new: Criteria) -> Counted:
    measure, size = axis.measure, counted(axis.measure)
    what = "one for each stretch between thresholds"
    if measure.kind in ("choice", "finding"):
        what = "answers"
    elif size is not None:
        unit = measure.unit or ("percent" if measure.percent else "values")
        what = unit if domain(measure).step in (None, 1) else f"steps of {size.normalize():f}"
    return Counted(measure.id, _label(measure, old, new), axis.total, what)


def _run(measure: Measure, cell: Cell) -> tuple[str, ...]:
    """A run of values in words; answers one by one."""
    whole = domain(measure)
    if measure.kind in ("choice", "finding"):
        first, last = int(cell.low or 0), int(cell.high or 0)
        return tuple(typed(measure, Decimal(number)) for number in range(first, last + 1))
    if cell.low is not None and cell.low == cell.high:
        return (typed(measure, cell.low),)
    begins = cell.low is None or (cell.low == whole.low and not cell.open_low)
    ends = cell.high is None or (cell.high == whole.high and not cell.open_high)
    if whole.step and not (ends and measure.kind == "number"):
        low, high = (f"{end.normalize():f}" for end in (cell.low or ZERO, cell.high or ZERO))
        both = f"{low}{DASH}{high}"
        return (f"{both} {measure.unit}" if measure.unit else both,)
    return (_stretch(measure, cell, begins, ends),)


def _stretch(measure: Measure, cell: Cell, begins: bool, ends: bool) -> str:
    low, high = (typed(measure, end or ZERO) for end in (cell.low, cell.high))
    if begins and ends:
        return "any"
    if begins:
        return f"less than {high}" if cell.open_high else f"up to {high}"
    if ends:
        return f"more than {low}" if cell.open_low else f"{low} or more"
    return f"{'more than' if cell.open_low else 'from'} {low} " + (
        f"to less than {high}" if cell.open_high else f"to {high}"
    )
