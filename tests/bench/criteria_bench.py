"""How long proofs take: of large, sound rule sets and of the sample pathways. See `make bench`."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from stepwell.logic.expression import Comparing, Comparison, Every, Expression, Neither, Some
from stepwell.logic.measures import BUILT_IN, Measure, Value
from stepwell.logic.prove import prove
from stepwell.logic.rules import Move, RuleSet, Rung, rule_set
from stepwell.logic.typing import Vocabulary

SIZES = ((8, 6, 0.5), (30, 12, 3))
"""Scores, tiers, seconds that their proof may take."""
REAL = 0.5
TOP = 60
DANGER = Measure("danger", "finding", Decimal(0), Decimal(1), Decimal(1))
RESPONSE = Measure("response", "choice", choices=("none", "partial", "full"))


def compared(measure: Measure, comparison: Comparison, *numbers: int) -> Comparing:
    """A comparison with whole numbers."""
    values = tuple(Value(Decimal(number), str(number)) for number in numbers)
    return Comparing(measure, comparison, values)


def ladder(instruments: int, tiers: int) -> RuleSet:
    """A rule set without fault: scores lead up, two nearly high ones count as a high one.

    The lowest tier takes in whom nobody else does; a finding leads out. Each
    tier is left upwards without response, downwards after it, outwards when well.
    """
    scores = [
        Measure(f"score-{number}", "score", Decimal(0), Decimal(TOP), Decimal(1))
        for number in range(instruments)
    ]
    danger = compared(DANGER, "yes")
    return RuleSet(
        tuple(_rung(scores, at, tiers) for at in range(tiers)),
        (("emergency", danger),),
        "highest",
        {**{score.id: "worse" for score in scores}, "danger": "worse", "response": "better"},
        (),
        tuple(score.id for score in scores),
    )


def _rung(scores: list[Measure], at: int, tiers: int) -> Rung:
    safe = Neither((compared(DANGER, "yes"),))
    enter = Every((_high(scores, at, tiers), safe)) if at else safe
    up = Move("up", "step-up", f"tier-{at + 1}", _no_response(scores, at, tiers))
    down = Move("down", "step-down", f"tier-{at - 1}", _answered(scores, at, tiers, 2))
    out = Move("out", "discharge", "home", _answered(scores, at, tiers, 1))
    found = (up, down, out)[0 if at < tiers - 1 else 1 :]
    return Rung(f"tier-{at}", enter, tuple(m for m in found if at or m is not down))


def _threshold(number: int, at: int, tiers: int) -> int:
    return 2 + number % 3 + at * (TOP - 6) // tiers


def _high(scores: list[Measure], at: int, tiers: int) -> Expression:
    tests = [(score, _threshold(number, at, tiers)) for number, score in enumerate(scores)]
    one = Some(tuple(compared(score, "at-least", least) for score, least in tests))
    nearly = tuple(compared(score, "at-least", least - 1) for score, least in tests)
    return Some((one, Some(nearly, 2)))


def _no_response(scores: list[Measure], at: int, tiers: int) -> Expression:
    waited = compared(BUILT_IN["in-tier"], "at-least", 42)
    none = Every((compared(RESPONSE, "is", 0), waited))
    return Some((_high(scores, at + 1, tiers), none))


def _answered(scores: list[Measure], at: int, tiers: int, reviews: int) -> Expression:
    settled = tuple(
        compared(score, "below", _threshold(number, at, tiers) - 1)
        for number, score in enumerate(scores)
    )
    response = compared(RESPONSE, "one-of", 1, 2)
    done = compared(BUILT_IN["reviews-done"], "is", reviews)
    return Every((*settled, response, done))


def proofs(times: int) -> Iterator[tuple[str, float, float]]:
    """(what, seconds, the most it should take) of large rule sets and of the real pathways."""
    for instruments, tiers, bound in SIZES:
        rules = ladder(instruments, tiers)
        yield f"proof of {instruments} scores, {tiers} tiers", _median(rules, times), bound
    for name, rules in _real():
        yield f"proof of {name}", _median(rules, times), REAL


def _median(rules: RuleSet, times: int) -> float:
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        if not prove(rules).holds:
            raise SystemExit("a rule set that is sound was not proved")
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def _real() -> Iterator[tuple[str, RuleSet]]:
    from stepwell import pipeline
    from stepwell.usage import project_of, today

    run = pipeline.Run()
    read = pipeline.read(project_of(Path(__file__).parent), pipeline.Scope(), today(), run)
    if read is None or run.diagnostics.failed:
        raise SystemExit("the sample pathways have errors")
    instruments = {str(i.id): i for i in read.vocabulary.instruments}
    for name, pathway in read.pathways.items():
        yield name, rule_set(pathway, Vocabulary.of(pathway, instruments, run.diagnostics))
