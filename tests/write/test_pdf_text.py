"""What comes out of a PDF when its text is copied, searched or read aloud."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Callable

import pikepdf
import pypdfium2
import pytest

from stepwell.write import pdf
from stepwell.write.pdf_text import GlyphTexts, is_reordered, is_right_to_left

Print = Callable[..., pdf.Made]
BIDI = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")

SENTENCES = {
    "en": ["Sleep and worry", "Speak to someone today, from 4 to 6 weeks.", "≥ 38.5 °C – 100 mg"],
    "es": ["Sueño y preocupación", "¿Quiere hablar con alguien? ¡Llame!", "de 4 a 6 semanas"],
    "uk": ["Сон і тривога", "Поговоріть з кимось сьогодні, від 4 до 6 тижнів."],
    "ar": ["النوم والقلق", "لا تتوقف عن تناول الأدوية والآن إلى الطبيب", "كلا مثلا الألم لله"],
    "fa": ["خواب و نگرانی", "امروز با کسی صحبت کنید", "کلاس پایان"],
    "ur": ["نیند اور پریشانی", "آج کسی سے بات کریں"],
    "he": ["שינה ודאגה", "דברו עם מישהו היום"],
    "hi": ["नींद और चिंता", "आज किसी से बात करें", "चरण और प्रतीक्षा", "फ़ोन करें"],
}


def lines_of_poppler(content: bytes) -> list[str]:
    """Lines as pdftotext finds them, without controls and marks of direction."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    done = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True)
    lines = BIDI.sub("", done.stdout.decode()).splitlines()
    return [line.strip() for line in lines if line.strip("\f ")]


def lines_of_pdfium(content: bytes) -> list[str]:
    """Lines as the viewer of Chromium finds them."""
    found = pypdfium2.PdfDocument(content)
    texts = [page.get_textpage().get_text_range() for page in found]
    found.close()
    return [line.strip() for line in BIDI.sub("", "\n".join(texts)).splitlines() if line.strip()]


@pytest.mark.pdf
@pytest.mark.parametrize("reader", [lines_of_poppler, lines_of_pdfium])
@pytest.mark.parametrize("language", SENTENCES)
def test_sentences_come_out_as_they_went_in(
    press: Print, language: str, reader: Callable[[bytes], list[str]]
) -> None:
    """Each script, in two readers that turn lines round differently."""
    sentences = SENTENCES[language]
    made = press("".join(f"<p>{sentence}" for sentence in sentences), language=language, size="A4")
    assert made.problems == ()
    assert reader(made.content) == sentences


@pytest.mark.pdf
@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_numbers_stay_whole_in_lists_and_tables(press: Print, language: str) -> None:
    """Phones, ranges, doses and limits are found in the text, in every direction."""
    word = {"en": "Call", "es": "Llame", "ar": "اتصل"}[language]
    numbers = ["020 7946 0123", "10–14", "≥ 38.5 °C", "100 mg", "2–4"]
    isolated = [f"<bdi dir='ltr'>{number}</bdi>" for number in numbers]
    cells = "".join(f"<tr><th scope=row>{word}<td>{number} {word}" for number in isolated)
    items = "".join(f"<li>{word} {number}" for number in isolated)
    body = f"<p>{word} {isolated[0]}.<ul>{items}</ul><table><tr><th>{word}<th>{word}{cells}</table>"
    text = "\n".join(lines_of_poppler(press(body, language=language).content))
    for number in numbers:
        assert text.count(number) >= 2
    assert text.count(word) >= 13


@pytest.mark.pdf
def test_reading_order_of_a_mixed_arabic_sentence(press: Print) -> None:
    """The tree says words, phone, words as they were written, not as they lie on the line."""
    made = press(
        "<p>اتصل على <a href='tel:1'><bdi dir=ltr>020 7946 0123</bdi></a> أولاً، ثم انتظر"
        " <bdi dir=ltr>10–14</bdi> يوماً</p>",
        language="ar",
        size="A4",
    )
    assert _heard(made.content) == "اتصل على 020 7946 0123 أولاً، ثم انتظر 10–14 يوماً"


def _heard(content: bytes) -> str:
    """The text of page one in the order of the tree: spoken text, or what the glyphs say."""
    from stepwell.write.pdf_tree import in_reading_order

    with pikepdf.open(io.BytesIO(content)) as found:
        stream = found.pages[0].Contents.read_bytes()
        fonts = {
            name[1:].encode(): font.ToUnicode.read_bytes()
            for name, font in dict(found.pages[0].Resources.Font).items()
        }
        said = [
            str(element.ActualText) if "/ActualText" in element else _shown(stream, fonts, mcid)
            for element, mcid in in_reading_order(found.Root.StructTreeRoot)
        ]
    return re.sub(r"\s+", " ", BIDI.sub("", "".join(said))).strip()


def _shown(stream: bytes, fonts: dict[bytes, bytes], mcid: int) -> str:
    """What the glyphs of one marked content say."""
    part = re.search(rb"<</MCID %d>>\s+BDC(.*?)EMC" % mcid, stream, re.DOTALL)
    assert part is not None
    name = re.search(rb"/(\w+) [\d.]+ Tf", part[1])
    assert name is not None
    codes = re.findall(rb"[0-9a-f]{4}", b"".join(re.findall(rb"<([0-9a-f]+)>", part[1])))
    table = dict(re.findall(rb"<([0-9a-f]{4})> <([0-9a-f]+)>", fonts[name[1]]))
    return "".join(bytes.fromhex(table[code].decode()).decode("utf-16-be") for code in codes)


@pytest.mark.pdf
def test_a_mark_does_not_change_what_its_letter_says_elsewhere(press: Print) -> None:
    """After 'except', which has a mark, 'do not stop' is not 'stop'."""
    made = press("<p>إلّا فوراً</p><p>لا تتوقف إلا غدا</p>", language="ar", size="A4")
    assert "لا تتوقف إلا غدا" in lines_of_poppler(made.content)
    assert "لا تتوقف إلا غدا" in lines_of_pdfium(made.content)


@pytest.mark.pdf
def test_every_right_to_left_glyph_says_one_letter_and_has_its_width(press: Print) -> None:
    """Glyphs that were added to say the second letter are empty, have no width, and exist."""
    made = press("<p>لا إلى الأدوية كلا الإسعاف والآن", language="ar")
    with pikepdf.open(io.BytesIO(made.content)) as found:
        fonts = [
            o for o in found.objects if isinstance(o, pikepdf.Dictionary) and "/ToUnicode" in o
        ]
        for font in fonts:
            table = font.ToUnicode.read_bytes().partition(b"endcodespacerange")[2]
            pairs = re.findall(rb"<([0-9a-f]{4})> <([0-9a-f]*)>", table)
            assert all(len(text) == 4 for _, text in pairs)
            _agree_on_widths(font, {int(code, 16) for code, _ in pairs})


def _agree_on_widths(font: pikepdf.Object, codes: set[int]) -> None:
    """The widths that the PDF tells are those of the embedded font, for all codes."""
    from fontTools.ttLib import TTFont

    below = font.DescendantFonts[0]
    told: dict[int, float] = {}
    parts = list(below.W)
    for first, widths in zip(parts[::2], parts[1::2], strict=True):
        told |= {int(first) + place: float(width) for place, width in enumerate(widths)}
    embedded = TTFont(io.BytesIO(below.FontDescriptor.FontFile2.read_bytes()))
    for code in codes:
        name = embedded.getGlyphName(code)
        scale = 1000 / embedded["head"].unitsPerEm
        assert abs(embedded["hmtx"][name][0] * scale - told[code]) <= 1


def test_a_cluster_is_shared_between_letter_and_mark() -> None:
    """The mark comes first, with the text of both; each then says its own, for good."""
    texts = GlyphTexts()
    for glyph, text in [(9, "اً"), (5, ""), (5, "ا"), (7, "لا"), (9, "لاً"), (7, "")]:
        texts[glyph] = text
    assert dict(texts) == {9: "\u064b", 5: "ا", 7: "لا"}


def test_from_left_to_right_the_first_to_come_stays() -> None:
    """Ligatures and signs of other scripts are told as WeasyPrint tells them."""
    texts = GlyphTexts()
    for glyph, text in [(1, "fi"), (1, "f"), (2, ""), (3, "कि"), (2, "ि")]:
        texts[glyph] = text
    assert dict(texts) == {1: "fi", 2: "ि", 3: "कि"}


def test_directions_of_texts() -> None:
    """Arabic and Hebrew run from right to left; Devanagari is only reordered."""
    assert is_right_to_left("abc א")
    assert not is_right_to_left("020 7946 – कि")
    assert is_reordered("ب")
    assert is_reordered("चरण")
    assert not is_reordered("Sueño і тривога 10–14")
