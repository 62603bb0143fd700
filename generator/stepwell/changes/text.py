"""A report as text for people: one pathway after the other, topic by topic."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from textwrap import wrap

from stepwell.changes.model import Change, Part, Reckoning, Report, Section, Shift, Topic
from stepwell.changes.wording import (
    COUNTING,
    NOBODY,
    TOO_MANY,
    example,
    headline,
    in_common,
    location,
    moment,
    more,
    place,
    share,
    summary,
    title,
    uses,
)

Paint = Callable[[str, str], str]
"""(text, style) -> the text in that style: heading, topic, old, new or quiet."""
WIDTH = 100
MOST_PARTS = 8
MOST_SHIFTS = 6


def as_text(report: Report, paint: Paint = lambda text, style: text) -> str:
    """The report in lines of about a hundred letters."""
    lines = [f"{report.old} -> {report.new}"]
    lines += [paint(line, "heading") for line in wrap(summary(report), WIDTH)]
    for section in report.sections:
        lines += ["", *_section(section, paint)]
    return "\n".join(lines) + "\n"


def _section(section: Section, paint: Paint) -> Iterator[str]:
    yield paint(title(section), "heading")
    told = {topic: list(found) for topic, found in groupby(section.changes, lambda c: c.topic)}
    for topic in Topic:
        if topic is Topic.PEOPLE and (section.people or section.reckoned):
            yield from ("", paint(topic.title, "topic"), *_people(section, paint))
        elif topic in told:
            yield from ("", paint(topic.title, "topic"))
            for change in told[topic]:
                yield from _change(change, paint)


def _change(change: Change, paint: Paint) -> Iterator[str]:
    head = headline(change)
    at = f"({location(change)})" if location(change) else ""
    part = change.parts[0]
    if len(change.parts) == 1 and change.kind == "changed" and not (part.prose or part.about):
        yield from _line(f"{head}: ", part, at, paint)
    else:
        yield from _wrapped(head, 2)
        for part in change.parts[:MOST_PARTS]:
            yield from _part(part, change.kind == "changed", paint)
        if len(change.parts) > MOST_PARTS:
            yield f"      {more(len(change.parts) - MOST_PARTS, 'line')}"
        if change.used_in:
            yield from _wrapped(uses(change), 6)
        yield from _quiet(at, paint)
        return
    if change.used_in:
        yield from _wrapped(uses(change), 6)


def _line(head: str, part: Part, at: str, paint: Paint) -> Iterator[str]:
    """A change of one value, in one line if there is room."""
    told = len(f"  {head}{part.old} -> {part.new}")
    if told > WIDTH:
        yield from _wrapped(head.rstrip(" :"), 2)
        yield from _part(part, True, paint)
    else:
        beside = told + len(f"  {at}") <= WIDTH
        yield f"  {head}{_arrow(part, paint)}" + (paint(f"  {at}", "quiet") if beside else "")
        if beside:
            return
    yield from _quiet(at, paint)


def _quiet(at: str, paint: Paint) -> Iterator[str]:
    if at:
        yield paint(f"      {at}", "quiet")


def _arrow(part: Part, paint: Paint) -> str:
    both = [paint(text, s) for text, s in ((part.old, "old"), (part.new, "new")) if text]
    return " -> ".join(both)


def _part(part: Part, marked: bool, paint: Paint) -> Iterator[str]:
    """One part of a change; `marked` with a word for what was and what is."""
    about = f"{part.about}: " if part.about else ""
    short = len(f"      {about}{part.old} -> {part.new}") <= WIDTH
    if part.old is not None and part.new is not None and not part.prose and short:
        yield f"      {about}{_arrow(part, paint)}"
        return
    both = part.old is not None and part.new is not None
    words = ("was: ", "now: ") if both else ("removed: ", "added: ")
    for word, text, style in zip(words, (part.old, part.new), ("old", "new"), strict=True):
        if text is not None:
            mark = word if both or (marked and not part.about) else ""
            yield from (paint(line, style) for line in _wrapped(f"{about}{mark}{text}", 6))


def _wrapped(text: str, indent: int) -> list[str]:
    space = " " * indent
    return wrap(
        text, WIDTH, initial_indent=space, subsequent_indent=f"{space}  ",
        break_on_hyphens=False, break_long_words=False,
    )  # fmt: skip


def _people(section: Section, paint: Paint) -> Iterator[str]:
    if not section.people:
        yield from _wrapped(NOBODY, 2)
        return
    for found in section.people:
        yield f"  {moment(found)}"
        if not found.complete:
            yield f"    {TOO_MANY}"
        for shift in found.shifts[:MOST_SHIFTS]:
            yield from _shift(shift, found, paint)
        if len(found.shifts) > MOST_SHIFTS:
            yield f"    {more(len(found.shifts) - MOST_SHIFTS, 'pair')}"
    yield from (paint(line, "quiet") for line in _wrapped(COUNTING, 2))


def _shift(shift: Shift, at: Reckoning, paint: Paint) -> Iterator[str]:
    old, new = place(shift.old, at), place(shift.new, at)
    yield f"    {paint(old, 'old')} -> {paint(new, 'new')}"
    yield from _wrapped(f"For example: {example(shift)}.", 6)
    yield from _wrapped(f"{share(shift, at)}.", 6)
    if shift.exactly:
        yield from (paint(line, "quiet") for line in _wrapped(in_common(shift), 6))
