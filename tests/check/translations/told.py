"""What tests of one check share: the codes that it tells of a translation."""

from __future__ import annotations

from typing import Any

from stepwell.check.translations import NO_LEXICON, Lexicon, Pair, faults


def codes(
    source: str, text: str, language: str = "es", words: Lexicon = NO_LEXICON, **known: Any
) -> list[str]:
    """The codes of a translation's faults, in order."""
    return [fault.code for fault in faults(Pair(source, text, language, **known), words)]
