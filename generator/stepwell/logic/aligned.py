"""Two rule sets of one pathway as rule sets over the same measures, so that they can be compared.

A measure that both have is asked of people who can exist in both: the scores,
numbers and answers that both allow. A measure that only one has is nothing to
the other. What has the same id and can't be the same question (another kind or
unit, nothing in common) is two measures: the older one gets `BEFORE` to its id.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal

from stepwell.logic.expression import (
    Answers,
    Comparing,
    Every,
    Expression,
    Named,
    Neither,
    Some,
    evaluate,
)
from stepwell.logic.measures import Measure, Value
from stepwell.logic.rules import RuleSet, Rung

BEFORE = " (before)"
NEVER = Some(())
"""What holds of nobody."""


@dataclass(frozen=True)
class Side:
    """A rule set as it is (`own`), and as one over shared measures (`rules`)."""

    own: RuleSet
    rules: RuleSet
    _names: Mapping[str, str]
    _shared: Mapping[str, Measure]

    def answers(self, answers: Answers) -> dict[str, Decimal]:
        """Answers to the shared measures as answers to this side's own; what it lacks is left."""
        own = {measure.id: measure for measure in self.own.measures()}
        found = {name: answers[self._names[name]] for name in own if self._names[name] in answers}
        return {
            name: _reindexed(number, self._shared[self._names[name]], own[name])
            for name, number in found.items()
        }


def aligned(old: RuleSet, new: RuleSet, apart: Collection[str] = ()) -> tuple[Side, Side]:
    """Both rule sets over the same measures; `apart` are ids that name two different questions."""
    ours = {measure.id: measure for measure in old.measures()}
    theirs = {measure.id: measure for measure in new.measures()}
    both = {
        name: None if name in apart else common(measure, theirs[name])
        for name, measure in ours.items()
        if name in theirs
    }
    names = {name: name if both.get(name, True) else name + BEFORE for name in ours}
    shared = {
        **{names[name]: replace(found, id=names[name]) for name, found in ours.items()},
        **theirs,
        **{name: found for name, found in both.items() if found},
    }
    return _side(old, names, shared), _side(new, {name: name for name in theirs}, shared)


def renamed(rules: RuleSet, name: Callable[[str], str]) -> RuleSet:
    """A rule set with other ids. `name` gives the last part of a path that has it: `tiers/a` -> b.

    Paths are those of `RuleSet.criteria` and `measures/<id>`; a move's has the new id of its tier.
    """

    def test(found: Comparing) -> Comparing:
        return replace(
            found, measure=replace(found.measure, id=name(f"measures/{found.measure.id}"))
        )

    def place(old: str) -> str:
        tier = any(found.id == old for found in rules.tiers)
        return name(f"{'tiers' if tier else 'exits'}/{old}")

    def rung(tier: Rung) -> Rung:
        at = place(tier.id)
        moves = (
            replace(m, id=name(f"tiers/{at}/{m.kind}/{m.id}"), to=place(m.to)) for m in tier.moves
        )
        return replace(tier, id=at, moves=tuple(moves))

    made = Replacing(test, rename=lambda named: name(f"criteria/{named}")).rules(rules)
    return replace(
        made,
        tiers=tuple(map(rung, made.tiers)),
        exits=tuple((place(old), when) for old, when in made.exits),
        named=tuple((name(f"criteria/{old}"), when) for old, when in made.named),
        higher_is={name(f"measures/{old}"): way for old, way in rules.higher_is.items()},
        order=tuple(name(f"measures/{old}") for old in rules.order),
    )


def common(old: Measure, new: Measure) -> Measure | None:
    """A measure with the values that both allow; None if they can't be the same question."""
    if (old.kind, old.percent) != (new.kind, new.percent):
        return None
    if new.kind == "choice":
        both = tuple(choice for choice in new.choices if choice in old.choices)
        return replace(new, choices=both) if both else None
    if new.kind == "number" and old.unit != new.unit:
        return None
    coarse, fine = (old, new) if (old.step or 0) > (new.step or 0) else (new, old)
    if coarse.step and fine.step and not _on_grid(coarse, fine):
        return None
    low = max((m.low for m in (old, new) if m.low is not None), default=None)
    high = min((m.high for m in (old, new) if m.high is not None), default=None)
    if coarse.step and low is not None:
        base = coarse.low or Decimal(0)
        count = ((low - base) / coarse.step).to_integral_value(ROUND_CEILING)
        low = base + count * coarse.step
    if low is not None and high is not None and high < low:
        return None
    return replace(new, low=low, high=high, step=coarse.step)


def _on_grid(coarse: Measure, fine: Measure) -> bool:
    """Whether every step of one measure is a step of the other."""
    between = (coarse.low or Decimal(0)) - (fine.low or Decimal(0))
    step = fine.step or Decimal(1)
    return not (coarse.step or step) % step and not between % step


class Replacing:
    """Makes criteria anew with other comparisons; what was shared stays shared.

    `named` are the criteria that take the place of the ones with these names,
    `rename` gives a name another form.
    """

    def __init__(
        self,
        change: Callable[[Comparing], Expression] = lambda test: test,
        named: Mapping[str, Expression] | None = None,
        rename: Callable[[str], str] = str,
    ) -> None:
        self._change = change
        self._named = named or {}
        self._rename = rename
        self._done: dict[int, tuple[Expression, Expression]] = {}

    def __call__(self, expression: Expression) -> Expression:
        """The expression with all that is in it replaced."""
        if id(expression) not in self._done:
            self._done[id(expression)] = (expression, self._fresh(expression))
        return self._done[id(expression)][1]

    def _fresh(self, expression: Expression) -> Expression:
        match expression:
            case Comparing():
                return self._change(expression)
            case Named(name=name, inner=inner):
                known = self._named.get(name)
                return Named(self._rename(name), known if known is not None else self(inner))
            case Every() | Some() | Neither():
                return replace(expression, parts=tuple(map(self, expression.parts)))

    def rules(self, rules: RuleSet) -> RuleSet:
        """A rule set with all its criteria replaced."""
        return replace(
            rules,
            tiers=tuple(map(self._rung, rules.tiers)),
            exits=tuple((name, self(when)) for name, when in rules.exits),
            named=tuple((name, self(when)) for name, when in rules.named),
        )

    def _rung(self, tier: Rung) -> Rung:
        moves = tuple(replace(move, when=self(move.when)) for move in tier.moves)
        return replace(tier, enter=self(tier.enter), moves=moves)


def _side(rules: RuleSet, names: Mapping[str, str], shared: Mapping[str, Measure]) -> Side:
    known = {**{name: name for name in rules.order}, **names}
    over = replace(
        Replacing(lambda test: _shared(test, shared[names[test.measure.id]])).rules(rules),
        higher_is={known[name]: way for name, way in rules.higher_is.items() if name in known},
        order=tuple(known[name] for name in rules.order),
    )
    return Side(rules, over, names, shared)


def _shared(test: Comparing, measure: Measure) -> Expression:
    """The same comparison of a shared measure. Of answers, those that both sides have."""
    if test.measure.choices == measure.choices:
        return replace(test, measure=measure)
    passing = [
        Value(Decimal(at), choice)
        for at, choice in enumerate(measure.choices)
        if evaluate(test, {test.measure.id: Decimal(test.measure.choices.index(choice))})
    ]
    return Comparing(measure, "one-of", tuple(passing)) if passing else NEVER


def _reindexed(number: Decimal, shared: Measure, own: Measure) -> Decimal:
    if own.kind != "choice":
        return number
    return Decimal(own.choices.index(shared.choices[int(number)]))
