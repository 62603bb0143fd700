"""A phrase in its inflected forms, as a pattern: endings, prefixes and the edges of words.

Endings are cut off and others allowed, nothing is looked up: the pattern of a
phrase finds its forms and now and then a stranger. A `*` in a phrase stands
for the rest of a word, and then nothing is guessed.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from stepwell.check.translations.letters import BEGINS, ENDS, WORD

_UNSPACED = frozenset({"zh", "ja", "th", "km"})
_WHOLE = 4
"""Words of fewer letters are found only as they stand, or with a plural ending."""
_SIGNS = "[\u093e-\u094c\u0900-\u0903]"
_ENDINGS = {
    "en": (r"(?:ies|es|s|y|e)$", r"(?:y|ies|es|e|s|ed|d|ing)?"),
    "es": (r"(?:os|as|es|o|a|e|s)$", r"(?:os|as|es|o|a|e|s)?"),
    "fr": (r"(?:eux|euse|aux|ale|al|es|e|s|x)$", r"(?:eux|euses?|aux|ale?s?|es|e|s|x)?"),
    "uk": (r"(?:ого|ому|ими|ою|ії|ія|ів|ами|ам|ах|ий|ій|им|их|[аеиіоуьяєюї])$",
           (r"(?:[аяуюиіїоеєьй]|[оеє]ю|[аяоеиі]м|[аяиі]х|[аяи]ми|[иі]й|ого|ому|[оеє]ві|[іїе]в|і[яїєю]"
            r"|ої|ією|іям|іях|ки|ка|ко|ку|ок)?")),
    "ar": (r"(?:ية|ات|ون|ين|ان|ة|ه|ي|ا)$",
           r"(?:ة|ا|ي|ات|ون|ين|ان|ية|يات|يون|يين|تان|تين|ت?(?:ه|ها|هم|هن|ك|كم|نا|ي))?"),
    "hi": (f"{_SIGNS}+$", f"{_SIGNS}*(?:य{_SIGNS}+)?"),
}  # fmt: skip
"""Language -> (what is cut off the end of a word, what may stand there instead)."""
_OTHER = (r"[aeiouy]?[sn]?$", rf"{WORD}{{0,3}}")
_PREFIXES = {"ar": "[وف]?[بلك]?(?:ال|لل)?"}
_ARABIC = re.compile("[\u0600-\u06ff]")
_VOWELS = re.compile("[\u064b-\u0652\u0640]")


def plain(text: str) -> str:
    """A text for comparison: small letters, one form of each sign, no Arabic vowel marks."""
    text = unicodedata.normalize("NFC", text.lower()).replace("ʼ", "’").replace("'", "’")
    return _VOWELS.sub("", text) if _ARABIC.search(text) else text


def ending_of(language: str) -> re.Pattern[str]:
    """What is cut off the end of a word to find its stem."""
    return re.compile(_ENDINGS.get(language, _OTHER)[0])


@lru_cache(maxsize=2048)
def finds(phrases: tuple[str, ...], language: str, exact: tuple[str, ...] = ()) -> re.Pattern[str]:
    """What finds any of some phrases in a plain text: in any form, or exactly as they stand."""
    known = [_phrase(plain(phrase), language, guess=True) for phrase in phrases]
    known += [_phrase(plain(phrase), language, guess=False) for phrase in exact]
    found = _tree(known)
    if language in _UNSPACED:
        return re.compile(found or r"(?!)")
    prefix = _PREFIXES.get(language, "")
    return re.compile(f"{BEGINS}{prefix}(?:{found}){ENDS}" if found else r"(?!)")


def _tree(known: list[tuple[str, str]]) -> str:
    """One pattern of many (stem, endings), parted by first letters: that halves the search."""
    parts: dict[str, dict[str, list[str]]] = {}
    for stem, endings in known:
        parts.setdefault(stem[0], {}).setdefault(endings, []).append(stem[1:])
    return "|".join(
        first + "(?:" + "|".join(f"(?:{'|'.join(rest)}){end}" for end, rest in ends.items()) + ")"
        for first, ends in parts.items()
    )


def _phrase(phrase: str, language: str, *, guess: bool) -> tuple[str, str]:
    """(the pattern of a phrase up to its last word's stem, what may end it)."""
    if language in _UNSPACED:
        return re.escape(phrase), ""
    *words, (stem, ending) = (_word(word, language, guess=guess) for word in phrase.split())
    between = rf"[\s\xa0\u202f]+{_PREFIXES.get(language, '')}"
    return between.join([*map("".join, words), stem]), ending


def _word(word: str, language: str, *, guess: bool) -> tuple[str, str]:
    """(the stem of a word, its endings), as patterns."""
    if language == "ar":
        word = re.sub(r"^ال(?=\w{3})", "", word)
    if not guess or "*" in word:
        stem, rest, _ = word.partition("*")
        return re.escape(stem), f"{WORD}*" if rest else ""
    if len(word) < _WHOLE:
        return re.escape(word), "s?" if language in ("en", "es", "fr") else ""
    cut, endings = _ENDINGS.get(language, _OTHER)
    stem = re.sub(cut, "", word)
    return re.escape(stem if len(stem) >= _WHOLE - 1 else word), endings
