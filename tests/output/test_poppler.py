"""What poppler reads in a PDF is what was written: every string of every language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import polib
import pytest
from markupsafe import Markup, escape
from tests.conftest import ROOT
from tests.output.conftest import Content
from tests.output.test_text import LANGUAGES
from tests.write.conftest import leaflet
from tests.write.test_pdf_text import BIDI, lines_of_poppler

from stepwell.model import Audience, Document
from stepwell.resolve.prose import prose
from stepwell.write import pdf
from stepwell.write.fonts import fonts_for

pytestmark = [pytest.mark.pdf, pytest.mark.xdist_group("output-poppler")]
LOCALES = ROOT / "generator" / "stepwell" / "locales"
TAG = re.compile(r"<[^>]*>")
VALUE = re.compile(r"%\(\w+\)s|\{\w+\}")
STYLE = "<style>p { font-size: 4pt; margin: 0; page-break-inside: avoid }</style>"
"""Small, so that each string stands in one line, and what is read can be compared with it."""


def from_content(content: Content, language: str) -> Iterator[Markup]:
    """Each text of the pathways and what they share, as patients or clinicians read it."""
    definitions = content.resolved.definitions
    for context, texts in content.texts.items():
        name = context.partition("/")[0]
        pathway = name if name in definitions.pathways else None
        for text in texts:
            if definitions.serves(language, text.readers):
                who: Audience = "patient" if text.readers == "patients" else "clinician"
                edition = content.resolved.edition(language, who, pathway)
                reading = content.resolved.reading(edition, "x.html", "print")
                yield from (block.html for block in prose(text, reading).blocks)


def of_the_interface(language: str) -> Iterator[Markup]:
    """Each interface word in each of its forms, with a number for each value.

    English is what the catalogs translate.
    """
    catalog = polib.pofile(str(LOCALES / f"{language if language != 'en' else 'es'}.po"))
    for entry in catalog:
        if entry.obsolete:
            continue
        own = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
        english = [entry.msgid, *([entry.msgid_plural] if entry.msgid_plural else [])]
        forms = map(escape, english if language == "en" else own)
        yield from (Markup(VALUE.sub('<bdi dir="ltr">27</bdi>', form)) for form in forms)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_string_is_read_as_it_was_written(
    content: Content, language: str, tmp_path: Path
) -> None:
    """Each sentence with its numbers and names, and each interface word, letter by letter.

    Every character has a glyph, too: what has none would be a problem.
    """
    strings = sorted({*from_content(content, language), *of_the_interface(language)})
    assert len(strings) > 2000
    wanted = [written(string) for string in strings]
    body = STYLE + "".join(f"<p>{string}" for string in strings)
    html = leaflet(body, language=language, size="3000mm 280mm")
    document = Document(f"{language}/a.pdf", "a", language, "patient", "p", (), html, "leaflet")
    faces = fonts_for(language, tmp_path, "".join(wanted))
    made = pdf.make(document, fonts=faces, assets=tmp_path)
    assert made.problems == ()
    read = lines_of_poppler(made.content)
    assert sorted(set(wanted) - set(read)) == []
    assert len(read) == len(wanted)


def written(string: Markup) -> str:
    """The text of some HTML, without marks of direction."""
    return BIDI.sub("", unescape(TAG.sub("", string))).strip()
