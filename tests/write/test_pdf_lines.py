"""Lines from right to left: what poppler reads is what was written, and nothing looks different."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.write.test_pdf_text import lines_of_poppler

from stepwell.write import pdf, pdf_finish
from stepwell.write.pdf_contents import begun_otherwise, contents

Print = Callable[..., pdf.Made]
pytestmark = pytest.mark.pdf

LINES = {
    "spaces after commas and full stops": "مع الطبيب، ثم انتظر. بعد ذلك: اتصل؛ هل فهمت؟ نعم!",
    "numbers at the start, in the middle and at the end": "12 إلى 20 جلسة خلال 4 أسابيع أو 6.",
    "a gap between letters": "أكثر من أن تأكل أو تؤكد، وأُكمل",
    "vowel signs beside and over their letters": "دواءً أولاً، أسبوعاً؛ يُخبَر وتُعَدّ وحُدّدت",
    "a sign on the first of two letters of one glyph": "تغيّر وأولًا وليلًا وتولّي وتُخبَر",
    "two signs on one letter": "تدرّبَ وتوقّفٌ وربّما الأمرَّ",
    "brackets": "الليثيوم (مستقر) أو «خط الأساس» [هنا]",
    "Latin letters before a full stop": "فترة QT. مع مثبط MAO، جدول ADA وAPA بديل",
}
NUMBERS = (
    "12",
    "020 7946 0100",
    "5\u00a0%",
    "100\u00a0mg",
    "0.8\u00a0mmol/L",
    "10–14",
    "≥ 38.5 °C",
)
TERMS = (
    "النوم", "والقلق", "دواءً", "أكثر", "تغيّر", "لا", "أولًا", "إلى", "يُخبَر", "الله", "لاحقاً", "مؤكد",
    "وأُكمل", "ربّما", "الأمرَّ",
)  # fmt: skip
WORDS = st.sampled_from(TERMS)
NUMBER = st.sampled_from([f'<bdi dir="ltr">{number}</bdi>' for number in NUMBERS])
JOINTS = st.sampled_from([" ", ", ".replace(",", "،"), ". ", ": ", "؛ ", " (", ") "])


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_a_line_is_read_as_it_was_written(press: Print, line: str) -> None:
    """In regular and bold, large and small."""
    sizes = [f"<p style='font-size: {size}pt'>{line}" for size in (7, 12, 30)]
    body = f"<p><b>{line}</b>{''.join(sizes)}"
    made = press(body, language="ar", size="900mm 297mm")
    assert made.problems == ()
    assert lines_of_poppler(made.content) == [line] * 4


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_stays_between_its_spaces(press: Print, number: str) -> None:
    """Before a word, after one, before a comma and in brackets."""
    bdi = f'<bdi dir="ltr">{number}</bdi>'
    line = "{} قبل هذا الموعد ثم {}، أو كما قال الطبيب ({}) في {} يوم كما كتبنا لك هنا: {}."
    made = press(f"<p>{line.format(*[bdi] * 5)}", language="ar", size="900mm 297mm")
    assert lines_of_poppler(made.content) == [line.format(*[number] * 5)]


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.lists(st.tuples(WORDS | NUMBER, JOINTS), min_size=2, max_size=9), min_size=8))
def test_any_mixture_is_read_as_it_was_written(
    press: Print, lines: list[list[tuple[str, str]]]
) -> None:
    """Words with signs, numbers with units and punctuation, in any order; a word begins a line."""
    texts = ["كلام " + "".join(a + b for a, b in line).strip() + " نهاية" for line in lines]
    made = press("".join(f"<p>{text}" for text in texts), language="ar", size="1500mm 900mm")
    plain = [re.sub("<[^>]*>", "", text) for text in texts]
    assert lines_of_poppler(made.content) == plain


def test_nothing_looks_different(press: Print, monkeypatch: pytest.MonkeyPatch) -> None:
    """No dot of a page at 200 dpi moves by more than a few hundredths of the type size."""
    body = "".join(f"<p>{line} <bdi dir=ltr>12</bdi>" for line in LINES.values())
    now = _pixels(press(body, language="ar", size="A4").content)
    monkeypatch.setattr(pdf_finish, "arrange", lambda *given: "")
    before = _pixels(press(body, language="ar", size="A4").content)
    moved = sum(abs(one - other) > 96 for one, other in zip(now, before, strict=True))
    ink = sum(dot < 128 for dot in before)
    assert ink > 5000
    assert moved < 0.12 * ink


def _pixels(content: bytes) -> bytes:
    found = pypdfium2.PdfDocument(content)
    image = bytes(found[0].render(scale=200 / 72, grayscale=True).buffer)
    found.close()
    return image


def test_other_documents_are_left_as_they_are(
    press: Print, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A document from left to right, also one that names a language from right to left."""
    body = "<p>Speak to someone today.<p lang=ar dir=rtl>العربية"
    now = press(body, size="A5").content
    monkeypatch.setattr(pdf_finish, "arrange", lambda *given: "")
    assert press(body, size="A5").content == now


def test_signs_are_seen_once_and_said_once(press: Print) -> None:
    """What is seen of a sign says nothing, and is marked so, inside its content."""
    made = press("<p>دواءً", language="ar")
    with pikepdf.open(io.BytesIO(made.content)) as found:
        stream = found.pages[0].Contents.read_bytes()
    (content,) = contents(stream)
    body = stream[content.body : content.close]
    assert body.count(b"/Span <</ActualText ()>> BDC") == body.count(b"EMC") == 1


def test_contents_are_found_with_what_they_hold() -> None:
    """A content ends with its own EMC; a beginning of two parts gets two ends."""
    stream = (
        b"/P <</MCID 0>> BDC a /Span <</ActualText ()>> BDC b EMC c EMC /P <</MCID 1>> BDC d EMC"
    )
    assert [stream[one.body : one.close].strip() for one in contents(stream)] == [
        b"a /Span <</ActualText ()>> BDC b EMC c", b"d",
    ]  # fmt: skip
    changed = begun_otherwise(stream, {0: b"/Artifact BMC /Span <<>> BDC"})
    assert changed.startswith(b"/Artifact BMC /Span <<>> BDC a ")
    assert b" c EMC EMC /P <</MCID 1>> BDC d EMC" in changed
