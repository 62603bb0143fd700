"""`stepwell prove` and `stepwell where`: what a clinician is told of criteria, in words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.test_cli import overlay, run

BODY = "psychosomatic-stepped-care"
SAFE = ("suicidal-plan=no", "danger-to-others=no", "acute-physical-illness=no",
        "psychosis-or-mania=no", "other-main-problem=no")  # fmt: skip


def where(*given: str, tier: str = "", extra: tuple[str, ...] = ()) -> tuple[int, str]:
    """Exit code and output for answers in the sample pathway."""
    sets = [word for pair in given for word in ("--set", pair)]
    inside = ("--in", tier) if tier else ()
    result = run("-C", str(ROOT), "where", BODY, *sets, *inside, *extra)
    return result.exit_code, result.output


def test_the_sample_pathways_are_proved() -> None:
    """Every obligation is in the table, each holds, and the exit code says so."""
    result = run("-C", str(ROOT), "prove")
    assert result.exit_code == 0
    assert result.output.count(": proved") == 2
    assert "FAILS" not in result.output
    assert "Whoever gets worse never comes to a lower step." in result.output
    assert "Without 'higher-is'" in result.output


def test_a_failure_ends_with_one_and_a_way_out(small: Path) -> None:
    """Who falls through, what would mend it, and how it is let stand."""
    result = run("-C", overlay(small, "SW310"), "prove", "sleep")
    assert result.exit_code == 1
    assert "sleep: not proved" in result.output
    assert "isi 13, danger no: enters no tier and leaves by no exit" in result.output
    assert "help: change 'isi: {at-least: 15}' to 'isi: {at-least: 13}'" in result.output
    assert "{obligation: gap, criteria: " in result.output


def test_a_proof_can_be_read_by_tools(small: Path) -> None:
    """JSON has every obligation, each failure with its person, and the digest."""
    result = run("-C", overlay(small, "SW310"), "prove", "--format", "json")
    told = json.loads(result.output)["sleep"]
    assert told["stands"] is False
    assert len(told["digest"]) == 64
    assert {row["obligation"] for row in told["results"]} >= {"gap", "monotone", "review"}
    assert told["failures"][0]["person"] == "isi 13, danger no"
    assert told["failures"][0]["waiver"] is None


def test_what_was_asked_is_named_when_wanted(small: Path) -> None:
    """With -v each tier, measure and criterion has its line."""
    assert "holds      treatment" in run("-C", str(small), "prove", "-v").output


def test_problems_that_forbid_a_proof_are_told(small: Path) -> None:
    """A criterion that does not fit is an error of its own, not a proof."""
    result = run("-C", overlay(small, "SW303"), "prove")
    assert result.exit_code == 1
    assert "error[SW303]" in result.output
    assert "proved" not in result.output


def test_a_tier_is_told_with_its_reasons() -> None:
    """The tier that decides, and the comparisons that let it."""
    safe = (*SAFE, "phq-9=12", "gad-7=3", "phq-15=4", "sss-8=3", "persistence=3 weeks",
            "function-loss=none", "tried-before=nothing-yet", "complex-picture=no")  # fmt: skip
    code, said = where(*safe)
    assert code == 0
    assert said.startswith("Guided self-help (guided-self-help)\n  yes  PHQ-9 of 10 or more")
    assert "no   PHQ-9 of 15 or more" in said


def test_what_is_missing_is_asked_for() -> None:
    """An open answer is never taken for no: it says what would settle it."""
    code, said = where(*SAFE, "phq-9=12")
    assert code == 0
    assert "Not decided yet" in said
    assert "How long have the symptoms lasted?" in said or "gad-7" in said


def test_red_flags_come_first() -> None:
    """A finding that needs action stands above everything, with who does what by when."""
    _, said = where("suicidal-plan=yes")
    assert said.startswith("RED FLAG: ")
    assert "Within 15 minutes" in said
    assert "Emergency care (emergency-care)" in said


def test_a_review_tells_the_move() -> None:
    """In a tier, the move that decides; without one, that the person stays."""
    asked = ("complex-picture=no", "picture-changed=no", "not-engaging=no", "gad-7=3",
             "phq-15=4", "sss-8=3", "function-loss=none", "wishes-to-stop=no")  # fmt: skip
    code, said = where(*SAFE, *asked, "phq-9=15", tier="guided-self-help")
    assert code == 0
    assert said.startswith("Brief structured intervention (up-to-brief)")
    stays = (*SAFE, *asked, "phq-9=12", "response=partial", "in-tier=4 weeks", "reviews-done=2",
             "stable-recovery=no")  # fmt: skip
    assert where(*stays, tier="guided-self-help")[1].startswith("Stays: no move holds.")


def test_the_answer_is_in_the_language_that_is_asked_for() -> None:
    """Titles and reasons come from the translations."""
    _, said = where("suicidal-plan=yes", extra=("--lang", "es"))
    assert "Emergency care" not in said.replace("emergency-care", "")


def test_an_answer_can_be_read_by_tools() -> None:
    """JSON has what was reached, what is open, and every option with its reasons."""
    told = json.loads(where("suicidal-plan=yes", extra=("--format", "json"))[1])
    assert told["reached"] == "emergency-care"
    assert told["flags"]
    assert told["options"][0]["truth"] is True


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("phq-9=41",), "its values go from 0 to 27"),
        (("phq9=4",), "did you mean 'phq-9'?"),
        (("phq-9",), "write it as --set phq-9=15"),
        (("response=great",), "one of: none, partial, full"),
        (("persistence=3",), "write it with its unit"),
        (("suicidal-plan=maybe",), "yes or no"),
    ],
)
def test_a_wrong_answer_is_a_wrong_use(given: tuple[str, ...], said: str) -> None:
    """Each names the value and what can be given; the exit code is 2."""
    code, output = where(*given)
    assert code == 2
    assert said in output


def test_names_that_are_not_there_are_a_wrong_use() -> None:
    """An unknown pathway, tier or language is named with the nearest known one."""
    assert "did you mean 'guided-self-help'" in where("phq-9=1", tier="guided-selfhelp")[1]
    assert run("-C", str(ROOT), "where", "psychosomatic").exit_code == 2
    assert run("-C", str(ROOT), "prove", "nothing").exit_code == 2
    assert where("phq-9=1", extra=("--lang", "xx"))[0] == 2
