"""Translations: every placeholder kept, and what is missing or stale counted by safety class."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from stepwell.definitions.base import Text
from stepwell.definitions.placeholders import placeholders, strays
from stepwell.definitions.project import Catalog, Definitions
from stepwell.definitions.walk import texts
from stepwell.diagnostics import Diagnostics, nearest
from stepwell.source import Span

SHARED = ("site", "vocabulary", "resources")


def check(read: Definitions, diagnostics: Diagnostics, spoken: Collection[str]) -> None:
    """SW503 languages without interface words; SW502, SW504 and SW505 of each catalog."""
    published = read.site.languages.published
    for tag in read.site.languages.for_patients_only:
        if tag not in published or tag == read.source_language:
            message = f"'{tag}' is for patients only, but not among the translated languages"
            diagnostics.add("SW203", tag.span, message, nearest(tag, map(str, published)))
    for tag in published:
        if tag not in spoken:
            message = f"the toolkit has no words of its own in '{tag}'"
            diagnostics.add("SW503", tag.span, message, f"it has: {', '.join(spoken)}")
    for catalog in read.catalogs.values():
        for context, definition in (*read.shared(), *read.pathways.items()):
            wanted = [t for t in texts(definition) if read.serves(catalog.language, t.readers)]
            _texts(context, wanted, catalog, diagnostics)


def _texts(context: str, found: Iterable[Text], catalog: Catalog, diagnostics: Diagnostics) -> None:
    missing: Counter[str] = Counter()
    first: dict[str, Span] = {}
    for text in found:
        for _, block in text.blocks():
            entry = catalog.entries.get((text.context, block))
            if entry is None or entry.stale:
                missing[text.safety_class] += 1
                first.setdefault(text.safety_class, text.span)
            else:
                _same_placeholders(block, entry.text, entry.span, diagnostics)
    for safety_class, count in missing.items():
        code = "SW504" if safety_class == "safety" else "SW505"
        message = (
            f"{catalog.language}: {count} {safety_class} texts of '{context}' have no translation"
        )
        file = context if context not in SHARED else "shared"
        help = f"the first is here; translate locales/{catalog.language}/{file}.po"
        diagnostics.add(code, first[safety_class], message, help)


def _same_placeholders(source: str, translation: str, at: Span, diagnostics: Diagnostics) -> None:
    wanted = Counter(map(str, placeholders(source)))
    found = Counter(map(str, placeholders(translation)))
    for name in sorted((wanted - found).keys() | (found - wanted).keys()):
        message = f"the translation has {found[name]} of {name}, its source {wanted[name]}"
        diagnostics.add("SW502", at, message, f"copy {name} as it stands in the source")
    for stray in strays(translation):
        message = f"'{stray.strip()[:60]}' has a brace that is no placeholder"
        diagnostics.add("SW502", at, message, "copy placeholders unchanged")
