"""Who does what: tasks by roles, each part with a shape and a letter of its own. Pure.

The names of roles stand above their columns in several heights, since a name is wider than
its column; upright letters are read by everybody, in every script.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from stepwell.advance import advance
from stepwell.definitions.pathway import Task
from stepwell.render.figures.drawing import EM, Drawing, Label, Said
from stepwell.resolve.view import Reading
from stepwell.resolve.words import plain

SMALL = 14
COLUMN = 46.0
"""The least width of a column."""
BADGE = 11
"""Half the height of a letter's shape."""
PARTS = ("accountable", "responsible", "consulted", "informed")


def _n(message: str) -> str:
    """Marks a message for extraction."""
    return message


WORDS = {
    "accountable": _n("Answers for it"), "responsible": _n("Does it"),
    "consulted": _n("Is asked before"), "informed": _n("Is told afterwards"),
}  # fmt: skip


def raci(reading: Reading, *, width: float = 42) -> Markup:
    """The tasks of a reading's pathway and the part of each role as SVG, `width` em or wider."""
    return drawn(reading, width=width).svg(alternative(reading), "raci")


def drawn(reading: Reading, *, width: float = 42) -> Drawing:
    """The same as a drawing."""
    edition = reading.edition
    pathway = edition.content
    roles = pathway.task_roles
    names = 15.0 * EM
    column = max(COLUMN, (width * EM - names) / len(roles))
    drawing = Drawing(names + column * len(roles), edition.language, edition.direction)
    y = _legend(drawing, reading)
    y = _heads(drawing, reading, names, column, y)
    for number, task in enumerate(reading.view(pathway).tasks):
        said = drawing.fit(Said.of(task.task), names - EM, size=SMALL, bold=True)
        tall = max(said.height + 10, 2 * BADGE + 8)
        if number % 2 == 0:
            drawing.plate("tint", 0, y, drawing.width, tall)
        drawing.place(said, 6, y + (tall - said.height) / 2)
        for place, role in enumerate(roles):
            middle = names + (place + 0.5) * column
            _letters(drawing, _parts(task.raw, role), middle, y + tall / 2)
        y += tall
    for place in range(len(roles)):
        x = names + place * column
        drawing.way("grid", (x, y), (x, _top(drawing, reading)), closed=False)
    drawing.way("line", (0, y), (drawing.width, y), closed=False)
    drawing.height = y + 1
    return drawing


def alternative(reading: Reading) -> str:
    """What the drawing shows, in words: the roles and tasks; who does what is in the table."""
    words = reading.edition.words
    view = reading.view(reading.edition.content)
    roles = [reading.find("role", role).title for role in reading.edition.content.task_roles]
    said = words(
        "Who does what: %(count)s tasks and the part that each role has in them. Roles: %(roles)s."
        " Tasks: %(tasks)s. The table below says the same in words.",
        count=words.number(len(view.tasks)),
        roles=_listed(roles, reading),
        tasks=_listed([task.task for task in view.tasks], reading),
    )
    return " ".join(plain(said, reading.edition.direction).split())


def _listed(values: Sequence[object], reading: Reading) -> Markup:
    said = [Markup(str(Markup(value)).rstrip(".。।")) for value in values]
    line = said[0]
    for one in said[1:]:
        line = reading.edition.words("%(first)s; %(second)s", first=line, second=one)
    return line


def _parts(task: Task, role: str) -> list[str]:
    """The parts that a role has in a task."""
    found = ["accountable"] if task.accountable == role else []
    return found + [part for part in PARTS[1:] if role in getattr(task, part)]


def _legend(drawing: Drawing, reading: Reading) -> float:
    x, y, tall = 0.0, 0.0, 2 * BADGE + 4
    for part in PARTS:
        said = Said(str(reading.edition.words(WORDS[part]).unescape()))
        wide = 3 * BADGE + advance(said.text) * SMALL + EM
        if x and x + wide > drawing.width:
            x, y = 0.0, y + tall + 4
        _letters(drawing, [part], x + BADGE + 1, y + tall / 2)
        label = drawing.fit(said, drawing.width, size=SMALL)
        drawing.place(label, x + 2 * BADGE + 8, y + (tall - label.height) / 2)
        x += wide
    return y + tall + EM / 2


def _heads(drawing: Drawing, reading: Reading, names: float, column: float, y: float) -> float:
    """The names of roles at heights by turns, each with a line down to its column."""
    roles = [reading.find("role", role).short for role in reading.edition.content.task_roles]
    labels = [drawing.fit(Said.of(role), 9 * EM, size=SMALL, bold=True) for role in roles]
    heights, levels = _levels(labels, names, column, drawing.width)
    bottom = y + sum(heights) + 8
    for place, (label, level) in enumerate(zip(labels, levels, strict=True)):
        middle = names + (place + 0.5) * column
        at = bottom - 8 - sum(heights[: level + 1])
        drawing.place(label, _begin(label, middle, column, drawing.width), at)
        drawing.way("lead", (middle, at + label.height), (middle, bottom), closed=False)
    drawing.way("line", (0, bottom), (drawing.width, bottom), closed=False)
    return bottom


def _levels(
    labels: Sequence[Label], names: float, column: float, width: float
) -> tuple[list[float], list[int]]:
    """The heights of levels, and the lowest level of each label that lies clear of the others.

    From the last to the first, so that the line down from a higher one passes before the
    beginning of each lower one beside it.
    """
    ends: list[float] = []
    heights: list[float] = []
    levels = [0] * len(labels)
    for place in range(len(labels) - 1, -1, -1):
        label, middle = labels[place], names + (place + 0.5) * column
        left = _begin(label, middle, column, width)
        end = left + _wide(label) + 8
        level = next((n for n, free in enumerate(ends) if end <= free), len(ends))
        if level == len(ends):
            ends.append(left)
            heights.append(label.height)
        ends = [min(free, middle - 6) for free in ends[:level]] + [left] + ends[level + 1 :]
        heights[level] = max(heights[level], label.height)
        levels[place] = level
    return heights, levels


def _wide(label: Label) -> float:
    return max(advance(line) for line in label.lines) * SMALL


def _begin(label: Label, middle: float, column: float, width: float) -> float:
    """Where a name begins: in the middle of its column, or at its edge if it is wider."""
    return min(middle - min(_wide(label), column - 6) / 2, width - _wide(label))


def _letters(drawing: Drawing, parts: Sequence[str], x: float, y: float) -> None:
    """The shapes of parts beside each other: dark square, thick ring, diamond, thin box."""
    for number, part in enumerate(parts):
        at = x + (number - (len(parts) - 1) / 2) * (2 * BADGE + 1)
        if part == "accountable":
            drawing.plate("dark", at - BADGE, y - BADGE, 2 * BADGE, 2 * BADGE)
        elif part == "responsible":
            drawing.disc("ring", at, y, BADGE - 0.5)
        elif part == "consulted":
            drawing.way("plate", (at, y - BADGE), (at + BADGE, y), (at, y + BADGE), (at - BADGE, y))
        else:
            drawing.plate("plate", at - BADGE * 0.7, y - BADGE * 0.8, BADGE * 1.4, BADGE * 1.6)
        style = "on-dark" if part == "accountable" else "text"
        label = drawing.fit(
            Said(part[0].upper()), 99, size=SMALL, bold=part in PARTS[:2], style=style,
            anchor="middle",
        )  # fmt: skip
        drawing.place(label, at, y - label.height / 2)


def _top(drawing: Drawing, reading: Reading) -> float:
    """Where the columns begin: below the names of roles."""
    lines = [shape for shape in drawing.shapes if shape.style == "line"]
    return lines[0].points[0][1]
