"""Without a connection: a server that is really stopped, and a browser that was there once."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.browser import Handler, Server, audited, browser, needs_chromium

from stepwell.model import Audience, Direction, Page, Website
from stepwell.write.inventory import NOTHING, Inventory
from stepwell.write.site import write_website
from stepwell.write.site_assets import write_assets
from stepwell.write.site_offline import write_offline

__all__ = ["browser"]  # a fixture
pytestmark = [*needs_chromium, pytest.mark.xdist_group("offline")]
TEMPLATES = Path(__file__).parents[2] / "templates"
LANGUAGES: tuple[tuple[str, str, Direction], ...] = (
    ("en", "English", "ltr"),
    ("ar", "العربية", "rtl"),
)
OVERDUE = '<p id="due" data-overdue="2000-01-01" hidden>Past its review</p>'
COUNT = (
    "async (root) => (await (await caches.open(`stepwell ${root}`)).keys())"
    ".map(({ url }) => new URL(url).pathname + new URL(url).search)"
)
CRISIS = '<p>Crisis line: <a href="tel:1">01632 960001</a></p>'


def website(language: str, direction: Direction, words: str = "First words") -> Website:
    """A home page, two pages of clinicians and one of patients."""
    rows: tuple[tuple[str, Audience, str], ...] = (
        ("index", "patient", "home"), ("care/monitoring", "clinician", "monitoring"),
        ("care/old", "clinician", "criteria"), ("care/tier", "patient", "tier"),
    )  # fmt: skip
    pages = tuple(
        Page(
            f"{language}/{path}.html", path, language, audience, "care", (),
            f"<h1>{path}</h1><p>{words}</p>{OVERDUE if path == 'care/old' else ''}", "", (), kind,
        )
        for path, audience, kind in rows
    )  # fmt: skip
    return Website(
        language, direction, "Clinic", "", "About", (), pages, CRISIS, "", (), LANGUAGES,
        "#0f5f6b", "#b3541e",
    )  # fmt: skip


def build(folder: Path, sites: list[Website]) -> None:
    """Publish some websites."""
    write_assets(folder / "assets", TEMPLATES, primary="#0f5f6b", accent="#b3541e")
    for site in sites:
        write_website(site, folder, TEMPLATES, assets=folder / "assets")
    write_offline(folder, TEMPLATES, sites, (), Inventory.of(folder, NOTHING))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built once."""
    folder = tmp_path_factory.mktemp("offline")
    build(folder, [website(tag, direction) for tag, _, direction in LANGUAGES])
    return folder


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files and nothing else, as a host above the site does."""

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


class Host:
    """A host that serves a folder until it is stopped, and may begin again at its port."""

    def __init__(
        self, folder: Path, handler: type[http.server.SimpleHTTPRequestHandler] = Handler
    ) -> None:
        self.folder = folder
        self.handler = handler
        self.port = 0
        self.begin()

    def begin(self) -> None:
        """Serve."""
        handler = functools.partial(self.handler, directory=str(self.folder))
        self.server = Server(("127.0.0.1", self.port), handler)
        self.port = self.server.server_port
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,))
        self.thread.start()

    def stop(self) -> None:
        """No longer answer anything."""
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    @property
    def address(self) -> str:
        """Where the site is."""
        return f"http://127.0.0.1:{self.port}"


@pytest.fixture
def host(made: Path, tmp_path: Path) -> Iterator[Host]:
    """The site on a host, as files that a test may change."""
    shutil.copytree(made, tmp_path / "root")
    one = Host(tmp_path / "root")
    yield one
    if one.thread.is_alive():
        one.stop()


@pytest.fixture
def tab(browser: Any) -> Iterator[Callable[..., Any]]:
    """Opens a tab: tab(width, …)."""
    contexts: list[Any] = []

    def open_tab(width: int = 360, **options: Any) -> Any:
        contexts.append(browser.new_context(viewport={"width": width, "height": 740}, **options))
        return contexts[-1].new_page()

    yield open_tab
    for context in contexts:
        context.close()


def until(done: Callable[[], object]) -> None:
    """Wait for something that must come."""
    end = time.monotonic() + 60
    while not done():
        assert time.monotonic() < end
        time.sleep(0.03)


def copies(page: Any, root: str = "/") -> list[str]:
    """Paths of all that is kept of a site."""
    found: list[str] = page.evaluate(COUNT, root)
    return [path.removeprefix(root) for path in found]


def visit(page: Any, address: str, language: str = "en", root: str = "/") -> None:
    """Go to a language's home, and wait until its list is here."""
    page.goto(f"{address}{root}{language}/index.html")
    until(lambda: f"{language}/offline.json" in copies(page, root))


def test_one_visit_is_enough_for_clinicians(host: Host, tab: Callable[..., Any]) -> None:
    """A page never visited opens with its date, an expired one says so, others are told apart.

    The strip and the page for no connection have no fault that axe finds, in both directions.
    """
    page = tab()
    for language in ("en", "ar"):
        visit(page, host.address, language)
    host.stop()
    for language in ("en", "ar"):
        page.goto(f"{host.address}/{language}/care/monitoring.html?a=b#c")
        strip = page.locator("#sw-kept")
        assert page.locator("h1").inner_text() == "care/monitoring"
        page.wait_for_function("() => document.querySelector('#sw-kept time')?.textContent")
        assert page.locator("#sw-kept time").get_attribute("datetime").endswith("Z")
        assert strip.locator("[role=status]").inner_text().startswith("You are offline. This copy")
        assert not set("٠١٢٣٤٥٦٧٨٩") & set(strip.inner_text())
        assert strip.locator("button").bounding_box()["height"] >= 44
        assert page.evaluate("document.documentElement.scrollWidth") == 360
        assert audited(page) == []
    assert page.goto(f"{host.address}/ar/care/tier.html").status == 503
    assert page.locator("html").get_attribute("lang") == "ar"
    assert page.locator(".sw-banner a[href='tel:1']").is_visible()
    assert page.locator("[data-shelf] a").count() == 3
    assert audited(page) == []
    page.goto(f"{host.address}/en/care/old.html")
    assert page.locator("#due").is_visible()
    page.goto(f"{host.address}/en/gone.html")
    page.locator("[data-sw-dialog=sw-search]").click()
    page.locator("#sw-search-query").fill("words")
    until(lambda: "not saved" in page.locator("#sw-search [data-status]").inner_text())
    host.begin()
    page.goto(f"{host.address}/en/care/tier.html")
    assert page.locator("h1").inner_text() == "care/tier"
    assert not page.locator("#sw-kept").is_visible()


def test_a_new_version_takes_the_place_of_the_old(host: Host, tab: Callable[..., Any]) -> None:
    """Changed pages are fetched, the others stay, what the site no longer has is gone.

    Copies of another site on the same host are not touched, nor is what `stepwell serve` adds.
    """
    page = tab()
    visit(page, host.address)
    page.evaluate(
        "async () => (await caches.open('stepwell /other/')).put('/x', new Response('x'))"
    )
    date = (
        """async () => (await caches.match('/en/care/old.html')).headers.get('x-stepwell-date')"""
    )
    before = page.evaluate(date)
    new = website("en", "ltr", "Other words")
    old = website("en", "ltr").pages[2]
    (host.folder / "en/care/monitoring.html").unlink()
    build(host.folder, [replace(new, pages=(new.pages[0], old, new.pages[3]))])
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.goto(f"{host.address}/en/index.html")
    until(lambda: "en/care/monitoring.html" not in copies(page))
    assert page.evaluate(date) == before
    assert page.evaluate("async () => (await caches.keys()).sort()") == [
        "stepwell /",
        "stepwell /other/",
    ]
    assert page.evaluate("async () => (await fetch('/-stepwell/changes')).status") == 404
    host.stop()
    page.goto(f"{host.address}/en/index.html")
    assert "Other words" in page.locator("article").inner_text()
    assert page.goto(f"{host.address}/en/care/monitoring.html").status == 503


def test_a_folder_of_a_host_is_a_site_of_its_own(
    made: Path, tmp_path: Path, tab: Callable[..., Any]
) -> None:
    """There too pages open, and links of the page for no connection stay below the folder."""
    shutil.copytree(made, tmp_path / "care" / "site")
    host = Host(tmp_path, Quiet)
    try:
        page = tab()
        visit(page, host.address, root="/care/site/")
        assert page.goto(f"{host.address}/elsewhere").status == 404
        page.goto(f"{host.address}/care/site/en/index.html")
    finally:
        host.stop()
    page.goto(f"{host.address}/care/site/en/care/monitoring.html")
    assert page.locator("#sw-kept").is_visible()
    page.goto(f"{host.address}/care/site/en/nothing/here.html")
    assert page.locator("[data-shelf] a").first.get_attribute("href").startswith("/care/site/en/")
    page.get_by_role("link", name="care/monitoring").click()
    assert page.locator("h1").inner_text() == "care/monitoring"


def test_whoever_saves_data_keeps_what_they_saw(host: Host, tab: Callable[..., Any]) -> None:
    """Then no list is fetched; the page that was visited opens, others are told to be missing."""
    page = tab()
    page.add_init_script(
        "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })"
    )
    page.goto(f"{host.address}/en/care/tier.html")
    until(lambda: {"en/care/tier.html", "en/offline.html"} <= set(copies(page)))
    until(lambda: any("site.css" in path for path in copies(page)))
    assert "en/care/monitoring.html" not in copies(page)
    host.stop()
    page.goto(f"{host.address}/en/care/tier.html")
    assert page.locator("#sw-kept").is_visible()
    page.goto(f"{host.address}/en/care/monitoring.html")
    assert page.locator("[data-lost]").is_visible()
    assert not page.locator("[data-shelf]").is_visible()


def test_switched_off_it_leaves_nothing(host: Host, tab: Callable[..., Any]) -> None:
    """A clinic that switches it off takes it from those who came before, by their next visit."""
    page = tab()
    visit(page, host.address)
    build(host.folder, [replace(website("en", "ltr"), offline=False)])
    page.goto(f"{host.address}/en/index.html")
    until(lambda: page.evaluate("async () => (await caches.keys()).length") == 0)
    count = "async () => (await navigator.serviceWorker.getRegistrations()).length"
    until(lambda: page.evaluate(count) == 0)
