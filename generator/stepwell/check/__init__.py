"""Stage two: find what is wrong. A check is a function of definitions and a collector."""

from __future__ import annotations

import datetime

from stepwell.check import criteria, languages, references, safety
from stepwell.definitions.project import Definitions
from stepwell.diagnostics import Diagnostics


def check(read: Definitions, diagnostics: Diagnostics, today: datetime.date) -> None:
    """Run every check. Those that follow references run only once all references are right."""
    references.check(read, diagnostics)
    safety.check(read, diagnostics, today)
    languages.check(read, diagnostics)
    if not diagnostics.failed:
        references.waits_named(read, diagnostics)
        criteria.check(read, diagnostics)
