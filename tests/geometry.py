"""What lies where on the pages of a PDF, and what may not: text cut, covered, crossed or too small.

A page is read with pdfium: each piece of a line of text with its box, type size and colour,
the edges of all that is drawn, the fields of forms. The tags say what is a heading and a row.
A check gives one sentence for each fault, with the page and the words. Lengths are points.
"""

from __future__ import annotations

import ctypes
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from stepwell.write.pdf_tree import elements, in_reading_order, is_element

MILLIMETRE = 72 / 25.4
Color = tuple[int, int, int]
WHITE: Color = (255, 255, 255)
CONTRAST = 7.0
LINE = 82
"""Letters of a line of running text: set for 75, and a line of narrow letters has some more.

A Chinese one is as wide as two.
"""
_OVER, _ASIDE = 0.4, 1.5
"""What boxes of two lines may share: a part of the lower height (accents), and points of width."""
_THIN = 4.0
_JOINED = 10
"""Letters that may seem lost, because glyphs of Arabic are joined."""
_FITTED = 0.25
"""Points by which a drawing that is fitted to its column may make type smaller."""
_SHADOWS = 5
"""Pieces of text among which pdfium looks for the one that another is the shadow of."""
_SIMPLE, _MANY = 5, 60
"""Segments of a rectangle, and of what is no outline any more, such as a QR code."""
UNSEEN = raw.FPDF_TEXTRENDERMODE_INVISIBLE
LOW, _WIDE = 30 * MILLIMETRE, 60 * MILLIMETRE
"""A frame that is less high holds a few sentences to look up: what to do in danger."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; the origin is the lower left corner of the page."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """From the left to the right edge."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From the lower to the upper edge."""
        return self.top - self.bottom

    def shared(self, other: Box) -> Box:
        """What two boxes share; its width or height is negative if that is nothing."""
        return Box(
            max(self.left, other.left), max(self.bottom, other.bottom),
            min(self.right, other.right), min(self.top, other.top),
        )  # fmt: skip

    def holds(self, other: Box, slack: float = 1.0) -> bool:
        """Whether the other box lies in this one."""
        inner = self.shared(other)
        return inner.width > other.width - slack and inner.height > other.height - slack


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a line of text. `mark` is its content id, -1 in the margin of a page."""

    text: str
    box: Box
    size: float
    color: Color
    mark: int
    clipped: bool


@dataclass(frozen=True, slots=True)
class Shape:
    """Something that is drawn: a rule, a frame, a filled field.

    The edges of what is `outlined` are shapes of their own.
    """

    box: Box
    filled: Color | None
    outlined: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its size, and what lies on it."""

    number: int
    box: Box
    pieces: tuple[Piece, ...]
    shapes: tuple[Shape, ...]
    fields: tuple[Box, ...]


def pages(content: bytes) -> list[Page]:
    """The pages of a PDF."""
    with pdfium.PdfDocument(content) as pdf:
        return [_page(pdf[number], number + 1) for number in range(len(pdf))]


def _page(page: pdfium.PdfPage, number: int) -> Page:
    words = page.get_textpage()
    pieces: list[Piece] = []
    shapes: list[Shape] = []
    for place in range(raw.FPDFPage_CountObjects(page)):
        for part in _drawn(raw.FPDFPage_GetObject(page, place), words):
            if isinstance(part, Shape):
                shapes.append(part)
            else:
                pieces.append(part if part.text else _repeated(part, pieces))
    fields = [Box(*annotation) for annotation in _widgets(page)]
    size = Box(0, 0, page.get_width(), page.get_height())
    shown = (piece for piece in pieces if _said(piece) and piece.box.width > 0)
    made = Page(number, size, tuple(shown), tuple(shapes), tuple(fields))
    words.close()
    page.close()
    return made


def _drawn(thing: raw.FPDF_PAGEOBJECT, words: pdfium.PdfTextPage) -> Iterator[Piece | Shape]:
    """What is seen of a thing. One that holds others, as a drawing does, has its own measure."""
    kind = raw.FPDFPageObj_GetType(thing)
    if kind == raw.FPDF_PAGEOBJ_TEXT and raw.FPDFTextObj_GetTextRenderMode(thing) != UNSEEN:
        yield _piece(thing, words)
    elif kind == raw.FPDF_PAGEOBJ_PATH:
        yield from _shapes(thing)
    elif kind == raw.FPDF_PAGEOBJ_FORM:
        matrix, mark = raw.FS_MATRIX(), raw.FPDFPageObj_GetMarkedContentID(thing)
        raw.FPDFPageObj_GetMatrix(thing, matrix)
        for place in range(raw.FPDFFormObj_CountObjects(thing)):
            for part in _drawn(raw.FPDFFormObj_GetObject(thing, place), words):
                box = _moved(part.box, matrix)
                if isinstance(part, Shape):
                    yield replace(part, box=box)
                else:
                    yield replace(part, box=box, size=part.size * abs(matrix.d), mark=mark)


def _moved(box: Box, matrix: raw.FS_MATRIX) -> Box:
    """A box of a drawing on its page; drawings are not turned."""
    xs = sorted(matrix.a * x + matrix.e for x in (box.left, box.right))
    ys = sorted(matrix.d * y + matrix.f for y in (box.bottom, box.top))
    return Box(xs[0], ys[0], xs[1], ys[1])


def _repeated(piece: Piece, before: list[Piece]) -> Piece:
    """A piece that pdfium is silent about with its words.

    Words that stand closely below the same words are the shadow of them to pdfium.
    """
    for other in reversed(before[-_SHADOWS:]):
        both, width = piece.box.shared(other.box), piece.box.width
        alike = abs(other.box.width - width) < width / 2 and abs(other.size - piece.size) < _FITTED
        if alike and both.width >= 0 and both.height >= 0:
            return replace(piece, text=other.text)
    return piece


def _said(piece: Piece) -> bool:
    """Whether a piece is more than spaces, and signs above or below a letter."""
    return any(
        unicodedata.category(letter) not in ("Mn", "Cf", "Zs", "Cc") for letter in piece.text
    )


def _piece(thing: raw.FPDF_PAGEOBJECT, words: pdfium.PdfTextPage) -> Piece:
    letters = raw.FPDFTextObj_GetText(thing, words, None, 0)
    buffer = (ctypes.c_ushort * (letters // 2 + 1))()
    raw.FPDFTextObj_GetText(thing, words, buffer, letters)
    text = bytes(buffer)[:letters].decode("utf-16-le").rstrip("\0")
    size, matrix = ctypes.c_float(), raw.FS_MATRIX()
    raw.FPDFTextObj_GetFontSize(thing, size)
    raw.FPDFPageObj_GetMatrix(thing, matrix)
    box = _bounds(thing)
    clip = _clip(thing)
    return Piece(
        text, box, size.value * abs(matrix.d), _color(thing) or WHITE,
        raw.FPDFPageObj_GetMarkedContentID(thing),
        clip is not None and not clip.holds(box),
    )  # fmt: skip


def _shapes(thing: raw.FPDF_PAGEOBJECT) -> Iterator[Shape]:
    """A path as a whole, and the lines of an outline, whose box has no edges of its own."""
    box, clip = _bounds(thing), _clip(thing)
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(thing, mode, stroke)
    count = raw.FPDFPath_CountSegments(thing)
    free = clip is None or clip.holds(box)
    drawn = not mode.value  # as lines, without a field between them
    outlined = count < _MANY and (drawn or (free and count > _SIMPLE))
    filled = _color(thing) if mode.value and count <= _SIMPLE and free else None
    yield Shape(box.shared(clip) if clip else box, filled, outlined)
    before, matrix = (0.0, 0.0), raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(thing, matrix)
    for place in range(count if outlined else 0):
        segment = raw.FPDFPath_GetPathSegment(thing, place)
        (x1, y1), (x2, y2) = before, _point(segment, matrix)
        before = (x2, y2)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_LINETO:
            yield Shape(Box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)), None)


def _point(segment: raw.FPDF_PATHSEGMENT, matrix: raw.FS_MATRIX) -> tuple[float, float]:
    """Where a segment of a path ends, on the page."""
    x, y = ctypes.c_float(), ctypes.c_float()
    raw.FPDFPathSegment_GetPoint(segment, x, y)
    return (
        matrix.a * x.value + matrix.c * y.value + matrix.e,
        matrix.b * x.value + matrix.d * y.value + matrix.f,
    )


def _bounds(thing: raw.FPDF_PAGEOBJECT) -> Box:
    found = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(thing, *found)
    return Box(*(value.value for value in found))


def _color(thing: raw.FPDF_PAGEOBJECT) -> Color | None:
    red, green, blue, alpha = found = [ctypes.c_uint() for _ in range(4)]
    raw.FPDFPageObj_GetFillColor(thing, *found)
    return (red.value, green.value, blue.value) if alpha.value else None


def _clip(thing: raw.FPDF_PAGEOBJECT) -> Box | None:
    """The box of all that is left of something; None if nothing clips it."""
    clip = raw.FPDFPageObj_GetClipPath(thing)
    box: Box | None = None
    for path in range(max(raw.FPDFClipPath_CountPaths(clip), 0) if clip else 0):
        points = []
        for place in range(raw.FPDFClipPath_CountPathSegments(clip, path)):
            x, y = ctypes.c_float(), ctypes.c_float()
            raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(clip, path, place), x, y)
            points.append((x.value, y.value))
        if points:
            xs, ys = zip(*points, strict=True)
            part = Box(min(xs), min(ys), max(xs), max(ys))
            box = part if box is None else box.shared(part)
    return box


def _widgets(page: pdfium.PdfPage) -> Iterator[tuple[float, float, float, float]]:
    for place in range(raw.FPDFPage_GetAnnotCount(page)):
        note = raw.FPDFPage_GetAnnot(page, place)
        if raw.FPDFAnnot_GetSubtype(note) == raw.FPDF_ANNOT_WIDGET:
            rectangle = raw.FS_RECTF()
            raw.FPDFAnnot_GetRect(note, rectangle)
            yield (rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
        raw.FPDFPage_CloseAnnot(note)


# What may not be ------------------------------------------------------------------------------


def outside(page: Page, margin: float) -> Iterator[str]:
    """Text that lies nearer to the edge of the paper than `margin`, or beyond."""
    inner = Box(margin, margin, page.box.right - margin, page.box.top - margin)
    for piece in page.pieces:
        if not inner.holds(piece.box, 0.5):
            yield _told(page, piece, "lies outside of the page")
        if piece.clipped:
            yield _told(page, piece, "is hidden by a clip")


def overlapping(page: Page) -> Iterator[str]:
    """Two pieces of text that lie over each other."""
    found = sorted(page.pieces, key=lambda piece: -piece.box.top)
    for place, one in enumerate(found):
        for other in found[place + 1 :]:
            if other.box.top < one.box.bottom:
                break
            both = one.box.shared(other.box)
            least = min(one.box.height, other.box.height)
            aside = max(_ASIDE, one.size / 8)
            if both.width > aside and both.height > _OVER * least:
                yield _told(page, one, f"lies over '{other.text.strip()[:40]}'")


def crossed(page: Page) -> Iterator[str]:
    """Text that a rule, the edge of a frame or a field of a form goes through."""
    for piece in page.pieces:
        for shape in page.shapes:
            if not shape.outlined and _crosses(piece.box, shape.box):
                yield _told(page, piece, "is crossed by a line")
                break
        for field in page.fields:
            both = piece.box.shared(field)
            if both.width > _ASIDE and both.height > _ASIDE:
                yield _told(page, piece, "lies on a field")


def _crosses(text: Box, shape: Box) -> bool:
    """Whether an edge of a shape goes through the inside of a text."""
    both = text.shared(shape)
    if both.width < 0 or both.height < 0:
        return False
    height = text.height / 4
    if shape.height < _THIN:
        middle = (shape.bottom + shape.top) / 2
        return both.width > _ASIDE and text.bottom + height < middle < text.top - height
    if shape.width < _THIN:
        middle = (shape.left + shape.right) / 2
        return both.height > _ASIDE and text.left + _ASIDE < middle < text.right - _ASIDE
    across = both.height > height and any(
        text.left + _ASIDE < edge < text.right - _ASIDE for edge in (shape.left, shape.right)
    )
    along = both.width > _ASIDE and any(
        text.bottom + height < edge < text.top - height for edge in (shape.bottom, shape.top)
    )
    return across or along


def too_small(page: Page, least: float, foot: float) -> Iterator[str]:
    """Text in smaller type than `least`, or than `foot` in the margin of a page."""
    for piece in page.pieces:
        if piece.size < (foot if piece.mark < 0 else least) - _FITTED:
            yield _told(page, piece, f"is set in {piece.size:.1f} points")


def faint(page: Page) -> Iterator[str]:
    """Text with too little contrast to the paper, or to the field that it stands on."""
    fields = [shape for shape in page.shapes if shape.filled is not None]
    for piece in page.pieces:
        under = [shape for shape in fields if shape.box.holds(piece.box)]
        ground = under[-1].filled if under else WHITE
        if ground and contrast(piece.color, ground) < CONTRAST:
            yield _told(page, piece, "has too little contrast")


def contrast(one: Color, other: Color) -> float:
    """The contrast of two colours, as WCAG counts it."""
    lighter, darker = sorted((_light(one), _light(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _light(color: Color) -> float:
    parts = [value / 255 for value in color]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def too_wide(page: Page, most: int = LINE) -> Iterator[str]:
    """Lines of running text with more letters than one can follow with the eye.

    What stands in the margin of a page or in a low frame is looked up, not read on and on.
    """
    frames = [s.box for s in page.shapes if _THIN < s.box.height < LOW and s.box.width > _WIDE]
    for line in lines(page):
        letters = sum(_width(letter) for piece in line for letter in piece.text)
        framed = any(frame.holds(line[0].box) for frame in frames)
        if letters > most and not framed and all(piece.mark >= 0 for piece in line):
            yield _told(page, line[0], f"has {letters} letters in a line")


def lines(page: Page) -> list[list[Piece]]:
    """The pieces of text beside each other in lines; cells of a table are lines of their own."""
    rows: list[list[Piece]] = []
    for piece in sorted(page.pieces, key=lambda piece: piece.box.left):
        for row in reversed(rows):
            last = row[-1]
            near = -_ASIDE * 2 < piece.box.left - last.box.right < piece.size
            least = min(last.box.height, piece.box.height)
            if near and last.box.shared(piece.box).height > 0.6 * least:
                row.append(piece)
                break
        else:
            rows.append([piece])
    return rows


def _width(letter: str) -> int:
    if unicodedata.category(letter) in ("Mn", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def _told(page: Page, piece: Piece, fault: str) -> str:
    return f"page {page.number}: '{piece.text.strip()[:60]}' {fault}"


# What the tags say ----------------------------------------------------------------------------


def parted(content: bytes, html: str) -> Iterator[str]:
    """Headings that end a page, and rows that two pages share."""
    found = pages(content)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages)}
        leaves = [
            (numbers[element.Pg.objgen], kid, _heading(element))
            for element, kid in in_reading_order(pdf.Root.StructTreeRoot)
        ]
        rows = sum(element.S == pikepdf.Name.TR for element in elements(pdf))
    for (number, mark, heading), (after, _, following) in pairwise([*leaves, (-1, -1, "")]):
        last = heading and after != number and following != heading
        if last and not _room_below(found[number], mark):
            yield f"page {number + 1}: a heading ends the page"
    if rows > (asked := len(re.findall(r"<tr\b", html))):
        yield f"{rows - asked} rows are split over two pages"


def _room_below(page: Page, mark: int) -> bool:
    """Whether there is something to fill in below a heading, such as lines to write on."""
    box = next(piece.box for piece in page.pieces if piece.mark == mark)
    drawn = [*(shape.box for shape in page.shapes), *page.fields]
    return any(
        0 < box.bottom - other.bottom < 60 and other.shared(box).width > box.width / 2
        for other in drawn
        if not other.holds(box)
    )


def _heading(element: pikepdf.Object) -> str:
    """The heading that an element is in, by its number; empty if it is in none."""
    inside: pikepdf.Object | None = element
    while inside is not None and is_element(inside):
        if re.fullmatch(r"/H[1-6]?", str(inside.S)):
            return str(inside.objgen)
        inside = inside.get("/P")
    return ""


def missing(content_pages: list[Page], written: str) -> Iterator[str]:
    """Letters of `written` that stand on no page, however they are arranged.

    A few are nothing: letters that are joined are not always told apart.
    """
    shown = Counter(
        letter for page in content_pages for piece in page.pieces for letter in _plain(piece.text)
    )
    lost = Counter(_plain(written)) - shown
    if lost.total() > _JOINED:
        yield f"{lost.total()} letters are not printed: {''.join(lost.elements())[:80]}"


def _plain(text: str) -> Iterator[str]:
    return (letter for letter in unicodedata.normalize("NFKC", text) if letter.isalnum())


Check = Callable[[Page], Iterator[str]]
