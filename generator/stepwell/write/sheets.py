"""Sheets with small pages on them, as numbers: which page lies where, and the lines between.

All lengths are points. Shared by `write.imposition` and its plans: `write.folding`,
`write.stitching` and `write.cutting`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MILLIMETRE = 72 / 25.4

Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a page lies: the side of a sheet, and the PDF matrix from its points to the sheet's."""

    sheet: int
    matrix: Matrix


@dataclass(frozen=True, slots=True)
class Sheets:
    """Sides of sheets: size and number, a spot for each page, and what is drawn on each side.

    `copies` are pages, counted from 0, that lie in a further spot. `turned` is the edge
    along which a printer has to turn the sheet, if it is told; `note` is where a line for
    whoever prints it has its lower left corner, on each front.
    """

    size: tuple[float, float]
    count: int
    spots: tuple[Spot, ...]
    lines: tuple[str, ...] = ()
    copies: tuple[tuple[int, Spot], ...] = ()
    turned: Literal["", "long", "short"] = ""
    note: tuple[float, float] | None = None


def line(*ends: float) -> str:
    """A line from one point to another, as PDF draws it."""
    x1, y1, x2, y2 = map(number, ends)
    return f"{x1} {y1} m {x2} {y2} l S"


def number(value: float) -> str:
    """A number as PDF writes it."""
    return f"{value:.4f}".rstrip("0").rstrip(".")
