"""The form of a translation: its length where print sets a limit, words that stand twice."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import compress
from operator import eq

from stepwell.check.fault import HOLE, Fault
from stepwell.check.translations.pair import Pair

_TWICE = {
    "es": {"que", "se"},
    "fr": {"nous", "vous"},
    "en": {"that", "had"},
}
"""Words that may stand twice in a row."""
_REDUPLICATES = frozenset({"ar", "bn", "hi", "id", "mr", "ms"})
"""Languages that say a word twice to mean `each` or `slowly`; only their particles are checked."""
_PARTICLES = {
    "ar": {"من", "في", "على", "إلى", "عن", "مع", "أو", "أن", "ما", "هذا", "هذه", "التي", "الذي"},
    "hi": {"में", "के", "की", "का", "को", "से", "है", "हैं", "और", "पर", "ने", "यह"},
}
_MARKS = ".,;:!?…।،؛؟»”)"
_STUTTER = {"zh": ("的的", "了了", "在在", "和和", "，，", "。。")}


def check(pair: Pair) -> Iterator[Fault]:
    """SW516 a text that is longer than its place, SW521 a word that stands twice."""
    if pair.room is not None and len(pair.translation) > pair.room:
        message = f"{len(pair.translation)} letters stand where print has room for {pair.room}"
        yield Fault("SW516", message, "shorten it; short words or a usual abbreviation")
    words = pair.text.lower().split()
    if words:
        words[-1] = words[-1].rstrip(_MARKS)
    for word in dict.fromkeys(compress(words, map(eq, words, words[1:]))):
        if word and _is_slip(word, pair.base):
            yield Fault("SW521", f"'{word} {word}' has a word twice", "keep one of the two")
    for twice in _STUTTER.get(pair.base, ()):
        if twice in pair.text:
            yield Fault("SW521", f"'{twice}' has a word twice", "keep one of the two")


def _is_slip(word: str, language: str) -> bool:
    if language in _REDUPLICATES:
        return word in _PARTICLES.get(language, ())
    return word[-1].isalpha() and HOLE not in word and word not in _TWICE.get(language, ())
