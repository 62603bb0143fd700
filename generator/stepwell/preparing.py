"""What the toolkit has for a language, and what it lacks: words, fonts, search, formats."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from stepwell import language as languages
from stepwell.load.interface import interface, lacking
from stepwell.resolve.words import Words
from stepwell.write.catalogs import plural_forms
from stepwell.write.fonts import FontError, fonts_for
from stepwell.write.search_run import knows_endings

SEGMENTED = ("zh", "ja")
"""Languages written without spaces whose words Pagefind's extended edition tells apart."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a language needs: what it is called, what there is, whether it is enough."""

    name: str
    detail: str
    ok: bool = True


def findings(language: str, today: datetime.date, cache: Path) -> Iterator[Finding]:
    """What there is for a language; fonts that are made are kept in `cache`."""
    words = Words(language, interface(language))
    way = "right to left" if words.direction == "rtl" else "left to right"
    yield Finding("name", words.autonym)
    yield Finding("writing", f"{languages.script(language)} script, {way}")
    yield _interface(language)
    yield Finding("plurals", plural_forms(language))
    yield _fonts(language, cache)
    yield _search(language)
    yield Finding("dates", words.date(today).striptags())
    yield Finding("numbers", words.span(1, 2500).striptags())
    listed = words.all_of([words.number(number) for number in (1, 2, 3)])
    yield Finding("lists", listed.striptags())
    yield Finding("quotes", words("“%(answer)s”", answer="A").striptags())


def _interface(language: str) -> Finding:
    missing = lacking(language)
    if not missing:
        return Finding("words", "the toolkit has all its own words in it")
    said = f"{missing} of the toolkit's own words are missing: CONTRIBUTING, 'Add a language'"
    return Finding("words", said, ok=False)


def _fonts(language: str, cache: Path) -> Finding:
    try:
        found = fonts_for(language, cache)
    except FontError as error:
        return Finding("print", str(error), ok=False)
    return Finding("print", f"set in {', '.join(found.names)}")


def _search(language: str) -> Finding:
    if language.partition("-")[0] in SEGMENTED:
        return Finding("search", "finds words inside a sentence")
    try:
        knows = knows_endings(language)
    except RuntimeError as error:
        return Finding("search", str(error), ok=False)
    if knows:
        return Finding("search", "finds a word by its other forms too")
    return Finding("search", "finds a word as it is written, and by its beginning")
