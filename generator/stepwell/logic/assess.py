"""Which tier or exit an assessment enters, which move a review leads to, what is still to be asked.

The finder on the website does the same in JavaScript; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from stepwell.logic.expression import Answers, Expression, Truth, evaluate, undecided
from stepwell.logic.rules import Kind, Move, RuleSet

PRECEDENCE: tuple[Kind, ...] = ("re-triage", "step-up", "discharge", "step-down")
"""Which kind of move is looked at first: danger, then more support, then less."""


@dataclass(frozen=True, slots=True)
class Placement:
    """`place` is the tier or exit that is entered; without one, `ask` says what would settle it."""

    place: str | None
    matching: tuple[str, ...]
    ask: tuple[str, ...]


def place(
    exits: Mapping[str, Expression], tiers: Mapping[str, Expression], rule: str, answers: Answers
) -> Placement:
    """Where answers lead: a matching exit first, else the tier that the rule picks.

    `exits` and `tiers` are in the order of the pathway, from the least to the
    most intensive; `rule` is highest, first or error.
    """
    for name, entry in exits.items():
        truth = evaluate(entry, answers)
        if truth:
            return Placement(name, (name,), ())
        if truth is None:
            return Placement(None, (), undecided(entry, answers))
    return _tier(tiers, rule, answers)


def _tier(tiers: Mapping[str, Expression], rule: str, answers: Answers) -> Placement:
    truths = {name: evaluate(entry, answers) for name, entry in tiers.items()}
    matching = tuple(name for name, truth in truths.items() if truth)
    if rule == "error":
        return _only(tiers, truths, matching, answers)
    ordered = list(truths)[::-1] if rule == "highest" else list(truths)
    for name in ordered:
        if truths[name] is None:
            return Placement(None, matching, undecided(tiers[name], answers))
        if truths[name]:
            return Placement(name, matching, ())
    return Placement(None, matching, ())


def _only(
    tiers: Mapping[str, Expression],
    truths: Mapping[str, Truth],
    matching: tuple[str, ...],
    answers: Answers,
) -> Placement:
    """The one tier that matches, once it is known of every other that it does not."""
    if len(matching) > 1:
        return Placement(None, matching, ())
    for name, truth in truths.items():
        if truth is None:
            return Placement(None, matching, undecided(tiers[name], answers))
    return Placement(matching[0] if matching else None, matching, ())


@dataclass(frozen=True, slots=True)
class Moved:
    """What a review leads to. Without a `move`, `ask` says what would settle it.

    If nothing is left to ask, the person stays. `holding` are the ids of all moves known to hold.
    """

    move: Move | None
    holding: tuple[str, ...]
    ask: tuple[str, ...]


def move(rules: RuleSet, tier: str, answers: Answers) -> Moved:
    """Where answers at a review lead somebody who is in a tier; StopIteration if there is none."""
    moves = in_order(rules, tier)
    holding = tuple(found.id for found in moves if evaluate(found.when, answers))
    for found in moves:
        truth = evaluate(found.when, answers)
        if truth is None:
            return Moved(None, holding, undecided(found.when, answers))
        if truth:
            return Moved(found, holding, ())
    return Moved(None, holding, ())


def in_order(rules: RuleSet, tier: str) -> tuple[Move, ...]:
    """The moves out of a tier in the order in which they decide.

    By kind as in PRECEDENCE; of several steps, the one to the most support
    first; of the others, as they are written. An exit is above every tier.
    """
    rung = next(found for found in rules.tiers if found.id == tier)
    height = {found.id: at for at, found in enumerate(rules.tiers)}
    return tuple(
        sorted(
            rung.moves,
            key=lambda found: (
                PRECEDENCE.index(found.kind),
                -height.get(found.to, len(height)) if found.kind.startswith("step") else 0,
            ),
        )
    )
