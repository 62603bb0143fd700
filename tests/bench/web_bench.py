"""What the first view of a page costs its reader: bytes, seconds to the first paint, jumps.

An old phone with bad reception: a processor four times slower than this one, 1.6 Mbit/s,
150 ms to each answer, an empty cache. The server compresses texts, as the recipes of a site and
the usual hosts do, or with --plain nothing. Of each kind of page in each language the heaviest
is opened. Run alone it prints the whole table:

    python -m tests.bench.web_bench SITE [LANGUAGE …] [--runs 3] [--kinds home,tier] [--plain]
"""

from __future__ import annotations

import argparse
import functools
import gzip
import http.server
import re
import shutil
import statistics
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Any

BOUNDS = {"KB": 350.0, "s": 1.5, "shift": 0.05}
"""What the heaviest page may weigh, the latest first paint, the sum of all jumps."""
LANGUAGES = ("en", "ar", "zh", "hi")
"""One of each script that loads fonts, or not, in a way of its own."""
TEXTS = (".html", ".css", ".js", ".svg", ".json", ".webmanifest", ".txt", ".xml")
_KIND = re.compile(r'data-kind="([a-z-]+)"')
_SLOW = {"offline": False, "latency": 150, "downloadThroughput": 2e5, "uploadThroughput": 1e5}
_WATCH = """
window.jumps = 0;
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) if (!one.hadRecentInput) window.jumps += one.value;
}).observe({ type: "layout-shift", buffered: true });
"""
_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN"


@dataclass(frozen=True, slots=True)
class View:
    """The first view of a page: kilobytes of 1024 bytes, seconds to the first paint, all jumps."""

    kind: str
    language: str
    weight: float
    paint: float
    shift: float


class Plain(http.server.SimpleHTTPRequestHandler):
    """A plain server: no compression, no words."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


class Compressing(Plain):
    """A server that compresses texts, as nginx does with what a site says of itself."""

    def do_GET(self) -> None:
        """Send a text compressed, anything else as it is."""
        path = Path(self.translate_path(self.path))
        if path.suffix not in TEXTS or not path.is_file():
            super().do_GET()
            return
        content = compressed(path)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@functools.cache
def compressed(path: Path) -> bytes:
    """The content of a file, compressed once as a server's default level does."""
    return gzip.compress(path.read_bytes(), compresslevel=6, mtime=0)


class Server(http.server.ThreadingHTTPServer):
    """Takes all connections of a browser at once, and is not surprised when it goes away."""

    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A connection that the browser closed is no error; any other one is shown."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def served(site: Path, *, plain: bool = False) -> Iterator[str]:
    """The address of a folder, as long as it is needed."""
    handler = functools.partial(Plain if plain else Compressing, directory=str(site))
    with Server(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser without services of its own."""
    from playwright.sync_api import sync_playwright
    from tests.browser import CHROMIUM, FLAGS

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


def pages(site: Path, language: str) -> dict[str, str]:
    """Kind of page -> the path of the heaviest of it in a language."""
    found: dict[str, Path] = {}
    for path in sorted((site / language).rglob("*.html")):
        match = _KIND.search(path.read_text(encoding="utf-8"))
        kind = match[1] if match else path.stem
        if kind not in found or path.stat().st_size > found[kind].stat().st_size:
            found[kind] = path
    return {kind: path.relative_to(site).as_posix() for kind, path in sorted(found.items())}


def measured(browser: Any, address: str) -> tuple[float, float, float]:
    """Kilobytes, seconds and jumps of one first view."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, device_scale_factor=2)
    page = context.new_page()
    session = context.new_cdp_session(page)
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda one: sizes.append(one["encodedDataLength"]))
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", _SLOW)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.add_init_script(_WATCH)
    page.goto(address, wait_until="load")
    page.wait_for_timeout(1000)  # fonts and late scripts
    paint, jumps = page.evaluate(f"[{_PAINT}, window.jumps]")
    context.close()
    return sum(sizes) / 1024, paint / 1000, jumps


def views(
    site: Path,
    languages: Sequence[str],
    runs: int,
    kinds: Sequence[str] = (),
    *,
    plain: bool = False,
) -> Iterator[View]:
    """The medians of each kind of page in each language."""
    with served(site, plain=plain) as address, chromium() as browser:
        for language in languages:
            for kind, path in pages(site, language).items():
                if not kinds or kind in kinds:
                    found = [measured(browser, f"{address}/{path}") for _ in range(runs)]
                    yield View(kind, language, *map(statistics.median, zip(*found, strict=True)))


def worst(found: Sequence[View]) -> Iterator[tuple[str, float, str, float]]:
    """Of each language and measure the worst page: name, value, unit and bound."""
    for language in dict.fromkeys(view.language for view in found):
        own = [view for view in found if view.language == language]
        for name, what, unit in (
            ("weight", "weight", "KB"), ("paint", "first paint", "s"), ("shift", "jumps", "shift"),
        ):  # fmt: skip
            view = max(own, key=attrgetter(name))
            label = f"first view, {language}, {what} of the worst kind ({view.kind})"
            yield label, getattr(view, name), "" if unit == "shift" else unit, BOUNDS[unit]


def installed() -> bool:
    """Whether there is a Chromium to measure with."""
    return bool(shutil.which("chromium") or shutil.which("google-chrome"))


def main() -> None:
    """Print the table of a site."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.web_bench", description=__doc__)
    parser.add_argument("site", type=Path)
    parser.add_argument("languages", nargs="*", default=LANGUAGES)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--kinds", default="")
    parser.add_argument("--plain", action="store_true", help="a server that does not compress")
    given = parser.parse_args()
    print("| page | language | KB | paint, s | jumps |\n|---|---|---:|---:|---:|")
    kinds = tuple(filter(None, given.kinds.split(",")))
    for one in views(given.site, given.languages, given.runs, kinds, plain=given.plain):
        row = f"{one.weight:.0f} | {one.paint:.2f} | {one.shift:.3f}"
        print(f"| {one.kind} | {one.language} | {row} |", flush=True)


if __name__ == "__main__":
    main()
