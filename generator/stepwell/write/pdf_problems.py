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
SLACK = 1.0
"""CSS pixels by which a line may lie outside of the paper: signs below the letters."""
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
    """Too many pages, text cut off, a wrong language, links nobody can follow."""
    pages, language = laid_out.pages, laid_out.metadata.lang
    if document.max_pages is not None and len(pages) > document.max_pages:
        yield Problem(too_long(document, document.max_pages, pages), "SW604")
    yield from (Problem(text, "SW607") for text in _cut(pages))
    if language and language != document.language:
        yield f"the page says lang='{language}', but the document is in '{document.language}'"
    for page in pages:
        for kind, target, *_ in page.links:
            if kind == "external" and not target.lower().startswith(LINKS):
                yield f"the link to '{target}' leads nowhere on paper"


def too_long(document: Document, most: int, pages: Sequence[Any]) -> str:
    """By how much a document is too long, where, and which text is the longest."""
    lines = sum(1 for page in pages[most:] for _ in _lines(page))
    said = f"{len(pages)} pages, at most {most}: {_counted(lines)} too many"
    panels = [f"'{name}' has {_counted(over)} too many" for name, over in _full_panels(pages, most)]
    said = "; panel ".join((said, *panels))
    return f"{said}; the longest text is {document.longest}" if document.longest else said


def _counted(lines: int) -> str:
    return "1 line" if lines == 1 else f"{lines} lines"


def _full_panels(pages: Sequence[Any], most: int) -> Iterator[tuple[str, int]]:
    """The panels of a folded sheet that are too full or too many: their titles, lines over."""
    parts: dict[Any, list[tuple[int, Any]]] = {}
    for number, page in enumerate(pages):
        for box in _flowing(page):
            if _is_panel(box):
                parts.setdefault(box.element, []).append((number, box))
    for element, found in parts.items():
        first = found[0][0]
        over = [box for number, box in found if number != first or number >= most]
        lines = sum(1 for box in over for inner in box.descendants() if _is_line(inner))
        if lines:
            title = next((inner for inner in element.iter() if inner.tag in ("h1", "h2")), element)
            yield " ".join("".join(title.itertext()).split()), lines


def _is_panel(box: Any) -> bool:
    element = getattr(box, "element", None)
    named = element is not None and element.get("class") == "panel"
    return named and type(box).__name__ == "BlockBox"


def _is_line(box: Any) -> bool:
    return type(box).__name__ == "LineBox"


def _lines(page: Any) -> Iterator[Any]:
    """The lines of a page, without those that run in its margins."""
    return (box for box in _flowing(page) if _is_line(box))


def _flowing(page: Any) -> Iterator[Any]:
    """All boxes of a page, without those that run in its margins."""
    flow = (child for child in page._page_box.children if type(child).__name__ != "MarginBox")
    for child in flow:
        yield from child.descendants()


def _cut(pages: Sequence[Any]) -> Iterator[str]:
    """A sentence for each page on which text lies outside of the paper."""
    for number, page in enumerate(pages, start=1):
        paper = page._page_box
        width, height = paper.margin_width(), paper.margin_height()
        for box in paper.descendants(placeholders=True):
            text = (getattr(box, "text", "") or "").strip()
            if not text:
                continue
            over = max(
                -box.position_x, -box.position_y,
                box.position_x + box.width - width, box.position_y + box.height - height,
            )  # fmt: skip
            if over > SLACK:
                lost = f"{over * 25.4 / 96:.1f} mm"
                yield f"'{text}' on page {number} is cut off at the edge of the paper by {lost}"
                break


def glyph_problems(fonts: FontSet, texts: Sequence[str]) -> Iterator[str]:
    """A sentence for each character that would be left out, with the first text that has it."""
    for character in fonts.missing("".join(texts)):
        text = next((text for text in texts if character in text), character)
        yield Problem(fonts.lacks(character, text), "SW603")


def texts_in_drawings(root: Any) -> Iterator[str]:
    """The texts inside inline SVG below an element, which WeasyPrint paints without marks."""
    for element in root.iter(f"{_SVG}text"):
        yield "".join(element.itertext())
