"""What tests of the website in a browser share: a server, Chromium, tabs that must be quiet.

A test module has a fixture `site`, the folder that is served; `address`, `browser` and
`tab` are imported where fixtures are looked for.
"""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from stepwell.write.site_assets import SharedFiles
from stepwell.write.site_policy import headers

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
needs_chromium = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium"),
]
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-quic", "--no-first-run",
)  # fmt: skip
"""Without network services of its own."""
BLOCKED = "Service Worker registration blocked by Playwright"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


class Server(http.server.ThreadingHTTPServer):
    """Lets a browser open all its connections at once; the usual queue of five makes it wait."""

    request_queue_size = 128


@functools.cache
def sent(folder: str) -> tuple[tuple[str, str], ...]:
    """What a site's own `_headers` tells a server to send with each file; without it, the same."""
    told = Path(folder) / "_headers"
    if not told.is_file():
        return headers([SharedFiles.of(Path(folder) / "assets").early_hash])
    rule = told.read_text("utf-8").partition("/*\n")[2].partition("\n/")[0]
    pairs = (line.partition(":") for line in rule.splitlines())
    return tuple((name.strip(), value.strip()) for name, _, value in pairs)


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the files with the headers that the site asks for, its policy among them."""

    def end_headers(self) -> None:
        for name, value in sent(self.directory):
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """Where the site is served."""
    handler = functools.partial(Handler, directory=str(site))
    with Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A Chromium."""
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture
def tab(browser: Any, address: str) -> Iterator[Any]:
    """Opens a tab: tab(width, …). What it says, or asks of another host, fails the test."""
    contexts: list[Any] = []
    said: list[str] = []

    def heard(message: Any) -> None:
        if BLOCKED not in message.text:
            said.append(f"{message.text} {message.location}")

    def asked(request: Any) -> None:
        if not request.url.startswith((f"{address}/", "file:", "data:")):
            said.append(f"asks {request.url}")

    def open_tab(width: int = 1280, **options: Any) -> Any:
        # What is kept for times without a connection has tests of its own: test_offline.py.
        options.setdefault("service_workers", "block")
        contexts.append(browser.new_context(viewport={"width": width, "height": 740}, **options))
        page = contexts[-1].new_page()
        page.on("console", heard)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", asked)
        page.set_default_timeout(30_000)
        return page

    open_tab.said = said  # type: ignore[attr-defined]
    yield open_tab
    for context in contexts:
        context.close()
    assert said == []


def audited(page: Any, within: str | None = None) -> list[str]:
    """What axe-core finds on a page, or in what a selector names: a line a problem."""
    axe = pytest.importorskip("axe_playwright_python.base")
    page.evaluate(axe.AXE_SCRIPT)
    options = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
    found = page.evaluate(
        "([within, options]) => axe.run(within ?? document, options)", [within, options]
    )
    return [
        f"{one['id']}: {node['html'][:120]}" for one in found["violations"] for node in one["nodes"]
    ]
