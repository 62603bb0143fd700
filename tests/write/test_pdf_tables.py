"""Tables in PDFs: whole, however many pages they are on, and with headers that are right."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest

from stepwell.write import pdf
from stepwell.write.pdf_tree import elements, is_element, kids

Print = Callable[..., pdf.Made]
pytestmark = pytest.mark.pdf

HEAD = "<thead><tr><th scope=col>A<th scope=col>B<th scope=col>C</thead>"
LONG = "".join(f"<tr><th scope=row>{n}<td>x<td>y" for n in range(40))
GROUP = "<tbody><tr><th scope=rowgroup rowspan=30>g<td>x<td>y" + "<tr><td>x<td>y" * 29


def tables(made: pdf.Made) -> list[list[list[str]]]:
    """Each table as rows of cells, such as `TH Column` or `TD`."""
    assert made.problems == ()
    assert made.pages > 0
    with pikepdf.open(io.BytesIO(made.content)) as found:
        return [
            [[_told(cell) for cell in kids(row)] for row in _rows(table)]
            for table in elements(found)
            if str(table.S) == "/Table"
        ]


def _rows(element: Any) -> list[Any]:
    found = []
    for kid in filter(is_element, kids(element)):
        assert kid.P.objgen == element.objgen
        found += [kid] if str(kid.S) == "/TR" else _rows(kid)
    return found


def _told(cell: Any) -> str:
    attributes = cell.get("/A", {})
    assert "/Headers" not in attributes
    return f"{str(cell.S)[1:]} {str(attributes.get('/Scope', ''))[1:]}".strip()


def test_a_table_on_several_pages_is_one(press: Print) -> None:
    """Its headers are heard once, its rows follow each other."""
    made = press(f"<table>{HEAD}{LONG}</table><table>{HEAD}<tr><td>1<td>2<td>3</table>")
    assert made.pages > 1
    first, second = tables(made)
    assert first == [["TH Column"] * 3, *[["TH Row", "TD", "TD"]] * 40]
    assert second == [["TH Column"] * 3, ["TD"] * 3]


def test_a_header_of_many_rows_goes_on_on_the_next_page(press: Print) -> None:
    """The rows of its group stay in one group."""
    made = press(f"<table>{HEAD}{GROUP}</table>")
    assert made.pages > 1
    with pikepdf.open(io.BytesIO(made.content)) as found:
        (body,) = [e for e in elements(found) if str(e.S) == "/TBody"]
        assert len(kids(body)) == 30


def test_headers_do_not_outnumber_data(press: Print) -> None:
    """In two columns, and above one row, only the columns have headers."""
    two = "<table><thead><tr><th>A<th>B</thead>" + "<tr><th scope=row>x<td>1" * 3 + "</table>"
    one = f"<table>{HEAD}<tr><th scope=row>x<td>1<td>2</table>"
    assert tables(press(two + one)) == [
        [["TH Column"] * 2, *[["TD", "TD"]] * 3],
        [["TH Column"] * 3, ["TD"] * 3],
    ]
