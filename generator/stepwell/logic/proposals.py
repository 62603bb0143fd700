"""Proposed worked cases: a few people who show what no case shows yet, for a clinician to confirm.

The solver says of each goal whether anybody can show it, and which others the
same person can show too, so that few are needed. The smallest such person is
taken, with the mildest answers to all else that is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain
from typing import Literal

from stepwell.logic.cells import Choice
from stepwell.logic.claims import Both, Claim
from stepwell.logic.counterexample import People, smallest
from stepwell.logic.coverage import Goal, Stage, stages
from stepwell.logic.rules import RuleSet
from stepwell.logic.solver import LIMIT, Solver
from stepwell.logic.worked import Outcome, Situation, outcome

Reason = Literal["constant", "never-alone", "never-decides", "too-hard"]
"""Why nobody shows a goal: no value changes the comparison; it never decides its
criterion alone; it does, but only for people about whom other criteria decide
anyway; or the limit of work was reached."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Somebody, what comes of them, and what they show; the first goal is why they are here.

    `across` is what would come of them with the value on the other side of that
    goal's threshold.
    """

    situation: Situation
    outcome: Outcome
    shows: tuple[Goal, ...]
    across: Outcome | None = None


class Finder:
    """Looks for people at one stage. Equal questions have equal answers."""

    def __init__(self, stage: Stage, people: People, limit: int = LIMIT) -> None:
        asked = {measure.id for measure in stage.measures()}
        scale = {name: found for name, found in people.scale.items() if name in asked}
        self._tier = stage.tier
        self._people = replace(people, scale=scale)
        self._solver = Solver(stage.measures(), limit)
        self._claims: dict[Goal, Claim] = {}

    def reason(self, goal: Goal) -> Reason | None:
        """Why nobody shows a goal; None if somebody does."""
        if goal.test is not None and goal.side is None:
            return "constant"
        found = self._solver.possible(self._claim(goal))
        if found is not False:
            return None if found else "too-hard"
        if goal.test is None or self._solver.possible(goal.at_value(goal.alone)) is not False:
            return "never-decides"
        return "never-alone"

    def situation(self, wanted: Sequence[Goal]) -> Situation | None:
        """The smallest person who shows the first goal and, in order, all that can be added.

        Everything else is at its mildest. None if the limit of work was reached.
        """
        claims: list[Claim] = []
        values: dict[str, Decimal] = {}
        for goal in wanted:
            value, claim = goal.value(), self._claim(goal)
            if any(values.get(name, number) != number for name, number in value.items()):
                continue
            if not claims or self._solver.possible(Both((*claims, claim))):
                claims.append(claim)
                values |= value
        return self._smallest(Both(tuple(claims)), values)

    def _claim(self, goal: Goal) -> Claim:
        """What is true of who shows a goal at its value, made once: the solver knows it again."""
        return self._claims.setdefault(goal, goal.at_value(goal.claim))

    def _smallest(self, claim: Claim, values: Mapping[str, Decimal]) -> Situation | None:
        if not self._people.scale:
            return Situation({}, self._tier)
        scale = dict(self._people.scale)
        for name, value in values.items():
            cell = self._people.cell(name, value).cell
            scale[name] = (Choice(cell, value, value, value),)
        found = smallest(claim, None, replace(self._people, scale=scale), self._solver)
        if found is None:
            return None
        return Situation({**self._people.mildest(), **found.answers}, self._tier)


def finders(rules: RuleSet, people: People, limit: int = LIMIT) -> dict[str | None, Finder]:
    """The finder of each stage by its tier; None is assessment."""
    return {stage.tier: Finder(stage, people, limit) for stage in stages(rules)}


def impossible(goals: Iterable[Goal], known: Mapping[str | None, Finder]) -> dict[Goal, Reason]:
    """The goals that nobody can show, each with its reason."""
    reasons = ((goal, known[goal.tier].reason(goal)) for goal in goals)
    return {goal: reason for goal, reason in reasons if reason is not None}


def proposals(
    rules: RuleSet,
    goals: Collection[Goal],
    known: Mapping[str | None, Finder],
    advance: Callable[[int], object] = lambda done: None,
) -> tuple[Proposal, ...]:
    """People who together show goals of which it was found that somebody can.

    `advance` is told after each person how many goals more are shown. A goal on
    which the limit of work is reached is left out.
    """
    found = []
    for tier, finder in known.items():
        wanted = [goal for goal in goals if goal.tier == tier]
        found += _needed(_situations(wanted, finder, advance))
    return tuple(_proposal(rules, situation, shows) for situation, shows in found)


Found = tuple[Situation, list[Goal]]
"""Somebody, and all that they show; first the goal they were looked for."""


def _situations(
    wanted: list[Goal], finder: Finder, advance: Callable[[int], object]
) -> list[Found]:
    found: list[Found] = []
    left = wanted
    while left:
        situation = finder.situation(left) or finder.situation(left[:1])
        if situation is None:
            left = left[1:]
            continue
        shows = [left[0], *(goal for goal in wanted if goal is not left[0])]
        shows = [goal for goal in shows if goal.shown_by(situation)]
        found.append((situation, shows))
        before, left = len(left), [goal for goal in left if goal not in shows]
        advance(before - len(left))
    return found


def _needed(found: list[Found]) -> list[Found]:
    """Without those of whom others show everything."""
    kept = list(found)
    for each in found:
        others = set(chain.from_iterable(shows for other, shows in kept if other is not each[0]))
        if others.issuperset(each[1]):
            kept.remove(each)
    return kept


def _proposal(rules: RuleSet, situation: Situation, shows: list[Goal]) -> Proposal:
    goal, across = shows[0], None
    if goal.test is not None and goal.side is not None:
        answers = {**situation.answers, goal.test.measure.id: goal.side.across}
        across = outcome(rules, replace(situation, answers=answers))
    return Proposal(situation, outcome(rules, situation), tuple(shows), across)
