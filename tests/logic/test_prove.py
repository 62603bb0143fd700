"""Each obligation catches what breaks it, with the smallest person, and leaves sound sets alone."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from decimal import Decimal

import pytest
from tests.command import environment
from tests.conftest import ROOT
from tests.logic.rule_sets import SOUND, criterion, entering, leaving, move, unseen

from stepwell.logic.assess import Placement
from stepwell.logic.counterexample import Disagreement
from stepwell.logic.prove import Proof, prove
from stepwell.logic.rules import Promised, RuleSet, Rung

NO_RULE = replace(SOUND, rule="error")
APART = entering("low", "all: [{phq-9: {below: 10}}, {plan: no}]", NO_RULE)
APART = entering("middle", "phq-9: 10..19", entering("high", "phq-9: {at-least: 20}", APART))
BANDS = replace(SOUND, exits=(("watch", criterion("phq-9: 3..5")), *SOUND.exits))
WELL = replace(SOUND, exits=(("well", criterion("phq-9: {below: 3}")), *SOUND.exits))
BETTER = replace(SOUND, higher_is={**SOUND.higher_is, "lasting": "better"})

MUTANTS: dict[str, tuple[RuleSet, tuple[str, str, str, tuple[str, ...], str]]] = {
    "a threshold too high": (
        entering("middle", "any: [{phq-9: {at-least: 11}}, {gad-7: {at-least: 10}}]"),
        ("gap", "", "phq-9 10, gad-7 9, plan no", (),
         "change 'phq-9: {at-least: 11}' to 'phq-9: {at-least: 10}' in tiers/middle/enter"),
    ),
    "two tiers and no rule": (
        NO_RULE,
        ("overlap", "middle high", "phq-9 20, lasting 4 weeks, plan no", ("middle", "high"),
         "let tiers/middle/enter have tiers/high/enter under 'none'"),
    ),
    "a tier behind another": (
        entering("high", "any: [{phq-9: {at-least: 9}}, {gad-7: {at-least: 9}}]"),
        ("unreachable", "middle", "phq-9 10, plan no", ("high",),
         "whoever meets it comes to others, here 'high': let one ask for less"),
    ),
    "a contradiction": (
        entering("high", "all: [{phq-9: {at-least: 20}}, {phq-9: {below: 15}}]"),
        ("impossible", "tiers/high/enter", "", (),
         "no answers meet it: mend a comparison that contradicts another one"),
    ),
    "a matter of course": (
        leaving("high", move("step-down", "middle", "age: {at-least: 0}")),
        ("always", "tiers/high/step-down/step-down", "", (),
         "all answers meet it: leave the criterion away, or let it ask for more"),
    ),
    "a ceiling": (
        entering("high", "all: [{phq-9: 20..26}, {lasting: {at-least: 4 weeks}}]"),
        ("monotone", "phq-9 high", "phq-9 26 -> 27, lasting 4 weeks, plan no",
         ("high", "middle"), "change 'phq-9: 20..26' to 'phq-9: 20..27' in tiers/high/enter"),
    ),
    "a direction turned round": (
        BETTER,
        ("monotone", "lasting high", "phq-9 20, lasting 4 weeks -> 3 weeks, plan no",
         ("high", "middle"), "let 'high' still take them in when this gets worse"),
    ),
    "an exit in the middle": (
        BANDS,
        ("monotone", "phq-9 watch", "phq-9 5 -> 10, plan no", ("watch", "middle"),
         "change 'phq-9: 3..5' to 'phq-9: 3..19' in exits/watch/when"),
    ),
    "up and down": (
        leaving("low", move("step-up", "high", "phq-9: {at-least: 20}"),
                move("step-down", "home", "phq-9: 5..20")),
        ("up-and-down", "low", "phq-9 20", (),
         "change 'phq-9: {at-least: 20}' to 'phq-9: {at-least: 21}' in tiers/low/step-up/step-up"),
    ),
    "up and out": (
        leaving("low", move("step-up", "middle", "phq-9: {at-least: 10}"),
                move("discharge", "home", "response: full")),
        ("up-and-discharge", "low", "phq-9 10, response full", (),
         "let tiers/low/discharge/discharge have 'phq-9: {at-least: 10}' under 'none'"),
    ),
    "down and out": (
        leaving("middle", move("step-down", "low", "response: {at-least: partial}"),
                move("discharge", "home", "response: full")),
        ("down-and-discharge", "middle", "response full", (),
         "let tiers/middle/step-down/step-down have 'response: full' under 'none'"),
    ),
    "only round in a circle": (
        leaving("high", move("step-up", "high", "response: none")),
        ("way-out", "high", "", (), "add a step up, a step down or a discharge"),
    ),
    "nobody looks": (unseen("low"), ("review", "low", "", (), "add a review")),
    "a promise that the waits break": (
        replace(SOUND, promises=(Promised("start", "first-visit", "routine", Decimal(62)),)),
        ("promise", "start routine",
         ("14 days (waits/low/first-visit) + 7 days (tiers/low/step-up/step-up)"
         " + 21 days (waits/middle/first-visit) + 0 days (tiers/middle/step-up/step-up)"
         " + 20.5 days (waits/high/first-visit) = 62.5 days, promised are 62 days"), (),
         "shorten these waits by 0.5 days in all, or promise that much more"),
    ),
    "a promise without a target": (
        replace(SOUND, promises=(Promised("start", "first-visit", "urgent", Decimal(62)),)),
        ("promise", "start urgent", "there is no target in waits/high/first-visit", (),
         "give the wait a target for 'urgent', or leave the promise away"),
    ),
}  # fmt: skip


def told(proof: Proof) -> list[tuple[str, str, str, tuple[str, ...], str]]:
    """The failures of a proof, in short."""
    return [(f.obligation, f.subject, f.text, f.led_to, f.hint) for f in proof.failures]


@pytest.mark.parametrize("rules", [SOUND, APART, WELL], ids=["sound", "no rule", "too well"])
def test_a_sound_rule_set_raises_no_alarm(rules: RuleSet) -> None:
    """Every obligation holds; leaving an exit for people who are well is no fault."""
    proof = prove(rules)
    assert told(proof) == []
    assert proof.holds
    assert all(asked == held for asked, held in proof.summary().values())


@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_mutant_is_caught(mutant: str) -> None:
    """What was spoiled is found, told by the smallest person, with a way to mend it."""
    rules, expected = MUTANTS[mutant]
    assert expected in told(prove(rules))


def test_every_obligation_has_a_mutant() -> None:
    """No obligation is in the table that nothing was seen to break."""
    broken = {expected[0] for _, expected in MUTANTS.values()}
    assert broken == set(prove(SOUND).summary())


def bands(*entries: str) -> RuleSet:
    """A rule set of entries alone."""
    tiers = (Rung(f"tier-{at}", criterion(text)) for at, text in enumerate(entries))
    return RuleSet(tuple(tiers))


@pytest.mark.parametrize(
    ("entries", "person"),
    [
        (("phq-9: 0..4", "phq-9: 5..27"), None),
        (("severity: 0..4", "severity: 5..27"), "severity 4.5"),
        (("severity: {at-most: 4}", "severity: {more-than: 4.2}"), "severity 4.1"),
        (("severity: {at-most: 4}", "severity: {more-than: 4}"), None),
        (("weight: {at-most: 80}", "weight: {at-least: 80.5}"), None),
        (("weight: {at-most: 80}", "weight: {at-least: 81}"), "weight 80.5 kg"),
        (("lasting: {at-most: 4 weeks}", "lasting: {at-least: 6 weeks}"), "lasting 5 weeks"),
        (("lasting: {at-most: 4 weeks}", "lasting: {at-least: 5 weeks}"), "lasting 29 days"),
        (("lasting: {below: 12 hours}", "lasting: {more-than: 12 hours}"), "lasting 12 hours"),
        (("response: none", "response: full"), "response partial"),
        (("plan: yes", "plan: yes"), "plan no"),
        (("fall: {at-most: -50}", "fall: {more-than: -50}"), None),
        (("fall: {at-most: -50}", "fall: {at-least: -49}"), "fall -49.5%"),
        (("fall: {at-least: -100}", "plan"), None),
        (("gain: {at-least: -100}", "plan: yes"), "gain -101, plan no"),
        (("age: {below: 18}", "age: {more-than: 18}"), "age 18 years"),
        (("reviews-done: {at-most: 98}", "plan"), "reviews-done 99, plan no"),
    ],
)
def test_gaps_are_found_where_values_can_be(entries: tuple[str, str], person: str | None) -> None:
    """Numbers without a step have a value between any two; steps, bounds and kinds are kept."""
    found = [f.text for f in prove(bands(*entries)).failures if f.obligation == "gap"]
    assert found == ([person] if person else [])


@pytest.mark.parametrize(
    ("when", "left"),
    [
        ("phq-9: {at-least: 20}", False),
        ("phq-9: {at-most: 4}", False),
        ("phq-9: 20..26", True),
        ("any: [{phq-9: {at-most: 4}}, {gad-7: {at-least: 20}}]", False),
        ("all: [{gad-7: {at-least: 20}}]", False),
        ("any: [{phq-9: {at-most: 4}}, {phq-9: 20}]", True),
    ],
)
def test_an_exit_may_be_left_only_by_getting_worse_than_well(when: str, left: bool) -> None:
    """An exit that nobody comes to by getting worse may be left by it; every other may not."""
    rules = replace(SOUND, exits=(("out", criterion(when)),))
    found = {f.subject for f in prove(rules).failures if f.obligation == "monotone"}
    assert ("phq-9 out" in found) is left


def test_what_is_too_hard_is_a_failure_of_its_own() -> None:
    """Where the limit of work is reached nothing is said to hold, and nobody is named."""
    proof = prove(SOUND, limit=1)
    undecided = [result for result in proof.results if result.outcome == "undecided"]
    assert undecided
    assert not proof.holds
    assert not any(result.outcome == "fails" for result in proof.results)
    assert {failure.person for failure in proof.failures} == {None}
    assert all("limit" in failure.hint for failure in proof.failures)


@pytest.mark.parametrize("part", ["counterexample.decided", "failures.placement"])
def test_a_person_who_breaks_nothing_is_never_shown(
    part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where evaluation does not confirm the solver, the proof stops as a fault of the program."""
    wrong = {"counterexample.decided": False, "failures.placement": Placement("low", (), ())}
    monkeypatch.setattr(f"stepwell.logic.{part}", lambda *_: wrong[part])
    with pytest.raises(Disagreement):
        prove(MUTANTS["a threshold too high"][0])


def test_the_digest_is_that_of_the_meaning() -> None:
    """A digest changes with a threshold, a move or a direction, and not with a way of writing."""
    same = entering("high", "{phq-9: {at-least: 20}, lasting: {at-least: 28 days}}")
    others = [
        entering("high", "all: [{phq-9: {at-least: 21}}, {lasting: {at-least: 4 weeks}}]"),
        leaving("high", move("step-down", "low", "response: {at-least: partial}")),
        BETTER, NO_RULE, WELL, unseen("low"),
    ]  # fmt: skip
    assert same.digest() == SOUND.digest() == prove(SOUND).digest
    assert len({rules.digest() for rules in (SOUND, *others)}) == len(others) + 1


def test_a_failure_has_the_digest_of_its_criteria() -> None:
    """What was waived lapses when a criterion that is involved changes, not with another."""

    def digest(rules: RuleSet) -> str:
        return next(f.digest for f in prove(rules).failures if f.obligation == "up-and-down")

    rules, _ = MUTANTS["up and down"]
    elsewhere = unseen("high", rules)
    here = leaving(
        "low", move("step-up", "high", "phq-9: {at-least: 19}"),
        move("step-down", "home", "phq-9: 5..20"),
    )  # fmt: skip
    assert digest(rules) == digest(elsewhere)
    assert digest(rules) != digest(here)


def test_a_proof_is_the_same_everywhere() -> None:
    """Other proofs before it, another process and other hashes of strings change nothing."""
    script = (
        "from tests.logic.test_prove import MUTANTS, prove\n"
        "print([prove(rules) for rules, _ in MUTANTS.values()])"
    )
    here = str([prove(rules) for rules, _ in MUTANTS.values()])
    for seed in ("1", "2"):
        ran = subprocess.run(
            [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True,
            env=environment(PYTHONHASHSEED=seed),
        )  # fmt: skip
        assert ran.stdout.strip() == here
