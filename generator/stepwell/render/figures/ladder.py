"""The ladder: the steps of a pathway, from the least support to the most. Pure.

Where there is room it is a staircase that climbs in the direction of reading; else rows
whose plates grow. The reader's own step is dark and said in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

from markupsafe import Markup

from stepwell.advance import longest_word
from stepwell.render.figures.drawing import EM, Drawing, Label, Said, ended
from stepwell.resolve.view import Reading, View
from stepwell.resolve.words import plain

PAD = 5
SMALL = 14
"""The size of what is said besides names."""
TREAD = 4
"""The height of the dark edge on which one steps."""
GAP = 4
LINES = 4
"""The most lines of a name or a detail in a staircase."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step to be drawn: its name, what else is said of it, and whether the reader is there."""

    name: Said
    details: tuple[Said, ...]
    here: bool


def ladder(
    reading: Reading, here: str | None = None, *, width: float = 44, details: bool = False
) -> Markup:
    """The ladder of a reading's pathway as SVG, `width` em wide at most.

    `here` is the id of the reader's tier. With `details` each step says who leads and where.
    """
    drawing, _ = drawn(reading, here, width=width, details=details)
    return drawing.svg(alternative(reading, here, details=details), "ladder")


def drawn(
    reading: Reading, here: str | None = None, *, width: float = 44, details: bool = False
) -> tuple[Drawing, list[Step]]:
    """The same as a drawing, with its steps."""
    edition = reading.edition
    steps = [_step(tier, here, details) for tier in reading.view(edition.content).tiers]
    drawing = Drawing(width * EM, edition.language, edition.direction)
    marked = Said(str(edition.words("You are here").unescape()))
    if _is_roomy(steps, drawing, marked):
        _staircase(steps, drawing, marked, rise=EM * 1.3 if details else 5)
    else:
        _rows(steps, drawing, marked)
    return drawing, steps


def alternative(reading: Reading, here: str | None = None, *, details: bool = False) -> str:
    """The ladder in words: each step with its number, where the reader is, who leads and where."""
    words = reading.edition.words
    tiers = list(enumerate(reading.view(reading.edition.content).tiers, start=1))
    names = [Markup("{} {}").format(words.number(number), tier.short) for number, tier in tiers]
    listed = reduce(lambda one, two: words("%(first)s; %(second)s", first=one, second=two), names)
    said = [
        words("The steps of care, from the least support to the most: %(steps)s.", steps=listed)
    ]
    for name, (_, tier) in zip(names, tiers if details else (), strict=False):
        more = words("%(first)s; %(second)s", first=tier.led_by.plain, second=tier.setting)
        said.append(ended(words("%(name)s: %(value)s", name=name, value=more), reading))
    for name, (_, tier) in zip(names, tiers, strict=True):
        if tier.id == here:
            said.append(
                ended(words("%(name)s: %(value)s", name=words("You are here"), value=name), reading)
            )
    return " ".join(plain(Markup(" ").join(said), reading.edition.direction).split())


def _step(tier: View, here: str | None, details: bool) -> Step:
    more = (Said.of(tier.led_by.plain), Said.of(tier.setting)) if details else ()
    return Step(Said.of(tier.short), more, tier.id == here)


def _is_roomy(steps: Sequence[Step], drawing: Drawing, marked: Said) -> bool:
    """Whether each step of a staircase is as wide as its longest word, and not too tall."""
    room = _column(steps, drawing) - 2 * PAD
    names = [step.name for step in steps] + [marked] * any(step.here for step in steps)
    details = [said for step in steps for said in step.details]
    if any(longest_word(said.text) * EM > room for said in names):
        return False
    if any(longest_word(said.text) * SMALL > room for said in details):
        return False
    numbered = (_name(drawing, n, step, room) for n, step in enumerate(steps, 1))
    tallest = max((len(label.lines) for label in numbered), default=0)
    return tallest <= LINES and room >= 5 * EM


def _column(steps: Sequence[Step], drawing: Drawing) -> float:
    return (drawing.width - GAP * (len(steps) - 1)) / len(steps)


def _name(drawing: Drawing, number: int, step: Step, room: float) -> Label:
    said = Said(f"{number}\u00a0{step.name.text}", step.name.language, step.name.direction)
    return drawing.fit(said, room, bold=True, style=_style(step))


def _style(step: Step) -> str:
    return "on-dark" if step.here else "text"


def _labels(drawing: Drawing, number: int, step: Step, marked: Said, room: float) -> list[Label]:
    """What stands on a step, from top to bottom."""
    style = _style(step)
    found = [_name(drawing, number, step, room)] if number else []
    found += [drawing.fit(said, room, style=style, size=SMALL) for said in step.details]
    if step.here:
        found.append(drawing.fit(marked, room, style=style, bold=not number))
    return found


def _staircase(steps: Sequence[Step], drawing: Drawing, marked: Said, *, rise: float) -> None:
    """Steps beside each other, each higher than the one before, all standing on one ground."""
    column = _column(steps, drawing)
    room = column - 2 * PAD
    stacks = [_labels(drawing, n, step, marked, room) for n, step in enumerate(steps, 1)]
    tallest = max(sum(label.height for label in stack) + PAD * 0.5 * len(stack) for stack in stacks)
    ground = rise * (len(steps) - 1) + TREAD + PAD + tallest + PAD * 0.5
    stairs: list[tuple[float, float]] = []
    for place, (step, stack) in enumerate(zip(steps, stacks, strict=True)):
        x, top = place * (column + GAP), rise * (len(steps) - 1 - place)
        drawing.plate("dark" if step.here else "tint", x, top + TREAD, column, ground - top - TREAD)
        stairs += [(max(x - GAP, 0), top + TREAD / 2), (x + column, top + TREAD / 2)]
        y = top + TREAD + PAD
        for label in stack:
            drawing.place(label, x + PAD, y)
            y += label.height + PAD * 0.5
    drawing.way("stairs", *stairs, closed=False)
    drawing.height = ground


def _rows(steps: Sequence[Step], drawing: Drawing, marked: Said) -> None:
    """Steps below each other, the plates with their numbers growing."""
    narrow = 1.8 * EM
    grows = min(0.55 * EM, drawing.width * 0.16 / max(len(steps) - 1, 1))
    widest = narrow + grows * (len(steps) - 1)
    y = 0.0
    for number, step in enumerate(steps, 1):
        block = narrow + grows * (number - 1)
        room = drawing.width - widest - 2.5 * PAD
        name = drawing.fit(step.name, room, bold=True, style=_style(step))
        stack = [name, *_labels(drawing, 0, step, marked, room)]
        tall = max(sum(label.height for label in stack) + 1.2 * PAD, 1.9 * EM)
        drawing.plate("dark" if step.here else "tint", 0, y, drawing.width, tall)
        drawing.plate("dark", 0, y, block, tall)
        count = drawing.fit(Said(str(number)), narrow, bold=True, style="on-dark", anchor="middle")
        drawing.place(count, block / 2, y + (tall - count.height) / 2)
        at = y + (tall - sum(label.height for label in stack)) / 2
        for label in stack:
            drawing.place(label, widest + PAD, at)
            at += label.height
        if step.here:
            drawing.way("light-line", (block, y + 3), (block, y + tall - 3), closed=False)
        y += tall + GAP
    drawing.height = y - GAP
