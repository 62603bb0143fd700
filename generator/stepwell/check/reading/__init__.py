"""How readable the source texts are: long sentences and words, the passive, reading ease.

One finding of a kind for a text: what is told of every sentence is read by
nobody. A translation is not judged by these measures; its source is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from stepwell.check.fault import HOLE, Fault, base
from stepwell.check.reading.ease import ease
from stepwell.check.reading.passive import passives
from stepwell.check.reading.sentences import Sentence, sentences
from stepwell.definitions.base import Text

LONGEST = {"patients": 25, "clinicians": 35}
"""The most words of a sentence."""
LETTERS = {"en": 15, "es": 15, "fr": 15, "it": 15, "pt": 15, "uk": 16, "ru": 16, "de": 21}
"""The most letters of a word that patients read; elsewhere `OTHER_LETTERS`."""
OTHER_LETTERS = 18
ENOUGH_WORDS, ENOUGH_SENTENCES = 40, 3
"""A formula says nothing about a shorter text."""
RUNNING = 6
"""Fewer words are a title or a term, which is as long as it is."""
PASSIVES = 2
"""So many in a text are told; one is often the plainest way to say it."""
UNSPACED = frozenset({"zh", "ja", "th", "km"})
"""Languages that part no words, whose words can't be counted."""


def check(text: Text, language: str) -> Iterator[Fault]:
    """SW526 long sentences, SW527 long words, SW528 the passive, SW529 a hard text."""
    if base(language) in UNSPACED:
        return
    found = [one for _, block in text.blocks() for one in sentences(block, language)]
    yield from _long_sentences(found, text)
    if text.readers == "patients":
        yield from _long_words(found, base(language))
        if base(language) == "en":
            yield from _passives(found)
    yield from _hard(found, text, language)


def _long_sentences(found: Sequence[Sentence], text: Text) -> Iterator[Fault]:
    most = LONGEST[text.readers]
    if long := [one for one in found if len(one.words) > most]:
        longest = max(long, key=lambda one: len(one.words))
        many = f"{len(long)} sentences are" if len(long) > 1 else "a sentence is"
        message = f"{many} longer than {most} words; this one has {len(longest.words)}"
        yield Fault("SW526", f"{message}: '{_start(longest.text)}'", "make two of it, or a list")


def _long_words(found: Sequence[Sentence], language: str) -> Iterator[Fault]:
    most = LETTERS.get(language, OTHER_LETTERS)
    running = (one for one in found if len(one.words) >= RUNNING)
    parts = (part for one in running for word in one.spelled for part in word.split("-"))
    if long := dict.fromkeys(part for part in parts if len(part) > most):
        message = f"words of more than {most} letters: {', '.join(long)}"
        yield Fault("SW527", message, "use shorter words where there are some")


def _passives(found: Sequence[Sentence]) -> Iterator[Fault]:
    verbs = [verb for one in found for verb in passives(one.text)]
    if len(verbs) >= PASSIVES:
        message = f"who does it is not said: {', '.join(dict.fromkeys(verbs))}"
        yield Fault("SW528", message, "say who does it: 'your GP calls you'")


def _hard(found: Sequence[Sentence], text: Text, language: str) -> Iterator[Fault]:
    if len(found) < ENOUGH_SENTENCES or sum(len(s.words) for s in found) < ENOUGH_WORDS:
        return
    figure = ease(found, language, text.readers)
    if figure is not None and figure.hard:
        message = f"the text is hard to read for {text.readers}: {figure.formula} {figure.figure}"
        yield Fault("SW529", message, "use shorter sentences and words of every day")


def _start(text: str) -> str:
    shown = text if len(text) <= 60 else f"{text[:60]}…"
    return shown.replace(HOLE, "{…}")
