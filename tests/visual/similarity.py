"""How alike two pictures of a page are, and where they are not. Owns: numpy.

The same page drawn by another program or version differs a little: edges are smoothed otherwise,
a letter stands half a dot further. Nobody sees that. What people would see (a line that moved,
another digit, a box over a text) changes the structure of a small place. So structural similarity
(SSIM) is measured in small windows, and the least one decides: a digit is lost in a page's mean.

Four things make this blind for the first and sharp for the second. Pages are drawn larger and
reduced through a soft filter (`reduced`), so that the way of smoothing edges matters little. A
window may find its place half a dot away. It is no larger than a letter. And contrast that is
fainter than print does not count.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

Rows = NDArray[np.float64]
"""Rows of values: grey from 0 (black) to 255, or the similarity of the window around each dot."""

LEAST = 0.75
"""Of any window. Another way to draw left 0.78 or more, another digit 0.72 or less."""
LEAST_MEAN = 0.975
"""Of all windows of a page. Another way to draw left 0.992 or more."""
WINDOW = 5  # dots, the height of a small letter (`printing.DPI` makes it so)
BRIGHTNESS, CONTRAST = 6.5, 1500.0  # the constants of SSIM; the usual 58.5 would count faint noise
SOFT = 0.6  # dots, the width of the filter
_STEPS = (0, -0.25, 0.25, -0.5, 0.5)
SHIFTS = sorted(product(_STEPS, _STEPS), key=lambda at: at[0] ** 2 + at[1] ** 2)
"""Where a window looks for its place, in dots, the nearest first."""
NEAR, HOPELESS = (0.25, 0.25), 0.4
"""No window that is less alike than this, when all places this near were tried, finds its own."""
BLOCK = 8  # dots; what differs within a block or in neighbours is one place


@dataclass(frozen=True, slots=True)
class Place:
    """A part of a page that looks different, in dots from the left and from the top."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """The similarity of the worst window and of all on average, and the places that differ."""

    worst: float
    mean: float
    places: tuple[Place, ...]

    @property
    def same(self) -> bool:
        """Whether people would say that it is the same page."""
        return self.worst >= LEAST and self.mean >= LEAST_MEAN


def reduced(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """A grey image of another size, through a filter that leaves nothing finer than its dots."""
    soft = ImageFilter.GaussianBlur(SOFT * image.width / size[0])
    return image.convert("L").filter(soft).resize(size, Image.Resampling.BOX)


def compared(expected: Image.Image, actual: Image.Image) -> Verdict:
    """How alike two grey images of one size are."""
    before, after = (np.asarray(image, dtype=np.float64) for image in (expected, actual))
    known = Windows.of(before)
    best = np.full(before.shape, -1.0)
    for down, right in SHIFTS:
        moved = _moved(_moved(after, down, axis=0), right, axis=1)
        best = np.maximum(best, known.similarity(moved))
        like = best.min() >= LEAST and best.mean() >= LEAST_MEAN
        if like or ((down, right) == NEAR and best.min() < HOPELESS):
            break
    return Verdict(float(best.min()), float(best.mean()), tuple(_places(best < LEAST)))


@dataclass(frozen=True, slots=True)
class Windows:
    """The windows of a page, with their mean and spread."""

    rows: Rows
    mean: Rows
    spread: Rows

    @classmethod
    def of(cls, rows: Rows) -> Windows:
        """The windows around each dot of a page."""
        mean = _windows(rows)
        return cls(rows, mean, _windows(rows * rows) - mean**2)

    def similarity(self, rows: Rows) -> Rows:
        """SSIM of each window with that of another page: 1 if equal, below 0 if opposed."""
        other = Windows.of(rows)
        common = _windows(self.rows * rows) - self.mean * other.mean
        means = self.mean**2 + other.mean**2
        brightness = (2 * self.mean * other.mean + BRIGHTNESS) / (means + BRIGHTNESS)
        structure = (2 * common + CONTRAST) / (self.spread + other.spread + CONTRAST)
        similar: Rows = brightness * structure
        return similar


def _windows(rows: Rows) -> Rows:
    """The mean of the window around each dot."""
    summed = np.pad(np.pad(rows, WINDOW // 2, mode="edge").cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    size = WINDOW
    total: Rows = (
        summed[size:, size:]
        - summed[:-size, size:]
        - summed[size:, :-size]
        + summed[:-size, :-size]
    )
    return total / size**2


def _moved(rows: Rows, by: float, axis: int) -> Rows:
    """Rows moved by a part of a dot, with a smooth curve through the dots around (Catmull-Rom)."""
    if not by:
        return rows
    far = abs(by)
    weights = (
        (-far + 2 * far**2 - far**3) / 2, (2 - 5 * far**2 + 3 * far**3) / 2,
        (far + 4 * far**2 - 3 * far**3) / 2, (far**3 - far**2) / 2,
    )  # fmt: skip
    towards = 1 if by > 0 else -1
    moved: Rows = sum(
        (weight * np.roll(rows, towards * step, axis) for step, weight in enumerate(weights, -1)),
        start=np.zeros_like(rows),
    )
    return moved


def _places(different: NDArray[np.bool_]) -> Iterator[Place]:
    """The places of the dots that are different, from the top; what touches is one place."""
    rows, columns = (found // BLOCK for found in np.nonzero(different))
    waiting = set(zip(rows.tolist(), columns.tolist(), strict=True))
    while waiting:
        yield _place(_touching(min(waiting), waiting))


def _touching(first: tuple[int, int], waiting: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """The blocks that hang together with the first one. They are taken out of `waiting`."""
    found = [first]
    waiting.discard(first)
    for row, column in found:
        around = set(product((row - 1, row, row + 1), (column - 1, column, column + 1))) & waiting
        waiting -= around
        found += around
    return found


def _place(blocks: Sequence[tuple[int, int]]) -> Place:
    rows, columns = zip(*blocks, strict=True)
    left, top = (min(columns) * BLOCK, min(rows) * BLOCK)
    return Place(left, top, (max(columns) + 1) * BLOCK, (max(rows) + 1) * BLOCK)
