"""The toolkit's own words hold to what is asked of translations, in every plural form."""

from __future__ import annotations

import re
from pathlib import Path

import polib
import pytest
from babel import Locale

from stepwell.check.translations import Pair, faults
from stepwell.load.interface import FOLDER

CATALOGS = sorted(FOLDER.glob("*.po"))
VALUE = re.compile(r"%\((\w+)\)s|\{(\w+)\}")


def pairs(entry: polib.POEntry, language: str) -> list[Pair]:
    """An entry's source and each form of its translation, values as placeholders."""
    forms = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
    sources = {True: entry.msgid, False: entry.msgid_plural or entry.msgid}
    return [
        Pair(VALUE.sub(_named, sources[form == 0]), VALUE.sub(_named, text), language)
        for form, text in enumerate(forms)
        if text
    ]


def _named(value: re.Match[str]) -> str:
    return f"{{phone:{value[1] or value[2]}}}"


@pytest.mark.parametrize("path", CATALOGS, ids=lambda path: path.stem)
def test_every_plural_form_is_there(path: Path) -> None:
    """A catalog has as many forms as the language needs, and each message has them all."""
    catalog = polib.pofile(str(path))
    rule = catalog.metadata["Plural-Forms"]
    forms = int(re.findall(r"nplurals=(\d)", rule)[0])
    plural = Locale.parse(path.stem, sep="-").plural_form
    assert forms >= len({plural(number) for number in range(1001)})
    for entry in catalog:
        if entry.msgid_plural:
            assert sorted(entry.msgstr_plural) == list(range(forms)), entry.msgid


@pytest.mark.parametrize("path", CATALOGS, ids=lambda path: path.stem)
def test_interface_words_have_no_faults(path: Path) -> None:
    """Values, numbers, marks and letters are right; one, two or zero may need no number."""
    found = []
    for entry in polib.pofile(str(path)):
        told = {f for pair in pairs(entry, path.stem) for f in faults(pair)}
        found += [
            (entry.msgid, one) for one in told
            if not (entry.msgid_plural and one.code == "SW502" and "{phone:n}" in one.message)
        ]  # fmt: skip
    assert found == []
