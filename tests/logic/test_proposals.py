"""What cases are to show, and proposed people who show it: all of it, and only what is so."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
import z3  # type: ignore[import-untyped]
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.logic.brute_force import compares
from tests.logic.rule_sets import MEASURES, SOUND, criterion, entering, leaving, move
from tests.logic.test_prove_random import POPULATION, ladders, wild

from stepwell.definitions.cases import STAY
from stepwell.logic.cells import typed
from stepwell.logic.counterexample import People
from stepwell.logic.coverage import Goal, goals, negated, sides, stages
from stepwell.logic.expression import Comparing, Every, Expression, Named, Neither, evaluate
from stepwell.logic.proposals import Proposal, Reason, finders, impossible, proposals
from stepwell.logic.rules import RuleSet
from stepwell.logic.worked import Outcome, Situation, outcome


def proposed(rules: RuleSet) -> tuple[tuple[Goal, ...], dict[Goal, Reason], tuple[Proposal, ...]]:
    """All goals of a rule set, those that nobody shows, and people who show the others."""
    people = People.of(rules)
    every, known = goals(rules, people), finders(rules, people)
    never = impossible(every, known)
    return every, never, proposals(rules, [goal for goal in every if goal not in never], known)


# By hand


def values(text: str, *others: str) -> list[tuple[str, bool]]:
    """The sides of a comparison as an editor types them, beside other comparisons."""
    test = criterion(text)
    assert isinstance(test, Comparing)
    tiers = [entering("low", written) for written in (text, *others)]
    entries = Every(tuple(rules.tiers[0].enter for rules in tiers))
    rules = replace(SOUND, tiers=(replace(SOUND.tiers[0], enter=entries, moves=()),), exits=())
    scale = People.of(rules).scale[test.measure.id]
    return [(typed(test.measure, side.value), side.holds) for side in sides(test, scale)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("phq-9: {at-least: 15}", [("14", False), ("15", True)]),
        ("phq-9: {below: 5}", [("4", True), ("5", False)]),
        ("phq-9: 5..14", [("4", False), ("5", True), ("14", True), ("15", False)]),
        ("phq-9: 5..5", [("4", False), ("5", True), ("6", False)]),
        ("phq-9: {one-of: [5, 7]}",
         [("4", False), ("5", True), ("6", False), ("7", True), ("8", False)]),
        ("phq-9: {at-least: 0}", []),
        ("lasting: {at-least: 4 weeks}", [("3 weeks", False), ("4 weeks", True)]),
        ("lasting: {more-than: 4 weeks}", [("4 weeks", False), ("5 weeks", True)]),
        ("weight: {at-least: 40 kg}", [("39.5 kg", False), ("40 kg", True)]),
        ("severity: {at-least: 4.5}", [("4", False), ("4.5", True)]),
        ("fall: {at-most: -50%}", [("-50%", True), ("-49%", False)]),
        ("plan", [("no", False), ("yes", True)]),
        ("response: partial", [("none", False), ("partial", True), ("full", False)]),
        ("response: {at-least: partial}", [("none", False), ("partial", True)]),
    ],
)  # fmt: skip
def test_sides_stand_next_to_a_threshold(text: str, expected: list[tuple[str, bool]]) -> None:
    """Both sides of each threshold, in values that are easy to read; of a choice, each answer."""
    assert values(text) == expected


def test_sides_do_not_cross_another_threshold() -> None:
    """A value next to a threshold lies before the next one that any criterion has."""
    assert values("lasting: {at-least: 4 weeks}", "lasting: {at-least: 25 days}") == [
        ("27 days", False), ("4 weeks", True),
    ]  # fmt: skip
    assert values("response: {at-least: partial}", "response: full")[1:] == [
        ("partial", True), ("full", True),
    ]  # fmt: skip


def shown(rules: RuleSet, tier: str | None, **answers: str) -> set[str]:
    """What a person shows: the path of each criterion and the comparison's value in it."""
    numbers = {
        name.replace("_", "-"): MEASURES[name.replace("_", "-")].value(text).number
        for name, text in answers.items()
    }
    situation = Situation(numbers, tier)
    found = (goal for goal in goals(rules, People.of(rules)) if goal.shown_by(situation))
    return {f"{goal.path} {_compared(goal.test)}" for goal in found}


def _compared(test: Comparing | None) -> str:
    values = "".join(value.typed for value in test.values[:1]) if test else ""
    return f"{test.measure.id} {values}" if test else "decides"


def test_a_case_covers_what_would_change_it() -> None:
    """One point below two thresholds: raising either score alone would lead to another tier."""
    person = {"phq_9": "9", "gad_7": "9", "lasting": "3 weeks", "plan": "no"}
    assert shown(SOUND, None, **person) == {
        "exits/emergency/when plan ", "tiers/low/enter decides", "tiers/low/enter plan ",
        "tiers/low/enter phq-9 10", "tiers/low/enter gad-7 10",
        "tiers/middle/enter phq-9 10", "tiers/middle/enter gad-7 10",
    }  # fmt: skip


def test_a_case_far_from_a_threshold_covers_nothing_of_it() -> None:
    """Eight is not next to ten, and ten alone shows only its own side of its own score."""
    person = {"phq_9": "8", "gad_7": "8", "lasting": "3 weeks", "plan": "no"}
    assert not any("-" in name.split()[1] for name in shown(SOUND, None, **person))
    person["gad_7"] = "10"
    assert {name for name in shown(SOUND, None, **person) if "enter" in name} == {
        "tiers/middle/enter gad-7 10", "tiers/middle/enter decides",
    }  # fmt: skip


def test_a_case_covers_only_its_own_stage() -> None:
    """A review shows the moves of its tier, and nothing of assessment."""
    found = shown(SOUND, "low", phq_9="4", response="full")
    assert {name.split("/")[1] for name in found} == {"low"}
    assert found == {"tiers/low/discharge/discharge decides",
                     "tiers/low/discharge/discharge phq-9 5",
                     "tiers/low/discharge/discharge response full"}  # fmt: skip


def test_what_is_not_known_shows_nothing() -> None:
    """Somebody of whom too little is known to be placed covers nothing of it."""
    assert shown(SOUND, None, phq_9="9", gad_7="9") == set()
    assert shown(SOUND, "low", phq_9="10") == {
        "tiers/low/step-up/step-up phq-9 10", "tiers/low/step-up/step-up decides",
    }  # fmt: skip
    assert shown(SOUND, "low", response="full") == set()


@pytest.mark.parametrize(
    ("rules", "path", "text", "reason"),
    [
        (entering("high", "phq-9: {at-least: 0}"), "tiers/high/enter", "phq-9 -", "constant"),
        (entering("high", "any: [{phq-9: {at-least: 20}}, {phq-9: {at-least: 25}}]"),
         "tiers/high/enter", "phq-9 25", "never-alone"),
        (SOUND, "tiers/low/enter", "plan 1", "never-decides"),
        (leaving("low", move("re-triage", "high", "phq-9: {at-least: 20}"),
                 move("step-up", "middle", "phq-9: {at-least: 25}")),
         "tiers/low/step-up/step-up", "phq-9 25", "never-decides"),
    ],
)  # fmt: skip
def test_what_nobody_shows_has_a_reason(
    rules: RuleSet, path: str, text: str, reason: Reason
) -> None:
    """A comparison that is constant, masked in its criterion, or masked by others is named so."""
    found = {
        (goal.path, f"{goal.test.measure.id} {goal.side.value if goal.side else '-'}"): why
        for goal, why in proposed(rules)[1].items()
        if goal.test
    }
    assert found[path, text] == reason


def test_a_limit_of_work_is_no_answer() -> None:
    """Where the solver gives up, that is said, and nobody is called impossible for it."""
    people = People.of(SOUND)
    every = goals(SOUND, people)
    never = impossible(every, finders(SOUND, people))
    hard = impossible(every, finders(SOUND, people, limit=1))
    assert "too-hard" in hard.values()
    assert {goal for goal, why in hard.items() if why != "too-hard"} <= set(never)


def test_proposals_are_few_and_mild() -> None:
    """Nobody is proposed of whom others show all; what decides nothing stays at its mildest."""
    _, _, found = proposed(SOUND)
    for one in found:
        others = {goal for other in found if other is not one for goal in other.shows}
        assert not others.issuperset(one.shows)
    first = next(one for one in found if one.outcome.place == "emergency")
    assert first.situation.answers["phq-9"] < 10
    assert typed(MEASURES["lasting"], first.situation.answers["lasting"]) == "3 weeks"
    assert len(found) < len({goal for one in found for goal in one.shows}) / 2


# On random rule sets, against going through everybody


def holds(expression: Any, answers: dict[str, Decimal], flipped: Comparing | None) -> bool:
    """Whether an expression holds, with one of its comparisons the other way round."""
    if isinstance(expression, Comparing):
        return compares(expression, answers[expression.measure.id]) is not (expression == flipped)
    if isinstance(expression, Named):
        return holds(expression.inner, answers, flipped)
    count = sum(holds(part, answers, flipped) for part in expression.parts)
    if isinstance(expression, Every):
        return count == len(expression.parts)
    return count == 0 if isinstance(expression, Neither) else count >= expression.least


def came(
    rules: RuleSet, tier: str | None, answers: dict[str, Decimal], goal: Goal | None = None
) -> str | None:
    """The path of what decides, in the plainest words; with the comparison of a goal flipped."""

    def holding(path: str, expression: Expression) -> bool:
        return holds(expression, answers, goal.test if goal and goal.path == path else None)

    if tier is None:
        return _entered(rules, holding)
    moves = next(rung.moves for rung in rules.tiers if rung.id == tier)
    names = [rung.id for rung in rules.tiers]
    for kind in ("re-triage", "step-up", "discharge", "step-down"):
        paths = {f"tiers/{tier}/{kind}/{m.id}": m for m in moves if m.kind == kind}
        found = [path for path, m in paths.items() if holding(path, m.when)]
        if found and kind.startswith("step"):
            to = {path: names.index(paths[path].to) if paths[path].to in names else 99
                  for path in found}  # fmt: skip
            return max(found, key=lambda path: to[path])
        if found:
            return found[0]
    return f"tiers/{tier}/stay"


def _entered(rules: RuleSet, holding: Callable[[str, Expression], bool]) -> str | None:
    for name, when in rules.exits:
        if holding(f"exits/{name}/when", when):
            return f"exits/{name}/when"
    inside = [(f"tiers/{rung.id}/enter", rung.enter) for rung in rules.tiers]
    found = [path for path, enter in inside if holding(path, enter)]
    if rules.rule == "error":
        return found[0] if len(found) == 1 else None
    return (found[-1] if rules.rule == "highest" else found[0]) if found else None


def shows(rules: RuleSet, goal: Goal, answers: dict[str, Decimal]) -> bool:
    """Whether a person with all answers shows a goal, by what comes of them."""
    before = came(rules, goal.tier, answers)
    if goal.test is None:
        return before == goal.path
    if goal.side is None or answers[goal.test.measure.id] != goal.side.value or before is None:
        return False
    return came(rules, goal.tier, answers, goal) != before


def everybody(rules: RuleSet, goal: Goal) -> Iterator[dict[str, Decimal]]:
    """Everybody who could show a goal: each combination of values that criteria tell apart."""
    stage = next(stage for stage in stages(rules) if stage.tier == goal.tier)
    known = {measure.id: POPULATION[measure][1] for measure in stage.measures()}
    if goal.test and goal.side:
        known[goal.test.measure.id] = (goal.side.value,)
    for row in itertools.product(*known.values()):
        yield dict(zip(known, row, strict=True))


def agree(rules: RuleSet) -> None:
    """All that is said of proposals is so, and nothing is called impossible that is not."""
    every, never, found = proposed(rules)
    for goal in never:
        assert not any(shows(rules, goal, answers) for answers in everybody(rules, goal))
    for one in found:
        situation = one.situation
        assert one.outcome == outcome(rules, situation)
        assert one.outcome.place is not None
        path = came(rules, situation.tier, dict(situation.answers))
        assert one.outcome.path == (None if one.outcome.step == STAY else path)
        stage = next(stage for stage in stages(rules) if stage.tier == situation.tier)
        assert set(situation.answers) == {measure.id for measure in stage.measures()}
        assert all(shows(rules, goal, dict(situation.answers)) for goal in one.shows)
    assert {goal for one in found for goal in one.shows} == set(every) - set(never)


@pytest.mark.parametrize("rule", ["highest", "first", "error"])
@pytest.mark.parametrize(("kind", "count"), [(wild, 30), (ladders, 20)])
def test_proposals_agree_with_going_through_everybody(
    kind: Callable[[str], st.SearchStrategy[RuleSet]],
    count: int,
    rule: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """On 150 random rule sets each proposal shows what it says, and all that can be is shown."""
    shared = z3.Context()
    monkeypatch.setattr(z3, "Context", lambda: shared)
    run = settings(max_examples=count, deadline=None, suppress_health_check=list(HealthCheck))
    run(given(kind(rule))(agree))()


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(ladders("highest"))
def test_proposals_are_the_same_each_time(rules: RuleSet) -> None:
    """Neither the clock nor what the solver was asked before changes who is proposed."""
    once, again = ([one.situation for one in proposed(rules)[2]] for _ in range(2))
    assert once == again


@given(st.data())
def test_a_comparison_the_other_way_round(data: st.DataObject) -> None:
    """An expression with one comparison negated is what it says, for every answer."""
    rules = data.draw(wild("highest"))
    expression = rules.tiers[0].enter
    people = People.of(rules)
    for goal in goals(rules, people):
        if goal.test and goal.path == f"tiers/{rules.tiers[0].id}/enter":
            answers = {m.id: data.draw(st.sampled_from(POPULATION[m][1])) for m in rules.measures()}
            expected = holds(expression, answers, goal.test)
            assert evaluate(negated(expression, goal.test), answers) is expected


def test_of_several_steps_the_one_to_the_most_support_wins() -> None:
    """Somebody who meets two step-ups takes the higher one, wherever it is written."""
    low = move("step-up", "middle", "phq-9: {at-least: 10}")
    high = replace(move("step-up", "high", "phq-9: {at-least: 15}"), id="far")
    for moves in ((low, high), (high, low)):
        rules = leaving("low", *moves)
        assert outcome(rules, Situation({"phq-9": Decimal(14)}, "low")) == Outcome(
            "middle", "step-up", "tiers/low/step-up/step-up"
        )
        assert outcome(rules, Situation({"phq-9": Decimal(15)}, "low")).step == "far"
        found = {
            goal.path for one in proposed(rules)[2] for goal in one.shows if goal.tier == "low"
        }
        assert {"tiers/low/step-up/far", "tiers/low/step-up/step-up", "tiers/low/stay"} == found
