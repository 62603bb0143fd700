"""Which tier or exit an assessment enters, and what is still to be asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from stepwell.logic.expression import Answers, Expression, Truth, evaluate, undecided


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
