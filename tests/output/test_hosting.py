"""The published folder on servers of several kinds, in a subfolder and on a disk."""

from __future__ import annotations

import functools
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from tests.browser import Handler, Server, needs_chromium, sent
from tests.conftest import ROOT, TODAY

from stepwell import pipeline
from stepwell.progress import Silent
from stepwell.project import Project
from stepwell.write.schedule import Crew

pytestmark = pytest.mark.xdist_group("hosting")
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
CONFIGURATION = """\
pid {work}/pid; error_log {work}/error.log; daemon off; master_process off;
events {{}}
http {{
  access_log off; include /etc/nginx/mime.types;
  client_body_temp_path {work}; proxy_temp_path {work}; fastcgi_temp_path {work};
  uwsgi_temp_path {work}; scgi_temp_path {work};
  server {{ listen 127.0.0.1:{port}; root {site}; include {site}/hosting/nginx.conf; }}
}}
"""


def in_chromium(test: Any) -> Any:
    """Marks a test that needs Chromium."""
    return functools.reduce(lambda marked, mark: mark(marked), needs_chromium, test)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project, published by a machine that can't print: its papers take longest."""
    target = tmp_path_factory.mktemp("hosting") / "project"
    shutil.copytree(ROOT / "tests" / "projects" / "small", target)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("stepwell.write.pango.blocked", lambda: True)
        options = pipeline.Options(target / "site", crew=Crew(1))
        assert pipeline.build(Project(target), options, TODAY, Silent()).published
    return target / "site"


def served(folder: Path, handler: type[Handler] = Handler) -> Iterator[str]:
    """Serve a folder; its address."""
    with Server(("127.0.0.1", 0), functools.partial(handler, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


class Plain(Handler):
    """A server that sends no header of its own: only the pages tell the policy."""

    def end_headers(self) -> None:
        """Send nothing more."""
        super(Handler, self).end_headers()


@pytest.fixture(scope="module")
def plain(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site in a subfolder of a plain server."""
    host = tmp_path_factory.mktemp("host")
    shutil.copytree(site, host / "care" / "paths", ignore=shutil.ignore_patterns("print"))
    for one in served(host, Plain):
        yield f"{one}/care/paths"


def test_the_files_for_servers_are_in_the_manifest(site: Path) -> None:
    """With the pages above all languages; and no policy is told that a page does not tell."""
    listed = (site / "manifest.json").read_text("utf-8")
    names = ("_headers", ".nojekyll", "hosting/nginx.conf", "404.html", "robots.txt", "sitemap.xml")
    assert [name for name in names if f'"path": "{name}"' not in listed] == []
    told = dict(sent(str(site)))["Content-Security-Policy"].partition("; frame-ancestors")[0]
    for page in ("index.html", "404.html", "en/sleep/index.html"):
        assert told.replace("'", "&#39;") in (site / page).read_text("utf-8")


@pytest.mark.skipif(
    NGINX is None, reason="needs nginx, whose package would serve port 80 of a developer's machine"
)
def test_nginx_sends_what_it_is_told(site: Path, tmp_path: Path) -> None:
    """The headers with every file, a year for what has a version, and the page for the lost."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    text = CONFIGURATION.format(work=tmp_path, site=site, port=port)
    (tmp_path / "nginx.conf").write_text(text, encoding="utf-8")
    command = [str(NGINX), "-c", str(tmp_path / "nginx.conf"), "-e", str(tmp_path / "error.log")]
    server = subprocess.Popen(command)
    try:
        page = _asked(f"http://127.0.0.1:{port}/en/index.html")
        style = _asked(f"http://127.0.0.1:{port}/assets/stylesheets/site.css?v=0a1b2c3d")
        lost = _asked(f"http://127.0.0.1:{port}/en/none.html")
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()
    for name, value in sent(str(site)):
        assert page[name] == style[name] == lost[name] == value
    assert page["Content-Encoding"] == style["Content-Encoding"] == "gzip"
    assert (page["Cache-Control"], lost["Status"]) == ("no-cache", "404")
    assert "max-age=31536000" in style["Cache-Control"]


def _asked(url: str) -> dict[str, str]:
    """The headers of an answer, also of one that is an error."""
    for _ in range(100):
        try:
            with urlopen(Request(url, headers={"Accept-Encoding": "gzip"})) as answer:
                return {"Status": str(answer.status), **dict(answer.headers)}
        except HTTPError as error:
            return {"Status": str(error.code), **dict(error.headers)}
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(url)


def watched(browser: Any) -> tuple[Any, list[str]]:
    """A page, and what it says: each violation of the policy too."""
    page, said = browser.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.set_default_timeout(20_000)
    return page, said


@in_chromium
def test_the_policy_of_the_page_holds_on_a_plain_server(browser: Any, plain: str) -> None:
    """In a subfolder all works and nothing is refused but what somebody smuggles in."""
    page, said = watched(browser)
    page.goto(f"{plain}/index.html")
    page.click("a[data-language=en]")
    page.wait_for_selector("html:not(.no-js) [data-sw-theme][aria-label]")
    page.goto(f"{plain}/en/sleep/index.html")
    assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith('"Stepwell')
    assert said == []
    smuggle = (
        "text => document.body.append(Object.assign(document.createElement('script'), {text}))"
    )
    page.evaluate(smuggle, "window.smuggled = true")
    assert page.evaluate("window.smuggled") is None
    assert "Content Security Policy" in said[-1]
    page.close()


@in_chromium
def test_a_changed_file_is_not_run(browser: Any, plain: str) -> None:
    """A script that is not the one that the page was published with is refused."""
    page, said = watched(browser)
    changed = {"body": "window.changed = true", "content_type": "text/javascript"}
    page.route("**/javascripts/theme.js*", lambda route: route.fulfill(**changed))
    page.goto(f"{plain}/en/sleep/index.html")
    assert page.evaluate("window.changed") is None
    assert any("integrity" in one and "theme.js" in one for one in said)
    page.close()


@in_chromium
def test_from_a_disk_pages_have_their_styles_and_scripts(browser: Any, site: Path) -> None:
    """Though a browser can't check hashes there; without scripts they have their styles."""
    page, said = watched(browser)
    page.goto((site / "en/sleep/index.html").as_uri())
    page.wait_for_selector("[data-sw-theme][aria-label]")
    styled = "getComputedStyle(document.body).fontFamily.startsWith('\"Stepwell')"
    page.wait_for_function(styled)
    assert [one for one in said if "Content Security Policy" in one] == []
    page.close()
    context = browser.new_context(java_script_enabled=False)
    bare = context.new_page()
    bare.goto((site / "en/sleep/index.html").as_uri())
    header = bare.locator(".sw-banner").bounding_box()
    assert header is not None
    assert header["x"] == 0  # without styles a page has margins
    context.close()


@in_chromium
def test_lost_readers_get_their_language(browser: Any, site: Path) -> None:
    """The first part of the address says which; the title and the direction change with it."""
    text = (site / "404.html").read_text("utf-8")
    more = '<section lang="ar" dir="rtl"><h2>لا صفحة</h2></section></main>'
    for root in served(site):
        page, _ = watched(browser)
        page.route("**/away.html", lambda route: route.fulfill(
            status=404, content_type="text/html; charset=utf-8",
            body=text.replace("</main>", more),
        ))  # fmt: skip
        page.goto(f"{root}/ar/gone/away.html")
        page.wait_for_function("document.documentElement.lang === 'ar'")
        assert page.title().startswith("لا صفحة")
        assert page.locator("section:visible").count() == 1
        page.goto(f"{root}/lost/away.html")
        assert page.locator("section:visible").count() == 2
        page.close()
