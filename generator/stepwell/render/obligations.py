"""What every output carries, and which outputs would miss some of it. Pure.

Crisis line, emergency number, owner and intended use stand on each output;
version and review dates on each that belongs to a pathway.
"""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from stepwell.diagnostics import Diagnostics
from stepwell.model import Document, Page, Website
from stepwell.resolve import Resolved
from stepwell.resolve.prose import Prose
from stepwell.source import Span


def check(
    resolved: Resolved,
    websites: tuple[Website, ...],
    documents: tuple[Document, ...],
    diagnostics: Diagnostics,
) -> None:
    """SW605 for every output that misses something."""
    for website in websites:
        for page in website.pages:
            html = website.banner + page.html + website.footer
            _artifact(resolved, page, html, diagnostics)
    for document in documents:
        _artifact(resolved, document, document.html, diagnostics)


def _artifact(
    resolved: Resolved, artifact: Page | Document, html: str, diagnostics: Diagnostics
) -> None:
    text = _squeezed(Markup(html).striptags())
    for what, wanted in _wanted(resolved, artifact):
        if _squeezed(wanted) not in text:
            message = f"'{artifact.path}' has no {what}"
            diagnostics.add("SW605", Span(artifact.path), message, f"it should say: {wanted[:60]}")


def _wanted(resolved: Resolved, artifact: Page | Document) -> Iterator[tuple[str, str]]:
    site = resolved.definitions.site
    crisis = next(c for c in site.contacts if c.id == site.crisis.contact)
    yield "crisis line", str(crisis.phone)
    yield "emergency number", str(site.emergency.phone)
    edition = resolved.edition(artifact.language, "patient", artifact.pathway or None)
    reading = resolved.reading(edition, artifact.path, "print")
    view = reading.view(site)
    for what, prose in (("owner", view.owner), ("intended use", view.intended_use)):
        yield from _said(what, prose)
    if artifact.pathway:
        content = edition.content
        yield "version", content.version
        yield "date of review", edition.words.date(content.reviewed).striptags()
        yield "next review", edition.words.date(content.review_by).striptags()


def _said(what: str, prose: Prose) -> Iterator[tuple[str, str]]:
    for block in prose.blocks:
        yield what, block.html.striptags()


def _squeezed(text: str) -> str:
    return " ".join(text.split())
