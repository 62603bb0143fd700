"""Criteria as data lose nothing: what a browser gets can be read back as it was."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.logic.rule_sets import SOUND, criterion, entering
from tests.logic.test_expression import EXPRESSIONS
from tests.logic.test_prove_pathways import rules_of

from stepwell.definitions.project import Definitions
from stepwell.logic.assess import in_order
from stepwell.logic.compiled import comparisons, compiled
from stepwell.logic.expression import Comparing, Every, Expression, Named, Neither, Some
from stepwell.logic.measures import Measure
from stepwell.logic.rules import RuleSet, Rung


def read(tree: Any, rules: RuleSet, data: dict[str, Any]) -> Expression:
    """The expression that a compiled one stands for."""
    if isinstance(tree, int):
        return comparisons(rules)[tree]
    if isinstance(tree, str):
        return Named(tree, read(data["criteria"][tree], rules, data))
    kind, *rest = tree
    if kind == "of":
        return Some(tuple(read(part, rules, data) for part in rest[1:]), rest[0])
    parts = tuple(read(part, rules, data) for part in rest)
    return Every(parts) if kind == "all" else Neither(parts)


def checked(rules: RuleSet) -> dict[str, Any]:
    """The compiled rules, as a browser reads them, after each criterion was read back."""
    data: dict[str, Any] = json.loads(json.dumps(compiled(rules)))
    for (name, when), made in zip(rules.exits, data["exits"], strict=True):
        assert (made["id"], read(made["when"], rules, data)) == (name, when)
    for tier, made in zip(rules.tiers, data["tiers"], strict=True):
        assert (made["id"], read(made["enter"], rules, data)) == (tier.id, tier.enter)
        for move, moved in zip(in_order(rules, tier.id), made["moves"], strict=True):
            assert [moved["id"], moved["kind"], moved["to"]] == [move.id, move.kind, move.to]
            assert read(moved["when"], rules, data) == move.when
    return data


def renamed(expression: Expression, names: Iterator[str]) -> Expression:
    """The same, with another name for each named part: in a pathway a name has one meaning."""
    if isinstance(expression, Comparing):
        return expression
    if isinstance(expression, Named):
        return Named(next(names), renamed(expression.inner, names))
    return replace(expression, parts=tuple(renamed(part, names) for part in expression.parts))


def values(data: Any) -> list[Any]:
    """Everything in some JSON that is neither a list nor an object."""
    if isinstance(data, dict):
        return [found for inner in data.values() for found in values(inner)]
    if isinstance(data, list):
        return [found for inner in data for found in values(inner)]
    return [data]


def test_a_small_rule_set_reads_as_it_was_written() -> None:
    """Exits, tiers and moves refer to comparisons by number, in the order in which they decide."""
    data = checked(SOUND)
    assert data["rule"] == "highest"
    assert data["exits"] == [{"id": "emergency", "when": 0}]
    assert data["tests"][:2] == [
        {"measure": "plan", "comparison": "yes", "values": []},
        {"measure": "phq-9", "comparison": "at-least", "values": ["10"]},
    ]
    assert data["tiers"][0]["enter"] == ["none", 1, 2, 0]
    assert [move["kind"] for move in data["tiers"][1]["moves"]] == [
        "step-up", "discharge", "step-down",
    ]  # fmt: skip
    assert list(data["measures"]) == ["phq-9", "gad-7", "lasting", "plan", "response", "in-tier"]


def test_the_sample_pathways_can_be_read_back(real: Definitions) -> None:
    """Each criterion of both is the same after it was data; each comparison is there once."""
    for rules in rules_of(real).values():
        data = checked(rules)
        assert len(data["tests"]) == len(set(comparisons(rules)))
        assert {test["measure"] for test in data["tests"]} == set(data["measures"])
        assert list(data["measures"]) == [measure.id for measure in rules.measures()]


@given(st.lists(EXPRESSIONS, min_size=1, max_size=4))
def test_any_criterion_can_be_read_back(entries: list[Expression]) -> None:
    """However groups and names are nested, nothing is lost."""
    names = (f"name-{n}" for n in itertools.count())
    rules = RuleSet(
        tuple(Rung(f"tier-{n}", renamed(entry, names)) for n, entry in enumerate(entries))
    )
    checked(rules)


def test_no_number_is_a_float(real: Definitions) -> None:
    """Numbers are text; only places in the table and counts of parts are numbers, and whole."""
    for rules in (SOUND, *rules_of(real).values()):
        found = values(checked(rules))
        assert not [value for value in found if isinstance(value, float)]


def test_numbers_are_written_in_full() -> None:
    """A minute in days keeps all its digits, and no number has an exponent."""
    rules = entering("high", "lasting: {at-least: 7 minutes}")
    data = checked(rules)
    (test,) = (one for one in data["tests"] if one["measure"] == "lasting")
    assert test["values"] == ["0.004861111111111111111111111111"]
    assert data["measures"]["lasting"]["days"]["months"] == "30.4375"
    rules = RuleSet(
        (Rung("only", Comparing(Measure("big", "number", Decimal("1E+3")), "yes", ())),)
    )
    assert checked(rules)["measures"]["big"]["low"] == "1000"


def test_a_name_within_a_name_is_there() -> None:
    """A criterion that only another one uses is among the criteria."""
    when = criterion("outer", outer="any: [inner, plan]", inner="phq-9: 5..9")
    data = checked(RuleSet((Rung("only", when),)))
    assert data["criteria"] == {"outer": ["of", 1, "inner", 1], "inner": 0}
    assert data["tests"][0] == {"measure": "phq-9", "comparison": "range", "values": ["5", "9"]}
