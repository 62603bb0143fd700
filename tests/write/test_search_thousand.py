"""Search on a thousand pages: it answers, names come first, little is loaded."""

from __future__ import annotations

import gzip
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.browser import address, browser, needs_chromium, tab
from tests.conftest import TODAY
from tests.searches import index
from tests.stress import stressed

from stepwell.definitions.project import Definitions
from stepwell.load.interface import interface
from stepwell.project import packaged
from stepwell.render.environment import Templates
from stepwell.render.pages import Pages
from stepwell.resolve import Resolved
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


MOST = 200_000
"""Bytes that a first search may load, and three more after it."""


def sent(response: Any) -> int:
    """The bytes of an answer, compressed if it is a text, as the recipes for servers say."""
    body: bytes = response.body()
    return len(gzip.compress(body, 6)) if ".js" in response.url else len(body)


@pytest.fixture(scope="module", params=["sample", "long"])
def texts(request: pytest.FixtureRequest) -> str:
    """The texts of the samples, or all of them as long as they may be."""
    return str(request.param)


@pytest.fixture(scope="module")
def site(real: Definitions, texts: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample pathways again and again, until there are a thousand pages, in one language."""
    plain = Resolved(real.narrowed(("en",), ()), {"en": interface("en")}, TODAY)
    resolved = stressed(real, "en", "long") if texts == "long" else plain
    templates = Templates((packaged("templates"),))
    copies = {
        f"{name}-{number}": pathway
        for number in range(9 if texts == "long" else 12)
        for name, pathway in resolved.definitions.pathways.items()
    }
    many = Resolved(
        replace(resolved.definitions, pathways=copies),
        {"en": resolved.words["en"].translations}, resolved.today,
    )  # fmt: skip
    pages = Pages(many, templates, "en", pdf=False)
    website = pages.website(tuple(pages.all()), THEME_WORDS)
    website = replace(website, offline=False)
    assert len(website.pages) >= PAGES
    out = tmp_path_factory.mktemp("thousand")
    folder = packaged("templates")
    write_assets(out / "assets", folder, primary="#0f5f6b", accent="#b3541e")
    write_website(website, out, folder, assets=out / "assets")
    assert index(out, "en") == []
    return out


def test_a_search_answers_on_a_thousand_pages(tab: Any, address: str, texts: str) -> None:
    """Every kind of query finds its pages; a first search stays small."""
    page = tab()
    page.goto(f"{address}/en/index.html", wait_until="networkidle")
    got: list[Any] = []

    def answered(response: Any) -> None:
        got.append(response)

    page.on("response", answered)
    page.keyboard.press("/")
    page.locator("#sw-search-query").fill("lithium")
    page.locator(".sw-search__results a").nth(3).wait_for()
    page.wait_for_load_state("networkidle")
    times = [page.evaluate(SHOWN, words) for words in ("sleep", "referral letter", "step 2")]
    sizes = {one.url: sent(one) for one in got}
    loaded = sum(sizes.values())
    print("pages", PAGES, texts, "first search", loaded // 1000, "KB, then", times, "ms", sizes)
    assert loaded < MOST
    assert page.locator(".sw-search__results small").first.text_content().count("Step 2")
