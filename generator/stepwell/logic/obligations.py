"""What must hold of the criteria of every pathway, as claims that must or must not be possible.

The obligations, by id:

gap           every complete assessment enters a tier or an exit
overlap       where the rule is `error`, nobody meets the entry of two tiers
unreachable   every tier, and every exit with an entry criterion, is entered by somebody
impossible    every criterion can hold
always        every criterion can fail
monotone      who gets worse in one measure alone never comes to a lower tier, and never
              comes from an exit into a tier. Coming to an exit is fine. An exit that
              nobody ever comes to by getting worse in that measure is one for people who
              are well in it ("score below 5: no treatment"); leaving that one is right.
              An exit for a band in the middle is refused: whoever gets worse leaves it.
              Moves from one exit to another are not judged: exits have no order.
up-and-down, up-and-discharge, down-and-discharge
              two such moves of one tier never hold together
way-out       every tier has a step up, a step down or a discharge to somewhere else
review        every tier has a review
promise       the waits along a route keep the pathway's promise (`promises`)

A measure without `higher-is` is not spoken of by `monotone`: nothing says which way is worse.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations, product

from stepwell.definitions.proof import Obligation
from stepwell.logic.claims import (
    Both,
    Claim,
    Either,
    Fails,
    Holds,
    Then,
    Worsening,
    goes_out,
    no_exit,
    no_tier,
    placed,
)
from stepwell.logic.expression import Expression, measures
from stepwell.logic.rules import Kind, RuleSet, Rung

TOGETHER: dict[Obligation, tuple[Kind, Kind]] = {
    "up-and-down": ("step-up", "step-down"),
    "up-and-discharge": ("step-up", "discharge"),
    "down-and-discharge": ("step-down", "discharge"),
}


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim that must be possible (`wanted`), or must not be.

    `subject` is what it is about: the id of a tier or a measure, or the path of
    a criterion. `paths` are the criteria involved. `given` narrows it: where
    that is impossible, the statement says nothing. The claims of `instead`, in
    this order, are true of people who show why a wanted claim is impossible.
    """

    obligation: Obligation
    subject: str
    claim: Claim
    paths: tuple[str, ...] = ()
    wanted: bool = False
    worsening: Worsening | None = None
    given: Claim | None = None
    instead: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """Statements that are proved at once, if they hold; one by one, if they do not.

    `widest` is true wherever one of several claims is, so that all of them are
    impossible if it is. `holds` is given where no solver is needed.
    """

    obligation: Obligation
    subject: str
    statements: tuple[Statement, ...] = ()
    widest: Claim | None = None
    holds: bool = True


def rows(rules: RuleSet) -> Iterator[Row]:
    """All that must hold of a rule set, in the order of the table above."""
    yield _gap(rules)
    yield _overlap(rules)
    yield from _reachable(rules)
    yield from _contingent(rules)
    yield from _monotone(rules)
    for tier in rules.tiers:
        for obligation in TOGETHER:
            yield _together(tier, obligation)
    for tier in rules.tiers:
        left = [m for m in tier.moves if m.kind != "re-triage" and m.to != tier.id]
        yield Row("way-out", tier.id, holds=bool(left))
        yield Row("review", tier.id, holds=tier.reviewed)


def entries(rules: RuleSet) -> tuple[str, ...]:
    """The paths of all entry criteria."""
    return (
        *(f"exits/{name}/when" for name, _ in rules.exits),
        *(f"tiers/{tier.id}/enter" for tier in rules.tiers),
    )


def _row(obligation: Obligation, subject: str, statements: Iterable[Statement]) -> Row:
    found = tuple(statements)
    return Row(obligation, subject, found, Either(tuple(each.claim for each in found)))


def _gap(rules: RuleSet) -> Row:
    nowhere = Both((no_exit(rules), no_tier(rules)))
    return Row("gap", "", (Statement("gap", "", nowhere, entries(rules)),))


def _overlap(rules: RuleSet) -> Row:
    """Pairs of tiers that nothing decides between; none where a rule does."""
    pairs = combinations(rules.tiers, 2) if rules.rule == "error" else ()
    found = (
        Statement(
            "overlap",
            f"{one.id} {other.id}",
            Both((no_exit(rules), Holds(one.enter), Holds(other.enter))),
            (f"tiers/{one.id}/enter", f"tiers/{other.id}/enter"),
        )
        for one, other in pairs
    )
    return _row("overlap", "", found)


def _reachable(rules: RuleSet) -> Iterator[Row]:
    for at, (name, when) in enumerate(rules.exits):
        earlier = Either(tuple(goes_out(rules, before) for before in range(at)))
        instead = Both((Holds(when), earlier))
        yield _one("unreachable", name, goes_out(rules, at), f"exits/{name}/when", instead)
    out, path = no_exit(rules), "tiers/{}/enter"
    leaves = Either(tuple(goes_out(rules, at) for at in range(len(rules.exits))))
    for at, tier in enumerate(rules.tiers):
        entered = Both((out, placed(rules, at)))
        taken = Both((out, Holds(tier.enter), _taken(rules, at)))
        gone = Both((Holds(tier.enter), leaves))
        yield _one("unreachable", tier.id, entered, path.format(tier.id), taken, gone)


def _taken(rules: RuleSet, index: int) -> Claim:
    """Another tier takes somebody, or, where no rule decides, would take them too."""
    others = [at for at in range(len(rules.tiers)) if at != index]
    if rules.rule == "error":
        return Either(tuple(Holds(rules.tiers[at].enter) for at in others))
    return Either(tuple(placed(rules, at) for at in others))


def _one(obligation: Obligation, subject: str, claim: Claim, path: str, *instead: Claim) -> Row:
    statement = Statement(obligation, subject, claim, (path,), wanted=True, instead=instead)
    return Row(obligation, subject, (statement,))


def _contingent(rules: RuleSet) -> Iterator[Row]:
    for path, expression in rules.criteria():
        yield _one("impossible", path, Holds(expression), path)
        yield _one("always", path, Fails(expression), path)


def _monotone(rules: RuleSet) -> Iterator[Row]:
    """The claims are the same for every measure, so that the solver reads them once."""
    falls, returns = _falls(rules), _returns(rules)
    fall = _fall(rules, falls)
    for measure in rules.measures():
        if measure.id not in rules.higher_is:
            continue
        name, worsening = measure.id, Worsening(measure, rules.higher_is[measure.id])
        entered = any(_compares(tier.enter, name) for tier in rules.tiers)
        back = [found for found, (_, when) in zip(returns, rules.exits, strict=True)
                if _compares(when, name)]  # fmt: skip
        found = tuple(
            replace(each, subject=f"{name} {each.subject}", worsening=worsening)
            for each in (*(falls if entered else ()), *back)
        )
        if found:
            wide = (*([fall] if entered else ()), *(each.claim for each in back))
            yield Row("monotone", name, found, Either(wide))


def _fall(rules: RuleSet, falls: list[Statement]) -> Claim:
    """A claim that is true wherever one of these is, and quicker to refute where it can be.

    Where the highest tier decides, nobody falls unless the entry of some tier stops to hold.
    """
    if rules.rule != "highest":
        return Either(tuple(each.claim for each in falls))
    out = no_exit(rules)
    return Either(
        tuple(Both((Holds(t.enter), Then(Both((out, Fails(t.enter)))))) for t in rules.tiers[1:])
    )


def _falls(rules: RuleSet) -> list[Statement]:
    """Of each tier but the lowest: somebody is in it and, once worse, in a lower one."""
    out = no_exit(rules)
    here = [Both((out, placed(rules, at))) for at in range(len(rules.tiers))]
    paths = tuple(f"tiers/{tier.id}/enter" for tier in rules.tiers)
    return [
        Statement(
            "monotone",
            tier.id,
            Both((here[at], Then(Either(tuple(here[:at]))))),
            paths[: at + 1],
        )
        for at, tier in enumerate(rules.tiers)
        if at
    ]


def _returns(rules: RuleSet) -> list[Statement]:
    """Of each exit: somebody takes it and, once worse, enters a tier.

    The module's text says of whom this is not asked (`given`).
    """
    out = no_exit(rules)
    inside = Either(tuple(placed(rules, at) for at in range(len(rules.tiers))))
    enters = Then(Both((out, inside)))
    return [
        Statement(
            "monotone",
            name,
            Both((goes_out(rules, at), enters)),
            (f"exits/{name}/when",),
            given=Both((Fails(when), Then(Holds(when)))),
        )
        for at, (name, when) in enumerate(rules.exits)
    ]


def _compares(expression: Expression, name: str) -> bool:
    return any(measure.id == name for measure in measures(expression))


def _together(tier: Rung, obligation: Obligation) -> Row:
    one, other = TOGETHER[obligation]
    pairs = product(
        [m for m in tier.moves if m.kind == one], [m for m in tier.moves if m.kind == other]
    )
    found = (
        Statement(
            obligation,
            tier.id,
            Both((Holds(a.when), Holds(b.when))),
            (f"tiers/{tier.id}/{one}/{a.id}", f"tiers/{tier.id}/{other}/{b.id}"),
        )
        for a, b in pairs
    )
    return _row(obligation, tier.id, found)
