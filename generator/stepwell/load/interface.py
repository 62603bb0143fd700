"""The toolkit's own words in each language, from the gettext catalogs of the package."""

from __future__ import annotations

import gettext
import io
from functools import cache
from pathlib import Path

import polib

FRACTION = "fraction"
"""The context of plural messages in their last form; `resolve.words` asks for it by this name.

Where no whole number has the form of a fraction, as in Ukrainian, the last form of a
catalog is the fractions' own.
"""
FOLDER = Path(__file__).resolve().parent.parent / "locales"
SOURCE = "en"


def languages() -> tuple[str, ...]:
    """The languages the toolkit has words in, English first."""
    return (SOURCE, *sorted(path.stem for path in FOLDER.glob("*.po")))


@cache
def interface(language: str) -> gettext.NullTranslations:
    """The words of a language; for one that `languages` does not name, the English ones."""
    path = FOLDER / f"{language}.po"
    if not path.is_file():
        return gettext.NullTranslations()
    catalog = polib.pofile(str(path))
    counted = [entry for entry in catalog if entry.msgid_plural]
    for entry in counted:
        last = entry.msgstr_plural[max(entry.msgstr_plural)]
        catalog.append(polib.POEntry(msgctxt=FRACTION, msgid=entry.msgid_plural, msgstr=last))
    return gettext.GNUTranslations(io.BytesIO(catalog.to_binary()))


def lacking(language: str) -> int:
    """How many of the toolkit's own messages have no words in a language."""
    path = FOLDER / f"{language}.po"
    if language == SOURCE:
        return 0
    if not path.is_file():
        return max(len(polib.pofile(str(other))) for other in FOLDER.glob("*.po"))
    return len(polib.pofile(str(path)).untranslated_entries())
