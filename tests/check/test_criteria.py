"""Criteria fit their measures, and worked cases reach the tier they should."""

from __future__ import annotations

import pytest
from tests.check.conftest import Edited


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
    ],
)
def test_a_case_reaches_its_tier(edited: Edited, given: str, tier: str, codes: list[str]) -> None:
    """A case passes if its answers lead to its tier, and says what is wrong if not."""
    old = "given: {isi: 14, danger: no}, tier: advice"
    assert [code for code, _ in edited("cases", old, f"given: {given}, tier: {tier}")] == codes


def test_an_open_case_says_what_is_missing(edited: Edited) -> None:
    """The measures that would decide are named."""
    found = edited("cases", "given: {isi: 14, danger: no}", "given: {isi: 14}")
    assert found == [("SW306", "the case 'mild' leaves open which tier it reaches")]


def test_where_only_one_may_match_all_must_be_known(edited: Edited) -> None:
    """Under 'error' a case that two tiers fit reaches none."""
    found = edited(
        "pathway", "measures:", "where-several-match: error\nmeasures:",
        "enter: {isi: {at-most: 14}}", "enter: {isi: {at-most: 28}}",
    )  # fmt: skip
    assert found == [
        ("SW305", "the case 'bad' should reach 'treatment' but reaches no single tier")
    ]


@pytest.mark.parametrize(
    ("criterion", "code"),
    [
        ("{isi: {at-least: 29}}", "SW301"),
        ("{isi: 9..5}", "SW302"),
        ("{isi: {at-least: high}}", "SW303"),
        ("{danger: {at-least: 1}}", "SW303"),
        ("{psqi: 5}", "SW203"),
        ("{isi: {over: 5}}", "SW119"),
        ("{all: []}", "SW119"),
    ],
)
def test_a_criterion_that_does_not_fit_is_one_problem(
    edited: Edited, criterion: str, code: str
) -> None:
    """Wherever a criterion stands, what is wrong with it is said once."""
    found = edited("pathway", "when: {isi: {below: 8}}", f"when: {criterion}")
    assert [code for code, _ in found] == [code]


def test_cases_wait_until_criteria_are_sound(edited: Edited) -> None:
    """A wrong criterion is not reported again by every case."""
    found = edited("pathway", "enter: {isi: {at-most: 14}}", "enter: {isi: {at-most: 40}}")
    assert [code for code, _ in found] == ["SW301"]
