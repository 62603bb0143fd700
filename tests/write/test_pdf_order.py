"""Pages are painted in the order in which they are read, and look as they did."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pypdfium2
import pytest

from stepwell.write import pdf, pdf_finish
from stepwell.write.pdf_contents import contents
from stepwell.write.pdf_order import in_order
from stepwell.write.pdf_tree import in_reading_order

Print = Callable[..., pdf.Made]

BODY = (
    "<style>ul {background: #eee; border: 1pt solid red} b {color: blue}"
    " .out {position: absolute; bottom: 0; right: 0; overflow: hidden; width: 30mm}"
    " .flex {display: flex; color: green} .turned {transform: rotate(-3deg)}</style>"
    "<p class=out>first of all</p>"
    "<ul><li>one <b>blue</b> and<li>two<ul><li>inner</ul></ul>"
    "<div class=flex><p>left<p>right</div><p class=turned>turned <u>under</u></p>"
    "<table><tr><td><ol><li>cell</ol><td>plain</table><p>last"
)


def pixels(content: bytes) -> list[bytes]:
    """The dots of each page."""
    with pypdfium2.PdfDocument(content) as pages:
        return [bytes(page.render(scale=2).buffer) for page in pages]


def read(content: bytes) -> tuple[list[int], list[int]]:
    """MCIDs of the first page as they are painted, and as its tags have them."""
    with pikepdf.open(io.BytesIO(content)) as found:
        stream = found.pages[0].Contents.read_bytes()
        tags = [mcid for _, mcid in in_reading_order(found.Root.StructTreeRoot)]
    return [content.mcid for content in contents(stream)], tags


@pytest.mark.pdf
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_page_is_painted_as_it_is_read(
    press: Print, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    """Marks of lists stand before their items, and no dot looks different."""
    made = press(BODY, language=language).content
    painted, tags = read(made)
    assert painted == tags
    monkeypatch.setattr(pdf_finish, "in_order", lambda stream, wanted: stream)
    before = press(BODY, language=language).content
    assert read(before)[0] != read(before)[1]
    assert pixels(before) == pixels(made)


@pytest.mark.pdf
def test_marks_of_lists_are_copied_with_their_items(press: Print) -> None:
    """Who copies a page that is followed as it was painted gets each number before its item."""
    with pypdfium2.PdfDocument(press("<ol><li>bread<li>milk</ol>").content) as pages:
        text = pages[0].get_textpage().get_text_range()
    assert text.split() == ["1.", "bread", "2.", "milk"]


def part(mcid: int, body: str) -> str:
    """A marked content."""
    return f"/Span\n<</MCID {mcid}>>\nBDC\n{body}\nEMC\n"


def test_each_content_keeps_its_place_and_colour() -> None:
    """Matrices, clips and settings that hold for a content hold for it where it goes."""
    stream = (
        "1 0 0 -1 0 9 cm\nq\n0 0 5 5 re\nW\nn\n1 0 0 rg\n" + part(0, "0 1 0 rg\nBT (a) Tj ET")
        + part(1, "BT (b) Tj ET") + "0 0 1 1 re\nf\nQ\n" + part(2, "BT (c) Tj ET")
    )  # fmt: skip
    made = in_order(stream.encode(), [2, 1, 0]).decode()
    assert [made.index(f"({name})") for name in "cba"] == sorted(
        made.index(f"({name})") for name in "abc"
    )
    drawing, c, ba = made.index("0 0 1 1 re"), made.index("(c)"), made.index("(b)")
    assert drawing < c
    assert "0 1 0 rg" in made[:drawing]  # what `a` had settled for the drawing behind it
    assert "rg" not in made[drawing:c].partition("Q\nq\n")[2]
    assert "0 0 5 5 re\nW\nn\n0 1 0 rg" in made[c:ba]
    assert "1 0 0 rg" in made[ba : made.index("(a)")]


@pytest.mark.parametrize(
    "stream",
    [
        part(0, "a") + "BI /W 1 ID x EI\n" + part(1, "b"),
        "q\n" + part(0, "Q") + part(1, "b"),
        part(0, "1 0 0 1 0 0 cm") + part(1, "b"),
        "q\n" + part(0, "a") + part(1, "b"),
        "BT\n" + part(0, "a") + "ET\n" + part(1, "b"),
    ],
)
def test_what_is_not_clear_is_left_alone(stream: str) -> None:
    """Pictures in the stream, or contents that are not whole by themselves: nothing moves."""
    assert in_order(stream.encode(), [1, 0]) == stream.encode()


def test_what_is_in_order_is_left_alone() -> None:
    """Not a byte changes; what is in no tree may lie between."""
    stream = (part(0, "a") + part(7, "artifact") + part(1, "b")).encode()
    assert in_order(stream, [0, 1]) == stream
