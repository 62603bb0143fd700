"""Criteria as data: all that a program in another language needs to decide as this one does.

Nothing in it is a text for people. Numbers are decimal text, never floats, and
durations count in days, so that a browser compares exactly what Python compares.
An expression is a number (a comparison, by its place among the `tests`), a name
(one of the `criteria`) or a list: ["all", …], ["of", least, …], ["none", …].
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from stepwell.definitions.base import DAYS
from stepwell.logic.assess import in_order
from stepwell.logic.expression import Comparing, Every, Expression, Named, Some
from stepwell.logic.measures import Measure
from stepwell.logic.rules import RuleSet, Rung

Tree = int | str | list[Any]


def comparisons(rules: RuleSet) -> tuple[Comparing, ...]:
    """The different comparisons of all criteria, in the order of the table `tests`."""
    found = (part for _, whole in rules.criteria() for part in _parts(whole))
    return tuple(dict.fromkeys(part for part in found if isinstance(part, Comparing)))


def compiled(rules: RuleSet) -> dict[str, Any]:
    """A rule set as plain JSON: measures, tests, criteria, exits, tiers and the rule.

    Measures are in reading order, exits and tiers in that of the pathway, the moves
    out of a tier in the order in which they decide.
    """
    numbers = {test: number for number, test in enumerate(comparisons(rules))}
    named = dict(rules.named) | {
        part.name: part.inner
        for _, whole in rules.criteria()
        for part in _parts(whole)
        if isinstance(part, Named)
    }
    return {
        "rule": rules.rule,
        "measures": {measure.id: _measure(measure) for measure in rules.measures()},
        "tests": [_test(test) for test in numbers],
        "criteria": {name: _tree(inner, numbers) for name, inner in named.items()},
        "exits": [{"id": name, "when": _tree(when, numbers)} for name, when in rules.exits],
        "tiers": [_tier(rules, tier, numbers) for tier in rules.tiers],
    }


def _parts(expression: Expression) -> Iterator[Expression]:
    """An expression and all that are in it."""
    yield expression
    if isinstance(expression, Named):
        yield from _parts(expression.inner)
    elif not isinstance(expression, Comparing):
        for part in expression.parts:
            yield from _parts(part)


def _tier(rules: RuleSet, tier: Rung, numbers: dict[Comparing, int]) -> dict[str, Any]:
    moves = [
        {"id": move.id, "kind": move.kind, "to": move.to, "when": _tree(move.when, numbers)}
        for move in in_order(rules, tier.id)
    ]
    return {"id": tier.id, "enter": _tree(tier.enter, numbers), "moves": moves}


def _tree(expression: Expression, numbers: dict[Comparing, int]) -> Tree:
    if isinstance(expression, Comparing):
        return numbers[expression]
    if isinstance(expression, Named):
        return expression.name
    parts = [_tree(part, numbers) for part in expression.parts]
    if isinstance(expression, Every):
        return ["all", *parts]
    if isinstance(expression, Some):
        return ["of", expression.least, *parts]
    return ["none", *parts]


def _test(test: Comparing) -> dict[str, Any]:
    return {
        "measure": test.measure.id,
        "comparison": test.comparison,
        "values": [_text(value.number) for value in test.values],
    }


def _measure(measure: Measure) -> dict[str, Any]:
    """What reading a typed value needs; a duration has the days of every unit of time."""
    days = {unit: _text(count) for unit, count in DAYS.items()}
    return {
        "kind": measure.kind,
        "low": None if measure.low is None else _text(measure.low),
        "high": None if measure.high is None else _text(measure.high),
        "step": None if measure.step is None else _text(measure.step),
        "unit": measure.unit,
        "days": days if measure.kind == "duration" else None,
        "choices": list(measure.choices),
        "percent": measure.percent,
    }


def _text(number: Decimal) -> str:
    """A number in full, without an exponent and without rounding."""
    return format(number, "f")
