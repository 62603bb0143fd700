"""The longest waits of a tier on one line of time, from hours to months. Pure.

Hours, days, weeks and months each have a field with a scale of its own, so that four hours
and eight weeks are both seen. Where the scale changes there is a double line, and the text
says so. Each urgency has a shape of its own; each mark has its time in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from markupsafe import Markup

from stepwell.advance import advance
from stepwell.definitions.pathway import Pathway
from stepwell.render.figures.drawing import EM, Drawing, Label, Said
from stepwell.render.figures.scale import GAP, Field, fields, place
from stepwell.render.figures.waits import Mark, Row, alternative, rows_of
from stepwell.resolve.view import Reading
from stepwell.resolve.words import plain

SMALL = 14
"""The size of times, ticks and names of fields."""
MARK = 6
WIDE = 34
"""From so many em on, names stand beside the line and not above it."""
BETWEEN = 8
"""The least space between two times beside each other."""
NOW = 3
"""The kind of mark of the wait of somebody referred today: a triangle."""
TRACK = 20
"""The height of the line of time in each row."""


def _n(message: str) -> str:
    """Marks a message for extraction."""
    return message


_NAMES = {
    "hours": _n("Hours"), "days": _n("Days"), "weeks": _n("Weeks"), "months": _n("Months"),
}  # fmt: skip


def timeline(reading: Reading, tier: str, *, width: float = 44) -> Markup:
    """The longest waits of a tier as SVG, `width` em wide; nothing if it has none."""
    if not rows_of(reading, tier)[0]:
        return Markup("")
    return drawn(reading, tier, width=width).svg(alternative(reading, tier), "timeline")


def now(reading: Reading, tier: str, *, width: float = 44) -> Markup:
    """The wait of somebody referred today, as a row below `timeline`; nothing if it is not known.

    It stands by itself, since it has to go when the statement is too old.
    """
    edition = reading.edition
    stated = (one for one in edition.content.capacity if one.tier == tier)
    fresh = next((one for one in stated if edition.today <= one.until), None)
    if fresh is None or not rows_of(reading, tier)[0]:
        return Markup("")
    words = edition.words
    time = words.quantity(fresh.wait)
    drawing = Drawing(width * EM, edition.language, edition.direction)
    names, line = _line(drawing, reading, width)
    mark = Mark(float(fresh.wait.days), NOW, Said(plain(time, edition.direction)))
    name = Said(str(words("Referred today").unescape()))
    drawing.height = _row(drawing, Row(name, (mark,)), line, 0, names)
    told = words("Somebody who is referred today waits about %(time)s.", time=time)
    return drawing.svg(plain(told, edition.direction), "timeline")


def drawn(reading: Reading, tier: str, *, width: float = 44) -> Drawing:
    """The same as a drawing."""
    rows, classes = rows_of(reading, tier)
    edition = reading.edition
    drawing = Drawing(width * EM, edition.language, edition.direction)
    names, line = _line(drawing, reading, width)
    y = _legend(drawing, classes)
    y = _scale(drawing, reading, line, y)
    for row in rows:
        y = _row(drawing, row, line, y, names)
    note = Said(str(edition.words("Each part of the line has a scale of its own.").unescape()))
    label = drawing.fit(note, drawing.width - names, size=SMALL, style="soft")
    drawing.height = y + drawing.place(label, names, y).height
    return drawing


def _line(drawing: Drawing, reading: Reading, width: float) -> tuple[float, tuple[Field, ...]]:
    """The room of names beside the line, and the line: the same for all tiers of a pathway."""
    names = 0.3 * drawing.width if width >= WIDE else 0
    return names, fields(_longest(reading.edition.content), names, drawing.width)


def _longest(pathway: Pathway) -> float:
    """The longest wait of all tiers in days: their lines have the same scale."""
    times = [time.days for wait in pathway.waits for time in wait.targets.values()]
    times += [one.wait.days for one in pathway.capacity]
    return float(max(times, default=Decimal(1)))


def _legend(drawing: Drawing, classes: Sequence[Said]) -> float:
    """The shapes with the names of their classes, in rows; where what follows begins."""
    x, y = float(MARK), 0.0
    tall = SMALL * drawing.leading
    for kind, said in enumerate(classes):
        wide = advance(said.text) * SMALL + 3 * MARK + 1.2 * EM
        if x + wide > drawing.width and x > MARK:
            x, y = float(MARK), y + tall * 1.2
        _shape(drawing, kind, x, y + tall / 2)
        drawing.place(drawing.fit(said, drawing.width, size=SMALL), x + 1.8 * MARK, y)
        x += wide
    return y + tall * 1.3


def _shape(drawing: Drawing, kind: int, x: float, y: float) -> None:
    """The mark of an urgency class: dark diamond, ring with a dark field, ring, square …"""
    if kind == 0:
        r = MARK * 1.25
        drawing.way("mark", (x, y - r), (x + r, y), (x, y + r), (x - r, y))
    elif kind == 1:
        drawing.plate("ring", x - MARK * 0.85, y - MARK * 0.85, MARK * 1.7, MARK * 1.7)
        drawing.way("mark", (x - 5, y + 5), (x + 5, y + 5), (x + 5, y - 5))
    elif kind == 2:
        drawing.disc("ring", x, y, MARK * 0.95)
    else:
        drawing.way("ring", (x, y - MARK), (x + MARK, y + MARK), (x - MARK, y + MARK))


def _scale(drawing: Drawing, reading: Reading, line: tuple[Field, ...], y: float) -> float:
    """Names of fields with numbers below them; where what follows begins."""
    tall = SMALL * drawing.leading
    for part in line:
        name = Said(str(reading.edition.words(_NAMES[part.unit]).unescape()))
        label = drawing.fit(name, part.right - part.left, size=SMALL, bold=True)
        drawing.place(label, part.left, y)
        drawing.way("line", (part.left, y), (part.right, y), closed=False)
        reach = min(part.right + GAP / 2, drawing.width)
        for number, x in part.ticks(SMALL):
            said = drawing.fit(Said(str(number)), drawing.width, size=SMALL, anchor="middle")
            wide = advance(str(number)) * SMALL
            drawing.place(said, min(x, reach - wide / 2), y + tall)
    return y + 2 * tall


def _row(drawing: Drawing, row: Row, line: tuple[Field, ...], y: float, names: float) -> float:
    """A milestone: its name, its times, and below them its marks on the line."""
    name = drawing.fit(row.name, names - EM if names else drawing.width, bold=True)
    if not names:
        y += drawing.place(name, 0, y + 4).height + 4
    placed = list(_placed(drawing, row.marks, line))
    tall = max(label.height for _, label, _ in placed)
    track = y + tall + 10
    middle = track + TRACK / 2
    if names:
        drawing.place(name, 0, max(y + 4, middle - name.height / 2))
    for part in line:
        drawing.plate("tint", part.left, track, part.right - part.left, TRACK)
        for _, x in part.ticks(SMALL):
            below = ((x, track + TRACK * 0.7), (x, track + TRACK))
            drawing.way("grid", *below, closed=False)
    for x, label, at in placed:
        drawing.way("lead", (x, middle), (x, track - 1), (at, y + tall + 3), closed=False)
        drawing.place(label, at, y + 2 + tall - label.height)
    for kind, x in _shapes(row.marks, line):
        _shape(drawing, kind, x, middle)
    return max(track + TRACK, y + name.height + 4 if names else 0) + 8


def _shapes(marks: Iterable[Mark], line: tuple[Field, ...]) -> Iterator[tuple[int, float]]:
    """Shapes at their times, inside of the line; those of one time stand beside each other."""
    by_time: dict[float, list[int]] = {}
    for mark in marks:
        by_time.setdefault(mark.days, []).append(mark.kind)
    for days, kinds in by_time.items():
        reach = (len(kinds) - 1) * 1.3 * MARK + 1.5 * MARK
        x = min(max(place(days, line), line[0].left + reach), line[-1].right - reach)
        for number, kind in enumerate(kinds):
            yield kind, x + (number - (len(kinds) - 1) / 2) * 2.6 * MARK


def _placed(
    drawing: Drawing, marks: Sequence[Mark], line: tuple[Field, ...]
) -> Iterator[tuple[float, Label, float]]:
    """The place of each time once, with its words and their middle, moved apart.

    Where all of them have no room beside each other, each is broken to its share.
    """
    once = sorted({mark.days: mark for mark in marks}.values(), key=lambda mark: mark.days)
    room = drawing.width - line[0].left
    wide = [advance(mark.time.text) * SMALL for mark in once]
    if sum(wide) + BETWEEN * len(once) > room:
        room = room / len(once) - BETWEEN
    labels = [drawing.fit(m.time, room, size=SMALL, anchor="middle") for m in once]
    wide = [label.box[2] - label.box[0] for label in labels]
    xs = [place(mark.days, line) for mark in once]
    yield from zip(xs, labels, _apart(xs, wide, line[0].left, drawing.width), strict=True)


def _apart(xs: Sequence[float], wide: Sequence[float], least: float, most: float) -> list[float]:
    """Middles near `xs` at which pieces so wide do not touch, inside of `least` and `most`."""
    found: list[float] = []
    for x, width in zip(xs, wide, strict=True):
        floor = (
            found[-1] + (wide[len(found) - 1] + width) / 2 + BETWEEN if found else least + width / 2
        )
        found.append(max(x, floor))
    ceiling = most
    for at in reversed(range(len(found))):
        found[at] = min(found[at], ceiling - wide[at] / 2)
        ceiling = found[at] - wide[at] / 2 - BETWEEN
    return found
