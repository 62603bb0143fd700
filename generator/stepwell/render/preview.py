"""The picture beside a link to the site that somebody shares. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from stepwell.model import Preview
from stepwell.render.environment import Templates
from stepwell.resolve import Resolved
from stepwell.source import lines_of

PATH = "preview.png"


def preview(resolved: Resolved, templates: Templates, languages: Sequence[str]) -> Preview:
    """The picture, for all languages: in the source language if that is published."""
    source = resolved.definitions.source_language
    language = source if source in languages else languages[0]
    edition = resolved.edition(language, "patient")
    reading = resolved.reading(edition, "index.html", "print")
    html = str(templates.render("preview/card.html", reading))
    name = str(resolved.definitions.site.name)
    sources = lines_of(reading.used.spans)
    return Preview(PATH, name, language, "everybody", "", sources, html)
