"""The pocket guide: eight small pages on one side of an A4 sheet.

The sheet is folded into eighths, cut along the middle and pushed together to a booklet,
without glue or staples.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stepwell.model import Direction
from stepwell.write.sheets import MILLIMETRE, Matrix, Sheets, Spot, line

PANEL = (74.25 * MILLIMETRE, 105 * MILLIMETRE)
COLUMNS = 4
TICK = 8 * MILLIMETRE  # of which a printer leaves out about half

# Page numbers as they lie on the sheet. The lower row is upside down: its pages
# and those above them stand foot to foot along the fold, as they do in the booklet.
UPPER = (8, 1, 2, 3)
LOWER = (7, 6, 5, 4)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page lies: column from the left, upper row or, turned by 180°, lower row."""

    column: int
    upper: bool

    @property
    def matrix(self) -> Matrix:
        """The PDF matrix from points of the page to points of the sheet."""
        width, height = PANEL
        if self.upper:
            return (1, 0, 0, 1, self.column * width, height)
        return (-1, 0, 0, -1, (self.column + 1) * width, height)


def folding(count: int, size: tuple[float, float], direction: Direction) -> Sheets:
    """One A4 landscape page with at most eight pages of 74.25 by 105 mm; others stay blank."""
    most = 2 * COLUMNS
    if count > most:
        raise ValueError(
            f"{count} pages, but a folded sheet has {most}:"
            " shorten the longest text of the pocket guide"
        )
    if any(abs(one - other) > 0.5 for one, other in zip(size, PANEL, strict=True)):
        raise ValueError(
            "the pages are no panels of 74.25 by 105 mm: write `@page { size: 74.25mm 105mm }`"
        )
    spots = tuple(Spot(0, place.matrix) for place in places(direction)[:count])
    return Sheets((COLUMNS * PANEL[0], 2 * PANEL[1]), 1, spots, tuple(_lines()))


def places(direction: Direction) -> tuple[Place, ...]:
    """Where pages 1 to 8 lie. A book that is read from right to left has mirrored rows."""
    found = {}
    for upper, row in ((True, UPPER), (False, LOWER)):
        for column, number in enumerate(row if direction == "ltr" else row[::-1]):
            found[number] = Place(column, upper)
    return tuple(found[number] for number in sorted(found))


def _lines() -> Iterator[str]:
    """Short ticks where the sheet is folded, and a dashed line where it is cut."""
    width, height = PANEL
    right, top = COLUMNS * width, 2 * height
    yield "/Artifact BMC q 0.4 w 0.5 G"
    for x in (width, 2 * width, 3 * width):
        yield line(x, 0, x, TICK)
        yield line(x, top - TICK, x, top)
    yield line(0, height, TICK, height)
    yield line(right - TICK, height, right, height)
    yield "0.2 G [3 3] 0 d " + line(width, height, 3 * width, height)
    yield "Q EMC"
