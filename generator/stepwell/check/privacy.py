"""What pages record must be told on them."""

from __future__ import annotations

from stepwell.definitions.project import Definitions
from stepwell.diagnostics import Diagnostics


def check(read: Definitions, diagnostics: Diagnostics) -> None:
    """SW610 for a script of the clinic that records, of which no sentence tells readers."""
    analytics = read.site.analytics
    if analytics and not analytics.says:
        message = f"'{analytics.script}' runs on every page, and no sentence tells readers of it"
        help = (
            "write 'says:' below it: what is recorded, where and for how long; and look whether "
            "'privacy:' is still true"
        )
        diagnostics.add("SW610", analytics.script.span, message, help)
