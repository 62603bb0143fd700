"""The pages above all languages: choose your language, and what stands where no page is. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from stepwell.model import Front, prefix
from stepwell.render.environment import Templates
from stepwell.resolve import Resolved
from stepwell.resolve.view import Reading
from stepwell.source import lines_of


def fronts(resolved: Resolved, templates: Templates, languages: Sequence[str]) -> Iterator[Front]:
    """`index.html` and `404.html`: in every language, and the crisis line in each."""
    source = resolved.definitions.source_language
    first = source if source in languages else languages[0]
    yield _front(resolved, templates, "index.html", (first, *languages))
    yield _front(resolved, templates, "404.html", (first, *languages))


def _front(resolved: Resolved, templates: Templates, path: str, languages: Sequence[str]) -> Front:
    """The page at a path, of the languages after the first, which is that of its frame."""
    readings = [_reading(resolved, tag) for tag in languages]
    top, site = readings[0], resolved.definitions.site
    choices = [_choice(resolved, reading) for reading in readings[1:]]
    root = prefix(str(site.url))
    html = templates.render(f"chooser/{path}", top, choices=choices, root=root)
    found = path == "index.html"
    spans = {span for reading in readings for span in reading.used.spans}
    return Front(
        path=path,
        title=str(site.name) if found else f"{_lost(top)} · {site.name}",
        language=languages[0],
        audience="everybody",
        pathway="",
        sources=lines_of(spans),
        content=html.encode(),
        description=top.view(site).tagline.plain,
        direction=top.edition.direction,
        script="chooser.js" if found else "lost.js",
        found=found,
    )


def _reading(resolved: Resolved, tag: str) -> Reading:
    return resolved.reading(resolved.edition(tag, "patient"), "index.html", "web")


def _choice(resolved: Resolved, reading: Reading) -> tuple[Any, ...]:
    """(tag, autonym, direction, words, the clinic in that language)."""
    tag = reading.edition.language
    words = resolved.words[tag]
    return tag, words.autonym, words.direction, words, reading.view(resolved.definitions.site)


def _lost(reading: Reading) -> str:
    return str(reading.words()("We could not find this page").unescape())
