"""By keyboard alone: each page is walked from its first link to its last, and each stop is seen."""

from __future__ import annotations

from typing import Any

import pytest
from tests.browser import needs_chromium
from tests.output.conftest import Content, kinds
from tests.output.test_text import LANGUAGES

pytestmark = [*needs_chromium, pytest.mark.xdist_group("output-keyboard")]

FEW = ("home", "tier", "monitoring", "care-plan", "resources")
"""Kinds with most of what can be focused; `make soak` walks through all, in two widths."""

STOPS = """() => {
  const all = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  window.stops = [...document.querySelectorAll(all)].filter((one) =>
    !one.disabled && one.type !== "hidden" && !one.closest("[inert]") &&
    one.checkVisibility({ visibilityProperty: true }) && one.getClientRects().length);
  const grouped = new Set();
  window.stops = window.stops.filter((one) => {
    if (one.type !== "radio" || !one.name) return true;
    const first = !grouped.has(one.name);
    grouped.add(one.name);
    return first;
  });
  return window.stops.length;
}"""
"""Marks what a keyboard should reach: of some radio buttons, one."""

HERE = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const style = getComputedStyle(one);
  const boxed = (style) => style.boxShadow !== "none" ||
    (parseFloat(style.outlineWidth) > 0 && style.outlineStyle !== "none");
  const marked = boxed(style) || (one.labels && [...one.labels].some((label) =>
    boxed(getComputedStyle(label)))) || one.type === "date";  // its parts are marked by the browser
  let seen = false;
  for (const box of one.getClientRects()) {
    const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
    for (const x of [0.1, 0.5, 0.9]) for (const y of [0.2, 0.5, 0.8]) {
      if (right <= left || bottom <= top) continue;
      const at = document.elementFromPoint(left + (right - left) * x, top + (bottom - top) * y);
      const labels = [...(one.labels ?? [])];
      seen ||= at && (one.contains(at) || at.contains(one) || labels.some((it) => it.contains(at)));
    }
  }
  return {
    number: window.stops.findIndex((stop) => stop === one || (one.type === "radio" &&
      stop.type === "radio" && stop.name === one.name)),
    what: `${one.tagName} ${one.className || one.name} ${one.textContent.trim().slice(0, 40)}`,
    marked: Boolean(marked), seen: Boolean(seen),
  };
}"""
"""What has the focus: its number, whether it is marked, and whether any of it can be seen."""


def walked(page: Any, count: int) -> list[str]:
    """What is wrong on a walk with Tab through a page: lost stops, hidden ones, a trap."""
    problems: list[str] = []
    order: list[int] = []
    for _ in range(3 * count + 40):
        page.keyboard.press("Tab")
        here = page.evaluate(HERE)
        if here is None or (order and here["number"] == 0 and order[-1] > 0):
            break  # past the last one, back in the browser or at the first
        order.append(here["number"])
        problems += [f"no mark: {here['what']}"] if not here["marked"] else []
        problems += [f"covered: {here['what']}"] if not here["seen"] else []
    else:
        problems.append("a trap: there is no end")
    lost = sorted(set(range(count)) - set(order))
    names = page.evaluate("all => all.map((n) => window.stops[n].outerHTML.slice(0, 90))", lost[:3])
    problems += [f"not reached: {name}" for name in names]
    known = [number for number in order if number >= 0]
    problems += [] if known == sorted(known) else [f"the order jumps: {known}"]
    return list(dict.fromkeys(problems))


def all_walks(
    content: Content, page: Any, address: str, language: str, chosen: tuple[str, ...] = ()
) -> list[tuple[str, list[str]]]:
    """(kind, problems) of each kind of page, or of those that are chosen, that has some."""
    found = []
    for kind, one in kinds(content, language).items():
        if not chosen or kind in chosen:
            page.goto(f"{address}/{one.path}")
            page.locator("html:not(.no-js)").wait_for()
            if problems := walked(page, page.evaluate(STOPS)):
                found.append((kind, problems))
    return found


def test_pages_are_walked_by_keyboard(content: Content, tab: Any, address: str) -> None:
    """On a phone: every link and field is reached in its order, marked, and not covered."""
    page = tab(360, reduced_motion="reduce")
    assert all_walks(content, page, address, "en", FEW) == []


@pytest.mark.soak
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", LANGUAGES)
def test_all_pages_are_walked_by_keyboard(
    content: Content, tab: Any, address: str, language: str, width: int
) -> None:
    """Every kind of page in every language, narrow and wide."""
    page = tab(width, reduced_motion="reduce")
    assert all_walks(content, page, address, language) == []
