"""Pictures that are kept: the pages of a document side by side in one small PNG, and what changed.

A picture has twelve greys: enough for the comparison, and a third of the size.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw
from tests.visual.similarity import LEAST, Verdict, compared

GREYS = 12
GAP = 4  # dots between pages
MILLIMETRES = 25.4  # an inch
MOST_TOLD = 5


def sheet(pages: Sequence[Image.Image]) -> Image.Image:
    """The pages side by side, in few greys."""
    width = sum(page.width for page in pages) + GAP * (len(pages) - 1)
    whole = Image.new("L", (width, max(page.height for page in pages)), 0)
    for page, left in zip(pages, _lefts(pages), strict=True):
        whole.paste(page, (left, 0))
    step = 255 / (GREYS - 1)
    return whole.point([round(round(grey / step) * step) for grey in range(256)])


def save(picture: Image.Image, path: Path) -> None:
    """Write a sheet as a small PNG."""
    step = 255 / (GREYS - 1)
    indexed = picture.point([round(grey / step) for grey in range(256)])
    indexed.putpalette([round(number * step) for number in range(GREYS) for _ in "rgb"])
    path.parent.mkdir(parents=True, exist_ok=True)
    indexed.save(path, optimize=True, bits=4)


def load(path: Path) -> Image.Image:
    """A sheet as it was saved."""
    with Image.open(path) as picture:
        return picture.convert("L")


@dataclass(frozen=True, slots=True)
class Changed:
    """What looks different, as sentences, and a picture of it (see `_marked`)."""

    sentences: tuple[str, ...]
    difference: Image.Image


def change(expected: Image.Image, pages: Sequence[Image.Image], dpi: int) -> Changed | None:
    """What is different on pages from the sheet that is expected; None if they look the same."""
    actual = sheet(pages)
    if ImageChops.difference(expected, actual).getbbox() is None and expected.size == actual.size:
        return None
    if expected.size != actual.size:
        return Changed((_sizes(expected, actual, len(pages)),), actual)
    told: list[str] = []
    marked = _marked(expected, actual)
    for number, (page, left) in enumerate(zip(pages, _lefts(pages), strict=True), 1):
        box = (left, 0, left + page.width, page.height)
        verdict = compared(expected.crop(box), page)
        if not verdict.same:
            told += _sentences(verdict, number, dpi)
            _frame(marked, verdict, left)
    return Changed(tuple(told), marked) if told else None


def _lefts(pages: Sequence[Image.Image]) -> list[int]:
    """Where each page begins on a sheet."""
    return [sum(page.width + GAP for page in pages[:number]) for number in range(len(pages))]


def _sizes(expected: Image.Image, actual: Image.Image, count: int) -> str:
    return (
        f"  it has {count} pages, together {actual.width} x {actual.height} dots;"
        f" they were {expected.width} x {expected.height} dots"
    )


def _sentences(verdict: Verdict, number: int, dpi: int) -> Iterator[str]:
    def millimetres(dots: int) -> int:
        return round(dots * MILLIMETRES / dpi)

    for place in verdict.places[:MOST_TOLD]:
        width, height = place.right - place.left, place.bottom - place.top
        yield (
            f"  page {number}: {millimetres(width)} x {millimetres(height)} mm,"
            f" {millimetres(place.left)} mm from the left"
            f" and {millimetres(place.top)} mm from the top"
        )
    more = len(verdict.places) - MOST_TOLD
    yield (
        f"  page {number}: {f'{more} more places, ' if more > 0 else ''}"
        f"similarity {verdict.worst:.2f} (at least {LEAST}), on average {verdict.mean:.3f}"
    )


def _marked(expected: Image.Image, actual: Image.Image) -> Image.Image:
    """What is gone in red, what is new in blue, what stayed in black."""
    return Image.merge("RGB", (actual, ImageChops.darker(expected, actual), expected))


def _frame(marked: Image.Image, verdict: Verdict, left: int) -> None:
    draw = ImageDraw.Draw(marked)
    for place in verdict.places:
        box = (left + place.left - 2, place.top - 2, left + place.right + 1, place.bottom + 1)
        draw.rectangle(box, outline=(230, 120, 0))
