"""Lines from right to left, drawn so that programs read them as they were written.

A PDF has no order of reading inside a line: poppler, on which many viewers and searches
stand, finds words by the gaps between glyphs and turns a line round by the kinds of its
characters. That goes wrong in Arabic in three ways, mended here without a visible change:

- A number, comma or full stop draws the space behind it to its other side. An empty glyph
  that says RIGHT-TO-LEFT MARK, at the left of it, ends what is read from left to right.
- A gap between two letters (in 'more') is read as a space. It is kept under a tenth of the
  type size; the letter moves by a few hundredths.
- A vowel sign stands over its letter, or beside it, and is read before or after it as it
  happens. An empty glyph that says the sign stands at the letter's left edge, and the sign
  that is seen says a mark of direction only.

Owns the order of glyphs in content streams; what a glyph says is in `write.pdf_text`.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from pikepdf import Pdf

from stepwell.write.pdf_contents import contents
from stepwell.write.pdf_glyphs import LINE, MARK, Font, Glyph, font_of, give, read, written
from stepwell.write.pdf_text import fonts, is_mark, is_right_to_left, said_by, streams

HAIR = 20.0
"""A distance nobody sees, in thousandths of the type size; in it one glyph is before another."""
WIDEST = 95.0
"""The widest gap that is no space to poppler, in the same unit: less than a tenth."""
AFTER_CUT = 25.0
"""The same beside a letter with a sign, where poppler has begun another piece."""


def arrange(pdf: Pdf, texts: Mapping[tuple[int, int], str]) -> str:
    """Arrange all lines of a document in which most letters run from right to left.

    `texts` are those of marked contents by number of the page and MCID. Returns what has to
    go before a text that stands for glyphs: nothing, if the document was left as it is.
    """
    if not _mostly_right(texts.values()):
        return ""
    used = {code for _, font in fonts(pdf) for code in said_by(font)}
    known = {name.encode(): font_of(font, used) for name, font in fonts(pdf)}
    for name, font in fonts(pdf):
        made = known[name.encode()]
        give(font, made)
    of_pages = {page.obj.Contents.objgen: number for number, page in enumerate(pdf.pages)}
    for stream in streams(pdf):
        number = of_pages.get(stream.objgen, -1)
        said = {mcid: text for (page, mcid), text in texts.items() if page == number}
        stream.write(_rewritten(stream.read_bytes(), known, said))
    return MARK


def _mostly_right(texts: Iterable[str]) -> bool:
    """Whether more letters run from right to left than from left to right."""
    found = Counter("".join(texts))
    right = sum(count for letter, count in found.items() if is_right_to_left(letter))
    left = sum(n for letter, n in found.items() if unicodedata.bidirectional(letter) == "L")
    return right > left


def _rewritten(stream: bytes, known: Mapping[bytes, Font], texts: Mapping[int, str]) -> bytes:
    """A stream with its lines arranged; the text of a content that is one line is known."""
    whole = [(found.body, found.close, texts.get(found.mcid, "")) for found in contents(stream)]
    font: Font | None = None

    def line(match: re.Match[bytes]) -> bytes:
        nonlocal font
        if match[1]:
            font = known.get(match[1])
        if match[1] or font is None:
            return match[0]
        glyphs, end = read(match[0], font)
        text = next((text for body, close, text in whole if body <= match.start() < close), "")
        return written(_signed(_bounded(_closed(glyphs), font), font, text), end)

    return LINE.sub(line, stream)


def _closed(glyphs: list[Glyph]) -> list[Glyph]:
    """No gap between two letters is as wide as a space; what stands at a letter goes with it."""
    if not _has_gap(glyphs):
        return glyphs
    found: list[Glyph] = []
    before: Glyph | None = None
    cut = False
    for others, letter in _columns(glyphs):
        shift, cuts = 0.0, bool(others)
        if before is not None and before.kind == letter.kind == "right":
            shift = max(0.0, letter.x - before.end - (AFTER_CUT if cut or cuts else WIDEST))
        moved = (*others, letter)
        found += [one._replace(x=one.x - shift) for one in moved] if shift else moved
        before, cut = found[-1], cuts
    return found


def _has_gap(glyphs: list[Glyph]) -> bool:
    """Whether any two glyphs that have a width stand apart."""
    end = math.inf
    for glyph in glyphs:
        if glyph.width and glyph.kind != "mark":
            if glyph.x - end > AFTER_CUT:
                return True
            end = glyph.x + glyph.width
    return False


def _columns(glyphs: list[Glyph]) -> Iterator[tuple[list[Glyph], Glyph]]:
    """Each glyph that has a width, with signs and later letters, drawn before it at its place."""
    waiting: list[Glyph] = []
    for glyph in glyphs:
        if glyph.kind == "mark" or not glyph.width:
            waiting.append(glyph)
        else:
            yield waiting, glyph
            waiting = []
    for glyph in waiting:
        yield [], glyph


def _bounded(glyphs: list[Glyph], font: Font) -> list[Glyph]:
    """A mark at the left of each part of a line that is read from left to right."""
    kinds = {glyph.kind for glyph in glyphs}
    if not font.can_say(MARK):
        return glyphs
    if "right" not in kinds and any(map(_is_strong, glyphs)):
        return [font.says(MARK, glyphs[0].x - HAIR), *glyphs]
    found: list[Glyph] = []
    inside = False
    for place, glyph in enumerate(glyphs):
        inner = _is_strong(glyph) or (inside and _goes_on(glyphs[place:]))
        if (inner and not inside) or (glyph.kind == "number" and not inner):
            found.append(font.says(MARK, glyph.x - HAIR))
        inside = inner
        found.append(glyph)
    return found


def _is_strong(glyph: Glyph) -> bool:
    """Whether it is a digit or letter that is read from left to right; a comma is not."""
    return glyph.kind in ("left", "number") and glyph.text.isalnum()


def _goes_on(glyphs: list[Glyph]) -> bool:
    """Whether a part goes on after signs: next comes neither the end nor another direction."""
    following = (glyph for glyph in glyphs if glyph.kind == "right" or _is_strong(glyph))
    return (glyph := next(following, None)) is not None and glyph.kind != "right"


def _signed(glyphs: list[Glyph], font: Font, text: str) -> list[Glyph]:
    """Each vowel sign is said beside its letter, and only seen where it stands.

    So are the later letters of a glyph that was drawn for two: what is said at one place
    stands side by side, a hair apart, in the order of the line.
    """
    if not any(_lies_on_another(glyph) for glyph in glyphs):
        return glyphs
    places = _by_text(glyphs, text)
    if places is None:
        places = _by_place(glyphs)
    if not all(map(font.can_say, places.values())):
        return glyphs
    found: list[Glyph] = []
    said: list[Glyph] = []  # at one place, in the order of reading
    for number in reversed(range(len(glyphs))):
        glyph = glyphs[number]
        if glyph.kind == "mark":
            found.append(glyph._replace(silent=True))
            continue
        if glyph.width or glyph.kind != "right" or glyph.text == MARK:
            found, said = found + said, []
        place = said[0].x if said else glyph.x
        said.append(glyph._replace(x=place - HAIR * len(said)))
        for sign in places.get(number, ""):
            said.append(font.says(sign, place - HAIR * len(said)))
    return (found + said)[::-1]


def _lies_on_another(glyph: Glyph) -> bool:
    """Whether it is a sign, or the later letter of a glyph that was drawn for two."""
    return glyph.kind == "mark" or (
        not glyph.width and glyph.kind == "right" and glyph.text != MARK
    )


def _by_place(glyphs: list[Glyph]) -> dict[int, str]:
    """Number of a letter -> its signs: those that are drawn before it."""
    found, waiting = dict[int, str](), ""
    for number, glyph in enumerate(glyphs):
        if glyph.kind == "mark":
            waiting = glyph.text + waiting
        elif waiting:
            found[number], waiting = waiting, ""
    return found


def _by_text(glyphs: list[Glyph], text: str) -> dict[int, str] | None:
    """The same by the text of the line; None if the glyphs do not say its letters.

    Where one glyph was drawn for two letters, only the text tells whose a sign is.
    """
    holders = [(n, letter) for n in _in_order(glyphs) for letter in glyphs[n].text]
    holders = [(n, letter) for n, letter in holders if not letter.isspace() and letter != MARK]
    found, read = dict[int, str](), 0
    for letter in unicodedata.normalize("NFC", text):
        if is_mark(letter) and read:
            number = holders[read - 1][0]
            found[number] = found.get(number, "") + letter
        elif not (letter.isspace() or unicodedata.category(letter) == "Cf"):
            if read == len(holders) or holders[read][1] != letter:
                return None
            read += 1
    return found if read == len(holders) else None


def _in_order(glyphs: list[Glyph]) -> Iterator[int]:
    """Numbers of the glyphs that say a letter, in the order in which the line is read."""
    place = len(glyphs) - 1
    said = [glyph.kind for glyph in glyphs]
    while place >= 0:
        if said[place] not in ("left", "number"):
            if said[place] != "mark":
                yield place
            place -= 1
            continue
        begin = place
        while begin > 0 and said[begin - 1] not in ("right", "mark"):
            begin -= 1
        yield from range(begin, place + 1)
        place = begin - 1
