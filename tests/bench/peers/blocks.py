"""Finished HTML -> blocks -> the markup that a peer reads: Markdown or Typst.

A converter of our own and not a package's, so that tests can hold that no word is lost. What
is drawn (SVG) and what only a browser runs is left out; fields become their labels. Links lead
to pages as a peer names them; those to files that it does not make become words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Literal

Kind = Literal["heading", "paragraph", "item", "row"]
_OUT = frozenset(("svg", "script", "style", "template", "noscript", "head"))
_BREAKING = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body button caption dd details div dl dt fieldset"
        " figcaption figure footer form header label legend main nav ol option output p"
        " section select summary table tbody tfoot thead tr ul h1 h2 h3 h4 h5 h6 li",
    )
)
_STRONG = frozenset(("b", "strong"))
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|])")
_TYPST = re.compile(r"([\\`*_{}\[\]<>#~$@=/+-])")
_ORDERED = re.compile(r"^(\d+)([.)])")


@dataclass(frozen=True, slots=True)
class Span:
    """Words in one style; `link` is where they lead, or empty."""

    text: str
    strong: bool = False
    link: str = ""


@dataclass(slots=True)
class Block:
    """A heading of a level, a paragraph, an item of a list at a level, or a row of cells."""

    kind: Kind
    level: int = 0
    spans: list[Span] = field(default_factory=list)
    cells: list[list[Span]] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Whether it says nothing."""
        spans = [*self.spans, *(span for cell in self.cells for span in cell)]
        return not any(span.text.strip() for span in spans)


class Reader(HTMLParser):
    """Reads HTML into `blocks`."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[Block] = []
        self._now = Block("paragraph")
        self._out = self._strong = self._lists = 0
        self._row: Block | None = None
        self._link = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a block, a style or a link."""
        if tag in _OUT:
            self._out += 1
        self._strong += tag in _STRONG
        self._lists += tag in ("ul", "ol")
        if tag == "a":
            self._link = dict(attrs).get("href") or ""
        if tag == "br":
            self.handle_data(" ")
        if tag in ("td", "th") and self._row:
            self._now = Block("paragraph")
            self._row.cells.append(self._now.spans)
        elif tag in _BREAKING:
            self._begin(tag)

    def handle_endtag(self, tag: str) -> None:
        """End what was begun."""
        if tag in _OUT:
            self._out -= 1
        self._strong -= tag in _STRONG
        self._lists -= tag in ("ul", "ol")
        if tag == "a":
            self._link = ""
        if tag == "tr" and self._row:
            self.blocks.append(self._row)
            self._row, self._now = None, Block("paragraph")
        if tag in _BREAKING:
            self._begin("p")

    def _begin(self, tag: str) -> None:
        """A new block, unless this is inside of a table, where all is one line."""
        if self._row:
            self._now.spans.append(Span(" "))
            return
        if not self._now.empty:
            self.blocks.append(self._now)
        heading = re.fullmatch(r"h([1-6])", tag)
        if tag == "tr":
            self._row = Block("row")
        if heading:
            self._now = Block("heading", int(heading[1]))
        elif tag in ("li", "option"):
            self._now = Block("item", max(self._lists, 1))
        else:
            self._now = Block("paragraph")

    def handle_data(self, data: str) -> None:
        """Words of the present block."""
        if not self._out:
            self._now.spans.append(Span(re.sub(r"\s+", " ", data), self._strong > 0, self._link))


def blocks(html: str) -> list[Block]:
    """The blocks of an article, or of the body of a document."""
    reader = Reader()
    body = html.find("<body")
    reader.feed(html[max(body, 0) :])
    reader.close()
    reader.handle_endtag("p")
    return [block for block in reader.blocks if not block.empty]


Page = Callable[[str], str]
"""What a peer calls a page that Stepwell leads to; empty for what it does not make."""


def markdown(html: str, page: Page = lambda address: "") -> str:
    """An article as Markdown with tables."""
    lines: list[str] = []
    before = ""
    for block in blocks(html):
        said = _inline(block.spans, page)
        if block.kind == "row":
            lines += [_row(block, page)] if before == "row" else ["", *_head(block, page)]
        elif block.kind == "item":
            lines += [""] if before != "item" else []
            lines.append(f"{'    ' * (block.level - 1)}- {said}")
        else:
            lines += ["", f"{'#' * block.level} {said}".strip()]
        before = block.kind
    return "\n".join(lines).strip() + "\n"


def typst(html: str) -> str:
    """A document as Typst's markup."""
    told: list[str] = []
    for block in blocks(html):
        if block.kind == "row":
            cells = "".join(f"[{_typed(cell)}]," for cell in block.cells)
            told.append(f"#table(columns: {len(block.cells)}, {cells})")
        else:
            mark = {"heading": "=" * block.level + " ", "item": "- "}.get(block.kind, "")
            told.append(mark + _typed(block.spans))
    return "\n\n".join(told) + "\n"


def _typed(spans: list[Span]) -> str:
    said = (_TYPST.sub(r"\\\1", span.text) for span in spans)
    styled = (f"#strong[{t}]" if s.strong else t for s, t in zip(spans, said, strict=True))
    return "".join(styled).strip()


def _head(block: Block, page: Page) -> Iterator[str]:
    yield _row(block, page)
    yield "|" + " --- |" * len(block.cells)


def _row(block: Block, page: Page) -> str:
    return "| " + " | ".join(_inline(cell, page) for cell in block.cells) + " |"


def _inline(spans: list[Span], page: Page) -> str:
    said = "".join(_marked(span, page) for span in spans)
    return _ORDERED.sub(r"\1\\\2", re.sub(r" {2,}", " ", said).strip())


def _marked(span: Span, page: Page) -> str:
    text = _MARKDOWN.sub(r"\\\1", span.text)
    inner = text.strip()
    if not inner:
        return text
    shown = f"**{inner}**" if span.strong else inner
    link = span.link if re.match(r"(https?|tel|mailto):", span.link) else page(span.link)
    shown = f"[{shown}]({link})" if link and span.link else shown
    before, after = (" " if text[at].isspace() else "" for at in (0, -1))
    return f"{before}{shown}{after}"
