"""How builds grow with their pages, as a drawing: SVG without any library."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 1000, 560
LEFT, RIGHT, TOP, BOTTOM = 76, 380, 56, 60
_LINE = 18
"""The least distance of two names."""
_INKS = ("#14506e", "#b3441e", "#2c5f2d", "#7a3b8f", "#8a6d00", "#3d3d3d", "#a8005c", "#00707a")
_DASHES = ("", "7 4", "2 3", "10 4 2 4")
Points = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Axis:
    """A logarithmic axis between two values, and where it lies."""

    least: float
    most: float
    begin: float
    end: float

    def at(self, value: float) -> float:
        """Where a value is drawn."""
        part = math.log(value / self.least) / math.log(self.most / self.least)
        return self.begin + part * (self.end - self.begin)

    @property
    def marks(self) -> list[float]:
        """The round values on it: 1, 2 and 5 times a power of ten."""
        powers = range(math.floor(math.log10(self.least)), math.ceil(math.log10(self.most)) + 1)
        values = [times * 10.0**power for power in powers for times in (1, 2, 5)]
        return [value for value in values if self.least <= value <= self.most]


def _axis(values: Sequence[float], begin: float, end: float) -> Axis:
    """An axis with some room around its values."""
    return Axis(min(values) / 1.25, max(values) * 1.25, begin, end)


def growth(series: Mapping[str, Points], title: str) -> str:
    """Name -> (pages, seconds) of each size, drawn with logarithmic axes.

    ValueError without any.
    """
    points = [point for row in series.values() for point in row]
    if not points:
        raise ValueError("there is nothing to draw")
    across = _axis([x for x, _ in points], LEFT, WIDTH - RIGHT)
    up = _axis([y for _, y in points], HEIGHT - BOTTOM, TOP)
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
            f' aria-label="{escape(_told(series))}" font-family="sans-serif" font-size="14">'
        ),
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        f'<text x="{LEFT}" y="28" font-size="18" font-weight="700">{escape(title)}</text>',
        *_grid(across, up),
    ]
    last = {name: up.at(row[-1][1]) for name, row in series.items()}
    places = apart(last, TOP, HEIGHT - BOTTOM)
    for number, (name, row) in enumerate(series.items()):
        drawn = [(across.at(x), up.at(y)) for x, y in row]
        parts += _series(name, row, drawn, number, places[name])
    return "\n".join([*parts, "</svg>"]) + "\n"


def apart(wanted: dict[str, float], top: float, bottom: float) -> dict[str, float]:
    """Where names stand that want to be at these heights: in their order, never on each other."""
    names = sorted(wanted, key=lambda name: wanted[name])
    found: dict[str, float] = {}
    least = top
    for name in names:
        found[name] = max(wanted[name], least)
        least = found[name] + _LINE
    most = bottom
    for name in reversed(names):
        found[name] = min(found[name], most)
        most = found[name] - _LINE
    return found


def _grid(across: Axis, up: Axis) -> list[str]:
    parts = []
    for value in up.marks:
        y = up.at(value)
        parts.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#d5dade"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 5:.1f}" text-anchor="end">{value:g} s</text>')
    for value in across.marks:
        x = across.at(value)
        parts.append(f'<path d="M{x:.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="#d5dade"/>')
        number = f"{value:,.0f}".replace(",", "\u202f")
        below = HEIGHT - BOTTOM + 20
        parts.append(f'<text x="{x:.1f}" y="{below}" text-anchor="middle">{number}</text>')
    middle = (LEFT + WIDTH - RIGHT) / 2
    said = "pages in all languages; both axes are logarithmic"
    return [*parts, f'<text x="{middle}" y="{HEIGHT - 14}" text-anchor="middle">{said}</text>']


def _series(name: str, row: Points, drawn: Points, number: int, place: float) -> list[str]:
    ink = _INKS[number % len(_INKS)]
    dash = _DASHES[number // 2 % len(_DASHES)]
    own = name.startswith("Stepwell")
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in drawn)
    x, y = drawn[-1]
    edge = WIDTH - RIGHT + 14
    weight = ' font-weight="700"' if own else ""
    return [
        (
            f'<polyline points="{line}" fill="none" stroke="{ink}" stroke-width="{3 if own else 2}"'
            f' stroke-dasharray="{dash}"/>'
        ),
        *(f'<circle cx="{a:.1f}" cy="{b:.1f}" r="4" fill="{ink}"/>' for a, b in drawn),
        f'<path d="M{x + 6:.1f} {y:.1f}L{edge - 4} {place:.1f}" stroke="{ink}"/>',
        (
            f'<text x="{edge}" y="{place + 5:.1f}" fill="{ink}"{weight}>{escape(name)},'
            f" {row[-1][1]:.3g} s</text>"
        ),
    ]


def _told(series: Mapping[str, Points]) -> str:
    """The drawing in words."""
    return "; ".join(
        f"{name}: " + ", ".join(f"{x:.0f} pages {y:.3g} s" for x, y in row)
        for name, row in series.items()
    )
