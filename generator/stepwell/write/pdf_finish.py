"""What a PDF lacks when WeasyPrint is done. Owns: the structure tree, by pikepdf.

PDF/UA asks for more than WeasyPrint 70 writes: headers of tables with a scope,
links in one Link element that print, drawings with words or none, running
lines outside of the tree, languages of parts, right-to-left text in the order
in which it is read. All of it is added here, from the PDF itself and from the
marks that `write.pdf` took down. Go on to `write.imposition`, which folds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from stepwell.write.pdf_blanks import hide_names
from stepwell.write.pdf_contents import begun_otherwise
from stepwell.write.pdf_faces import share_out
from stepwell.write.pdf_lines import arrange
from stepwell.write.pdf_metadata import complete
from stepwell.write.pdf_order import in_order
from stepwell.write.pdf_tables import join_tables, set_scopes
from stepwell.write.pdf_text import is_reordered, is_said_otherwise, split_ligatures
from stepwell.write.pdf_tree import (
    NOTHING_WHEN_EMPTY,
    elements,
    flatten,
    has_tag,
    in_reading_order,
    kids,
    same,
    take_out,
)

PRINT = 4  # annotation flag: bit 3


@dataclass(frozen=True, slots=True)
class Mark:
    """What the layout knew of a marked content: language tag, text, label of a drawing, and
    the number of the table it is in, from 1. The text of a `blank` is not to be seen.
    """

    language: str
    text: str = ""
    label: str = ""
    table: int = 0
    blank: bool = False


Marks = Mapping[tuple[int, int], Mark]
"""Marks by number of the page (from 0) and MCID."""


def finish(content: bytes, marks: Marks | None = None) -> bytes:
    """A tagged PDF of WeasyPrint made complete; the same input gives the same bytes."""
    with pikepdf.open(BytesIO(content)) as pdf:
        known = marks or {}
        split_ligatures(pdf)
        bound = arrange(pdf, {place: mark.text for place, mark in known.items()})
        hide_names(pdf, {place for place, mark in known.items() if mark.blank})
        numbers = _parent_tree(pdf)
        _describe(pdf, numbers, known)
        _join_links(pdf, numbers)
        join_tables(pdf, {place: mark.table for place, mark in known.items() if mark.table})
        set_scopes(pdf)
        _leave_out(pdf, numbers, known, bound)
        _paint_in_order(pdf)
        _spell_out(pdf, known, bound)
        flatten(pdf, numbers)
        share_out(pdf)
        for page in pdf.pages:
            _tidy_annotations(page.obj)
        complete(pdf)
        pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        _store(pdf, numbers)
        return saved(pdf)


def saved(pdf: Pdf) -> bytes:
    """The bytes of `pdf`, compressed, with an identifier made from the content."""
    target = BytesIO()
    pdf.save(
        target,
        deterministic_id=True,
        fix_metadata_version=False,
        compress_streams=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )
    return target.getvalue()


def _has_words(figure: Any) -> bool:
    return bool(str(figure.get("/Alt", "")).strip())


def _is_annotation(kid: Any) -> bool:
    return isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR


def _parent_tree(pdf: Pdf) -> dict[int, Any]:
    """The parent tree: page key -> elements by MCID, annotation key -> its element."""
    flat = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    return dict(zip(map(int, flat[::2]), flat[1::2], strict=True))


def _store(pdf: Pdf, numbers: Mapping[int, Any]) -> None:
    flat = [part for number in sorted(numbers) for part in (number, numbers[number])]
    pdf.Root.StructTreeRoot.ParentTree.Nums = Array(flat)
    pdf.Root.StructTreeRoot.ParentTreeNextKey = max(numbers, default=-1) + 1


def _describe(pdf: Pdf, numbers: Mapping[int, Any], marks: Marks) -> None:
    """Languages of parts, reading order of right-to-left text, labels of drawings."""
    whole = str(pdf.Root.get("/Lang", ""))
    for (page, mcid), mark in marks.items():
        element = numbers[page][mcid]
        if mark.language and mark.language != whole:
            element.Lang = String(mark.language)
        # A space by itself is not painted, and words would be read as one without it.
        if is_reordered(mark.text) or mark.text.isspace():
            element.ActualText = String(mark.text)
        if mark.label and has_tag(element, "/Figure") and not _has_words(element):
            element.Alt = String(mark.label)


def _join_links(pdf: Pdf, numbers: dict[int, Any]) -> None:
    """Make each annotation of a link lie in a Link, once.

    WeasyPrint writes an annotation for `a` and again for each element inside it.
    """
    for element in list(elements(pdf)):
        for kid in filter(_is_annotation, kids(element)):
            if _is_repeated(element, kid.Obj):
                _drop_annotation(element, kid, numbers)
            elif kid.Obj.get("/Subtype") == Name.Link:
                element.S = Name.Link  # WeasyPrint: NonStruct, where `a` is no inline text


def _is_repeated(element: Any, annotation: Any) -> bool:
    """True when an element further up has an annotation with the same target."""
    target = str(annotation.get("/Contents", ""))
    above = element.get("/P")
    while above is not None and "/S" in above:
        links = filter(_is_annotation, kids(above))
        if any(str(link.Obj.get("/Contents", "")) == target for link in links):
            return True
        above = above.get("/P")
    return False


def _drop_annotation(element: Any, kid: Any, numbers: dict[int, Any]) -> None:
    gone = kid.Obj.objgen
    numbers.pop(int(kid.Obj.StructParent), None)
    kid.Pg.Annots = Array([other for other in kid.Pg.Annots if other.objgen != gone])
    element.K = Array([other for other in kids(element) if not same(other, kid)])
    if has_tag(element, "/Link"):
        element.S = Name.Span


def _leave_out(pdf: Pdf, numbers: dict[int, Any], marks: Marks, bound: str) -> None:
    """Mark as artifacts what is no content: drawings without words, and running lines.

    Running lines of the page margin are marked by WeasyPrint as contents of
    elements that hang in no tree.
    """
    found = list(elements(pdf))
    rooted = {element.objgen for element in found}
    idle = {e.objgen: e for e in found if has_tag(e, "/Figure") and not _has_words(e)}
    empty = [e for e in found if "/K" not in e or not kids(e)]
    empty = [e for e in empty if str(e.S) in NOTHING_WHEN_EMPTY]
    for element in (*idle.values(), *empty):
        take_out(element)
    for page in pdf.pages:
        number = int(page.obj.StructParents)
        owners = list(numbers[number])
        gone = {
            mcid
            for mcid, owner in enumerate(owners)
            if owner is not None and (owner.objgen in idle or owner.objgen not in rooted)
        }
        if gone:
            numbers[number] = Array([None if mcid in gone else e for mcid, e in enumerate(owners)])
            said = {mcid: marks.get((number, mcid), Mark("")).text for mcid in gone}
            _begin_otherwise(page, {mcid: _artifact(text, bound) for mcid, text in said.items()})


def _paint_in_order(pdf: Pdf) -> None:
    """Paint each page in the order of its tags."""
    wanted: dict[tuple[int, int], list[int]] = {page.obj.objgen: [] for page in pdf.pages}
    for element, mcid in in_reading_order(pdf.Root.StructTreeRoot):
        wanted[element.Pg.objgen].append(mcid)
    for page in pdf.pages:
        stream = page.obj.Contents
        stream.write(in_order(stream.read_bytes(), wanted[page.obj.objgen]))


def _artifact(text: str, bound: str) -> bytes:
    """The beginning of what is no content; it can be searched and copied all the same."""
    said = b" /Span <</ActualText <feff%s>>> BDC" % _hexadecimal(bound + text)
    return b"/Artifact BMC" + (said if is_said_otherwise(text) else b"")


def _spell_out(pdf: Pdf, marks: Marks, bound: str) -> None:
    """Say the text with contents whose glyphs would not say it, as in Devanagari.

    `bound` goes before it, so that it ends where it should in a line from right to left.
    """
    spelt: dict[int, dict[int, bytes]] = {}
    for (page, mcid), mark in marks.items():
        if is_said_otherwise(mark.text):
            text = _hexadecimal(bound + mark.text)
            begin = b"/Span <</MCID %d /ActualText <feff%s>>> BDC" % (mcid, text)
            spelt.setdefault(page, {})[mcid] = begin
    for number, beginnings in spelt.items():
        _begin_otherwise(pdf.pages[number], beginnings)


def _hexadecimal(text: str) -> bytes:
    return text.encode("utf-16-be").hex().encode()


def _begin_otherwise(page: pikepdf.Page, beginnings: Mapping[int, bytes]) -> None:
    """Give marked contents, by MCID, another beginning in the page's stream."""
    stream = page.obj.Contents
    stream.write(begun_otherwise(stream.read_bytes(), beginnings))


def _tidy_annotations(page: Any) -> None:
    """Let annotations be printed, and give their rectangles from lower left to upper right."""
    for annotation in page.get("/Annots", ()):
        annotation.F = PRINT
        x1, y1, x2, y2 = annotation.Rect
        annotation.Rect = Array([min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)])
