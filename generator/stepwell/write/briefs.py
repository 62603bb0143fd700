"""What translators are told beside an entry: readers, weight, length, placeholders, terms.

Told in English, like all that the toolkit says to those who work with it. What a
role or a term is called in the language comes from the catalogs themselves, so
that a brief gets better as the shared file is translated.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from stepwell.definitions.base import Text
from stepwell.definitions.pathway import Pathway
from stepwell.definitions.placeholders import Placeholder, placeholders
from stepwell.definitions.project import Definitions
from stepwell.definitions.units import Unit
from stepwell.definitions.vocabulary import Term

Said = Callable[[Text], str]
"""A text in the language of a catalog; nothing if it has no current translation."""

_CLASSES = {
    "safety": "Safety text, {}: a mistake here can hurt somebody.",
    "care": "Text about care, {}.",
    "info": "General text, {}.",
}
_READERS = {"patients": "for patients and families", "clinicians": "for clinicians"}
_NAMED = {
    "role": "title", "tier": "title", "exit": "title", "intervention": "title",
    "medicine": "title", "instrument": "name", "resource": "name", "contact": "name",
    "quantity": "value",
}  # fmt: skip
"""Kind of placeholder -> the field of its definition that stands in its place."""


@dataclass(frozen=True, slots=True)
class Brief:
    """What is told of an entry in every language, and what depends on the language."""

    about: str
    stands: tuple[tuple[str, Text | str], ...]
    terms: tuple[tuple[Text, Text | None], ...]

    def told(self, said: Said) -> str:
        """The lines, with the words that a language has for roles and terms."""
        if not self.stands and not self.terms:
            return self.about
        lines = [self.about]
        for placeholder, stands in self.stands:
            own = said(stands) if isinstance(stands, Text) else ""
            lines.append(f"{placeholder}: {_line(stands)}{f' = {own}' if own else ''}")
        for term, avoid in self.terms:
            own, wrong = said(term), said(avoid) if avoid else ""
            agreed = f" = {own}" if own else " (not translated yet)"
            lines.append(f"Term: {_line(term)}{agreed}{f'; not: {wrong}' if wrong else ''}")
        return "\n".join(lines)


class Briefs:
    """Writes the briefs of one file: of a pathway, or of what pathways share."""

    def __init__(self, definitions: Definitions, pathway: str | None) -> None:
        self._index = definitions.index(pathway)
        self._pathway = definitions.pathways[pathway] if pathway else None
        self._emergency = definitions.site.emergency.phone
        self._terms = _phrases(definitions.vocabulary.glossary)

    def of(self, unit: Unit) -> Brief:
        """The brief of a unit."""
        text = unit.text
        about = _CLASSES[text.safety_class].format(_READERS[text.readers])
        if text.room:
            about = f"{about}\nAt most {text.room} letters: there is no more room in print."
        stands = {
            str(placeholder): meant
            for placeholder in placeholders(unit.source)
            if (meant := self._meant(placeholder, text)) is not None
        }
        terms = tuple(self._agreed(unit))
        if not terms and not any(isinstance(meant, Text) for meant in stands.values()):
            return Brief("\n".join([about, *(f"{k}: {v}" for k, v in stands.items())]), (), ())
        return Brief(about, tuple(stands.items()), terms)

    def _agreed(self, unit: Unit) -> list[tuple[Text, Text | None]]:
        """The terms in a unit, each once, with the words to avoid; not the term that it is."""
        source = unit.source.casefold()
        names = [name for name in self._terms if name in source and _is_word(name, source)]
        longest = [name for name in names if not any(name in o for o in names if o != name)]
        found = [self._terms[name] for name in longest]
        return [(text, avoid) for text, avoid in found if text.context != unit.text.context]

    def _meant(self, placeholder: Placeholder, text: Text) -> Text | str | None:
        """What a placeholder stands for; None if that is not known (check tells)."""
        kind, argument = placeholder.kind, placeholder.argument
        if kind == "score":
            return argument
        if kind == "wait":
            return _wait(argument, self._pathway)
        if kind == "phone" and argument == "emergency":
            return str(self._emergency)
        kind = {"dose": "quantity", "phone": "contact"}.get(kind, kind)
        meant = self._index.get(kind, {}).get(argument)
        if meant is None:
            return None
        if placeholder.kind == "phone":
            return str(meant.phone)
        if isinstance(meant, Term):
            return meant.plain if text.readers == "patients" else meant.term
        found: Any = getattr(meant, _NAMED[kind])
        return found if isinstance(found, Text) else str(found)


def _is_word(name: str, source: str) -> bool:
    """Whether a name stands in a text as words of their own, or in the plural of English."""
    return re.search(rf"(?<!\w){re.escape(name)}(?:e?s)?(?!\w)", source) is not None


def _wait(argument: str, pathway: Pathway | None) -> str | None:
    tier, milestone, urgency = (*argument.split("/"), "routine", "")[:3]
    for wait in pathway.waits if pathway else ():
        if (wait.tier, wait.milestone) == (tier, milestone) and urgency in wait.targets:
            return str(wait.targets[urgency])
    return None


def _phrases(glossary: tuple[Term, ...]) -> Mapping[str, tuple[Text, Text | None]]:
    """A term or its plain words, in small letters -> that text and what is to be avoided."""
    found: dict[str, tuple[Text, Text | None]] = {}
    for term in glossary:
        for text in (term.term, term.plain):
            found.setdefault(text.casefold(), (text, term.avoid))
    return found


def _line(text: Text | str) -> str:
    return " ".join(text.split())
