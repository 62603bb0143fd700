"""Stage two: find what is wrong. A check is a function of definitions and a collector."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping

from stepwell.check import (
    cases,
    criteria,
    languages,
    look,
    privacy,
    proof,
    references,
    safety,
    wording,
)  # fmt: skip
from stepwell.definitions.project import Definitions
from stepwell.diagnostics import Diagnostics
from stepwell.logic.waivers import Verdict


def check(
    read: Definitions, diagnostics: Diagnostics, today: datetime.date, spoken: Collection[str]
) -> Mapping[str, Verdict]:
    """Run every check, as of a day; `spoken` are the languages the toolkit has words in.

    The proof's verdict on each pathway is returned, where it could be asked for.
    """
    references.check(read, diagnostics)
    safety.check(read, diagnostics, today)
    verdicts = _logic(read, diagnostics)
    wording.check(read, diagnostics)
    look.check(read, diagnostics)
    privacy.check(read, diagnostics)
    languages.check(read, diagnostics, spoken)
    return verdicts


def _logic(read: Definitions, diagnostics: Diagnostics) -> Mapping[str, Verdict]:
    """Criteria once all references are right; worked cases and proof once all criteria are."""
    if not diagnostics.failed:
        references.waits_named(read, diagnostics)
        criteria.check(read, diagnostics)
    if diagnostics.failed:
        return {}
    cases.check(read, diagnostics)
    return proof.check(read, diagnostics)
