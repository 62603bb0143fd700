"""Typed measures: what a criterion can compare, with its range and how a value is read.

Numbers are exact decimals. A duration counts in days, a choice by its place in
the list, a finding as 0 or 1, so that every comparison is one of numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from stepwell.definitions.base import NUMBER, Duration, Malformed, Quantity
from stepwell.definitions.pathway import Measure as Written
from stepwell.definitions.vocabulary import Instrument

Kind = Literal["score", "number", "duration", "choice", "finding", "change"]


class BadValue(Exception):
    """A value that a measure can't have: message and remedy."""

    def __init__(self, message: str, help: str, *, out_of_range: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.help = help
        self.out_of_range = out_of_range


@dataclass(frozen=True, slots=True)
class Value:
    """A value as a number, and as it was typed."""

    number: Decimal
    typed: str


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that is asked, scored or counted. Bounds are inclusive; None means open."""

    id: str
    kind: Kind
    low: Decimal | None = None
    high: Decimal | None = None
    step: Decimal | None = None
    unit: str | None = None
    choices: tuple[str, ...] = ()
    percent: bool = False

    def value(self, typed: str) -> Value:
        """The value of what was typed; BadValue if this measure can't have it."""
        if self.kind == "choice":
            return Value(Decimal(self._choice(typed)), typed)
        if self.kind == "finding":
            return Value(Decimal(self._yes_no(typed)), typed)
        number = self._duration(typed) if self.kind == "duration" else self._number(typed)
        self._bounded(number, typed)
        return Value(number, typed)

    def _choice(self, typed: str) -> int:
        if typed in self.choices:
            return self.choices.index(typed)
        raise BadValue(
            f"'{typed}' is no answer of '{self.id}'", f"one of: {', '.join(self.choices)}"
        )

    def _yes_no(self, typed: str) -> int:
        if typed in ("yes", "no"):
            return int(typed == "yes")
        raise BadValue(f"'{typed}' is no answer of the finding '{self.id}'", "yes or no")

    def _duration(self, typed: str) -> Decimal:
        try:
            return Duration.read(typed).days
        except Malformed as error:
            raise BadValue(error.message(), "write it with its unit: '4 weeks'") from None

    def _number(self, typed: str) -> Decimal:
        plain = typed.removesuffix("%").strip() if self.percent else typed
        if self.unit and plain.endswith(self.unit):
            plain = plain.removesuffix(self.unit).strip()
        if not re.fullmatch(NUMBER, plain):
            raise BadValue(f"'{typed}' is no number for '{self.id}'", "write a number such as 15")
        number = Decimal(plain)
        if self.step and (number - (self.low or 0)) % self.step:
            raise BadValue(
                f"'{typed}' is between the steps of '{self.id}'", f"steps of {self.step}"
            )
        return number

    def _bounded(self, number: Decimal, typed: str) -> None:
        below = self.low is not None and number < self.low
        above = self.high is not None and number > self.high
        if below or above:
            help = f"its values go from {self.low} to {self.high}"
            raise BadValue(f"'{typed}' can't occur in '{self.id}'", help, out_of_range=True)


BUILT_IN = {
    "in-tier": Measure("in-tier", "duration", Decimal(0), unit="weeks"),
    "reviews-done": Measure("reviews-done", "number", Decimal(0), Decimal(99), Decimal(1)),
    "age": Measure("age", "number", Decimal(0), Decimal(120), Decimal(1), unit="years"),
}


def kinds(written: Written) -> list[str]:
    """Which kinds a measure was given; exactly one is right."""
    names = ("instrument", "duration", "choices", "finding", "number", "change_of")
    return [name for name in names if getattr(written, name) is not None]


def measure(name: str, written: Written, instruments: dict[str, Instrument]) -> Measure:
    """The typed measure of a written one of exactly one kind, its references known."""
    if written.instrument:
        scored = instruments[str(written.instrument)]
        return Measure(name, "score", Decimal(scored.from_), Decimal(scored.to), Decimal(1))
    if written.duration:
        return Measure(name, "duration", Decimal(0), unit=written.duration)
    if written.choices:
        return Measure(name, "choice", choices=tuple(written.choices))
    if written.finding:
        return Measure(name, "finding", Decimal(0), Decimal(1), Decimal(1))
    if written.change_of:
        return Measure(name, "change", percent=written.as_ == "percent")
    number: Quantity | None = written.number
    if number is None:
        raise ValueError(f"the measure '{name}' has no kind; check found this before")
    step = written.step.low if written.step else None
    return Measure(name, "number", number.low, number.high, step, number.unit)
