"""A line of time from hours to months: a field for each unit, with a scale of its own. Pure.

One scale for all would crowd four hours and one day into the same dot beside eight weeks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stepwell.advance import advance
from stepwell.definitions.base import DAYS

_ENDS: dict[str, tuple[int, ...]] = {
    "hours": (24,), "days": (7,), "weeks": (4, 6, 8, 10, 12, 16, 20, 26),
    "months": (9, 12, 18, 24, 36, 60, 120),
}  # fmt: skip
"""Unit -> where its field may end; the next field begins there."""
_SHARES = {"hours": 1.0, "days": 1.1, "weeks": 1.9, "months": 1.2}
"""Unit -> its part of the width."""
_STRIDES = {"hours": (6, 12, 24), "days": (1, 2, 3, 6)}
GAP = 12
"""The space between two fields: the scale changes there."""


@dataclass(frozen=True, slots=True)
class Field:
    """A part of the line with one scale: from `start` to `end` of a unit, at `left` to `right`."""

    unit: str
    start: float
    end: int
    left: float
    right: float

    @property
    def last_day(self) -> float:
        """The time at which it ends, in days."""
        return self.end * float(DAYS[self.unit])

    def x(self, days: float) -> float:
        """Where a time lies in it."""
        share = (days / float(DAYS[self.unit]) - self.start) / (self.end - self.start)
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)

    def ticks(self, size: float) -> Iterator[tuple[int, float]]:
        """Numbers with their places, as many as stand apart in type of a size."""
        unit = (self.right - self.left) / (self.end - self.start)
        room = advance("00" if self.end > 9 else "0") * size + 14
        strides = _STRIDES.get(self.unit, (1, 2, 4, 8, 12, 24, 48))
        stride = next((one for one in strides if one * unit >= room), strides[-1])
        number = self.end
        while (
            number > self.start and self.left + room / 2 <= self.left + (number - self.start) * unit
        ):
            yield number, self.left + (number - self.start) * unit
            number -= stride


def fields(last: float, left: float, right: float) -> tuple[Field, ...]:
    """The fields up to the one in which the last day lies, from `left` to `right`."""
    needed: list[tuple[str, float, int]] = []
    reached = 0.0
    for unit, ends in _ENDS.items():
        size = float(DAYS[unit])
        end = next((one for one in ends if one * size >= last), ends[-1])
        needed.append((unit, reached / size, end))
        reached = end * size
        if reached >= last:
            break
    room = right - left - GAP * (len(needed) - 1)
    whole = sum(_SHARES[unit] for unit, *_ in needed)
    made = []
    for unit, start, end in needed:
        wide = room * _SHARES[unit] / whole
        made.append(Field(unit, start, end, left, left + wide))
        left += wide + GAP
    return tuple(made)


def place(days: float, line: tuple[Field, ...]) -> float:
    """Where a time lies on the whole line."""
    part = next((one for one in line if days <= one.last_day + 1e-9), line[-1])
    return part.x(days)
