"""The directory of places in a browser: what is open, what fits, what to do when nothing does."""

from __future__ import annotations

from typing import Any

import pytest
from tests.browser import needs_chromium

pytestmark = [*needs_chromium, pytest.mark.xdist_group("output-pages")]
SHOWN = "all => all.filter(one => !one.hidden).map(one => one.querySelector('h3').id)"
SATURDAY, NIGHT = "2026-11-21T11:30:00", "2026-11-23T02:00:00"


def shown(page: Any) -> list[str]:
    """The ids of the places that are shown."""
    found: list[str] = page.eval_on_selector_all("[data-filter-list] > li", SHOWN)
    return [name.removeprefix("resource-") for name in found]


def test_a_place_in_ukrainian_that_is_open_on_saturday_is_found(tab: Any, address: str) -> None:
    """The choices stand in the address, and the same address shows the same places."""
    page = tab(360)
    page.goto(f"{address}/en/resources.html")
    everything = shown(page)
    page.locator("#filter-language").select_option("uk")
    page.locator("#filter-days").select_option("sat")
    found = shown(page)
    assert "open-harbour-welcome" in found
    assert len(found) < len(everything)
    assert page.url.endswith("?language=uk&days=sat")
    page.goto(page.url)
    assert shown(page) == found
    page.locator("button[type=reset]").click()
    page.wait_for_url("**/resources.html")
    assert shown(page) == everything


@pytest.mark.parametrize(("time", "open_then"), [(SATURDAY, True), (NIGHT, False)])
def test_open_now_goes_by_the_clock_and_says_so(
    tab: Any, address: str, time: str, open_then: bool
) -> None:
    """On Saturday before noon, not at two at night; what is open says until when."""
    page = tab(360)
    page.clock.install(time=time)
    page.goto(f"{address}/en/resources.html")
    assert not page.locator("[data-filter-clock]").is_visible()
    page.locator("#filter-open").check()
    assert ("open-harbour-welcome" in shown(page)) is open_then
    assert page.locator("[data-filter-clock]").inner_text().startswith("By the clock of this")
    if open_then:
        line = page.locator("li:has(#resource-open-harbour-welcome) .sw-open").inner_text()
        assert line == "Open now, until 14:00"


def test_hours_go_past_midnight(tab: Any, address: str) -> None:
    """A place that closes at one at night is open then, though another day has begun."""
    page = tab()
    page.clock.install(time="2026-11-22T00:30:00")
    page.goto(f"{address}/en/resources.html")
    page.evaluate(
        """() => {
          const card = document.getElementById("resource-open-harbour-welcome").parentElement;
          const row = card.querySelector("tr[data-opens]");
          Object.assign(row.dataset, { days: "sat", opens: "20:00", closes: "01:00" });
        }"""
    )
    page.locator("#filter-open").check()
    assert "open-harbour-welcome" in shown(page)


def test_where_nothing_fits_the_page_says_what_to_leave_away(tab: Any, address: str) -> None:
    """Each choice that alone keeps places away can be taken back with one touch."""
    page = tab(360)
    page.goto(f"{address}/en/resources.html?language=uk&need=movement&days=sun")
    none = page.locator("[data-filter-none]")
    assert shown(page) == []
    assert none.is_visible()
    buttons = none.locator("button")
    assert buttons.count() > 0
    buttons.first.click()
    assert shown(page) != []
    assert not none.is_visible()


def test_wheelchair_is_said_and_nothing_is_hidden_without_scripts(tab: Any, address: str) -> None:
    """The filter names wheelchairs; without scripts all places stand there, without a form."""
    page = tab(360)
    page.goto(f"{address}/en/resources.html")
    assert "Wheelchair" in page.locator("#filter-access").inner_text()
    plain = tab(360, java_script_enabled=False)
    plain.goto(f"{address}/en/resources.html")
    assert not plain.locator(".sw-filter").is_visible()
    assert plain.locator("[data-filter-list] > li").count() == len(shown(page))
