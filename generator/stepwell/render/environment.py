"""Templates of pages and documents, with what they may use.

Autoescape is always on and an undefined name is an error, so that a template
can neither let markup in nor print nothing. A project's own `templates/`
folder comes before the packaged one, and its `extra-print.css` after our styles.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from markupsafe import Markup

from stepwell.definitions.colors import WHITE, readable
from stepwell.definitions.site import Look
from stepwell.render.calendar import alike, calendar
from stepwell.render.columns import columns, height
from stepwell.render.figures.ladder import ladder
from stepwell.render.figures.raci import raci
from stepwell.render.figures.timeline import now, timeline
from stepwell.render.gaps import marked
from stepwell.render.invitations import file_of
from stepwell.render.panels import Part, Room, fold, lines
from stepwell.resolve.claims import claim
from stepwell.resolve.view import Reading
from stepwell.resolve.waiting import missed
from stepwell.resolve.words import Words, capital
from stepwell.templating import environment, faults_located, own_folder

EXTRA_PRINT = "extra-print.css"
"""Styles of a project that are added to ours in every printed document."""


class Templates:
    """The templates of a build, compiled once. Of `folders` the last one is ours."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self.ours = folders[-1]
        self.own = own_folder(folders[0], self.ours)
        self.folders = (self.ours,) if self.own is None else (self.own, self.ours)
        self.environment = environment(self.folders, sandbox=self.own is not None)
        self._extra = _extra(self.own)

    def render(self, name: str, reading: Reading, **context: Any) -> Markup:
        """The HTML of a template for a reading. Raises TemplateFault."""
        with faults_located(self.own, self.ours):
            template = self.environment.get_template(name)
            common = _context(reading) | {"extra_css": self._extra}
            return Markup(template.render(common | context))

    def text(self, name: str) -> str:
        """The text of a file among the templates, for example a style sheet."""
        loader = self.environment.loader
        if loader is None:
            raise ValueError("the environment has no loader")
        return loader.get_source(self.environment, name)[0]


def _extra(own: Path | None) -> Markup:
    """The styles that a project adds to ours, made unable to end the element they stand in."""
    path = own / EXTRA_PRINT if own else None
    text = path.read_text("utf-8") if path and path.is_file() else ""
    return Markup(text.replace("</", "<\\/"))


def _colors(look: Look) -> dict[str, str]:
    """The clinic's colours for what decorates paper, and for text on it."""
    return {
        "primary": str(look.primary),
        "accent": str(look.accent),
        "primary_text": readable(look.primary, WHITE),
        "accent_text": readable(look.accent, WHITE),
    }


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
        "capital": capital,
        "reading": reading,
        "edition": edition,
        "language": edition.language,
        "direction": edition.direction,
        "audience": edition.audience,
        "site": reading.view(edition.definitions.site),
        "colors": _colors(edition.definitions.site.look),
        "logo": edition.definitions.logo,
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
        "height_of": height,
        "columns_of": columns,
        "ladder": lambda here=None, **look: ladder(reading, here, **look),
        "raci": lambda **look: raci(reading, **look),
        "timeline": lambda tier, **look: timeline(reading, tier, **look),
        "timeline_now": lambda tier, **look: now(reading, tier, **look),
        "calendar_of": lambda plan: calendar(plan.raw.parameters),
        "calendar_file_of": lambda view=None: file_of(view.raw if view else None, reading),
        "alike": lambda plan: alike(plan.raw.parameters),
        "views": lambda definitions: list(map(reading.view, definitions)),
        "gaps": marked,
        "missed": lambda capacity: reading.value(missed(edition, capacity.raw)),
        "capacity_fresh": lambda capacity: edition.today <= capacity.raw.until,
    }
