"""Translations: what is missing or stale counted by safety class, and the faults of the others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from stepwell.check.fault import Fault
from stepwell.check.translations import Lexicon, Pair, faults
from stepwell.check.translations.waivers import kept
from stepwell.definitions.base import Name, Text
from stepwell.definitions.project import Catalog, Definitions
from stepwell.definitions.units import Unit, served, units
from stepwell.definitions.walk import of_type
from stepwell.diagnostics import Diagnostics, nearest
from stepwell.source import Span

SHARED = ("site", "vocabulary", "resources")
_NAME = re.compile(r"[^\W\d_][\w'\u2019&-]*")


def check(read: Definitions, diagnostics: Diagnostics, spoken: Collection[str]) -> None:
    """SW503 languages without interface words, SW504 and SW505 of each catalog, and its faults."""
    published = read.site.languages.published
    for tag in read.site.languages.for_patients_only:
        if tag not in published or tag == read.source_language:
            message = f"'{tag}' is for patients only, but not among the translated languages"
            diagnostics.add("SW203", tag.span, message, nearest(tag, map(str, published)))
    for tag in published:
        if tag not in spoken:
            message = f"the toolkit has no words of its own in '{tag}'"
            diagnostics.add("SW503", tag.span, message, f"it has: {', '.join(spoken)}")
    parts = [(c, units([d])) for c, d in (*read.shared(), *read.pathways.items())]
    for catalog in read.catalogs.values():
        judge = Judge(read, catalog)
        for context, found in parts:
            wanted = served(read, catalog.language, found)
            _missing(context, wanted, catalog, diagnostics)
            for unit in wanted:
                for fault in judge.faults(unit):
                    at = catalog.entries[unit.key].span
                    diagnostics.add(fault.code, at, fault.message, fault.help)


class Judge:
    """Finds the faults of the translations in one language."""

    def __init__(self, read: Definitions, catalog: Catalog) -> None:
        self._catalog = catalog
        self._source_language = read.source_language
        self._names = names(read)
        self._words = Lexicon.of(read.vocabulary.glossary, self._said)

    def pair(self, unit: Unit, translation: str) -> Pair:
        """A unit with a translation of it, as `faults` compares them."""
        text = unit.text
        return Pair(
            unit.source, translation, self._catalog.language, self._source_language,
            text.context, text.safety_class, text.room, self._names,
        )  # fmt: skip

    def faults(self, unit: Unit) -> Iterator[Fault]:
        """The faults of a unit's current translation that no note beside it waives."""
        entry = self._catalog.entries.get(unit.key)
        if entry is not None and not entry.stale:
            yield from kept(faults(self.pair(unit, entry.text), self._words), entry.note)

    def _said(self, text: Text) -> str:
        found = (self._catalog.entries.get((text.context, block)) for _, block in text.blocks())
        return " ".join(entry.text for entry in found if entry and not entry.stale)


def names(read: Definitions) -> frozenset[str]:
    """The words that are names of the clinic, of resources and of instruments."""
    named = of_type((read.site, read.resources, *read.vocabulary.instruments), Name)
    words = (word for name in named for word in _NAME.findall(name))
    return frozenset(word for word in words if not word.islower())


def _missing(
    context: str, wanted: Iterable[Unit], catalog: Catalog, diagnostics: Diagnostics
) -> None:
    missing: Counter[str] = Counter()
    first: dict[str, Span] = {}
    for unit in wanted:
        entry = catalog.entries.get(unit.key)
        if entry is None or entry.stale:
            missing[unit.text.safety_class] += 1
            first.setdefault(unit.text.safety_class, unit.text.span)
    for safety_class, count in missing.items():
        code = "SW504" if safety_class == "safety" else "SW505"
        message = (
            f"{catalog.language}: {count} {safety_class} texts of '{context}' have no translation"
        )
        file = context if context not in SHARED else "shared"
        help = f"the first is here; translate locales/{catalog.language}/{file}.po"
        diagnostics.add(code, first[safety_class], message, help)
