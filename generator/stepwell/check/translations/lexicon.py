"""What is agreed about words in one language: names that stay, words to avoid, agreed terms.

Made once for a language from the shared glossary and its translations, and
looked up for each text. Agreed are the terms of several words: one word, such
as `response`, has everyday senses too, and no pattern tells them apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from stepwell.check.fault import Fault, base
from stepwell.check.translations.inflection import finds, plain
from stepwell.check.translations.pair import Pair
from stepwell.check.translations.skeleton import holds
from stepwell.check.translations.stigma import STIGMA
from stepwell.definitions.base import Text
from stepwell.definitions.vocabulary import Term

Said = Callable[[Text], str]
"""A text in the language of a lexicon; nothing if it has no current translation."""
_TELLS = re.compile(r"/glossary/[^/]+/(?:avoid|why|meaning|synonyms)$")
"""Texts in which the glossary names a word to say why it is avoided, or to be found by it."""
_NAMES = re.compile(r"/glossary/|/instruments/[^/]+/title$")
"""Texts that are terms and names themselves."""


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The words of one language.

    `avoid`: each phrase to avoid -> what is said of it. `terms`: each term of
    the source language -> how it may be called, the term first.
    """

    avoid: Mapping[str, str] = field(default_factory=dict, repr=False)
    terms: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """The terms of the source language, longer ones first."""
        return tuple(sorted(self.terms, key=len, reverse=True))

    @classmethod
    def of(cls, glossary: tuple[Term, ...], said: Said) -> Lexicon:
        """The lexicon of a language from the glossary as that language says it."""
        avoid, terms = {}, {}
        for term in glossary:
            own = tuple(called for text in (term.term, term.plain) if (called := said(text)))
            help = f"the glossary says '{own[-1]}'" if own else "see the glossary"
            for phrase in said(term.avoid).split(";") if term.avoid else ():
                if phrase.strip():
                    avoid[phrase.strip()] = help
            if " " in term.term.strip() and own:
                terms[term.term.casefold()] = own
        return cls(avoid, terms)


def check(pair: Pair, lexicon: Lexicon) -> Iterator[Fault]:
    """SW514 words to avoid, SW515 agreed terms that are called otherwise."""
    text = plain(pair.text)
    yield from avoided(text, pair.base, pair.context, lexicon)
    terms = _terms_in(pair.was, base(pair.source_language), lexicon.sources)
    if not terms or pair.room is not None or _NAMES.search(pair.context):
        return
    for term in terms:
        own = lexicon.terms[term]
        if not any(holds(text, called, pair.base) for called in own):
            message = f"'{term}' of the source is not called '{own[0]}' here"
            yield Fault("SW515", message, "use the term that the glossary agrees on")


def avoided(text: str, language: str, context: str, lexicon: Lexicon) -> Iterator[Fault]:
    """SW514 in a plain text of any language, where it is not the word itself that is explained."""
    if "/glossary/" in context and _TELLS.search(context):
        return
    for match in _to_avoid(lexicon, language).finditer(text):
        phrase = _named(match[0], language, lexicon)
        help = lexicon.avoid.get(phrase) or _hurts(language)[phrase]
        yield Fault("SW514", f"'{match[0]}' is a word to avoid", help)


@lru_cache(maxsize=64)
def _to_avoid(lexicon: Lexicon, language: str) -> re.Pattern[str]:
    return finds(tuple(lexicon.avoid), language, tuple(_hurts(language)))


def _named(found: str, language: str, lexicon: Lexicon) -> str:
    """The phrase that some words are a form of."""
    for phrase in lexicon.avoid:
        if finds((phrase,), language).fullmatch(found):
            return phrase
    return next(p for p in _hurts(language) if finds((), language, (p,)).fullmatch(found))


@lru_cache(maxsize=16)
def _hurts(language: str) -> dict[str, str]:
    """The words of STIGMA -> what to say instead."""
    rows = STIGMA.get(language, {}).items()
    return {phrase: instead for instead, words in rows for phrase in words.split("; ")}


@lru_cache(maxsize=8192)
def _terms_in(text: str, language: str, terms: tuple[str, ...]) -> tuple[str, ...]:
    """The terms that a text of the source language holds, the longest of those that overlap."""
    found = (match[0] for match in finds(terms, language).finditer(plain(text)))
    whole = (next(t for t in terms if finds((t,), language).fullmatch(one)) for one in found)
    return tuple(dict.fromkeys(whole))
