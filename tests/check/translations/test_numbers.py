"""Numbers and units agree, whatever the script, the marks and the order of a language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.check.translations.told import codes

from stepwell.check.translations import Pair, faults

RIGHT = [
    ("Take 0.8 mg.", "Tome 0,8 mg.", "es"),
    ("Take 1,500 mg.", "Tome 1.500 mg.", "es"),
    ("Walk 10000 steps.", "Marchez 10\u202f000 pas.", "fr"),
    ("Half of 50% is 25%.", "La moitié de 50\u202f% est 25\u202f%.", "fr"),
    ("Call 020 7946 0100.", "Llame al 02079460100.", "es"),
    ("Call +44 20 7946 0100.", "拨打 +44-20-7946-0100。", "zh"),
    ("For 10 days.", "Протягом 10 днів.", "uk"),
    ("Between week 8 and week 12.", "Entre la semana 8 y la semana 12.", "es"),
    ("Between week 8 and week 12.", "بين الأسبوع 8 والأسبوع 12.", "ar"),
    ("From 4 to 6 weeks.", "من 4 إلى 6 أسابيع.", "ar"),
    ("0.8 mmol/L after 12 hours", "12 घंटे बाद 0.8 mmol/L", "hi"),
    ("On 3 days in 12 weeks.", "在12周内的3天里。", "zh"),
    ("½ tablet", "½ comprimido", "es"),
    ("A score of ≥ 15 of PHQ-9.", "Una puntuación >= 15 en PHQ-9.", "es"),
    ("-5 °C", "−5 °C", "es"),
    ("24 hours a day", "24 години на добу", "uk"),
    ("Aged 18", "18 ans", "fr"),
]
WRONG = [
    ("Take 5 mg.", "Tome 50 mg.", "es", "SW507"),
    ("Take 5 mg.", "Tome mg.", "es", "SW507"),
    ("Take 5 mg.", "Tome cinco mg.", "es", "SW507"),
    ("Take it.", "Tome 2.", "es", "SW507"),
    ("From 4 to 6.", "De 6 a 4.", "es", "SW507"),
    ("From 4 to 6 weeks.", "从6到4周。", "zh", "SW507"),
    ("5 mg, then 10 mg.", "10 mg, luego 5 mg.", "es", "SW507"),
    ("5 mg for 10 days.", "10 mg durante 5 días.", "es", "SW507"),
    ("Take 0.8 mg.", "Tome 8 mg.", "es", "SW507"),
    ("Take 0.8 mg.", "Tome 0.8 mg.", "es", "SW507"),
    ("Take 0.8 mg.", "服用0,8毫克。", "zh", "SW507"),
    ("Take 1,500 mg.", "Tome 1,5 mg.", "es", "SW507"),
    ("Call 020 7946 0100.", "Llame al 020 7946 0010.", "es", "SW507"),
    ("Call 0300 123 4567.", "Llame al 300 123 4567.", "es", "SW507"),
    ("≥ 15", "≤ 15", "es", "SW507"),
    ("≥ 15", "15", "es", "SW507"),
    ("PHQ-9", "PHQ-15", "es", "SW507"),
    ("½ tablet", "1 comprimido", "es", "SW507"),
    ("-5 °C", "5 °C", "es", "SW507"),
    ("In 5 weeks.", "في ٦ أسابيع.", "ar", "SW507"),
    ("5 mg", "5 g", "es", "SW508"),
    ("5 mg", "5 غ", "ar", "SW508"),
    ("5 mg", "5克", "zh", "SW508"),
    ("5 mg", "5", "es", "SW508"),
    ("Give 5.", "Dé 5 mg.", "es", "SW508"),
    ("5 mg/day", "5 mg", "es", "SW508"),
    ("4 weeks", "4 meses", "es", "SW508"),
    ("4 weeks", "4 місяці", "uk", "SW508"),
    ("4 weeks", "4 महीने", "hi", "SW508"),
    ("4 weeks", "4 أشهر", "ar", "SW508"),
    ("week 8", "mes 8", "es", "SW508"),
    ("In 4 weeks.", "في ٤ أسابيع.", "ar", "SW510"),
    ("In 4 weeks.", "४ सप्ताह में।", "hi", "SW510"),
    ("In 4 weeks.", "４周内。", "zh", "SW510"),
    ("In 4 weeks.", "۴ أسابيع.", "ar", "SW510"),
    ("Take two tablets.", "Tome tres pastillas.", "es", "SW509"),
    ("Eight weeks", "Sept semaines", "fr", "SW509"),
    ("Six talks", "पाँच बातचीत", "hi", "SW509"),
    ("Three steps", "五个步骤", "zh", "SW509"),
    ("Four talks", "п’ять розмов", "uk", "SW509"),
    ("Four talks", "خمس محادثات", "ar", "SW509"),
]


@pytest.mark.parametrize(("source", "text", "language"), RIGHT)
def test_numbers_that_agree_are_not_told(source: str, text: str, language: str) -> None:
    """Another mark, space, order or script of words is no fault where the language has it."""
    found = codes(source, text, language)
    assert [code for code in found if code in ("SW507", "SW508", "SW509", "SW510")] == []


@pytest.mark.parametrize(("source", "text", "language", "code"), WRONG)
def test_numbers_that_differ_are_told(source: str, text: str, language: str, code: str) -> None:
    """A number, a unit or a mark that differs has its code."""
    assert code in codes(source, text, language)


@pytest.mark.parametrize(
    ("source", "text", "language"),
    [
        ("Twelve steps", "اثنتا عشرة خطوة", "ar"),
        ("Two steps", "خطوتان", "ar"),
        ("Eight in the morning", "الثامنة صباحاً", "ar"),
        ("Monday", "الاثنين", "ar"),
        ("Five days, Monday to Friday", "П’ять днів, з понеділка до п’ятниці", "uk"),
        ("Eight in the morning", "О восьмій ранку", "uk"),
        ("Four together", "四个一起，一定", "zh"),
    ],
)
def test_number_words_have_many_forms(source: str, text: str, language: str) -> None:
    """A dual, an hour of the day or a day of the week is no other number."""
    assert "SW509" not in codes(source, text, language)


@given(st.integers(1, 10**6), st.sampled_from(["٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९", "０１２３４５６７８９"]))
def test_digits_of_any_script_are_read(number: int, digits: str) -> None:
    """The same number in other digits differs by its script only."""
    typed = str(number).translate(str.maketrans("0123456789", digits))
    assert codes(f"N {number}.", f"N {typed}.") == ["SW510"]


@given(st.decimals(0, 1000, places=2, allow_nan=False), st.sampled_from([10, 100]))
def test_a_shifted_number_is_always_told(number: object, times: int) -> None:
    """No number is equal to ten times itself, in the marks of either language."""
    value = float(str(number)) or 1.0
    wrong = f"{value * times:.2f}".replace(".", ",")
    assert "SW507" in codes(f"N {value:.2f}.", f"N {wrong}.")


def test_the_message_names_both_numbers() -> None:
    """A translator reads what stands there and what should."""
    found = faults(Pair("Within 12 weeks.", "En 21 semanas.", "es"))
    assert [fault.message for fault in found] == [
        "the translation has '21' where its source has '12'"
    ]
    found = faults(Pair("Take 5 mg.", "Tome 5 g.", "es"))
    assert [fault.message for fault in found] == [
        "'5' has the unit 'g', in the source the unit 'mg'"
    ]
