"""The pocket guide: eight small pages on one A4 sheet. Owns: where a page lies on the sheet.

The sheet is printed on one side, folded into eighths, cut along the middle and
pushed together to a booklet, without glue or staples. The pages become forms
on the sheet, and the tags, links, language and metadata stay: a screen reader
reads the sheet from page one to eight. Go on to `write.files`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Page, Pdf

from stepwell.model import Direction
from stepwell.write.pdf_finish import elements, is_element, kids, saved

MILLIMETRE = 72 / 25.4  # points
PANEL = (74.25 * MILLIMETRE, 105 * MILLIMETRE)
COLUMNS = 4
TICK = 8 * MILLIMETRE  # of which a printer leaves out about half

# Page numbers as they lie on the sheet. The lower row is upside down: its pages
# and those above them stand foot to foot along the fold, as they do in the booklet.
UPPER = (8, 1, 2, 3)
LOWER = (7, 6, 5, 4)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page lies: column from the left, upper row or, turned by 180°, lower row."""

    column: int
    upper: bool

    @property
    def matrix(self) -> tuple[float, float, float, float, float, float]:
        """The PDF matrix from points of the page to points of the sheet."""
        width, height = PANEL
        if self.upper:
            return (1, 0, 0, 1, self.column * width, height)
        return (-1, 0, 0, -1, (self.column + 1) * width, height)


def fold(content: bytes, *, direction: Direction) -> bytes:
    """One A4 landscape page from a tagged PDF with at most eight pages of 74.25 by 105 mm.

    Missing pages stay blank. ValueError when there are more pages, or others.
    """
    with pikepdf.open(BytesIO(content)) as pdf:
        panels = list(pdf.pages)
        _check(panels)
        spots = places(direction)[: len(panels)]
        forms = [_form(pdf, panel) for panel in panels]
        sheet = _sheet(pdf, forms, spots)
        _move_links(panels, spots, sheet)
        _move_tags(pdf, panels, forms, sheet)
        _forget_pages(pdf, sheet)
        del pdf.pages[: len(panels)]
        return saved(pdf)


def places(direction: Direction) -> tuple[Place, ...]:
    """Where pages 1 to 8 lie. A book that is read from right to left has mirrored rows."""
    found = {}
    for upper, row in ((True, UPPER), (False, LOWER)):
        for column, number in enumerate(row if direction == "ltr" else row[::-1]):
            found[number] = Place(column, upper)
    return tuple(found[number] for number in sorted(found))


def _check(panels: list[Page]) -> None:
    most = 2 * COLUMNS
    if len(panels) > most:
        raise ValueError(
            f"{len(panels)} pages, but a folded sheet has {most}:"
            " shorten the longest text of the pocket guide"
        )
    for number, panel in enumerate(panels, start=1):
        left, bottom, right, top = map(float, panel.mediabox)
        if abs(right - left - PANEL[0]) > 0.5 or abs(top - bottom - PANEL[1]) > 0.5:
            raise ValueError(
                f"page {number} is no panel of 74.25 by 105 mm:"
                " write `@page { size: 74.25mm 105mm }`"
            )


def _form(pdf: Pdf, panel: Page) -> Any:
    """The page as a form that can be placed on the sheet, with its key in the parent tree."""
    form = pdf.make_indirect(panel.as_form_xobject())
    if "/StructParents" in panel.obj:
        form.StructParents = panel.obj.StructParents
    return form


def _sheet(pdf: Pdf, forms: list[Any], spots: tuple[Place, ...]) -> Any:
    """A new last page with the forms in their places, and the marks to fold and cut by."""
    width, height = PANEL
    page = pdf.add_blank_page(page_size=(COLUMNS * width, 2 * height)).obj
    names = [f"/Panel{number}" for number in range(1, len(forms) + 1)]
    page.Resources = Dictionary(XObject=Dictionary(dict(zip(names, forms, strict=True))))
    drawn = (
        f"q {' '.join(map(_number, spot.matrix))} cm {name} Do Q"
        for name, spot in zip(names, spots, strict=True)
    )
    page.Contents = pdf.make_stream("\n".join((*drawn, *_lines())).encode())
    page.Tabs = Name.S
    return page


def _lines() -> Iterator[str]:
    """Short ticks where the sheet is folded, and a dashed line where it is cut."""
    width, height = PANEL
    right, top = COLUMNS * width, 2 * height
    yield "/Artifact BMC q 0.4 w 0.5 G"
    for x in (width, 2 * width, 3 * width):
        yield _line(x, 0, x, TICK)
        yield _line(x, top - TICK, x, top)
    yield _line(0, height, TICK, height)
    yield _line(right - TICK, height, right, height)
    yield "0.2 G [3 3] 0 d " + _line(width, height, 3 * width, height)
    yield "Q EMC"


def _line(*ends: float) -> str:
    x1, y1, x2, y2 = map(_number, ends)
    return f"{x1} {y1} m {x2} {y2} l S"


def _number(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")


def _move_links(panels: list[Page], spots: tuple[Place, ...], sheet: Any) -> None:
    """Put the annotations of the pages on the sheet, where their texts lie now."""
    moved = []
    for panel, spot in zip(panels, spots, strict=True):
        a, _, _, d, e, f = spot.matrix
        for annotation in panel.obj.get("/Annots", ()):
            x1, y1, x2, y2 = map(float, annotation.Rect)
            xs, ys = sorted((a * x1 + e, a * x2 + e)), sorted((d * y1 + f, d * y2 + f))
            annotation.Rect = Array([round(n, 4) for n in (xs[0], ys[0], xs[1], ys[1])])
            moved.append(annotation)
    if moved:
        sheet.Annots = Array(moved)


def _move_tags(pdf: Pdf, panels: list[Page], forms: list[Any], sheet: Any) -> None:
    """Let each tag name the form that its content lies in, instead of the page."""
    of_page = {panel.obj.objgen: form for panel, form in zip(panels, forms, strict=True)}
    for element in elements(pdf):
        form = of_page.get(element.Pg.objgen) if "/Pg" in element else None
        if form is not None:
            element.Pg = sheet
            element.K = Array([_moved(kid, form, sheet) for kid in kids(element)])


def _moved(kid: Any, form: Any, sheet: Any) -> Any:
    """An MCID as a reference into `form`; a reference to an annotation is told the sheet."""
    if not isinstance(kid, Dictionary):
        return Dictionary(Type=Name.MCR, Pg=sheet, Stm=form, MCID=kid)
    if not is_element(kid):
        kid.Pg = sheet
    return kid


def _forget_pages(pdf: Pdf, sheet: Any) -> None:
    """Outlines and named places lead to the sheet, so that no old page stays in the file."""
    if "/Outlines" in pdf.Root:
        del pdf.Root.Outlines
    names: Any = pdf.Root.get("/Names", Dictionary())
    places_by_name = names.get("/Dests", Dictionary()).get("/Names", ())
    for place in list(places_by_name)[1::2]:
        place[0] = sheet
        while len(place) > 1:
            del place[-1]
        place.append(Name.Fit)
