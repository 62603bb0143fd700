"""Marks, gaps, lengths: what is closed, how sentences end, what print has room for."""

from __future__ import annotations

import pytest
from tests.check.translations.told import codes

from stepwell.check.fault import Fault
from stepwell.check.translations.waivers import kept


@pytest.mark.parametrize(
    ("text", "language", "code"),
    [
        ("Atención (por pasos.", "es", "SW517"),
        ("Atención) por pasos.", "es", "SW517"),
        ("Soins «\u202fpar étapes.", "fr", "SW517"),
        ("关怀（逐步。", "zh", "SW517"),
        ("关怀“逐步。", "zh", "SW517"),
        ('Atención "por pasos.', "es", "SW517"),
        ("Atención  por pasos.", "es", "SW520"),
        ("Atención por pasos .", "es", "SW520"),
        ("Que hora?", "es", "SW520"),
        ("Soins: par étapes.", "fr", "SW520"),
        ("Soins ; par étapes.", "fr", "SW520"),
        ("Soins par étapes!", "fr", "SW520"),
        ("Soins “par étapes”.", "fr", "SW520"),
        ("Допомога “крок за кроком”.", "uk", "SW520"),
        ("关怀, 逐步.", "zh", "SW520"),
        ("您好吗?", "zh", "SW520"),
        ("رعاية, خطوات.", "ar", "SW520"),
        ("देखभाल.", "hi", "SW520"),
        ("Atención por por pasos.", "es", "SW521"),
        ("Допомога по по кроках.", "uk", "SW521"),
        ("देखभाल में में।", "hi", "SW521"),
        ("您的的关怀。", "zh", "SW521"),
        ("Una\\nlínea", "es", "SW524"),
        ("- Una línea", "es", "SW524"),
    ],
)
def test_marks_that_are_wrong_are_told(text: str, language: str, code: str) -> None:
    """A mark without its counterpart, a foreign one or a slip has its code."""
    assert code in codes("Care in steps.", text.replace("\\n", "\n"), language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Atención (por «pasos» y “más”).", "es"),
        ("¿Qué hora es? ¡Ya!", "es"),
        ("Soins\u202f: «\u202fpar étapes\u202f», oui\u202f?\u202f!", "fr"),
        ("Voir https://a.example à {role:gp}\u202f; nous nous reposons.", "fr"),
        ("Допомога «крок за кроком» — так.", "uk"),
        ("关怀（逐步）：“好”，对吗？{role:gp}，好。", "zh"),
        ("3:30，PHQ-9。", "zh"),
        ("رعاية، ثم خطوات؛ أليس كذلك؟", "ar"),
        ("धीरे धीरे चलें। (आराम से)", "hi"),
        ("„Gut“ und “so”.", "de"),
    ],
)
def test_marks_that_are_right_are_not(text: str, language: str) -> None:
    """Each language has its own marks and spaces."""
    found = codes("Care {role:gp} 3:30 PHQ-9 https://a.example", text, language)
    assert [code for code in found if code in ("SW517", "SW520", "SW521", "SW524")] == []


def test_lists_of_words_are_parted_as_in_the_source() -> None:
    """A list of words to search by keeps its `; ` in every language."""
    context = "vocabulary/glossary/x/synonyms"
    assert codes("a; b", "甲; 乙", "zh", context=context) == []


@pytest.mark.parametrize(
    ("source", "text", "told"),
    [
        ("Stop it now.", "Párelo ahora.", False),
        ("Stop it now.", "立即停止。", False),
        ("Stop it now.", "इसे अभी रोकें।", False),
        ("Is it safe?", "هل هو آمن؟", False),
        ("Stop it (now).", "Párelo (ahora).", False),
        ("Stop it now.", "Párelo ahora", True),
        ("Stop it now.", "¿Párelo ahora?", True),
        ("Fever", "Fiebre.", True),
    ],
)
def test_a_safety_text_ends_as_its_source(source: str, text: str, told: bool) -> None:
    """A sentence that was cut off or became a question is told, in safety texts only."""
    language = {"立": "zh", "इ": "hi", "ه": "ar"}.get(text[0], "es")
    assert ("SW519" in codes(source, text, language, safety_class="safety")) == told
    assert "SW519" not in codes(source, text, language)


def test_a_card_has_room_for_so_many_letters() -> None:
    """A text of a card is told if it is longer than its place."""
    assert "SW516" in codes("GP", "médico de cabecera", room=12)
    assert "SW516" not in codes("GP", "médico", room=12)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("La [fecha] de [nombre]", False),
        ("La fecha de [nombre]", True),
        ("La [fecha] de [nombre] y [más]", True),
        ("La [date of birth] de [nombre]", True),
    ],
)
def test_gaps_are_kept_and_translated(text: str, told: bool) -> None:
    """Each gap of a letter stays a gap, with its words translated."""
    assert ("SW524" in codes("The [date of birth] of [name]", text)) == told


@pytest.mark.parametrize(
    ("note", "left"),
    [
        ("", ["SW514", "SW515"]),
        ("a note", ["SW514", "SW515"]),
        ("allow SW514: the name of a group", ["SW515"]),
        ("seen\nallow SW514: a name\nAllow sw515 the title", []),
        ("allow SW514:", ["SW514", "SW515", "SW525"]),
        ("allow SW516: no room", ["SW514", "SW515", "SW525"]),
        ("allow SW502: it reads better", ["SW514", "SW515", "SW525"]),
    ],
)
def test_a_waiver_needs_a_reason_and_a_fault(note: str, left: list[str]) -> None:
    """A note waives the code that it names; without a reason or a fault it is told itself."""
    found = (Fault("SW514", "a"), Fault("SW515", "b"))
    assert [fault.code for fault in kept(found, note)] == left


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Llame al {phone:a}, luego al {phone:b}.", []),
        ("Llame al {phone:b}, luego al {phone:a}.", ["SW523"]),
        ("Llame al {phone:a}, luego al {phone:a}.", ["SW502", "SW502"]),
    ],
)
def test_placeholders_that_look_alike_keep_their_order(text: str, told: list[str]) -> None:
    """Two telephone numbers that changed places are told; a role and a number may."""
    assert codes("Call {phone:a}, then {phone:b}.", text) == told
    assert codes("The {role:a} calls {phone:b}.", "Al {phone:b} llama el {role:a}.") == []
