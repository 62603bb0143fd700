"""The moments of checks as a page carries them, for its script to add to a first day."""

from __future__ import annotations

import json
from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from tests.render.test_calendar import PLANS, check

from stepwell.definitions.base import Duration
from stepwell.definitions.project import Definitions
from stepwell.render.calendar import Moment
from stepwell.render.due import due_dates, first_of_month, repeats, rows, shifts, step
from stepwell.resolve import Resolved

PATHWAY = "psychiatry-primary-care"


def moment(text: str) -> Moment:
    """The moment after a length of time as an editor types it."""
    return Moment.after(Duration.read(text))


def test_a_moment_is_whole_months_and_whole_days() -> None:
    """Months stay months, parts of a day are dropped: a check is never named too late."""
    said = {
        "2 weeks": (0, 14), "3 months": (3, 0), "1.5 years": (18, 0), "0.5 months": (0, 15),
        "36 hours": (0, 1), "30 minutes": (0, 0),
    }  # fmt: skip
    assert {text: shifts(moment(text))[0] for text in said} == said
    assert shifts(moment("6..8 weeks")) == ((0, 42), (0, 56))
    assert shifts(moment("1 year") + moment("12 weeks")) == ((12, 84), (12, 84))


def test_an_interval_is_a_rule_if_a_calendar_knows_one() -> None:
    """Whole months or days; a range or hours are no rule."""
    said = {"3 months": (3, 0), "1 year": (12, 0), "2 weeks": (0, 14), "1 day": (0, 1)}
    assert {text: step(Duration.read(text)) for text in said} == said
    for text in ("3..6 months", "12 hours", "1.5 weeks", "0 weeks"):
        assert step(Duration.read(text)) is None, text


def test_rows_have_names_of_their_own() -> None:
    """A name comes from the moment, so that it stays when the plan gets other rows."""
    few = [row.key for row in rows([check(at=["2 weeks", "1 year"])])]
    more = [row.key for row in rows([check(at=["1 week", "2 weeks", "6..8 weeks", "1 year"])])]
    assert few == ["0m14d", "12m0d"]
    assert more == ["0m7d", "0m14d", "0m42d-0m56d", "12m0d"]
    hours = [row.key for row in rows([check(at=["2 hours", "3 hours"])])]
    assert len(set(hours)) == 2


def test_what_goes_on_has_its_next_time() -> None:
    """It is an interval after the last row, and checks with another last row stand apart."""
    found = repeats([
        check("a", baseline="yes", then_every="6 months"),
        check("b", at=["3 months"], then_every="6 months"),
    ])  # fmt: skip
    assert [(one.key, one.first and shifts(one.first)[0], len(one.checks)) for one in found] == [
        ("every-6m0d-1", (30, 0), 1), ("every-6m0d-2", (27, 0), 1),
    ]  # fmt: skip


def test_a_later_interval_follows_the_last_time_of_the_one_before() -> None:
    """Weekly up to a year, then every 4 weeks: the first of these is 4 weeks after week 52."""
    weekly, later = repeats([check(then_every="1 week", until="1 year", later_every="4 weeks")])
    assert weekly.interval.until == "1 year"
    assert [one.first and shifts(one.first)[0] for one in (weekly, later)] == [
        (0, 27 * 7), (0, 56 * 7),
    ]  # fmt: skip


def test_an_interval_of_nothing_has_no_next_time() -> None:
    """A faulty plan does not stop the build."""
    found = repeats([check(then_every="0 weeks", until="1 year", later_every="4 weeks")])
    assert [one.first and shifts(one.first)[0] for one in found] == [None, (0, 28)]


def test_a_time_that_the_plan_leaves_open_stays_open() -> None:
    """A later interval without its time has no day."""
    found = repeats([check(then_every="1 year", later_every="2 years")])
    assert [one.first is None for one in found] == [False, True]


@given(st.lists(PLANS, min_size=1, max_size=3))
def test_no_gap_before_what_goes_on(plans: list[dict[str, object]]) -> None:
    """From the last row of a check to its next time it is an interval at most; keys are unique."""
    checks = [check(f"c{number}", **plan) for number, plan in enumerate(plans)]
    keys = [row.key for row in rows(checks)]
    assert len(set(keys)) == len(keys)
    for one in checks:
        days = [row.due.moment.longest for row in rows([one])]
        assert all(earlier <= later for earlier, later in pairwise(days))
        for repeat in repeats([one]):
            if repeat.first is None:
                continue
            since = repeat.interval.since
            last = since.days if since else max(days, default=Decimal(0))
            assert repeat.first.longest <= last + repeat.interval.every.days


def test_the_page_has_every_moment(resolved: Resolved, real: Definitions) -> None:
    """The data of the page names each check of each plan, and can stand in a script element."""
    clinician = resolved.reading(resolved.edition("en", "clinician", PATHWAY), "x.html", "web")
    patient = resolved.reading(resolved.edition("en", "patient", PATHWAY), "x.html", "web")
    due = due_dates(clinician, patient)
    plans = real.pathways[PATHWAY].monitoring
    for plan, found in zip(plans, json.loads(due.data), strict=True):
        assert found["id"] == plan.id
        named = {name for row in (*found["rows"], *found["repeats"]) for name in row["checks"]}
        assert named == {str(one.id) for one in plan.parameters}
    assert not set("<>&") & set(due.data)


def test_the_first_of_a_month_is_said_as_in_the_language(resolved: Resolved) -> None:
    """1er in French, 1 elsewhere, whatever stands before it in a date."""
    found = {tag: first_of_month(words) for tag, words in resolved.words.items()}
    assert found.pop("fr") == "1er"
    assert set(found.values()) == {"1"}
