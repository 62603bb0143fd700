"""What is wrong with a translation, seen beside its source: pure, without files or places.

`faults` is what `stepwell check` and `stepwell translate import` ask. Each
check is a module of this package and a row of CHECKS.
"""

from __future__ import annotations

from stepwell.check.fault import Fault
from stepwell.check.translations import (
    direction,
    form,
    habits,
    kept,
    leftover,
    lexicon,
    number_words,
    numbers,
    punctuation,
    scripts,
)
from stepwell.check.translations.lexicon import Lexicon
from stepwell.check.translations.pair import Pair

CHECKS = (
    kept.check, numbers.check, number_words.check, scripts.check, direction.check, leftover.check,
    punctuation.check, habits.check, form.check,
)  # fmt: skip
"""(Pair) -> the faults of one concern."""
NO_LEXICON = Lexicon()

__all__ = ["CHECKS", "NO_LEXICON", "Fault", "Lexicon", "Pair", "faults"]


def faults(pair: Pair, words: Lexicon = NO_LEXICON) -> tuple[Fault, ...]:
    """The faults of a translation, in the order of CHECKS; none if it is right."""
    found = [fault for check in CHECKS for fault in check(pair)]
    return (*found, *lexicon.check(pair, words))
