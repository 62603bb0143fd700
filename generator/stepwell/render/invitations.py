"""Calendar files of the service: the next review of a pathway, and its meetings. Pure.

Content names how often a meeting is held, but no weekday and no hour. A series begins on
the first Monday after the last review of the pathway, and says that the team moves it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from urllib.parse import urlsplit

from markupsafe import Markup

from stepwell.definitions.base import Duration
from stepwell.definitions.practice import CaseReview
from stepwell.definitions.shared_care import Conference
from stepwell.model import Data
from stepwell.render.calendar_file import Event, calendar_file
from stepwell.resolve import Resolved
from stepwell.resolve.view import Reading
from stepwell.resolve.words import Words, plain
from stepwell.source import lines_of

REMINDER = "-P28D"
"""A review takes weeks to prepare."""
_FREQUENCIES = {"days": "DAILY", "weeks": "WEEKLY", "months": "MONTHLY", "years": "YEARLY"}


Meeting = CaseReview | Conference


def file_of(meeting: Meeting | None, reading: Reading) -> str | None:
    """The path below the language of the calendar file of a meeting, or of the pathway's review.

    None where those who run the service are not served, and for a meeting without a rhythm.
    """
    name, edition = reading.edition.pathway, reading.edition
    if not edition.serves_clinicians or (meeting and not rule(meeting.every)):
        return None
    if meeting is None:
        return f"{name}/review.ics"
    own = f"meeting-{meeting.id}" if isinstance(meeting, Conference) else "case-review"
    return f"{name}/{own}.ics"


def invitations(resolved: Resolved, language: str, name: str) -> Iterator[Data]:
    """The calendar files of a pathway in a language."""
    content = resolved.definitions.pathways[name]
    edition = resolved.edition(language, "clinician", name)
    review = [content.case_review] if content.case_review else []
    for meeting in (None, *review, *content.conferences):
        path = file_of(meeting, resolved.reading(edition, "", "print"))
        if path:
            yield _file(meeting, resolved.reading(edition, path, "print"))


def rule(every: Duration) -> str:
    """An interval as a RRULE on Mondays; nothing for a range and for what is no whole day."""
    frequency = _FREQUENCIES.get(str(every.unit))
    if frequency is None or every.high is not None or every.low % 1 or every.low < 1:
        return ""
    day = {"WEEKLY": ";BYDAY=MO", "MONTHLY": ";BYDAY=1MO"}.get(frequency, "")
    return f"FREQ={frequency};INTERVAL={every.low}{day}"


def first_day(every: Duration, after: datetime.date) -> datetime.date:
    """The first Monday after a day; of a month, where months are counted."""
    day = after + datetime.timedelta(days=7 - after.weekday())
    while every.unit == "months" and day.day > 7:
        day += datetime.timedelta(days=7)
    return day


def _file(meeting: Meeting | None, reading: Reading) -> Data:
    event = _review(reading) if meeting is None else _meeting(meeting, reading)
    return Data(
        path=f"{reading.edition.language}/{reading.page}",
        title=event.title,
        language=reading.edition.language,
        audience="lead" if meeting is None else "clinician",
        pathway=str(reading.edition.pathway),
        sources=lines_of(reading.used.spans),
        content=calendar_file(event.title, reading.edition.language, [event]),
    )


def _review(reading: Reading) -> Event:
    content, words = reading.view(reading.edition.content), reading.words()
    said = [words("The pathway is reviewed by this day: %(name)s", name=content.title)]
    said.append(words("Version %(version)s", version=content.version))
    title = words("Review by %(date)s", date=content.review_by)
    title = words("%(plan)s: %(check)s", plan=content.short, check=title)
    raw = reading.edition.content
    return _event(raw.review_by, title, said, "about.html", reading, alarm=REMINDER)


def _meeting(meeting: Meeting, reading: Reading) -> Event:
    view, words = reading.view(meeting), reading.words()
    name = view.title if isinstance(meeting, Conference) else words("Case review")
    said = [
        words("No weekday and no hour is set: move this series to your own."),
        words("Every %(time)s", time=view.every),
        _named(words("Length"), view.length, words),
        _named(words("Chair"), view.chair.title, words),
        _named(words("Members"), words.all_of([one.title for one in view.members]), words),
        words("Agenda"),
        *(Markup("\u2013 {}").format(line) for line in view.agenda.lines),
    ]
    content = reading.view(reading.edition.content)
    title = words("%(plan)s: %(check)s", plan=content.short, check=name)
    day = first_day(meeting.every, reading.edition.content.reviewed)
    return _event(day, title, said, "meetings.html", reading, rule=rule(meeting.every))


def _named(name: Markup, value: object, words: Words) -> Markup:
    return words("%(name)s: %(value)s", name=name, value=value)


def _event(
    day: datetime.date, title: Markup, said: list[Markup], page: str, reading: Reading,
    rule: str = "", alarm: str = "",
) -> Event:  # fmt: skip
    edition = reading.edition
    site = str(edition.definitions.site.url).rstrip("/")
    reading.used.spans.add(edition.content.place("reviewed"))
    return Event(
        uid=f"{reading.page.removesuffix('.ics').replace('/', '.')}@{urlsplit(site).hostname}",
        day=day,
        title=plain(title, edition.direction),
        text="\n".join(plain(line, edition.direction) for line in said),
        address=f"{site}/{edition.language}/{edition.pathway}/{page}",
        stamp=edition.content.reviewed,
        rule=rule,
        alarm=alarm,
    )  # fmt: skip
