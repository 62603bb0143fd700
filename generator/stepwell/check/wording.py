"""The source texts as they read: words to avoid, room in print, sentences, ease."""

from __future__ import annotations

from collections.abc import Iterator

from stepwell.check import reading
from stepwell.check.fault import Fault, bare, base
from stepwell.check.translations.inflection import plain
from stepwell.check.translations.lexicon import Lexicon, avoided
from stepwell.definitions.base import Text
from stepwell.definitions.project import Definitions
from stepwell.definitions.walk import texts
from stepwell.diagnostics import Diagnostics


def check(read: Definitions, diagnostics: Diagnostics) -> None:
    """SW514 words to avoid, SW516 too long for print, SW526 to SW529 of every source text."""
    words = Lexicon.of(read.vocabulary.glossary, str)
    for _, definition in (*read.shared(), *read.pathways.items()):
        for text in texts(definition):
            for fault in faults(text, read.source_language, words):
                diagnostics.add(fault.code, text.span, fault.message, fault.help)


def faults(text: Text, language: str, words: Lexicon) -> Iterator[Fault]:
    """The faults of one source text."""
    yield from avoided(plain(bare(text)), base(language), text.context, words)
    if text.room is not None and len(text) > text.room:
        message = f"{len(text)} letters stand where print has room for {text.room}"
        yield Fault("SW516", message, "shorten it; short words or a usual abbreviation")
    yield from reading.check(text, language)
