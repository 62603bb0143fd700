"""Texts cut into sentences and words. Owns sentencex."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import sentencex

from stepwell.check.fault import HOLE, bare, base

_WORD = re.compile(rf"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:[.,]\d+)*|{HOLE}")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its text and its words; a number or placeholder counts as one word."""

    text: str
    words: tuple[str, ...]

    @property
    def spelled(self) -> tuple[str, ...]:
        """The words that are made of letters."""
        return tuple(word for word in self.words if word[0].isalpha())


@lru_cache(maxsize=1024)
def sentences(text: str, language: str) -> tuple[Sentence, ...]:
    """The sentences of a paragraph or list item, in order."""
    found = (part.strip() for part in sentencex.segment(base(language), bare(text)))
    return tuple(Sentence(part, tuple(_WORD.findall(part))) for part in found if part)
