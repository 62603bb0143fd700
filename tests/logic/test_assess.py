"""Where an assessment leads, by exit or the pathway's rule, and what a review moves."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.logic.test_expression import EXPRESSIONS, MEASURES, PARTIAL, Answered, completions
from tests.logic.test_expression import plainly as holds

from stepwell.logic.assess import PRECEDENCE, Moved, Placement, in_order, move, place
from stepwell.logic.expression import Comparing, Expression
from stepwell.logic.rules import Kind, Move, RuleSet, Rung

RULES = ("highest", "first", "error")
A, B, C = (Comparing(measure, "yes", ()) for measure in MEASURES)
YES, NO = Decimal(1), Decimal(0)
ENTRIES = st.lists(EXPRESSIONS, min_size=1, max_size=3)


def named(kind: str, entries: list[Expression]) -> dict[str, Expression]:
    """Entries with ids in their order."""
    return {f"{kind}-{number}": entry for number, entry in enumerate(entries)}


def by_hand(
    exits: dict[str, Expression], tiers: dict[str, Expression], rule: str, answers: Answered
) -> str | None:
    """The place that answers lead to when all are known."""
    out = [name for name, entry in exits.items() if holds(entry, answers)]
    inside = [name for name, entry in tiers.items() if holds(entry, answers)]
    if out or not inside:
        return out[0] if out else None
    if rule == "error":
        return inside[0] if len(inside) == 1 else None
    return inside[-1] if rule == "highest" else inside[0]


@pytest.mark.parametrize("rule", RULES)
@given(exits=st.lists(EXPRESSIONS, max_size=2), tiers=ENTRIES, partial=PARTIAL)
def test_a_place_once_found_is_where_every_later_answer_leads(
    rule: str, exits: list[Expression], tiers: list[Expression], partial: Answered
) -> None:
    """A placement with open answers asks, or is that of every way to answer them."""
    out, inside = named("exit", exits), named("tier", tiers)
    found = place(out, inside, rule, partial)
    if not found.ask:
        for answers in completions(partial):
            assert by_hand(out, inside, rule, answers) == found.place
    assert not (found.ask and found.place)
    assert not set(found.ask) & set(partial)


@pytest.mark.parametrize("rule", RULES)
@given(exits=st.lists(EXPRESSIONS, max_size=2), tiers=ENTRIES, partial=PARTIAL)
def test_asking_comes_to_an_end(
    rule: str, exits: list[Expression], tiers: list[Expression], partial: Answered
) -> None:
    """Whoever answers what is asked, again and again, is placed in at most as many rounds."""
    out, inside = named("exit", exits), named("tier", tiers)
    answers = dict(partial)
    for _ in range(len(MEASURES) + 1):
        found = place(out, inside, rule, answers)
        answers |= dict.fromkeys(found.ask, YES)
    assert found.ask == ()


def test_an_exit_comes_before_every_tier() -> None:
    """Who meets an exit leaves by it, whatever tier they would enter."""
    found = place({"emergency": A}, {"low": B, "high": C}, "highest", {"a": YES, "b": YES})
    assert found == Placement("emergency", ("emergency",), ())


def test_an_open_exit_is_asked_first() -> None:
    """While an exit is open nobody is placed in a tier."""
    found = place({"emergency": A}, {"low": B}, "highest", {"b": YES})
    assert found == Placement(None, (), ("a",))


@pytest.mark.parametrize(
    ("rule", "entered"), [("highest", "high"), ("first", "low"), ("error", None)]
)
def test_the_rule_decides_where_several_match(rule: str, entered: str | None) -> None:
    """The highest, the first, or nobody: as the pathway says."""
    found = place({}, {"low": A, "middle": B, "high": C}, rule, {"a": YES, "b": NO, "c": YES})
    assert found == Placement(entered, ("low", "high"), ())


def test_a_lower_tier_waits_for_a_higher_one() -> None:
    """Where the highest decides, an open higher tier is asked before a lower one is entered."""
    tiers: dict[str, Expression] = {"low": A, "high": B}
    assert place({}, tiers, "highest", {"a": YES}).ask == ("b",)
    assert place({}, tiers, "first", {"a": YES}).place == "low"
    assert place({}, tiers, "error", {"a": YES}).ask == ("b",)


def test_nobody_is_placed_where_nothing_matches() -> None:
    """Answers that fit no tier lead nowhere, and there is nothing left to ask."""
    assert place({}, {"low": A}, "highest", {"a": NO}) == Placement(None, (), ())


MOVES = st.lists(
    st.tuples(st.sampled_from(PRECEDENCE), st.sampled_from(("t0", "t1", "t2", "out")), EXPRESSIONS),
    max_size=4,
)


def in_tier(moves: list[tuple[Kind, str, Expression]]) -> RuleSet:
    """Three tiers, the middle one with some moves."""
    made = tuple(Move(f"m{n}", kind, to, when) for n, (kind, to, when) in enumerate(moves))
    return RuleSet((Rung("t0", A), Rung("t1", A, made), Rung("t2", A)))


@given(moves=MOVES, partial=PARTIAL)
def test_a_move_once_found_is_that_of_every_later_answer(
    moves: list[tuple[Kind, str, Expression]], partial: Answered
) -> None:
    """A review with open answers asks, or comes out the same however they are answered."""
    rules = in_tier(moves)
    found = move(rules, "t1", partial)
    assert not (found.ask and found.move)
    assert not set(found.ask) & set(partial)
    if not found.ask:
        for answers in completions(partial):
            later = move(rules, "t1", answers)
            assert later.move == found.move
            holding = [m for m in in_order(rules, "t1") if holds(m.when, answers)]
            assert later.move == (holding[0] if holding else None)


def test_danger_comes_first_and_more_support_before_less() -> None:
    """New triage, then the highest step up, then discharge, then the smallest step down."""
    kinds: list[tuple[Kind, str, Expression]] = [
        ("step-down", "t0", A), ("discharge", "out", A), ("step-up", "t2", A),
        ("step-up", "out", A), ("re-triage", "out", A), ("re-triage", "t0", A),
    ]  # fmt: skip
    order = [(found.kind, found.to) for found in in_order(in_tier(kinds), "t1")]
    assert order == [
        ("re-triage", "out"), ("re-triage", "t0"), ("step-up", "out"), ("step-up", "t2"),
        ("discharge", "out"), ("step-down", "t0"),
    ]  # fmt: skip


def test_who_meets_no_move_stays() -> None:
    """Nothing left to ask and no move: the person stays; while a move is open, it is asked."""
    rules = in_tier([("discharge", "out", A), ("step-down", "t0", B)])
    assert move(rules, "t1", {"a": NO, "b": NO}) == Moved(None, (), ())
    assert move(rules, "t1", {"b": YES}) == Moved(None, ("m1",), ("a",))
