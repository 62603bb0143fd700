"""Whether a text holds a phrase in some form: its words by their consonants, in any order.

Vowels are what inflection changes most: `derivación, derivaciones`, أثر آثار,
`перехід, переходу`. So words are compared without them, by their beginnings.
That tells kindly whether a term was used at all, and no more.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from stepwell.check.translations.inflection import ending_of, plain
from stepwell.check.translations.letters import WORD

_WORDS = re.compile(rf"[^\W\d_]{WORD}*")
_VOWELS = str.maketrans("", "", "aeiouyаеиіоуяюєїйьў’" + "اويىآأإؤئءةه")
_REACH = 3
"""How many letters an Arabic word may have before the consonants of a stem."""


def holds(text: str, phrase: str, language: str) -> bool:
    """Whether every word of a phrase stands in a plain text, in some form."""
    if language in ("zh", "ja", "th", "km"):
        return phrase in text
    there = [_consonants(word, language) for word in _WORDS.findall(text)]
    return all(_stands(stem, there, language) for stem in _stems(phrase, language))


def _stands(stem: str, there: list[str], language: str) -> bool:
    if language == "ar":
        return any(stem in word[: len(stem) + _REACH] for word in there)
    return any(word.startswith(stem) for word in there)


@lru_cache(maxsize=4096)
def _stems(phrase: str, language: str) -> tuple[str, ...]:
    """The consonants of each word of a phrase that says something."""
    words = (word for word in _WORDS.findall(plain(phrase)) if len(word) > 2)
    if language == "ar":
        words = (word.removeprefix("ال") for word in words)
    cut = ending_of(language)
    stems = (_consonants(cut.sub("", w) if len(w) > 4 else w, language) for w in words)
    return tuple(stem for stem in stems if len(stem) > 1)


def _consonants(word: str, language: str) -> str:
    signs = unicodedata.normalize("NFD", word)
    letters = "".join(sign for sign in signs if unicodedata.category(sign)[0] != "M")
    first = "" if language == "ar" else letters[:1]
    return first + letters[len(first) :].translate(_VOWELS)
