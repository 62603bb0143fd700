"""Long words are parted where a line is too narrow, and only then."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from tests import geometry

from stepwell.write import pdf
from stepwell.write.pdf_words import LETTERS, part

Print = Callable[..., pdf.Made]
WORD = "Koordinationsbesprechungsprotokoll"


def parted(html: str) -> str:
    """Some HTML after its long words were put apart."""
    root = ElementTree.fromstring(html)
    part(root)
    return ElementTree.tostring(root, encoding="unicode")


def test_each_long_word_is_in_a_span_of_its_own() -> None:
    """In texts and in what follows an element; all else stays where it was."""
    span = f'<span style="overflow-wrap: anywhere; white-space: normal">{WORD}</span>'
    assert parted(f"<p>A {WORD}, <b>b</b> {WORD} {WORD}.</p>") == (
        f"<p>A {span}, <b>b</b> {span} {span}.</p>"
    )


@pytest.mark.parametrize(
    "html",
    [
        "<p>Short words</p>",
        f"<p>{'字' * 40}</p>",
        f"<style>{WORD}</style>",
        f"<p>{'a' * (LETTERS - 1)}</p>",
    ],
)
def test_nothing_else_is_touched(html: str) -> None:
    """Short words, Chinese, which breaks everywhere, and what is not laid out."""
    assert parted(html) == html


@pytest.mark.pdf
def test_a_word_is_parted_only_where_it_does_not_fit(press: Print) -> None:
    """It is whole in a wide line, and fills lines where the line is too narrow."""

    def lines(width: str) -> list[str]:
        made = press(f"<p style='width: {width}'>{WORD}")
        (page,) = geometry.pages(made.content)
        return [piece.text.strip() for piece in page.pieces]

    assert lines("120mm") == [WORD]
    assert len(lines("30mm")) > 1
    assert "".join(lines("30mm")) == WORD


@pytest.mark.pdf
def test_a_table_with_a_long_word_is_no_wider_than_the_page(press: Print) -> None:
    """The word gives way, and no column is pushed over the edge."""
    made = press(f"<table><tr><th>{WORD}{WORD}<td>Beside<td>{WORD}{WORD}</table>")
    (page,) = geometry.pages(made.content)
    assert made.problems == ()
    assert list(geometry.outside(page, 20)) == []
