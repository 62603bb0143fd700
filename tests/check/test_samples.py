"""The sample pathways pass every check."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.conftest import ROOT

from stepwell import pipeline
from stepwell.codes import Severity
from stepwell.definitions.project import Definitions


def test_the_sample_pathways_have_no_problems(checked: Callable[[Path], pipeline.Run]) -> None:
    """No error at all, and no warning but of translations that are still to be made."""
    found = checked(ROOT).diagnostics.sorted()
    assert [one for one in found if one.severity is Severity.ERROR] == []
    assert [one for one in found if not one.code.startswith("SW5")] == []


def test_the_sample_pathways_are_as_large_as_promised(real: Definitions) -> None:
    """Two pathways, seven languages, and worked cases for every tier and exit of each."""
    read = real
    assert set(read.pathways) == {"psychosomatic-stepped-care", "psychiatry-primary-care"}
    assert list(read.site.languages.published) == ["en", "es", "fr", "ar", "uk", "zh", "hi"]
    assert len(read.resources.resources) >= 24
    assert len(read.vocabulary.glossary) >= 40
    assert len(read.vocabulary.roles) >= 12
    for name, pathway in read.pathways.items():
        reached = {str(case.tier) for case in read.cases[name].cases}
        assert {str(tier.id) for tier in pathway.tiers} <= reached
        entered = {str(one.id) for one in pathway.exits if one.when}
        assert entered <= reached
