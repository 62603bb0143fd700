"""Stage two: find what is wrong. A check is a function of definitions and a collector."""

from __future__ import annotations

import datetime
from collections.abc import Collection

from stepwell.check import criteria, languages, references, safety
from stepwell.definitions.project import Definitions
from stepwell.diagnostics import Diagnostics


def check(
    read: Definitions, diagnostics: Diagnostics, today: datetime.date, spoken: Collection[str]
) -> None:
    """Run every check, as of a day; `spoken` are the languages the toolkit has words in.

    Checks that follow references run only once all references are right.
    """
    references.check(read, diagnostics)
    safety.check(read, diagnostics, today)
    languages.check(read, diagnostics, spoken)
    if not diagnostics.failed:
        references.waits_named(read, diagnostics)
        criteria.check(read, diagnostics)
