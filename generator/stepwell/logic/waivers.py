"""What a clinic lets stand of a proof, and which of its waivers have lapsed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stepwell.definitions.proof import Obligation, Waiver
from stepwell.logic.failures import Failure
from stepwell.logic.prove import Proof

LETTERS = 12
"""How much of a digest a waiver names."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Of how many subjects an obligation was asked, of how many it holds, how many are waived."""

    asked: int
    held: int
    waived: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """A proof beside the waivers of its pathway.

    `broken` are the failures that nothing waives, `waived` the others with
    their waivers, `lapsed` the waivers that no failure answers to.
    """

    proof: Proof
    broken: tuple[Failure, ...]
    waived: tuple[tuple[Waiver, Failure], ...]
    lapsed: tuple[Waiver, ...]

    @property
    def stands(self) -> bool:
        """Whether everything holds or is waived."""
        return not self.broken

    def tallies(self) -> dict[Obligation, Tally]:
        """The result of each obligation, in the order of the proof."""
        waived = [(failure.obligation, failure.subject) for _, failure in self.waived]
        broken = {(failure.obligation, failure.subject) for failure in self.broken}
        found: dict[Obligation, Tally] = {}
        for result in self.proof.results:
            before = found.get(result.obligation, Tally(0, 0, 0))
            at = (result.obligation, result.subject)
            passed = at in waived and at not in broken
            held = result.outcome == "holds"
            found[result.obligation] = Tally(
                before.asked + 1, before.held + held, before.waived + (passed and not held)
            )
        return found


def judged(proof: Proof, waivers: Sequence[Waiver]) -> Verdict:
    """The verdict on a proof. What could not be decided is never waived."""
    waived: list[tuple[Waiver, Failure]] = []
    broken = []
    for failure in proof.failures:
        waiver = next((w for w in waivers if _meant(w, failure)), None)
        if waiver is None:
            broken.append(failure)
        else:
            waived.append((waiver, failure))
    used = {str(waiver.id) for waiver, _ in waived}
    lapsed = tuple(waiver for waiver in waivers if str(waiver.id) not in used)
    return Verdict(proof, tuple(broken), tuple(waived), lapsed)


def _meant(waiver: Waiver, failure: Failure) -> bool:
    same = waiver.obligation == failure.obligation and failure.digest.startswith(waiver.criteria)
    return same and not failure.undecided
