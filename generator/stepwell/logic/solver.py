"""Owner of z3: looks for a person of whom a claim is true, under a limit of work.

The limit counts steps, not seconds, so that an answer is the same on every
machine. An answer `None` says that the limit was reached; nobody may read it
as yes or no. What is found is minimised in `counterexample` and replayed there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Any

import z3  # type: ignore[import-untyped]

from stepwell.logic.cells import domain
from stepwell.logic.claims import Both, Claim, Either, Fails, Holds, Then, Worsening
from stepwell.logic.expression import Comparing, Expression, Named, needed
from stepwell.logic.measures import Measure

LIMIT = 4_000_000
"""Steps of the solver for one question: about a second on a slow machine."""

Formula = Any


@dataclass(frozen=True, slots=True)
class _Unknown:
    """A measure as a variable: its value, or with a step, the number of steps from `low`."""

    variable: Formula
    low: Fraction
    step: Fraction | None

    @classmethod
    def of(cls, name: str, measure: Measure, context: Formula) -> _Unknown:
        if measure.step is None:
            return cls(z3.Real(name, context), Fraction(0), None)
        return cls(z3.Int(name, context), Fraction(measure.low or 0), Fraction(measure.step))

    def within(self, measure: Measure) -> list[Formula]:
        """That the value can occur."""
        bounds = []
        if measure.low is not None:
            bounds.append(self.compare("at-least", [measure.low]))
        if measure.high is not None:
            bounds.append(self.compare("at-most", [measure.high]))
        return bounds

    def compare(self, comparison: str, numbers: list[Decimal]) -> Formula:
        """The comparison of the value with numbers."""
        values = [Fraction(number) for number in numbers]
        if comparison == "range":
            return z3.And(self._bound("at-least", values[0]), self._bound("at-most", values[1]))
        if comparison in ("is", "one-of", "yes"):
            return z3.Or([self._equals(value) for value in values or [Fraction(1)]])
        return self._bound(comparison, values[0])

    def _equals(self, value: Fraction) -> Formula:
        return z3.And(self._bound("at-least", value), self._bound("at-most", value))

    def _bound(self, comparison: str, value: Fraction) -> Formula:
        count = value if self.step is None else (value - self.low) / self.step
        if self.step is None:
            edge: Formula = z3.RatVal(count.numerator, count.denominator, self.variable.ctx)
        else:
            edge = ceil(count) if comparison in ("at-least", "below") else floor(count)
        match comparison:
            case "at-least":
                return self.variable >= edge
            case "more-than":
                return self.variable > edge
            case "at-most":
                return self.variable <= edge
        return self.variable < edge


@dataclass(frozen=True, slots=True)
class _Change:
    """A measure that gets worse, as two variables."""

    name: str
    before: _Unknown
    after: _Unknown


class _Encoder:
    """Claims as formulas. With `known`, a comparison says something only of known measures.

    Formulas are kept by the identity of what they say, as claims share their
    parts, and by the measure that changed.
    """

    def __init__(
        self, unknowns: Mapping[str, _Unknown], known: Mapping[str, Formula], context: Formula
    ) -> None:
        self._unknowns = unknowns
        self._known = known
        self._context = context
        self._done: dict[tuple[int, bool, str], tuple[object, Formula]] = {}

    def claim(self, claim: Claim, change: _Change | None, *, then: bool = False) -> Formula:
        """The formula of a claim; with `then`, once the measure changed."""
        match claim:
            case Holds():
                return self._side(claim.expression, True, change if then else None)
            case Fails():
                return self._side(claim.expression, False, change if then else None)
            case Then():
                return self.claim(claim.claim, change, then=True)
        name = change.name if change and (then or not _steady(claim)) else ""
        return self._kept(claim, then, name, lambda: self._group(claim, change, then))

    def _group(self, claim: Both | Either, change: _Change | None, then: bool) -> Formula:
        parts = [self.claim(part, change, then=then) for part in claim.claims]
        return self._all(parts) if isinstance(claim, Both) else self._any(parts)

    def _kept(self, part: object, flag: bool, name: str, made: Callable[[], Formula]) -> Formula:
        key = (id(part), flag, name)
        if key not in self._done:
            self._done[key] = (part, made())  # with the part, so that its id stays its own
        return self._done[key][1]

    def _side(self, expression: Expression, wanted: bool, change: _Change | None) -> Formula:
        """A truth before a change, or the same with the other variable in it."""
        before = self._truth(expression, wanted)
        if change is None:
            return before
        pair = (change.before.variable, change.after.variable)
        return self._kept(expression, wanted, change.name, lambda: z3.substitute(before, pair))

    def _truth(self, expression: Expression, wanted: bool) -> Formula:
        return self._kept(expression, wanted, "", lambda: self._fresh(expression, wanted))

    def _fresh(self, expression: Expression, wanted: bool) -> Formula:
        if isinstance(expression, Comparing):
            return self._compare(expression, wanted)
        if isinstance(expression, Named):
            return self._truth(expression.inner, wanted)
        least, wanted = needed(expression, wanted)
        return self._at_least([self._truth(part, wanted) for part in expression.parts], least)

    def _compare(self, test: Comparing, wanted: bool) -> Formula:
        name = test.measure.id
        numbers = [found.number for found in test.values]
        formula = self._unknowns[name].compare(test.comparison, numbers)
        told = formula if wanted else z3.Not(formula)
        return z3.And(self._known[name], told) if name in self._known else told

    def _at_least(self, parts: list[Formula], least: int) -> Formula:
        if least <= 0 or least == len(parts):
            return self._all(parts if least > 0 else [])
        if least == 1 or least > len(parts):
            return self._any(parts if least == 1 else [])
        return z3.AtLeast(*parts, least)

    def _all(self, parts: list[Formula]) -> Formula:
        return z3.And(parts) if parts else z3.BoolVal(True, self._context)

    def _any(self, parts: list[Formula]) -> Formula:
        return z3.Or(parts) if parts else z3.BoolVal(False, self._context)


class Solver:
    """Answers whether somebody can exist of whom a claim is true; counts its questions.

    Each has a context of its own, so that no answer depends on what was asked
    elsewhere before.
    """

    def __init__(self, measures: Iterable[Measure], limit: int = LIMIT) -> None:
        self.questions = 0
        self._limit = limit
        self._context = z3.Context()
        self._measures = {measure.id: domain(measure) for measure in measures}
        self._unknowns = {
            name: _Unknown.of(name, measure, self._context)
            for name, measure in self._measures.items()
        }
        self._solver = self._started()
        self._encoder = _Encoder(self._unknowns, {}, self._context)

    def possible(self, claim: Claim, worsening: Worsening | None = None) -> bool | None:
        """Whether somebody can exist of whom a claim is true; None if the limit was reached."""
        self.questions += 1
        self._solver.push()
        change = self._change(worsening)
        self._solver.add(*self._worse(worsening, change), self._encoder.claim(claim, change))
        answer = _answer(self._solver)
        self._solver.pop()
        return answer

    def search(self, claim: Claim, worsening: Worsening | None = None) -> Search:
        """A search for a person of whom as little as possible is known."""
        known = {name: z3.Bool(f"{name}?", self._context) for name in self._measures}
        change = self._change(worsening)
        formula = _Encoder(self._unknowns, known, self._context).claim(claim, change)
        solver = self._started()
        solver.add(formula, *self._worse(worsening, change))
        if change:
            solver.add(known[change.name])
        return Search(solver, known, self._unknowns, change)

    def _started(self) -> Formula:
        solver = z3.Solver(ctx=self._context)
        solver.set("rlimit", self._limit)
        for name, measure in self._measures.items():
            solver.add(*self._unknowns[name].within(measure))
        return solver

    def _change(self, worsening: Worsening | None) -> _Change | None:
        if worsening is None:
            return None
        name = worsening.measure.id
        after = _Unknown.of(f"{name}'", self._measures[name], self._context)
        return _Change(name, self._unknowns[name], after)

    def _worse(self, worsening: Worsening | None, change: _Change | None) -> list[Formula]:
        """That the measure gets worse, to a value that can occur."""
        if worsening is None or change is None:
            return []
        old, new = change.before.variable, change.after.variable
        worse = new > old if worsening.higher_is == "worse" else new < old
        return [worse, *change.after.within(self._measures[change.name])]


class Search:
    """Narrows down who is found: each step is taken only if somebody is left."""

    def __init__(
        self,
        solver: Formula,
        known: Mapping[str, Formula],
        unknowns: Mapping[str, _Unknown],
        change: _Change | None,
    ) -> None:
        self._solver = solver
        self._known = known
        self._unknowns = unknowns
        self._change = change
        self._model: Formula = None

    def begin(self) -> bool:
        """Whether there is anybody to begin with."""
        return self._take(z3.BoolVal(True, self._solver.ctx))

    def leave_open(self, name: str) -> bool:
        """Let nothing be known of a measure."""
        return self._take(z3.Not(self._known[name]))

    def know_at_most(self, count: int) -> bool:
        """Let no more than so many measures be known."""
        return self._take(z3.AtMost(*self._known.values(), count))

    def fix(self, name: str, number: Decimal, after: Decimal | None = None) -> bool:
        """Let a measure be known with this value, and with another once the person got worse."""
        found = [self._known[name], self._unknowns[name].compare("is", [number])]
        if self._change and after is not None:
            found.append(self._change.after.compare("is", [after]))
        return self._take(*found)

    def known(self) -> tuple[str, ...]:
        """The measures that are known of the person found last."""
        return tuple(
            name for name, flag in self._known.items() if z3.is_true(self._model.eval(flag))
        )

    def _take(self, *conditions: Formula) -> bool:
        """Add conditions if somebody is left; otherwise, or at the limit, leave them away."""
        self._solver.push()
        self._solver.add(*conditions)
        if _answer(self._solver):
            self._model = self._solver.model()
            return True
        self._solver.pop()
        return False


def _steady(claim: Claim) -> bool:
    """Whether a claim says nothing of anybody who got worse."""
    if isinstance(claim, Both | Either):
        return all(_steady(part) for part in claim.claims)
    return not isinstance(claim, Then)


def _answer(solver: Formula) -> bool | None:
    found = solver.check()
    return None if found == z3.unknown else bool(found == z3.sat)
