"""Tables of a tagged PDF: whole ones, with headers that say what they head.

WeasyPrint makes a table of each page that one is printed on, with its headers again, and tells
for each of its data which headers it has, wrongly beside a header of several rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pikepdf import Array, Name, Pdf

from stepwell.write.pdf_tree import below, elements, has_tag, is_element, kids, take_out

Numbers = Mapping[tuple[int, int], int]
"""Number of the table that a content is in, by number of the page and MCID."""


def join_tables(pdf: Pdf, numbers: Numbers) -> None:
    """Make one table of those that are parts of one. Repeated headers are in no tree then."""
    first: dict[int, Any] = {}
    for table in [element for element in elements(pdf) if has_tag(element, "/Table")]:
        number = _number(table, numbers)
        if number is None:
            continue
        if number in first:
            _append(first[number], table)
        else:
            first[number] = table


def _number(table: Any, numbers: Numbers) -> int | None:
    """The number of a table, which its first content tells."""
    for element in below(table):
        for kid in kids(element):
            if isinstance(kid, int):
                return numbers.get((int(element.Pg.StructParents), kid))
    return None


def _append(whole: Any, part: Any) -> None:
    """Put the rows of `part` behind those of `whole`."""
    take_out(part)
    groups = [kid for kid in kids(part) if is_element(kid) and not has_tag(kid, "/THead")]
    last = kids(whole)[-1]
    if groups and has_tag(last, "/TBody") and has_tag(groups[0], "/TBody") and _is_open(last):
        _take_in(last, kids(groups.pop(0)))
    _take_in(whole, groups)


def _take_in(element: Any, others: list[Any]) -> None:
    for other in others:
        other.P = element
    element.K = Array([*kids(element), *others])


def _is_open(group: Any) -> bool:
    """Whether a header in a group of rows goes on below its last row."""
    rows = kids(group)
    return any(
        int(cell.get("/A", {}).get("/RowSpan", 1)) > len(rows) - place
        for place, row in enumerate(rows)
        for cell in kids(row)
        if is_element(cell)
    )


def set_scopes(pdf: Pdf) -> None:
    """Say of each TH whether it heads a column or a row, instead of naming headers with data.

    Where headers would outnumber data, as in two columns, those of rows are data: each is read
    right before the little that it heads.
    """
    for table in [element for element in elements(pdf) if has_tag(element, "/Table")]:
        rows = [(row, list(filter(is_element, kids(row)))) for row in _rows(table)]
        for row, cells in rows:
            for header in (cell for cell in cells if has_tag(cell, "/TH")):
                header.A.Scope = Name.Row if _heads_row(header, row, cells) else Name.Column
        cells = [cell for _, cells in rows for cell in cells]
        headers = [cell for cell in cells if has_tag(cell, "/TH")]
        if any(has_tag(row.P, "/THead") for row, _ in rows) and len(headers) * 2 > len(cells):
            _unhead(headers)
        for cell in cells:
            if "/Headers" in cell.get("/A", {}):
                del cell.A["/Headers"]


def _rows(table: Any) -> Iterator[Any]:
    """The rows of a table, but not those of tables in it."""
    for kid in filter(is_element, kids(table)):
        if has_tag(kid, "/TR"):
            yield kid
        elif has_tag(kid, "/THead") or has_tag(kid, "/TBody") or has_tag(kid, "/TFoot"):
            yield from _rows(kid)


def _unhead(headers: list[Any]) -> None:
    for header in headers:
        if header.A.Scope == Name.Row:
            header.S = Name.TD
            del header.A["/Scope"]


def _heads_row(header: Any, row: Any, cells: list[Any]) -> bool:
    """True when data cells of its row name the header, or nothing else can be meant."""
    if has_tag(row.P, "/THead"):
        return False
    data = [cell for cell in cells if has_tag(cell, "/TD")]
    name = header.get("/ID")
    return bool(data) and (
        any(name == other for cell in data for other in cell.get("/A", {}).get("/Headers", ()))
        or cells[0].objgen == header.objgen
    )
