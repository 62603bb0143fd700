"""How long the proof of large, sound rule sets takes: `python tests/bench/criteria_bench.py`."""

from __future__ import annotations

import statistics
import time
from decimal import Decimal

from stepwell.logic.expression import Comparing, Comparison, Every, Expression, Neither, Some
from stepwell.logic.measures import BUILT_IN, Measure, Value
from stepwell.logic.prove import prove
from stepwell.logic.rules import Move, RuleSet, Rung

SIZES = ((8, 6), (30, 12))
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


def main() -> None:
    """Print the median of five proofs of each size."""
    for instruments, tiers in SIZES:
        rules, times = ladder(instruments, tiers), []
        for _ in range(5):
            begun = time.perf_counter()
            proof = prove(rules)
            times.append(time.perf_counter() - begun)
        median = statistics.median(times)
        held = "holds" if proof.holds else "FAILS"
        print(f"{instruments} x {tiers}: {median:.2f} s, {proof.questions} questions, {held}")


if __name__ == "__main__":
    main()
