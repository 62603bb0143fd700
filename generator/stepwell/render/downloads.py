"""The printed documents of a pathway as links for a page."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from stepwell.model import Audience
from stepwell.render.documents_plan import Row, documents
from stepwell.resolve import Resolved
from stepwell.resolve.addresses import leaflet
from stepwell.resolve.edition import Edition
from stepwell.resolve.view import Reading


@dataclass(frozen=True, slots=True)
class Download:
    """A link to a document: `href` from the page it stands on."""

    title: Markup
    href: str
    kind: str
    audience: Audience
    pathway: str
    tier: str | None


def downloads(resolved: Resolved, reading: Reading, pathway: str | None) -> list[Download]:
    """The documents of one pathway, or of all, in their order."""
    names = [pathway] if pathway else list(resolved.definitions.pathways)
    return [link for name in names for link in _of_pathway(resolved, reading, name)]


def _of_pathway(resolved: Resolved, reading: Reading, name: str) -> list[Download]:
    edition = resolved.edition(reading.edition.language, "patient", name)
    inner = resolved.reading(edition, reading.page, "web")
    clinical = resolved.definitions.serves(edition.language, "clinicians")
    return [
        Download(
            document_title(row, edition, inner, tier), reading.to(leaflet(name, file)),
            row.kind, row.audience, name, tier,
        )
        for row, file, tier in documents(edition.content, clinical=clinical)
    ]  # fmt: skip


def document_title(row: Row, edition: Edition, reading: Reading, tier: str | None) -> Markup:
    """The title of a document, with its tier's name if it has one."""
    if tier is None:
        return edition.words(row.title)
    return edition.words(row.title, name=Markup(reading.find("tier", tier).title))
