"""Editions -> printed documents as HTML for WeasyPrint. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from stepwell.model import Document
from stepwell.render.documents_plan import Row, documents
from stepwell.render.downloads import document_title
from stepwell.render.environment import Templates
from stepwell.render.qr import qr_svg
from stepwell.resolve import Resolved
from stepwell.resolve.addresses import leaflet
from stepwell.resolve.edition import Edition
from stepwell.resolve.view import Reading, View

MOST_RESOURCES = 4
_PAGES = {
    "leaflet": "tier-{}.html",
    "leaflet-family": "family.html",
    "leaflet-wait": "waits.html",
}


class Documents:
    """Renders the documents of one language."""

    def __init__(self, resolved: Resolved, templates: Templates, language: str) -> None:
        self.resolved = resolved
        self.templates = templates
        self.language = language

    def all(self) -> Iterator[Document]:
        """Every document of every pathway in this language."""
        clinical = self.resolved.definitions.serves(self.language, "clinicians")
        for name, content in self.resolved.definitions.pathways.items():
            for row, file, tier in documents(content, clinical=clinical):
                yield self._document(row, name, file, tier)

    def _document(self, row: Row, name: str, file: str, tier: str | None) -> Document:
        edition = self.resolved.edition(self.language, row.audience, name)
        path = leaflet(name, file)
        reading = self.resolved.reading(edition, path, "print")
        title = document_title(row, edition, reading, tier)
        context = self._context(row, reading, name, tier) | {"title": title}
        html: str = self.templates.render(f"{row.template}.html", reading, **context)
        folds, pages = row.folds, row.max_pages
        if reading.used.lacks_safety():
            html = self._notice(edition, path, context)
            folds, pages = False, 1
        return Document(
            path=f"{self.language}/{path}",
            title=title.striptags(),
            language=self.language,
            audience=row.audience,
            pathway=name,
            sources=tuple(sorted(reading.used.spans)),
            html=str(html),
            kind=row.kind,
            folds=folds,
            max_pages=pages,
            withheld=reading.used.lacks_safety(),
        )

    def _context(self, row: Row, reading: Reading, name: str, tier: str | None) -> dict[str, Any]:
        site = self.resolved.definitions.site
        page = _PAGES.get(row.kind, "index.html").format(tier)
        url = f"{site.url.rstrip('/')}/{self.language}/{name}/{page}"
        return {
            "subject": reading.find("tier", tier) if tier else None,
            "css": "",
            "url": url,
            "qr": qr_svg(url),
            "resources": fitting_resources(reading, tier),
            "paper": site.look.paper,
        }

    def _notice(self, edition: Edition, path: str, context: dict[str, Any]) -> str:
        reading = self.resolved.reading(edition, path, "print")
        source = self.resolved.definitions.source_language
        return self.templates.render(
            "leaflet/notice.html", reading, source_language=source, **context
        )


def fitting_resources(reading: Reading, tier: str | None) -> list[View]:
    """Resources that answer a tier's needs, those that speak the reader's language first."""
    edition: Edition = reading.edition
    if tier is None:
        return []
    needs = set(edition.index["tier"][tier].helps_with)
    found = [r for r in edition.definitions.resources.resources if needs & set(r.needs)]
    found.sort(key=lambda resource: (edition.language not in resource.languages, resource.id))
    return [reading.view(resource) for resource in found[:MOST_RESOURCES]]
