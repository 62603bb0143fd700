"""Editions -> printed documents as HTML for WeasyPrint. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from itertools import chain
from typing import Any

from stepwell.model import Document
from stepwell.render.documents_plan import Planned, documents
from stepwell.render.downloads import document_title
from stepwell.render.environment import Templates
from stepwell.render.qr import qr_svg
from stepwell.resolve import Resolved
from stepwell.resolve.addresses import leaflet
from stepwell.resolve.edition import Edition
from stepwell.resolve.view import Reading, View
from stepwell.source import lines_of

MOST_RESOURCES = 4
_HALVES = {"A4": "A5", "Letter": "5.5in 8.5in"}
"""Paper -> a page of a booklet that is printed on it."""


class Documents:
    """Renders the documents of one language."""

    def __init__(self, resolved: Resolved, templates: Templates, language: str) -> None:
        self.resolved = resolved
        self.templates = templates
        self.language = language

    def all(self) -> Iterator[Document]:
        """Every document of every pathway in this language."""
        return chain.from_iterable(map(self.of, self.resolved.definitions.pathways))

    def of(self, name: str) -> Iterator[Document]:
        """Every document of a pathway in this language."""
        return (self._document(planned, name) for planned in self._planned_for(name))

    def names(self) -> set[tuple[str, str]]:
        """(pathway, name) of every document: what there is to choose from."""
        return {(name, planned.name) for planned, name in self._planned()}

    def chosen(self, wanted: Collection[tuple[str, str]]) -> Iterator[Document]:
        """The documents of some of `names`; no other is rendered."""
        planned = (one for one in self._planned() if (one[1], one[0].name) in wanted)
        return (self._document(*one) for one in planned)

    def _planned(self) -> Iterator[tuple[Planned, str]]:
        for name in self.resolved.definitions.pathways:
            for planned in self._planned_for(name):
                yield planned, name

    def _planned_for(self, name: str) -> Iterator[Planned]:
        definitions = self.resolved.definitions
        clinical = definitions.serves(self.language, "clinicians")
        return documents(definitions.pathways[name], definitions.site.look, clinical=clinical)

    def _document(self, planned: Planned, name: str) -> Document:
        row = planned.row
        edition = self.resolved.edition(self.language, row.audience, name)
        path = leaflet(name, planned.name)
        reading = self.resolved.reading(edition, path, "print")
        title = document_title(planned, edition, reading)
        context = self._context(planned, reading, name) | {"title": title}
        html: str = self.templates.render(f"{row.template}.html", reading, **context)
        imposition, pages = planned.imposition, planned.max_pages
        if reading.used.lacks_safety():
            html = self._notice(edition, path, context)
            imposition, pages = "", 1
        cut = imposition == "cards"
        return Document(
            path=f"{self.language}/{path}",
            title=title.striptags(),
            language=self.language,
            audience=row.audience,
            pathway=name,
            sources=lines_of(reading.used.spans),
            html=str(html),
            kind=row.kind,
            imposition=imposition,
            note=self.templates.render("cards/note.html", reading, **context) if cut else "",
            max_pages=pages,
            withheld=reading.used.lacks_safety(),
            fillable=row.fillable,
            longest=_longest(reading),
            weight=len(html),
        )

    def _context(self, planned: Planned, reading: Reading, name: str) -> dict[str, Any]:
        site = self.resolved.definitions.site
        url = f"{site.url.rstrip('/')}/{self.language}/{name}/{planned.page}"
        subject, kind = planned.subject, planned.row.subject_kind
        return {
            "subject": reading.find(kind, subject) if subject else None,
            "css": "",
            "url": url,
            "qr": qr_svg(url),
            "resources": fitting_resources(reading, subject if kind == "tier" else None),
            "paper": _HALVES[site.look.paper] if planned.edition == "booklet" else site.look.paper,
            "edition_name": planned.edition,
        }

    def _notice(self, edition: Edition, path: str, context: dict[str, Any]) -> str:
        reading = self.resolved.reading(edition, path, "print")
        source = self.resolved.definitions.source_language
        return self.templates.render(
            "leaflet/notice.html", reading, source_language=source, **context
        )


def _longest(reading: Reading) -> str:
    """The context of the longest text of a document, with its letters in this language."""
    letters: Counter[str] = Counter()
    for context, block in reading.used.texts:
        letters[context] += len(reading.edition.translation(context, block) or block)
    (context, count), *_ = [*letters.most_common(1), ("", 0)]
    return f"{context} ({count} letters)" if context else ""


def fitting_resources(reading: Reading, tier: str | None) -> list[View]:
    """Resources that answer a tier's needs, those that speak the reader's language first."""
    edition: Edition = reading.edition
    if tier is None:
        return []
    needs = set(edition.index["tier"][tier].helps_with)
    found = [r for r in edition.definitions.resources.resources if needs & set(r.needs)]
    found.sort(key=lambda resource: (edition.language not in resource.languages, resource.id))
    return [reading.view(resource) for resource in found[:MOST_RESOURCES]]
