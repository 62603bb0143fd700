"""The script with which a clinic counts its readers, if it has one. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from stepwell.model import Data
from stepwell.resolve import Resolved
from stepwell.source import lines_of

PATH = "assets/javascripts/analytics.js"


def analytics(resolved: Resolved, languages: Sequence[str]) -> Iterator[Data]:
    """The file, for all languages. The site has none unless the clinic asks for it."""
    site, content = resolved.definitions.site, resolved.definitions.analytics
    if site.analytics and content is not None:
        name, place = str(site.name), lines_of([site.analytics.script.span])
        yield Data(PATH, name, languages[0], "everybody", "", place, content)
