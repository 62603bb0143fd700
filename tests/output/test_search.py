"""Finding the way: the search of the published site, by name and by word, and its weight."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from tests.browser import needs_chromium

pytestmark = [*needs_chromium, pytest.mark.xdist_group("output-pages")]
BODY, MIND = "psychosomatic-stepped-care", "psychiatry-primary-care"
FIRST = {
    "rent": "resources.html",
    "PHQ9": "instruments.html#instrument-phq-9",
    "gp": f"{MIND}/role-gp.html",
    "lithium": f"{MIND}/medicine-lithium.html",
    "sertraline": f"{MIND}/medicine-antidepressants.html",
    "(01632) 960110": "index.html#contact-care-team",
    "step 2": f"{MIND}/tier-collaborative-care.html",
    "tier 2": f"{MIND}/tier-collaborative-care.html",
    "setback": "glossary.html#term-relapse",
    "999": "index.html#telephone",
}
"""What people type -> the first result, below the language."""
WEIGHED = {"en": "lithium", "ar": "الليثيوم", "zh": "锂盐"}
ROWS = "all => all.map(a => [a.href, a.querySelector('small').textContent])"


def asked(page: Any, words: str) -> list[tuple[str, str]]:
    """(address below the language, label) of the results, the best first."""
    page.locator("#sw-search-query").fill("")
    page.locator("[data-status]:empty").wait_for(state="attached")
    page.locator("#sw-search-query").fill(words)
    page.locator(".sw-search__results a").first.wait_for()
    found = page.eval_on_selector_all(".sw-search__results a", ROWS)
    parts = [(urlsplit(href), label) for href, label in found]
    shown = [(one.path.split("/", 2)[2], one.fragment, label) for one, label in parts]
    return [(f"{path}#{anchor}" if anchor else path, label) for path, anchor, label in shown]


def test_names_come_first_and_say_where_they_lead(tab: Any, address: str) -> None:
    """Abbreviations, drugs, numbers and plain words; a result tells its pathway and step."""
    page = tab()
    page.goto(f"{address}/en/index.html")
    page.keyboard.press("/")
    found = {words: asked(page, words) for words in FIRST}
    assert {words: rows[0][0] for words, rows in found.items()} == FIRST
    assert found["step 2"][0][1] == "Psychiatry and your GP · Step 2 · For patients"
    assert all(
        path.partition("#")[0].endswith(".html") for rows in found.values() for path, _ in rows
    )
    # A synonym finds the pages that have the clinical word.
    others = [path for path, _ in asked(page, "adverse effect")]
    assert any(path.startswith(f"{MIND}/medicine-") for path in others)


def test_filters_narrow_what_is_found(tab: Any, address: str) -> None:
    """By audience, by pathway and by topic, with the words of the index."""
    page = tab(360)
    page.goto(f"{address}/en/index.html")
    page.keyboard.press("/")
    asked(page, "lithium")
    page.locator(".sw-search__filters > summary").click()
    for name, label in (("audience", "For clinicians"), ("topic", "Medicines and checks")):
        page.locator(f"#sw-search-{name}").select_option(label=label)
    page.locator("#sw-search-pathway").select_option(index=1)
    page.wait_for_timeout(300)
    found = page.eval_on_selector_all(".sw-search__results a", ROWS)
    assert found
    assert all(label.endswith("For clinicians") for _, label in found), found
    assert all("/monitoring" in href or "/assessment" in href for href, _ in found), found


def test_the_home_page_asks_first_what_is_looked_for(tab: Any, address: str) -> None:
    """The field comes first and opens the search with its words; Enter does not wait."""
    page = tab(360)
    page.goto(f"{address}/en/index.html")
    assert page.locator("#find-words").bounding_box()["y"] < 640
    assert page.locator("#sw-main .sw-crisis").count() == 0
    page.locator("#find-words").fill("lithium")
    page.keyboard.press("Enter")
    page.locator(".sw-search__results a").first.wait_for()
    assert page.evaluate("document.activeElement.id") == "sw-search-query"
    page.keyboard.press("Enter")
    page.wait_for_url("**/medicine-lithium.html")
    plain = tab(360, java_script_enabled=False)
    plain.goto(f"{address}/en/index.html")
    assert not plain.locator("#find-words").is_visible()
    assert plain.locator("[data-sw-without] a").first.is_visible()


@pytest.mark.parametrize("language", WEIGHED)
def test_a_first_search_loads_little(tab: Any, address: str, language: str) -> None:
    """Without compression by the server less than 200 KB, in three scripts."""
    page = tab()
    page.goto(f"{address}/{language}/index.html", wait_until="networkidle")
    got: list[int] = []
    page.on("response", lambda one: got.append(int(one.headers.get("content-length", 0))))
    page.keyboard.press("/")
    page.locator("#sw-search-query").fill(WEIGHED[language])
    page.locator(".sw-search__results a").nth(4).wait_for()
    page.wait_for_load_state("networkidle")
    assert 100_000 < sum(got) < 200_000
