"""`<pathway>/cases.yaml` and `cases-….yaml` beside it: worked cases, run at every check."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from stepwell.definitions.base import Definition, ExitRef, Id, Info, Located, TierRef, YesNo

FILES = re.compile(r"cases(-[a-z0-9-]+)?\.yaml")
"""The files of a pathway's folder that hold worked cases; all others hold the pathway."""
STAY = "stay"
"""The step of a case in which no move holds."""


class Answer(Located):
    """The value of a measure, as it is typed in a criterion."""

    expected = "an answer as in a criterion, such as 12, yes or 4 weeks"
    schema: ClassVar[dict[str, Any]] = {"type": ["string", "number"]}


class Case(Definition):
    """A person, where they must come to, and why."""

    id: Id
    given: dict[str, Answer]
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
