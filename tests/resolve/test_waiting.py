"""Whether people wait longer now than a pathway aims for."""

from __future__ import annotations

import pytest

from stepwell.definitions.base import Duration, MilestoneRef
from stepwell.resolve import Resolved
from stepwell.resolve.waiting import missed, target_of

BODY, MIND = "psychosomatic-stepped-care", "psychiatry-primary-care"
LATE = {BODY: {"brief-intervention", "intensive-care-programme"}, MIND: {"shared-care"}}


@pytest.mark.parametrize("pathway", [BODY, MIND])
def test_a_wait_is_compared_with_its_own_target(resolved: Resolved, pathway: str) -> None:
    """Of the sample pathways those tiers are late whose editors say so in their own words."""
    edition = resolved.edition("en", "clinician", pathway)
    stated = edition.content.capacity
    late = {str(one.tier) for one in stated if missed(edition, one)}
    assert late == LATE[pathway]
    assert late == {str(one.tier) for one in stated if "wait is longer than we" in one.meanwhile}


@pytest.mark.parametrize(
    ("wait", "to", "target"),
    [
        ("6 weeks", "treatment-start", None),
        ("43 days", "treatment-start", "6 weeks"),
        ("5..7 weeks", "treatment-start", "6 weeks"),
        ("6 weeks", "first-contact", "2 weeks"),
        ("99 weeks", None, None),
        ("99 weeks", "no-such-milestone", None),
    ],
)
def test_only_a_longer_wait_is_late(
    resolved: Resolved, wait: str, to: str | None, target: str | None
) -> None:
    """At the target nobody is late; a range counts with its end; without a place nobody is."""
    edition = resolved.edition("en", "clinician", BODY)
    given = next(one for one in edition.content.capacity if one.tier == "brief-intervention")
    changes = {"wait": Duration.read(wait), "to": to and MilestoneRef.read(to)}
    changed = given.model_copy(update=changes)
    found = missed(edition, changed)
    assert (found and str(found)) == target
    assert target is None or found == target_of(edition, changed)
