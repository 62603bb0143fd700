"""What the glyphs of a PDF say when its text is copied, searched or read. Owns: ToUnicode.

A PDF tells for each glyph of a font which characters it stands for. For Arabic
WeasyPrint 70 tells it wrongly in two cases. Where letters and a mark are drawn
together (in 'except'), the mark is told to be all of them and the letters
nothing, and so for the whole document: after one 'except', each 'not' of the
page is lost. `GlyphTexts` gives letters to letters and marks to marks. And one
glyph of two letters (in 'not') comes out reversed in half of the readers, which
turn right-to-left lines round glyph by glyph or letter by letter:
`split_ligatures` lets each glyph stand for one letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterator, Mapping
from functools import lru_cache
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

# Devanagari to Myanmar, and Khmer: vowel signs before their letters, letters that melt together.
_COMPLEX = re.compile("[\u0900-\u109f\u1780-\u17ff]")
# Spaces that most readers make ordinary ones of: before a French colon, between number and unit.
_RARE_SPACE = re.compile("[\u00a0\u2009\u202f]")
_PAIR = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]*)>")
_FONT_OR_TEXT = re.compile(rb"/(\w+) [\d.]+ Tf|\[[^\]]*\] TJ")
_STRING = re.compile(rb"<[0-9a-f]*>")
_CODE = re.compile(rb"[0-9a-f]{4}")


@lru_cache(maxsize=4096)
def is_right_to_left(text: str) -> bool:
    """True when a text has letters that are written from right to left."""
    return not text.isascii() and any(
        unicodedata.bidirectional(letter) in ("R", "AL") for letter in text
    )


def is_reordered(text: str) -> bool:
    """True when glyphs may not stand in the order of letters, or not for one letter each."""
    return is_right_to_left(text) or _COMPLEX.search(text) is not None


def is_said_otherwise(text: str) -> bool:
    """True when readers would not get a text as it was written from its glyphs in their order.

    From right to left they do: there, readers would turn round what is in order already.
    """
    return not is_right_to_left(text) and bool(is_reordered(text) or _RARE_SPACE.search(text))


class FontTexts(dict[Any, Any]):
    """The fonts of a document by WeasyPrint's key; each gets `GlyphTexts` when it is added."""

    def __setitem__(self, key: Any, font: Any) -> None:
        font.to_unicode = GlyphTexts()
        super().__setitem__(key, font)


class GlyphTexts(dict[int, str]):
    """Glyph -> its text, for a WeasyPrint font that is being drawn.

    WeasyPrint asks of each glyph whether it is known, and if not, says the text
    of its cluster with the first glyph in visual order, and '' with the others.
    Here none is ever known, so that whole clusters are heard.
    """

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self._glyphs: list[int] = []
        self._waiting: list[int] = []

    def __contains__(self, glyph: object) -> bool:
        return False

    def __setitem__(self, glyph: int, text: str) -> None:
        if text:
            self._text, self._glyphs = text, [glyph]
            if is_right_to_left(text):
                super().__setitem__(glyph, unicodedata.normalize("NFC", text))
            else:
                self._keep_first(glyph, text)
        elif is_right_to_left(self._text):
            self._glyphs.append(glyph)
            self._share_out()
        else:
            self._keep_first(glyph, text)

    def _keep_first(self, glyph: int, text: str) -> None:
        """From left to right the last glyph of a cluster has the text, those before it a sign."""
        if not text:
            self._waiting.append(glyph)
            return
        for known, said in (*((other, text[-1]) for other in self._waiting), (glyph, text)):
            if not self.get(known):
                super().__setitem__(known, said)
        self._waiting = []

    def _share_out(self) -> None:
        """Give the letters of a cluster to the glyph that is read first, marks to the others."""
        first, *others = reversed(self._glyphs)
        text = unicodedata.normalize("NFC", self._text)
        marks = [letter for letter in text if is_mark(letter)]
        super().__setitem__(first, "".join(letter for letter in text if letter not in marks))
        for place, glyph in enumerate(others):
            last = place == len(others) - 1
            said = "".join(marks[place:] if last else marks[place : place + 1])
            if len(others) == 1 or not self.get(glyph):
                super().__setitem__(glyph, said)


def split_ligatures(pdf: Pdf) -> None:
    """Let each right-to-left glyph stand for one letter.

    Before a glyph of several letters the later ones are put, each as an empty
    glyph without width: fonts of WeasyPrint keep the numbers of glyphs, so
    numbers that are not used are such glyphs.
    """
    tables = {name: (font, said_by(font)) for name, font in fonts(pdf)}
    used = {code for _, texts in tables.values() for code in texts}
    plans = {}
    for name, (font, texts) in tables.items():
        if plan := _split(font, texts, used):
            plans[name.encode()] = plan
    for stream in streams(pdf) if plans else ():
        stream.write(_rewritten(stream.read_bytes(), plans))


@lru_cache(maxsize=4096)
def is_mark(letter: str) -> bool:
    """Whether a character is a sign on another one."""
    return unicodedata.category(letter).startswith("M")


def fonts(pdf: Pdf) -> Iterator[tuple[str, Any]]:
    """Names and dictionaries of the fonts, which all pages share."""
    fonts = pdf.pages[0].obj.Resources.get("/Font", Dictionary())
    for name, font in sorted(dict(fonts).items()):
        if font.get("/Subtype") == Name.Type0 and "/ToUnicode" in font:
            yield name.removeprefix("/"), font


def streams(pdf: Pdf) -> Iterator[Any]:
    """All streams that can show text: of pages, and of forms that they place."""
    yield from (page.obj.Contents for page in pdf.pages)
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == Name.Form:
            yield thing


def said_by(font: Any) -> dict[bytes, str]:
    """Code (four hexadecimal digits) -> text, as the font says."""
    _, _, table = font.ToUnicode.read_bytes().partition(b"endcodespacerange")
    pairs = _PAIR.findall(table)
    return {code: bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}


def _split(font: Any, texts: Mapping[bytes, str], used: set[bytes]) -> dict[bytes, bytes]:
    """Code -> the codes that take its place; the font is told of the new ones."""
    joined = {code: text for code, text in texts.items() if len(text) > 1}
    joined = {code: text for code, text in joined.items() if is_right_to_left(text[0])}
    later = sorted({letter for text in joined.values() for letter in text[1:]})
    empty = dict(zip(later, free_codes(texts, used), strict=False))
    if not joined or len(empty) < len(later):
        return {}
    tell(font, {code: text[0] for code, text in joined.items()})
    tell_empty(font, empty)
    return {
        code: b"".join(empty[letter] for letter in reversed(text[1:])) + code
        for code, text in joined.items()
    }


def free_codes(texts: Mapping[bytes, str], used: Container[bytes]) -> Iterator[bytes]:
    """Codes of a font whose glyphs are empty: those below its last that nothing uses."""
    last = int(max(texts, default=b"0"), 16)
    return (code for number in range(1, last) if (code := b"%04x" % number) not in used)


def tell_empty(font: Any, codes: Mapping[str, bytes]) -> None:
    """Let empty glyphs of a font, which have no width, say each its text."""
    tell(font, {code: text for text, code in codes.items()})
    for code in codes.values():
        font.DescendantFonts[0].W.extend([int(code, 16), Array([0])])


def tell(font: Any, texts: Mapping[bytes, str]) -> None:
    """Put the texts of some codes into the font's table, instead of what it said of them."""
    table = font.ToUnicode.read_bytes()
    for code, text in texts.items():
        line = b"<%s> <%s>" % (code, text.encode("utf-16-be").hex().encode())
        table, found = re.subn(rb"<%s> <[0-9a-f]*>" % code, line, table)
        if not found:
            added = b"1 beginbfchar\n%s\nendbfchar\nendcmap" % line
            table = table.replace(b"endcmap", added)
    font.ToUnicode.write(table)


def _rewritten(content: bytes, plans: Mapping[bytes, Mapping[bytes, bytes]]) -> bytes:
    """A content stream in which the texts of the fonts in `plans` are shown by other codes."""

    plan: Mapping[bytes, bytes] = {}

    def string(match: re.Match[bytes]) -> bytes:
        return _CODE.sub(lambda code: plan.get(code[0], code[0]), match[0])

    def shown(match: re.Match[bytes]) -> bytes:
        nonlocal plan
        if match[1]:
            plan = plans.get(match[1], {})
        return match[0] if match[1] or not plan else _STRING.sub(string, match[0])

    return _FONT_OR_TEXT.sub(shown, content)
