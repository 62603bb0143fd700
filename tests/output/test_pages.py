"""The published site in a browser: it fits, is quiet, can be used by everybody, and searched."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from tests.browser import audited, needs_chromium
from tests.output.conftest import Content, kinds
from tests.output.test_text import LANGUAGES

pytestmark = [*needs_chromium, pytest.mark.xdist_group("output-pages")]
BODY, MIND = "psychosomatic-stepped-care", "psychiatry-primary-care"
QUERIES = {
    "en": [
        ("sleep diary", f"{BODY}/interventions.html"),
        ("lithium", f"{MIND}/medicine-lithium.html"),
        ("PHQ-9", "instruments.html"),
        ("interpreter", "index.html"),
        ("red flags", f"{BODY}/red-flags.html"),
        ("family help", f"{BODY}/family.html"),
        ("side effects of antidepressants", f"{MIND}/medicine-antidepressants.html"),
        ("referral letter", f"{MIND}/referral.html"),
    ],
    "es": [
        ("dormir mal", f"{BODY}/interventions.html"),
        ("litio", f"{MIND}/medicine-lithium.html"),
        ("PHQ-9", "instruments.html"),
        ("intérprete", "index.html"),
        ("señales de alarma", f"{BODY}/red-flags.html"),
        ("familia", f"{BODY}/family.html"),
        ("efectos secundarios antidepresivos", f"{MIND}/medicine-antidepressants.html"),
        ("carta de derivación", f"{MIND}/referral.html"),
    ],
    "ar": [
        ("النوم", f"{BODY}/interventions.html"),
        ("الليثيوم", f"{MIND}/medicine-lithium.html"),
        ("PHQ-9", "instruments.html"),
        ("مترجم", "index.html"),
        ("علامات الخطر", f"{BODY}/red-flags.html"),
        ("الأسرة", f"{BODY}/family.html"),
        ("مضادات الاكتئاب", f"{MIND}/medicine-antidepressants.html"),
        ("الانتظار", f"{BODY}/waits.html"),
    ],
    "fr": [
        ("dormir", f"{BODY}/interventions.html"),
        ("lithium", f"{MIND}/medicine-lithium.html"),
        ("PHQ-9", "instruments.html"),
        ("interprète", "index.html"),
        ("signes d’alerte", f"{BODY}/red-flags.html"),
        ("proches", f"{BODY}/family.html"),
        ("antidépresseur effets indésirables", f"{MIND}/medicine-antidepressants.html"),
        ("attentes", f"{BODY}/waits.html"),
    ],
    "uk": [
        ("краще спати", f"{BODY}/interventions.html"),
        ("літію", f"{MIND}/medicine-lithium.html"),
        ("щоденник симптомів", f"{BODY}/interventions.html"),
        ("перекладача", "index.html"),
        ("антидепресантів", f"{MIND}/medicine-antidepressants.html"),
        ("родині", f"{BODY}/family.html"),
        ("кризова лінія", "index.html"),
        ("стрес", f"{BODY}/interventions.html"),
    ],
    "zh": [
        ("睡得更好", f"{BODY}/interventions.html"),
        ("锂盐", f"{MIND}/medicine-lithium.html"),
        ("症状日记", f"{BODY}/interventions.html"),
        ("口译", "index.html"),
        ("抗抑郁药", f"{MIND}/medicine-antidepressants.html"),
        ("家人", f"{BODY}/family.html"),
        ("危机热线", "index.html"),
        ("压力", f"{BODY}/interventions.html"),
    ],
    "hi": [
        ("नींद", f"{BODY}/interventions.html"),
        ("लिथियम", f"{MIND}/medicine-lithium.html"),
        ("लक्षणों की डायरी", f"{BODY}/interventions.html"),
        ("दुभाषिया", "index.html"),
        ("एंटीडिप्रेसेंट", f"{MIND}/medicine-antidepressants.html"),
        ("परिवार", f"{BODY}/family.html"),
        ("संकट हेल्पलाइन", "index.html"),
        ("तनाव", f"{BODY}/interventions.html"),
    ],
}
"""Language -> words that people type, and the page (below the language) that answers."""


WINDOWS = ((360, 740), (1280, 740), (320, 256))
"""A phone, a desk, and a desk of 1280 by 1024 enlarged to 400%."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_page_fits(content: Content, tab: Any, address: str, language: str) -> None:
    """On a phone, on a desk and enlarged no page is wider than its window, and none complains."""
    page = tab(360)
    wide = []
    for kind, one in kinds(content, language).items():
        page.goto(f"{address}/{one.path}")
        for width, height in WINDOWS:
            page.set_viewport_size({"width": width, "height": height})
            needed = page.evaluate("document.documentElement.scrollWidth")
            if needed > width:
                wide.append((kind, one.path, width, needed))
        assert tab.said == [], one.path
    assert wide == []


def test_every_kind_of_page_is_accessible(content: Content, tab: Any, address: str) -> None:
    """In English, on a desk: nothing against WCAG 2.2 at level AA on any kind of page."""
    page = tab(color_scheme="light")
    for one in (*kinds(content, "en").values(), None):
        path = one.path if one else "index.html"
        page.goto(f"{address}/{path}")
        assert audited(page) == [], path


@pytest.mark.parametrize("language", LANGUAGES)
def test_other_languages_and_colours_are_accessible(
    content: Content, tab: Any, address: str, language: str
) -> None:
    """On a phone each language shows a seventh of the kinds, in the dark and in the light."""
    turn = list(LANGUAGES).index(language)
    pages = list(kinds(content, language).values())[turn :: len(LANGUAGES)]
    page = tab(360)
    for number, one in enumerate(pages):
        page.emulate_media(color_scheme="dark" if number % 2 else "light")
        page.goto(f"{address}/{one.path}")
        assert audited(page) == [], one.path


@pytest.mark.soak
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_page_is_accessible_to_all(
    content: Content, tab: Any, address: str, language: str, scheme: str
) -> None:
    """Every kind, in each language, on a phone and on a desk, in the light and in the dark."""
    page = tab(color_scheme=scheme)
    found = []
    for one in kinds(content, language).values():
        page.goto(f"{address}/{one.path}")
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 740})
            found += [f"{one.path} {width}: {problem}" for problem in audited(page)]
    assert found == []


def looked_up(page: Any, query: str) -> list[str]:
    """The paths below the language that a search finds, best first, at most eight."""
    field = page.locator("#sw-search-query")
    field.fill("")
    page.locator("[data-status]:empty").wait_for(state="attached")
    field.fill(query)
    page.locator("[data-status]:not(:empty)").wait_for(state="attached")  # the index has answered
    hrefs = page.eval_on_selector_all(".sw-search__results a", "all => all.map(a => a.pathname)")
    return [re.sub(r"^/\w+/", "", href) for href in hrefs]


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_finds_what_people_look_for(tab: Any, address: str, language: str) -> None:
    """Words that patients and clinicians type lead to the expected page, among the first five."""
    page = tab()
    page.goto(f"{address}/{language}/index.html")
    page.keyboard.press("/")
    lost = []
    for query, expected in QUERIES[language]:
        found = looked_up(page, query)[:5]
        if expected not in found:
            lost.append((query, expected, found))
    assert lost == []


def test_search_can_be_used_from_the_keyboard(tab: Any, address: str) -> None:
    """The button, the field, the results and the way out need no mouse."""
    page = tab()
    page.goto(f"{address}/en/index.html")
    page.locator("[data-sw-dialog]").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "sw-search-query"
    page.keyboard.type("lithium")
    page.locator(".sw-search__results a").first.wait_for()
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0
    assert page.evaluate("document.activeElement.matches('[data-sw-dialog]')")
    page.keyboard.press("/")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/en/.+\.html"))


def test_the_choice_of_language_is_remembered_and_never_a_trap(tab: Any, address: str) -> None:
    """The chosen language stands first the next time, and the first page stays where it is."""
    page = tab(locale="en-GB")
    page.goto(f"{address}/index.html")
    assert page.locator(".languages a").first.get_attribute("data-language") == "en"
    page.locator("a[data-language=ar]").click()
    page.wait_for_url(f"{address}/ar/index.html")
    page.goto(f"{address}/index.html")
    page.wait_for_load_state("networkidle")
    assert page.url == f"{address}/index.html"
    assert page.locator(".languages a").first.get_attribute("data-language") == "ar"
    assert page.locator("a[data-language]").count() == len(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_copy_on_a_disk_can_be_read(tab: Any, site: Path, language: str) -> None:
    """From a folder or a stick, links and languages work, and the search says where it works."""
    page = tab()
    page.goto((site / "index.html").as_uri())
    page.locator(f"a[data-language={language}]").click()
    page.wait_for_url(re.compile(rf"/{language}/index\.html$"))
    page.keyboard.press("/")
    assert page.locator("[data-offline]").is_visible()
    assert page.locator("#sw-search-query").is_disabled()
    page.keyboard.press("Escape")
    page.locator("#sw-main a[href$='/index.html']").first.click()
    page.wait_for_url(re.compile(rf"^file:.*/{language}/.+/index\.html$"))
    other = "es" if language != "es" else "en"
    page.locator(".sw-languages summary").click()
    page.locator(f".sw-languages a[hreflang={other}]").click()
    page.wait_for_url(re.compile(rf"^file:.*/{other}/.+/index\.html$"))
    assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith('"Stepwell')
    tab.said.clear()  # the browser reports the modules that it does not load from a disk


def test_pages_can_be_read_without_scripts(content: Content, tab: Any, address: str) -> None:
    """Without scripts every kind of page shows its title, the crisis line and its text."""
    page = tab(360, java_script_enabled=False)
    for one in kinds(content, "en").values():
        page.goto(f"{address}/{one.path}")
        assert page.locator("h1").is_visible(), one.path
        assert page.locator(".sw-banner a[href^='tel:']").first.is_visible(), one.path
        assert page.locator("#sw-main").inner_text().strip(), one.path
