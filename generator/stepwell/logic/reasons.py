"""Why a criterion holds or fails: the comparisons that decide it, in the order they are written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stepwell.logic.expression import Answers, Comparing, Expression, Named, Neither, evaluate


@dataclass(frozen=True, slots=True)
class Reason:
    """A comparison that was decisive, and whether it holds."""

    test: Comparing
    holds: bool


def because(expression: Expression, answers: Answers) -> tuple[Reason, ...]:
    """The comparisons that make an expression true or false; none if it is not decided.

    Of a group that holds, its parts that hold; of one that fails, those that
    fail. What would change nothing is left out.
    """
    truth = evaluate(expression, answers)
    return () if truth is None else tuple(dict.fromkeys(_decisive(expression, answers, truth)))


def _decisive(expression: Expression, answers: Answers, truth: bool) -> Iterator[Reason]:
    if isinstance(expression, Comparing):
        yield Reason(expression, truth)
    elif isinstance(expression, Named):
        yield from _decisive(expression.inner, answers, truth)
    else:
        wanted = not truth if isinstance(expression, Neither) else truth
        for part in expression.parts:
            if evaluate(part, answers) is wanted:
                yield from _decisive(part, answers, wanted)
