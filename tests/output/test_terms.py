"""Terms in a browser: their meaning by pointer, by touch and by keys, and without scripts."""

from __future__ import annotations

from typing import Any

import pytest
from tests.browser import audited, needs_chromium

pytestmark = [*needs_chromium, pytest.mark.xdist_group("output-pages")]
PAGE = "psychosomatic-stepped-care/tier-self-care-clinician.html"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_meaning_is_shown_by_pointer_and_keys_and_closed_by_escape(
    tab: Any, address: str, language: str
) -> None:
    """As WCAG 1.4.13 asks: it can be dismissed, pointed into, and stays; it fits the window."""
    page = tab(1280)
    page.goto(f"{address}/{language}/{PAGE}")
    word, meaning = page.locator("a.sw-term").first, page.locator(".sw-meaning")
    word.scroll_into_view_if_needed()
    word.hover()
    meaning.wait_for()
    meaning.hover()
    page.wait_for_timeout(300)
    assert meaning.is_visible()
    box = meaning.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 1280
    page.keyboard.press("Escape")
    assert not meaning.is_visible()
    page.mouse.move(0, 0)
    page.keyboard.press("Tab")
    word.focus()
    meaning.wait_for()
    described = page.locator(f"#{word.get_attribute('aria-describedby')}")
    assert described.count() == 1
    assert word.get_attribute("aria-expanded") == "true"
    if language == "en":
        assert audited(page) == []
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.sw-meaning') !== null")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('a.sw-term')")


def test_a_touch_opens_and_another_closes(tab: Any, address: str) -> None:
    """On a phone the word is a button; what opens leads to the glossary, and fits the screen."""
    page = tab(360, has_touch=True)
    page.goto(f"{address}/en/{PAGE}")
    word, meaning = page.locator("a.sw-term").first, page.locator(".sw-meaning")
    word.tap()
    meaning.wait_for()
    box = meaning.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    word.tap()
    assert not meaning.is_visible()
    word.tap()
    page.locator("h1").tap()
    assert not meaning.is_visible()
    word.tap()
    meaning.locator("a").last.tap()
    page.wait_for_url("**/glossary.html#term-*")


def test_without_scripts_a_term_is_a_link_to_the_glossary(tab: Any, address: str) -> None:
    """The meanings at the end of the page are not seen then."""
    page = tab(360, java_script_enabled=False)
    page.goto(f"{address}/en/{PAGE}")
    assert not page.locator(".sw-meanings").is_visible()
    page.locator("a.sw-term").first.click()
    page.wait_for_url("**/glossary.html#term-*")
