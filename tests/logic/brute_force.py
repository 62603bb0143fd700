"""The obligations once more, by going through everybody: slow, plain, and without the proof's code.

A population is every combination of values that a rule set could tell apart;
numbers without a step are tried at and between the numbers that are compared
with. `broken` lists what does not hold, in the words of the proof.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from stepwell.logic.expression import Comparing, Every, Named, Neither
from stepwell.logic.measures import Measure
from stepwell.logic.rules import RuleSet

Broken = tuple[str, str, tuple[str, ...]]
"""Obligation, subject and, for moves that hold together, their paths."""
PAIRS = (("up", "down"), ("up", "discharge"), ("down", "discharge"))
KINDS = {"up": "step-up", "down": "step-down", "discharge": "discharge"}


@dataclass
class Population:
    """Everybody there can be: each measure with its values, from the mildest to the worst."""

    rules: RuleSet
    values: Mapping[str, Sequence[Decimal]]
    people: list[dict[str, Decimal]] = field(init=False)
    seen: dict[int, list[bool]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rows = itertools.product(*self.values.values())
        self.people = [dict(zip(self.values, row, strict=True)) for row in rows]

    def holds(self, expression: Any) -> list[bool]:
        """Of everybody, whether an expression holds."""
        if id(expression) not in self.seen:
            self.seen[id(expression)] = self._holds(expression)
        return self.seen[id(expression)]

    def _holds(self, expression: Any) -> list[bool]:
        if isinstance(expression, Comparing):
            name = expression.measure.id
            truth = {value: compares(expression, value) for value in self.values[name]}
            return [truth[person[name]] for person in self.people]
        if isinstance(expression, Named):
            return self.holds(expression.inner)
        counts = [sum(truths) for truths in zip(*map(self.holds, expression.parts), strict=True)]
        if isinstance(expression, Every):
            return [count == len(expression.parts) for count in counts]
        if isinstance(expression, Neither):
            return [count == 0 for count in counts]
        return [count >= expression.least for count in counts]

    def places(self) -> list[str | None]:
        """Of everybody, the exit or tier they come to."""
        out = [(name, self.holds(when)) for name, when in self.rules.exits]
        inside = [(tier.id, self.holds(tier.enter)) for tier in self.rules.tiers]
        return [self._place(out, inside, at) for at in range(len(self.people))]

    def _place(
        self, out: list[tuple[str, list[bool]]], inside: list[tuple[str, list[bool]]], at: int
    ) -> str | None:
        exits = [name for name, truths in out if truths[at]]
        tiers = [name for name, truths in inside if truths[at]]
        if exits or not tiers:
            return exits[0] if exits else None
        if self.rules.rule == "error":
            return tiers[0] if len(tiers) == 1 else None
        return tiers[-1] if self.rules.rule == "highest" else tiers[0]

    def worsenings(self, name: str) -> Iterator[tuple[int, int]]:
        """Pairs of people who differ in one measure only, the second one worse."""
        where = {tuple(person.values()): at for at, person in enumerate(self.people)}
        place = list(self.values).index(name)
        worst_last = list(self.values[name])
        if self.rules.higher_is[name] == "better":
            worst_last.reverse()
        for at, person in enumerate(self.people):
            key = list(person.values())
            for worse in worst_last[worst_last.index(person[name]) + 1 :]:
                key[place] = worse
                yield at, where[tuple(key)]


def compares(test: Comparing, answer: Decimal) -> bool:
    """Whether an answer passes a comparison, in the plainest words."""
    numbers = [value.number for value in test.values]
    return {
        "yes": lambda: answer == 1,
        "is": lambda: answer == numbers[0],
        "one-of": lambda: any(answer == number for number in numbers),
        "at-least": lambda: not answer < numbers[0],
        "more-than": lambda: answer > numbers[0],
        "at-most": lambda: not answer > numbers[0],
        "below": lambda: answer < numbers[0],
        "range": lambda: not answer < numbers[0] and not answer > numbers[1],
    }[test.comparison]()


def broken(rules: RuleSet, values: Mapping[Measure, Sequence[Decimal]]) -> set[Broken]:
    """Everything that does not hold of a rule set; `values` of each measure, ascending."""
    everybody = Population(rules, {measure.id: found for measure, found in values.items()})
    return {
        *_entries(everybody),
        *_criteria(everybody),
        *_monotone(everybody),
        *_moves(everybody),
        *_structure(rules),
    }


def _entries(everybody: Population) -> Iterator[Broken]:
    rules, places = everybody.rules, everybody.places()
    out = [everybody.holds(when) for _, when in rules.exits]
    stays = [not any(truths[at] for truths in out) for at in range(len(places))]
    inside = [everybody.holds(tier.enter) for tier in rules.tiers]
    counts = [sum(truths[at] for truths in inside) for at in range(len(places))]
    if any(stay and not count for stay, count in zip(stays, counts, strict=True)):
        yield "gap", "", ()
    for name in (*(name for name, _ in rules.exits), *(tier.id for tier in rules.tiers)):
        if name not in places:
            yield "unreachable", name, ()
    if rules.rule == "error":
        named = zip(rules.tiers, inside, strict=True)
        for (one, first), (other, second) in itertools.combinations(named, 2):
            if any(all(truths) for truths in zip(stays, first, second, strict=True)):
                yield "overlap", f"{one.id} {other.id}", ()


def _criteria(everybody: Population) -> Iterator[Broken]:
    for path, expression in everybody.rules.criteria():
        truths = everybody.holds(expression)
        if not any(truths):
            yield "impossible", path, ()
        if all(truths):
            yield "always", path, ()


def _monotone(everybody: Population) -> Iterator[Broken]:
    rules, places = everybody.rules, everybody.places()
    tiers = [tier.id for tier in rules.tiers]
    exits = {name: everybody.holds(when) for name, when in rules.exits}
    for name in everybody.values:
        if name not in rules.higher_is:
            continue
        pairs = list(everybody.worsenings(name))
        reached = {
            out for out, truths in exits.items() if any(truths[b] > truths[a] for a, b in pairs)
        }
        for before, after in {(places[a], places[b]) for a, b in pairs}:
            if before is None or after not in tiers:
                continue
            fell = before in tiers and tiers.index(before) > tiers.index(after)
            if fell or before in reached:
                yield "monotone", f"{name} {before}", ()


def _moves(everybody: Population) -> Iterator[Broken]:
    for tier in everybody.rules.tiers:
        for one, other in PAIRS:
            for a, b in itertools.product(tier.moves, tier.moves):
                if (a.kind, b.kind) != (KINDS[one], KINDS[other]):
                    continue
                both = zip(everybody.holds(a.when), everybody.holds(b.when), strict=True)
                if any(map(all, both)):
                    paths = (f"tiers/{tier.id}/{m.kind}/{m.id}" for m in (a, b))
                    yield f"{one}-and-{other}", tier.id, tuple(paths)


def _structure(rules: RuleSet) -> Iterator[Broken]:
    for tier in rules.tiers:
        if not any(m.kind in KINDS.values() and m.to != tier.id for m in tier.moves):
            yield "way-out", tier.id, ()
        if not tier.reviewed:
            yield "review", tier.id, ()
