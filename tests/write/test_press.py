"""What printing needs first: fonts for each language, a glyph for each character."""

from __future__ import annotations

from pathlib import Path

import pytest

from stepwell.diagnostics import Diagnostics
from stepwell.source import Span
from stepwell.write import pango
from stepwell.write.press import Press, Texts

pytestmark = [
    pytest.mark.pdf,
    pytest.mark.skipif(pango.blocked(), reason="needs Pango"),
]
PLACE = Span("pathways/sleep/pathway.yaml", 7, 3)


def told(texts: Texts, languages: list[str], cache: Path) -> tuple[Press, list[str]]:
    """A press, and what was said about its texts."""
    diagnostics = Diagnostics()
    press = Press.ready(texts, languages, cache, diagnostics)
    return press, [f"{d.span.line}: {d.code} {d.message}" for d in diagnostics.sorted()]


def test_a_rare_character_fails_with_all_that_helps_to_find_it(tmp_path: Path) -> None:
    """The character, its name, the string, the fonts and the place, once for each text."""
    texts = [("uk", "Телефонуйте ☎ зараз", PLACE), ("uk", "Сон", PLACE), ("hi", "नींद", PLACE)]
    _, said = told(texts, ["uk", "hi"], tmp_path)
    fonts = "no font for 'uk' (Open Sans)"
    text = "'Телефонуйте ☎ зараз'"
    assert said == [f"7: SW603 {fonts} has ☎ (U+260E BLACK TELEPHONE), in {text}"]


def test_each_language_has_fonts_with_or_without_texts(tmp_path: Path) -> None:
    """A language without any text yet has its fonts; texts of another language are passed over."""
    press, said = told([("en", "Sleep ☎", PLACE)], ["fr", "zh", "hi"], tmp_path)
    assert set(press.fonts) == {"fr", "zh", "hi"}
    assert said == []


def test_rare_chinese_in_a_text_is_printed(tmp_path: Path) -> None:
    """What a pathway says decides which characters its Chinese faces have."""
    press, said = told([("zh", "苯二氮䓬类药物", PLACE)], ["zh"], tmp_path)
    assert said == []
    assert ord("䓬") in press.fonts["zh"].covered


def test_a_language_without_fonts_is_told_once(tmp_path: Path) -> None:
    """It is not printed, and the others are."""
    texts = [("tlh", "nuqneH", PLACE), ("en", "Sleep", PLACE)]
    press, said = told(texts, ["tlh", "en"], tmp_path)
    assert set(press.fonts) == {"en"}
    assert len(said) == 1
    assert "no font is known for the language 'tlh'" in said[0]
