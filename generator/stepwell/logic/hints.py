"""Which small change of a criterion would answer a counter-example, in the words of the YAML.

The search is plain: one comparison is moved just far enough to take in, or to
leave out, the whole cell of values the person is in. The change that moves the
least, measured by the span of its measure, is named. It is a proposal to a
clinician, and the proof runs again on what they decide.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from stepwell.logic.cells import Cell, domain, typed
from stepwell.logic.claims import Both, Fails, Holds
from stepwell.logic.counterexample import Answers, People
from stepwell.logic.expression import Comparing, Comparison, Expression, Named, evaluate, measures
from stepwell.logic.measures import Measure, Value
from stepwell.logic.solver import Solver

Target = tuple[str, Expression]
"""The path of a criterion, and the criterion."""


@dataclass(frozen=True, slots=True)
class Change:
    """A comparison in a criterion, and what to put in its place."""

    path: str
    old: Comparing
    new: Comparing
    size: Decimal

    def __str__(self) -> str:
        """For example: change 'phq-9: 5..14' to 'phq-9: 5..15' in tiers/brief/enter."""
        return f"change '{written(self.old)}' to '{written(self.new)}' in {self.path}"


def taking_in(targets: Iterable[Target], answers: Answers, people: People) -> Change | None:
    """The smallest change of one comparison after which one of the targets holds.

    `answers` must be complete. None if no change of a single comparison is enough.
    """
    return _nearest(targets, answers, people, True)


def parting(both: Sequence[Target], answers: Answers, people: People, solver: Solver) -> str:
    """How to let one of two criteria fail that hold together.

    A bound of something that both compare is moved; where there is none, the
    second becomes an exception of the first, or the other way round if nobody
    would be left to meet the first.
    """
    shared = set.intersection(*({m.id for m in measures(found)} for _, found in both))
    change = _nearest(both, answers, people, False, shared)
    if change is not None:
        return str(change)
    for (path, kept), other in (both, both[::-1]):
        if solver.possible(Both((Holds(kept), Fails(other[1])))):
            return f"let {path} have {_named(*other)} under 'none'"
    return "both mean the same: leave one of them away"


def leaving_out(target: Target, answers: Answers, people: People) -> Change | None:
    """The smallest change of one comparison after which a criterion fails."""
    return _nearest([target], answers, people, False)


def _nearest(
    targets: Iterable[Target],
    answers: Answers,
    people: People,
    wanted: bool,
    among: Collection[str] | None = None,
) -> Change | None:
    found = [
        change
        for path, expression in targets
        for change in _changes(path, expression, answers, people)
        if evaluate(replaced(expression, change.old, change.new), answers) is wanted
        and (among is None or _is_bound_of(among, change.old))
    ]
    return min(found, key=lambda change: change.size, default=None)


def _is_bound_of(among: Collection[str], test: Comparing) -> bool:
    return test.measure.id in among and test.measure.kind not in ("choice", "finding")


def _named(path: str, expression: Expression) -> str:
    """A criterion by its name, as it is written, or by its path."""
    if isinstance(expression, Named):
        return f"'{expression.name}'"
    return f"'{written(expression)}'" if isinstance(expression, Comparing) else path


def replaced(expression: Expression, old: Comparing, new: Comparing) -> Expression:
    """An expression in which one comparison stands in the place of another."""
    if isinstance(expression, Comparing):
        return new if expression == old else expression
    if isinstance(expression, Named):
        return replace(expression, inner=replaced(expression.inner, old, new))
    return replace(expression, parts=tuple(replaced(p, old, new) for p in expression.parts))


def written(test: Comparing) -> str:
    """A comparison as it is written in YAML."""
    name, values = test.measure.id, [value.typed for value in test.values]
    match test.comparison:
        case "yes":
            return name
        case "is":
            return f"{name}: {values[0]}"
        case "range":
            return f"{name}: {values[0]}..{values[1]}"
        case "one-of":
            return f"{name}: {{one-of: [{', '.join(values)}]}}"
    return f"{name}: {{{test.comparison}: {values[0]}}}"


def _changes(
    path: str, expression: Expression, answers: Answers, people: People
) -> Iterator[Change]:
    for at, test in _placed(path, expression):
        value = answers[test.measure.id]
        cell = people.cell(test.measure.id, value).cell
        new = _shut(test, cell) if evaluate(test, answers) else _opened(test, cell, value)
        if new is not None and new != test:
            yield Change(at, test, new, _size(test, new))


def _placed(path: str, expression: Expression) -> Iterator[tuple[str, Comparing]]:
    """The comparisons with the path of the criterion they are written in."""
    if isinstance(expression, Comparing):
        yield path, expression
    elif isinstance(expression, Named):
        yield from _placed(f"criteria/{expression.name}", expression.inner)
    else:
        for part in expression.parts:
            yield from _placed(path, part)


def _opened(test: Comparing, cell: Cell, value: Decimal) -> Comparing | None:
    """The comparison moved so that it takes in a cell that lies outside of it."""
    numbers = [found.number for found in test.values]
    match test.comparison:
        case "at-least" | "more-than":
            return _bound(test, "more-than" if cell.open_low else "at-least", cell.low)
        case "at-most" | "below":
            return _bound(test, "below" if cell.open_high else "at-most", cell.high)
        case "range":
            ends = [value if end is None else end for end in (cell.low, cell.high)]
            return _made(test, "range", min(numbers[0], ends[0]), max(numbers[1], ends[1]))
        case "is" | "one-of" if test.measure.kind == "choice":
            return _made(test, "one-of", *sorted({*numbers, value}))
    return None


def _shut(test: Comparing, cell: Cell) -> Comparing | None:
    """The comparison moved so that it leaves out a cell that lies inside of it."""
    numbers = [found.number for found in test.values]
    match test.comparison:
        case "at-least" | "more-than":
            return _bound(test, "at-least" if cell.open_high else "more-than", cell.high)
        case "at-most" | "below":
            return _bound(test, "at-most" if cell.open_low else "below", cell.low)
        case "one-of":
            left = [number for number in numbers if not cell.has(number)]
            return _made(test, "one-of", *left) if left else None
    return None


def _bound(test: Comparing, comparison: Comparison, number: Decimal | None) -> Comparing | None:
    """A bound at another number; none where it would take in everything, or nothing."""
    if number is None:
        return None
    whole = domain(test.measure)
    always = {"at-least": whole.low, "at-most": whole.high}
    never = {"more-than": whole.high, "below": whole.low}
    if number in (always.get(comparison), never.get(comparison)):
        return None
    step = whole.step
    if step and comparison in ("more-than", "below"):
        up = comparison == "more-than"
        return _made(test, "at-least" if up else "at-most", number + (step if up else -step))
    return _made(test, comparison, number)


def _made(test: Comparing, comparison: Comparison, *numbers: Decimal) -> Comparing:
    values = tuple(Value(number, typed(test.measure, number)) for number in numbers)
    return Comparing(test.measure, comparison, values)


def _size(old: Comparing, new: Comparing) -> Decimal:
    """How far the values move, as a part of the span of the measure."""
    before, after = ({value.number for value in test.values} for test in (old, new))
    moved = before ^ after
    return (max(moved) - min(moved)) / _span(old.measure, before | after) if moved else Decimal(0)


def _span(measure: Measure, numbers: Iterable[Decimal]) -> Decimal:
    whole = domain(measure)
    known = [bound for bound in (whole.low, whole.high, *numbers) if bound is not None]
    return (max(known) - min(known)) or Decimal(1)
