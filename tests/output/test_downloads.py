"""The page of downloads in a browser: it filters, can be shared, and shows real pictures."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from tests.browser import audited, needs_chromium
from tests.output.test_text import LANGUAGES

pytestmark = [*needs_chromium, pytest.mark.xdist_group("output-downloads")]
SHOWN = "[data-document]:visible"
LOADED = """images => images.every((image) => image.complete && image.naturalWidth > 100 &&
  Math.abs(image.naturalWidth / image.naturalHeight -
    image.getAttribute('width') / image.getAttribute('height')) < .02)"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_document_has_a_picture(site: Path, language: str) -> None:
    """Beside each PDF lies a small picture, which is not blank."""
    documents = sorted((site / language / "print").rglob("*.pdf"))
    sizes = []
    for document in documents:
        file = document.with_suffix(".png")
        with Image.open(file) as picture:
            assert max(picture.width / 240, picture.height / 340) == pytest.approx(1, abs=0.01)
            ink = sum(picture.convert("L").histogram()[:180]) / (picture.width * picture.height)
            assert 0.002 < ink < 0.6, file
        sizes.append(file.stat().st_size)
    assert sum(sizes) / len(sizes) < 8000
    assert {file.stem for file in (site / language / "print").rglob("*.png")} == {
        document.stem for document in documents
    }


def choose(page: Any, **choices: str) -> str:
    """Choose in the form; what is told of the result."""
    for name, value in choices.items():
        page.locator(f"#filter-{name}").select_option(value)
    return str(page.locator("[data-filter-status]").inner_text())


def opened(page: Any) -> list[str]:
    """The addresses that the titles in sight lead to."""
    links = page.locator(f"{SHOWN} [data-open]")
    return list(links.evaluate_all("all => all.map((link) => link.getAttribute('href'))"))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_documents_are_found_by_what_they_are(
    tab: Any, address: str, site: Path, language: str
) -> None:
    """Pathway, reader and paper leave what fits; the result is told, and nobody is shut out."""
    page = tab(360 if language == "ar" else 1280)
    page.goto(f"{address}/{language}/downloads.html")
    every = len(list((site / language / "print").rglob("*.pdf")))
    assert page.locator(SHOWN).count() == every
    assert audited(page) == []
    told = choose(page, audience="clinician", paper="A6")
    assert re.findall(r"\d+", told) == ["2"]
    assert len(opened(page)) == 2
    assert all(link.endswith("/pocket-guide.pdf") for link in opened(page))
    choose(page, pathway="psychiatry-primary-care")
    assert opened(page) == ["print/psychiatry-primary-care/pocket-guide.pdf"]
    assert page.locator("[data-group]:visible").count() == 2
    assert audited(page) == []
    choose(page, audience="family")
    assert page.locator(SHOWN).count() == 0
    assert page.locator("[data-filter-none]").is_visible()
    page.locator(".sw-filter button").click()
    page.wait_for_url(f"{address}/{language}/downloads.html")
    assert page.locator(SHOWN).count() == every


def test_a_choice_of_language_opens_that_language(tab: Any, address: str) -> None:
    """Titles then lead to its documents, with their pictures; the address can be shared."""
    page = tab()
    page.goto(f"{address}/en/downloads.html")
    choose(page, language="uk", audience="family")
    assert page.url.endswith("?audience=family&language=uk")
    choose(page, size="sheet")
    for _ in range(2):
        assert len(opened(page)) == 2
        assert all(re.match(r"\.\./uk/print/.+/leaflet-family\.pdf$", one) for one in opened(page))
        shown = page.locator(f"{SHOWN} .sw-document__form")
        assert all("Українська" in text for text in shown.all_inner_texts())
        page.locator(f"{SHOWN} img").last.scroll_into_view_if_needed()
        page.wait_for_load_state("networkidle")
        assert page.locator(f"{SHOWN} img").evaluate_all(LOADED)
        page.reload()
    page.goto(f"{address}/en/downloads.html?size=wall&paper=nonsense")
    assert opened(page)
    assert page.locator(f"{SHOWN} img").first.evaluate("image => image.src.endsWith('.png')")


def test_without_scripts_everything_is_listed(tab: Any, address: str, site: Path) -> None:
    """Then there is no form; each document and its other languages can be opened."""
    page = tab(360, java_script_enabled=False)
    page.goto(f"{address}/hi/downloads.html")
    assert page.locator(SHOWN).count() == len(list((site / "hi/print").rglob("*.pdf")))
    assert not page.locator(".sw-filter").is_visible()
    others = page.locator(SHOWN).first.locator("li:visible a")
    assert others.evaluate_all("all => all.map((a) => a.lang)") == [
        tag for tag in LANGUAGES if tag != "hi"
    ]


def test_a_copy_on_a_disk_filters_too(tab: Any, site: Path) -> None:
    """From a folder or a stick the choices work as well."""
    page = tab()
    page.goto((site / "en/downloads.html").as_uri())
    choose(page, audience="family", language="ar")
    assert len(opened(page)) == 2
    assert all(one.startswith("../ar/print/") for one in opened(page))
    tab.said.clear()  # the browser reports the search, which it does not load from a disk
