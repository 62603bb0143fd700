"""A booklet: two pages on each side of sheets that are folded once and stitched in the fold.

The PDF has the sides in turn, front and back of each sheet: it is printed on both sides,
turned along the short edge. The first and last page lie on the outermost sheet.
"""

from __future__ import annotations

from stepwell.model import Direction
from stepwell.write.sheets import MILLIMETRE, Sheets, Spot, line

TICK = 5 * MILLIMETRE


def stitching(count: int, size: tuple[float, float], direction: Direction) -> Sheets:
    """Sheets of two pages side by side; what lacks to a multiple of four stays blank."""
    width, height = size
    whole = -(-count // 4) * 4
    spots = []
    for number in range(count):
        outer = min(number, whole - 1 - number)  # 0 is the outermost pair of pages
        # Pages with an even number, from 1, are on the left, where one reads to the right.
        left = (number % 2 == 1) == (direction == "ltr")
        spots.append(Spot(outer, (1, 0, 0, 1, 0 if left else width, 0)))
    return Sheets(
        (2 * width, height), whole // 2, tuple(spots), _lines(width, height), turned="short"
    )


def _lines(width: float, height: float) -> tuple[str, ...]:
    """Short ticks where the sheet is folded."""
    ticks = (line(width, 0, width, TICK), line(width, height - TICK, width, height))
    return ("/Artifact BMC q 0.4 w 0.5 G", *ticks, "Q EMC")
