"""The script of a translation is its language's, and nothing is left in the source language."""

from __future__ import annotations

import pytest
from tests.check.translations.told import codes

from stepwell.check.translations.letters import BLOCKS, SCRIPTS, letters, script_of

LINE = "Call the crisis line now."


@pytest.mark.parametrize(
    ("text", "language", "code"),
    [
        ("Llame ahora a la línea.", "ar", "SW511"),
        ("Llame ahora a la línea.", "zh-Hans", "SW511"),
        ("Зателефонуйте зараз.", "es", "SW511"),
        ("现在打电话。", "hi", "SW511"),
        ("اتصل الآن.", "fr", "SW511"),
        ("Зателефонуйте на line зараз.", "uk", "SW512"),
        ("اتصل بـ line الآن.", "ar", "SW512"),
        ("现在打 line 电话。", "zh", "SW512"),
        ("Зателефонуйте зaраз.", "uk", "SW512"),
        ("Llame аhora.", "es", "SW512"),
        ("i тоді", "uk", "SW512"),
        ("Позвоните сейчас ы.", "uk", "SW512"),
        ("現在打電話。", "zh", "SW512"),
        ("اتصل بک.", "ar", "SW512"),
        (LINE, "es", "SW513"),
        ("Llame a the crisis line now and you rest.", "es", ""),
    ],
)
def test_foreign_letters_are_told(text: str, language: str, code: str) -> None:
    """A text, a word or a letter of another script has its code."""
    assert code in [*codes(LINE, text, language), ""]


@pytest.mark.parametrize(
    ("source", "text", "language"),
    [
        ("PHQ-9 and HbA1c", "PHQ-9 і HbA1c", "uk"),
        ("5 mmol/L", "5 mmol/L", "zh"),
        ("Write to a@b.example", "写信到 a@b.example", "zh"),
        ("See https://b.example/x", "انظر https://b.example/x", "ar"),
        ("Come to Easthaven", "تعال إلى Easthaven", "ar"),
        ("This sets no cookies", "Не зберігає файлів cookie", "uk"),
        ("Vitamin B12 in µg", "विटामिन B12, µg", "hi"),
        ("{role:gp}", "{role:gp}", "uk"),
        ("GP", "GP", "es"),
        ("Care plan", "Care plan", "fr"),
        ("Generalised Anxiety Scale", "Generalised Anxiety Scale", "fr"),
        ("L or α", "L або α", "uk"),
    ],
)
def test_names_units_and_abbreviations_may_stay(source: str, text: str, language: str) -> None:
    """What every language writes in Latin letters is no fault."""
    assert [c for c in codes(source, text, language) if c in ("SW511", "SW512", "SW513")] == []


def test_the_first_word_of_a_sentence_is_no_name() -> None:
    """A capital letter excuses a name inside a sentence, not the word that begins it."""
    assert "SW512" in codes("Call Easthaven.", "اتصل Call بـ Easthaven.", "ar")
    assert "SW512" not in codes("Call Easthaven.", "اتصل بـ Easthaven.", "ar")
    assert "SW512" not in codes("Call.", "اتصل بـ Harbour.", "ar", names={"Harbour"})


@pytest.mark.parametrize(
    "text",
    [
        "Llame a the crisis line if you can.",
        "Espere until you are called.",
        "Llame the crisis line and rest.",
    ],
)
def test_a_run_of_source_words_is_told(text: str) -> None:
    """Little words of the source language, close together as in the source, were left over."""
    source = (
        "Call the crisis line if you can. Wait until you are called. Call the crisis line and rest."
    )
    assert "SW513" in codes(source, text)


def test_scripts_of_tags() -> None:
    """The tag says the script, or the language does; all letters of the table are told apart."""
    assert [script_of(tag) for tag in ("zh", "zh-Hant", "sr-Latn", "uk", "en", "pt-BR")] == [
        "Hans", "Hant", "Latn", "Cyrl", "Latn", "Latn",
    ]  # fmt: skip
    assert all(letters(script) for script in {*SCRIPTS.values(), *BLOCKS})


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("من 10–14 أسبوعاً", "SW518"),
        ("أعط 100 mg", "SW518"),
        ("اتصل على 0300 123 4567", "SW518"),
        ("اتصل على +442079460100", "SW518"),
        ("الدرجة ≥ 15", "SW518"),
        ("في 4/12", "SW518"),
        ("نص\u200f", "SW103"),
    ],
)
def test_what_would_turn_round_is_told(text: str, code: str) -> None:
    """A typed run that reads from left to right has a code in Arabic, and none in Spanish."""
    assert code in codes("Text", text, "ar")
    assert "SW518" not in codes("Text", text, "es")


@pytest.mark.parametrize("text", ["من 4 إلى 6 أسابيع", "اتصل على {phone:crisis}", "استبيان PHQ-9"])
def test_what_keeps_its_order_is_not_told(text: str) -> None:
    """A lone number, a placeholder or a name stays as it is from right to left."""
    assert "SW518" not in codes("Text", text, "ar")
