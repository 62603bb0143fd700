"""Criteria fit their measures, each has a place, and a name as clinicians call it."""

from __future__ import annotations

import pytest
from tests.check.conftest import Edited

from stepwell.check.criteria import named, places
from stepwell.definitions.project import Definitions
from stepwell.diagnostics import Diagnostics
from stepwell.logic.rules import rule_set
from stepwell.logic.typing import Vocabulary


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


def test_a_criterion_has_a_place_and_a_name(real: Definitions) -> None:
    """The paths of a rule set lead to lines of the YAML and to words of the field."""
    pathway = real.pathways["psychosomatic-stepped-care"]
    instruments = {str(found.id): found for found in real.vocabulary.instruments}
    rules = rule_set(pathway, Vocabulary.of(pathway, instruments, Diagnostics()))
    spans = dict(places(pathway))
    assert [path for path, _ in rules.criteria() if path not in spans] == []
    assert spans["tiers/self-care/enter"].path.endswith("tiers-1-self-care.yaml")
    assert (
        named("tiers/self-care/step-up/up-to-brief") == "the step up 'up-to-brief' of 'self-care'"
    )
    assert named("exits/emergency-care/when") == "the entry of 'emergency-care'"
    assert named("criteria/mild-score") == "the criterion 'mild-score'"
