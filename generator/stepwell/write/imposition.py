"""Small pages on sheets, to fold, stitch or cut. Owns: where a page lies on a sheet.

The pages become forms on the sheets, and the tags, links, language and metadata
stay: a screen reader reads them in their own order, wherever they lie. `folding` puts
eight panels on one side of a sheet, `stitching` two pages on each side of folded sheets,
`cutting` cards on both sides of one. A page that lies on them several times is read once:
its copies have no tags.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator, Page, Pdf

from stepwell.model import Direction, Imposition
from stepwell.write.cutting import cutting
from stepwell.write.folding import folding
from stepwell.write.pdf_finish import saved
from stepwell.write.pdf_tree import elements, is_element, kids
from stepwell.write.sheets import Sheets, Spot, number
from stepwell.write.stitching import stitching

PLANS = {"fold": folding, "booklet": stitching, "cards": cutting}
"""Imposition -> the sheets of so many pages of a size, read in a direction."""
_MARKED = frozenset(map(Operator, ("BMC", "BDC", "EMC", "MP", "DP")))


def imposed(
    content: bytes, imposition: Imposition, direction: Direction, note: bytes = b""
) -> bytes:
    """The pages of a tagged PDF on sheets, where there is room for it with a note beside them.

    The note is the first page of a PDF. ValueError when there are too many pages, or of a
    size that does not fit.
    """
    with pikepdf.open(BytesIO(content)) as pdf:
        pages = list(pdf.pages)
        sheets = PLANS[imposition](len(pages), _size(pages), direction)
        forms = [_form(pdf, page) for page in pages]
        copies = {n: _copy(pdf, forms[n]) for n, _ in sheets.copies}
        made = [_sheet(pdf, sheets, forms, copies, place) for place in range(sheets.count)]
        if note and sheets.note:
            _write_beside(pdf, made[::2], note, sheets.note)
        _move_links(pages, sheets.spots, made)
        _move_tags(pdf, pages, sheets.spots, forms, made)
        _forget_pages(pdf, made[0])
        _tell_printer(pdf, sheets)
        del pdf.pages[: len(pages)]
        return saved(pdf)


def _size(pages: list[Page]) -> tuple[float, float]:
    """Width and height of all pages, in points; ValueError if they differ."""
    sizes = set()
    for page in pages:
        left, bottom, right, top = map(float, page.mediabox)
        sizes.add((round(right - left, 1), round(top - bottom, 1)))
    if len(sizes) != 1:
        raise ValueError(f"the pages have {len(sizes)} sizes, but one sheet holds only one")
    return sizes.pop()


def _form(pdf: Pdf, page: Page) -> Any:
    """The page as a form that can be placed on a sheet, with its key in the parent tree."""
    form = pdf.make_indirect(page.as_form_xobject())
    if "/StructParents" in page.obj:
        form.StructParents = page.obj.StructParents
    return form


def _copy(pdf: Pdf, form: Any) -> Any:
    """The form without its marks, to be drawn again: what has tags may lie in one place only."""
    parts = pikepdf.parse_content_stream(form)
    kept = [part for part in parts if part.operator not in _MARKED]
    copy = pdf.make_stream(pikepdf.unparse_content_stream(kept))
    for name in form.keys() - {"/Length", "/Filter", "/DecodeParms", "/StructParents"}:
        copy[name] = form[name]
    return copy


def _sheet(pdf: Pdf, sheets: Sheets, forms: list[Any], copies: dict[int, Any], place: int) -> Any:
    """A new last page with the forms of one side of a sheet in their places, and its lines."""
    page = pdf.add_blank_page(page_size=sheets.size).obj
    own = [(n, spot) for n, spot in enumerate(sheets.spots) if spot.sheet == place]
    again = [(n, spot) for n, spot in sheets.copies if spot.sheet == place]
    named = {f"/Page{n + 1}": forms[n] for n, _ in own}
    named |= {f"/Copy{n + 1}": copies[n] for n, _ in again}
    page.Resources = Dictionary(XObject=Dictionary(named))
    drawn = [_drawn(f"/Page{n + 1}", spot) for n, spot in own]
    drawn += [f"/Artifact BMC {_drawn(f'/Copy{n + 1}', spot)} EMC" for n, spot in again]
    page.Contents = pdf.make_stream("\n".join((*drawn, *sheets.lines)).encode())
    page.Tabs = Name.S
    return page


def _write_beside(pdf: Pdf, fronts: list[Any], note: bytes, place: tuple[float, float]) -> None:
    """Draw the page of a note on each front. It is read once, after all else."""
    spot = Spot(0, (1, 0, 0, 1, *place))
    with pikepdf.open(BytesIO(note)) as other:
        form = _form(other, other.pages[0])
        copy = pdf.copy_foreign(_copy(other, form))
        form = pdf.copy_foreign(form)
    for front in fronts:
        first = front is fronts[0]
        front.Resources.XObject["/Note"] = form if first else copy
        drawn = _drawn("/Note", spot) if first else f"/Artifact BMC {_drawn('/Note', spot)} EMC"
        front.Contents.write(front.Contents.read_bytes() + f"\n{drawn}".encode())
    _tag(pdf, form, fronts[0])


def _tag(pdf: Pdf, form: Any, sheet: Any) -> None:
    """Let a form be read as a paragraph, the last of the document."""
    tree: Any = pdf.Root.StructTreeRoot
    (whole,) = kids(tree)
    parts = pikepdf.parse_content_stream(form)
    count = sum(part.operator == Operator("BDC") for part in parts)
    element = pdf.make_indirect(
        Dictionary(
            Type=Name.StructElem,
            S=Name.P,
            P=whole,
            Pg=sheet,
            K=Array(Dictionary(Type=Name.MCR, Pg=sheet, Stm=form, MCID=n) for n in range(count)),
        )
    )
    whole.K = Array([*kids(whole), element])
    numbers = tree.ParentTree.Nums
    form.StructParents = max(int(number) for number in list(numbers)[::2]) + 1
    numbers.append(form.StructParents)
    numbers.append(Array([element] * count))


def _drawn(form: str, spot: Spot) -> str:
    return f"q {' '.join(map(number, spot.matrix))} cm {form} Do Q"


def _tell_printer(pdf: Pdf, sheets: Sheets) -> None:
    """Let the sheet be turned along the right edge, and what is cut be printed in its size."""
    settings: Any = pdf.Root.ViewerPreferences
    if sheets.turned:
        settings.Duplex = Name(f"/DuplexFlip{sheets.turned.title()}Edge")
    if sheets.turned == "long":
        settings.PrintScaling = Name("/None")


def _move_links(pages: list[Page], spots: tuple[Spot, ...], made: list[Any]) -> None:
    """Put the annotations of the pages on the sheets, where their texts lie now."""
    moved: dict[int, list[Any]] = {}
    for page, spot in zip(pages, spots, strict=True):
        a, _, _, d, e, f = spot.matrix
        for annotation in page.obj.get("/Annots", ()):
            x1, y1, x2, y2 = map(float, annotation.Rect)
            xs, ys = sorted((a * x1 + e, a * x2 + e)), sorted((d * y1 + f, d * y2 + f))
            annotation.Rect = Array([round(n, 4) for n in (xs[0], ys[0], xs[1], ys[1])])
            moved.setdefault(spot.sheet, []).append(annotation)
    for place, found in moved.items():
        made[place].Annots = Array(found)


def _move_tags(
    pdf: Pdf, pages: list[Page], spots: tuple[Spot, ...], forms: list[Any], made: list[Any]
) -> None:
    """Let each tag name the form that its content lies in, and its sheet, instead of the page."""
    found = zip(pages, spots, forms, strict=True)
    of_page = {page.obj.objgen: (form, made[spot.sheet]) for page, spot, form in found}
    for element in elements(pdf):
        if "/Pg" in element and (place := of_page.get(element.Pg.objgen)):
            element.Pg = place[1]
            element.K = Array([_moved(kid, *place) for kid in kids(element)])


def _moved(kid: Any, form: Any, sheet: Any) -> Any:
    """An MCID as a reference into `form`; a reference to an annotation is told the sheet."""
    if not isinstance(kid, Dictionary):
        return Dictionary(Type=Name.MCR, Pg=sheet, Stm=form, MCID=kid)
    if not is_element(kid):
        kid.Pg = sheet
    return kid


def _forget_pages(pdf: Pdf, sheet: Any) -> None:
    """Outlines and named places lead to the first sheet, so that no old page stays in the file."""
    if "/Outlines" in pdf.Root:
        del pdf.Root.Outlines
    names: Any = pdf.Root.get("/Names", Dictionary())
    places_by_name = names.get("/Dests", Dictionary()).get("/Names", ())
    for place in list(places_by_name)[1::2]:
        place[0] = sheet
        while len(place) > 1:
            del place[-1]
        place.append(Name.Fit)
