"""What is read from published files: the words of HTML, and of PDFs in the order of their tags.

In Arabic the glyphs of a PDF lie from left to right as they are seen, and readers
turn them round in different ways. The tree of tags says the words as they were
written, which is what is read aloud; lines in the margin of pages are in no tree,
and are taken from poppler.
"""

from __future__ import annotations

import html.parser
import io
import re
import subprocess
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf

from stepwell.write.pdf_tree import is_element, kids

_CONTROLS = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_PAIR = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]*)>")
_SILENT = ("script", "style", "template")
_VOID = ("area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr")


def squeezed(text: str) -> str:
    """A text without spaces, marks of direction and forms of letters, to be compared."""
    return "".join(unicodedata.normalize("NFKC", _CONTROLS.sub("", text)).split())


class Words(html.parser.HTMLParser):
    """The text of an HTML page without scripts and styles, in runs.

    `nodes` are all runs; `loose` those that stand in no `bdi` or other element
    with a direction of its own, so that the direction of the page moves them.
    """

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.nodes: list[str] = []
        self.loose: list[str] = []
        self.open: list[tuple[str, bool]] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _VOID:
            isolated = tag == "bdi" or (("dir", "ltr") in attrs and tag not in ("html", "body"))
            self.open.append((tag, isolated))

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            assert self.open.pop()[0] == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        if not any(tag in _SILENT for tag, _ in self.open):
            self.nodes.append(data)
            if not any(isolated for _, isolated in self.open):
                self.loose.append(data)

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(self.nodes)


def tagged(file: Path) -> str:
    """The text of a PDF in the order of its tree of tags."""
    with pikepdf.open(file) as pdf:
        said = _Said(pdf)
        return "".join(said.under(pdf.Root.StructTreeRoot, None))


def marginal(file: Path) -> str:
    """All text of a PDF as poppler finds it, also what is in no tree."""
    done = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, check=True)
    return done.stdout.decode()


def instructions(content: Any) -> Iterator[tuple[Any, str]]:
    """(operands, operator) of the stream of a page or a form."""
    for found in pikepdf.parse_content_stream(content):
        yield found.operands, str(found.operator)


class _Said:
    """The marked contents of a PDF: (page or form, MCID) -> what the glyphs say."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.texts: dict[tuple[Any, int], str] = {}
        for page in pdf.pages:
            self._stream(page.obj, page)
            for form in dict(page.obj.Resources.get("/XObject", {})).values():
                if form.get("/Subtype") == "/Form":
                    self._stream(form, form)

    def _stream(self, owner: Any, content: Any) -> None:
        fonts = {
            name: _table(font.ToUnicode.read_bytes())
            for name, font in dict(owner.Resources.get("/Font", {})).items()
        }
        marks: list[int | None] = []
        table: dict[bytes, str] = {}
        for operands, operator in instructions(content):
            match operator:
                case "BDC":
                    held = operands[1]
                    named = isinstance(held, pikepdf.Dictionary) and "/MCID" in held
                    marks.append(int(held.MCID) if named else None)
                case "BMC":
                    marks.append(None)
                case "EMC":
                    marks.pop()
                case "Tf":
                    table = fonts.get(str(operands[0]), {})
                case "Tj" | "TJ" if marks and marks[-1] is not None:
                    key = (owner.objgen, marks[-1])
                    self.texts[key] = self.texts.get(key, "") + _glyphs(operands[0], table)

    def under(self, element: Any, page: Any) -> Iterator[str]:
        """What an element and those below it say; ActualText stands for all that it holds.

        Of a drawing its words are heard, and then what is written in it.
        """
        page = element.get("/Pg", page)
        if "/Alt" in element:
            yield f"{element.Alt} "
        if "/ActualText" in element:
            yield str(element.ActualText)
            return
        for kid in kids(element):
            if isinstance(kid, int):
                yield self.texts.get((page.objgen, kid), "")
            elif is_element(kid):
                yield from self.under(kid, page)
            elif "/MCID" in kid:
                owner = kid.get("/Stm", kid.get("/Pg", page))
                yield self.texts.get((owner.objgen, int(kid.MCID)), "")


def _table(to_unicode: bytes) -> dict[bytes, str]:
    pairs = _PAIR.findall(to_unicode.partition(b"endcodespacerange")[2])
    return {
        bytes.fromhex(code.decode()): bytes.fromhex(text.decode()).decode("utf-16-be")
        for code, text in pairs
    }


def _glyphs(shown: Any, table: dict[bytes, str]) -> str:
    parts = shown if isinstance(shown, pikepdf.Array) else [shown]
    codes = io.BytesIO(b"".join(bytes(p) for p in parts if isinstance(p, pikepdf.String)))
    return "".join(table.get(code, "") for code in iter(lambda: codes.read(2), b""))
