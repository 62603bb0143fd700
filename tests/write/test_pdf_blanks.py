"""Cells to write in have names that are heard and not seen."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
from tests.write.test_pdf_order import pixels
from tests.write.test_pdf_text import lines_of_poppler

from stepwell.write import pdf

Print = Callable[..., pdf.Made]
pytestmark = pytest.mark.pdf

STYLE = (
    "<style>.blank {display: block; height: 0; font-size: 6pt; white-space: nowrap}"
    " td {width: 30mm; height: 9mm; border: 1pt solid}</style>"
)
TABLE = "<table><tr><th scope=col>{0}<th scope=col>{1}<tr><td>{2}<td>{2}</table><p>{3}"
WORDS = {
    "en": ("Done on", "Result", "to fill in", "After the table."),
    "ar": ("أُجري في", "النتيجة", "للتعبئة", "بعد الجدول"),
    "hi": ("कब हुई", "नतीजा", "भरने के लिए", "तालिका के बाद"),
}


@pytest.mark.parametrize("language", WORDS)
def test_a_blank_is_read_and_not_seen(press: Print, language: str) -> None:
    """Each has its name for whoever hears or copies it, and the page looks empty there."""
    first, second, name, after = WORDS[language]
    blank = f'<span class="blank">{name}</span>'
    made = press(TABLE.format(first, second, blank, after), language=language, head=STYLE)
    empty = press(TABLE.format(first, second, "", after), language=language, head=STYLE)
    assert made.problems == ()
    assert pixels(made.content) == pixels(empty.content)
    assert " ".join(lines_of_poppler(made.content)).count(name) == 2
    assert " ".join(lines_of_poppler(made.content)).endswith(after)


def test_what_comes_after_a_blank_is_seen(press: Print) -> None:
    """The mode of unseen text ends with its content."""
    body = TABLE.format("Done", "Result", '<span class="blank">to fill in</span>', "After it.")
    with pikepdf.open(io.BytesIO(press(body, head=STYLE).content)) as found:
        stream = found.pages[0].Contents.read_bytes()
    assert stream.count(b"3 Tr") == stream.count(b"0 Tr") == 2
