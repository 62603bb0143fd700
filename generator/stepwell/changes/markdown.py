"""A report as Markdown for a pull request: tables by topic, long lists folded.

Nothing that stands in the content can become markup: each character that could
be is written as an entity, and content never begins a line. Words that differ in a
sentence are struck out and bold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import groupby

from stepwell.changes.model import Change, Part, Reckoning, Report, Section, Shift, Topic
from stepwell.changes.wording import (
    COUNTING,
    NOBODY,
    TOO_MANY,
    counted,
    example,
    headline,
    in_common,
    location,
    moment,
    place,
    share,
    summary,
    title,
    uses,
)

MOST_ROWS = 12
"""Longer tables are folded."""
_MARKUP = re.compile(r"[&<>|`*_~\[\]\\$]")
_MENTION = re.compile(r"(?<!\w)([@#])(?=\w)")


def as_markdown(report: Report) -> str:
    """The report as GitHub and GitLab show it."""
    lines = [
        f"## Clinical changes: {escape(report.old)} → {escape(report.new)}",
        "",
        f"**{escape(summary(report))}**",
    ]
    for section in report.sections:
        lines += ["", *_section(section)]
    return "\n".join(lines) + "\n"


def escape(text: str) -> str:
    """A text in one line that shows as it was typed and is no markup."""
    plain = _MENTION.sub("\\1\u200b", " ".join(text.split()))
    return _MARKUP.sub(lambda match: f"&#{ord(match[0])};", plain)


def _section(section: Section) -> Iterator[str]:
    yield f"### {escape(title(section, '→'))}"
    told = {topic: list(found) for topic, found in groupby(section.changes, lambda c: c.topic)}
    for topic in Topic:
        if topic is Topic.PEOPLE and (section.people or section.reckoned):
            yield from ("", f"#### {topic.title}", "", *_people(section))
        elif topic in told:
            yield from ("", f"#### {topic.title}", "")
            rows = [_row(cells) for change in told[topic] for cells in _rows(change)]
            yield from _folded(_table(("what", "before", "now"), rows), len(rows), "row")


def _table(head: Iterable[str], rows: Iterable[str]) -> list[str]:
    names = list(head)
    return [_row(names), _row(["---"] * len(names)), *rows]


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _folded(lines: list[str], count: int, what: str) -> Iterator[str]:
    if count <= MOST_ROWS:
        yield from lines
        return
    yield from (f"<details><summary>{counted(count, what)}</summary>", "", *lines)
    yield from ("", "</details>")


def _rows(change: Change) -> Iterator[tuple[str, str, str]]:
    """What, before and now: a row for each part, but one for what was added or removed whole."""
    small = (text for text in (location(change), uses(change)) if text)
    below = "".join(f"<br><sub>{escape(text)}</sub>" for text in small)
    head = escape(headline(change))
    if change.kind in ("added", "removed"):
        whole = "<br>".join(_told(part) for part in change.parts)
        added = change.kind == "added"
        yield f"{head}{below}", "" if added else whole, whole if added else ""
        return
    for number, part in enumerate(change.parts):
        about = escape(part.about)
        first = f"{head}{about and f': {about}'}{below}"
        yield (first if number == 0 else about or "…", *_cells(part))


def _told(part: Part) -> str:
    about = f"{part.about}: " if part.about else ""
    return escape(f"{about}{part.new if part.old is None else part.old}")


def _cells(part: Part) -> tuple[str, str]:
    if part.prose and part.old and part.new:
        return _marked(part.old, part.new)
    return escape(part.old or ""), escape(part.new or "")


def _marked(old: str, new: str) -> tuple[str, str]:
    """Two sentences with the words that differ marked in each."""
    was, now = old.split(), new.split()
    left: list[str] = []
    right: list[str] = []
    for tag, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        gone, come = escape(" ".join(was[a:b])), escape(" ".join(now[c:d]))
        same = tag == "equal"
        left += [gone if same else f"<del>{gone}</del>"] if gone else []
        right += [come if same else f"<ins>{come}</ins>"] if come else []
    return " ".join(left), " ".join(right)


def _people(section: Section) -> Iterator[str]:
    """One table of all who change place; counts of everything folded below."""
    if not section.people:
        yield NOBODY
        return
    rows = [
        _row((escape(moment(found)) if at == 0 else "", *_moved(shift, found)))
        for found in section.people
        for at, shift in enumerate(found.shifts)
    ]
    if rows:
        yield from _table(("when", "before", "now", "for example", "how many"), rows)
    yield from (
        f"\n{escape(moment(found))}: {TOO_MANY}" for found in section.people if not found.complete
    )
    yield from ("", "<details><summary>What they have in common, and what is counted</summary>", "")
    for found in section.people:
        yield from _details(found)
    yield from ("", "</details>", "", f"<sub>{COUNTING}</sub>")


def _moved(shift: Shift, at: Reckoning) -> Iterator[str]:
    told = (place(shift.old, at), place(shift.new, at), example(shift), share(shift, at))
    return map(escape, told)


def _details(found: Reckoning) -> Iterator[str]:
    for shift in found.shifts:
        told = f"{place(shift.old, found)} → {place(shift.new, found)}. {in_common(shift)}"
        yield f"- {escape(moment(found))}: {escape(told)}"
    axes = "; ".join(f"{axis.label}: {axis.values:,} {axis.what}" for axis in found.counted)
    possible = counted(found.possible, "combination")
    yield f"- {escape(moment(found))} there are {possible} in all. {escape(axes)}."
