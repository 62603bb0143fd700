"""Search on a thousand pages with long texts: it answers, names come first, little is loaded."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.browser import address, browser, needs_chromium, tab
from tests.stress import stressed

from stepwell.definitions.project import Definitions
from stepwell.project import packaged
from stepwell.render.environment import Templates
from stepwell.render.pages import Pages
from stepwell.resolve import Resolved
from stepwell.write.search import index
from stepwell.write.site import write_website
from stepwell.write.site_assets import write_assets
from stepwell.write.site_words import THEME_WORDS

__all__ = ["address", "browser", "tab"]  # fixtures
pytestmark = [*needs_chromium, pytest.mark.soak]
PAGES = 1000
SHOWN = """words => new Promise(done => {
  const field = document.querySelector("#sw-search-query");
  const list = document.querySelector("[data-results]");
  const begun = performance.now();
  const seen = new MutationObserver(() => {
    if (list.children.length > 3) { seen.disconnect(); done(performance.now() - begun); }
  });
  seen.observe(list, { childList: true });
  field.value = words;
  field.form.requestSubmit();
})"""
"""Milliseconds from Enter to the results."""


@pytest.fixture(scope="module")
def site(real: Definitions, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The long pathways again and again, until there are a thousand pages, in one language."""
    resolved = stressed(real, "en", "long")
    templates = Templates((packaged("templates"),))
    copies = {
        f"{name}-{number}": pathway
        for number in range(9)
        for name, pathway in resolved.definitions.pathways.items()
    }
    many = Resolved(
        replace(resolved.definitions, pathways=copies),
        {"en": resolved.words["en"].translations}, resolved.today,
    )  # fmt: skip
    website = Pages(many, templates, "en", pdf=False).website(THEME_WORDS)
    website = replace(website, offline=False)
    assert len(website.pages) >= PAGES
    out = tmp_path_factory.mktemp("thousand")
    folder = packaged("templates")
    write_assets(out / "assets", folder, primary="#0f5f6b", accent="#b3541e")
    write_website(website, out, folder, assets=out / "assets")
    assert index(out, "en") == []
    return out


def test_a_search_answers_on_a_thousand_pages(tab: Any, address: str) -> None:
    """Every kind of query finds its pages; a first search stays small."""
    page = tab()
    page.goto(f"{address}/en/index.html", wait_until="networkidle")
    got: list[int] = []
    page.on("response", lambda one: got.append(int(one.headers.get("content-length", 0))))
    page.keyboard.press("/")
    page.locator("#sw-search-query").fill("lithium")
    page.locator(".sw-search__results a").nth(3).wait_for()
    page.wait_for_load_state("networkidle")
    times = [page.evaluate(SHOWN, words) for words in ("sleep", "referral letter", "step 2")]
    print("pages", PAGES, "first search", sum(got) // 1000, "KB, then", times, "ms")
    assert sum(got) < 400_000  # a third of it the names of 216 steps with long titles
    assert page.locator(".sw-search__results small").first.text_content().count("Step 2")
