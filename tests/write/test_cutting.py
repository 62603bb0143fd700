"""Wallet cards: what lies where on both sides of the sheet, and what is read of it."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pdfplumber
import pikepdf
import pytest

from stepwell.model import Direction
from stepwell.write import pdf
from stepwell.write.cutting import CARD, MARGIN, SHEET, cutting
from stepwell.write.imposition import imposed
from stepwell.write.pdf_tree import elements, is_element, kids

Print = Callable[..., pdf.Made]
Cards = Callable[..., bytes]
DIRECTIONS = [("en", "ltr"), ("ar", "rtl")]


@pytest.fixture
def cards(press: Print) -> Cards:
    """So many sides of cards, before they are put on a sheet."""

    def run(count: int, *, language: str = "en", size: str = "85mm 54mm") -> bytes:
        body = "".join(
            f"<section style='break-after:page'><h2>Side{n}</h2>"
            f"<p><a href='tel:{n}'><bdi dir=ltr>Phone{n}</bdi></a></section>"
            for n in range(1, count + 1)
        )
        made = press(body, language=language, size=size)
        assert (made.pages, made.problems) == (count, ())
        return made.content

    return run


def sides(content: bytes) -> list[dict[tuple[int, int], str]]:
    """For each side of paper: column and row of a place, and the card's side that lies there."""
    with pdfplumber.open(io.BytesIO(content)) as opened:
        return [dict(_places(page)) for page in opened.pages]


def _places(page: Any) -> Any:
    for word in page.extract_words():
        if word["text"].startswith("Side"):
            column = int((word["x0"] - MARGIN[0]) // CARD[0])
            yield (column, int((word["top"] - MARGIN[1]) // CARD[1])), word["text"]


@pytest.mark.pdf
@pytest.mark.parametrize(("language", "direction"), DIRECTIONS)
def test_one_card_lies_ten_times_on_both_sides(
    cards: Cards, language: str, direction: Direction
) -> None:
    """Two columns and five rows are full of fronts, and behind each is the back."""
    front, back = sides(imposed(cards(2, language=language), "cards", direction))
    assert front == {(column, row): "Side1" for column in (0, 1) for row in range(5)}
    assert back == dict.fromkeys(front, "Side2")


@pytest.mark.pdf
@pytest.mark.parametrize(("language", "direction"), DIRECTIONS)
@pytest.mark.parametrize("count", [4, 8, 10, 12])
def test_each_back_lies_behind_its_front(
    cards: Cards, language: str, direction: Direction, count: int
) -> None:
    """Turned along the long edge, the left column is the right one: there is the next page."""
    front, back = sides(imposed(cards(count, language=language), "cards", direction))
    for (column, row), side in front.items():
        assert back[1 - column, row] == f"Side{int(side[4:]) + 1}"
    assert len(back) == len(front)


@pytest.mark.pdf
@pytest.mark.parametrize(("language", "direction"), DIRECTIONS)
def test_a_set_begins_where_one_begins_to_read(
    cards: Cards, language: str, direction: Direction
) -> None:
    """Five cards fill a column, the left or the right one first; the other has a second set."""
    front, _back = sides(imposed(cards(10, language=language), "cards", direction))
    assert [front[0, row] for row in range(5)] == [f"Side{n}" for n in (1, 3, 5, 7, 9)]
    assert [front[1, row] for row in range(5)] == [f"Side{n}" for n in (1, 3, 5, 7, 9)]
    first = cutting(10, CARD, direction).spots[0].matrix[4]
    assert (first < SHEET[0] / 2 - CARD[0] / 2) == (direction == "ltr")


@pytest.mark.parametrize(("count", "sides_of_paper", "drawn"), [
    (1, 2, 10), (2, 2, 20), (4, 2, 16), (6, 2, 12), (8, 2, 16), (10, 2, 20), (12, 2, 12),
    (20, 2, 20), (22, 4, 22),
])  # fmt: skip
def test_only_whole_sets_are_printed(count: int, sides_of_paper: int, drawn: int) -> None:
    """Each page is drawn as often as any other, and more than ten cards take another sheet."""
    sheets = cutting(count, CARD, "ltr")
    assert sheets.count == sides_of_paper
    assert len(sheets.spots) == count
    assert count + len(sheets.copies) == drawn
    spots = [(spot.sheet, spot.matrix) for spot in sheets.spots]
    spots += [(spot.sheet, spot.matrix) for _, spot in sheets.copies]
    assert len(set(spots)) == drawn


@pytest.mark.pdf
def test_the_printer_is_told_how_to_turn_the_sheet(cards: Cards) -> None:
    """The pages are A4, printed in their size, on both sides, turned along the long edge."""
    with pikepdf.open(io.BytesIO(imposed(cards(2), "cards", "ltr"))) as found:
        for page in found.pages:
            assert [round(float(n) / 72 * 25.4, 1) for n in page.mediabox] == [0, 0, 210, 297]
        settings = found.Root.ViewerPreferences
        assert settings.Duplex == pikepdf.Name.DuplexFlipLongEdge
        assert settings.PrintScaling == pikepdf.Name("/None")
        assert settings.DisplayDocTitle


@pytest.mark.pdf
def test_tags_and_links_lead_to_one_copy_only(cards: Cards) -> None:
    """What is drawn again is an artifact without marks, and each phone number is linked once."""
    with pikepdf.open(io.BytesIO(imposed(cards(4), "cards", "ltr"))) as found:
        links = [str(a.A.URI) for page in found.pages for a in page.obj.get("/Annots", ())]
        assert sorted(links) == ["tel:1", "tel:2", "tel:3", "tel:4"]
        headings = [e for e in elements(found) if e.S == pikepdf.Name.H2]
        assert len(headings) == 4
        pages = [page.obj.objgen for page in found.pages]
        inside = [kids(e)[0] for e in headings]
        assert all(not is_element(kid) for kid in inside)
        assert [pages.index(kid.Pg.objgen) for kid in inside] == [0, 1, 0, 1]
        for page in found.pages:
            forms: Any = page.obj.Resources.XObject
            copies = [name for name in forms if name.startswith("/Copy")]
            drawn = page.obj.Contents.read_bytes().decode().split("\n")
            assert len(copies) == 2
            for name in copies:
                assert b"BDC" not in forms[name].read_bytes()
                assert b"BMC" not in forms[name].read_bytes()
                assert "/StructParents" not in forms[name]
            again = [line for line in drawn if "/Copy" in line]
            assert len(again) == 6
            assert all(line.startswith("/Artifact BMC q ") for line in again)
            assert all(line.endswith(" Do Q EMC") for line in again)
            assert sum(" /Page" in line for line in drawn) == 2


@pytest.mark.pdf
def test_marks_lie_outside_of_the_cards(press: Print) -> None:
    """Each cut has a short mark at both ends, in line with it, thin and not read aloud."""
    content = imposed(press("<p>a", size="85mm 54mm").content, "cards", "ltr")
    with pdfplumber.open(io.BytesIO(content)) as opened:
        for page in opened.pages:
            assert len(page.lines) == 2 * (3 + 6)
            for line in page.lines:
                outside_x = line["x1"] < MARGIN[0] or line["x0"] > SHEET[0] - MARGIN[0]
                outside_y = line["bottom"] < MARGIN[1] or line["top"] > SHEET[1] - MARGIN[1]
                assert outside_x or outside_y
                assert line["linewidth"] < 0.5
            upright = {round(line["x0"], 2) for line in page.lines if line["width"] == 0}
            assert upright == {round(MARGIN[0] + n * CARD[0], 2) for n in range(3)}
    with pikepdf.open(io.BytesIO(content)) as found:
        drawn = found.pages[0].Contents.read_bytes()
    assert drawn.rindex(b"/Artifact BMC") < drawn.index(b" l S")
    assert drawn.endswith(b"EMC")


@pytest.mark.pdf
def test_pages_of_another_size_are_refused_with_a_remedy(cards: Cards) -> None:
    """The message gives the size to write."""
    with pytest.raises(ValueError, match=r"no card of 85 by 54 mm.*size: 85mm 54mm"):
        imposed(cards(2, size="A6"), "cards", "ltr")


@pytest.mark.pdf
def test_cutting_is_repeatable(cards: Cards) -> None:
    """The same pages give the same bytes."""
    content = cards(4)
    assert imposed(content, "cards", "rtl") == imposed(content, "cards", "rtl")


def test_whoever_prints_is_told_beside_the_cards(cards: Cards, press: Print) -> None:
    """How to turn the sheet stands on each front, outside of the cards, and is read once."""
    note = press("<p style='font-size: 7pt; margin: 0'>Turn it", size="80mm 6mm").content
    content = imposed(cards(12), "cards", "ltr", note)
    with pdfplumber.open(io.BytesIO(content)) as opened:
        found = [page.search("Turn it") for page in opened.pages]
    assert [len(hits) for hits in found] == [1, 0, 1, 0][: len(found)]
    assert all(hit["top"] > SHEET[1] - MARGIN[1] for hits in found for hit in hits)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        last = list(elements(pdf))[-1]
        assert (str(last.S), last.Pg.objgen) == ("/P", pdf.pages[0].obj.objgen)
