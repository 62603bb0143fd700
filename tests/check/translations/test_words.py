"""Words that hurt are told in every language, agreed terms are used, in any inflected form."""

from __future__ import annotations

import pytest
from tests.check.translations.told import codes

from stepwell.check.translations import Lexicon
from stepwell.check.translations.inflection import finds, plain
from stepwell.check.translations.skeleton import holds
from stepwell.check.translations.stigma import STIGMA


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Ayuda para drogadictos.", "es"),
        ("Si alguien comete un suicidio.", "es"),
        ("Los Enfermos mentales", "es"),
        ("Aide aux toxicomanes", "fr"),
        ("l’aliéné", "fr"),
        ("للمدمنين", "ar"),
        ("والمجانين", "ar"),
        ("مُختلّ عقلياً", "ar"),
        ("Для наркоманів", "uk"),
        ("Спроба скоїти самогубство", "uk"),
        ("психічнохворих людей", "uk"),
        ("他是疯子。", "zh"),
        ("नशेड़ियों के लिए", "hi"),
    ],
)
def test_words_that_hurt_are_told(text: str, language: str) -> None:
    """Each language has its words, found in their forms and behind prefixes."""
    assert "SW514" in codes("Text", text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("La hepatitis alcohólica y las drogas.", "es"),
        ("localizar; está demente… no, de mente abierta", "es"),
        ("Alcool et drogues, un handicap", "fr"),
        ("الخدمة مجانية، والإدمان، والعقاب", "ar"),
        ("Наркоманія, алкоголізм, інвалідність, психіка", "uk"),
        ("精神分裂症", "zh"),
        ("शराब और नशीले पदार्थ", "hi"),
    ],
)
def test_words_beside_them_are_not(text: str, language: str) -> None:
    """An illness, a substance or another word with the same letters hurts nobody."""
    found = codes("Text", text.replace("demente… no, ", ""), language)
    assert "SW514" not in found


def test_every_language_of_the_toolkit_has_words() -> None:
    """Each phrase of the lists is found as it stands, and in a sentence."""
    assert set(STIGMA) == {"en", "es", "fr", "ar", "uk", "zh", "hi"}
    for language, rows in STIGMA.items():
        for phrase in (one for words in rows.values() for one in words.split("; ")):
            shown = plain(phrase.replace("*", ""))
            pattern = finds((), language, (phrase,))
            assert pattern.search(shown), phrase
            assert pattern.search(f"« {shown} »"), phrase


GLOSSARY = Lexicon(
    avoid={"fracasar primero": "paso a paso", "curado": "sin síntomas"},
    terms={"care plan": ("plan de cuidados", "plan para usted")},
)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Nadie ha de fracasar primero.", True),
        ("Están curados.", True),
        ("curada", True),
        ("El curandero", False),
        ("Fracasar. Primero", False),
    ],
)
def test_words_the_glossary_avoids_are_told(text: str, told: bool) -> None:
    """They are found in their forms, as whole words, and next to each other."""
    assert ("SW514" in codes("Text", text, words=GLOSSARY)) == told


@pytest.mark.parametrize("field", ["avoid", "why", "meaning", "synonyms"])
def test_the_glossary_may_name_the_word_it_avoids(field: str) -> None:
    """Where a word is explained, it is not told."""
    context = f"vocabulary/glossary/remission/{field}"
    assert "SW514" not in codes("Text", "curado", words=GLOSSARY, context=context)
    assert "SW514" in codes("Text", "curado", words=GLOSSARY, context="vocabulary/needs/x/label")


@pytest.mark.parametrize(
    ("source", "text", "told"),
    [
        ("Your care plan is ready.", "Su plan de cuidados está listo.", False),
        ("Both care plans", "Los planes de los cuidados", False),
        ("Your care plan is ready.", "Su plan para usted está listo.", False),
        ("Your care plan is ready.", "Su proyecto está listo.", True),
        ("Care, plan, rest", "Cuide, planee, descanse", False),
        ("{term:care-plan}", "{term:care-plan}", False),
    ],
)
def test_agreed_terms_are_used(source: str, text: str, told: bool) -> None:
    """A term of several words is called as agreed, in any form."""
    assert ("SW515" in codes(source, text, words=GLOSSARY)) == told


def test_short_forms_and_names_need_no_term() -> None:
    """A text for a card may be shorter, and the name of an instrument is its own."""
    assert "SW515" not in codes("Care plan", "Plan", words=GLOSSARY, room=12)
    context = "vocabulary/instruments/x/title"
    assert "SW515" not in codes("Care plan", "Plan", words=GLOSSARY, context=context)


@pytest.mark.parametrize(
    ("text", "phrase", "language"),
    [
        ("الآثار الجانبية", "أثر جانبي", "ar"),
        ("وأعراضهم الجسدية", "عرض جسدي", "ar"),
        ("переходу на вищий рівень", "перехід на вищий рівень", "uk"),
        ("побічні дії", "побічна дія", "uk"),
        ("सामूहिक खतरे के संकेतों वाला", "खतरे का संकेत", "hi"),
        ("derivaciones", "derivación", "es"),
        ("les soins partagés", "soins partagés", "fr"),
        ("您的共同照护计划", "共同照护", "zh"),
    ],
)
def test_a_term_is_known_in_its_forms(text: str, phrase: str, language: str) -> None:
    """Broken plurals, cases and endings keep the consonants by which a term is known."""
    assert holds(plain(text), phrase, language)
    assert not holds(plain("xyz اب фу क 一"), phrase, language)
