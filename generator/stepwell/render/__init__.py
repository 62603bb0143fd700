"""Stage four: editions -> artifacts. Pure: the same editions and templates give the same bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from stepwell.diagnostics import Diagnostics
from stepwell.model import Output
from stepwell.render.analytics import analytics
from stepwell.render.chooser import fronts
from stepwell.render.documents import Documents
from stepwell.render.environment import Templates
from stepwell.render.exports import exports
from stepwell.render.logo import logo
from stepwell.render.obligations import Look
from stepwell.render.pages import Pages
from stepwell.render.preview import preview
from stepwell.resolve import Resolved


def render(
    resolved: Resolved,
    templates: Templates,
    languages: Sequence[str],
    theme_words: tuple[tuple[str, str], ...],
    diagnostics: Diagnostics,
    *,
    pdf: bool,
) -> Iterator[Output]:
    """The outputs of some languages, those first that take longest to write.

    Without `pdf`, no documents and no links to them. What misses an obligation
    is told once the last output was taken.
    """
    look = Look(resolved)
    notices: set[str] = set()
    for tag in languages if pdf else ():
        documents = list(Documents(resolved, templates, tag).all())
        notices |= {document.path for document in documents if document.withheld}
        documents.sort(key=lambda document: -len(document.html))
        yield from look.through(documents)
    for tag in languages:
        pages = Pages(resolved, templates, tag, pdf, notices)
        yield from look.through([pages.website(theme_words)])
        yield from exports(resolved, tag)
    if pdf:
        yield preview(resolved, templates, languages)
    yield from fronts(resolved, templates, languages)
    yield from logo(resolved, languages)
    yield from analytics(resolved, languages)
    look.tell(diagnostics)
