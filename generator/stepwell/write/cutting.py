"""Wallet cards: ten of 85 by 54 mm on both sides of an A4 sheet, to be cut.

The pages are fronts and backs in turn. They are printed on both sides, turned along the
long edge: each back lies behind its front. Each column has as many whole sets of cards as
there is room for: ten of one card, two of three to five cards. More cards take both columns.
"""

from __future__ import annotations

from collections.abc import Iterator

from stepwell.model import Direction
from stepwell.write.sheets import MILLIMETRE, Matrix, Sheets, Spot, line

CARD = (85 * MILLIMETRE, 54 * MILLIMETRE)
SHEET = (210 * MILLIMETRE, 297 * MILLIMETRE)
COLUMNS, ROWS = 2, 5
PLACES = COLUMNS * ROWS
MARGIN = ((SHEET[0] - COLUMNS * CARD[0]) / 2, (SHEET[1] - ROWS * CARD[1]) / 2)
GAP = 2 * MILLIMETRE  # between a card and a mark, so that a cut beside the line shows no ink
TICK = 7 * MILLIMETRE  # of which a printer leaves out about half
NOTE = (MARGIN[0] + 2.5 * MILLIMETRE, 5.5 * MILLIMETRE)  # below the first column, between marks


def cutting(count: int, size: tuple[float, float], direction: Direction) -> Sheets:
    """Sheets with the cards, front and back of each in turn; a missing back stays blank.

    ValueError when the pages are no cards.
    """
    if any(abs(one - other) > 0.5 for one, other in zip(size, CARD, strict=True)):
        raise ValueError("a page is no card of 85 by 54 mm: write `@page { size: 85mm 54mm }`")
    cards = -(-count // 2)
    first, *others = (tuple(_spots(count, begin, direction)) for begin in _begins(cards))
    copies = tuple(copy for spots in others for copy in enumerate(spots))
    sides = 2 * -(-cards // PLACES)
    return Sheets(SHEET, sides, first, tuple(_lines()), copies, turned="long", note=NOTE)


def _begins(cards: int) -> Iterator[int]:
    """The places where a set of so many cards begins."""
    if cards > ROWS:
        yield 0
        return
    for column in range(COLUMNS):
        yield from (column * ROWS + cards * number for number in range(ROWS // cards))


def _spots(count: int, begin: int, direction: Direction) -> Iterator[Spot]:
    """Where the pages of one set lie whose first card is in the place `begin`."""
    for page in range(count):
        sheet, place = divmod(begin + page // 2, PLACES)
        back = page % 2 == 1
        yield Spot(2 * sheet + back, _matrix(place, direction, back=back))


def _matrix(place: int, direction: Direction, *, back: bool) -> Matrix:
    """The PDF matrix of a place: down the column where one begins to read, then the other."""
    column, row = divmod(place, ROWS)
    # A sheet that is turned along its long edge has its columns the other way round.
    if (direction == "rtl") != back:
        column = COLUMNS - 1 - column
    x = MARGIN[0] + column * CARD[0]
    return (1, 0, 0, 1, x, SHEET[1] - MARGIN[1] - (row + 1) * CARD[1])


def _lines() -> Iterator[str]:
    """Short marks outside of the cards, at both ends of each cut."""
    yield "/Artifact BMC q 0.4 w 0.2 G"
    for column in range(COLUMNS + 1):
        x = MARGIN[0] + column * CARD[0]
        for begin, end in _ends(MARGIN[1], SHEET[1]):
            yield line(x, begin, x, end)
    for row in range(ROWS + 1):
        y = MARGIN[1] + row * CARD[1]
        for begin, end in _ends(MARGIN[0], SHEET[0]):
            yield line(begin, y, end, y)
    yield "Q EMC"


def _ends(margin: float, length: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """Where the marks of a cut begin and end, in the two margins."""
    inner = margin - GAP
    return ((inner - TICK, inner), (length - inner, length - inner + TICK))
