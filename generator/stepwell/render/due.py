"""When checks are due for somebody whose first day is known: moments for a script to add. Pure.

A page knows no first day, so it carries the moments of `calendar` as whole months and
whole days, and its script adds them to the day that is typed: the months first (the 31st
becomes the last day of a shorter month), then the days. What is no whole day is rounded
down: a check is never named later than its plan says.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from stepwell.definitions.base import DAYS, Duration
from stepwell.definitions.shared_care import MonitoringPlan, Parameter
from stepwell.render.calendar import Due, Interval, Moment, calendar
from stepwell.render.embedded import embedded
from stepwell.resolve.view import Reading, View
from stepwell.resolve.words import Words

Shift = tuple[int, int]
"""Whole months and then whole days after a first day."""
EARLIEST, LATEST = datetime.date(1990, 1, 1), datetime.date(2099, 12, 31)
"""A first day; a year that was typed by mistake is none."""


@dataclass(frozen=True, slots=True)
class Row:
    """What is checked at a moment. `key` names the moment, also if the plan gets others."""

    key: str
    due: Due

    @property
    def several_days(self) -> bool:
        """Whether it has a first and a last day."""
        return _several(self.due.moment)


@dataclass(frozen=True, slots=True)
class Repeat:
    """What goes on after the rows. `first` is its next time; None if the plan leaves that open."""

    key: str
    interval: Interval
    first: Moment | None
    checks: tuple[Parameter, ...]

    @property
    def several_days(self) -> bool:
        """Whether its next time has a first and a last day."""
        return self.first is not None and _several(self.first)


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan as the clinician reads it (`shown`) and as its patient does (`said`)."""

    id: str
    shown: View
    said: View
    rows: tuple[Row, ...]
    repeats: tuple[Repeat, ...]


@dataclass(frozen=True, slots=True)
class DueDates:
    """The plans of a pathway, and what patients read of the clinic.

    `data` is JSON that can stand in a script element; `first_of_month` the number of such
    a day in dates of the language; a first day is `earliest` to `latest`.
    """

    plans: tuple[Plan, ...]
    data: Markup
    clinic: View
    first_of_month: str
    earliest: datetime.date = EARLIEST
    latest: datetime.date = LATEST


def due_dates(reading: Reading, patient: Reading) -> DueDates:
    """The plans of the pathway of a reading; `patient` reads the same for patients."""
    plans = tuple(_planned(one, reading, patient) for one in reading.edition.content.monitoring)
    clinic = patient.view(reading.edition.definitions.site)
    data = embedded([_plan(one) for one in plans])
    return DueDates(plans, data, clinic, first_of_month(reading.words()))


def _planned(plan: MonitoringPlan, reading: Reading, patient: Reading) -> Plan:
    checks = plan.parameters
    shown, said = reading.view(plan), patient.view(plan)
    return Plan(str(plan.id), shown, said, rows(checks), repeats(checks))


def rows(parameters: Iterable[Parameter]) -> tuple[Row, ...]:
    """The rows of a plan's calendar, each with a name of its own."""
    found: dict[str, Row] = {}
    for due in calendar(parameters).rows:
        key = base = _key(due.moment)
        while key in found:  # hours of the same day
            key = f"{key}-{base}"
        found[key] = Row(key, due)
    return tuple(found.values())


def repeats(parameters: Iterable[Parameter]) -> tuple[Repeat, ...]:
    """What goes on, by interval and next time, in the order of the plan's calendar."""
    parameters = tuple(parameters)
    found: dict[tuple[Interval, Moment | None], list[Parameter]] = {}
    for parameter in parameters:
        for interval, first in _goes_on(parameter):
            found.setdefault((interval, first), []).append(parameter)
    order = [interval for interval, _ in calendar(parameters).goes_on]
    known = sorted(found.items(), key=lambda one: order.index(one[0][0]))
    return tuple(
        Repeat(f"every-{_key(Moment.after(interval.every))}-{number}", interval, first, tuple(of))
        for number, ((interval, first), of) in enumerate(known, start=1)
    )


def _goes_on(parameter: Parameter) -> Iterator[tuple[Interval, Moment | None]]:
    """The intervals at which one check goes on, with the next time that no row has."""
    found = calendar([parameter])
    last = found.rows[-1].moment if found.rows else Moment()
    for interval, _ in found.goes_on:
        if interval.later or interval.every.days <= 0:
            yield interval, None
            continue
        held = last
        if interval.since is not None and parameter.then_every is not None:
            held = _reached(last, Moment.after(parameter.then_every), interval.since)
        yield interval, held + Moment.after(interval.every)


def _reached(last: Moment, step: Moment, until: Duration) -> Moment:
    """The last moment up to a time, a step apart from `last`."""
    if step.longest <= 0:  # a faulty plan does not stop the build
        return last
    times = max((until.days - last.longest) // step.longest, Decimal(0))
    return last + Moment(_times(step.months, times), _times(step.days, times))


def _times(span: tuple[Decimal, Decimal], times: Decimal) -> tuple[Decimal, Decimal]:
    return span[0] * times, span[1] * times


def shifts(moment: Moment) -> tuple[Shift, Shift]:
    """The first and the last day that a moment means, after a first day."""
    low, high = (_shift(m, d) for m, d in zip(moment.months, moment.days, strict=True))
    return low, high


def _shift(months: Decimal, days: Decimal) -> Shift:
    whole = int(months)
    return whole, int(days + (months - whole) * DAYS["months"])


def _several(moment: Moment) -> bool:
    low, high = shifts(moment)
    return low != high


def step(every: Duration) -> Shift | None:
    """An interval as a rule of a calendar; None for a range and for what is no whole day."""
    moment = Moment.after(every)
    parts = (*moment.months, *moment.days)
    if every.high is not None or any(part % 1 for part in parts) or not any(parts):
        return None
    return shifts(moment)[1]


def first_of_month(words: Words) -> str:
    """The number of the first day of a month in dates of a language: 1er in French."""
    text = words.date(datetime.date(2001, 1, 1))
    found = re.search(r"(?<!\d)1[a-z]*(?!\d)", text)
    return found[0] if found else "1"


def _key(moment: Moment) -> str:
    low, high = (f"{months}m{days}d" for months, days in shifts(moment))
    return low if low == high else f"{low}-{high}"


def _plan(plan: Plan) -> dict[str, Any]:
    return {
        "id": plan.id,
        "rows": [{"key": row.key, **_moment(row.due.moment, row.due.checks)} for row in plan.rows],
        "repeats": [_repeat(one) for one in plan.repeats],
    }


def _moment(moment: Moment, checks: tuple[Parameter, ...]) -> dict[str, Any]:
    low, high = shifts(moment)
    return {"from": low, "to": high, "checks": [str(one.id) for one in checks]}


def _repeat(repeat: Repeat) -> dict[str, Any]:
    until, first = repeat.interval.until, repeat.first
    return {
        "key": repeat.key,
        "every": step(repeat.interval.every),
        "until": shifts(Moment.after(until))[1] if until else None,
        **(_moment(first, repeat.checks) if first else {"from": None, "to": None, "checks": []}),
    }
