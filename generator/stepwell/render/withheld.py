"""Which pages and documents are withheld now, because a safety text has no translation."""

from __future__ import annotations

from collections.abc import Iterator

from stepwell.model import Document, Page
from stepwell.render.documents import Documents
from stepwell.render.environment import Templates
from stepwell.render.pages import Pages
from stepwell.resolve import Resolved


def withheld(resolved: Resolved, templates: Templates, language: str) -> Iterator[Page | Document]:
    """The notices that stand in for pages and documents of a language, pages first."""
    pages = Pages(resolved, templates, language, pdf=True).all()
    yield from (page for page in pages if page.withheld)
    documents = Documents(resolved, templates, language).all()
    yield from (document for document in documents if document.withheld)
