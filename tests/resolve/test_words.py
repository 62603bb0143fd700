"""Numbers, lengths of time, ranges, dates and lists, in tests/golden/words-*.txt and by rule."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup
from tests.resolve.conftest import lines, shown

from stepwell.definitions.base import TIME_UNITS, UNITS, Quantity
from stepwell.load.interface import interface, languages
from stepwell.resolve.words import Words, capital

LANGUAGES = ("en", "es", "ar", "fr", "uk", "zh", "hi")
COUNTS = ("0", "1", "2", "3", "5", "11", "21", "100", "1.5")
DATE = datetime.date(2026, 3, 1)


def words(language: str) -> Words:
    """The words of a language."""
    return Words(language, interface(language))


def _all(language: str) -> Iterator[tuple[str, str]]:
    said = words(language)
    for unit in TIME_UNITS:
        for count in COUNTS:
            typed = f"{count} {unit}"
            yield typed, shown(said.quantity(Quantity.read(typed)))
    for unit in UNITS:
        for typed in (f"5 {unit}", f"6..8 {unit}", f"1..2 {unit}"):
            yield typed, shown(said.quantity(Quantity.read(typed)))
    for typed in ("0.0625 mg", "7.5..12.5 mg", "1000000", "-50 %"):
        yield typed, shown(said.quantity(Quantity.read(typed)))
    parts = [Markup("A &amp; B"), said.number(2), Markup("C")]
    for number in (1, 2, 3):
        yield f"all of {number}", shown(said.all_of(parts[:number]))
        yield f"any of {number}", shown(said.any_of(parts[:number]))
    yield "from 5 to 14", shown(said.span(5, 14))
    yield "date", shown(said.date(DATE))


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_as_expected(language: str, golden: Callable[[str, str], None]) -> None:
    """Each unit, plural form, range, list and date has the expected words."""
    golden(f"words-{language}.txt", lines(_all(language)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_of_one_and_two_keeps_its_number(language: str) -> None:
    """A plural form may say 'one' or 'two' in a word, but every other number is written."""
    said = words(language)
    for unit in TIME_UNITS:
        for count in ("0", "3", "11", "21", "100"):
            assert f"⟨{count}⟩" in shown(said.quantity(Quantity.read(f"{count} {unit}")))
        half = shown(said.quantity(Quantity.read(f"1.5 {unit}")))
        assert f"⟨{said.digits(Decimal('1.5'))}⟩" in half


FORMS: dict[str, dict[str, tuple[str, ...]]] = {
    "fr": {"semaine": ("0", "1", "1.5"), "semaines": ("2", "21", "100", "1000000")},
    "uk": {
        "тиждень": ("1", "21", "101"),
        "тижні": ("2", "4", "22", "104"),
        "тижнів": ("0", "5", "11", "14", "112", "1000000"),
        "тижня": ("0.5", "1.5", "2.25"),
    },
    "zh": {"周": ("0", "1", "2", "1.5", "1000000")},
    "hi": {"सप्ताह": ("0", "1", "2", "1.5", "1000000")},
}


@pytest.mark.parametrize("language", FORMS)
def test_each_number_takes_its_plural_form(language: str) -> None:
    """French counts zero as one; Ukrainian has four forms, of which the last is for fractions."""
    said = words(language)
    for form, counts in FORMS[language].items():
        for count in counts:
            text = shown(said.quantity(Quantity.read(f"{count} weeks")))
            number, _, unit = text.removeprefix("⟨").partition("⟩")
            assert (number, unit.strip()) == (said.digits(Decimal(count)), form)


def test_an_hour_and_a_half_in_hindi_is_more_than_one() -> None:
    """Nought and one share a form in Hindi, and a fraction above one does not."""
    said = [words("hi").quantity(Quantity.read(f"{count} hours")) for count in ("0", "1", "1.5")]
    assert [shown(text)[-4:] for text in said] == ["घंटा", "घंटा", "घंटे"]


def test_numbers_are_grouped_as_in_the_language() -> None:
    """French by narrow spaces, Ukrainian by spaces, Hindi by lakhs; always in Latin digits."""
    digits = {tag: words(tag).digits(Decimal("1234567.25")) for tag in ("fr", "uk", "zh", "hi")}
    assert digits == {
        "fr": "1\u202f234\u202f567,25",
        "uk": "1\u00a0234\u00a0567,25",
        "zh": "1,234,567.25",
        "hi": "12,34,567.25",
    }


def test_the_first_of_a_month_in_french() -> None:
    """It is `1er`; every other day is a plain number."""
    assert words("fr").date(DATE) == "1er mars 2026"
    assert words("fr").date(datetime.date(2026, 10, 11)) == "11 octobre 2026"


def test_forms_of_arabic_are_all_used() -> None:
    """Arabic has six forms; each is chosen by its own numbers, and halves count as many."""
    forms = words("ar").locale.plural_form
    assert [forms(n) for n in (0, 1, 2, 3, 10, 11, 99, 100)] == [
        "zero", "one", "two", "few", "few", "many", "many", "other",
    ]  # fmt: skip
    assert forms(Decimal("1.5")) == "other"


@pytest.mark.parametrize("language", languages())
@settings(deadline=None)
@given(number=st.decimals(-999_999, 999_999, places=6))
def test_no_digit_of_a_number_is_lost(language: str, number: Decimal) -> None:
    """A number comes out with all its digits, in Latin figures, whatever the language."""
    said = words(language)
    text = said.digits(number)
    mark = said.locale.number_symbols["latn"]["decimal"]
    whole, _, part = text.partition(mark)
    figures = "".join(letter for letter in whole if letter.isdigit())
    assert all(letter in "0123456789" for letter in figures + part)
    assert Decimal(f"{figures}.{part or '0'}") == abs(number)
    assert ("-" in text or "\u2212" in text) == number.is_signed()


@pytest.mark.parametrize("language", languages())
def test_values_are_escaped_and_numbers_isolated(language: str) -> None:
    """What is filled into a message is escaped unless it is markup already."""
    said = words(language)
    assert "&lt;b&gt;" in said("Source: %(source)s", source="<b>")
    assert said("Source: %(source)s", source=said.number(3)).count('<bdi dir="ltr">3</bdi>') == 1
    assert said.any_of([Markup("&lt;i&gt;")]) == "&lt;i&gt;"


def test_names_of_languages() -> None:
    """A language is called by its own name, and by its name in another."""
    assert [words(tag).autonym for tag in LANGUAGES] == [
        "English", "Español", "العربية", "Français", "Українська", "简体中文", "हिन्दी",
    ]  # fmt: skip
    assert words("es").name_of("ar") == "árabe"
    assert words("uk").name_of("hi") == "гінді"
    assert [tag for tag in LANGUAGES if words(tag).direction == "rtl"] == ["ar"]


def test_a_capital_is_in_the_text() -> None:
    """A first letter is made a capital behind tags and spaces; other scripts and signs stay."""
    assert capital(Markup("<b>duty</b> team")) == "<b>Duty</b> team"
    assert capital("a < b") == "A &lt; b"
    for text in ("24 hours", "(one)", "\u0641\u0631\u064a\u0642", "\u8bca\u6240", ""):
        assert capital(text) == text
