"""What fits on a sheet that folds to panels: entries counted in lines, whole or not at all. Pure.

Parts come in the order in which they are printed. A part that is `whole` is
printed with all its entries, in the longest of its wordings that leaves room for
the rest; of any other part as many entries are printed as there is room for.
What is left out is named, so that a reader knows where to look.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from markupsafe import Markup

TITLE = 2
"""Lines that a title takes, with the space around it."""
MORE = 2
"""Lines of the note that a part has more entries elsewhere."""
_SHARE = 2
"""A longer wording may take one part in so many of the room that is left."""


@dataclass(frozen=True, slots=True)
class Room:
    """Lines of the cover, of the last and of any other panel; letters in a line; panels in all."""

    cover: int
    panel: int
    last: int
    letters: int
    count: int

    def after(self, panels: int) -> int:
        """The lines of the panel that comes after so many."""
        return self.last if panels == self.count - 1 else self.panel


@dataclass(frozen=True, slots=True)
class Part:
    """A title with entries, in several wordings of which the shortest is the last."""

    title: Markup
    wordings: Sequence[Sequence[Markup]]
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """Something printed on a panel. A `more` says that a part has further entries elsewhere."""

    kind: Literal["title", "continued", "entry", "more"]
    html: Markup


@dataclass(slots=True)
class Fold:
    """The panels, the cover first, each with its lines, and the titles of what is left out."""

    panels: list[list[Line]]
    left_out: list[Markup] = field(default_factory=list)


@lru_cache(maxsize=4096)
def lines(html: Markup, letters: int) -> int:
    """How many lines of so many letters a piece of HTML takes, on the safe side."""
    text = html.striptags()
    width = sum(_width(letter) for letter in text) + 2 * html.count("<li>")
    return math.ceil(width / letters)


def fold(parts: Iterable[Part], room: Room) -> Fold:
    """The parts on panels: `room.count` of them, or more if the first part alone needs more."""
    wanted = [part for part in parts if part.wordings and part.wordings[-1]]
    made = Fold([[]])
    for chosen in _choices(wanted, room):
        made = _laid_out(wanted, chosen, room)
        if len(made.panels) <= room.count:
            break
    made.panels += [[] for _ in range(room.count - len(made.panels))]
    return made


def _choices(parts: list[Part], room: Room) -> Iterator[list[Sequence[Markup]]]:
    """What could be printed, from the most to the least."""
    for spent in range(0, max(_in_all(room), 1), 2):
        chosen = _chosen(parts, room, spent)
        yield chosen
        if all(part.whole or not entries for part, entries in zip(parts, chosen, strict=True)):
            break
    for index in range(len(chosen) - 1, 0, -1):
        while chosen[index]:
            chosen[index] = chosen[index][:-1]
            yield chosen


def _laid_out(parts: list[Part], chosen: list[Sequence[Markup]], room: Room) -> Fold:
    made = Fold([[]])
    left = room.cover if parts and _cost(chosen[0], room) > room.panel else 0
    for part, entries in zip(parts, chosen, strict=True):
        if entries:
            left = _put(part, entries, made, left, room)
        else:
            made.left_out.append(part.title)
    return made


def _width(letter: str) -> float:
    """The width of a letter, in average Latin ones; measured with the fonts of `write.fonts`."""
    if unicodedata.category(letter) == "Mn":
        return 0
    if unicodedata.bidirectional(letter) == "AL":
        return 0.85
    if "\u0400" <= letter <= "\u04ff":
        return 1.12
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def _in_all(room: Room) -> int:
    return room.cover + (room.count - 2) * room.panel + room.last


def _cost(entries: Sequence[Markup], room: Room) -> int:
    return TITLE + sum(lines(entry, room.letters) for entry in entries) if entries else 0


def _chosen(parts: list[Part], room: Room, spent: int) -> list[Sequence[Markup]]:
    """The entries of each part that are printed: none, some, or all of one of its wordings.

    `spent` lines are lost at the ends of panels, where the next entry does not fit.
    """
    chosen: list[Sequence[Markup]] = [part.wordings[-1] if part.whole else () for part in parts]
    spare = _in_all(room) - spent
    spare -= sum(_cost(entries, room) for entries in chosen)
    for index, part in enumerate(parts):
        for entries in part.wordings if part.whole else ():
            more = _cost(entries, room) - _cost(chosen[index], room)
            if 0 < more <= spare / _SHARE:
                chosen[index], spare = entries, spare - more
                break
        if not part.whole:
            chosen[index] = _as_many(part.wordings[-1], spare, room)
            spare -= _cost(chosen[index], room)
    return chosen


def _as_many(entries: Sequence[Markup], spare: int, room: Room) -> Sequence[Markup]:
    """The first entries that fit into `spare` lines, with a line that there are more."""
    if _cost(entries, room) <= spare:
        return entries
    count = len(entries)
    while count and _cost(entries[:count], room) + MORE > spare:
        count -= 1
    return entries[:count] if count > 2 else ()


def _put(part: Part, entries: Sequence[Markup], made: Fold, left: int, room: Room) -> int:
    """Append a part to the panels; the lines left on the last panel."""
    title: Literal["title", "continued"] = "title"
    cut_short = entries not in part.wordings
    begun = False
    for place, entry in enumerate(entries, start=1):
        length = lines(entry, room.letters)
        length += MORE if cut_short and place == len(entries) else 0
        # No title stands at the end of a panel with its first entry alone.
        beside = lines(entries[1], room.letters) if place == 1 and len(entries) > 1 else 0
        if length + beside + (0 if begun else TITLE) > left:
            left, begun = _turn(made, length + TITLE, room), False
        if not begun:
            made.panels[-1].append(Line(title, part.title))
            title, begun, left = "continued", True, left - TITLE
        made.panels[-1].append(Line("entry", entry))
        left -= length
    if cut_short:
        made.panels[-1].append(Line("more", part.title))
    return left


def _turn(made: Fold, needed: int, room: Room) -> int:
    """Begin a new panel, and another if the last one is too full for it; its lines."""
    left = 0
    while left < min(needed, room.panel):
        left = room.after(len(made.panels))
        made.panels.append([])
    return left
