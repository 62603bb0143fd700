"""The calendar files of the service: valid, stable, and only what content says."""

from __future__ import annotations

import datetime
from itertools import chain
from typing import Any

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepwell.definitions.base import Duration
from stepwell.model import Data
from stepwell.render.calendar_file import MOST_OCTETS, Event, calendar_file, folded
from stepwell.render.exports import exports
from stepwell.render.invitations import first_day, rule
from stepwell.resolve import Resolved

DAY = datetime.date(2026, 11, 22)
PLAIN = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n"), max_size=200)


def files(resolved: Resolved, language: str) -> dict[str, Data]:
    """Path below the language -> calendar file."""
    made = (exports(resolved, language, name) for name in resolved.definitions.pathways)
    found = (one for one in chain.from_iterable(made) if one.path.endswith(".ics"))
    return {one.path.removeprefix(f"{language}/"): one for one in found}


def parsed(content: bytes) -> Any:
    """A calendar as others read it; its lines are as the standard asks."""
    assert content.endswith(b"\r\n")
    lines = content.split(b"\r\n")
    assert all(len(line) <= MOST_OCTETS and b"\n" not in line for line in lines)
    for line in lines:
        line.decode()  # no letter is cut in two
    found = icalendar.Calendar.from_ical(content)
    assert isinstance(found, icalendar.Calendar)
    assert not [problem for one in found.walk() for problem in one.errors]
    assert "METHOD" not in found
    assert found["VERSION"] == "2.0"
    assert found["PRODID"]
    return found


READERS = ("en", "es", "fr", "ar")
"""The languages in which clinicians read the samples."""


def test_each_pathway_has_its_review_and_meetings(resolved: Resolved) -> None:
    """One file each, in the languages of those who run the service and in no other."""
    for language in resolved.words:
        wanted = set()
        for name, content in resolved.definitions.pathways.items():
            wanted |= {f"{name}/review.ics", f"{name}/case-review.ics"}
            wanted |= {f"{name}/meeting-{one.id}.ics" for one in content.conferences}
        assert files(resolved, language).keys() == (wanted if language in READERS else set())


@pytest.mark.parametrize("language", READERS)
def test_they_are_calendars(resolved: Resolved, language: str) -> None:
    """Each is read without an error, has one all-day event, and says where it is from."""
    names = set()
    for path, file in files(resolved, language).items():
        (event,) = parsed(file.content).events
        assert type(event.start) is datetime.date
        assert event.end - event.start == datetime.timedelta(days=1)
        assert "DTSTAMP" in event
        assert event["URL"].startswith(f"https://pathways.harbourlane.example/{language}/")
        assert event["SUMMARY"].params["LANGUAGE"] == language
        assert event["SUMMARY"] == file.title
        names.add(event["UID"])
        assert (event.rrules != []) == ("review.ics" not in path or "case" in path)
    assert len(names) == len(files(resolved, language))


def test_an_event_is_the_same_in_every_language(resolved: Resolved) -> None:
    """Who takes the file in another language gets no second event."""
    found = {
        language: [event["UID"] for file in files(resolved, language).values()
                   for event in parsed(file.content).events]
        for language in READERS
    }  # fmt: skip
    assert len({tuple(names) for names in found.values()}) == 1


def test_the_review_is_on_its_day(resolved: Resolved) -> None:
    """The last day on which the pathway may be unreviewed, with four weeks to prepare."""
    for name, content in resolved.definitions.pathways.items():
        (event,) = parsed(files(resolved, "en")[f"{name}/review.ics"].content).events
        assert event.start == content.review_by
        (alarm,) = event.walk("VALARM")
        assert alarm["TRIGGER"].dt == datetime.timedelta(days=-28)


@pytest.mark.parametrize(
    ("every", "wanted"),
    [
        ("1 week", "FREQ=WEEKLY;INTERVAL=1;BYDAY=MO"),
        ("3 months", "FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO"),
        ("1 year", "FREQ=YEARLY;INTERVAL=1"),
        ("2 days", "FREQ=DAILY;INTERVAL=2"),
        ("2..4 weeks", ""),
        ("12 hours", ""),
        ("1.5 weeks", ""),
        ("0 weeks", ""),
    ],
)
def test_a_rhythm_is_a_rule(every: str, wanted: str) -> None:
    """What has no whole rhythm has no series."""
    assert rule(Duration.read(every)) == wanted


@given(st.dates(datetime.date(2020, 1, 1), datetime.date(2040, 1, 1)))
def test_a_series_begins_on_a_monday(after: datetime.date) -> None:
    """The next one, or the first of a month: then the rule holds for the first event, too."""
    weekly = first_day(Duration.read("1 week"), after)
    assert weekly.weekday() == 0
    assert 1 <= (weekly - after).days <= 7
    monthly = first_day(Duration.read("3 months"), after)
    assert (monthly.weekday(), monthly > after) == (0, True)
    assert monthly.day <= 7


@given(PLAIN, PLAIN)
def test_any_text_comes_back(title: str, text: str) -> None:
    """Commas, line breaks, markup and long lines in any script are text and nothing else."""
    event = Event("one@clinic.example", DAY, title, text, "https://clinic.example/", DAY)
    (found,) = parsed(calendar_file(title, "en", [event])).events
    assert str(found["SUMMARY"]) == title
    assert str(found["DESCRIPTION"]) == text


def test_a_line_is_folded_between_letters() -> None:
    """A letter of several octets is kept whole, and a short line stays as it is."""
    assert folded("x" * 75) == "x" * 75
    assert folded("x" * 74 + "\u00e9") == "x" * 74 + "\r\n \u00e9"
