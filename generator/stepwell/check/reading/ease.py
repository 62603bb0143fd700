"""How easy a text is to read, where a formula is dependable.

Flesch for English, Fernández-Huerta for Spanish, Amstad for German, Gulpease
for Italian: 0 is very hard, 100 very easy. For other languages with an
alphabet LIX is an indication: about 20 is very easy, 60 very hard. For Arabic,
Hindi, Chinese and others there is none, and no grade is given.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from stepwell.check.fault import base
from stepwell.check.reading.sentences import Sentence
from stepwell.check.reading.syllables import syllables
from stepwell.definitions.base import Readers

ALPHABETS = frozenset(
    ("fr", "pt", "nl", "sv", "da", "nb", "nn", "no", "fi", "pl", "cs", "sk", "sl", "hr", "ro",
     "hu", "et", "lv", "lt", "uk", "ru", "be", "bg", "sr", "mk", "el", "ca", "gl", "tr", "sq")
)  # fmt: skip
"""Languages for which LIX is an indication."""
LONG = 6
"""Words of more letters are long for LIX."""


@dataclass(frozen=True, slots=True)
class Ease:
    """A figure of a formula, and whether it says that the text is hard for its readers."""

    formula: str
    figure: int
    hard: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """What formulas are made of."""

    sentences: int
    words: int
    syllables: int
    letters: int
    long: int


def ease(found: Sequence[Sentence], language: str, readers: Readers) -> Ease | None:
    """The ease of some sentences; None where no formula is dependable or nothing is said."""
    tag = base(language)
    formula = _FORMULAS.get(tag)
    words = [word for sentence in found for word in sentence.spelled]
    if not words or (formula is None and tag not in ALPHABETS):
        return None
    heard = sum(syllables(word, tag) for word in words) if formula else 0
    counts = Counts(
        len(found), len(words), heard, sum(map(len, words)), sum(len(w) > LONG for w in words)
    )
    name, figure_of, patients, clinicians = formula or _LIX
    figure = round(figure_of(counts))
    limit = patients if readers == "patients" else clinicians
    return Ease(name, figure, figure > limit if name == "LIX" else figure < limit)


def _flesch(counts: Counts) -> float:
    return 206.835 - 1.015 * counts.words / counts.sentences - 84.6 * _heard(counts)


def _fernandez_huerta(counts: Counts) -> float:
    return 206.84 - 1.02 * counts.words / counts.sentences - 60 * _heard(counts)


def _amstad(counts: Counts) -> float:
    return 180 - counts.words / counts.sentences - 58.5 * _heard(counts)


def _gulpease(counts: Counts) -> float:
    return 89 + (300 * counts.sentences - 10 * counts.letters) / counts.words


def _lix(counts: Counts) -> float:
    return counts.words / counts.sentences + 100 * counts.long / counts.words


def _heard(counts: Counts) -> float:
    return counts.syllables / counts.words


_Formula = tuple[str, Callable[[Counts], float], int, int]
"""Its name, itself, and the figures at which it gets hard for patients and for clinicians."""
_FORMULAS: dict[str, _Formula] = {
    "en": ("Flesch", _flesch, 60, 30),
    "es": ("Fernández-Huerta", _fernandez_huerta, 60, 30),
    "de": ("Amstad", _amstad, 50, 25),
    "it": ("Gulpease", _gulpease, 60, 40),
}
_LIX: _Formula = ("LIX", _lix, 45, 60)
