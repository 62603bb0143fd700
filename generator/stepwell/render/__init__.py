"""Stage four: editions -> artifacts. Pure: the same editions and templates give the same bytes."""

from __future__ import annotations

from collections.abc import Sequence

from stepwell.diagnostics import Diagnostics
from stepwell.model import Rendered
from stepwell.render import obligations
from stepwell.render.chooser import chooser
from stepwell.render.documents import Documents
from stepwell.render.environment import Templates
from stepwell.render.exports import exports
from stepwell.render.pages import Pages
from stepwell.resolve import Resolved


def render(
    resolved: Resolved,
    templates: Templates,
    languages: Sequence[str],
    theme_words: tuple[tuple[str, str], ...],
    diagnostics: Diagnostics,
    *,
    pdf: bool,
) -> Rendered:
    """The artifacts of some languages; without `pdf`, no documents and no links to them."""
    websites = tuple(Pages(resolved, templates, tag, pdf).website(theme_words) for tag in languages)
    documents = tuple(
        document
        for tag in (languages if pdf else ())
        for document in Documents(resolved, templates, tag).all()
    )
    data = tuple(found for tag in languages for found in exports(resolved, tag))
    obligations.check(resolved, websites, documents, diagnostics)
    return Rendered(websites, documents, (*data, chooser(resolved, templates, languages)))
