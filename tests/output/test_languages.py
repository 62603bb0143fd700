"""Languages in a browser: the switch, what is said around a page, and the order of numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import polib
import pytest
from tests.browser import needs_chromium
from tests.output.conftest import Content, kinds
from tests.output.test_poppler import LOCALES
from tests.output.test_text import LANGUAGES

from stepwell.definitions.base import Abbreviation, Name
from stepwell.definitions.walk import of_type

pytestmark = [*needs_chromium, pytest.mark.xdist_group("output-languages")]

RUNS = """
() => {
  const found = [];
  const say = (text, node) => {
    const own = node.closest("[lang]");
    const inside = (name) => !!node.closest(name);
    const about = inside("article, .sw-toc");
    if (text?.trim()) found.push([text.trim(), own.lang, about, inside("bdi")]);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!parent.closest("script, style, noscript, template")) say(walker.currentNode.data, parent);
  }
  const named = ["aria-label", "title", "placeholder", "alt", "data-none", "data-count"];
  for (const name of named) {
    for (const node of document.querySelectorAll(`[${name}]`)) say(node.getAttribute(name), node);
  }
  say(document.title, document.body);
  return found;
}
"""
"""(text, its language, whether it is of the article, whether it is isolated) of a whole page."""

ORDER = """
() => [...document.querySelectorAll("bdi[dir=ltr]")].flatMap((box) => {
  if (!/\\d/.test(box.textContent) || !box.checkVisibility({ visibilityProperty: true })) return [];
  const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  const places = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    for (let i = 0; i < node.length; i += 1) {
      range.setStart(node, i);
      range.setEnd(node, i + 1);
      const place = range.getClientRects()[0];
      if (place?.width) places.push([place.left, place.top]);
    }
  }
  const right = places.every(([left], i) => !i || left >= places[i - 1][0]);
  const whole = places.every(([, top]) => Math.abs(top - places[0][1]) < 4);
  return [[box.textContent, right, whole || box.textContent.length > 24]];
})
"""
"""(text, whether it runs from left to right, whether it is on one line) of what is isolated."""


def neighbour(language: str, number: int) -> str:
    """Another language, by turns each of them."""
    others = [tag for tag in LANGUAGES if tag != language]
    return others[number % len(others)]


def test_the_switch_leads_to_the_same_page(content: Content, tab: Any, address: str) -> None:
    """On every kind of page, in each language: to a page that says that it is in the other."""
    page = tab(360)
    for number, language in enumerate(LANGUAGES):
        for turn, one in enumerate(kinds(content, language).values()):
            if turn % len(LANGUAGES) != number:  # each kind of page in one language
                continue
            other = neighbour(language, turn)
            inside = one.path.partition("/")[2]
            page.goto(f"{address}/{one.path}")
            page.locator(".sw-languages summary").click()
            page.locator(f".sw-languages a[hreflang={other}]").click()
            page.wait_for_url(f"{address}/{other}/{inside}")
            assert page.locator("html").get_attribute("lang") == other
            page.locator(".sw-languages summary").click()
            page.locator(f".sw-languages a[hreflang={language}]").click()
            page.wait_for_url(f"{address}/{one.path}")


def test_the_switch_says_where_a_page_is_missing(content: Content, tab: Any, address: str) -> None:
    """Beside the name of a language that has only a notice, and the notice leads to the source."""
    page = tab(360)
    page.goto(f"{address}/ar/psychosomatic-stepped-care/criteria.html")
    page.locator(".sw-languages summary").click()
    for language in LANGUAGES:
        note = page.locator(f".sw-languages a[hreflang={language}] small")
        assert note.count() == (language in ("uk", "zh", "hi"))
    page.locator(".sw-languages a[hreflang=zh]").click()
    page.wait_for_url("**/zh/**/criteria.html")
    page.locator(".sw-notice a[hreflang=en]").click()
    page.wait_for_url("**/en/psychosomatic-stepped-care/criteria.html")


def names(content: Content) -> set[str]:
    """Words that are the same in every language, because they are names or parts of addresses."""
    definitions = content.resolved.definitions
    parts = [part for _, part in (*definitions.shared(), *definitions.pathways.items())]
    found = {
        str(name) for part in parts for kind in (Name, Abbreviation) for name in of_type(part, kind)
    }
    found |= {words.autonym for words in content.resolved.words.values()}
    return {word for name in found for word in re.findall(r"[A-Za-z]+", name)} | {"PDF", "CSV"}


def around(page: Any, address: str, content: Content, language: str) -> Iterator[tuple[str, str]]:
    """(path, text) of what stands around the article of each kind of page, in its language."""
    for one in kinds(content, language).values():
        page.goto(f"{address}/{one.path}")
        for text, own, inside, isolated in page.evaluate(RUNS):
            if own == language and not inside and not isolated:
                yield one.path, re.sub(r"\{\w+\}", "", text)


@pytest.mark.parametrize("language", [tag for tag in LANGUAGES if tag != "en"])
def test_nothing_english_stands_around_a_page(
    content: Content, tab: Any, address: str, language: str
) -> None:
    """No menu, label, hint or title is English: none is an untranslated interface word.

    Where another script is written, no Latin letters stand there at all, but in names.
    """
    catalog = polib.pofile(str(LOCALES / f"{language}.po"))
    same = {entry.msgid for entry in catalog if entry.msgid == entry.msgstr}
    english = {entry.msgid for entry in catalog if not entry.obsolete} - same
    known, wrong, count = names(content), set[tuple[str, str]](), 0
    for path, text in around(tab(), address, content, language):
        count += 1
        latin = set(re.findall(r"[A-Za-z]{2,}", text)) - known
        if text in english or (latin and language not in ("es", "fr")):
            wrong.add((path, text))
    assert sorted(wrong) == []
    assert count > 1000


def test_numbers_run_from_left_to_right_in_arabic(content: Content, tab: Any, address: str) -> None:
    """On every kind of page, on a phone: no phone number, range or dose is turned or broken."""
    page = tab(360)
    seen, wrong = 0, []
    for one in kinds(content, "ar").values():
        page.goto(f"{address}/{one.path}")
        found = page.evaluate(ORDER)
        seen += len(found)
        wrong += [(one.path, text) for text, right, whole in found if not (right and whole)]
    assert wrong == []
    assert seen > 1000
