"""The worked cases of a pathway beside all that cases are to show: results, coverage, proposals."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from stepwell.definitions.cases import Case
from stepwell.definitions.project import Definitions
from stepwell.diagnostics import Diagnostics
from stepwell.logic.counterexample import People
from stepwell.logic.coverage import Goal, goals
from stepwell.logic.measures import BadValue
from stepwell.logic.proposals import Finder, Proposal, Reason, finders, impossible, proposals
from stepwell.logic.rules import RuleSet, rule_set
from stepwell.logic.typing import Vocabulary
from stepwell.logic.worked import Outcome, Situation, agrees, outcome

Result = Literal["ok", "proposed", "fails"]
State = Literal["covered", "proposed", "open"] | Reason
"""Of a goal: shown by a case, shown only by a proposed one, not shown yet, or why it can't be."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A worked case and what comes of it; nothing if it names what there is not."""

    case: Case
    situation: Situation | None = None
    outcome: Outcome | None = None

    @property
    def result(self) -> Result:
        """Whether it comes out as it says, and whether a clinician has confirmed it."""
        if self.outcome is None or not agrees(self.case, self.outcome):
            return "fails"
        return "proposed" if self.case.proposed else "ok"


@dataclass(frozen=True)
class Casebook:
    """The worked cases of a pathway whose criteria are sound."""

    rules: RuleSet
    entries: tuple[Entry, ...]

    @classmethod
    def of(cls, read: Definitions, pathway: str, without: str = "") -> Casebook:
        """The casebook of a pathway, without the cases in one of its files."""
        instruments = {str(found.id): found for found in read.vocabulary.instruments}
        vocabulary = Vocabulary.of(read.pathways[pathway], instruments, Diagnostics())
        rules = rule_set(read.pathways[pathway], vocabulary)
        written = read.cases[pathway].cases if pathway in read.cases else ()
        kept = (case for case in written if case.id.span.path != without)
        return cls(rules, tuple(_entry(case, rules, vocabulary) for case in kept))

    @cached_property
    def goals(self) -> tuple[Goal, ...]:
        """All that cases are to show."""
        return goals(self.rules, self._people)

    @cached_property
    def states(self) -> Mapping[Goal, State]:
        """What is shown, what is open, and what nobody can show."""
        found: dict[Goal, State] = dict.fromkeys(self.goals, "open")
        found.update((goal, "proposed") for goal in self._shown("proposed"))
        found.update((goal, "covered") for goal in self._shown("ok"))
        left = [goal for goal, state in found.items() if state == "open"]
        return {**found, **impossible(left, self._finders)}

    def proposals(
        self, advance: Callable[[int], object] = lambda done: None
    ) -> tuple[Proposal, ...]:
        """People who show what is open; `advance` is told how many goals more are shown."""
        left = [goal for goal, state in self.states.items() if state == "open"]
        return proposals(self.rules, left, self._finders, advance)

    def _shown(self, result: Result) -> Iterator[Goal]:
        """What the cases with a result show."""
        cases = [entry.situation for entry in self.entries if entry.result == result]
        for goal in self.goals:
            if any(goal.shown_by(case) for case in cases if case):
                yield goal

    @cached_property
    def _people(self) -> People:
        return People.of(self.rules)

    @cached_property
    def _finders(self) -> Mapping[str | None, Finder]:
        return finders(self.rules, self._people)


def _entry(case: Case, rules: RuleSet, vocabulary: Vocabulary) -> Entry:
    known = vocabulary.measures
    if case.in_ is not None and all(tier.id != case.in_ for tier in rules.tiers):
        return Entry(case)
    try:
        answers = {name: known[name].value(typed).number for name, typed in case.given.items()}
    except (KeyError, BadValue):
        return Entry(case)
    situation = Situation(answers, str(case.in_) if case.in_ else None)
    return Entry(case, situation, outcome(rules, situation))
