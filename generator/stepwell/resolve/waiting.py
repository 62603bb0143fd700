"""Whether people wait longer now than a pathway aims for. Pure."""

from __future__ import annotations

from stepwell.definitions.base import Duration
from stepwell.definitions.pathway import Capacity
from stepwell.resolve.edition import Edition


def target_of(edition: Edition, capacity: Capacity) -> Duration | None:
    """The longest wait that is aimed for where a statement about the present wait leads.

    That is the target of the least urgent class which has one: whoever waits without
    further words is in it. None if the statement does not say where it leads, or if
    nothing is aimed for there.
    """
    order = [str(one.id) for one in edition.definitions.vocabulary.urgency]
    for wait in edition.content.waits:
        if wait.tier == capacity.tier and wait.milestone == capacity.to:
            return next(
                (wait.targets[name] for name in reversed(order) if name in wait.targets), None
            )
    return None


def missed(edition: Edition, capacity: Capacity) -> Duration | None:
    """The target that is missed now; None if it is held, or if there is none."""
    target = target_of(edition, capacity)
    return target if target is not None and capacity.wait.days > target.days else None
