"""The comparison of pictures is blind for how a page was drawn, and sees what people would see."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from PIL import Image
from tests.visual.printing import Case, Clinic, cases_by_name, pages
from tests.visual.sheets import change, sheet
from tests.visual.similarity import reduced

from stepwell.model import Document
from stepwell.write.imposition import imposed
from stepwell.write.pictures import Wanted, images

pytestmark = pytest.mark.pdf
Drawn = list[Image.Image]


def drawn_at(content: bytes, dpi: int, of: int, shift: int = 0) -> Drawn:
    """Pages drawn with `of` dots an inch and reduced to `dpi`, all ink moved by some dots."""
    found = []
    for page, picture in zip(images(content, Wanted(of)), pages(content, dpi), strict=True):
        moved = Image.new("L", page.size, 255)
        moved.paste(page, (shift, shift))
        found.append(reduced(moved, picture.size))
    return found


def restless(content: bytes, dpi: int) -> Drawn:
    """Pages whose dots are all one grey lighter or darker, at random."""
    chance = random.Random(1)

    def near(page: Image.Image) -> bytes:
        return bytes(min(max(grey + chance.choice((-1, 1)), 0), 255) for grey in page.tobytes())

    return [Image.frombytes("L", page.size, near(page)) for page in pages(content, dpi)]


NOISE: dict[str, Callable[[bytes, int], Drawn]] = {
    "fewer dots": lambda content, dpi: drawn_at(content, dpi, 150),
    "more dots": lambda content, dpi: drawn_at(content, dpi, 300),
    "half a dot of shift": lambda content, dpi: drawn_at(content, dpi, dpi * 4, 2),
    "restless greys": restless,
}


@pytest.mark.parametrize(
    ("name", "language"), [("leaflet", "en"), ("leaflet", "zh"), ("pocket-guide", "ar")]
)
def test_how_a_page_is_drawn_makes_no_difference(name: str, language: str, clinic: Clinic) -> None:
    """Other smoothing, half a dot of shift and restless greys leave a page as it is."""
    case = cases_by_name()[name]
    content = clinic.print(wanted(clinic, case, language))
    expected = sheet(pages(content, case.dpi)[:2])
    for noise, draw in NOISE.items():
        changed = change(expected, draw(content, case.dpi)[:2], case.dpi)
        assert changed is None, (noise, changed.sentences)


def wanted(clinic: Clinic, case: Case, language: str) -> Document:
    """A document that there is."""
    document = clinic.document(case, language)
    assert document is not None
    return document


def styled(css: str) -> Callable[[str], str]:
    """Adds styles to a page."""
    return lambda html: html.replace("</head>", f"<style>{css}</style></head>", 1)


def retyped(old: str, new: str) -> Callable[[str], str]:
    """Writes something else in one place."""
    return lambda html: html.replace(old, new, 1)


FAULTS = {
    "another digit": ("leaflet", "en", retyped("01632 960100", "01632 960180")),
    "another digit in Arabic": ("leaflet", "ar", retyped("01632 960100", "01632 960106")),
    "another digit in Chinese": ("leaflet", "zh", retyped("01632 960100", "01632 960180")),
    "another small digit": ("pocket-guide", "en", retyped("01632 960130", "01632 960180")),
    "a line that moved": ("leaflet", "en", styled(".worse h2 { position: relative; top: .7mm }")),
    "a box over another": ("leaflet", "en", styled(".worse { position: relative; top: -6mm }")),
    "a lost picture": ("leaflet", "en", styled(".qr svg, .logo { visibility: hidden }")),
    "a turned direction": ("cards", "ar", retyped('dir="rtl"', 'dir="ltr"')),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_people_would_see_is_found(fault: str, clinic: Clinic) -> None:
    """A fault makes the page different, and it is said where."""
    name, language, spoil = FAULTS[fault]
    case = cases_by_name()[name]
    document = wanted(clinic, case, language)
    spoilt = replace(document, html=spoil(document.html))
    assert spoilt.html != document.html
    expected = sheet(pages(clinic.print(document), case.dpi))
    changed = change(expected, pages(clinic.print(spoilt), case.dpi), case.dpi)
    assert changed is not None
    assert "mm from the top" in changed.sentences[0]


def test_a_mirrored_panel_is_found(clinic: Clinic) -> None:
    """A sheet that folds is not taken for one that folds the other way."""
    case = cases_by_name()["pocket-guide-fold"]
    document = wanted(clinic, case, "en")
    flat = clinic.print(replace(document, imposition=""))
    ltr, rtl = (pages(imposed(flat, "fold", way), case.dpi) for way in ("ltr", "rtl"))
    assert change(sheet(ltr), ltr, case.dpi) is None
    assert change(sheet(ltr), rtl, case.dpi) is not None


def test_a_page_more_is_found(clinic: Clinic) -> None:
    """A document of another number of pages is different, and both numbers are told."""
    case = cases_by_name()["form-note"]
    drawn = pages(clinic.print(wanted(clinic, case, "en")), case.dpi)
    changed = change(sheet(drawn), drawn[:-1], case.dpi)
    assert changed is not None
    assert "it has 1 pages" in changed.sentences[0]
