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
from tests.output.test_offline import Host, visit

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


def test_a_clinician_finds_the_lithium_schedule_offline(browser: Any, site: Path) -> None:
    """After one visit and without a server: from home to the checks of lithium, a copy."""
    host = Host(site)
    context = browser.new_context(viewport={"width": PHONE, "height": 740})
    page = context.new_page()
    try:
        visit(page, host.address)
        host.stop()
        page.goto(f"{host.address}/en/index.html")
        page.locator(".sw-card", has=page.locator("#who-clinician")).locator(
            "a[href='psychiatry-primary-care/red-flags.html']"
        ).click()
        page.wait_for_url(re.compile(r"/red-flags\.html$"))
        page.goto(f"{host.address}/en/psychiatry-primary-care/monitoring.html")
        assert page.locator("#sw-kept").is_visible()
        assert "ithium" in page.locator("#sw-main").inner_text()
        assert page.locator("#sw-main table:visible").count() == 3  # a schedule a medicine
    finally:
        context.close()
        if host.thread.is_alive():
            host.stop()


def test_a_place_in_ukrainian_is_open_on_saturday(tab: Any, address: str) -> None:
    """From home to the places, and by two choices to those where Ukrainian is spoken."""
    page = tab(PHONE)
    page.goto(f"{address}/uk/index.html")
    page.locator("#sw-main a[href='resources.html']:visible").first.click()
    page.wait_for_url(re.compile(r"/resources\.html"))
    page.select_option("#filter-language", "uk")
    page.select_option("#filter-days", "sat")
    shown = page.locator("[data-filter-list] > li:visible")
    names = shown.locator("h2, h3").all_inner_texts()
    assert 0 < len(names) < 10
    assert page.url.endswith("days=sat")


def test_a_care_plan_is_filled_printed_saved_and_opened(
    tab: Any, address: str, tmp_path: Path
) -> None:
    """What a clinician types is on paper, in the file, and back on a page opened anew."""
    page = tab()
    page.goto(f"{address}/en/psychiatry-primary-care/care-plan.html")
    page.fill("[data-name='person/for-whom']", "Олена <b>")
    page.locator("[data-rows=goals] [data-part=goal]").first.fill("Walk to the market")
    paper = page.pdf()
    assert paper.startswith(b"%PDF")
    page.emulate_media(media="print")
    assert page.locator(".sw-plan__typed", has_text="Walk to the market").first.is_visible()
    page.emulate_media(media="screen")
    with page.expect_download() as waiting:
        page.locator("[data-do=save]").click()
    saved = tmp_path / "plan.json"
    waiting.value.save_as(saved)
    again = tab()
    again.goto(page.url)
    again.set_input_files("[data-file]", saved)
    again.wait_for_function("document.querySelector('[data-part=goal]').value")
    assert again.input_value("[data-name='person/for-whom']") == "Олена <b>"
    assert again.input_value("[data-rows=goals] [data-part=goal] >> nth=0") == "Walk to the market"


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
