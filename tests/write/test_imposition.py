"""The folded sheet: pages lie so that folding, cutting and pushing make a booklet."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pdfplumber
import pikepdf
import pytest

from stepwell.model import Direction
from stepwell.write import pdf
from stepwell.write.folding import places
from stepwell.write.imposition import imposed
from stepwell.write.pdf_tree import elements, is_element, kids

Print = Callable[..., pdf.Made]
Panels = Callable[..., bytes]
SIZE = "74.25mm 105mm"


@pytest.fixture
def panels(press: Print) -> Panels:
    """The pages of a pocket guide, before they are put on a sheet."""

    def run(count: int, *, language: str = "en", size: str = SIZE) -> bytes:
        body = "".join(
            f"<section style='break-after:page' id=p{n}><h2>Page{n}</h2>"
            f"<p><a href='tel:{n}'><bdi dir=ltr>Phone{n}</bdi></a> <a href='#p1'>Home{n}</a>"
            "</section>"
            for n in range(1, count + 1)
        )
        made = press(body, language=language, size=size)
        assert (made.pages, made.problems) == (count, ())
        return made.content

    return run


def sheet(content: bytes) -> dict[int, tuple[int, str, bool]]:
    """Page number -> column, row and whether it is upright, as they are painted."""
    found = {}
    with pdfplumber.open(io.BytesIO(content)) as opened:
        (page,) = opened.pages
        for number in range(1, 9):
            hits = _letters(page, f"Page{number}")
            if hits:
                x, y = hits[0]["x0"] / page.width * 4, hits[0]["top"] / page.height
                upright = hits[0]["matrix"][0] > 0
                found[number] = (int(x), "upper" if y < 0.5 else "lower", upright)
    return found


def _letters(page: Any, word: str) -> list[Any]:
    """The characters of a word, in the order in which they are painted."""
    text = "".join(char["text"] for char in page.chars)
    start = text.find(word)
    return page.chars[start : start + len(word)] if start >= 0 else []


def booklet(
    found: dict[int, tuple[int, str, bool]],
) -> tuple[list[set[int]], list[tuple[int, int]]]:
    """Fold, cut, push: the leaves (front and back), and the pairs of pages that lie open.

    Folded along the middle, printed side out, the upper and lower page of a
    column are back to back. Cut between the two middle columns and pushed from
    both ends, the middle opens: upper 2|3 and lower 2|3 become leaves, and what
    was side by side across the other folds faces each other. A pair is told as
    it is seen by a reader who holds it upright.
    """
    at = {(row, column): number for number, (column, row, _) in found.items()}
    leaves = [
        {at["upper", 0], at["lower", 0]},
        {at["upper", 1], at["upper", 2]},
        {at["upper", 3], at["lower", 3]},
        {at["lower", 1], at["lower", 2]},
    ]
    # The lower row is upside down: turned round, its right column is on the left.
    pairs = [
        (at["upper", 0], at["upper", 1]),
        (at["upper", 2], at["upper", 3]),
        (at["lower", 3], at["lower", 2]),
        (at["lower", 1], at["lower", 0]),
    ]
    return leaves, pairs


@pytest.mark.pdf
@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_the_folded_sheet_reads_from_one_to_eight(
    panels: Panels, language: str, direction: Direction
) -> None:
    """Each leaf has two pages in a row, and what lies open is 8-1, 2-3, 4-5 and 6-7."""
    found = sheet(imposed(panels(8, language=language), "fold", direction))
    assert sorted(found) == list(range(1, 9))
    assert all(upright == (row == "upper") for _, row, upright in found.values())
    leaves, pairs = booklet(found)
    assert sorted(map(sorted, leaves)) == [[1, 2], [3, 4], [5, 6], [7, 8]]
    opened = [(8, 1), (2, 3), (4, 5), (6, 7)]
    seen = opened if direction == "ltr" else [(right, left) for left, right in opened]
    assert sorted(pairs) == sorted(seen)


def test_places_of_both_directions_are_mirrored() -> None:
    """From right to left each row is turned round, and nothing else."""
    for left, right in zip(places("ltr"), places("rtl"), strict=True):
        assert left.upper == right.upper
        assert left.column + right.column == 3


@pytest.mark.pdf
def test_the_sheet_is_one_a4_page_with_the_same_identity(panels: Panels) -> None:
    """Title, language, conformance and viewer settings are those of the pages."""
    before = panels(8)
    with (
        pikepdf.open(io.BytesIO(before)) as pages,
        pikepdf.open(io.BytesIO(imposed(before, "fold", "ltr"))) as folded,
    ):
        (page,) = folded.pages
        assert [round(float(n) / 72 * 25.4, 1) for n in page.mediabox] == [0, 0, 297, 210]
        assert dict(folded.docinfo) == dict(pages.docinfo)
        assert folded.Root.Lang == pages.Root.Lang
        assert folded.Root.Metadata.read_bytes() == pages.Root.Metadata.read_bytes()
        assert folded.Root.ViewerPreferences.DisplayDocTitle
        assert "/Outlines" not in folded.Root
        assert sum(_is_page(thing) for thing in folded.objects) == 1


def _is_page(thing: object) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == pikepdf.Name.Page


@pytest.mark.pdf
def test_tags_lead_into_the_panels(panels: Panels) -> None:
    """Every marked content is named with the form it lies in, and the form knows it too."""
    content = imposed(panels(8), "fold", "ltr")
    with pikepdf.open(io.BytesIO(content)) as found:
        page = found.pages[0].obj
        flat = list(found.Root.StructTreeRoot.ParentTree.Nums)
        owners = dict(zip(map(int, flat[::2]), flat[1::2], strict=True))
        references = 0
        for element in elements(found):
            assert element.get("/Pg", page).objgen == page.objgen
            for kid in kids(element):
                assert not isinstance(kid, int)
                if kid.get("/Type") == pikepdf.Name.MCR:
                    references += 1
                    owner = owners[int(kid.Stm.StructParents)][int(kid.MCID)]
                    assert owner.objgen == element.objgen
                elif not is_element(kid):
                    assert kid.Pg.objgen == page.objgen
        assert references >= 24
        headings = [e for e in elements(found) if e.S == pikepdf.Name.H2]
        panel = [int(kids(e)[0].Stm.StructParents) for e in headings]
        assert panel == list(range(8))


@pytest.mark.pdf
@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_links_lie_over_their_words(panels: Panels, language: str, direction: Direction) -> None:
    """A phone number can be tapped on the sheet too, upside down as well."""
    content = imposed(panels(8, language=language), "fold", direction)
    with pdfplumber.open(io.BytesIO(content)) as opened:
        page = opened.pages[0]
        links = {link["uri"]: link for link in page.annots if link.get("uri")}
        assert len(links) == 8
        for number in range(1, 9):
            letters, link = _letters(page, f"Phone{number}"), links[f"tel:{number}"]
            assert len(letters) == len(f"Phone{number}")
            for letter in letters:
                assert link["x0"] - 1 <= (letter["x0"] + letter["x1"]) / 2 <= link["x1"] + 1
                assert (
                    link["top"] - 1 <= (letter["top"] + letter["bottom"]) / 2 <= link["bottom"] + 1
                )


@pytest.mark.pdf
def test_marks_are_short_ticks_at_the_folds_and_one_dashed_cut(press: Print) -> None:
    """Eight ticks from the edges inwards, a cut between the quarters, all thin, none read aloud."""
    content = imposed(press("<p>a", size=SIZE).content, "fold", "ltr")
    with pdfplumber.open(io.BytesIO(content)) as opened:
        page = opened.pages[0]
        lines = [
            tuple(int(line[side] / 72 * 25.4 + 0.01) for side in ("x0", "top", "x1", "bottom"))
            for line in page.lines
        ]
        assert all(line["linewidth"] < 0.5 for line in page.lines)
    ticks = [(x, *ends) for x in (74, 148, 222) for ends in ((0, 8), (202, 210))]
    assert sorted((x0, top, bottom) for x0, top, x1, bottom in lines if x0 == x1) == ticks
    level = sorted((x0, x1, top) for x0, top, x1, bottom in lines if top == bottom)
    assert level == [(0, 8, 105), (74, 222, 105), (289, 297, 105)]
    with pikepdf.open(io.BytesIO(content)) as found:
        drawn = found.pages[0].Contents.read_bytes()
    assert drawn.index(b"/Artifact BMC") < drawn.index(b" l S")
    assert drawn.endswith(b"EMC")


@pytest.mark.pdf
def test_missing_pages_stay_blank(panels: Panels) -> None:
    """Three pages lie where pages one to three belong."""
    few, all_of_them = (sheet(imposed(panels(count), "fold", "ltr")) for count in (3, 8))
    assert few == {number: all_of_them[number] for number in (1, 2, 3)}


@pytest.mark.pdf
def test_a_ninth_page_is_refused_with_a_remedy(panels: Panels) -> None:
    """The sheet has eight places, and the message says what to do."""
    with pytest.raises(ValueError, match=r"9 pages, but a folded sheet has 8: shorten"):
        imposed(panels(9), "fold", "ltr")


@pytest.mark.pdf
def test_pages_of_another_size_are_refused_with_a_remedy(panels: Panels) -> None:
    """An A6 page would be cut; the message gives the size to write."""
    with pytest.raises(ValueError, match=r"no panels of.*size: 74.25mm 105mm"):
        imposed(panels(2, size="A6"), "fold", "ltr")


@pytest.mark.pdf
def test_folding_is_repeatable(panels: Panels) -> None:
    """The same pages give the same bytes."""
    content = panels(8)
    assert imposed(content, "fold", "rtl") == imposed(content, "fold", "rtl")


# Booklets.


@pytest.mark.pdf
@pytest.mark.parametrize("count", [1, 4, 5, 8, 11])
@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_a_stitched_booklet_reads_in_order(
    panels: Panels, language: str, direction: Direction, count: int
) -> None:
    """Folded in the middle and laid in each other, the sheets are leaves of pages in a row."""
    content = imposed(panels(count, language=language, size="A5"), "booklet", direction)
    with pdfplumber.open(io.BytesIO(content)) as opened:
        sides = [_halves(page) for page in opened.pages]
        assert {(round(page.width), round(page.height)) for page in opened.pages} == {(839, 595)}
    assert len(sides) % 2 == 0
    if direction == "rtl":
        sides = [(right, left) for left, right in sides]
    # Turned along the short edge, the left of a front is behind the right of its back.
    fronts, backs = sides[::2], sides[1::2]
    begin = [
        page for (_, right), (left, _) in zip(fronts, backs, strict=True) for page in (right, left)
    ]
    end = [
        page for (left, _), (_, right) in zip(fronts, backs, strict=True) for page in (left, right)
    ]
    read = [page for page in (*begin, *reversed(end)) if page]
    assert read == list(range(1, count + 1))


def _halves(page: Any) -> tuple[int, int]:
    """The numbers of the pages on the left and the right of a side; 0 is blank."""
    found = [0, 0]
    for number in range(1, 12):
        hits = [hit for hit in _letters(page, f"Page{number}") if hit["text"].isdigit()]
        text = "".join(hit["text"] for hit in hits)
        if text == str(number):
            found[int(hits[0]["x0"] > page.width / 2)] = number
    return found[0], found[1]


@pytest.mark.pdf
def test_a_booklet_keeps_links_and_tags(panels: Panels) -> None:
    """Each link lies on the side of its page, and each tag leads to a side that is there."""
    with pikepdf.open(io.BytesIO(imposed(panels(6, size="A5"), "booklet", "ltr"))) as found:
        assert [len(page.get("/Annots", ())) for page in found.pages] == [2, 2, 4, 4]
        sides = {page.obj.objgen for page in found.pages}
        named = {element.Pg.objgen for element in elements(found) if "/Pg" in element}
        assert named <= sides
        assert sum(_is_page(thing) for thing in found.objects) == 4


@pytest.mark.pdf
def test_the_printer_turns_a_booklet_along_the_short_edge(panels: Panels) -> None:
    """Both sides are printed; nothing else is asked of the printer."""
    with pikepdf.open(io.BytesIO(imposed(panels(4, size="A5"), "booklet", "ltr"))) as found:
        settings: Any = found.Root.ViewerPreferences
        assert settings.Duplex == pikepdf.Name.DuplexFlipShortEdge
        assert "/PrintScaling" not in settings
