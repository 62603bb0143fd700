"""Printed documents: HTML in, tagged PDF out. Owns: WeasyPrint, which is imported late.

A document is laid out from a string, with the faces of its language and
nothing else: fonts of the machine are not seen, files are opened by
`write.fetcher` only. What WeasyPrint says, what was refused, what no font can
print and what is too long become problems of the one document. The result is
completed by `write.pdf_finish`; `write.imposition` folds it. One process makes
one document at a time: fonts stay loaded between documents, logs are shared.
"""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Any

from stepwell.model import Direction, Document
from stepwell.write import pango
from stepwell.write.fetcher import FONTS, IMAGES, Gate, Refused, Room
from stepwell.write.font_instances import outlines
from stepwell.write.fonts import FontError, FontSet
from stepwell.write.pdf_density import DENSER, PARTED, SHEET, set_densely
from stepwell.write.pdf_drawings import set_whole_lines
from stepwell.write.pdf_finish import Mark, finish
from stepwell.write.pdf_forms import completed, form_problems, spoken
from stepwell.write.pdf_margins import roomier
from stepwell.write.pdf_problems import Problem, glyph_problems, layout_problems, texts_in_drawings
from stepwell.write.pdf_spaces import loosen
from stepwell.write.pdf_styles import taken_out
from stepwell.write.pdf_text import FontTexts
from stepwell.write.pdf_words import part

VARIANT = "pdf/ua-1"
LIBRARIES = ("weasyprint", "pydyf", "tinycss2", "tinyhtml5", "pyphen", "pillow", "pikepdf")
MODULES = (
    "pdf", "pdf_blanks", "pdf_contents", "pdf_density", "pdf_drawings", "pdf_faces", "pdf_finish",
    "pdf_forms", "pdf_glyphs", "pdf_lines", "pdf_metadata", "pdf_margins", "pdf_order",
    "pdf_problems", "pdf_spaces", "pdf_styles", "pdf_tables", "pdf_text", "pdf_tree", "pdf_words",
    "font_instances", "fetcher", "imposition", "sheets", "cutting", "folding", "stitching",
)  # fmt: skip

BLANK = "blank"
"""Class of a text that is only heard: the name of a cell to write in."""

_TABLE = "data-table"
_LOGGERS = ("weasyprint", "fontTools")
_NO_FONTS = (
    '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig/>'
)


@dataclass(frozen=True, slots=True)
class Made:
    """A PDF, its number of pages, and what is wrong with it, one sentence each.

    A document that asked for something it may not have is not made: `content`
    is empty and `pages` is 0.
    """

    content: bytes
    pages: int
    problems: tuple[str, ...]


def make(document: Document, *, fonts: FontSet, assets: Path) -> Made:
    """Lay out `document` with `fonts`; it may open images under the folder `assets`.

    The bytes depend on the document, the fonts and the versions of libraries
    only. Tagged as PDF/UA-1. FontError when a font file cannot be loaded.
    """
    base = assets.resolve()
    gate = Gate((Room(base, IMAGES), *(Room(root, FONTS) for root in fonts.roots)))
    weasyprint = _weasyprint()
    with _listening() as said:
        try:
            made = _print(document, fonts, gate, base.as_uri() + "/")
        except (Refused, weasyprint.urls.FatalURLFetchingError):
            made = Made(b"", 0, ())
    if gate.refusals:
        made = Made(b"", 0, tuple(gate.refusals))
    heard = [line for line in said if not _is_repeated(line, made.problems)]
    problems = (_local(line, base) for line in (*made.problems, *heard))
    return Made(made.content, made.pages, tuple(dict.fromkeys(problems)))


def _local(line: str, base: Path) -> Problem:
    """A problem with addresses from the images' folder, whatever machine this is."""
    text = line
    for levels, folder in enumerate((base, *base.parents)):
        text = text.replace(f"{folder.as_uri().rstrip('/')}/", "../" * levels)
    return Problem(text, line.code if isinstance(line, Problem) else "SW601")


def key(document: Document, fonts: FontSet, images: str) -> str:
    """The name in a cache (hex) of what `make` and a fold make of these: a hash of all inputs.

    Those are the document, the faces, the hash of the images that it may open, this code and
    the libraries that lay out. WeasyPrint is not imported for that.
    """
    parts = [tools(), fonts.digest, images, document.language, document.title, document.html]
    parts += [document.note, f"{document.max_pages} {document.imposition} {document.fillable}"]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _is_repeated(line: str, problems: tuple[str, ...]) -> bool:
    """True for a warning of a missing glyph when a problem names its character already."""
    return line.startswith(".notdef") and any(line[-7:-1] in problem for problem in problems)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@lru_cache(maxsize=1)
def tools() -> str:
    """Versions of the libraries that lay out, and digests of the modules that use them."""
    here = Path(__file__).parent
    modules = (_digest(here / f"{name}.py") for name in MODULES)
    libraries = (f"{name} {version(name)}" for name in LIBRARIES)
    return " ".join((*libraries, pango.version(), *modules))


def _print(document: Document, fonts: FontSet, gate: Gate, base: str) -> Made:
    """The PDF of a document and its problems, but not what was logged."""
    configuration, faces = _configuration(fonts.css, fonts.roots)
    html = _weasyprint().HTML(string=document.html, base_url=base, url_fetcher=_fetcher(gate))
    for image in html.etree_element.iter("img"):
        if image.get("alt") == "":  # no words on purpose; WeasyPrint would take it for forgotten
            image.set("alt", " ")
    _number_tables(html.etree_element)
    part(html.etree_element)
    loosen(html.etree_element)
    written = taken_out(html.etree_element)
    if document.max_pages == SHEET:
        set_densely(html.etree_element, written)
    styles = [_style_sheet(text) for text in written]
    sheets = [*(sheet for sheet, _ in styles), faces]
    laid_out = _laid_out(html, document, configuration, sheets)
    _refuse_attachments(html, laid_out, gate)
    laid_out.metadata.title = laid_out.metadata.title or document.title
    laid_out.fonts = FontTexts()
    marks: dict[tuple[int, int], Mark] = {}
    for number, page in enumerate(laid_out.pages):
        _watch(page, number, marks, laid_out.fonts)
    content = laid_out.write_pdf(
        pdf_variant=VARIANT,
        custom_metadata=True,
        pdf_forms=document.fillable,
        uncompressed_pdf=True,  # it is compressed when it is complete
    )
    texts = [*(mark.text for mark in marks.values()), *texts_in_drawings(html.etree_element)]
    found = (*layout_problems(document, laid_out), *glyph_problems(fonts, texts))
    found = (*found, *(line for _, said in styles for line in said))
    content = finish(content, marks)
    if document.fillable:
        content = _fillable(content, html.etree_element, fonts)
        found = (*found, *form_problems(html.etree_element))
    return Made(content, len(laid_out.pages), found)


def _fillable(content: bytes, tree: Any, fonts: FontSet) -> bytes:
    """The PDF with fields that are complete, typed in the leading face of the language."""
    direction: Direction = "rtl" if tree.get("dir") == "rtl" else "ltr"
    return completed(content, spoken(tree, direction), outlines(fonts.faces[0].path), direction)


def _laid_out(html: Any, document: Document, configuration: Any, sheets: list[Any]) -> Any:
    """The pages. What is too long for its form is set denser, as far as its styles go."""
    laid_out = _with_margins(html, document, configuration, sheets)
    body, most = html.etree_element.find("body"), document.max_pages
    if body is None or most is None:
        return laid_out
    for name in (*DENSER, PARTED):
        styled = f".{name}" in document.html and name not in body.get("class", "").split()
        # What is parted fills a page that was not full: that saves one page, not more.
        late = len(laid_out.pages) > most + 1 and name == PARTED
        if len(laid_out.pages) > most and styled and not late:
            laid_out = _classed(name, html, document, configuration, sheets)
    if document.imposition == "booklet" and (blank := -len(laid_out.pages) % 4):
        laid_out = _classed(f"spare-{blank}", html, document, configuration, sheets)
    return laid_out


def _classed(
    name: str, html: Any, document: Document, configuration: Any, sheets: list[Any]
) -> Any:
    """The pages with one more class for the body, which their styles wait for."""
    body = html.etree_element.find("body")
    body.set("class", f"{body.get('class', '')} {name}".strip())
    return _render(html, document, configuration, sheets)


def _with_margins(html: Any, document: Document, configuration: Any, sheets: list[Any]) -> Any:
    """The pages, laid out again with higher margins where what runs in them is higher."""
    laid_out = _render(html, document, configuration, sheets)
    if not (margins := roomier(laid_out.pages)):
        return laid_out
    sheets.append(_style_sheet(margins)[0])  # behind the others, so that `:first` keeps its own
    return _render(html, document, configuration, sheets)


def _render(html: Any, document: Document, configuration: Any, sheets: list[Any]) -> Any:
    return html.render(font_config=configuration, stylesheets=sheets, pdf_forms=document.fillable)


@lru_cache(maxsize=64)
def _style_sheet(text: str) -> tuple[Any, tuple[str, ...]]:
    """The style sheet that a text is, and what is said against it: to each document that has it."""
    with _listening() as said:
        sheet = _weasyprint().CSS(string=text)
    return sheet, tuple(said)


@lru_cache(maxsize=1)
def _weasyprint() -> Any:
    """WeasyPrint, imported at first use: that takes a second, and needs Pango.

    What it warns of at its import is nothing new: `write.pango` tells of missing
    libraries, and the fonts of the machine are not used.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import weasyprint
    set_whole_lines(weasyprint.svg)
    return weasyprint


@lru_cache(maxsize=16)
def _configuration(css: str, roots: tuple[Path, ...]) -> tuple[Any, Any]:
    """WeasyPrint's font configuration with exactly these faces, and their style sheet.

    One for each set of faces, or those of one language would be printed in
    another. Kept, because loading it anew would cost each document 20 ms.
    """
    weasyprint = _weasyprint()
    with _without_system_fonts():
        configuration = weasyprint.text.fonts.FontConfiguration()
    fetcher = _fetcher(Gate(tuple(Room(root, FONTS) for root in roots)))
    try:
        sheet = weasyprint.CSS(string=css, url_fetcher=fetcher, font_config=configuration)
    except weasyprint.urls.FatalURLFetchingError as error:
        raise FontError(str(error)) from error
    # It keeps copies of the fonts in a folder, and a forked worker ends without `__del__`.
    Finalize(None, shutil.rmtree, (configuration._folder, True), exitpriority=0)
    return configuration, sheet


@contextmanager
def _without_system_fonts() -> Iterator[None]:
    """Let fontconfig find nothing: a page may not look otherwise on another machine."""
    before = os.environ.get("FONTCONFIG_FILE")
    with tempfile.TemporaryDirectory(prefix="stepwell-") as folder:
        Path(folder, "fonts.conf").write_text(_NO_FONTS, encoding="utf-8")
        os.environ["FONTCONFIG_FILE"] = str(Path(folder, "fonts.conf"))
        try:
            yield
        finally:
            del os.environ["FONTCONFIG_FILE"]
            if before is not None:
                os.environ["FONTCONFIG_FILE"] = before


def _fetcher(gate: Gate) -> Any:
    """An adapter: WeasyPrint's URLFetcher that asks the gate, and knows no web.

    A refusal is fatal, so that no layout without the thing goes on; where
    WeasyPrint swallows even that (inside SVG), the gate remembers it.
    """
    urls = _weasyprint().urls

    class Fetcher(urls.URLFetcher):  # type: ignore[misc, name-defined]
        def fetch(self, url: str, _headers: object = None) -> Any:
            try:
                resource = gate.open(url)
            except Refused as refusal:
                raise urls.FatalURLFetchingError(str(refusal)) from refusal
            # Without its URL: WeasyPrint would read the file again, behind the gate's back.
            return urls.URLFetcherResponse("", resource.content, {"Content-Type": resource.type})

    return Fetcher(allow_redirects=False, allowed_protocols=())


def _refuse_attachments(html: Any, laid_out: Any, gate: Gate) -> None:
    """Embedded files are refused even from the assets: they carry the time of the build."""
    named = [link[1] for page in laid_out.pages for link in page.links if link[0] == "attachment"]
    if laid_out.metadata.attachments:
        named += [link.get("href", "") for link in html.etree_element.iter("link")]
    if named:
        names = "', '".join(dict.fromkeys(named))
        gate.refusals.append(f"refused to attach '{names}': a leaflet carries no other files")
        raise Refused(gate.refusals[-1])


def _watch(page: Any, number: int, marks: dict[tuple[int, int], Mark], fonts: FontTexts) -> None:
    """When `page` is painted, note what its marked contents are, by page and MCID.

    WeasyPrint does not write languages of parts into a PDF, nor what a line of
    Arabic says in the order in which it is read; `_tags` is where it knows.
    """
    paint = page.paint

    def painted(stream: Any, scale: float) -> None:
        paint(stream, scale)
        for box, tag in (stream._tags or {}).items():
            marks[number, tag["mcid"]] = _mark(box)
        for font in fonts.values():
            font.used_in_forms = False  # fields get a face of their own; text needs its subset

    page.paint = painted


def _mark(box: Any) -> Mark:
    text, element = getattr(box, "text", ""), box.element
    label = element.get("aria-label", "") if element is not None and not text else ""
    table = int(element.get(_TABLE, 0)) if element is not None else 0
    blank = element is not None and element.get("class") == BLANK
    return Mark(box.style["lang"] or "", text, label, table, blank)


def _number_tables(root: Any) -> None:
    """Let all that is in a table have its number, so that its parts are known on every page."""
    for number, table in enumerate(root.iter("table"), 1):
        for element in table.iter():
            element.set(_TABLE, str(number))


class _Ear(logging.Handler):
    """Collects warnings and errors, as texts."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


@contextmanager
def _listening() -> Iterator[list[str]]:
    """The list that fills with what WeasyPrint and fontTools warn of, and only here."""
    ear = _Ear()
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    before = [(logger, logger.level, logger.propagate) for logger in loggers]
    for logger, _, _ in before:
        logger.addHandler(ear)
        logger.setLevel(logging.WARNING)
        logger.propagate = False
    try:
        yield ear.lines
    finally:
        for logger, level, propagate in before:
            logger.removeHandler(ear)
            logger.setLevel(level)
            logger.propagate = propagate
