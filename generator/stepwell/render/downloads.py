"""The printed documents of a pathway as links for a page."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from stepwell.model import Audience
from stepwell.render import documents_plan as plan
from stepwell.render.documents_plan import Planned, documents
from stepwell.resolve import Resolved
from stepwell.resolve.addresses import leaflet
from stepwell.resolve.edition import Edition
from stepwell.resolve.view import Reading


@dataclass(frozen=True, slots=True)
class Download:
    """A link to a document: `href` from the page it stands on; `subject` is what it is about.

    `others` are the other editions of it, with their addresses; `pages` are the pages, below
    the pathway, that it belongs to.
    """

    title: Markup
    href: str
    kind: str
    audience: Audience
    pathway: str
    subject: str | None
    others: tuple[tuple[plan.Edition, str], ...]
    pages: frozenset[str]


def downloads(resolved: Resolved, reading: Reading, pathway: str | None) -> list[Download]:
    """The documents of one pathway, or of all, in their order."""
    names = [pathway] if pathway else list(resolved.definitions.pathways)
    return [link for name in names for link in _of_pathway(resolved, reading, name)]


def printed(found: list[Download], page: str) -> list[Download]:
    """Those that belong to a page, whose path is below the language, in their order."""
    return [one for one in found if page in (f"{one.pathway}/{name}" for name in one.pages)]


def _of_pathway(resolved: Resolved, reading: Reading, name: str) -> list[Download]:
    edition = resolved.edition(reading.edition.language, "patient", name)
    inner = resolved.reading(edition, reading.page, "web")
    look = edition.definitions.site.look
    found: dict[tuple[str, str | None], list[Planned]] = {}
    for planned in documents(edition.content, look, clinical=edition.serves_clinicians):
        found.setdefault((planned.row.kind, planned.subject), []).append(planned)

    def link(first: Planned, *others: Planned) -> Download:
        return Download(
            document_title(first, edition, inner), reading.to(leaflet(name, first.name)),
            first.row.kind, first.row.audience, name, first.subject,
            tuple((one.edition, reading.to(leaflet(name, one.name))) for one in others),
            first.pages,
        )  # fmt: skip

    return [link(*editions) for editions in found.values()]


def document_title(planned: Planned, edition: Edition, reading: Reading) -> Markup:
    """The title of a document, with the name of what it is about."""
    row = planned.row
    if planned.subject is None:
        return edition.words(row.title)
    subject = reading.find(row.subject_kind, planned.subject)
    return edition.words(row.title, name=Markup(subject.title))
