"""The criteria of a pathway as one value: what the proof is about, and its digest.

A rule set has no texts and no places in files. Each of its criteria has a path
(`tiers/self-care/step-up/to-guided`), by which a caller finds the lines again.
`obligations` says what must hold of it, `prove` proves that.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from stepwell.definitions.criteria import Criterion
from stepwell.definitions.pathway import Pathway, Tier
from stepwell.logic.expression import Comparing, Every, Expression, Named, Neither, Some, measures
from stepwell.logic.measures import Measure
from stepwell.logic.typing import Vocabulary

Kind = Literal["step-up", "step-down", "discharge", "re-triage"]
KINDS: tuple[Kind, ...] = ("step-up", "step-down", "discharge", "re-triage")
Direction = Literal["worse", "better"]


@dataclass(frozen=True, slots=True)
class Move:
    """A way out of a tier: to another one, or to an exit."""

    id: str
    kind: Kind
    to: str
    when: Expression
    within: Decimal = Decimal(0)
    """Days until the move has happened once its criterion holds."""


@dataclass(frozen=True, slots=True)
class Promised:
    """The most days that all waits on the way to a milestone may take, for an urgency class."""

    id: str
    milestone: str
    urgency: str
    days: Decimal


@dataclass(frozen=True, slots=True)
class Rung:
    """A tier: who enters it, how it is left, and whether somebody looks again."""

    id: str
    enter: Expression
    moves: tuple[Move, ...] = ()
    reviewed: bool = True


@dataclass(frozen=True, slots=True)
class RuleSet:
    """All criteria of a pathway, tiers from the least to the most intensive.

    `exits` are those that have an entry criterion; the first that holds comes
    before every tier. `higher_is` names the measures whose direction is known.
    """

    tiers: tuple[Rung, ...]
    exits: tuple[tuple[str, Expression], ...] = ()
    rule: str = "highest"
    higher_is: Mapping[str, Direction] = field(default_factory=dict)
    named: tuple[tuple[str, Expression], ...] = ()
    order: tuple[str, ...] = ()
    """The ids of measures in the order in which a reader wants them."""
    waits: Mapping[tuple[str, str, str], Decimal] = field(default_factory=dict)
    """(tier, milestone, urgency class) -> the longest wait in days."""
    promises: tuple[Promised, ...] = ()

    def criteria(self) -> Iterator[tuple[str, Expression]]:
        """Every criterion with its path."""
        for name, expression in self.named:
            yield f"criteria/{name}", expression
        for name, expression in self.exits:
            yield f"exits/{name}/when", expression
        for tier in self.tiers:
            yield f"tiers/{tier.id}/enter", tier.enter
            for move in tier.moves:
                yield f"tiers/{tier.id}/{move.kind}/{move.id}", move.when

    def measures(self) -> tuple[Measure, ...]:
        """The measures that some criterion compares, in reading order."""
        found = {m.id: m for _, expression in self.criteria() for m in measures(expression)}
        known = (name for name in self.order if name in found)
        return tuple(found[name] for name in dict.fromkeys((*known, *found)))

    def digest(self) -> str:
        """A hash of what the criteria mean, whatever they are called in texts."""
        lines = [f"rule {self.rule}"]
        lines += [f"higher {name} {self.higher_is[name]}" for name in sorted(self.higher_is)]
        lines += [f"{path} {canonical(expression)}" for path, expression in self.criteria()]
        lines += [f"{t.id} {move.id} to {move.to}" for t in self.tiers for move in t.moves]
        lines += [f"{tier.id} reviewed {tier.reviewed}" for tier in self.tiers]
        lines += [f"{t.id} {move.id} within {move.within}" for t in self.tiers for move in t.moves]
        lines += [f"wait {' '.join(at)} {days}" for at, days in sorted(self.waits.items())]
        lines += [f"{p.id} {p.milestone} {p.urgency} {p.days}" for p in self.promises]
        return hashed(lines)


def rule_set(pathway: Pathway, vocabulary: Vocabulary) -> RuleSet:
    """The rule set of a pathway whose criteria were found sound; ValueError if they were not."""

    def typed(criterion: Criterion) -> Expression:
        expression = vocabulary.expression(criterion)
        if expression is None:
            raise ValueError("a criterion was found sound and is not")
        return expression

    def moves(tier: Tier) -> Iterator[Move]:
        every = (tier.step_up, tier.step_down, tier.discharge, tier.re_triage)
        for kind, steps in zip(KINDS, every, strict=True):
            for s in steps:
                yield Move(str(s.id), kind, str(s.to), typed(s.when), s.within.days)

    return RuleSet(
        tuple(Rung(str(t.id), typed(t.enter), tuple(moves(t))) for t in pathway.tiers),
        tuple((str(e.id), typed(e.when)) for e in pathway.exits if e.when),
        pathway.where_several_match,
        {
            name: written.higher_is
            for name, written in pathway.measures.items()
            if written.higher_is != "neither"
        },
        tuple((name, typed(named.when)) for name, named in pathway.criteria.items()),
        tuple(pathway.measures),
        {
            (str(wait.tier), str(wait.milestone), urgency): target.days
            for wait in pathway.waits
            for urgency, target in wait.targets.items()
        },
        tuple(
            Promised(str(promise.id), str(promise.milestone), urgency, longest.days)
            for promise in pathway.promises
            for urgency, longest in promise.targets.items()
        ),
    )


def canonical(expression: Expression) -> str:
    """An expression as text that is the same for the same meaning of its comparisons."""
    if isinstance(expression, Comparing):
        numbers = " ".join(_plain(value.number) for value in expression.values)
        return f"({expression.comparison} {_measure(expression.measure)} {numbers})"
    if isinstance(expression, Named):
        return canonical(expression.inner)
    parts = " ".join(canonical(part) for part in expression.parts)
    match expression:
        case Every():
            return f"(all {parts})"
        case Some(least=least):
            return f"(of {least} {parts})"
        case Neither():
            return f"(none {parts})"


def digest_of(subject: str, paths: tuple[str, ...], rules: RuleSet) -> str:
    """A hash of some criteria, by their paths, as a subject has them: it changes when one does."""
    known = dict(rules.criteria())
    return hashed(
        [subject, *(f"{path} {canonical(known[path])}" for path in sorted(paths) if path in known)]
    )


def _measure(measure: Measure) -> str:
    bounds = [measure.low, measure.high, measure.step]
    shown = ["-" if bound is None else _plain(bound) for bound in bounds]
    percent = ["percent"] if measure.percent else []
    return "/".join([measure.id, measure.kind, *shown, *percent, *measure.choices])


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")


def hashed(lines: list[str]) -> str:
    """A hash of some lines."""
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
