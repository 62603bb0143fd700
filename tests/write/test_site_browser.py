"""The website in a browser: it can be read, and used without a mouse, in both directions."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from tests.browser import address, browser, needs_chromium, tab
from tests.searches import index

from stepwell.model import Direction, Heading, NavItem, Page, Website
from stepwell.write.site import write_website
from stepwell.write.site_assets import write_assets
from stepwell.write.webfonts import write_webfonts

__all__ = ["address", "browser", "tab"]  # fixtures
pytestmark = [*needs_chromium, pytest.mark.xdist_group("site-browser")]
TEMPLATES = Path(__file__).parents[2] / "templates"
LANGUAGES: tuple[tuple[str, str, Direction], ...] = (
    ("en", "English", "ltr"),
    ("ar", "العربية", "rtl"),
)
ARTICLE = """<h1>Stepped care {number}</h1><p class="sw-lead">A lead &lt;b&gt;</p>
<p class="sw-notice">A notice</p><ul class="sw-tags"><li class="sw-tag">Tag</li></ul>
<aside class="sw-facts"><h2>Facts</h2><dl><dt>A</dt><dd>B</dd></dl></aside>
<section class="sw-redflag"><h2 id="red">Red flags</h2>
<p>Call at <a href="#a">once</a></p></section>
<section class="sw-crisis"><h2>Crisis</h2><p><a href="tel:1">020 7946 0123</a></p></section>
<section class="sw-wait"><h2 id="wait">Wait</h2><p>Do <a href="#a">this</a></p></section>
<ol class="sw-ladder">{tiers}</ol><ol class="sw-steps"><li><h3>One</h3><p>Two</p></li></ol>
<div class="sw-table"><table><caption>Roles</caption><thead><tr>{heads}</tr></thead>
<tbody><tr><th scope="row">Task</th>{cells}</tr></tbody></table></div>
<div class="sw-criterion"><p>All:</p><ul><li>PHQ-9</li></ul></div><p class="sw-source">Source</p>
<p>In <bdi dir="ltr">10 or 14 days</bdi>. Dizziness{number} can come back.</p>
<p class="sw-wait" data-until="2000-01-01" id="old">old</p>
<p class="sw-notice" data-overdue="2000-01-01" id="due" hidden>due</p>
<p class="sw-wait" data-until="2999-01-01" id="new">new</p>
<p class="sw-notice" data-overdue="2999-01-01" id="on" hidden>on</p>
"""

AUDIT = """() => {
  const channel = (v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const light = (c) => 0.2126 * channel(c[0]) + 0.7152 * channel(c[1]) + 0.0722 * channel(c[2]);
  const parse = (text) => (text.match(/[\\d.]+/g) ?? []).map(Number);
  const over = (c, g) => [0, 1, 2].map((i) => c[i] * (c[3] ?? 1) + g[i] * (1 - (c[3] ?? 1)));
  const ground = (element) => {
    const layers = [];
    for (let one = element; one; one = one.parentElement)
      layers.unshift(parse(getComputedStyle(one).backgroundColor));
    return layers.reduce((under, layer) => over(layer, under), [255, 255, 255]);
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const text = walker.currentNode.textContent.trim();
    if (!text || !element.getClientRects().length || element.matches("script, option")) continue;
    const style = getComputedStyle(element);
    const pair = [light(parse(style.color)), light(ground(element))].sort((a, b) => b - a);
    const contrast = (pair[0] + 0.05) / (pair[1] + 0.05);
    if (contrast < 7) found.push(`contrast ${contrast.toFixed(2)}: ${text}`);
    if (parseFloat(style.fontSize) < 14) found.push(`size ${style.fontSize}: ${text}`);
  }
  const root = document.documentElement;
  if (root.scrollWidth > innerWidth) found.push(`wider than the window: ${root.scrollWidth}`);
  return found;
}"""


def website(language: str, direction: Direction) -> Website:
    """A site of four pages that use the components."""
    tiers = "".join(f'<li><h3><a href="#">Tier {n}</a></h3><p>What</p></li>' for n in range(5))
    heads = "".join(f'<th scope="col">Psychosomatic role {n}</th>' for n in range(8))
    cells = "<td>A</td>" * 7
    pages = tuple(
        Page(
            f"{language}/{'index' if n == 0 else f'care/p{n}'}.html", f"Stepped care {n}", language,
            "clinician" if n == 3 else "patient", "stepped", (),
            ARTICLE.format(number=n, tiers=tiers, heads=heads, cells=cells), "About",
            (Heading(2, "red", "Red flags"), Heading(2, "wait", "Wait")), "tier",
        )
        for n in range(4)
    )  # fmt: skip
    inner = tuple(NavItem(page.title, page.path) for page in pages[1:])
    return Website(
        language, direction, "Harbour Lane Clinic", "", "About",
        (NavItem("Home", pages[0].path), NavItem("Care", None, inner)), pages,
        '<p>Crisis: <a href="tel:1">01632 960001</a></p>'
        '<p class="sw-call"><span>Crisis line</span> <a href="tel:1">01632 960001</a></p>',
        "<p>Footer</p>", (), LANGUAGES,
        "#0f5f6b", "#b3541e",
    )  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site in two languages, with fonts and search."""
    out = tmp_path_factory.mktemp("site")
    write_webfonts(out, ["en", "ar"])
    write_assets(out / "assets", TEMPLATES, primary="#0f5f6b", accent="#b3541e")
    for language, _, direction in LANGUAGES:
        write_website(website(language, direction), out, TEMPLATES, assets=out / "assets")
        index(out, language)
    return out


def focus(page: Any) -> str:
    """The text of the element that has the focus."""
    return str(page.evaluate("document.activeElement.textContent.trim()"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 1000, 1280])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_everything_can_be_read(
    tab: Any, address: str, language: str, width: int, scheme: str
) -> None:
    """Text has 7:1 and 14 px or more, and nothing is wider than the window."""
    page = tab(width, color_scheme=scheme)
    page.goto(f"{address}/{language}/care/p1.html")
    assert page.evaluate(AUDIT) == []
    page.locator(".sw-languages summary").click()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    assert page.evaluate(AUDIT) == []


def test_search_works_from_the_keyboard(tab: Any, address: str) -> None:
    """Slash opens, typing finds and says how much, arrows move, Enter leads to the page."""
    page = tab()
    page.goto(f"{address}/en/care/p1.html")
    page.keyboard.press("/")
    page.keyboard.type("dizziness2")
    link = page.locator(".sw-search__results a").first
    link.wait_for()
    assert page.locator(".sw-search__status").text_content() == "Results: 1"
    assert link.locator("strong").text_content() == "Stepped care 2"
    assert link.locator("small").text_content() == "For patients"
    assert "<b>" not in (link.locator("span").inner_html() or "")
    page.keyboard.press("ArrowDown")
    assert "Stepped care 2" in focus(page)
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.type") == "search"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/en/care/p2\.html$"))


def test_search_says_that_there_is_nothing_and_closes(tab: Any, address: str) -> None:
    """A word that is nowhere is announced; Escape closes though the field has text."""
    page = tab()
    page.goto(f"{address}/en/index.html")
    page.keyboard.press("/")
    page.keyboard.type("zzzzqqqq")
    status = page.get_by_text("Nothing found for: zzzzqqqq", exact=True)
    status.wait_for()
    assert status.get_attribute("role") == "status"
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0


def test_search_can_be_narrowed_to_readers(tab: Any, address: str) -> None:
    """The choice offers the audiences that occur, and filters."""
    page = tab()
    page.goto(f"{address}/en/index.html")
    page.keyboard.press("/")
    page.keyboard.type("stepped")
    page.locator(".sw-search__results a").nth(3).wait_for()
    page.locator("[data-filters] summary").click()
    page.locator("#sw-search-audience").select_option("clinician")
    page.locator(".sw-search__results a").nth(1).wait_for(state="detached")
    assert page.locator(".sw-search__results small").text_content() == "For clinicians"


def test_search_on_a_disk_says_where_it_works(tab: Any, site: Path) -> None:
    """A copy on a disk has its styles and its menu, and says that the search needs the site."""
    page = tab()
    page.goto((site / "en/care/p1.html").as_uri())
    page.keyboard.press("/")
    assert page.locator("[data-offline]").is_visible()
    assert page.locator("#sw-search-query").is_disabled()
    assert page.evaluate("getComputedStyle(document.querySelector('.sw-lead')).fontSize") == "21px"
    # The browser reports that it did not load the module.
    tab.said.clear()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_drawer_keeps_and_returns_the_focus(tab: Any, address: str, language: str) -> None:
    """On a phone the menu opens from the keyboard, keeps the focus and gives it back."""
    page = tab(360)
    page.goto(f"{address}/{language}/care/p1.html")
    menu = page.locator("[data-sw-menu]")
    menu.focus()
    page.keyboard.press("Enter")
    assert menu.get_attribute("aria-expanded") == "true"
    assert page.evaluate("document.activeElement.id") == "sw-nav"
    assert page.evaluate("document.getElementById('sw-main').inert")
    assert page.evaluate(AUDIT) == []
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.hasAttribute('data-sw-menu')")
    assert not page.locator("#sw-nav").is_visible()


def test_crisis_number_stays_in_sight_on_a_phone(tab: Any, address: str) -> None:
    """While a phone scrolls, the sentences go and the number stays, in little room."""
    page = tab(360)
    page.goto(f"{address}/en/care/p1.html")
    page.evaluate("scrollTo({top: 1500, behavior: 'instant'})")
    assert page.evaluate("document.querySelector('.sw-banner').getBoundingClientRect().top") < 0
    call = page.locator(".sw-call").bounding_box()
    assert (call["y"] + call["height"], call["width"]) == (740, 360)
    assert 44 <= call["height"] <= 74
    inside = "document.elementFromPoint(20, 720).closest('a').getAttribute('href')"
    assert page.evaluate(inside) == "tel:1"


def test_filter_keeps_its_room_until_its_script_comes(tab: Any, address: str) -> None:
    """Nothing jumps when a filter is shown; without scripts there is neither it nor its room."""
    page = tab(360)
    page.goto(f"{address}/en/care/p1.html")
    page.evaluate(
        """() => document.querySelector("h1").insertAdjacentHTML("afterend",
        '<form class="sw-filter" hidden><p><label>A</label><select></select></p></form>')"""
    )
    form = page.locator(".sw-filter")
    assert not form.is_visible()
    before = form.bounding_box()
    form.evaluate("one => { one.hidden = false; }")
    assert form.is_visible()
    assert form.bounding_box() == before
    form.evaluate("one => { one.hidden = true; document.documentElement.className = 'no-js'; }")
    assert form.bounding_box() is None


def test_colours_can_be_chosen_and_stay(tab: Any, address: str) -> None:
    """The button turns the colours, says what it will do, and the choice holds on other pages."""
    page = tab(color_scheme="light")
    page.goto(f"{address}/en/index.html")
    page.get_by_role("button", name="Dark colours").click()
    page.goto(f"{address}/ar/index.html")
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
    page.get_by_role("button", name="High contrast").click()
    page.goto(f"{address}/en/index.html")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(0, 0, 0)"
    assert page.evaluate(AUDIT) == []
    assert page.locator("[data-sw-theme]").get_attribute("aria-label") == "Light colours"


def test_wide_table_can_be_scrolled_without_a_mouse(tab: Any, address: str) -> None:
    """A table that is wider than its place takes the focus and has a name."""
    page = tab(360)
    page.goto(f"{address}/en/care/p1.html")
    table = page.get_by_role("region", name="Roles. Table: scroll sideways")
    assert table.get_attribute("tabindex") == "0"


def test_old_statements_disappear_by_themselves(tab: Any, address: str) -> None:
    """What holds until a date is hidden after it, and an overdue review is shown."""
    page = tab()
    page.goto(f"{address}/en/care/p1.html")
    shown = [name for name in ("old", "due", "new", "on") if page.locator(f"#{name}").is_visible()]
    assert shown == ["due", "new"]


def test_page_can_be_read_without_scripts(tab: Any, address: str) -> None:
    """Without scripts the menu button leads to the navigation, and no dead button is shown."""
    page = tab(360, java_script_enabled=False)
    page.goto(f"{address}/en/care/p1.html")
    assert page.locator("#sw-nav").is_visible()
    assert page.locator("[data-sw-menu]").get_attribute("href") == "#sw-nav"
    assert not page.locator("[data-sw-dialog]").is_visible()
    assert not page.locator("[data-sw-theme]").is_visible()
