"""The longest waits of a tier as a figure shows them: rows with marks, and in words. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from stepwell.definitions.base import Duration
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
    waits = [wait for wait in view.waits if wait.tier.id == tier]
    used = [one for one in urgencies if any(one.id in wait.targets for wait in waits)]
    found = [
        Row(_named(milestone, reading), tuple(_marks(wait, used, reading)))
        for milestone in view.milestones
        for wait in waits
        if wait.milestone.id == milestone.id
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


def _marks(wait: View, used: Sequence[View], reading: Reading) -> Iterator[Mark]:
    targets: dict[str, Duration] = wait.raw.targets  # type: ignore[attr-defined]
    for kind, urgency in enumerate(used):
        if urgency.id in targets:
            time = plain(Markup(wait.targets[urgency.id]), reading.edition.direction)
            yield Mark(float(targets[urgency.id].days), kind, Said(time))
