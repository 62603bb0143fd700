"""What every output carries, and which outputs would miss some of it. Pure.

Crisis line, emergency number, owner and intended use stand on each output;
version and review dates on each that belongs to a pathway.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markupsafe import Markup

from stepwell.diagnostics import Diagnostics
from stepwell.model import Document, Output, Page, Website
from stepwell.resolve import Resolved
from stepwell.resolve.prose import Prose
from stepwell.source import Span


class Look:
    """Looks at outputs as they pass, and tells at the end what was missing."""

    def __init__(self, resolved: Resolved) -> None:
        self._resolved = resolved
        self._missing: dict[tuple[str, str], list[str]] = {}

    def through(self, outputs: Iterable[Output]) -> Iterator[Output]:
        """The same outputs, each looked at."""
        for output in outputs:
            if isinstance(output, Website):
                for page in output.pages:
                    self._at(page, output.banner + page.html + output.footer)
            elif isinstance(output, Document):
                self._at(output, output.html)
            yield output

    def _at(self, artifact: Page | Document, html: str) -> None:
        text = _squeezed(Markup(html).striptags())
        for what, wanted in _wanted(self._resolved, artifact):
            if _squeezed(wanted) not in text:
                self._missing.setdefault((what, wanted), []).append(artifact.path)

    def tell(self, diagnostics: Diagnostics) -> None:
        """SW605 for each thing that outputs miss, with their number and the first of them."""
        for (what, wanted), paths in self._missing.items():
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
