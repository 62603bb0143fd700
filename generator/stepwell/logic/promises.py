"""The sum of the waits along a route keeps what the pathway promises.

A route begins in any tier and goes on by steps up to higher tiers. Its length is the wait for
the milestone in the first tier, then for each step the time until it has
happened and the wait for the milestone in the next tier. All urgency classes
are looked at apart. A tier without a target makes a promise void.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from stepwell.logic.failures import Failure
from stepwell.logic.rules import Promised, RuleSet, hashed


@dataclass(frozen=True, slots=True)
class Leg:
    """A part of a route: the path of what makes people wait, and how many days."""

    path: str
    days: Decimal | None


Route = tuple[Leg, ...]


def overruns(rules: RuleSet, promised: Promised) -> tuple[Failure, ...]:
    """The failure of a promise: by its longest route, or by a tier without a target; else none."""
    ladder = _longest(rules, promised)
    void = [leg.path for route in ladder.values() for leg in route if leg.days is None]
    if void:
        hint = f"give the wait a target for '{promised.urgency}', or leave the promise away"
        told = f"there is no target in {', '.join(sorted(set(void)))}"
        return (_failure(rules, promised, tuple(sorted(set(void))), told, hint),)
    longest = max(ladder.values(), key=_length)
    over = _length(longest) - promised.days
    if over <= 0:
        return ()
    text = " + ".join(f"{_days(leg.days)} ({leg.path})" for leg in longest)
    hint = f"shorten these waits by {_days(over)} in all, or promise that much more"
    paths = tuple(leg.path for leg in longest)
    told = f"{text} = {_days(_length(longest))}, promised are {_days(promised.days)}"
    return (_failure(rules, promised, paths, told, hint),)


def _longest(rules: RuleSet, promised: Promised) -> dict[str, Route]:
    """The longest route from each tier on, made from the highest tier downwards."""
    found: dict[str, Route] = {}
    for tier in reversed(rules.tiers):
        days = rules.waits.get((tier.id, promised.milestone, promised.urgency))
        rests = [
            (Leg(f"tiers/{tier.id}/step-up/{move.id}", move.within), *found[move.to])
            for move in tier.moves
            if move.kind == "step-up" and move.to in found
        ]
        wait = Leg(f"waits/{tier.id}/{promised.milestone}", days)
        found[tier.id] = (wait, *max(rests, key=_length, default=()))
    return found


def _length(route: Route) -> Decimal:
    return sum((leg.days for leg in route if leg.days is not None), Decimal(0))


def _days(days: Decimal | None) -> str:
    rounded = round(days or Decimal(0), 1).normalize()
    return f"{rounded:f} day{'' if rounded == 1 else 's'}"


def _failure(
    rules: RuleSet, promised: Promised, paths: tuple[str, ...], text: str, hint: str
) -> Failure:
    waits = [f"{' '.join(at)} {days}" for at, days in sorted(rules.waits.items())]
    moves = [f"{t.id} {m.id} {m.to} {m.within}" for t in rules.tiers for m in t.moves]
    digest = hashed([f"{promised}", *waits, *moves])
    subject = f"{promised.id} {promised.urgency}"
    return Failure("promise", subject, paths, digest, hint, text=text)
