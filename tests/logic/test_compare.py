"""Criteria that changed, and who changes place by it: counted, exemplified and told apart."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.logic.rule_sets import MEASURES, SOUND, criterion, entering, leaving, move
from tests.logic.test_prove_pathways import rules_of

from stepwell.definitions.project import Definitions
from stepwell.logic.aligned import Replacing, renamed
from stepwell.logic.axes import Axis
from stepwell.logic.cells import typed
from stepwell.logic.compare import compare
from stepwell.logic.diagram import Diagram
from stepwell.logic.edits import edits
from stepwell.logic.expression import Comparing, Comparison, Expression
from stepwell.logic.measures import Measure
from stepwell.logic.rules import RuleSet, Rung
from stepwell.logic.shifts import Destination, Reckoning, Values

Pair = tuple[Destination | None, Destination | None]


# One change at a time


def told(found: Reckoning) -> list[tuple[str, str, int]]:
    """(old place, new place, how many) of each group."""
    return [(_name(s.old), _name(s.new), s.count) for s in found.shifts]


def ends(values: Values) -> list[tuple[str, str]]:
    """The lowest and highest value of each run."""
    return [(str(run.low), str(run.high)) for run in values.runs]


def _name(to: Destination | None) -> str:
    if to is None:
        return "-"
    return f"{to.by} {to.to}" if to.by else to.to


def changed(old: str, new: str, **named: str) -> list[tuple[str, str, str]]:
    """(group, old part, new part) of each edit between two criteria, as typed."""
    found = edits(criterion(old, **named), criterion(new, **named))
    return [(str(one.under), _said(one.old), _said(one.new)) for one in found]


def _said(part: Expression | None) -> str:
    if part is None:
        return ""
    if isinstance(part, Comparing):
        values = " ".join(typed(part.measure, value.number) for value in part.values)
        return f"{part.measure.id} {part.comparison} {values}".strip()
    return type(part).__name__


def test_a_threshold_moves_those_between() -> None:
    """A threshold from 10 to 8 moves the scores 8 and 9, whatever else is known of them."""
    new = entering("middle", "any: [{phq-9: {at-least: 8}}, {gad-7: {at-least: 10}}]")
    found = compare(SOUND, new)
    # two scores, ten lower ones of the other questionnaire, no plan, six values of weeks
    assert told(found.assessment) == [("low", "middle", 2 * 10 * 6)]
    (shift,) = found.assessment.shifts
    assert shift.exactly
    phq, gad, plan = shift.everyone
    assert ends(phq) == [("8", "9")]
    assert ends(gad) == [("0", "9")]
    assert not phq.mild
    assert gad.mild
    assert plan.measure.id == "plan"
    assert shift.example is not None
    assert shift.before == 10 * 10 * 6
    assert not any(review.shifts for review in found.reviews)


def test_who_gets_no_place_is_told() -> None:
    """People who came to a tier and come nowhere are a group of their own, and the other way."""
    narrower = entering("low", "none: [{phq-9: {at-least: 10}}, {gad-7: {at-least: 9}}, plan]")
    assert told(compare(SOUND, narrower).assessment) == [("low", "-", 10 * 6)]
    assert told(compare(narrower, SOUND).assessment) == [("-", "low", 10 * 6)]


def test_a_rule_moves_those_who_meet_two_entries() -> None:
    """Where several match, another rule sends those who meet both entries elsewhere."""
    found = compare(SOUND, replace(SOUND, rule="first"))
    assert not found.criteria
    assert [pair[:2] for pair in told(found.assessment)] == [("high", "middle")]
    none = compare(SOUND, replace(SOUND, rule="error"))
    assert [pair[:2] for pair in told(none.assessment)] == [("high", "-")]
    assert none.assessment.shifts[0].example is not None


def test_tiers_in_another_order_are_another_ladder() -> None:
    """The highest tier that holds decides, so the order of tiers alone moves people."""
    low, middle, high = SOUND.tiers
    found = compare(SOUND, replace(SOUND, tiers=(low, high, middle)))
    assert not found.criteria
    assert [pair[:2] for pair in told(found.assessment)] == [("high", "middle")]


def test_a_move_that_holds_more_often_moves_people_at_a_review() -> None:
    """At a review, those for whom another move decides are told, and those who stayed."""
    new = leaving(
        "middle",
        move("step-up", "high", "all: [{response: none}, {in-tier: {at-least: 4 weeks}}]"),
        move("step-down", "low", "response: partial"),
        move("discharge", "home", "response: full"),
    )
    found = compare(SOUND, new)
    assert [one.path for one in found.criteria] == ["tiers/middle/step-up/step-up"]
    assert not found.assessment.shifts
    (at,) = [one for one in found.reviews if one.shifts]
    assert at.tier == "middle"
    # weeks from 4 to 5, of 0 to 7, and one of three answers
    assert told(at) == [("-", "step-up high", 2)]
    assert at.possible == 8 * 3


def test_a_criterion_written_in_another_way_did_not_change() -> None:
    """Another order, a group of one, `below 10` for `at-most 9` and a detour change nothing."""
    for text in (
        "any: [{gad-7: {at-least: 10}}, {phq-9: {at-least: 10}}]",
        "any: [{all: [{phq-9: {at-least: 10}}]}, {gad-7: {more-than: 9}}]",
        "none: [{all: [{phq-9: {below: 10}}, {gad-7: {at-most: 9}}]}]",
    ):
        found = compare(SOUND, entering("middle", text))
        assert not found.criteria
        assert not any(one.shifts for one in (found.assessment, *found.reviews))


def test_a_named_criterion_is_told_once() -> None:
    """A change inside a named criterion is told where it is defined, with all that use it."""

    def rules(at_least: int) -> RuleSet:
        high = f"phq-9: {{at-least: {at_least}}}"
        either = "any: [high, plan]"
        return replace(
            SOUND,
            tiers=(
                Rung("low", criterion("none: [high]", high=high)),
                Rung("top", criterion("either", high=high, either=either)),
            ),
            named=(("high", criterion(high)), ("either", criterion(either, high=high))),
        )

    found = compare(rules(15), rules(13))
    (changed,) = found.criteria
    assert changed.path == "criteria/high"
    assert changed.used_in == ("criteria/either", "tiers/low/enter", "tiers/top/enter")
    assert [pair[:2] for pair in told(found.assessment)] == [("low", "top")]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("phq-9: {at-least: 15}", "phq-9: {at-least: 13}",
         [("None", "phq-9 at-least 15", "phq-9 at-least 13")]),
        ("any: [{phq-9: {at-least: 15}}, plan]", "any: [plan, {phq-9: 15..20}]",
         [("any", "phq-9 at-least 15", "phq-9 range 15 20")]),
        ("plan", "any: [plan, {gad-7: 3}]", [("any", "", "gad-7 is 3")]),
        ("all: [plan, {none: [{gad-7: 3}]}]", "plan", [("all", "Neither", "")]),
        ("phq-9: 3", "any: [plan, {gad-7: 3}]", [("None", "phq-9 is 3", "Some")]),
        ("none: [plan, {gad-7: 3}]", "none: [plan, {gad-7: 3}, {phq-9: 9}]",
         [("none", "", "phq-9 is 9")]),
        ("all: [plan, {gad-7: 3}, {phq-9: 9}]", "all: [plan, {phq-9: 9}]",
         [("all", "gad-7 is 3", "")]),
        ("all: [plan, {any: [{gad-7: 3}, {phq-9: 9}]}]",
         "all: [plan, {any: [{gad-7: 4}, {phq-9: 9}]}]", [("any", "gad-7 is 3", "gad-7 is 4")]),
        ("all: [plan, {gad-7: 3}]", "any: [plan, {gad-7: 3}]", [("None", "Every", "Some")]),
        ("{at-least: 2, of: [plan, {gad-7: 3}, {phq-9: 9}]}",
         "{at-least: 3, of: [plan, {gad-7: 3}, {phq-9: 9}]}", [("None", "Some", "Some")]),
    ],
)  # fmt: skip
def test_edits_name_what_was_changed(old: str, new: str, expected: list[object]) -> None:
    """An edit is the smallest part that differs, with the group it is in."""
    assert changed(old, new) == expected


# Measures that changed


def one_tier(measure: Measure, comparison: Comparison, *typed: str) -> RuleSet:
    """A rule set of one tier, whose entry compares one measure."""
    values = tuple(measure.value(text) for text in typed)
    return RuleSet((Rung("in", Comparing(measure, comparison, values)),))


def score(low: int, high: int, step: str = "1") -> Measure:
    """A score with a range."""
    return Measure("score", "score", Decimal(low), Decimal(high), Decimal(step))


def choice(*answers: str) -> Measure:
    """A question with some answers."""
    return Measure("answer", "choice", choices=answers)


def test_people_are_those_that_both_versions_allow() -> None:
    """Of a score whose range was changed, only the values that both have are counted."""
    old, new = one_tier(score(0, 27), "at-least", "15"), one_tier(score(5, 30), "at-least", "13")
    found = compare(old, new).assessment
    assert found.possible == 23
    assert told(found) == [("-", "in", 2)]


def test_a_range_alone_changes_no_criterion() -> None:
    """A wider range leaves the criteria and everybody's place as they were."""
    old, new = (one_tier(score(0, top), "at-least", "15") for top in (27, 30))
    assert not compare(old, new).criteria
    assert not compare(old, new).assessment.shifts


def test_answers_are_the_same_by_their_ids() -> None:
    """Answers in another order are the same answers; a comparison by order may mean others."""
    old = one_tier(choice("none", "partial", "full"), "at-least", "partial")
    new = one_tier(choice("full", "partial", "none"), "at-least", "partial")
    found = compare(old, new).assessment
    assert told(found) == [("-", "in", 1), ("in", "-", 1)]
    (come, left) = found.shifts
    assert [typed(v.measure, v.runs[0].low or Decimal(0)) for v in left.everyone] == ["full"]
    assert [typed(v.measure, v.runs[0].low or Decimal(0)) for v in come.everyone] == ["none"]
    same_ones = one_tier(choice("full", "partial", "none"), "one-of", "partial", "full")
    assert not compare(old, same_ones).assessment.shifts


def test_an_answer_of_one_version_is_nobodys() -> None:
    """Who gives an answer that only one version has is not counted."""
    old = one_tier(choice("none", "some"), "is", "some")
    new = one_tier(choice("none", "much"), "is", "much")
    found = compare(old, new).assessment
    assert found.possible == 1
    assert not found.shifts


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (one_tier(score(0, 9), "at-least", "5"), one_tier(score(20, 29), "at-least", "25")),
        (one_tier(score(0, 9), "at-least", "5"), one_tier(
            replace(choice("no", "yes"), id="score"), "is", "yes")),
        (one_tier(Measure("score", "number", Decimal(0), Decimal(9), unit="kg"), "at-least", "5"),
         one_tier(Measure("score", "number", Decimal(0), Decimal(9), unit="mg"), "at-least", "5")),
    ],
)  # fmt: skip
def test_what_is_another_question_now_is_counted_as_two(old: RuleSet, new: RuleSet) -> None:
    """A measure of another kind, unit or a range with nothing in common is another question."""
    found = compare(old, new).assessment
    assert {axis.measure.id for axis in found.axes} == {"score (before)", "score"}
    assert {pair[:2] for pair in told(found)} == {("in", "-"), ("-", "in")}
    assert all(shift.example for shift in found.shifts)


def test_two_questions_can_have_one_id() -> None:
    """Ids that are said to ask something else now are two measures, whatever they look like."""
    rules = one_tier(score(0, 9), "at-least", "5")
    assert not compare(rules, rules).assessment.shifts
    assert len(compare(rules, rules, apart=("score",)).assessment.axes) == 2


def test_a_coarser_step_leaves_the_values_of_both() -> None:
    """Of steps of a half and of one, those of one are counted; other grids are two measures."""
    halves, ones = score(0, 9, "0.5"), score(0, 9)
    found = compare(one_tier(halves, "at-least", "5"), one_tier(ones, "at-least", "4")).assessment
    assert (found.possible, told(found)) == (10, [("-", "in", 1)])
    odd = Measure("score", "score", Decimal("0.5"), Decimal(9), Decimal(1))
    apart = compare(one_tier(ones, "at-least", "5"), one_tier(odd, "at-least", "4.5")).assessment
    assert len(apart.axes) == 2


def test_a_measure_of_one_version_is_nothing_to_the_other() -> None:
    """A new measure counts with all its values, and the old criteria do not look at it."""
    old = one_tier(score(0, 9), "at-least", "5")
    tier = Rung("in", criterion("plan"))
    found = compare(old, RuleSet((tier,))).assessment
    assert found.possible == 10 * 2
    assert told(found) == [("-", "in", 5), ("in", "-", 5)]


# What is counted


@pytest.mark.parametrize(
    ("measure", "test", "weights"),
    [
        ("phq-9", "phq-9: {at-least: 15}", (15, 13)),
        ("weight", "weight: {at-least: 35.5 kg}", (11, 430)),
        ("plan", "plan", (1, 1)),
        ("response", "response: {one-of: [none, full]}", (1, 1, 1)),
        ("lasting", "lasting: {at-least: 4 weeks}", (4, 2)),
        ("lasting", "lasting: {more-than: 4 weeks}", (5, 1)),
        ("lasting", "lasting: {at-least: 10 days}", (2, 2)),
        ("severity", "severity: {at-least: 4.5}", (1, 1)),
        ("fall", "fall: {at-most: -50%}", (51, 1)),
        ("fall", "fall: {at-most: 10%}", (111, 1)),
        ("gain", "gain: {at-least: 3}", (1, 1)),
    ],
)
def test_what_is_counted_of_a_measure(measure: str, test: str, weights: tuple[int, ...]) -> None:
    """Steps as they are, whole weeks to above the threshold, percent, else one for each piece."""
    found = criterion(test)
    assert isinstance(found, Comparing)
    axis = Axis.of(MEASURES[measure], [found])
    assert axis.weights == weights
    assert axis.total == sum(weights)


def test_a_piece_without_a_whole_unit_counts_once() -> None:
    """Between two and three days there is no whole week, and yet somebody."""
    tests = [criterion(f"lasting: {{at-least: {days} days}}") for days in (2, 3)]
    axis = Axis.of(MEASURES["lasting"], [test for test in tests if isinstance(test, Comparing)])
    assert axis.weights == (1, 1, 2)


def test_criteria_too_entangled_to_count_are_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    """Past the limit of work nothing is counted, and it is said so."""
    monkeypatch.setattr(Diagram.__init__, "__defaults__", (0,))
    new = entering("middle", "any: [{phq-9: {at-least: 8}}, {gad-7: {at-least: 10}}]")
    found = compare(SOUND, new)
    assert not found.assessment.counted
    assert [one.path for one in found.criteria] == ["tiers/middle/enter"]


# Other ids


def test_renamed_ids_are_the_same_rules() -> None:
    """A rule set with other ids throughout, renamed back, is what it was."""

    def other(path: str) -> str:
        last = path.rpartition("/")[2]
        return last if last in ("in-tier", "reviews-done", "age") else f"new-{last}"

    def back(path: str) -> str:
        return path.rpartition("/")[2].removeprefix("new-")

    rules = replace(SOUND, named=(("high", criterion("phq-9: {at-least: 15}")),))
    away = renamed(rules, other)
    assert [tier.id for tier in away.tiers] == ["new-low", "new-middle", "new-high"]
    assert away.tiers[0].moves[0].to == "new-middle"
    assert away.exits[0][0] == "new-emergency"
    assert away.higher_is["new-phq-9"] == "worse"
    assert "new-phq-9" in {measure.id for measure in away.measures()}
    assert renamed(away, back).digest() == rules.digest()


# The sample pathway


def test_a_lower_threshold_in_the_sample_pathway(real: Definitions) -> None:
    """PHQ-9 from 13 enters brief treatment, or the programme, and no one else changes place."""
    old = rules_of(real)["psychosomatic-stepped-care"]

    def lower(test: Comparing) -> Comparing:
        high = test.measure.id == "phq-9" and test.values[0].number == 15
        value = test.measure.value("13")
        return replace(test, values=(value,)) if high and test.comparison == "at-least" else test

    severe = dict(old.named)["severe-score"]
    named = {"severe-score": Replacing(lower)(severe)}
    tiers = Replacing(named=named).rules(old)
    pairs = tuple((name, named.get(name, when)) for name, when in tiers.named)
    found = compare(old, replace(tiers, named=pairs))
    assert [one.path for one in found.criteria] == ["criteria/severe-score"]
    assert "tiers/brief-intervention/enter" in found.criteria[0].used_in
    assert {pair[:2] for pair in told(found.assessment)} == {
        ("guided-self-help", "brief-intervention"),
        ("specialist-care", "intensive-care-programme"),
    }
    for shift in found.assessment.shifts:
        (phq,) = (values for values in shift.everyone if values.measure.id == "phq-9")
        assert ends(phq) == [("13", "14")]
        assert shift.example is not None
        assert phq.runs in [values.runs for values in shift.example]
