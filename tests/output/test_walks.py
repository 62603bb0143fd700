"""Readers walk through the published site, each to what they came for.

Every tab is quiet: a message of the console, a breach of the policy or a request of another
host fails its walk (`tests.browser.tab`).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pikepdf
import pytest
from tests.browser import needs_chromium
from tests.output.conftest import Content

pytestmark = [*needs_chromium, pytest.mark.xdist_group("output-walks")]
PHONE = 360


def fetched(page: Any, link: Any) -> bytes:
    """What a link leads to, asked for as the browser would."""
    address = urljoin(page.url, link.get_attribute("href"))
    answer = page.request.get(address)
    assert answer.ok, address
    return bytes(answer.body())


def test_a_patient_finds_a_leaflet_in_arabic(tab: Any, address: str, tmp_path: Path) -> None:
    """From the choice of language: the pathway, its second step, and the leaflet of that step."""
    page = tab(PHONE, locale="ar")
    page.goto(f"{address}/index.html")
    page.locator("a[data-language=ar]").click()
    card = page.locator(".sw-card", has=page.locator("#pathway-psychosomatic-stepped-care"))
    card.locator("li[data-tier='2'] a").click()
    page.wait_for_url(re.compile(r"/ar/.+/tier-guided-self-help\.html$"))
    assert page.locator("html").get_attribute("dir") == "rtl"
    leaflet = page.locator("#sw-main a[href$='leaflet-guided-self-help.pdf']").first
    (tmp_path / "leaflet.pdf").write_bytes(fetched(page, leaflet))
    with pikepdf.open(tmp_path / "leaflet.pdf") as made:
        assert str(made.Root.Lang) == "ar"
        assert len(made.pages) == 2


def test_a_service_lead_downloads_the_indicators(tab: Any, address: str) -> None:
    """From the card for service leads to the table that a spreadsheet opens."""
    page = tab()
    page.goto(f"{address}/en/index.html")
    lead = page.locator(".sw-card", has=page.locator("#who-lead"))
    lead.locator("a[href='psychosomatic-stepped-care/indicators.html']").click()
    with page.expect_download() as waiting:
        page.locator("#sw-main a[href$='.csv']").first.click()
    rows = list(csv.reader(waiting.value.path().read_text("utf-8-sig").splitlines()))
    assert len(rows) > 5
    assert len({len(row) for row in rows}) == 1


def reached(page: Any, start: str) -> Iterator[str]:
    """The addresses that can be reached by links that are seen, from `start`, each once."""
    waiting, known = [start], {start}
    while waiting:
        here = waiting.pop()
        yield here
        if not here.endswith(".html"):
            continue
        page.goto(here)
        seen = (
            "all => all.filter(a => a.checkVisibility() || a.closest('details')).map(a => a.href)"
        )
        for href in page.eval_on_selector_all("a[href]", seen):
            target = href.partition("#")[0]
            if target.startswith(f"{start.rpartition('/')[0]}/") and target not in known:
                known.add(target)
                waiting.append(target)


def test_without_scripts_everything_is_reached(content: Content, tab: Any, address: str) -> None:
    """By links that are seen, from the English home page: each page, leaflet and table."""
    page = tab(PHONE, java_script_enabled=False)
    found = {urlsplit(one).path.lstrip("/") for one in reached(page, f"{address}/en/index.html")}
    pages = {page.path for page in content.pages if page.language == "en"}
    files = {one.path for one in (*content.documents, *content.rendered.data)}
    wanted = pages | {path for path in files if path.startswith("en/")}
    assert wanted - found == set()
