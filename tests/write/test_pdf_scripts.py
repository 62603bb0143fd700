"""French, Ukrainian, Chinese and Hindi on paper: what is read from a PDF is what was written."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from markupsafe import Markup
from tests.write.test_pdf_text import lines_of_pdfium, lines_of_poppler

from stepwell.model import Document
from stepwell.resolve.words import capital
from stepwell.write import pdf
from stepwell.write.fonts import fonts_for

Print = Callable[..., pdf.Made]
pytestmark = pytest.mark.pdf

SENTENCES = {
    "fr": [
        "Dès Noël, où un zéphyr haï me vêt de glaçons würmiens, je dîne d’exquis rôtis de bœuf.",
        "ÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸ àâæçéèêëîïôœùûüÿ",
        "Vous sentez-vous mieux\u202f? Appelez-nous\u202f: c’est gratuit\u202f; osez\u202f!",
        "On vous dit\u202f: «\u202fJe suis là.\u202f» Gardez ce dépliant – et montrez-le.",
        "Comptez 1\u202f234\u202f567,5\u202f€ et 12,5\u202f% pour l’œuvre, dès l’été n°\u00a03.",
    ],
    "uk": [
        "Жебракують філософи при ґанку церкви в Гадячі, ще й шатро їхнє п’яне знаємо.",
        "АБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯ абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
        "Здоров’я, сім’я, об’єднання: «зателефонуйте до нас» — щодня; чи можете?",
        "Ґрунт, підʼїзд, № 5, 1\u00a0234\u00a0567,5 гривень (орієнтовно)!",
    ],
    "zh": [
        "如果您觉得不安全，请立即拨打电话；夜里也有人接听。",
        "“睡得更好”是一份宣传单（共两页）：请阅读《短期症状日记》……",
        "您睡得好吗？吃得下吗？——请告诉我们！焦虑、抑郁、疼痛都可以说。",
        "阿普唑仑等药物：不要突然停药。镍、铅、锂；体温、血压、心电图。",
        "骨、直、角、海、这、门、说、发、个、为、过、还、边、间、听、经",
    ],
    "hi": [
        "क्ष त्र ज्ञ श्र द्य द्व द्ध ट्ट ठ्ठ ड्ड ह्म ह्य ह्न स्त्र क्र र्क प्र ट्र ष्ट न्न त्त क्त",
        "अ आ इ ई उ ऊ ऋ ए ऐ ऑ ओ औ अं अः अँ का कि की कु कू कृ के कै कॉ को कौ कं कः काँ",
        "राष्ट्रीय स्वास्थ्य कार्यक्रम के विद्यार्थी का उद्देश्य स्पष्ट है।",
        "दुःख, बुद्धि, चिह्न, संस्कृति, आश्चर्य, निर्णय, दृष्टि, उत्कृष्ट, ज्योत्स्ना",
        "क्या आपको ज़्यादा डर लगता है? पढ़ें, फिर फ़ोन करें; हम साथ हैं (हर दिन)!",
        "डॉक्टर ने कहा: “रुकिए – हम आ रहे हैं।” श्रीमान्\u200dजी, ११ नहीं 11 बजे॥",
    ],
}

MIXED = {
    "fr": "Appelez le {} dès que la fièvre est {} ou le score de {} à {}, puis {}.",
    "uk": "Телефонуйте {}, якщо температура {} або бал від {} до {}, потім {}.",
    "zh": "体温{}时请拨打{}，得分为{}至{}时，剂量为{}。",
    "hi": "बुख़ार {} हो तो {} पर फ़ोन करें; अंक {} से {} हों तो {} लें।",
}
VALUES = ("020 7946 0123", "≥ 38,5 °C", "10–14", "≤ 27", "100\u00a0mg")


@pytest.mark.parametrize("reader", [lines_of_poppler, lines_of_pdfium])
@pytest.mark.parametrize("language", SENTENCES)
def test_each_sentence_comes_out_as_it_was_written(
    press: Print, language: str, reader: Callable[[bytes], list[str]]
) -> None:
    """Every letter, conjunct, sign and space, in one line each, in regular and in bold."""
    sentences = SENTENCES[language]
    body = "".join(f"<p>{sentence}<p><b>{sentence}</b>" for sentence in sentences)
    made = press(body, language=language, size="900mm 297mm")
    assert made.problems == ()
    assert reader(made.content) == [s for sentence in sentences for s in (sentence, sentence)]


@pytest.mark.parametrize("language", SENTENCES)
def test_nothing_is_lost_where_lines_break(press: Print, language: str) -> None:
    """In a narrow column the same letters come out in the same order."""
    text = " ".join(SENTENCES[language])
    body = f"<p style='overflow-wrap: anywhere'>{text}"  # the alphabet is one long word
    made = press(body, language=language, size="105mm 297mm")
    assert made.problems == ()
    assert _squeezed(_raw(made.content)) == _squeezed(text)


@pytest.mark.parametrize("language", MIXED)
def test_numbers_stay_whole_inside_sentences(press: Print, language: str) -> None:
    """Phones, limits, ranges and doses stand isolated in the text, and are read in their place."""
    sentence = MIXED[language]
    html = sentence.format(*(f"<bdi dir='ltr'>{value}</bdi>" for value in VALUES))
    made = press(f"<p>{html}", language=language, size="600mm 100mm")
    assert made.problems == ()
    assert lines_of_poppler(made.content) == [sentence.format(*VALUES)]
    narrow = _raw(press(f"<p>{html}", language=language, size="55mm 297mm").content)
    for value in VALUES:
        assert value in narrow


def test_a_rare_character_comes_out_too(assets: Path) -> None:
    """Benzodiazepine in Chinese has a character beyond the ordinary ones."""
    text = "苯二氮䓬类药物"
    html = f"<html lang=zh><meta charset=utf-8><title>a</title><p style='font: 1em Stepwell'>{text}"
    document = Document("zh/a.pdf", "a", "zh", "patient", "p", (), html, "leaflet")
    made = pdf.make(document, fonts=fonts_for("zh", assets / "fonts", text), assets=assets)
    assert made.problems == ()
    assert lines_of_poppler(made.content) == [text]


def test_lines_in_the_margin_can_be_searched_though_no_content(press: Print) -> None:
    """A running foot in Hindi is outside of the tree, and comes out as it was written."""
    head = "<style>@page{@bottom-left{content:element(f)}} div{position:running(f)}</style>"
    made = press("<div>समीक्षा की तारीख</div><p>नींद", language="hi", head=head)
    assert made.problems == ()
    assert set(lines_of_poppler(made.content)) == {"नींद", "समीक्षा की तारीख"}
    with pikepdf.open(io.BytesIO(made.content)) as found:
        stream = found.pages[0].Contents.read_bytes()
    assert stream.count(b"EMC") == len(re.findall(rb"\bB[DM]C\b", stream))
    assert b"/Artifact BMC /Span <</ActualText <feff0938" in stream


def test_no_line_of_chinese_begins_or_ends_with_the_wrong_sign(press: Print) -> None:
    """A full stop or closing quote stays with what is before it, an opening one with the next."""
    text = "。".join(["您“睡”吗？（请看《书》），我们、他们；都在：这里！"] * 8)
    for width in range(50, 62):
        made = press(f"<p>{text}", language="zh", size=f"{width}mm 297mm")
        lines = _raw(made.content).splitlines()
        assert len(lines) > 10
        assert not [line for line in lines if re.match("[，。、；：？！）》”]", line)]
        assert not [line for line in lines if re.search("[（《“]$", line)]


def test_a_capital_at_the_start_does_not_part_a_letter_from_its_sign(press: Print) -> None:
    """A role's name begins with a capital where there are capitals, and is whole in Hindi."""
    raised = press(f"<p>{capital('лікар')}", language="uk")
    assert lines_of_poppler(raised.content) == ["Лікар"]
    assert capital(Markup("<b>чай</b>")) == "<b>Чай</b>"
    assert capital("चिकित्सक") == "चिकित्सक"


def test_chinese_is_embedded_as_a_small_and_sound_font(press: Print) -> None:
    """Only the glyphs that are printed are in the file, as outlines that printers know."""
    made = press("<p>照护<b>团队</b>", language="zh")
    assert len(made.content) < 60_000
    with pikepdf.open(io.BytesIO(made.content)) as found:
        below = [o for o in found.objects if isinstance(o, pikepdf.Dictionary)]
        kinds = {str(o.FontFile3.Subtype) for o in below if "/FontFile3" in o}
        assert kinds == {"/OpenType"}
        for font in (o.FontFile3.read_bytes() for o in below if "/FontFile3" in o):
            assert font[:4] == b"OTTO"
            assert b"CFF2" not in font[:400]


def _raw(content: bytes) -> str:
    """The text in the order of the page; poppler takes no hyphens away at ends of lines."""
    command = ["pdftotext", "-raw", "-", "-"]
    return subprocess.run(command, input=content, capture_output=True, check=True).stdout.decode()


def _squeezed(text: str) -> str:
    return "".join(text.split())
