"""What printing needs before it begins: libraries, fonts, a glyph for every character."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from stepwell.diagnostics import Diagnostics
from stepwell.source import NOWHERE, Span
from stepwell.write import pango
from stepwell.write.fonts import FontError, FontSet, fonts_for

Texts = Iterable[tuple[str, str, Span]]


@dataclass(frozen=True)
class Press:
    """Whether PDFs can be made on this machine, and the fonts of each language."""

    works: bool
    fonts: dict[str, FontSet]

    @classmethod
    def ready(
        cls, texts: Texts, languages: Iterable[str], cache: Path, diagnostics: Diagnostics
    ) -> Press:
        """A press for some languages, and (language, text, place) of all that it will print.

        SW606 if a system library is missing, SW603 for a language without fonts
        and for each character that no font has.
        """
        if pango.blocked():
            remedy = pango.remedy(pango.probe())
            diagnostics.add("SW606", NOWHERE, "no PDF was made: Pango is missing here", remedy)
            return cls(False, {})
        fonts = {}
        for language in languages:
            try:
                fonts[language] = fonts_for(language, cache / "fonts")
            except FontError as error:
                diagnostics.add("SW603", NOWHERE, str(error))
        _check_glyphs(texts, fonts, diagnostics)
        return cls(True, fonts)


def _check_glyphs(texts: Texts, fonts: dict[str, FontSet], diagnostics: Diagnostics) -> None:
    for language, text, span in texts:
        for character in fonts[language].missing(text) if language in fonts else ():
            message = f"no font for '{language}' has U+{ord(character):04X} '{character}'"
            help = f"use another character in: {text[:60]}"
            diagnostics.add("SW603", span, message, help)
