"""What runs in the margins of pages has the room that it needs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests import geometry
from tests.geometry import MILLIMETRE

from stepwell.write import pdf

Print = Callable[..., pdf.Made]
pytestmark = pytest.mark.pdf
HEAD = (
    "<style>@page { @top-center { content: element(t); width: 100%; vertical-align: bottom }"
    " @bottom-center { content: element(f); width: 100%; vertical-align: top } }"
    " .t { position: running(t) } .f { position: running(f) } p { margin: 0 }</style>"
)


def printed(press: Print, lines: int) -> geometry.Page:
    """A page with so many lines running above and below."""
    running = "<p>A line</p>" * lines
    body = f"<div class=t>{running}</div><div class=f>{running}</div><p>The text of the page"
    made = press(body, head=HEAD)
    assert (made.pages, made.problems) == (1, ())
    (page,) = geometry.pages(made.content)
    return page


def top_of_text(page: geometry.Page) -> float:
    """Where the text of a page begins, in points below its upper edge."""
    (text,) = [piece for piece in page.pieces if "text" in piece.text]
    return page.box.top - text.box.top


@pytest.mark.parametrize("lines", [1, 5, 9])
def test_nothing_runs_over_the_edge(press: Print, lines: int) -> None:
    """However much there is, it is on the paper, and clear of the text of the page."""
    page = printed(press, lines)
    assert list(geometry.outside(page, 4 * MILLIMETRE)) == []
    assert list(geometry.overlapping(page)) == []


def test_margins_that_suffice_stay(press: Print) -> None:
    """One line fits into the margin, which is as the style says; nine make it higher."""
    low, high = printed(press, 1), printed(press, 9)
    assert top_of_text(low) < 15 * MILLIMETRE
    assert top_of_text(high) > 35 * MILLIMETRE
