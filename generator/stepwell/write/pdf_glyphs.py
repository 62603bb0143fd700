"""Glyphs of a line as values: read from a content stream, and written to it again.

Places and widths are in thousandths of the type size, as in the stream.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple

from stepwell.write.pdf_text import free_codes, is_mark, said_by, tell, tell_empty

MARK = "\u200f"  # RIGHT-TO-LEFT MARK
LINE = re.compile(rb"/(\w+) [\d.]+ Tf|(?:(?:-?[\d.]+ Ts|\[[^\]]*\] TJ)\s*)+")
"""What chooses a font, or shows a line or a part of it in one font."""

_PART = re.compile(rb"(-?[\d.]+) Ts|\[([^\]]*)\] TJ")
_SHOWN = re.compile(rb"<([0-9a-f]*)>|(-?[\d.]+)")
_CODE = re.compile(rb"[0-9a-f]{4}")
_NUMBERS = ("EN", "ES", "ET", "AN", "CS")
_RIGHT = ("R", "AL")


class Glyph(NamedTuple):
    """A glyph in a line: its code, what it says, its place and width in thousandths of the
    type size, and how far it is raised. A `silent` one is only seen.
    """

    code: bytes
    text: str
    x: float
    width: float
    rise: float = 0
    silent: bool = False

    @property
    def end(self) -> float:
        """Where the next glyph would stand."""
        return self.x + self.width

    @property
    def kind(self) -> str:
        """`mark`, `right`, `number`, `left` or `neutral`: how readers take it."""
        return _kind(self.text)


@lru_cache(maxsize=4096)
def _kind(text: str) -> str:
    if _only_marks(text):
        return "mark"
    found = {unicodedata.bidirectional(letter) for letter in text}
    for kind, classes in (("right", _RIGHT), ("left", ("L",)), ("number", _NUMBERS)):
        if found.intersection(classes):
            return kind
    return "neutral"


@dataclass(frozen=True, slots=True)
class Font:
    """What is needed of a font: texts and widths by code, and empty glyphs by text.

    A font with hardly any glyphs may lack room for empty ones.
    """

    texts: Mapping[bytes, str]
    widths: Mapping[bytes, float]
    empty: Mapping[str, bytes]

    def can_say(self, text: str) -> bool:
        """Whether it has an empty glyph for each character."""
        return all(letter in self.empty for letter in text)

    def says(self, text: str, x: float) -> Glyph:
        """An empty glyph that says something at a place."""
        return Glyph(self.empty[text], text, x, 0)


def font_of(font: Any, used: Container[bytes]) -> Font:
    """What a font of a PDF says, and what it shall say by empty glyphs: marks and signs."""
    texts = said_by(font)
    marks = {mark for text in texts.values() if _only_marks(text) for mark in text}
    wanted = sorted({MARK, *marks})
    empty = dict(zip(wanted, free_codes(texts, used), strict=False))
    return Font(texts, _widths(font), empty)


def _only_marks(text: str) -> bool:
    return bool(text) and all(map(is_mark, text))


def _widths(font: Any) -> dict[bytes, float]:
    """Code -> width, from runs of (first code, widths)."""
    flat = list(font.DescendantFonts[0].W)
    found = {}
    for first, widths in zip(flat[::2], flat[1::2], strict=True):
        for place, width in enumerate(widths):
            found[b"%04x" % (int(first) + place)] = float(width)
    return found


def give(font: Any, made: Font) -> None:
    """Tell a font of its empty glyphs, and that its signs say no letter by themselves.

    They say a mark: a code without any text is taken for a forgotten one.
    """
    signs = {code: text for code, text in made.texts.items() if _only_marks(text)}
    silent = {code: MARK for code, text in signs.items() if made.can_say(text)}
    tell(font, silent)
    tell_empty(font, made.empty)


def lines(content: bytes, known: Mapping[bytes, Font]) -> Iterator[tuple[Font, bytes]]:
    """Each line, or part of a line in one font, with that font."""
    font = None
    for match in LINE.finditer(content):
        if match[1]:
            font = known.get(match[1])
        elif font:
            yield font, match[0]


def read(shown: bytes, font: Font) -> tuple[list[Glyph], float]:
    """The glyphs of a line in the order in which they are drawn, and where it ends."""
    glyphs, x, rise = [], 0.0, 0.0
    for part in _PART.finditer(shown):
        if part[1]:
            rise = float(part[1])
        for piece in _SHOWN.finditer(part[2] or b""):
            if piece[2]:
                x -= float(piece[2])
                continue
            for code in _CODE.findall(piece[1]):
                width = font.widths.get(code, 0.0)
                glyphs.append(Glyph(code, font.texts.get(code, ""), x, width, rise))
                x += width
    return glyphs, x


def written(glyphs: list[Glyph], end: float) -> bytes:
    """The operators that draw some glyphs, ending where the line ended."""
    lines, x, rise = [], 0.0, 0.0
    for (silent, raised), group in groupby(glyphs, lambda glyph: (glyph.silent, glyph.rise)):
        parts = []
        for glyph in group:
            if abs(glyph.x - x) > 0.01:
                parts.append(b"%s" % _number(x - glyph.x))
            parts.append(b"<%s>" % glyph.code)
            x = glyph.end
        if raised != rise:
            lines.append(b"%s Ts" % _number(raised))
            rise = raised
        shown = b"[%s] TJ" % b"".join(parts).replace(b"><", b"")
        lines.append(b"/Span <</ActualText ()>> BDC\n%s\nEMC" % shown if silent else shown)
    if rise:
        lines.append(b"0 Ts")
    if abs(end - x) > 0.01:
        lines.append(b"[%s] TJ" % _number(x - end))
    return b"\n".join(lines) + b"\n"


def _number(value: float) -> bytes:
    return f"{value:.2f}".rstrip("0").rstrip(".").encode()
