"""Every clinical text of the sources stands, unchanged, in what is published."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import pytest
from tests.output.conftest import Content
from tests.output.heard import Words, marginal, squeezed, tagged

from stepwell.definitions.base import Phone
from stepwell.definitions.walk import of_type

pytestmark = pytest.mark.xdist_group("output")
LANGUAGES = ("en", "es", "fr", "ar", "uk", "zh", "hi")
WHOLE = ("en", "es", "fr", "ar")
"""Languages in which clinicians are served, too."""
OPEN = ("patient", "family", "everybody")
"""Whom pages are for that every language has."""


UNITS = "mg|g|kg|cm|ml|mmol|mmHg|bpm|%|°C"
RUN = re.compile(rf"\d[\d.,]*\s*[\u2013-]\s*\d|\d\s*(?:{UNITS})(?!\w)|[<>=\u2264\u2265]\s*\d")
"""Numbers with a sign or a unit, which another direction would turn round."""

PLACE = re.compile('<p class="place">.*?</p>', re.DOTALL)
WORDY = ("uk",)
"""Languages in which one leaflet has no room for more than one place of help."""

ISOLATED = re.compile("\u2066[^\u2069]*\u2069")


@lru_cache(maxsize=512)
def words(file: Path) -> Words:
    """The runs of text of a page."""
    return Words(file.read_text("utf-8"))


@lru_cache(maxsize=512)
def read(file: Path) -> str:
    """The text of a page, squeezed."""
    return squeezed(words(file).text)


def pages(site: Path, language: str) -> list[Path]:
    """The pages of a language, in order."""
    return sorted((site / language).rglob("*.html"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_about_safety_and_care_is_on_a_page(
    content: Content, site: Path, language: str
) -> None:
    """Each one, as translated and with its placeholders filled, is on a page of its language.

    Where only patients are served, this is what stands on a page for them in English.
    """
    found = [read(file) for file in pages(site, language)]
    served = None if language in WHOLE else _for_patients(content)
    lost = []
    for texts in content.texts.values():
        for text in (text for text in texts if text.safety_class in ("safety", "care")):
            audiences = [content.said(text, language, who) for who in ("patient", "clinician")]
            for patient, clinician in zip(*audiences, strict=True):
                wanted = {patient[1], clinician[1]}
                if served is not None and (text.context, patient[0]) not in served:
                    continue
                if not any(stands(one, page) for one in wanted for page in found):
                    lost.append((text.context, patient[1]))
    assert lost == []
    assert served is None or len(served) > 700


def _for_patients(content: Content) -> set[tuple[str, str]]:
    """(context, source) of what English pages that are not for clinicians or leads say."""
    own = [page.path for page in content.pages if page.language == "en" and page.audience in OPEN]
    return {text for path in own for text in content.readings[path].used.texts}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_says_all_that_it_was_asked_to(
    content: Content, site: Path, language: str
) -> None:
    """The texts a page names as its sources are in its published HTML."""
    lost = []
    for page in content.pages:
        if page.language == language:
            text = read(site / page.path)
            lost += [
                (page.path, context, plain)
                for context, plain in content.used(page.path)
                if not stands(plain, text)
            ]
    assert lost == []


@pytest.mark.pdf
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_document_says_all_that_it_was_asked_to(
    content: Content, site: Path, language: str
) -> None:
    """The texts a document names as its sources are in its PDF, in the order they are read.

    A leaflet that is too long even when it is set denser keeps the first place of help.
    """
    lost, shortened = [], 0
    for document in (one for one in content.documents if one.language == language):
        file = site / document.path
        text, beside = squeezed(tagged(file)), squeezed(marginal(file))
        used = content.used(document.path)
        assert len(used) > 5
        if (
            document.imposition == "fold"
        ):  # it leaves out what has no room; what it prints is in its HTML
            printed = squeezed(Words(document.html).text)
            used = [one for one in used if stands(one[1], printed)]
        missed = [
            (document.path, context, plain)
            for context, plain in used
            if not stands(plain, text) and not _in_the_margin(plain, beside, language)
        ]
        spared = squeezed(Words("".join(PLACE.findall(document.html)[1:])).text)
        spare = [one for one in missed if stands(one[2], spared)]
        shortened += bool(spare)
        lost += [one for one in missed if one not in spare]
    assert lost == []
    assert shortened <= (language in WORDY)


@pytest.mark.pdf
@pytest.mark.parametrize("language", WHOLE)
def test_red_flags_stand_whole_in_every_pocket_guide(
    content: Content, site: Path, language: str
) -> None:
    """Each finding with its action, and what to do in danger, in the guide and on the sheet."""
    definitions = content.resolved.definitions
    for name, pathway in definitions.pathways.items():
        wanted = [text for flag in pathway.red_flags for text in (flag.finding, flag.action)]
        wanted += [definitions.site.emergency.action, definitions.site.crisis.action]
        for file in (site / language / "print" / name).glob("pocket-guide*.pdf"):
            text = squeezed(tagged(file))
            blocks = [one for want in wanted for one in content.said(want, language, "clinician")]
            lost = [plain for _, plain in blocks if not stands(plain, text)]
            assert lost == [], file.relative_to(site)


def stands(plain: str, text: str) -> bool:
    """Whether a text stands in another, as it is or, as a title, with its first letter raised."""
    return squeezed(plain) in text or squeezed(plain[:1].upper() + plain[1:]) in text


def _in_the_margin(plain: str, text: str, language: str) -> bool:
    """Whether a text is in what poppler finds; from right to left, all words of it are."""
    if language != "ar":
        return stands(plain, text)
    words = re.split(r"[\s.,:;\u060c\u061b\u061f]+", plain)
    return all(squeezed(word) in text for word in words)


def phones(content: Content) -> set[str]:
    """Every number to call, as it was typed."""
    definitions = content.resolved.definitions
    parts = (definitions.site, definitions.resources)
    return {str(phone) for part in parts for phone in of_type(part, Phone)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_phones_are_isolated_wherever_they_stand(
    content: Content, site: Path, language: str
) -> None:
    """Every number to call is on a page, and never outside of an element that isolates it."""
    numbers = phones(content)
    any_of_them = re.compile("|".join(rf"(?<!\d){re.escape(n)}(?!\d)" for n in sorted(numbers)))
    seen: set[str] = set()
    for file in pages(site, language):
        seen |= set(any_of_them.findall(words(file).text))
        loose = any_of_them.findall("\x00".join(words(file).loose))
        assert loose == [], file.relative_to(site)
    assert seen == numbers


@pytest.mark.parametrize("language", LANGUAGES)
def test_phones_are_dialled_as_they_are_shown(content: Content, site: Path, language: str) -> None:
    """A number on a page is a link to exactly its digits."""
    linked = re.compile(r'<a href="tel:([^"]*)"><bdi dir="ltr" class="phone">([^<]*)</bdi></a>')
    found = {pair for file in pages(site, language) for pair in linked.findall(file.read_text())}
    assert {shown for _, shown in found} == phones(content)
    assert all(re.sub(r"[^0-9+]", "", shown) == dialled for dialled, shown in found)


def test_ranges_and_quantities_are_isolated_in_arabic(site: Path) -> None:
    """No number with a unit, a sign or another number runs in the direction of Arabic text."""
    for file in pages(site, "ar"):
        loose = [run for run in words(file).loose if RUN.search(ISOLATED.sub("", run))]
        assert loose == [], file.relative_to(site)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_of_the_machinery_shows(content: Content, site: Path, language: str) -> None:
    """No brace of a placeholder, no name of an object, no character escaped twice is published."""
    own = {
        plain for texts in content.texts.values() for text in texts for _, plain in text.blocks()
    }
    for file in [*pages(site, language), site / "index.html"]:
        markup, text = file.read_text("utf-8"), words(file).text
        wrong = re.findall(r"[{}]|%\(\w+\)s|\bUndefined\b|<bound|Markup\(| object at 0x", text)
        wrong += re.findall(r"&amp;(?:lt|gt|amp|quot|#\d+);", markup)
        nodes = {node.strip() for node in words(file).nodes}
        wrong += [node for node in nodes if node in ("None", "True", "False") and node not in own]
        assert wrong == [], file.relative_to(site)


@pytest.mark.pdf
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_of_the_machinery_is_printed(site: Path, language: str) -> None:
    """The same holds for what is printed."""
    for file in sorted((site / language).rglob("*.pdf")):
        text = tagged(file)
        assert len(text) > 300
        wrong = re.findall(r"[{}]|%\(\w+\)s|\bUndefined\b|Markup\(|&\w+;| object at 0x", text)
        assert wrong == [], file.relative_to(site)


@pytest.mark.pdf
def test_phones_keep_their_order_in_arabic_print(content: Content, site: Path) -> None:
    """In the PDFs each number to call is found whole, by readers of lines and of tags."""
    for file in sorted((site / "ar").rglob("*.pdf")):
        heard, seen = tagged(file), marginal(file)
        numbers = {number for number in phones(content) if number in heard}
        assert numbers, file
        assert [number for number in numbers if number not in seen] == [], file.relative_to(site)
