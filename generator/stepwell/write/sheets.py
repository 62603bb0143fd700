"""Sheets with small pages on them, as numbers: which page lies where, and the lines between.

All lengths are points. Shared by `write.folding`, `write.stitching` and `write.imposition`.
"""

from __future__ import annotations

from dataclasses import dataclass

MILLIMETRE = 72 / 25.4

Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a page lies: the side of a sheet, and the PDF matrix from its points to the sheet's."""

    sheet: int
    matrix: Matrix


@dataclass(frozen=True, slots=True)
class Sheets:
    """Sides of sheets: size and number, a spot for each page, and what is drawn on each side."""

    size: tuple[float, float]
    count: int
    spots: tuple[Spot, ...]
    lines: tuple[str, ...] = ()


def line(*ends: float) -> str:
    """A line from one point to another, as PDF draws it."""
    x1, y1, x2, y2 = map(number, ends)
    return f"{x1} {y1} m {x2} {y2} l S"


def number(value: float) -> str:
    """A number as PDF writes it."""
    return f"{value:.4f}".rstrip("0").rstrip(".")
