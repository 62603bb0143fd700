"""Worked cases as logic: somebody at assessment or at a review, and what comes of them."""

from __future__ import annotations

from dataclasses import dataclass

from stepwell.definitions.cases import STAY, Case
from stepwell.logic.assess import move
from stepwell.logic.counterexample import placement
from stepwell.logic.expression import Answers
from stepwell.logic.rules import RuleSet


@dataclass(frozen=True, slots=True)
class Situation:
    """Somebody with known answers, at a review in a tier or, without one, at assessment."""

    answers: Answers
    tier: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What comes of somebody.

    `place` is the tier or exit they come to, `step` at a review the id of the
    move that decides, or `stay`; `path` is the criterion that decides, none for
    who stays. Without a place, `ask` says what would settle it; if nothing is
    left to ask, `matching` are the tiers between which nothing decides.
    """

    place: str | None = None
    step: str | None = None
    path: str | None = None
    matching: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()


def outcome(rules: RuleSet, situation: Situation) -> Outcome:
    """What comes of somebody; StopIteration for a tier that there is not."""
    if situation.tier is None:
        found = placement(rules, situation.answers)
        path = entry(rules, found.place) if found.place else None
        return Outcome(found.place, None, path, found.matching, found.ask)
    moved = move(rules, situation.tier, situation.answers)
    if moved.ask:
        return Outcome(ask=moved.ask)
    if moved.move is None:
        return Outcome(situation.tier, STAY)
    taken = moved.move
    return Outcome(taken.to, taken.id, f"tiers/{situation.tier}/{taken.kind}/{taken.id}")


def entry(rules: RuleSet, place: str) -> str:
    """The path of the criterion by which a tier or exit is entered at assessment."""
    inside = any(tier.id == place for tier in rules.tiers)
    return f"tiers/{place}/enter" if inside else f"exits/{place}/when"


def agrees(case: Case, found: Outcome) -> bool:
    """Whether a case comes out as it says."""
    if found.place is None or case.tier != found.place:
        return False
    return case.step is None or case.step == found.step
