"""The longest route to a milestone is found, whatever the steps up; brute force agrees."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from tests.logic.rule_sets import criterion

from stepwell.logic.promises import overruns
from stepwell.logic.rules import Move, Promised, RuleSet, Rung

ANY = criterion("plan")
DAYS = st.integers(0, 40).map(Decimal)


@st.composite
def ladders(draw: st.DrawFn) -> RuleSet:
    """Up to five tiers with waits, and steps up to any others, also to lower ones."""
    names = [f"t{at}" for at in range(draw(st.integers(1, 5)))]
    steps = st.lists(st.sampled_from(names), max_size=3, unique=True)
    tiers = tuple(
        Rung(name, ANY, tuple(Move(to, "step-up", to, ANY, draw(DAYS)) for to in draw(steps)))
        for name in names
    )
    return RuleSet(tiers, waits={(name, "seen", "routine"): draw(DAYS) for name in names})


def lengths(rules: RuleSet, at: int) -> Iterator[Decimal]:
    """The length of every route from a tier on that goes to higher tiers only."""
    tier = rules.tiers[at]
    here = rules.waits[tier.id, "seen", "routine"]
    yield here
    height = {found.id: place for place, found in enumerate(rules.tiers)}
    for move in tier.moves:
        if height[move.to] > at:
            yield from (here + move.within + rest for rest in lengths(rules, height[move.to]))


@given(ladders())
def test_a_promise_holds_if_and_only_if_no_route_is_longer(rules: RuleSet) -> None:
    """The longest of all routes is just kept by a promise of its length, and by none shorter."""
    longest = max(length for at in range(len(rules.tiers)) for length in lengths(rules, at))
    kept = Promised("p", "seen", "routine", longest)
    assert overruns(rules, kept) == ()
    broken = Promised("p", "seen", "routine", longest - Decimal("0.5"))
    (failure,) = overruns(rules, broken)
    assert failure.text.endswith(f"promised are {broken.days.normalize():f} days")


def test_many_tiers_with_every_step_between_them_are_quick() -> None:
    """Thirty tiers have a thousand million routes; they are not walked one by one."""
    names = [f"t{at}" for at in range(30)]
    tiers = tuple(
        Rung(name, ANY, tuple(Move(to, "step-up", to, ANY, Decimal(1)) for to in names[at + 1 :]))
        for at, name in enumerate(names)
    )
    rules = RuleSet(tiers, waits={(name, "seen", "soon"): Decimal(1) for name in names})
    assert overruns(rules, Promised("p", "seen", "soon", Decimal(59))) == ()
    assert overruns(rules, Promised("p", "seen", "soon", Decimal(58)))
