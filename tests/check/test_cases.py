"""Worked cases come out as they say, at assessment and at reviews; if not, it is said why."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.check.conftest import Edited

from stepwell import pipeline

MILD = "given: {isi: 14, danger: no}, tier: advice"
THRESHOLD = "isi: {at-least: 15}"
UP, STAYS = "reach 'treatment' by 'up'", "stays in 'advice'"
REVIEW = "{id: seen, given: {isi: 15}, in: advice, step: up, tier: treatment, why: It got worse.}"


@pytest.fixture
def reviewed(small: Path, edited: Edited) -> Callable[[str, str], list[tuple[str, str]]]:
    """reviewed(old, new): the problems after a case of a review was added with one change."""

    def run(old: str = "", new: str = "") -> list[tuple[str, str]]:
        assert old in REVIEW
        path = small / "pathways" / "sleep" / "cases.yaml"
        path.write_text(f"cases:\n  - {REVIEW.replace(old, new, 1)}\n", encoding="utf-8")
        return edited()

    return run


@pytest.mark.parametrize(
    ("given", "tier", "codes"),
    [
        ("{isi: 14, danger: no}", "advice", []),
        ("{isi: 0, danger: no}", "advice", []),
        ("{isi: 15, danger: no}", "treatment", []),
        ("{danger: yes}", "no-driving", []),
        ("{isi: 15, danger: no}", "advice", ["SW305"]),
        ("{isi: 14, danger: yes}", "advice", ["SW305"]),
        ("{isi: 14, danger: no}", "home", ["SW305"]),
        ("{isi: 14}", "advice", ["SW306"]),
        ("{danger: no}", "advice", ["SW306"]),
        ("{isi: 29, danger: no}", "treatment", ["SW301"]),
        ("{isi: many, danger: no}", "treatment", ["SW303"]),
        ("{isi: 14, danger: perhaps}", "advice", ["SW303"]),
        ("{isi: 14, danger: no}", "advise", ["SW203"]),
        ("{isi: 14, dangre: no}", "advice", ["SW203"]),
        ("{isi: '', danger: no}", "advice", ["SW117"]),
    ],
)
def test_a_case_reaches_its_tier(edited: Edited, given: str, tier: str, codes: list[str]) -> None:
    """A case passes if its answers lead to its tier, and says what is wrong if not."""
    assert [code for code, _ in edited("cases", MILD, f"given: {given}, tier: {tier}")] == codes


@pytest.mark.parametrize(
    ("given", "tier", "why"),
    [
        ("{isi: 15, danger: no}", "advice", "isi: {at-most: 14} fails for 15"),
        ("{isi: 14, danger: yes}", "advice", "danger holds for yes"),
        ("{isi: 14, danger: no}", "no-driving", "danger fails for no"),
        ("{isi: 14, danger: no}", "home", "isi: {at-most: 14} holds for 14"),
    ],
)
def test_a_failing_case_says_why(edited: Edited, given: str, tier: str, why: str) -> None:
    """Named is what keeps the expected tier away or, if that matches, what comes first."""
    ((_, message),) = edited("cases", MILD, f"given: {given}, tier: {tier}")
    assert message.startswith(f"the case 'mild' should reach '{tier}' but reaches ")
    assert message.endswith(f", because {why}")


def test_an_open_case_says_what_is_missing(edited: Edited) -> None:
    """The measures that would decide are named."""
    found = edited("cases", "given: {isi: 14, danger: no}", "given: {isi: 14}")
    assert found == [("SW306", "the case 'mild' leaves open which tier it reaches")]


def test_where_only_one_may_match_all_must_be_known(edited: Edited) -> None:
    """Under 'error' a case that two tiers fit reaches none; both are named."""
    found = edited(
        "pathway", "measures:", "where-several-match: error\nmeasures:",
        "enter: {isi: {at-most: 14}}", "enter: {isi: {at-most: 20}}",
    )  # fmt: skip
    message = "the case 'bad' should reach 'treatment' but enters both 'advice' and 'treatment'"
    assert ("SW305", message) in found
    assert [code for code, _ in found] == ["SW305", "SW311"]


def test_a_case_in_a_gap_reaches_nothing(edited: Edited) -> None:
    """Somebody who enters no tier fails their case, with the comparison that keeps them out."""
    found = edited("pathway", "enter: {isi: {at-least: 15}}", "enter: {isi: {at-least: 16}}")
    why = "because isi: {at-least: 16} fails for 15"
    message = f"the case 'bad' should reach 'treatment' but reaches no tier, {why}"
    assert ("SW305", message) in found


def test_many_reasons_are_counted(edited: Edited) -> None:
    """Of many comparisons that fail, three are named and the others counted."""
    any_of = ", ".join(f"{{isi: {{at-least: {number}}}}}" for number in range(16, 22))
    found = edited(
        "pathway", "enter: {isi: {at-least: 15}}", f"enter: {{any: [{any_of}]}}",
        "enter: {isi: {at-most: 14}}", "enter: {isi: {at-most: 15}}",
    )  # fmt: skip
    told = [f"isi: {{at-least: {number}}} fails for 15" for number in (16, 17, 18)]
    assert found[0][1].endswith(f"because {' and '.join(told)} and 3 more")


def test_cases_wait_until_criteria_are_sound(edited: Edited) -> None:
    """A wrong criterion is not reported again by every case."""
    found = edited("pathway", "enter: {isi: {at-most: 14}}", "enter: {isi: {at-most: 40}}")
    assert [code for code, _ in found] == ["SW301"]


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("", "", []),
        (", step: up", "", []),
        ("step: up, tier: treatment", "step: stay, tier: advice", ["SW305"]),
        ("isi: 15}, in: advice, step: up, tier: treatment",
         "isi: 14}, in: advice, step: stay, tier: advice", []),
        ("isi: 15", "isi: 14", ["SW305"]),
        ("isi: 15", "", ["SW306"]),
        ("isi: 15", "danger: no", ["SW306"]),
        ("in: advice, ", "", ["SW308"]),
        ("tier: treatment", "tier: home", ["SW308"]),
        ("step: up", "step: stay", ["SW308"]),
        ("step: up", "step: upp", ["SW203"]),
        ("step: up", "step: done", ["SW203"]),
        ("in: advice", "in: advise", ["SW203"]),
        ("in: advice", "in: home", ["SW203"]),
        ("isi: 15}, in: advice, step: up, tier: treatment",
         "isi: 7}, in: treatment, step: done, tier: home", []),
        ("isi: 15}, in: advice, step: up, tier: treatment",
         "isi: 8}, in: treatment, step: done, tier: home", ["SW305"]),
    ],
)  # fmt: skip
def test_a_review_takes_its_step(
    reviewed: Callable[[str, str], list[tuple[str, str]]], old: str, new: str, codes: list[str]
) -> None:
    """A case of a review passes if its step decides, and leads where it says."""
    assert [code for code, _ in reviewed(old, new)] == codes


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("isi: 15", "isi: 14", f"should {UP} but {STAYS}, because {THRESHOLD} fails for 14"),
        ("step: up, tier: treatment", "step: stay, tier: advice",
         f"should stay in 'advice' but reaches{UP[5:]}, because {THRESHOLD} holds for 15"),
        ("isi: 15", "", "leaves open which step is taken"),
    ],
)  # fmt: skip
def test_a_failing_review_says_what_came(
    reviewed: Callable[[str, str], list[tuple[str, str]]], old: str, new: str, said: str
) -> None:
    """What was expected, what came and why stand in one sentence."""
    assert [message for _, message in reviewed(old, new)] == [f"the case 'seen' {said}"]


def test_a_wrong_answer_is_shown_on_its_own_line(
    small: Path, checked: Callable[[Path], pipeline.Run]
) -> None:
    """What is wrong with one answer is said where it is typed, for each of several."""
    text = "cases:\n  - id: one\n    given:\n      isi: 29\n      danger: perhaps\n      sleep: 1\n"
    path = small / "pathways" / "sleep" / "cases.yaml"
    path.write_text(f"{text}    tier: advice\n    why: Nothing fits.\n", encoding="utf-8")
    found = checked(small).diagnostics.sorted()
    assert [(one.code, one.span.line) for one in found] == [
        ("SW301", 4), ("SW303", 5), ("SW203", 6),
    ]  # fmt: skip


def test_cases_stand_in_several_files(small: Path, checked: Callable[[Path], pipeline.Run]) -> None:
    """`cases-….yaml` beside `cases.yaml` are read too, and an id stands once in all of them."""
    path = small / "pathways" / "sleep" / "cases-reviews.yaml"
    path.write_text(f"cases:\n  - {REVIEW}\n  - {REVIEW}\n", encoding="utf-8")
    (found,) = checked(small).diagnostics.sorted()
    assert (found.code, found.span.path, found.span.line) == (
        "SW201", "pathways/sleep/cases-reviews.yaml", 3,
    )  # fmt: skip
    path.write_text(f"cases:\n  - {REVIEW.replace('seen', 'bad')}\n", encoding="utf-8")
    assert [one.code for one in checked(small).diagnostics.sorted()] == ["SW201"]
    path.write_text(f"cases:\n  - {REVIEW}\n", encoding="utf-8")
    assert checked(small).diagnostics.sorted() == ()


def test_proposed_cases_are_counted_for_each_file(
    small: Path, checked: Callable[[Path], pipeline.Run]
) -> None:
    """One warning a file says how many cases nobody has confirmed; they are run all the same."""
    for name, first in (("cases-a", "one"), ("cases-b", "two")):
        lines = [
            REVIEW.replace("seen", f"{first}-{number}").replace("}", ", proposed: yes}")
            .replace("15, proposed: yes}", "15}") for number in range(3)
        ]  # fmt: skip
        path = small / "pathways" / "sleep" / f"{name}.yaml"
        path.write_text("cases:\n" + "".join(f"  - {line}\n" for line in lines), encoding="utf-8")
    found = checked(small).diagnostics.sorted()
    assert [(one.code, one.span.line, one.message[:11]) for one in found] == [
        ("SW307", 2, "3 cases are"), ("SW307", 2, "3 cases are"),
    ]  # fmt: skip
