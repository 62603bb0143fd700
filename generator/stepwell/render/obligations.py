"""What every output carries, and which outputs would miss some of it. Pure.

Crisis line, emergency number, owner and intended use stand on each output;
version and review dates on each that belongs to a pathway.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markupsafe import Markup

from stepwell.diagnostics import Diagnostics
from stepwell.model import Document, Page, Part
from stepwell.resolve import Resolved
from stepwell.resolve.prose import Prose
from stepwell.source import Span


def missing(resolved: Resolved, artifact: Page | Document, html: str) -> Iterator[tuple[str, str]]:
    """(what, how it reads) of each thing that an output does not say; `html` is all of it."""
    text = _squeezed(Markup(html).striptags())
    for what, wanted in _wanted(resolved, artifact):
        if _squeezed(wanted) not in text:
            yield what, wanted


def tell(parts: Iterable[Part], diagnostics: Diagnostics) -> None:
    """SW605 for each thing that outputs miss, with their number and the first of them."""
    found: dict[tuple[str, str], list[str]] = {}
    for part in parts:
        for what, wanted, path in part.missing:
            found.setdefault((what, wanted), []).append(path)
    for (what, wanted), paths in found.items():
        first = min(paths)
        message = f"{len(paths)} outputs have no {what}; the first is '{first}'"
        diagnostics.add("SW605", Span(first), message, f"it should say: {wanted[:60]}")


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
