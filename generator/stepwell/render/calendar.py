"""When the checks of a monitoring plan are due, as rows of a calendar to fill in. Pure.

A plan gives times after the start and intervals; no date is known when it is printed.
What repeats is counted from the check before it, so that no gap in the calendar is
longer than the interval of the plan. What goes on after the last row is named with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from stepwell.definitions.base import DAYS, Duration
from stepwell.definitions.shared_care import Parameter

ROWS_UNTIL = 2 * DAYS["years"]
"""Repeated checks have rows up to this day after the start (included)."""
MOST_REPEATS = 26
"""Rows of one check at one interval: a week apart for half a year."""
_MONTHS = {"months": 1, "years": 12}
_NONE = (Decimal(0), Decimal(0))


@dataclass(frozen=True, slots=True)
class Moment:
    """A time after the start: (shortest, longest) months and days, which have no common measure."""

    months: tuple[Decimal, Decimal] = _NONE
    days: tuple[Decimal, Decimal] = _NONE

    @classmethod
    def after(cls, duration: Duration) -> Moment:
        """The moment that lies a length of time after the start."""
        low, high, unit = duration.low, duration.high or duration.low, str(duration.unit)
        if unit in _MONTHS:
            return cls(months=(low * _MONTHS[unit], high * _MONTHS[unit]))
        return cls(days=(low * DAYS[unit], high * DAYS[unit]))

    def __add__(self, other: Moment) -> Moment:
        """The moment that lies as long after this one as `other` after the start."""
        return Moment(_sum(self.months, other.months), _sum(self.days, other.days))

    @property
    def longest(self) -> Decimal:
        """The days until it at most (a month is 30.4375 days)."""
        return self.months[1] * DAYS["months"] + self.days[1]

    @property
    def parts(self) -> tuple[Duration, ...]:
        """The lengths of time that together lead to it; none for the start itself."""
        months = _length(self.months, ("years", 12), ("months", 1))
        days = _length(self.days, ("weeks", DAYS["weeks"]), ("days", 1), ("hours", DAYS["hours"]))
        return (*months, *days)


@dataclass(frozen=True, slots=True)
class Due:
    """A row: what is checked at a moment."""

    moment: Moment
    checks: tuple[Parameter, ...]


@dataclass(frozen=True, slots=True)
class Interval:
    """What goes on at an interval after the last rows, from and to a time after the start.

    `later` says that it takes the place of another interval at a time that the plan leaves open.
    """

    every: Duration
    since: Duration | None = None
    until: Duration | None = None
    later: bool = False


@dataclass(frozen=True, slots=True)
class Calendar:
    """The rows of a plan in the order of time, and what goes on after them."""

    rows: tuple[Due, ...]
    goes_on: tuple[tuple[Interval, tuple[Parameter, ...]], ...]


def calendar(parameters: Iterable[Parameter]) -> Calendar:
    """The calendar of a plan. A check without any time has neither a row nor goes on."""
    rows: dict[Moment, list[Parameter]] = {}
    later: dict[Interval, list[Parameter]] = {}
    for parameter in parameters:
        moments, goes_on = _times(parameter)
        for moment in dict.fromkeys(moments):
            rows.setdefault(moment, []).append(parameter)
        for interval in goes_on:
            later.setdefault(interval, []).append(parameter)
    in_time = sorted(rows, key=lambda moment: (moment.longest, moment.months, moment.days))
    often = sorted(later, key=lambda one: (one.since.days if one.since else 0, one.every.days))
    return Calendar(
        tuple(Due(moment, tuple(rows[moment])) for moment in in_time),
        tuple((interval, tuple(later[interval])) for interval in often),
    )


def alike(parameters: Iterable[Parameter]) -> tuple[tuple[Parameter, ...], ...]:
    """Checks with the same times and the same people, together, in the order of the plan."""
    groups: dict[tuple[object, ...], list[Parameter]] = {}
    for one in parameters:
        times = (one.baseline, one.at, one.then_every, one.until, one.later_every)
        groups.setdefault((*times, one.orders, one.reviews, one.acts), []).append(one)
    return tuple(map(tuple, groups.values()))


def _times(parameter: Parameter) -> tuple[list[Moment], list[Interval]]:
    """The moments of a check that have rows, and what goes on after them."""
    found = [Moment()] if parameter.baseline else []
    found += [Moment.after(time) for time in parameter.at]
    reached = max(found, key=lambda moment: moment.longest, default=Moment())
    then, until, later = parameter.then_every, parameter.until, parameter.later_every
    if then is not None:
        found += _repeated(reached, then, until)
        reached = max(found, key=lambda moment: moment.longest, default=reached)
        if until is None or (reached + Moment.after(then)).longest <= until.days:
            held = [Interval(then, until=until)]
            return found, held + ([Interval(later, until, later=until is None)] if later else [])
    if later is None:
        return found, []
    return found + _repeated(reached, later), [Interval(later)]


def _repeated(last: Moment, every: Duration, until: Duration | None = None) -> list[Moment]:
    """The moments an interval apart after `last`, as far as there are rows and it holds."""
    step = Moment.after(every)
    found: list[Moment] = []
    most = min(until.days, ROWS_UNTIL) if until else ROWS_UNTIL
    while step.longest > 0 and len(found) < MOST_REPEATS and (last + step).longest <= most:
        last += step
        found.append(last)
    return found


def _sum(one: tuple[Decimal, Decimal], other: tuple[Decimal, Decimal]) -> tuple[Decimal, Decimal]:
    return one[0] + other[0], one[1] + other[1]


def _length(
    span: tuple[Decimal, Decimal], *units: tuple[str, Decimal | int]
) -> tuple[Duration, ...]:
    """A span in the largest unit in which it is whole, else in the last; nothing if nought."""
    if span == _NONE:
        return ()
    name, size = next((unit for unit in units if not any(n % unit[1] for n in span)), units[-1])
    low, high = (_written(n / size) for n in span)
    return (Duration.read(f"{low} {name}" if low == high else f"{low}..{high} {name}"),)


def _written(number: Decimal) -> str:
    """A number as it is typed: no exponent, no nought at the end."""
    return f"{round(number, 2):f}".rstrip("0").rstrip(".") if number % 1 else f"{number:.0f}"
