"""Due dates, their calendar files and scores in a browser: right, private, for everybody."""

from __future__ import annotations

import datetime
import itertools
import random
from pathlib import Path
from typing import Any

import icalendar
import pytest
from dateutil.relativedelta import relativedelta
from dateutil.rrule import rrulestr
from tests.browser import audited, needs_chromium
from tests.conftest import TODAY
from tests.render.test_calendar import check
from tests.render.test_invitations import parsed

from stepwell.definitions.base import DAYS
from stepwell.definitions.project import Definitions
from stepwell.definitions.shared_care import Parameter
from stepwell.definitions.vocabulary import Instrument
from stepwell.render.calendar import Moment, calendar
from stepwell.render.due import Repeat, repeats, shifts, step

pytestmark = [*needs_chromium, pytest.mark.xdist_group("output-calculators")]
PATHWAY, PLAN = "psychiatry-primary-care", "lithium-monitoring"
STARTS = [
    datetime.date(2026, 1, 31), datetime.date(2027, 12, 31), datetime.date(2028, 2, 29),
    datetime.date(2026, 8, 30), datetime.date(2099, 12, 31), datetime.date(1990, 1, 1),
]  # fmt: skip
ADD = "asked => asked.map(([start, shift]) => stepwellDates.after(start, shift))"
RULES = """asked => asked.map(([first, every, kept, until]) =>
  stepwellDates.rule(first, every, kept, until))"""
NOW = datetime.datetime.combine(TODAY, datetime.time(12))


def days(start: datetime.date, moment: Moment) -> list[datetime.date]:
    """The first and last day of a moment of a calendar, by another library than ours."""
    found = []
    for months, rest in zip(moment.months, moment.days, strict=True):
        left = rest + (months % 1) * DAYS["months"]
        found.append(start + relativedelta(months=int(months)) + datetime.timedelta(int(left)))
    return found


def plans(real: Definitions, chance: random.Random) -> list[tuple[Parameter, ...]]:
    """The sample plans, and some that nobody would write."""

    def time() -> str:
        low, unit = (
            chance.randint(1, 40),
            chance.choice(("hours", "days", "weeks", "months", "years")),
        )
        return f"{low}..{low + 2} {unit}" if chance.random() < 0.2 else f"{low} {unit}"

    found = [plan.parameters for plan in real.pathways[PATHWAY].monitoring]
    for _ in range(40):
        times = {
            name: time() for name in ("then_every", "until", "later_every") if chance.random() < 0.6
        }
        some = check(at=[time() for _ in range(3)], baseline=chance.choice(("yes", "no")), **times)
        found.append((some,))
    return found


def day(text: datetime.date | str) -> str:
    """A day as the script takes and gives it."""
    return str(text)


def open_due(page: Any, address: str, language: str = "en", start: str = "2026-10-31") -> None:
    """Open the page about monitoring and ask for the dates of a plan."""
    page.clock.set_fixed_time(NOW)
    page.goto(f"{address}/{language}/{PATHWAY}/monitoring.html")
    page.select_option("#due-plan", PLAN)
    page.fill("#due-start", start)
    page.click(".sw-due__form .sw-button")


def saved(page: Any, reader: str, folder: Path) -> bytes:
    """The calendar file for a reader, as it is saved."""
    with page.expect_download() as download:
        page.click(f"[data-plan={PLAN}] [data-do={reader}]")
    assert download.value.suggested_filename == f"{PLAN}-2026-10-31-{reader}.ics"
    download.value.save_as(folder / f"{reader}.ics")
    return (folder / f"{reader}.ics").read_bytes()


def events(content: bytes) -> list[Any]:
    """The events of a calendar."""
    return list(parsed(content).events)


def test_days_are_those_of_the_plans(real: Definitions, tab: Any, address: str) -> None:
    """Thousands of days after many first days are those that Python counts for the same rows."""
    chance = random.Random("due")
    starts = STARTS + [
        datetime.date(1990, 1, 1) + datetime.timedelta(chance.randrange(40_000)) for _ in range(12)
    ]
    moments = [row.moment for plan in plans(real, chance) for row in calendar(plan).rows]
    pairs = list(itertools.product(starts, dict.fromkeys(moments)))
    page = tab()
    page.goto(f"{address}/en/{PATHWAY}/monitoring.html")
    asked = [[day(start), shift] for start, moment in pairs for shift in shifts(moment)]
    wanted = [day(one) for start, moment in pairs for one in days(start, moment)]
    assert len(wanted) > 4000
    assert page.evaluate(ADD, asked) == wanted

    # What goes on: the rule gives the same days as counting on from the first day.
    found: list[tuple[datetime.date, Repeat, tuple[int, int]]] = []
    for start, plan in itertools.product(starts, plans(real, chance)):
        for one in repeats(plan):
            every = step(one.interval.every)
            if one.first and every and shifts(one.first)[0][1] * every[0] == 0:
                found.append((start, one, every))
    firsts = [days(start, one.first)[0] for start, one, _ in found if one.first]
    kept = [start.day if every[0] else 1 for start, _, every in found]
    rules = page.evaluate(
        RULES,
        [
            [day(first), every, keep, None]
            for first, (_, _, every), keep in zip(firsts, found, kept, strict=True)
        ],
    )
    assert len(rules) > 300
    for (start, one, every), first, rule in zip(found, firsts, rules, strict=True):
        assert one.first is not None
        until = datetime.datetime.combine(first, datetime.time())
        counted = [
            start + relativedelta(months=shifts(one.first)[0][0] + n * every[0])
            + datetime.timedelta(shifts(one.first)[0][1] + n * every[1])
            for n in range(4)
        ]  # fmt: skip
        given = itertools.islice(rrulestr(rule, dtstart=until), 4)
        assert [moment.date() for moment in given] == counted, (start, rule)


def test_the_page_shows_dates_and_where_they_stand(tab: Any, address: str) -> None:
    """By keyboard alone: a plan, a day, Enter; then each row has its day, and what has passed."""
    page = tab(360)
    page.clock.set_fixed_time(NOW)
    page.goto(f"{address}/en/{PATHWAY}/monitoring.html")
    asks: list[str] = []
    page.on("request", lambda request: asks.append(request.url))
    before = page.url
    page.focus("#due-plan")
    page.keyboard.type("Checks with lithium")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator("#due-error").is_visible()
    assert page.evaluate("document.activeElement.id") == "due-start"
    page.keyboard.type("10312026")
    page.keyboard.press("Enter")
    section = page.locator(f"[data-plan={PLAN}]")
    assert not page.locator("#due-error").is_visible()
    assert page.evaluate("document.activeElement.textContent") == "Due dates: Checks with lithium"
    rows = section.locator("[data-row]")
    said = [row.locator("th").inner_text().split("\n") for row in rows.all()]
    assert [part.strip() for part in said[0]] == [
        "On or before Saturday, October 31, 2026",
        "Before the start",
        "Passed: overdue if not done",
    ]
    assert "Saturday, November 28, 2026" in said[4][0]
    assert [len(row) for row in said[:6]] == [3, 3, 3, 3, 2, 2]  # three weeks have passed
    assert "Next: Monday, April 30, 2029" in section.locator("[data-repeat]").first.inner_text()

    # Another day at once, no day at all, and the day itself.
    page.fill("#due-start", "2026-11-22")
    assert "Due now" in rows.first.inner_text()
    page.fill("#due-start", "")
    assert not section.is_visible()
    page.fill("#due-start", "2026-11-01")
    page.fill("#due-reference", "<b>R-7</b>")
    assert section.locator("[data-reference]").inner_text() == "<b>R-7</b>"

    # On a telephone, open and filled: for everybody, and nothing beside the screen.
    assert audited(page, ".sw-due") == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360

    # Nothing went anywhere.
    assert page.url == before
    assert [url for url in asks if not url.startswith(f"{address}/assets/")] == []  # fonts, icon
    kept = page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]")
    assert kept == [0, 0, ""]


def test_the_file_for_the_patient_has_patient_words(
    real: Definitions, tab: Any, address: str, tmp_path: Path
) -> None:
    """It says what is checked and whom to call, and nothing that only clinicians read."""
    page = tab()
    open_due(page, address)
    content = saved(page, "patient", tmp_path)
    (plan,) = (one for one in real.pathways[PATHWAY].monitoring if one.id == PLAN)
    found = events(content)
    assert len(found) == len(calendar(plan.parameters).rows) + len(repeats(plan.parameters))
    assert found[0].start == datetime.date(2026, 10, 31)
    assert len({event["UID"] for event in found}) == len(found)
    everything = icalendar.Calendar.from_ical(content).to_ical().decode().replace("\r\n ", "")
    assert "020 7946 0100" in everything  # the crisis line
    assert f"/en/{PATHWAY}/medicine-lithium.html" in everything
    assert "VALARM" not in everything
    for secret in ("Orders", "Reviews", "Act when", "What is done", "eferral", "/monitoring.html"):
        assert secret not in everything, secret
    assert [event["SUMMARY"] for event in found] == ["Checks with lithium"] * len(found)
    assert all(event["CLASS"] == "PRIVATE" for event in found)
    going = [event for event in found if event.rrules]
    assert [event.start for event in going] == [
        datetime.date(2029, 4, 30),
        datetime.date(2029, 10, 31),
    ]
    assert [event["UID"] for event in events(saved(page, "patient", tmp_path))] == [
        event["UID"] for event in found
    ]


def test_the_file_for_the_team_has_limits_and_roles(tab: Any, address: str, tmp_path: Path) -> None:
    """Each check with its roles, limit and action; a reminder if wanted; any reference is text."""
    page = tab(360)
    open_due(page, address, "ar")
    assert audited(page, ".sw-due") == []
    dates = page.locator(f"[data-plan={PLAN}]").inner_text()
    assert "2026" in dates
    assert not any("\u0660" <= letter <= "\u0669" for letter in dates)  # Latin digits
    hostile = 'R;1,\\n"END:VCALENDAR'
    page.fill("#due-reference", hostile)
    page.check(f"[data-plan={PLAN}] [data-reminder]")
    found = events(saved(page, "team", tmp_path))
    cells = page.locator(f"[data-check='{PLAN}/lithium-level'] [data-name]").all_inner_texts()
    level = next(event for event in found if event.start == datetime.date(2027, 1, 31))
    text = str(level["DESCRIPTION"]).replace("\u2066", "").replace("\u2069", "")
    assert all(" ".join(cell.split()) in text for cell in cells)
    assert all(str(event["SUMMARY"]).startswith(f"[{hostile}] ") for event in found)
    assert all(len(event.walk("VALARM")) == 1 for event in found)
    assert level["SUMMARY"].params["LANGUAGE"] == "ar"
    names = {event["UID"] for event in found}
    page.fill("#due-reference", "another")
    assert not names & {event["UID"] for event in events(saved(page, "team", tmp_path))}


# Scores of questionnaires.

TYPE = """([name, typed, total]) => {
  const form = document.querySelector(`[data-score="${name}"]`);
  form.closest("details").open = true;
  form.querySelectorAll("[data-item]").forEach((field, at) => (field.value = typed[at] ?? ""));
  form.querySelector("[data-total]").value = total;
  form.dispatchEvent(new Event("input"));
  const all = (selector) => [...form.querySelectorAll(selector)];
  const shown = (selector) => all(selector).filter((one) => one.checkVisibility());
  const sum = (band) => band.querySelector("[data-sum]").textContent;
  return {
    bands: shown("[data-band]").map((one) => [one.dataset.band, sum(one)]),
    told: shown("[data-tell]").map((one) => one.dataset.tell),
    missing: form.querySelector("[data-missing]")?.textContent ?? "",
  };
}"""


def spread(instrument: Instrument, total: int) -> list[str]:
    """Scores of the questions that make a total, the last question as low as it can be."""
    assert instrument.each is not None
    high = int(instrument.each.high or 0)
    found: list[int] = []
    for _ in range(instrument.items):
        found.append(min(high, total - sum(found)))
    return [str(score) for score in found]


def test_a_score_has_its_band(real: Definitions, tab: Any, address: str) -> None:
    """At both edges of every band, from the questions and from a total; and never beside them."""
    page = tab()
    page.goto(f"{address}/en/instruments.html")
    before = page.url

    def told(name: str, typed: list[str], total: object = "") -> Any:
        return page.evaluate(TYPE, [name, typed, str(total)])

    for one in real.vocabulary.instruments:
        name = str(one.id)
        for band in one.bands:
            for total in (band.from_, band.to):
                wanted = [[str(band.id), str(total)]]
                assert told(name, [], total)["bands"] == wanted, (name, total)
                assert told(name, spread(one, total))["bands"] == wanted, (name, total)
        for outside in (one.to + 1, "-1", "1.5", "x"):
            assert told(name, [], outside) == {"bands": [], "told": ["wrong"], "missing": ""}

    # What is missing, wrong or contradictory has no band.
    nine = ["1", "0", "", "2", "1", "1", "", "1", "0"]
    found = told("phq-9", nine)
    assert (found["bands"], found["told"], found["missing"]) == ([], ["missing"], "3 and 7")
    assert told("phq-9", nine, 6)["bands"] == []
    full = ["1"] * 8 + ["0"]
    assert told("phq-9", full, 9)["told"] == ["differs"]
    assert told("phq-9", full, 8)["bands"] == [["mild", "8"]]
    assert told("phq-9", ["4", *full[1:]])["told"] == ["wrong"]

    # The question about suicide speaks at once, also without a total; a total can't show it.
    assert told("phq-9", [""] * 8 + ["1"])["told"] == ["risk", "missing"]
    assert told("phq-9", ["0"] * 8 + ["1"])["told"] == ["risk"]
    assert told("phq-9", full)["told"] == ["caution"]
    assert told("phq-9", [], 4)["told"] == ["caution", "unseen"]

    # Digits of other keyboards are digits; nothing is in the address or kept.
    assert told("phq-9", [], "\u0661\u0662")["bands"] == [["moderate", "12"]]
    assert page.url == before
    assert (
        page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length") == 0
    )


def test_a_score_by_keyboard(tab: Any, address: str) -> None:
    """Opened, typed, read, cleared and left with keys alone."""
    page = tab(360)
    page.goto(f"{address}/en/instruments.html")
    page.locator(".sw-score summary").first.focus()
    page.keyboard.press("Enter")
    for score in "121012300":
        page.keyboard.press("Tab")
        page.keyboard.type(score)
    page.keyboard.press("Enter")  # sends nothing
    result = page.locator(".sw-score").first.locator(".sw-score__result")
    assert "Total: 10" in result.inner_text()
    assert audited(page, ".sw-score[open]") == []
    while page.evaluate("'clear' in document.activeElement.dataset") is False:
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert "Total" not in result.inner_text()
    assert page.evaluate("document.activeElement.dataset.item") == "1"


def test_a_score_in_arabic(tab: Any, address: str) -> None:
    """Open and filled on a telephone: nothing that axe objects to, nothing beside the screen."""
    page = tab(360)
    page.goto(f"{address}/ar/instruments.html")
    page.evaluate(TYPE, ["phq-9", ["1"] * 9, ""])
    assert audited(page, ".sw-score[open]") == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_without_scripts_the_tables_and_paper_remain(tab: Any, address: str) -> None:
    """No form that does nothing: the schedule, and a link to each calendar to fill in."""
    page = tab(java_script_enabled=False)
    page.goto(f"{address}/en/{PATHWAY}/monitoring.html")
    assert not page.locator(".sw-due").is_visible()
    assert page.locator("noscript a[href$='calendar-lithium.pdf']").is_visible()
    assert page.locator("[data-check]").first.is_visible()
    page.goto(f"{address}/en/instruments.html")
    assert not page.locator(".sw-score").first.is_visible()
