"""Fields that are filled on screen. Owns: what a form is in a PDF, by pikepdf.

WeasyPrint puts a widget where HTML has an input, and tags it. What it leaves out
is done here: a spoken label for each field, a whole face to type with (a subset
has only the letters that are printed), right alignment, ticks, and nothing that
sends or runs. A field takes no more than it shows: what is typed is what is printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from stepwell.model import Direction
from stepwell.write.font_instances import Outlines
from stepwell.write.pdf_finish import saved
from stepwell.write.pdf_problems import Problem
from stepwell.write.pdf_tree import below, elements, is_element, kids

FACE = "Stepwell"
CALLED: dict[Direction, str] = {"ltr": FACE, "rtl": "Wingdings"}
"""What fields call the face. PDFium (Chrome, Edge) types Arabic in a font of the machine, or in
none, except where the name is that of a font of signs; a name is free, the face is ours."""
FIELDS = ("input", "textarea")
AGAIN = "again-"
"""How the name of an input begins that repeats a field in the margin of each page."""
RIGHT = 2
DO_NOT_SCROLL = 1 << 23

_SIZE = re.compile(rb"([0-9.]+) Tf")
_RUNS = ("/A", "/AA", "/MaxLen", "/Border", "/MK")
"""What no field has: actions, a limit, and lines that the page draws already."""
_OF_A_FIELD = ("/FT", "/T", "/V", "/Ff", "/TU")
_BLOCK = 100  # a table of characters has at most so many in one block


def spoken(tree: Any, direction: Direction) -> dict[str, str]:
    """Name -> label of each field in an HTML tree, in its order: what a screen reader says.

    A title goes before a `<label>`, because in a table it says the row too.
    """
    labels = {label.get("for"): label for label in tree.iter("label")}
    found = {}
    for field in _fields(tree):
        label = labels.get(field.get("id"))
        words = "" if label is None else " ".join(_said(label, direction).split())
        found[field.get("name", "")] = field.get("title") or words
    return found


def form_problems(tree: Any) -> Iterator[Problem]:
    """Fields that nobody could name: no name or label, two with one name, none to repeat."""
    names = [field.get("name", "") for field in _fields(tree)]
    labels = spoken(tree, "ltr")
    for name in dict.fromkeys(names):
        if not name or not labels[name]:
            yield Problem(f"the field '{name}' has no name or no label: give it both", "SW601")
        elif names.count(name) > 1:
            yield Problem(
                f"two fields are called '{name}': what is typed would be in both", "SW601"
            )
        elif name.startswith(AGAIN) and name.removeprefix(AGAIN) not in names:
            yield Problem(f"the field '{name}' repeats one that is not there", "SW601")


def completed(
    content: bytes, labels: Mapping[str, str], face: Outlines, direction: Direction
) -> bytes:
    """A finished PDF whose fields can be filled; one without fields stays as it is."""
    with pikepdf.open(BytesIO(content)) as pdf:
        if "/AcroForm" not in pdf.Root:
            return content
        fields = _in_order(pdf)
        repeated = _repeated(pdf, fields)
        for field in (*fields, *repeated):
            _complete(pdf, field, labels, direction)
        fields = [_joined(pdf, field, repeated) for field in fields]
        pdf.Root.AcroForm = Dictionary(
            Fields=Array(fields),
            DR=Dictionary(Font=Dictionary({f"/{CALLED[direction]}": _font(pdf, face)})),
            DA=String(f"0 g /{CALLED[direction]} 11 Tf"),
            Q=RIGHT if direction == "rtl" else 0,
            NeedAppearances=True,
        )
        return saved(pdf)


def _fields(tree: Any) -> Iterator[Any]:
    return (element for element in tree.iter() if element.tag in FIELDS)


def _said(element: Any, direction: Direction) -> str:
    """The words of an element; in text from right to left, isolated runs stay so."""
    inner = (element.text or "") + "".join(
        _said(child, direction) + (child.tail or "") for child in element
    )
    isolated = direction == "rtl" and element.tag == "bdi"
    return f"\u2066{inner}\u2069" if isolated else inner


def _in_order(pdf: Pdf) -> list[Any]:
    """The widgets in reading order; the pages get theirs in this order too, for the tab key."""
    found = [kid.Obj for e in elements(pdf) if str(e.S) == "/Form" for kid in kids(e)]
    places = {widget.objgen: place for place, widget in enumerate(found)}
    for page in pdf.pages:
        annotations = list(page.obj.get("/Annots", ()))
        if annotations:
            annotations.sort(key=lambda one: places.get(one.objgen, -1))
            page.obj.Annots = Array(annotations)
        page.obj.Tabs = Name.S
    return found


def _repeated(pdf: Pdf, fields: list[Any]) -> list[Any]:
    """Widgets in the margins of pages, which repeat a field.

    They are put into the tree before what begins on their page, as they are seen and tabbed to.
    """
    known = {field.objgen for field in fields}
    whole = kids(pdf.Root.StructTreeRoot)[0]
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    elements_by_number = {int(numbers[n]): numbers[n + 1] for n in range(0, len(numbers), 2)}
    found = []
    for page in pdf.pages:
        for widget in page.obj.get("/Annots", ()):
            if str(widget.get("/Subtype")) == "/Widget" and widget.objgen not in known:
                element = elements_by_number[int(widget.StructParent)]
                element.P = whole
                inner = kids(whole)
                inner.insert(_place_on(pdf, page, inner), element)
                whole.K = Array(inner)
                found.append(widget)
    return found


def _place_on(pdf: Pdf, page: Any, inner: list[Any]) -> int:
    """The place among some elements of the first that begins on a page or later."""
    pages = [one.obj.objgen for one in pdf.pages]
    here = pages.index(page.obj.objgen)
    for place, element in enumerate(inner):
        begun = next(_pages_of(element), None)
        if begun is not None and pages.index(begun.objgen) >= here:
            return place
    return len(inner)


def _pages_of(element: Any) -> Iterator[Any]:
    """The page of each text and field in an element, as they are read."""
    for one in (element, *below(element)):
        for kid in kids(one):
            if not is_element(kid):
                yield one.Pg if isinstance(kid, int) else kid.Pg


def _joined(pdf: Pdf, field: Any, repeated: list[Any]) -> Any:
    """A field with the widgets that repeat it: what is typed in one stands in all."""
    again = [widget for widget in repeated if str(widget.get("/T")) == AGAIN + str(field.get("/T"))]
    if not again:
        return field
    whole = Dictionary({key: field[key] for key in _OF_A_FIELD if key in field})
    for widget in (field, *again):
        for key in _OF_A_FIELD[:-1]:  # each keeps its label: it is what a viewer says of it
            if key in widget:
                del widget[key]
    whole.Kids = Array([field, *again])
    made = pdf.make_indirect(whole)
    for widget in (field, *again):
        widget.Parent, widget.TU = made, whole.TU
    return made


def _complete(pdf: Pdf, field: Any, labels: Mapping[str, str], direction: Direction) -> None:
    field.TU = String(labels.get(str(field.T)) or str(field.T))
    for key in _RUNS:
        if key in field:
            del field[key]
    if str(field.FT) == "/Btn":
        _set_ticks(pdf, field)
        return
    size = _SIZE.search(bytes(field.DA))
    field.DA = String(f"0 g /{CALLED[direction]} {size[1].decode() if size else '11'} Tf")
    field.Ff = int(field.get("/Ff", 0)) | DO_NOT_SCROLL
    field.Q = RIGHT if direction == "rtl" else 0


def _set_ticks(pdf: Pdf, field: Any) -> None:
    """A tick for `on` and nothing for `Off`, drawn from lines: no font has to have one."""
    x1, y1, x2, y2 = map(float, field.Rect)
    width, height = x2 - x1, y2 - y1
    points = ((0.15, 0.5), (0.4, 0.2), (0.87, 0.85))
    places = [f"{x * width:.2f} {y * height:.2f}" for x, y in points]
    tick = f"q 1.6 w 1 J 1 j 0 G {places[0]} m {places[1]} l {places[2]} l S Q"
    drawn = {"/on": tick, "/Off": ""}
    field.AP = Dictionary(
        N=Dictionary({k: _drawing(pdf, v, width, height) for k, v in drawn.items()})
    )
    field.AS = field.V = Name.Off
    field.BS = Dictionary(W=0)  # else PDFium draws a tick of its own, and makes room for a border


def _drawing(pdf: Pdf, content: str, width: float, height: float) -> Any:
    form = Stream(pdf, content.encode())
    form.Type, form.Subtype = Name.XObject, Name.Form
    form.BBox = Array([0, 0, round(width, 2), round(height, 2)])
    form.Resources = Dictionary()
    return pdf.make_indirect(form)


def _font(pdf: Pdf, face: Outlines) -> Any:
    """The whole face as a composite font whose codes are its glyphs."""
    name, is_cff = Name(f"/{FACE}"), face.path.suffix == ".otf"
    file = Stream(pdf, face.path.read_bytes())
    if is_cff:
        file.Subtype = Name.OpenType
    else:
        file.Length1 = face.path.stat().st_size
    described = Dictionary(
        Type=Name.FontDescriptor, FontName=name, Flags=4, ItalicAngle=0, StemV=80,
        Ascent=face.ascent, Descent=face.descent, CapHeight=face.ascent,
        FontBBox=Array([0, face.descent, max(face.widths, default=1000), face.ascent]),
    )  # fmt: skip
    described["/FontFile3" if is_cff else "/FontFile2"] = file
    glyphs = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType0 if is_cff else Name.CIDFontType2, BaseFont=name,
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        FontDescriptor=pdf.make_indirect(described), DW=1000, W=Array([0, Array(face.widths)]),
    )  # fmt: skip
    if not is_cff:
        glyphs.CIDToGIDMap = Name.Identity
    return pdf.make_indirect(Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=name, Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(glyphs)]), ToUnicode=Stream(pdf, _letters(face)),
    ))  # fmt: skip


def _letters(face: Outlines) -> bytes:
    """The table that says which character a glyph is; a viewer reads it backwards to type."""
    said: dict[int, int] = {}
    for character, glyph in sorted(face.glyphs.items()):
        said.setdefault(glyph, character)
    pairs = [f"<{g:04x}> <{chr(c).encode('utf-16-be').hex()}>" for g, c in sorted(said.items())]
    blocks = [pairs[start : start + _BLOCK] for start in range(0, len(pairs), _BLOCK)]
    lines = ["/CIDInit /ProcSet findresource begin", "12 dict begin", "begincmap"]
    lines += ["/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def"]
    lines += ["/CMapName /Adobe-Identity-UCS def", "/CMapType 2 def"]
    lines += ["1 begincodespacerange", "<0000> <ffff>", "endcodespacerange"]
    for block in blocks:
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines).encode()
