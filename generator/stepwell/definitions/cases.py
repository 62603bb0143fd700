"""`<pathway>/cases.yaml`: worked cases, run at every check."""

from __future__ import annotations

from stepwell.definitions.base import Definition, ExitRef, Id, Info, TierRef, YesNo

STAY = "stay"
"""The step of a case in which no move holds."""


class Case(Definition):
    """A person, where they must come to, and why."""

    id: Id
    given: dict[str, str]
    """Measure to its value, typed as in a criterion: `phq-9: 12`, `suicidal-plan: no`."""
    in_: TierRef | None = None
    """The tier the person is in at a review; without it, the case is one of assessment."""
    tier: ExitRef
    """The tier or exit the person comes to; at a review, the one they are in if they stay."""
    step: Id | None = None
    """At a review: the id of the move that decides, or `stay`."""
    why: Info
    proposed: YesNo = False
    """Made by `stepwell cases --generate`, and not yet confirmed by a clinician."""


class Cases(Definition):
    """The worked cases of a pathway."""

    cases: tuple[Case, ...] = ()
