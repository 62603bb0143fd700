"""How dense a paper must be set so that it fits, told before it is laid out.

A layout takes nearly all of the time that a paper takes, so one that is too long should not
be laid out first to be seen to be so. Lines are counted here as `leaflet.css` sets them:
columns, leading and gaps, without fonts. Real papers come out within 6% of it. An estimate
that errs costs a second layout, or a paper a little denser than it had to be.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from stepwell.advance import advance

DENSER = ("tight", "denser", "shorter")
"""Classes for the body of what is too long, the next one where the first does not suffice."""
PARTED = "parted"
"""Class for what is too long even then: what is kept whole is parted, but no sentence of it."""
MILLIMETRE = 72 / 25.4
SHEET = 2
"""Pages of a paper that is one sheet."""
SIZE = 12.0
"""Points of the type of a leaflet."""

_LOST = 0.925
"""The part of two pages that can be filled: what may not be parted leaves some of the first."""
_ALONE = (1.0, 0.935, 0.945, 0.945)
"""The same of one page, by density: what is set closer is told a little too low."""
_SURE, _SURE_AIRY = 1.06, 1.02
"""How much too long a paper must seem before the last class, which leaves something out."""
_HEIGHTS = {"A4": 297.0, "letter": 279.4}
_WIDTHS = {"A4": 185.0, "letter": 190.9}
_REGULAR = 0.86
"""How wide regular letters are beside the bold ones that `advance` knows."""
_FACTORS = {"zh": 0.98, "hi": 0.78, "ar": 0.84, "uk": 0.885}
_UNEVEN = 4.0
"""Points by which two items beside each other are higher than they seem: their lines are short."""
_SAID = 0.36
"""How much of the width a list of short sentences has in a long text."""
_RAGGED = 1.0
"""How much of a line stays empty on average, because words are not broken."""
_LEADING = {"hi": (1.42, 1.34, 1.27, 1.27), "zh": (1.5, 1.4, 1.28, 1.28)}
_LEADING_AIRY = {"hi": (1.5, 1.34, 1.27, 1.27), "zh": (1.6, 1.4, 1.28, 1.28)}
_LEADING_ELSE, _LEADING_AIRY_ELSE = (1.23, 1.17, 1.13, 1.13), (1.36, 1.25, 1.15, 1.13)
_HEADING, _HEADING_AIRY = (9.1, 6.0, 2.8, 2.8), (14.7, 9.1, 5.7, 5.7)
_ITEM, _ITEM_AIRY = (1.6, 0.8, 0.3, 0.2), (3.4, 2.0, 1.2, 0.6)
_FILL = (22.7, 14.2, 14.2, 8.5)
_UNSEEN = {"running-foot", "running-danger", "spare", "blank"}
_BLOCKS = {"whole"}
_WHOLE = {"keep", "worse"}
_DROPPED = {"notes", "net"}
_MARGIN = re.compile(r"margin-(top|bottom): ([\d.]+)mm")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Setting:
    """How a paper is set, in points: leading, the gaps of headings and items, lines to fill in."""

    language: str
    leading: float
    heading: float
    item: float
    fill: float
    density: int

    def lines(self, text: str, width: float) -> float:
        """How high a text is in a column so many sizes of type wide."""
        wide = advance(text) * _FACTORS.get(self.language, _REGULAR)
        full = 1 if wide <= width else math.ceil(wide / max(width - _RAGGED, 1))
        return full * SIZE * self.leading


def setting(language: str, airy: bool, density: int) -> Setting:
    """What `leaflet.css` and `sheets.css` say of a paper that is set so dense (0 to 3)."""
    leading = (_LEADING_AIRY if airy else _LEADING).get(
        language, _LEADING_AIRY_ELSE if airy else _LEADING_ELSE
    )
    heading, item = (_HEADING_AIRY, _ITEM_AIRY) if airy else (_HEADING, _ITEM)
    return Setting(
        language, leading[density], heading[density], item[density], _FILL[density], density
    )


def set_densely(root: Any, styles: Sequence[str]) -> None:
    """Give the body of a paper of two pages the classes with which it is likely to fit.

    `root` is its HTML, `styles` its style sheets; what these do not set denser stays as it is.
    """
    body = root.find("body")
    if body is not None and any(f".{DENSER[0]} " in text for text in styles):
        names = body.get("class", "").split()
        more = DENSER[: needed(root, styles)]
        body.set("class", " ".join([*names, *(name for name in more if name not in names)]))


def needed(root: Any, styles: Sequence[str]) -> int:
    """How many of the classes `DENSER` a paper of two pages needs, as far as can be told."""
    body, language = root.find("body"), root.get("lang", "")
    names = body.get("class", "").split()
    paper = "A4" if any("size: A4" in text for text in styles) else "letter"
    width, room = _WIDTHS[paper] * MILLIMETRE / SIZE, _room(styles, paper)
    airy, first = "airy" in names, sum(name in DENSER for name in names)
    for density in range(first, len(DENSER)):
        how = setting(language, airy, density)
        if _fits(body, how, width, room, _spared(body, airy) if density == 2 else 1.0):
            return density
    return len(DENSER)


def _spared(body: Any, airy: bool) -> float:
    """How much too long a paper must seem before something is left out for an estimate."""
    found = [_names(element) for element in body.iter() if _kind(element)]
    loses = any("net" in names for names in found) or sum("place" in n for n in found) > 1
    return _SURE if loses else _SURE_AIRY if airy else 1.0


def _room(styles: Sequence[str], paper: str) -> tuple[float, float]:
    """The points of height of the first page, and of the second."""
    margins = {side: float(most) for text in styles for side, most in _MARGIN.findall(text)}
    free = _HEIGHTS[paper] - margins.get("bottom", 27)
    return (free - 9) * MILLIMETRE, (free - margins.get("top", 28.5)) * MILLIMETRE


def _fits(body: Any, how: Setting, width: float, room: tuple[float, float], spared: float) -> bool:
    """Whether all fits on two pages, and what begins the second one (`practice`) on that."""
    before, after, part = 0.0, 0.0, 0
    for element in _elements(body):
        part = part or int("practice" in _names(element) and how.density < len(DENSER))
        high = height(element, width, how)
        before, after = (before, after + high) if part else (before + high, after)
    if part:
        return before <= room[0] * _ALONE[how.density] * spared and after <= room[1]
    after = _on_the_second(body, how, width, room[0])
    return before <= sum(room) * _LOST * spared and after <= room[1] * spared


def _on_the_second(body: Any, how: Setting, width: float, room: float) -> float:
    """How much stands on the second page, when what may not be parted goes there whole."""
    first, second = 0.0, 0.0
    for element in _elements(body):
        high = height(element, width, how)
        if second or (first + high > room and _names(element) & _WHOLE and how.density < 3):
            second += high
        else:
            first, second = min(first + high, room), max(first + high - room, 0.0)
    return second


def height(element: Any, width: float, how: Setting) -> float:
    """About how many points high an element is, in a column so many sizes of type wide."""
    names = _names(element)
    if names & _UNSEEN or (how.density == len(DENSER) and names & _DROPPED):
        return 0.0
    kind = element.tag.rpartition("}")[2]
    if kind in _BY_KIND:
        return _BY_KIND[kind](element, width, how)
    if "writing-line" in names:
        return 8.4 * MILLIMETRE
    if "pair" in names:
        return max((height(*half, how) for half in _halves(element, width, how)), default=0)
    if names & {"worse-text", "intro"}:
        inside = _worse(list(_elements(element)), element, width, how)
        return inside + (3.2 * MILLIMETRE if "worse-text" in names else 0)
    if "crisis" in names and how.language != "zh":
        return how.lines(_words(element), width - 1.5) + 4.8 * MILLIMETRE
    return _below(element, width, how) + _around(names, how)


def _halves(element: Any, width: float, how: Setting) -> Iterator[tuple[Any, float]]:
    """What stands beside each other, and how wide it is; `said` is narrower in a long text."""
    halves = list(_elements(element))
    said = [how.density >= 2 and "said" in _names(half) for half in halves]
    for half, narrow in zip(halves, said, strict=True):
        yield half, width * (_SAID if narrow else 1 - _SAID if any(said) else 0.5) - 1


def _worse(inner: list[Any], element: Any, width: float, how: Setting) -> float:
    """Two columns, but what is by itself is not parted: a paragraph, or a list in a long text."""
    alone = ("p", "ul") if how.density >= 2 and "worse-text" in _names(element) else ("p",)
    if len(inner) == 1 and _kind(inner[0]) in alone:
        return height(inner[0], min(width - 1.5, 33), how)
    return _in_columns(element, width / 2 - 1, how)


def _in_columns(element: Any, width: float, how: Setting) -> float:
    """Two columns of about the same height, between whose items they are parted."""
    items = [height(item, width, how) for item in element.iter() if _kind(item) in ("p", "li")]
    reached, half = 0.0, sum(items) / 2
    for item in items:
        if reached + item / 2 >= half:
            break
        reached += item
    return max(reached, sum(items) - reached) if len(items) > 1 else half + SIZE * how.leading


def _in_pairs(element: Any, width: float, how: Setting) -> float:
    """Two items beside each other, and the next two below the longer one of them."""
    items = [height(item, width, how) for item in _elements(element)]
    return sum(max(items[place : place + 2]) + _UNEVEN for place in range(0, len(items), 2))


def _around(names: set[str], how: Setting) -> float:
    """Space and lines around what a block holds."""
    if "worse" in names:
        return (7.8, 5.8, 3.4, 3.4)[how.density] * MILLIMETRE - how.heading
    return 4.5 * MILLIMETRE if "head" in names else 0


def _below(element: Any, width: float, how: Setting) -> float:
    return sum(height(inner, width, how) for inner in _elements(element))


def _drawing(element: Any, width: float, how: Setting) -> float:
    said = element.get("height") or ""
    return float(said[:-2]) * SIZE + 5 * MILLIMETRE if said.endswith("em") else 0.0


def _title(element: Any, width: float, how: Setting) -> float:
    return how.lines(_words(element), width * SIZE / 20) / how.leading * 23 / SIZE


def _heading(element: Any, width: float, how: Setting) -> float:
    lines = how.lines(_words(element), width * SIZE / 13.5) / how.leading
    return lines * 16.6 / SIZE + how.heading


def _paragraph(element: Any, width: float, how: Setting) -> float:
    """A paragraph or an item; what is read on and on is set narrower than the page."""
    names = _names(element)
    if element.find(".//p") is not None:
        return _below(element, width - 1.6, how)
    widest = 27 if how.language == "ar" else 33
    inside = width if names & {"mark", "fill"} else min(width, widest)
    inside -= 1.6 if element.tag.endswith("li") else 4 if "mark" in names else 0
    high = sum(how.lines(part, inside) for part in _parted(element, inside))
    return high + (how.fill + 2 if "fill" in names else 9 if "mark" in names else how.item)


def _calls(element: Any, width: float, how: Setting) -> float:
    """Whom to call: a name on its line, and below it what for."""
    texts = [inner for inner in element.iter() if "contact-text" in _names(inner)]
    below = sum(how.lines(_words(text), min(width, 33)) + how.item for text in texts)
    return below + len(texts) * SIZE * how.leading


def _list(element: Any, width: float, how: Setting) -> float:
    """A list, in two columns where its styles say so."""
    names = _names(element)
    if "steps" in names and how.density >= 2:
        return _in_pairs(element, width * 0.44, how)
    if "contacts" in names and how.language != "hi":  # its letters are told too wide by as much
        return _calls(element, width, how)
    if names & {"columns", "words"}:
        return _in_columns(element, width / 2 - 1, how)
    return _below(element, width, how) - how.item


def _table(element: Any, width: float, how: Setting) -> float:
    """A table: its times are not broken, and what heads rows shares the rest of the width."""
    rows = [list(_elements(row)) for row in element.iter() if _kind(row) == "tr"]
    most = max(map(len, rows), default=0)
    times, heads = [0.0] * most, [0.0] * most
    for row in rows[1:]:
        for place, cell in enumerate(row, most - len(row)):
            into = times if _kind(cell) == "td" else heads
            into[place] = max(into[place], advance(_words(cell)) + 0.7)
    left = width - sum(times)
    wide = [
        time or left * head / max(sum(heads), 1) for time, head in zip(times, heads, strict=True)
    ]
    return sum(_row(row, wide[most - len(row) :], how) for row in rows)


def _row(row: list[Any], columns: list[float], how: Setting) -> float:
    """A row of a table; the head of a group stands beside several of them."""
    texts = zip(row, columns, strict=True)
    lines = (
        how.lines(_words(cell), max(room, 5.5)) for cell, room in texts if not cell.get("rowspan")
    )
    return max(lines, default=0) + 3


_BY_KIND = {
    "svg": _drawing, "h1": _title, "h2": _heading, "p": _paragraph, "li": _paragraph,
    "ul": _list, "ol": _list, "table": _table, "style": lambda *_: 0.0,
}  # fmt: skip


def _kind(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _names(element: Any) -> set[str]:
    return set((element.get("class") or "").split())


def _elements(element: Any) -> Iterator[Any]:
    return (inner for inner in element if isinstance(inner.tag, str))


def _words(element: Any) -> str:
    """What is seen of a text, on one line."""
    return " ".join(_parted(element, math.inf))


def _parted(element: Any, width: float) -> list[str]:
    """The texts of an element between its ends of lines, the forced ones and those of `whole`."""
    text = _SPACE.sub(" ", "".join(_seen(element)))
    ends = "[\0]" if advance(text) * _REGULAR < width else "[\0\1]"
    return [part.strip() for part in re.split(ends, text)]


def _seen(element: Any) -> Iterator[str]:
    yield element.text or ""
    for inner in element:
        if _kind(inner) == "br":
            yield "\0"
        elif _kind(inner) and not _names(inner) & _UNSEEN:
            yield from _seen(inner)
            yield "\1" if _names(inner) & _BLOCKS else ""
        yield inner.tail or ""
