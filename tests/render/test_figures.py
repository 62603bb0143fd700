"""Figures: everything is drawn and said, nothing overlaps, right to left is a mirror."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from stepwell.advance import advance, wrapped
from stepwell.load.interface import interface
from stepwell.model import Audience
from stepwell.render.figures import ladder, raci, timeline, waits
from stepwell.render.figures.drawing import Drawing, Label
from stepwell.resolve import Resolved
from stepwell.resolve.view import Reading

PATHWAYS = ("psychiatry-primary-care", "psychosomatic-stepped-care")
LANGUAGES = ("en", "es", "fr", "ar", "uk", "zh", "hi")
SLACK = 0.5
"""Units (of a sixteenth of the type) that boxes may share at an edge."""


def reading_of(resolved: Resolved, language: str, pathway: str) -> Reading:
    """What a clinician reads of a pathway; patients, where only they are served."""
    audience: Audience = "clinician" if language in ("en", "es", "fr", "ar") else "patient"
    edition = resolved.edition(language, audience, pathway)
    return resolved.reading(edition, f"{pathway}/index.html", "web")


def drawings(reading: Reading) -> Iterator[tuple[str, Drawing]]:
    """Every figure of a reading in the sizes of the website and of leaflets, by name."""
    tiers = reading.edition.content.tiers
    for width in (20, 28.3, 42, 43.7):
        for details in (False, True):
            for here in (None, str(tiers[1].id)):
                drawing, _ = ladder.drawn(reading, here, width=width, details=details)
                yield f"ladder {width} {details} {here}", drawing
    for tier in tiers:
        for width in (17, 20, 42):
            yield f"timeline {tier.id} {width}", timeline.drawn(reading, tier.id, width=width)
    yield "raci", raci.drawn(reading)


def overlaps(drawing: Drawing) -> list[str]:
    """Labels that lie over another one, or outside of the drawing."""
    found = []
    boxes = [(label, label.box) for label in drawing.labels]
    for place, (label, (left, top, right, bottom)) in enumerate(boxes):
        if left < -SLACK or top < -SLACK or right > drawing.width + SLACK:
            found.append(f"{label.said.text} lies outside: {left, right, drawing.width}")
        if bottom > drawing.height + SLACK:
            found.append(f"{label.said.text} lies below the drawing")
        for other, (west, north, east, south) in boxes[place + 1 :]:
            beside = right <= west + SLACK or east <= left + SLACK
            if not (beside or bottom <= north + SLACK or south <= top + SLACK):
                found.append(f"{label.said.text} lies over {other.said.text}")
    return found


@pytest.mark.parametrize("pathway", PATHWAYS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_label_lies_over_another(resolved: Resolved, language: str, pathway: str) -> None:
    """In each language and each size all words have their own place inside the drawing."""
    reading = reading_of(resolved, language, pathway)
    assert {name: over for name, one in drawings(reading) if (over := overlaps(one))} == {}


@pytest.mark.parametrize("pathway", PATHWAYS)
@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_everything_is_drawn_and_said(resolved: Resolved, language: str, pathway: str) -> None:
    """Each tier, wait, role and task stands in its figure and in the figure's own words."""
    reading = reading_of(resolved, language, pathway)
    content = reading.edition.content
    view = reading.view(content)
    tiers = [tier.short.plain for tier in view.tiers]
    drawing, steps = ladder.drawn(reading, content.tiers[0].id, width=42)
    assert [step.name.text for step in steps] == tiers
    assert all(any(name in said(one) for one in drawing.labels) for name in tiers)
    told = ladder.alternative(reading, str(content.tiers[0].id))
    assert all(name in told for name in tiers)
    assert told.count(tiers[0]) >= 2
    for tier in content.tiers:
        rows, classes = waits.rows_of(reading, tier.id)
        wanted = [
            time
            for wait in content.waits
            if str(wait.tier) == str(tier.id)
            for time in wait.targets
        ]
        assert sum(len(row.marks) for row in rows) == len(wanted)
        texts = [said(one) for one in timeline.drawn(reading, tier.id).labels]
        told = waits.alternative(reading, tier.id)
        for row in rows:
            for mark in row.marks:
                assert mark.time.text in texts
                assert classes[mark.kind].text in told
                assert mark.time.text in told
    told = raci.alternative(reading)
    names = [reading.find("role", role).title.plain for role in content.task_roles]
    assert all(name in told for name in names)
    assert all(task.task.plain.rstrip(".。।") in told for task in view.tasks)
    letters = [said(one) for one in raci.drawn(reading).labels if len(one.said.text) == 1]
    parts = [p for t in content.tasks for p in (*t.responsible, *t.consulted, *t.informed)]
    assert len(letters) == len(parts) + len(content.tasks) + len(raci.PARTS)


def said(label: Label) -> str:
    """The words of a label."""
    return " ".join(label.said.text.replace("\u00a0", " ").split())


def test_a_figure_is_the_same_each_time(resolved: Resolved) -> None:
    """The same reading gives the same bytes, and a figure has no style that a page forbids."""
    reading = reading_of(resolved, "en", PATHWAYS[0])
    first = str(ladder.ladder(reading, details=True)) + str(raci.raci(reading))
    again = reading_of(resolved, "en", PATHWAYS[0])
    assert first == str(ladder.ladder(again, details=True)) + str(raci.raci(again))
    assert "style=" not in first
    assert 'role="img" aria-label="' in first


def test_right_to_left_is_a_mirror(resolved: Resolved) -> None:
    """In Arabic the first step stands at the right, and the last one is the highest."""
    found = str(ladder.ladder(reading_of(resolved, "ar", PATHWAYS[0]), width=42))
    assert 'direction="rtl"' in found
    starts = [float(x) for x in re.findall(r'<text class="text" x="([\d.]+)"', found)]
    assert starts == sorted(starts, reverse=True)
    assert starts[0] > starts[-1]
    mirrored = str(ladder.ladder(reading_of(resolved, "en", PATHWAYS[0]), width=42))
    straight = [float(x) for x in re.findall(r'<text class="text" x="([\d.]+)"', mirrored)]
    assert straight == sorted(straight)


def test_all_tiers_have_one_scale(resolved: Resolved) -> None:
    """A time lies at the same place in the timelines of two tiers, or they could mislead."""
    reading = reading_of(resolved, "en", PATHWAYS[0])
    ticks = [
        [(one.said.text, one.x) for one in timeline.drawn(reading, tier.id).labels if
         one.said.text.isdigit()]
        for tier in reading.edition.content.tiers
    ]  # fmt: skip
    assert len(ticks[0]) > 8
    assert all(one == ticks[0] for one in ticks)


def test_the_present_wait_is_drawn_only_while_it_is_fresh(resolved: Resolved) -> None:
    """A statement that is too old is no longer drawn."""
    reading = reading_of(resolved, "en", PATHWAYS[0])
    tier = str(reading.edition.content.capacity[0].tier)
    assert "10 days" in timeline.now(reading, tier)
    late = reading.edition.today.replace(year=reading.edition.today.year + 1)
    then = Resolved(resolved.definitions, {"en": interface("en")}, late)
    assert timeline.now(reading_of(then, "en", PATHWAYS[0]), tier) == ""
    assert timeline.now(reading, "no-such-tier") == ""


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("a b", 100, ("a b",)),
        ("one two", 45, ("one", "two")),
        ("精神科主导的照护", 65, ("精神科主", "导的照护")),
        ("照护（网络）。", 50, ("照护", "（网", "络）。")),
        ("W" * 8, 70, ("W" * 4, "W" * 4)),
    ],
)
def test_lines_break_between_words(text: str, room: float, lines: tuple[str, ...]) -> None:
    """A line ends between words, a Chinese one between letters, and nothing is lost."""
    assert wrapped(text, room, 16) == lines
    assert all(advance(line) * 16 <= room for line in lines)
