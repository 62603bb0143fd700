"""Calendar files (iCalendar, RFC 5545) that a build writes. Pure.

All-day events only: who imports one moves it to an hour. `javascripts/pages/
monitoring.dates.js` writes the dated ones in the browser, by the same rules.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

PRODUCT = "-//Stepwell//Care pathways//EN"
MOST_OCTETS = 75
_ESCAPED = str.maketrans({
    "\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None, "\0": None,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Event:
    """An all-day event. `uid` stays the same when the rest changes; all texts are plain.

    `rule` is an RRULE; `alarm` says how long before it a reminder comes, as `-P28D`.
    `stamp` is the day on which this version of it was made.
    """

    uid: str
    day: datetime.date
    title: str
    text: str
    address: str
    stamp: datetime.date
    rule: str = ""
    alarm: str = ""


def calendar_file(name: str, language: str, events: Iterable[Event]) -> bytes:
    """A calendar with its events, UTF-8, lines folded at 75 octets and ended by CR LF.

    It has no METHOD: nobody is invited, and nobody has to answer.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN"]
    lines.append(f"X-WR-CALNAME:{escaped(name)}")
    for event in events:
        lines += _lines(event, language)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines).encode()


def _lines(event: Event, language: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(event.uid)}"
    yield f"DTSTAMP:{event.stamp:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.day + datetime.timedelta(days=1):%Y%m%d}"
    if event.rule:
        yield f"RRULE:{event.rule}"
    yield f"SUMMARY;LANGUAGE={language}:{escaped(event.title)}"
    yield f"DESCRIPTION;LANGUAGE={language}:{escaped(event.text)}"
    yield f"URL:{event.address}"
    yield "TRANSP:TRANSPARENT"
    if event.alarm:
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:{event.alarm}")
        yield f"DESCRIPTION:{escaped(event.title)}"
        yield "END:VALARM"
    yield "END:VEVENT"


def escaped(text: str) -> str:
    """A text as a value: no comma, semicolon or line break ends it."""
    return text.translate(_ESCAPED)


def folded(line: str) -> str:
    """A content line in lines of at most 75 octets; no letter is cut in two."""
    parts, size = [""], 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > MOST_OCTETS:
            parts.append(" ")
            size = 1
        parts[-1] += letter
        size += octets
    return "\r\n".join(parts)
