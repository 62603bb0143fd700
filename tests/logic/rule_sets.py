"""Small rule sets in YAML, for tests of the proof: a sound one, and ways to spoil it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tests.logic.test_typing import written

from stepwell.diagnostics import Diagnostics
from stepwell.logic.expression import Expression
from stepwell.logic.measures import BUILT_IN, Measure
from stepwell.logic.rules import Kind, Move, Promised, RuleSet, Rung
from stepwell.logic.typing import Vocabulary

MEASURES = {
    **BUILT_IN,
    "phq-9": Measure("phq-9", "score", Decimal(0), Decimal(27), Decimal(1)),
    "gad-7": Measure("gad-7", "score", Decimal(0), Decimal(21), Decimal(1)),
    "severity": Measure("severity", "number", Decimal(0), Decimal(27)),
    "weight": Measure("weight", "number", Decimal(30), Decimal(250), Decimal("0.5"), "kg"),
    "lasting": Measure("lasting", "duration", Decimal(0), unit="weeks"),
    "response": Measure("response", "choice", choices=("none", "partial", "full")),
    "fall": Measure("fall", "change", percent=True),
    "gain": Measure("gain", "change"),
    "plan": Measure("plan", "finding", Decimal(0), Decimal(1), Decimal(1)),
}


def criterion(text: str, **named: str) -> Expression:
    """The typed criterion of a YAML text."""
    diagnostics = Diagnostics()
    criteria = {name: written(inner) for name, inner in named.items()}
    found = Vocabulary(MEASURES, criteria, diagnostics).expression(written(text))
    assert found is not None, diagnostics.sorted()
    return found


def move(kind: Kind, to: str, text: str) -> Move:
    """A move with its kind for an id."""
    return Move(kind, kind, to, criterion(text))


SOUND = RuleSet(
    (
        Rung(
            "low", criterion("none: [{phq-9: {at-least: 10}}, {gad-7: {at-least: 10}}, plan]"),
            (
                replace(move("step-up", "middle", "phq-9: {at-least: 10}"), within=Decimal(7)),
                move("discharge", "home", "all: [{phq-9: {below: 5}}, {response: full}]"),
            ),
        ),
        Rung(
            "middle", criterion("any: [{phq-9: {at-least: 10}}, {gad-7: {at-least: 10}}]"),
            (
                move("step-up", "high", "all: [{response: none}, {in-tier: {at-least: 6 weeks}}]"),
                move("step-down", "low", "response: partial"),
                move("discharge", "home", "response: full"),
            ),
        ),
        Rung(
            "high", criterion("all: [{phq-9: {at-least: 20}}, {lasting: {at-least: 4 weeks}}]"),
            (move("step-down", "middle", "response: {at-least: partial}"),),
        ),
    ),
    (("emergency", criterion("plan")),),
    "highest",
    {"phq-9": "worse", "gad-7": "worse", "lasting": "worse", "plan": "worse"},
    (),
    ("phq-9", "gad-7", "lasting", "plan", "response"),
    {
        ("low", "first-visit", "routine"): Decimal(14),
        ("middle", "first-visit", "routine"): Decimal(21),
        ("high", "first-visit", "routine"): Decimal("20.5"),
        ("low", "first-visit", "urgent"): Decimal(2),
        ("middle", "first-visit", "urgent"): Decimal(2),
    },
    (Promised("start", "first-visit", "routine", Decimal("62.5")),),
)  # fmt: skip
"""Three tiers and an exit, of which every obligation holds."""


def entering(tier: str, text: str, rules: RuleSet = SOUND) -> RuleSet:
    """A rule set with another entry of a tier."""
    return _changed(rules, tier, enter=criterion(text))


def leaving(tier: str, *moves: Move, rules: RuleSet = SOUND) -> RuleSet:
    """A rule set with other moves out of a tier."""
    return _changed(rules, tier, moves=moves)


def unseen(tier: str, rules: RuleSet = SOUND) -> RuleSet:
    """A rule set without the review of a tier."""
    return _changed(rules, tier, reviewed=False)


def _changed(rules: RuleSet, tier: str, **values: object) -> RuleSet:
    found = tuple(
        replace(rung, **values) if rung.id == tier else rung  # type: ignore[arg-type]
        for rung in rules.tiers
    )
    return replace(rules, tiers=found)
