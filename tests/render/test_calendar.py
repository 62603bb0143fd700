"""When the checks of a plan are due: the rows of a calendar to fill in."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from stepwell.definitions.base import Duration
from stepwell.definitions.project import Definitions
from stepwell.definitions.shared_care import Parameter
from stepwell.render.calendar import MOST_REPEATS, ROWS_UNTIL, Moment, alike, calendar

ALWAYS = {
    "label": "Weight", "baseline": "no", "orders": "gp", "reviews": "gp", "acts": "gp",
    "limit": "High.", "action": "Act.", "source": "local",
}  # fmt: skip


def check(name: str = "weight", **times: Any) -> Parameter:
    """A check with the times given, keys as an editor types them but with `_`."""
    typed = {key.replace("_", "-"): value for key, value in times.items()}
    return Parameter.model_validate({"id": name, **ALWAYS, **typed})


def rows(*checks: Parameter) -> list[tuple[str, list[str]]]:
    """(time after the start, ids of what is checked) of each row."""
    return [
        (" and ".join(row.moment.parts), [str(one.id) for one in row.checks])
        for row in calendar(checks).rows
    ]


def goes_on(*checks: Parameter) -> list[tuple[str, str | None, str | None, bool]]:
    """What goes on after the rows."""
    return [(i.every, i.since, i.until, i.later) for i, _ in calendar(checks).goes_on]


def test_times_are_rows_in_order() -> None:
    """The start comes first, then each time of the plan by its length, whatever its unit."""
    found = rows(check(baseline="yes", at=["1 year", "2 weeks", "3 months"]))
    assert [time for time, _ in found] == ["", "2 weeks", "3 months", "1 years"]


def test_checks_of_the_same_time_are_one_row() -> None:
    """Twelve months are a year; both checks stand in its row, in the order of the plan."""
    found = rows(check("weight", at=["12 months"]), check("waist", at=["1 year"]))
    assert found == [("1 years", ["weight", "waist"])]


def test_an_interval_is_counted_from_the_last_time() -> None:
    """After 12 weeks, `then every 3 months` is three months after that, not after the start."""
    found = rows(check(at=["4 weeks", "12 weeks"], then_every="6 months"))
    assert [time for time, _ in found] == [
        "4 weeks", "12 weeks", "6 months and 12 weeks", "1 years and 12 weeks",
        "18 months and 12 weeks",
    ]  # fmt: skip


def test_an_interval_gives_way_to_a_later_one() -> None:
    """Every 3 months up to a year, then every 6; the calendar says what goes on."""
    plan = check(then_every="3 months", until="1 year", later_every="6 months")
    assert [time for time, _ in rows(plan)] == [
        "3 months", "6 months", "9 months", "1 years", "18 months", "2 years",
    ]  # fmt: skip
    assert goes_on(plan) == [("6 months", None, None, False)]


def test_an_interval_can_end() -> None:
    """Without a later interval nothing goes on after the end."""
    plan = check(then_every="2 weeks", until="2 months")
    assert [time for time, _ in rows(plan)] == ["2 weeks", "4 weeks", "6 weeks", "8 weeks"]
    assert goes_on(plan) == []


def test_what_has_no_row_is_named() -> None:
    """Where an interval is too short for rows to its end, its end and the next one are said."""
    plan = check(then_every="1 week", until="1 year", later_every="4 weeks")
    assert len(rows(plan)) == MOST_REPEATS
    assert goes_on(plan) == [
        ("1 week", None, "1 year", False), ("4 weeks", "1 year", None, False),
    ]  # fmt: skip


def test_a_later_interval_without_its_time_is_named() -> None:
    """It is not known when it begins, so that no row has it."""
    plan = check(then_every="6 months", later_every="1 year")
    assert [time for time, _ in rows(plan)] == ["6 months", "1 years", "18 months", "2 years"]
    assert goes_on(plan) == [("6 months", None, None, False), ("1 year", None, None, True)]


def test_only_a_later_interval_is_an_interval() -> None:
    """It begins after the last time."""
    plan = check(at=["1 year"], later_every="1 year")
    assert [time for time, _ in rows(plan)] == ["1 years", "2 years"]
    assert goes_on(plan) == [("1 year", None, None, False)]


def test_a_time_after_the_rows_still_has_one() -> None:
    """The plan's own times are never left away."""
    plan = check(at=["5 years"], then_every="1 year")
    assert [time for time, _ in rows(plan)] == ["5 years"]
    assert goes_on(plan) == [("1 year", None, None, False)]


def test_a_range_stays_a_range() -> None:
    """`6..8 weeks` is one row, and what follows is as uncertain."""
    found = rows(check(at=["6..8 weeks"], then_every="52 weeks"))
    assert [time for time, _ in found] == ["6..8 weeks", "58..60 weeks"]


def test_an_interval_of_nothing_repeats_nothing() -> None:
    """A faulty plan does not hang the build."""
    assert rows(check(then_every="0 weeks")) == []


def test_a_time_is_said_in_the_largest_whole_unit() -> None:
    """Hours, days and weeks, months and years: no fractions where there are none."""
    said = {
        "14 days": "2 weeks", "10 days": "10 days", "36 hours": "36 hours", "24 months": "2 years",
        "1.5 years": "18 months", "90 minutes": "1.5 hours", "0.5 months": "0.5 months",
    }  # fmt: skip
    for typed, wanted in said.items():
        assert list(Moment.after(Duration.read(typed)).parts) == [wanted]


def test_checks_with_the_same_times_and_people_are_alike() -> None:
    """They share a line of the medicine sheet; another role or time is another line."""
    plan = [
        check("a", at=["1 year"]), check("b", at=["1 year"], acts="nurse"),
        check("c", at=["1 year"]), check("d", at=["1 year"], baseline="yes"),
    ]  # fmt: skip
    assert [[str(one.id) for one in group] for group in alike(plan)] == [
        ["a", "c"], ["b"], ["d"],
    ]  # fmt: skip


TIMES = st.builds(
    "{} {}".format, st.integers(1, 40), st.sampled_from(["days", "weeks", "months", "years"])
)
PLANS = st.fixed_dictionaries(
    {"baseline": st.sampled_from(["yes", "no"]), "at": st.lists(TIMES, max_size=5)},
    optional={"then_every": TIMES, "until": TIMES, "later_every": TIMES},
)


def longest(time: str | None) -> Decimal:
    """The days of a time, 0 without one."""
    return Duration.read(time).days if time else Decimal(0)


@given(PLANS)
def test_no_gap_is_longer_than_the_plan_allows(plan: Mapping[str, Any]) -> None:
    """Every time of a plan has a row, in order, once, and repeats are an interval apart at most."""
    found = calendar([check(**plan)])
    days = [row.moment.longest for row in found.rows]
    assert days == sorted(set(days))
    wanted = {longest(time) for time in plan["at"]}
    wanted |= {Decimal(0)} if plan["baseline"] == "yes" else set()
    assert wanted <= set(days)
    last = max(wanted, default=Decimal(0))
    widest = max(longest(plan.get("then_every")), longest(plan.get("later_every")))
    repeats = [last, *(day for day in days if day > last)]
    assert all(later - earlier <= widest for earlier, later in pairwise(repeats))
    assert all(day <= ROWS_UNTIL for day in repeats[1:])


@given(st.lists(PLANS, min_size=1, max_size=4))
def test_no_check_is_lost(plans: list[Mapping[str, Any]]) -> None:
    """A check with any time is in a row or goes on, and what never ends goes on."""
    checks = [check(f"c{number}", **plan) for number, plan in enumerate(plans)]
    found = calendar(checks)
    in_rows = {str(one.id) for row in found.rows for one in row.checks}
    later = {str(one.id) for _, group in found.goes_on for one in group}
    for name, plan in ((str(one.id), plan) for one, plan in zip(checks, plans, strict=True)):
        intervals = {"then_every", "later_every"} & set(plan)
        if plan["baseline"] == "yes" or plan["at"]:
            assert name in in_rows
        if "later_every" in plan or (intervals and "until" not in plan):
            assert name in later


def test_the_sample_plans(real: Definitions) -> None:
    """The first year and the year after of lithium, as its guideline says."""
    plans = real.pathways["psychiatry-primary-care"].monitoring
    lithium = next(plan for plan in plans if plan.medicine == "lithium")
    levels = [time for time, ids in rows(*lithium.parameters) if "lithium-level" in ids]
    assert levels == ["3 months", "6 months", "9 months", "1 years", "18 months", "2 years"]
