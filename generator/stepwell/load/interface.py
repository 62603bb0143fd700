"""The toolkit's own words in each language, from the gettext catalogs of the package."""

from __future__ import annotations

import gettext
import io
from pathlib import Path

import polib

FOLDER = Path(__file__).resolve().parent.parent / "locales"
SOURCE = "en"


def languages() -> tuple[str, ...]:
    """The languages the toolkit has words in, English first."""
    return (SOURCE, *sorted(path.stem for path in FOLDER.glob("*.po")))


def interface(language: str) -> gettext.NullTranslations:
    """The words of a language; for one that `languages` does not name, the English ones."""
    path = FOLDER / f"{language}.po"
    if not path.is_file():
        return gettext.NullTranslations()
    return gettext.GNUTranslations(io.BytesIO(polib.pofile(str(path)).to_binary()))
