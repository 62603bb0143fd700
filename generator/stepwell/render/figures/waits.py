"""The longest waits of a tier as a figure shows them: rows with marks, and in words. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from stepwell.definitions.pathway import Wait
from stepwell.render.figures.drawing import Said, ended
from stepwell.resolve.view import Reading, View
from stepwell.resolve.words import plain


@dataclass(frozen=True, slots=True)
class Mark:
    """A time on a row: its urgency by place in the list of classes, and in words."""

    days: float
    kind: int
    time: Said


@dataclass(frozen=True, slots=True)
class Row:
    """A milestone with its times."""

    name: Said
    marks: tuple[Mark, ...]


def rows_of(reading: Reading, tier: str) -> tuple[list[Row], list[Said]]:
    """The rows of a tier in the order of milestones, and the names of its urgency classes."""
    view = reading.view(reading.edition.content)
    urgencies = reading.view(reading.edition.definitions.vocabulary).urgency
    both = zip(view.waits, reading.edition.content.waits, strict=True)
    waits = [(wait, written) for wait, written in both if written.tier == tier]
    used = [one for one in urgencies if any(one.id in written.targets for _, written in waits)]
    found = [
        Row(_named(milestone, reading), tuple(_marks(wait, written, used, reading)))
        for milestone in view.milestones
        for wait, written in waits
        if written.milestone == milestone.id
    ]
    return [row for row in found if row.marks], [Said.of(one.label) for one in used]


def alternative(reading: Reading, tier: str) -> str:
    """The waits in words: of each milestone the longest one by urgency."""
    words = reading.edition.words
    rows, classes = rows_of(reading, tier)
    name = reading.find("tier", tier).title
    said = [words("Longest waits of the step %(name)s, on one line of time.", name=name)]
    for row in rows:
        times = [
            words(
                "%(urgency)s: within %(time)s", urgency=classes[mark.kind].text, time=mark.time.text
            )
            for mark in row.marks
        ]
        line = times[0]
        for time in times[1:]:
            line = words("%(first)s; %(second)s", first=line, second=time)
        said.append(
            ended(
                words("%(name)s: %(value)s", name=row.name.text.rstrip(".。।"), value=line), reading
            )
        )
    return " ".join(plain(Markup(" ").join(said), reading.edition.direction).split())


def _named(milestone: View, reading: Reading) -> Said:
    """What a milestone is called for those who read."""
    patient = reading.edition.audience in ("patient", "family")
    return Said.of(milestone.patient if patient else milestone.label)


def _marks(wait: View, written: Wait, used: Sequence[View], reading: Reading) -> Iterator[Mark]:
    for kind, urgency in enumerate(used):
        if urgency.id in written.targets:
            time = plain(Markup(wait.targets[urgency.id]), reading.edition.direction)
            yield Mark(float(written.targets[urgency.id].days), kind, Said(time))
