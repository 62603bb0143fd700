"""Jinja for pages and documents. Owns jinja2.

Autoescape is always on and an undefined name is an error, so that a template
can neither let markup in nor print nothing. A project's own `templates/`
folder comes before the packaged one.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError
from markupsafe import Markup

from stepwell.render.calendar import alike, calendar
from stepwell.render.panels import Part, Room, fold, lines
from stepwell.resolve.claims import claim
from stepwell.resolve.view import Reading
from stepwell.resolve.words import Words

TemplateFault = TemplateError
"""What a faulty template raises; others need not know jinja2 for it."""


class Templates:
    """The templates of a build, compiled once."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self.environment = Environment(
            loader=FileSystemLoader([str(folder) for folder in folders], followlinks=False),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def render(self, name: str, reading: Reading, **context: Any) -> Markup:
        """The HTML of a template for a reading. Raises TemplateFault."""
        template = self.environment.get_template(name)
        return Markup(template.render(_context(reading) | context))

    def text(self, name: str) -> str:
        """The text of a file among the templates, for example a style sheet."""
        loader = self.environment.loader
        if loader is None:
            raise ValueError("the environment has no loader")
        return loader.get_source(self.environment, name)[0]


def _context(reading: Reading) -> dict[str, Any]:
    """What every template may use."""
    edition = reading.edition
    words: Words = edition.words
    return {
        "_": words,
        "plural": words.plural,
        "number": words.number,
        "date": words.date,
        "words": words,
        "reading": reading,
        "edition": edition,
        "language": edition.language,
        "direction": edition.direction,
        "audience": edition.audience,
        "site": reading.view(edition.definitions.site),
        "vocabulary": reading.view(edition.definitions.vocabulary),
        "pathway_id": edition.pathway,
        "pathway": reading.view(edition.content) if edition.pathway else None,
        "to": reading.to,
        "href": reading.href,
        "find": reading.find,
        "verdict": edition.verdict,
        "view": reading.view,
        "claim": lambda obligation: claim(words, obligation),
        "fold": lambda parts, room: fold([Part(*part) for part in parts], Room(**room)),
        "lines_of": lines,
        "calendar_of": lambda plan: calendar(plan.raw.parameters),
        "alike": lambda plan: alike(plan.raw.parameters),
        "views": lambda definitions: list(map(reading.view, definitions)),
        "capacity_fresh": lambda capacity: edition.today <= capacity.raw.until,
    }
