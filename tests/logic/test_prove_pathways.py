"""The sample pathways are rule sets that can be proved."""

from __future__ import annotations

from stepwell.definitions.project import Definitions
from stepwell.diagnostics import Diagnostics
from stepwell.logic.prove import prove
from stepwell.logic.rules import RuleSet, rule_set
from stepwell.logic.typing import Vocabulary


def rules_of(real: Definitions) -> dict[str, RuleSet]:
    """The rule sets of the sample pathways."""
    instruments = {str(i.id): i for i in real.vocabulary.instruments}
    return {
        name: rule_set(pathway, Vocabulary.of(pathway, instruments, Diagnostics()))
        for name, pathway in real.pathways.items()
    }


def test_the_sample_pathways_leave_nobody_behind(real: Definitions) -> None:
    """Every obligation holds of both, with nothing waived."""
    for name, rules in rules_of(real).items():
        assert prove(rules).failures == ()
        assert real.pathways[name].waivers == ()


def test_a_pathway_becomes_a_rule_set_with_paths(real: Definitions) -> None:
    """Criteria are found by paths that name their tier, kind and id; exits without one are left."""
    rules = rules_of(real)["psychosomatic-stepped-care"]
    paths = dict(rules.criteria())
    assert "tiers/guided-self-help/step-up/up-to-brief" in paths
    assert "exits/emergency-care/when" in paths
    assert "exits/discharge-to-gp/when" not in paths
    assert "criteria/severe-score" in paths
    assert [measure.id for measure in rules.measures()][:3] == ["phq-9", "gad-7", "phq-15"]
    assert rules.higher_is["response"] == "better"
    assert rules.higher_is["suicidal-plan"] == "worse"
    assert "wishes-to-stop" not in rules.higher_is
    assert rules.waits["self-care", "first-contact", "routine"] == 14
    assert {promise.urgency for promise in rules.promises} == {"urgent", "soon", "routine"}
