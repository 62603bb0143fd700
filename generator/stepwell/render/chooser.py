"""The first page of all: choose your language. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from stepwell.model import Data
from stepwell.render.environment import Templates
from stepwell.resolve import Resolved


def chooser(resolved: Resolved, templates: Templates, languages: Sequence[str]) -> Data:
    """`index.html` with every language by its own name and the crisis line in each."""
    source = resolved.definitions.source_language
    first = source if source in languages else languages[0]
    readings = [
        resolved.reading(resolved.edition(tag, "patient"), "index.html", "web") for tag in languages
    ]
    choices = [
        (tag, resolved.words[tag].autonym, resolved.words[tag].direction, reading.words(),
         reading.view(resolved.definitions.site))
        for tag, reading in zip(languages, readings, strict=True)
    ]  # fmt: skip
    top = resolved.reading(resolved.edition(first, "patient"), "index.html", "web")
    html = templates.render("chooser/index.html", top, choices=choices)
    spans = {span for reading in (top, *readings) for span in reading.used.spans}
    name = str(resolved.definitions.site.name)
    return Data("index.html", name, first, "everybody", "", tuple(sorted(spans)), html.encode())
