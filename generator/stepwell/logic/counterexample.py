"""The smallest readable person of whom a claim is true, and the replay that confirms it.

As few measures as possible are known, later ones are given up first, and each
value is the mildest that will do, next to a threshold. So the person depends on
the criteria alone: the solver only says what is possible.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from stepwell.logic.assess import Placement, place
from stepwell.logic.cells import Choice, choices
from stepwell.logic.claims import Claim, Person, Worsening, decided
from stepwell.logic.expression import Comparing, Expression, Named
from stepwell.logic.rules import Direction, RuleSet
from stepwell.logic.solver import Search, Solver

Answers = Mapping[str, Decimal]


class Disagreement(Exception):
    """The solver and the evaluation of criteria differ: a fault of the program, not of content."""


@dataclass(frozen=True)
class People:
    """The values worth showing of each measure of a rule set, from the mildest to the worst."""

    rules: RuleSet
    scale: Mapping[str, tuple[Choice, ...]]

    @classmethod
    def of(cls, rules: RuleSet) -> People:
        """The values that the criteria of a rule set tell apart."""
        tests: dict[str, list[Comparing]] = {measure.id: [] for measure in rules.measures()}
        for _, expression in rules.criteria():
            for test in comparisons(expression):
                tests[test.measure.id].append(test)
        scale = {}
        for measure in rules.measures():
            found = choices(measure, tests[measure.id])
            better = rules.higher_is.get(measure.id) == "better"
            scale[measure.id] = found[::-1] if better else found
        return cls(rules, scale)

    def mildest(self) -> dict[str, Decimal]:
        """Everybody's mildest value."""
        return {name: found[0].shown for name, found in self.scale.items()}

    def cell(self, name: str, number: Decimal) -> Choice:
        """The cell that a value of a measure lies in."""
        return next(found for found in self.scale[name] if found.cell.has(number))


def comparisons(expression: Expression) -> Iterator[Comparing]:
    """The comparisons of an expression, in order."""
    if isinstance(expression, Comparing):
        yield expression
    elif isinstance(expression, Named):
        yield from comparisons(expression.inner)
    else:
        for part in expression.parts:
            yield from comparisons(part)


def smallest(
    claim: Claim, worsening: Worsening | None, people: People, solver: Solver
) -> Person | None:
    """The smallest person of whom a claim is true; None if the limit of work was reached.

    Raises Disagreement if the claim turns out to be false of that person.
    """
    search = solver.search(claim, worsening)
    if not search.begin():
        return None
    search.know_at_most(len(search.known()))
    while search.known() and search.know_at_most(len(search.known()) - 1):
        pass
    for name in reversed(tuple(people.scale)):
        search.leave_open(name)
    person = _valued(search, worsening, people)
    if person is not None and not decided(claim, person):
        raise Disagreement(f"the claim is not true of {dict(person.answers)}, {person.after}")
    return person


def _valued(search: Search, worsening: Worsening | None, people: People) -> Person | None:
    answers: dict[str, Decimal] = {}
    after = None
    known = [name for name in people.scale if name in search.known()]
    if worsening:
        name = worsening.measure.id
        steps = _steps(people.scale[name], worsening.higher_is)
        pair = next((p for p in steps if search.fix(name, *p)), None)
        if pair is None:
            return None
        answers[name], after = pair[0], (name, pair[1])
        known.remove(name)
    for name in known:
        values = (found.shown for found in people.scale[name])
        value = next((v for v in values if search.fix(name, v)), None)
        if value is None:
            return None
        answers[name] = value
    return Person({name: answers[name] for name in people.scale if name in answers}, after)


def _steps(scale: tuple[Choice, ...], higher_is: Direction) -> Iterator[tuple[Decimal, Decimal]]:
    """Values before and after getting worse: the smallest steps first, across the threshold."""
    up = higher_is == "worse"
    for size in range(1, len(scale)):
        for mild, bad in zip(scale, scale[size:], strict=False):
            yield (mild.highest, bad.lowest) if up else (mild.lowest, bad.highest)


def placement(rules: RuleSet, answers: Answers) -> Placement:
    """Where answers lead, as everybody else is told it."""
    tiers = {tier.id: tier.enter for tier in rules.tiers}
    return place(dict(rules.exits), tiers, rules.rule, answers)
