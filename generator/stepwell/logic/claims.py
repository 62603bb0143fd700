"""What is claimed of a person, or of a person before and after getting worse.

A claim is data: `solver` looks for somebody of whom it is true, `decided` says
whether it is true of somebody. Both read the same claim, so that no answer of
the solver is trusted without being replayed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from stepwell.logic.expression import Expression, evaluate
from stepwell.logic.measures import Measure
from stepwell.logic.rules import Direction, RuleSet


@dataclass(frozen=True, slots=True)
class Holds:
    """A criterion holds."""

    expression: Expression


@dataclass(frozen=True, slots=True)
class Fails:
    """A criterion does not hold."""

    expression: Expression


@dataclass(frozen=True, slots=True)
class Both:
    """All of these claims are true; without any: always true."""

    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One of these claims is true; without any: never true."""

    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Then:
    """A claim is true once the person got worse."""

    claim: Claim


Claim = Holds | Fails | Both | Either | Then


@dataclass(frozen=True, slots=True)
class Worsening:
    """One measure gets worse, all others stay. Up is worse, unless higher is better."""

    measure: Measure
    higher_is: Direction = "worse"


@dataclass(frozen=True, slots=True)
class Person:
    """Known answers by measure id, as numbers; what is not there may have any value.

    `after` is the value of the one measure that gets worse, if the claim is
    about getting worse.
    """

    answers: Mapping[str, Decimal]
    after: tuple[str, Decimal] | None = None

    def later(self) -> Person:
        """The same person once they got worse."""
        return Person({**self.answers, **dict([self.after])}) if self.after else self


def decided(claim: Claim, person: Person) -> bool:
    """Whether what is known of a person is enough to make a claim true."""
    match claim:
        case Holds():
            return evaluate(claim.expression, person.answers) is True
        case Fails():
            return evaluate(claim.expression, person.answers) is False
        case Both():
            return all(decided(part, person) for part in claim.claims)
        case Either():
            return any(decided(part, person) for part in claim.claims)
        case Then():
            return decided(claim.claim, person.later())


def no_exit(rules: RuleSet) -> Claim:
    """No exit is taken."""
    return Both(tuple(Fails(when) for _, when in rules.exits))


def no_tier(rules: RuleSet) -> Claim:
    """No tier is entered."""
    return Both(tuple(Fails(tier.enter) for tier in rules.tiers))


def goes_out(rules: RuleSet, index: int) -> Claim:
    """The exit with this index is the first that holds."""
    earlier = (Fails(when) for _, when in rules.exits[:index])
    return Both((Holds(rules.exits[index][1]), *earlier))


def placed(rules: RuleSet, index: int) -> Claim:
    """The rule picks the tier with this index, given that no exit is taken."""
    entries = [tier.enter for tier in rules.tiers]
    rivals = {
        "highest": entries[index + 1 :],
        "first": entries[:index],
        "error": entries[:index] + entries[index + 1 :],
    }[rules.rule]
    return Both((Holds(entries[index]), *(Fails(rival) for rival in rivals)))
