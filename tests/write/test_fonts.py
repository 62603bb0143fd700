"""The faces of a language: which, from where, kept how, and what they cannot print."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polib
import pytest
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTCollection, TTFont

from stepwell.load.interface import FOLDER, languages
from stepwell.write import fonts as module
from stepwell.write.fonts import SCRIPTS, FontError, FontSet, fonts_for, script_of

ALPHABETS = {
    "en": "the quick brown fox jumps over the lazy dog – “10–14” ≥ ≤ ° £ € ½ ×",
    "es": "áéíñóúü ¿¡ «»",
    "fr": "àâæçéèêëîïôœùûüÿ «\u202f»",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя АБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯ ’ʼ «» – — № ≥ ≤ °",
    "ar": "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي ًٌٍَُِّْ ،؛؟٪ ٠١٢٣٤٥٦٧٨٩ ≥ –",
    "fa": "پچژگکی ۰۱۲۳۴۵۶۷۸۹ می\u200cشود",
    "he": "אבגדהוזחטיכךלמםנןסעפףצץקרשת ־",
    "hi": "अआइईउऊऋएऐऑओऔकखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसहक़ख़ग़ज़ड़ढ़फ़ ािीुूृॅेैॉोौंःँ़्ऽ । ॥ ₹ ≥ ≤ °",
    "zh": "您的照护团队在这里，每天都有人接听。（请拨打）：？！；、“睡得更好”《》…— · ≥ ≤ ° ℃ ％",
}


def test_every_row_of_scripts_gives_a_regular_and_a_bold_face(tmp_path: Path) -> None:
    """Each language of the table has the family Stepwell in 400 and 700, static and on disk."""
    for script in SCRIPTS.values():
        found = fonts_for(min(script.languages), tmp_path)
        assert found.families[0] == "Stepwell"
        assert [face.weight for face in found.faces] == [400, 700] * len(script.sources)
        for face in found.faces:
            with TTFont(face.path) as font:
                assert "fvar" not in font
                assert font["OS/2"].usWeightClass == face.weight


@pytest.mark.parametrize("language", ALPHABETS)
def test_letters_of_a_language_are_covered(language: str, fonts: Callable[[str], FontSet]) -> None:
    """Nothing of an everyday text is missing, nor Latin words and numbers inside it."""
    assert fonts(language).missing(ALPHABETS[language] + " Stepwell 020 7946 0123 100 mg") == ()


@pytest.mark.parametrize("language", languages())
def test_our_own_words_can_be_printed_in_every_language(
    language: str, fonts: Callable[[str], FontSet]
) -> None:
    """Each message of the toolkit has its glyphs, whatever a pathway says."""
    path = FOLDER / f"{language}.po"
    entries = polib.pofile(str(path)) if path.is_file() else []
    said = [text for entry in entries for text in (entry.msgstr, *entry.msgstr_plural.values())]
    assert fonts(language).missing("".join(said)) == ()


def test_missing_names_each_character_once_and_in_order(fonts: Callable[[str], FontSet]) -> None:
    """Boxes, ticks and arrows are missing; spaces, controls and joiners never are."""
    found = fonts("en")
    assert found.missing("☐ take ✓ → ☐\u2011") == ("\u2011", "→", "☐", "✓")
    assert found.missing("a\u00a0b\u202fc\u200d\u200e\u2066d\u2069\n\te\u00ad\ufe0f") == ()
    assert found.missing("") == ()


def test_a_letter_and_its_accent_count_as_the_composed_letter(
    fonts: Callable[[str], FontSet],
) -> None:
    """Text in decomposed form is judged as layout prints it."""
    assert fonts("vi").missing("e\u0302\u0301") == ()


def test_a_language_without_a_row_is_an_error_that_names_it(tmp_path: Path) -> None:
    """Traditional Chinese is not printed in Simplified forms; the error says what to do."""
    for language in ("zh-Hant", "zh-TW", "zh-HK", "tlh"):
        with pytest.raises(FontError, match=f"'{language}'.*SCRIPTS"):
            fonts_for(language, tmp_path)


def test_a_script_in_the_tag_decides() -> None:
    """Serbian is Cyrillic, unless the tag says Latin; case and underscores do not matter."""
    assert script_of("sr") is SCRIPTS["Cyrl"]
    assert script_of("sr-Latn-RS") is SCRIPTS["Latn"]
    assert script_of("PT_br") is SCRIPTS["Latn"]
    assert script_of("zh") is script_of("zh-CN") is script_of("zh-Hans") is SCRIPTS["Hans"]


def test_chinese_has_its_own_forms_and_a_true_bold(
    tmp_path: Path, fonts: Callable[[str], FontSet]
) -> None:
    """The bone is drawn as in China, not as in Japan, and its strokes are thicker in bold."""
    regular, bold = (_drawing(TTFont(face.path), "骨") for face in fonts("zh").faces[:2])
    japan, _, china, *_ = TTCollection(_collection()).fonts
    assert regular == _drawing(china, "骨", wght=400)
    assert regular != _drawing(japan, "骨", wght=400)
    assert bold == _drawing(china, "骨", wght=700) != regular


def _collection() -> Path:
    source = SCRIPTS["Hans"].sources[0]
    return module._installed(source, source.regular)


def _drawing(font: TTFont, character: str, **location: float) -> list[object]:
    """The outline of a character in whole units."""
    pen = RecordingPen()
    font.getGlyphSet(location=location)[font.getBestCmap()[ord(character)]].draw(pen)
    steps = [(step, [(round(x), round(y)) for x, y in points]) for step, points in pen.value]
    assert steps
    return list(steps)


def test_rare_characters_of_a_build_are_added(tmp_path: Path) -> None:
    """A face of ordinary Chinese is small; benzodiazepine needs a character beyond it."""
    ordinary = fonts_for("zh", tmp_path)
    assert ordinary.missing("苯二氮䓬 照护") == ("䓬",)
    assert fonts_for("zh", tmp_path, "苯二氮䓬").missing("苯二氮䓬 照护") == ()
    assert fonts_for("zh", tmp_path, "每天照护 abc é").digest == ordinary.digest
    assert all(face.path.stat().st_size < 2_000_000 for face in ordinary.faces)


def test_a_missing_character_is_told_with_its_name_the_fonts_and_the_text(
    fonts: Callable[[str], FontSet],
) -> None:
    """One sentence says all that a writer needs to find and change it."""
    assert fonts("hi").lacks("☃", "बर्फ़ ☃ में") == (
        "no font for 'hi' (Noto Sans Devanagari or Open Sans) has ☃ (U+2603 SNOWMAN), in 'बर्फ़ ☃ में'"
    )
    assert "(U+E000 a character without a name)" in fonts("uk").lacks("\ue000", "a")


def test_a_package_that_is_not_installed_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error is the command that mends it."""
    monkeypatch.setattr(module, "find_spec", lambda _name: None)
    with pytest.raises(FontError, match="pip install fontpkg-open-sans"):
        fonts_for("en", tmp_path)


def test_css_quotes_brackets_and_spaces_of_paths(tmp_path: Path) -> None:
    """A folder with signs that CSS or URLs would misread is written as they need it."""
    css = fonts_for("en", tmp_path / "a [b] 'c'").css
    assert css.count("@font-face") == 2
    assert "%5Bb%5D%20%27c%27" in css
    assert 'font-family: "Stepwell"' in css
    assert "[" not in css


def test_instances_are_made_once(tmp_path: Path) -> None:
    """The second call finds the files of the first, and writes nothing."""
    first = [(face.path, face.path.stat().st_ino) for face in fonts_for("en", tmp_path).faces]
    second = [(face.path, face.path.stat().st_ino) for face in fonts_for("en", tmp_path).faces]
    assert first == second
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(p.name for p, _ in first)


@pytest.mark.parametrize("damage", ["torn", "flipped", "empty"])
def test_a_damaged_instance_is_made_again(tmp_path: Path, damage: str) -> None:
    """Half a file, one wrong bit or nothing: the cache mends itself."""
    face = fonts_for("en", tmp_path).faces[0]
    whole = face.path.read_bytes()
    flipped = whole[:5000] + bytes([whole[5000] ^ 1]) + whole[5001:]
    broken = {"torn": whole[: len(whole) // 2], "flipped": flipped, "empty": b""}[damage]
    face.path.write_bytes(broken)
    assert fonts_for("en", tmp_path).faces[0] == face
    assert face.path.read_bytes() == whole


def test_digests_do_not_depend_on_the_place(tmp_path: Path) -> None:
    """Two machines name the same fonts alike, and other fonts otherwise."""
    here, there = fonts_for("en", tmp_path / "here"), fonts_for("en", tmp_path / "there")
    assert here.digest == there.digest
    assert here != there
    assert fonts_for("ar", tmp_path / "here").digest != here.digest


def test_a_failed_write_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a full disk there is an error, and no half file under any name."""

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        fonts_for("en", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_roots_hold_all_faces(fonts: Callable[[str], FontSet]) -> None:
    """Whoever may read the roots can read every face; the roots are real folders."""
    found = fonts("ar")
    assert {face.path.parent for face in found.faces} == set(found.roots)
    assert all(root == root.resolve() for root in found.roots)
