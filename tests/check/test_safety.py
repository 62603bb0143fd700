"""What hurts when it is missing, contradicts itself or has grown old is found, and nothing else."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from tests.check.conftest import Edited
from tests.conftest import TODAY

from stepwell import pipeline
from stepwell.project import Project

DAY = datetime.timedelta(days=1)


def test_the_small_project_has_no_problems(edited: Edited) -> None:
    """What the other tests change is clean before."""
    assert edited() == []


@pytest.mark.parametrize(
    ("targets", "codes"),
    [
        ("{urgent: 2 days, routine: 3 weeks}", []),
        ("{urgent: 3 weeks, routine: 21 days}", []),
        ("{urgent: 48 hours, routine: 2 days}", []),
        ("{routine: 3 weeks}", []),
        ("{urgent: 22 days, routine: 3 weeks}", ["SW403"]),
        ("{urgent: 1..4 weeks, routine: 3 weeks}", ["SW403"]),
        ("{urgent: 49 hours, routine: 2 days}", ["SW403"]),
    ],
)
def test_urgent_is_never_slower(edited: Edited, targets: str, codes: list[str]) -> None:
    """The longest wait of a more urgent class is at most that of a less urgent one, in any unit."""
    found = edited("pathway", "{urgent: 2 days, routine: 3 weeks}", targets)
    assert [code for code, _ in found] == codes


@pytest.mark.parametrize(
    ("low", "high", "codes"),
    [
        ("from: 0, to: 14", "from: 15, to: 28", []),
        ("from: 0, to: 0", "from: 1, to: 28", []),
        ("from: 0, to: 13", "from: 15, to: 28", ["SW404"]),
        ("from: 0, to: 15", "from: 15, to: 28", ["SW404"]),
        ("from: 1, to: 14", "from: 15, to: 28", ["SW404"]),
        ("from: 0, to: 14", "from: 15, to: 27", ["SW404"]),
        ("from: 0, to: 14", "from: 15, to: 29", ["SW404"]),
        ("from: 15, to: 28", "from: 0, to: 14", ["SW404"]),
        ("from: 0, to: 28", "from: 29, to: 28", ["SW404"]),
    ],
)
def test_bands_cover_every_score_once(
    edited: Edited, low: str, high: str, codes: list[str]
) -> None:
    """Bands begin at the lowest score, follow each other without gap, and end at the highest."""
    found = edited(
        "vocabulary", "label: low, from: 0, to: 14", f"label: low, {low}",
        "label: high, from: 15, to: 28", f"label: high, {high}",
    )  # fmt: skip
    assert [code for code, _ in found] == codes


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("Call {phone:crisis} in 24 hours.", "24"),
        ("Call {phone:crisis} at 5.", "5"),
        ("Two of {score:isi>=15} or 3rd", "3"),
        ("\u0663 times", "\u0663"),
        ("Call {phone:crisis} at once.", None),
        ("A score of {score:isi>=15}.", None),
        ("Within {wait:treatment/first}.", None),
    ],
)
def test_a_digit_in_a_safety_text_is_found(edited: Edited, typed: str, number: str | None) -> None:
    """Numbers typed into a sentence are warned of; those of placeholders are not."""
    found = edited("pathway", "if-worse: Call {phone:crisis}.", f"if-worse: '{typed}'")
    expected = [("SW401", f"the number '{number}' is typed inside a safety text")]
    assert found == (expected if number else [])


def test_a_digit_in_another_text_is_no_matter(edited: Edited) -> None:
    """What is no safety text may have digits."""
    assert edited("pathway", "summary: You get advice.", "summary: You get 2 talks.") == []


def test_a_wait_needs_something_to_bridge_it(edited: Edited) -> None:
    """A tier with a wait and nothing meanwhile is an error; one without a wait is none."""
    bridge = "    while-you-wait: |\n      - Keep a diary.\n    enter: {isi: {at-least: 15}}"
    found = edited("pathway", bridge, "    enter: {isi: {at-least: 15}}")
    assert [code for code, _ in found] == ["SW402"]
    bridge = bridge.replace("at-least: 15", "at-most: 14")
    found = edited("pathway", bridge, "    enter: {isi: {at-most: 14}}")
    assert [code for code, _ in found] == ["SW402"]


@pytest.mark.parametrize("way", ["step-down", "discharge"])
def test_one_way_out_is_enough(edited: Edited, way: str) -> None:
    """Any of step up, step down and discharge lets people leave a tier."""
    assert edited("pathway", "    discharge:", f"    {way}:") == []


def test_a_re_triage_is_no_way_out(edited: Edited) -> None:
    """To be looked at again is not to leave."""
    found = edited("pathway", "    discharge:", "    re-triage:")
    assert [code for code, _ in found] == ["SW406"]


def _codes(root: Path, today: datetime.date) -> list[str]:
    run = pipeline.Run()
    pipeline.read(Project(root), pipeline.Scope(), today, run)
    return [found.code for found in run.diagnostics.sorted()]


def test_a_review_is_overdue_only_after_its_day(small: Path) -> None:
    """On its last day a pathway is still current, the day after it is not."""
    file = small / "pathways" / "sleep" / "pathway.yaml"
    file.write_text(file.read_text("utf-8").replace("review-by: 2027-10-01", f"review-by: {TODAY}"))
    assert _codes(small, TODAY) == []
    assert _codes(small, TODAY + DAY) == ["SW408"]


def test_a_resource_is_good_for_a_year(small: Path) -> None:
    """A year after it was verified a resource is still trusted, a day later it is not."""
    verified = datetime.date(2026, 10, 1)
    assert _codes(small, verified + 365 * DAY) == []
    assert "SW409" in _codes(small, verified + 366 * DAY)


@pytest.mark.parametrize(("days", "codes"), [(0, []), (1, ["SW410"])])
def test_a_statement_about_the_wait_expires(small: Path, days: int, codes: list[str]) -> None:
    """What was measured is said until its last day."""
    file = small / "pathways" / "sleep" / "pathway.yaml"
    file.write_text(
        file.read_text("utf-8")
        + "capacity:\n  - {tier: treatment, places: 3, wait: 2 weeks, measured: 2026-11-08,"
        " valid-for: 2 weeks, meanwhile: Rest.}\n"
    )
    assert _codes(small, datetime.date(2026, 11, 22) + days * DAY) == codes


@pytest.mark.parametrize(
    ("status", "more", "codes"),
    [
        ("draft", "", []),
        ("review", "", []),
        ("withdrawn", "", []),
        ("approved", "", ["SW407"]),
        ("approved", "\napproved: {by: gp, date: 2026-10-01}", []),
    ],
)
def test_what_is_approved_was_approved_by_somebody(
    edited: Edited, status: str, more: str, codes: list[str]
) -> None:
    """Only the status 'approved' asks for who approved it."""
    found = edited("pathway", "status: draft", f"status: {status}{more}")
    assert [code for code, _ in found] == codes
