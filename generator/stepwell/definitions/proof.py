"""What is proved of a pathway, by name, and what a clinic lets stand with a published reason."""

from __future__ import annotations

import datetime
from typing import Literal

from pydantic import Field

from stepwell.definitions.base import (
    Definition,
    Duration,
    Id,
    Info,
    MilestoneRef,
    RoleRef,
    SourceRef,
)

Obligation = Literal[
    "gap", "overlap", "unreachable", "impossible", "always", "monotone",
    "up-and-down", "up-and-discharge", "down-and-discharge", "way-out", "review", "promise",
]  # fmt: skip


class Waiver(Definition):
    """A failure of the proof that is let stand. It lapses when a criterion involved changes."""

    id: Id
    obligation: Obligation
    """What does not hold, by the name that `stepwell prove` gives it."""
    criteria: str = Field(pattern=r"^[0-9a-f]{12}$")
    """The digest of the criteria involved, as the failure's message gives it."""
    reason: Info
    """Why it may stand; published on the page about the pathway."""
    by: RoleRef
    """Who answers for it."""
    date: datetime.date


class Promise(Definition):
    """The longest that all waits on the way to a milestone may take together, by any route."""

    id: Id
    milestone: MilestoneRef
    targets: dict[str, Duration]
    """Urgency class to the longest time."""
    source: SourceRef
