"""Source texts: their sentences and syllables are counted well, and what is hard is told once."""

from __future__ import annotations

import pytest

from stepwell.check import reading
from stepwell.check.reading.ease import ease
from stepwell.check.reading.passive import passives
from stepwell.check.reading.sentences import sentences
from stepwell.check.reading.syllables import counts, syllables
from stepwell.definitions.base import Readers, Text

ENGLISH = """the 1 care 1 table 2 little 2 simple 2 people 2 walked 1 wanted 2 called 1 changed 1
changes 2 boxes 2 houses 2 takes 1 doses 2 dose 1 tablet 2 medicine 3 doctor 2 nurse 1 hospital 3
emergency 4 crisis 2 danger 2 depression 3 anxiety 4 treatment 2 manager 3 specialist 3 referral 3
symptom 2 physical 3 psychological 5 antidepressant 5 psychiatry 4 monitoring 4 blood 1 pressure 2
appointment 3 questionnaire 3 interpreter 4 confidential 4 responsible 4 family 3 together 3
tomorrow 3 evening 2 agreed 2 agreement 3 decided 3 decision 3 information 4 education 4
community 4 activity 4 exercise 3 sleeping 2 worried 2 tiredness 2 breathing 2 breathe 1 kidney 2
lithium 3 serious 3 various 3 previous 3 radio 3 video 3 museum 3 create 2 created 3 reality 4
usual 3 actually 4 individual 5 quiet 2 queen 1 guess 1 league 1 fire 1 hour 1 being 2 doing 2
trying 2 carrying 3 evaluation 5 continuous 4 continue 3 value 2 cruel 2 real 1 area 3 rhythm 2
metabolism 5 once 1 eye 1 whole 1 people's 2 don't 1 you're 1 follow-up 3 self-help 2 general 3
family's 3 colleague 2 language 2 languages 3 messages 3 judged 1 pages 2 caused 1 increase 2
passes 2 wished 1 watched 1 started 2 added 2 tried 1 studied 2 died 1 lies 1 bodies 2 goes 1"""
SPANISH = """casa 2 médico 3 día 2 ayuda 3 ciudad 2 salud 2 teléfono 4 aéreo 4 país 2 oír 2
guerra 2 guitarra 3 queso 2 agua 2 bueno 2 cuidado 3 cuídese 4 paciente 3 atención 3 emergencia 4
línea 3 viaje 2 héroe 3 poeta 3 leer 2 baúl 2 vergüenza 3 pingüino 3 rey 1 hoy 1 muy 1 estudiáis 3
tiempo 2 medicamento 5 farmacéutico 5 psiquiatra 3 enfermería 5 lluvia 2 ahora 3 causa 2 deuda 2"""
GERMAN = """Haus 1 Arzt 1 Krankenhaus 3 Häuser 2 Leute 2 Patient 3 Medikament 4 Gesundheit 3
heute 2 Hilfe 2 Beratung 3 Behandlung 3 Boot 1 täglich 2 Überweisung 4 Theater 3 Müdigkeit 3
ruhig 2 Auge 2 neu 1 drei 1"""
ITALIAN = """casa 2 medico 3 aiuto 3 salute 3 famiglia 3 città 2 perché 2 più 1 cuore 2 quando 2
paziente 3 dottore 3 aereo 4 uomo 2 giorno 2 acqua 2 buono 2 maestra 3 idea 3 guerra 2"""
KNOWN = {"en": ENGLISH, "es": SPANISH, "de": GERMAN, "it": ITALIAN}


@pytest.mark.parametrize("language", KNOWN)
def test_syllables_of_known_words(language: str) -> None:
    """Every word of the list has the syllables that a dictionary gives it."""
    words = KNOWN[language].split()
    wanted = dict(zip(words[::2], map(int, words[1::2]), strict=True))
    assert {word: syllables(word, language) for word in wanted} == wanted


def test_no_grade_where_none_is_dependable() -> None:
    """Arabic, Hindi and Chinese have no figure; other alphabets have LIX, as an indication."""
    assert not any(map(counts, ("ar", "hi", "zh", "fr", "uk")))
    for language, formula in (("ar", None), ("hi", None), ("zh-Hans", None), ("fr", "LIX"),
                              ("uk", "LIX"), ("en", "Flesch"), ("es", "Fernández-Huerta"),
                              ("de", "Amstad"), ("it", "Gulpease")):  # fmt: skip
        found = ease(sentences("Un deux trois. Quatre.", language), language, "patients")
        assert (found.formula if found else None) == formula


@pytest.mark.parametrize(
    ("text", "language", "figure"),
    [
        # By hand: 6 words with 6 syllables; 5 with 9; 4 with 5; 4 with 14 letters; 6, one long.
        ("The cat sat on the mat.", "en", 116),
        ("La casa tiene una puerta.", "es", 94),
        ("Das Haus hat Türen.", "de", 103),
        ("Una casa ha porte.", "it", 129),
        ("Jag läser en mycket intressant bok.", "sv", 23),
    ],
)
def test_formulas_give_known_figures(text: str, language: str, figure: int) -> None:
    """Each formula gives what it gives by hand."""
    found = ease(sentences(text, language), language, "patients")
    assert found is not None
    assert found.figure == figure


@pytest.mark.parametrize(
    ("text", "language", "count"),
    [
        ("Ask Dr. Smith at 8 a.m. about it. Then rest, e.g. at home. All right? Yes.", "en", 4),
        ("¿Qué hora es? Son las ocho. El Sr. Paz viene.", "es", 3),
        ("منذ متى والأعراض مستمرة؟ اتصل الآن. نعم.", "ar", 3),
        ("您好。请打电话！好吗？", "zh-Hans", 3),
        ("यह मुफ़्त है। कॉल करें।", "hi", 2),
        ("Так. Ні? Гаразд!", "uk", 3),
        ("Call {phone:crisis}. It is free.", "en", 2),
    ],
)
def test_sentences_end_where_readers_see_it(text: str, language: str, count: int) -> None:
    """Abbreviations and placeholders end no sentence; the marks of each script do."""
    assert len(sentences(text, language)) == count


def test_a_placeholder_and_a_number_are_words() -> None:
    """What is printed in their place is read, too, but has no letters to count."""
    (one,) = sentences("Call {phone:crisis} within 2 days.", "en")
    assert len(one.words) == 5
    assert one.spelled == ("Call", "within", "days")


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("You are seen by a nurse.", ["are seen"]),
        ("The plan was not written.", ["was not written"]),
        ("It is checked and has been changed.", ["is checked", "been changed"]),
        ("You are tired and worried.", []),
        ("She has changed the plan.", []),
        ("Your GP calls you.", []),
        ("You need to be prepared.", []),
    ],
)
def test_the_passive_is_found_where_it_is_certain(sentence: str, found: list[str]) -> None:
    """Participles after a form of `be` are told, feelings and the active voice are not."""
    assert passives(sentence) == found


def told(text: str, language: str = "en", readers: Readers = "patients") -> list[str]:
    """The codes of a source text."""
    one = Text(text)
    one.readers = readers
    return [fault.code for fault in reading.check(one, language)]


def test_long_sentences_are_told_once_for_a_text() -> None:
    """Over 25 words for patients, over 35 for clinicians, one finding however many there are."""
    assert told(f"{'word ' * 25}.") == []
    assert told(f"{'word ' * 26}.") == ["SW526"]
    assert told(f"{'word ' * 26}. {'word ' * 27}.") == ["SW526"]
    assert told(f"{'word ' * 35}.", readers="clinicians") == []
    assert told(f"{'word ' * 36}.", readers="clinicians") == ["SW526"]
    assert told("\n".join(f"- {'word ' * 20}" for _ in range(3))) == []
    assert told("字" * 99, "zh-Hans") == []


def test_long_words_are_for_running_texts_of_patients() -> None:
    """A title may have a long word; a sentence for patients had better not."""
    sentence = "We ask you to come to multidisciplinary care."
    assert told(sentence) == ["SW527"]
    assert told(sentence, readers="clinicians") == []
    assert told("multidisciplinary team") == []
    assert told("We ask you to come to self-management-oriented care.") == []


def test_one_passive_is_no_fault() -> None:
    """Two passives in a text for patients are told, in English."""
    assert told("You are seen by a nurse.") == []
    assert told("You are seen by a nurse. You are asked for help.") == ["SW528"]
    assert told("You are seen. You are asked.", "es") == []


def test_a_hard_text_is_told_if_it_is_long_enough() -> None:
    """A formula says something about forty words and three sentences, not about a line."""
    hard = "Qualified interpreters facilitate complicated communication at every consultation."
    assert "SW529" not in told(hard)
    assert "SW529" in told(" ".join([hard] * 6))
    assert "SW529" not in told(" ".join([hard] * 6), "ar")
    assert "SW529" not in told(" ".join(["We call you today. You can rest now."] * 9))
