"""The proof of a pathway's criteria: every obligation with its result. Begin reading here.

`rules` says what a rule set is, `obligations` what must hold of it, `solver`
answers whether somebody can exist of whom a claim is true, `counterexample`
finds the smallest such person, `failures` replays them and says what is wrong,
`hints` proposes a change.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from stepwell.definitions.proof import Obligation
from stepwell.logic.counterexample import People
from stepwell.logic.failures import Failure, explained, missing, undecided
from stepwell.logic.obligations import Row, Statement, rows
from stepwell.logic.promises import overruns
from stepwell.logic.rules import RuleSet
from stepwell.logic.solver import LIMIT, Solver

Outcome = Literal["holds", "fails", "undecided"]


@dataclass(frozen=True, slots=True)
class Result:
    """An obligation about one subject: a tier, a measure, a criterion's path, or everything."""

    obligation: Obligation
    subject: str
    failures: tuple[Failure, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """Whether it holds; one part that fails outweighs others that were not decided."""
        if all(failure.undecided for failure in self.failures):
            return "undecided" if self.failures else "holds"
        return "fails"


@dataclass(frozen=True, slots=True)
class Proof:
    """What was proved of which criteria, and how often the solver was asked for it."""

    results: tuple[Result, ...]
    questions: int
    digest: str

    @property
    def holds(self) -> bool:
        """Whether every obligation holds."""
        return all(result.outcome == "holds" for result in self.results)

    @property
    def failures(self) -> tuple[Failure, ...]:
        """Everything that does not hold, undecided obligations too."""
        return tuple(failure for result in self.results for failure in result.failures)

    def summary(self) -> dict[Obligation, tuple[int, int]]:
        """Of each obligation, how many subjects it was asked of, and of how many it holds."""
        found: dict[Obligation, tuple[int, int]] = {}
        for result in self.results:
            asked, held = found.get(result.obligation, (0, 0))
            found[result.obligation] = (asked + 1, held + (result.outcome == "holds"))
        return found


def prove(rules: RuleSet, limit: int = LIMIT) -> Proof:
    """Every obligation of a rule set, proved or refuted by a person.

    `limit` bounds the work on one question, in steps of the solver. Raises
    Disagreement if a person that the solver names is none: a fault of the program.
    """
    solver = Solver(rules.measures(), limit)
    people = People.of(rules)
    results = tuple(_result(row, people, solver) for row in rows(rules))
    for promised in rules.promises:
        subject = f"{promised.id} {promised.urgency}"
        results += (Result("promise", subject, overruns(rules, promised)),)
    return Proof(results, solver.questions, rules.digest())


def refuted(row: Row, solver: Solver) -> Iterator[tuple[Statement, bool]]:
    """The statements of a row that do not hold, and whether that was decided."""
    if _all_hold(row, solver):
        return
    for statement in row.statements:
        found = solver.possible(statement.claim, statement.worsening)
        if found is not statement.wanted and not _says_nothing(statement, solver):
            yield statement, found is not None


def _all_hold(row: Row, solver: Solver) -> bool:
    """Whether one question is enough for several statements."""
    if row.widest is None or len(row.statements) < 2:
        return False
    return solver.possible(row.widest, row.statements[0].worsening) is False


def _says_nothing(statement: Statement, solver: Solver) -> bool:
    """Whether a statement is narrowed by a claim that is impossible."""
    if statement.given is None:
        return False
    return solver.possible(statement.given, statement.worsening) is False


def _result(row: Row, people: People, solver: Solver) -> Result:
    if not row.holds:
        return Result(
            row.obligation, row.subject, (missing(people.rules, row.obligation, row.subject),)
        )
    failures = tuple(
        explained(statement, people, solver) if known else undecided(people.rules, statement)
        for statement, known in refuted(row, solver)
    )
    return Result(row.obligation, row.subject, failures)
