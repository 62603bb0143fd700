"""Entries side by side in columns of about the same height, in the order of reading. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markupsafe import Markup

from stepwell.render.panels import lines

_BLOCK = re.compile(r"<(?:p|li|div|h3|br)\b[^>]*>")


def height(html: Markup, letters: int) -> int:
    """The lines that a piece of HTML takes in a column of so many letters, block by block."""
    blocks = (Markup(block) for block in _BLOCK.split(html))
    return sum(lines(block, letters) for block in blocks if block.striptags())


def columns(entries: Sequence[Markup], count: int, letters: int) -> list[list[Markup]]:
    """The entries in at most so many columns, the tallest of which is as low as can be."""
    tall = [height(entry, letters) + 1 for entry in entries]
    for most in range(max(tall, default=0), sum(tall) + 1):
        packed = _packed(entries, tall, most)
        if len(packed) <= count:
            return packed
    return []


def _packed(entries: Sequence[Markup], tall: Sequence[int], most: int) -> list[list[Markup]]:
    """Columns of at most so many lines, each filled before the next one."""
    made: list[list[Markup]] = []
    left = 0
    for entry, lines_of_it in zip(entries, tall, strict=True):
        if not made or lines_of_it > left:
            made.append([])
            left = most
        made[-1].append(entry)
        left -= lines_of_it
    return made
