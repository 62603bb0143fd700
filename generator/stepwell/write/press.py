"""What printing needs before it begins: libraries, fonts, a glyph for every character."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from stepwell.diagnostics import Diagnostics
from stepwell.source import NOWHERE, Span
from stepwell.write import pango
from stepwell.write.fonts import Family, FontError, FontSet, fonts_for

Texts = Iterable[tuple[str, str, Span]]


@dataclass(frozen=True)
class Press:
    """Whether PDFs can be made on this machine, and the fonts of each language."""

    works: bool
    fonts: dict[str, FontSet]

    @classmethod
    def ready(
        cls, texts: Texts, languages: Iterable[str], cache: Path, diagnostics: Diagnostics,
        family: Family = "sans",
    ) -> Press:  # fmt: skip
        """A press for some languages, and (language, text, place) of all that it will print.

        SW606 if a system library is missing, SW603 for a language without fonts
        and for each character that no font has.
        """
        if pango.blocked():
            remedy = pango.remedy(pango.probe())
            diagnostics.add("SW606", NOWHERE, "no PDF was made: Pango is missing here", remedy)
            return cls(False, {})
        fonts: dict[str, FontSet] = {}
        for language, said in _by_language(texts, languages):
            text = "\n".join(text for text, _ in said)
            try:
                fonts[language] = fonts_for(language, cache / "fonts", text, family)
            except FontError as error:
                diagnostics.add("SW603", NOWHERE, str(error))
            else:
                _check_glyphs(fonts[language], said, diagnostics)
        return cls(True, fonts)


def _by_language(
    texts: Texts, languages: Iterable[str]
) -> Iterator[tuple[str, list[tuple[str, Span]]]]:
    """(language, its texts with their places), one language at a time; all of `languages`."""
    waiting = dict.fromkeys(languages)
    for language, group in groupby(texts, itemgetter(0)):
        if language in waiting:
            del waiting[language]
            yield language, [(text, span) for _, text, span in group]
    yield from ((language, []) for language in waiting)


def _check_glyphs(fonts: FontSet, said: list[tuple[str, Span]], diagnostics: Diagnostics) -> None:
    missing = fonts.missing("".join(text for text, _ in said))
    for text, span in said if missing else ():
        for character in missing:
            if character in unicodedata.normalize("NFC", text):
                help = "use another character, or report that the language needs a font"
                diagnostics.add("SW603", span, fonts.lacks(character, text), help)
