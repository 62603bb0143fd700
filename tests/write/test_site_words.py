"""The interface words: the site's own, then mkdocs-material's, then English with a warning."""

from __future__ import annotations

from stepwell.write.site_words import MATERIAL_WORDS, THEME_WORDS, choose_words


def nothing(name: str) -> None:
    """A language that mkdocs-material does not have."""


def test_own_word_comes_first() -> None:
    """The website's word wins over all others."""
    words, _ = choose_words([("skip", "Saltar")], "es", lambda name: "other")
    assert words["skip"] == "Saltar"


def test_english_needs_no_translation() -> None:
    """In English the words of this module are used, and nothing is reported."""
    words, warnings = choose_words([], "en-GB", lambda name: "other")
    assert words == dict(THEME_WORDS)
    assert warnings == []


def test_each_missing_word_is_reported_once() -> None:
    """A word that stays English in another language is a warning with its name."""
    words, warnings = choose_words([], "ti", nothing)
    assert words == dict(THEME_WORDS)
    assert warnings == [
        f"the theme's word '{name}' has no translation in 'ti'" for name, _ in THEME_WORDS
    ]


def test_other_words_are_kept() -> None:
    """Words that the theme does not know are passed on."""
    assert choose_words([("more", "Más")], "es", nothing)[0]["more"] == "Más"


def test_names_are_unique_and_known() -> None:
    """Each word has one name, and only known words are looked up at mkdocs-material."""
    names = [name for name, _ in THEME_WORDS]
    assert len(names) == len(set(names))
    assert set(MATERIAL_WORDS) <= set(names)
