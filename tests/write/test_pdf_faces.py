"""A font with many glyphs for a letter is shown as several; nothing looks or reads otherwise."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable

import pikepdf
import pytest
from tests.write.test_pdf_order import pixels
from tests.write.test_pdf_text import lines_of_poppler

from stepwell.write import pdf, pdf_faces, pdf_finish
from stepwell.write.pdf_faces import MOST, Faces
from stepwell.write.pdf_text import said_by

Print = Callable[..., pdf.Made]

ARABIC = (
    "<p>الليثيوم دواء لعلاج الاكتئاب، ويلزم فحص الدم كل ثلاثة أشهر. لا توقفه قبل أن تسأل الطبيب."
    "<p>اتصل بخط الأزمات على <bdi dir=ltr>020 7946 0100</bdi> ليلاً ونهاراً، أو تحدّث إلى الصيدلي."
    "<p>تعلّم كيف تنام: قلّل القهوة، والهاتف، والضوء في المساء، ثم سجّل ما لاحظته لأسبوعين."
)
HINDI = (
    "<p>यदि किसी की जान खतरे में है, तो अभी फ़ोन करें। चिकित्सक, निदान, स्थिति, चिंता, मित्र, दिन।"
    "<p>किसी दिन नींद न मिले, तो लिख लें: कितनी देर, किस कारण, और क्या किया। क्लिनिक, बिस्तर, निर्णय।"
)


def faces_of(content: bytes) -> list[dict[bytes, str]]:
    """What each font that is shown says, by code."""
    with pikepdf.open(io.BytesIO(content)) as found:
        return [said_by(font) for font in dict(found.pages[0].Resources.Font).values()]


@pytest.mark.pdf
@pytest.mark.parametrize(("language", "body"), [("ar", ARABIC), ("hi", HINDI)])
def test_no_face_says_a_letter_by_many_glyphs(
    press: Print, monkeypatch: pytest.MonkeyPatch, language: str, body: str
) -> None:
    """At most four do, each dot and each line that is read stays, and the outlines are shared."""
    made = press(body, language=language, size="900mm 297mm").content
    with monkeypatch.context() as changed:
        changed.setattr(pdf_finish, "share_out", lambda found: None)
        before = press(body, language=language, size="900mm 297mm").content
    assert max(max(Counter(said.values()).values()) for said in faces_of(before)) > MOST
    for said in faces_of(made):
        assert max(Counter(text for text in said.values() if text.strip()).values()) <= MOST
    assert pixels(before) == pixels(made)
    assert lines_of_poppler(before) == lines_of_poppler(made)
    with pikepdf.open(io.BytesIO(made)) as found:
        files = [one for one in found.objects if isinstance(one, pikepdf.Stream)]
        assert sum("/Length1" in one for one in files) <= 2


@pytest.mark.pdf
def test_an_alphabet_with_a_glyph_a_letter_is_left_alone(press: Print) -> None:
    """English has one face of each weight, and no stream is rewritten."""
    made = press("<p>Plain words with <b>bold</b> ones, 999 and 020 7946 0100.").content
    assert len(faces_of(made)) == 2


CODES = {b"%04x" % (16 * n + k): letter for n, letter in enumerate("abc") for k in range(6)}
CODES[b"00ff"] = " "


def shown(stream: bytes) -> list[tuple[bytes, bytes]]:
    """(face, code) of each glyph of a stream, in order."""
    found, face = [], b""
    for match in re.finditer(rb"/(\w+) \d+ Tf|<([0-9a-f]*)>", stream):
        face = match[1] or face
        found += [(face, code) for code in re.findall(rb"....", match[2] or b"")]
    return found


def test_words_stay_whole_where_they_can() -> None:
    """A face changes after a space; glyphs, their order and the distances stay."""
    line = b"q\n/F 12 Tf\n[<0000000100020003>-20 5<00ff>7<0004000500ff00000004>] TJ\nQ\n"
    faces = Faces(CODES)
    made = pdf_faces._rewritten(line, {b"F": faces})
    assert [code for _, code in shown(made)] == [code for _, code in shown(line)]
    assert re.findall(rb"-20 5 ?<", made)
    assert [face for face, _ in shown(made)] == [b"F"] * 5 + [b"F1"] * 5
    assert all(faces.fit(face.codes) for face in faces.faces)


def test_a_word_of_too_many_glyphs_is_cut() -> None:
    """Even a word that fits no face is shown, in two."""
    line = b"/F 9.5 Tf\n[<000000010002000300040005>] TJ\n"
    made = pdf_faces._rewritten(line, {b"F": Faces(CODES)})
    assert made.count(b"/F1 9.5 Tf") == 1
    assert [code for _, code in shown(made.replace(b" 9.5 Tf", b" 9 Tf"))] == [
        code for _, code in shown(line)
    ]


def test_a_face_ends_with_the_state_it_was_chosen_in() -> None:
    """After Q the font is what it was before q, so the face is chosen again."""
    line = b"/F 9 Tf\nq\n[<0000000100020003>] TJ\n[<00040005>] TJ\nQ\n[<00040005>] TJ\n"
    made = pdf_faces._rewritten(line, {b"F": Faces(CODES)})
    assert made.count(b"/F1 9 Tf") == 2
