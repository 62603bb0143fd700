"""What is wrong with a document that was laid out. Owns: the questions asked of each.

Each answer is one sentence; an empty answer is a good one. Nothing is changed
here. `write.pdf` asks, and `codes` says what a problem means for the build.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from stepwell.model import Document
from stepwell.write.fonts import FontSet

LINKS = ("http:", "https:", "mailto:", "sms:", "tel:")
_SVG = "{http://www.w3.org/2000/svg}"


class Problem(str):
    """A sentence about a document, with the code of the diagnostic that it becomes."""

    code: str = "SW601"

    def __new__(cls, text: str, code: str = "SW601") -> Problem:
        """The problem that a sentence tells."""
        problem = super().__new__(cls, text)
        problem.code = code
        return problem


def layout_problems(document: Document, laid_out: Any) -> Iterator[str]:
    """Too many pages, a wrong language, links nobody can follow: of WeasyPrint's document."""
    pages, language = laid_out.pages, laid_out.metadata.lang
    if document.max_pages is not None and len(pages) > document.max_pages:
        yield Problem(f"{len(pages)} pages, at most {document.max_pages}", "SW604")
    if language and language != document.language:
        yield f"the page says lang='{language}', but the document is in '{document.language}'"
    for page in pages:
        for kind, target, *_ in page.links:
            if kind == "external" and not target.lower().startswith(LINKS):
                yield f"the link to '{target}' leads nowhere on paper"


def glyph_problems(fonts: FontSet, texts: Sequence[str]) -> Iterator[str]:
    """A sentence for each character that would be left out, with the first text that has it."""
    for character in fonts.missing("".join(texts)):
        text = next((text for text in texts if character in text), character)
        yield Problem(fonts.lacks(character, text), "SW603")


def texts_in_drawings(root: Any) -> Iterator[str]:
    """The texts inside inline SVG below an element, which WeasyPrint paints without marks."""
    for element in root.iter(f"{_SVG}text"):
        yield "".join(element.itertext())
