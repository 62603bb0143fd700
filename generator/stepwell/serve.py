"""`stepwell serve`: build, show on loopback, rebuild on change, reload the browser.

Owns watchfiles. The reload script is added to pages on their way out; what is
on disk is what would be published.
"""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import click
from watchfiles import watch

from stepwell import pipeline
from stepwell.console import Console, publishing_faults, report
from stepwell.project import Project

HOSTS = ("127.0.0.1", "localhost", "[::1]")
EVENTS = "/-stepwell/changes"
SCRIPT = "/-stepwell/reload.js"
RELOAD = (
    f'new EventSource("{EVENTS}").addEventListener("change", () => location.reload());\n'
).encode()
WAIT = 15  # seconds between signs of life to a browser
POLL = 200  # milliseconds of a look at the files


class Changes:
    """Counts the builds, and lets browsers wait for the next one."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._count = 0
        self._closed = False

    def tell(self) -> None:
        """A new build stands."""
        with self._condition:
            self._count += 1
            self._condition.notify_all()

    def close(self) -> None:
        """Let everybody go who waits."""
        with self._condition:
            self._closed = True
            self._condition.notify_all()

    def wait(self, seen: int) -> int:
        """The count once it is over `seen`, or after a while; -1 when closed."""
        with self._condition:
            self._condition.wait_for(lambda: self._count > seen or self._closed, WAIT)
            return -1 if self._closed else self._count

    @property
    def count(self) -> int:
        """How many builds there were."""
        return self._count


class Handler(SimpleHTTPRequestHandler):
    """Serves a published folder to this machine only."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *args: object, changes: Changes, **kwargs: object) -> None:
        self.changes = changes
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]

    def handle(self) -> None:
        """Answer until the browser goes away, which it may do at any moment."""
        with suppress(ConnectionError):
            super().handle()

    def do_GET(self) -> None:
        """Answer a request whose Host is this machine; others are refused."""
        if not self._from_here():
            return
        path = urlsplit(self.path).path
        if path == EVENTS:
            self._events()
        elif path == SCRIPT:
            self._answer(RELOAD, "text/javascript")
        elif path.endswith((".html", "/")):
            self._page(path)
        else:
            super().do_GET()

    def do_HEAD(self) -> None:
        """Like GET, without a body."""
        if self._from_here():
            super().do_HEAD()

    def _from_here(self) -> bool:
        """Whether the Host header names this machine: a page elsewhere may not read along."""
        host = self.headers.get("Host", "")
        name = host.rpartition(":")[0] if ":" in host.rpartition("]")[2] else host
        if name in HOSTS:
            return True
        self.send_error(HTTPStatus.MISDIRECTED_REQUEST, "This site is served to this machine only")
        return False

    def _page(self, path: str) -> None:
        file = Path(self.translate_path(path))
        file = file / "index.html" if file.is_dir() else file
        if not file.is_file():
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        script = f'<script src="{SCRIPT}" type="module"></script></body>'.encode()
        self._answer(file.read_bytes().replace(b"</body>", script, 1), "text/html; charset=utf-8")

    def _answer(self, content: bytes, kind: str) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)

    def _events(self) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        seen = self.changes.count
        while (count := self.changes.wait(seen)) >= 0:
            self.wfile.write(b"event: change\ndata: \n\n" if count > seen else b": alive\n\n")
            self.wfile.flush()
            seen = count

    def log_message(self, format: str, *args: object) -> None:
        """Requests are not worth a line."""


def serve(
    project: Project, port: int, languages: tuple[str, ...], today: datetime.date, console: Console
) -> None:
    """Build and serve until Ctrl-C. Raises what `pipeline.build` raises for the first build."""
    options = pipeline.Options(project.out, pipeline.Scope(languages))
    again = partial(_build, project, options, today, console)
    saved = _saved(project)
    again()
    changes = Changes()
    handler = partial(Handler, changes=changes, directory=str(project.out))
    server = _server(port, handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    click.echo(f"Serving on http://127.0.0.1:{server.server_port}/ - stop with Ctrl-C")
    try:
        with suppress(KeyboardInterrupt):  # amid a build; the site that stood stands
            _follow(saved, again, changes)
    finally:
        changes.close()
        server.shutdown()
        server.server_close()


def _server(port: int, handler: Callable[..., Handler]) -> ThreadingHTTPServer:
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as error:
        message = f"port {port} can't be used: {error.strerror}; choose another with --port"
        raise click.ClickException(message) from None
    server.daemon_threads = True
    return server


def _build(
    project: Project, options: pipeline.Options, today: datetime.date, console: Console
) -> bool:
    run = pipeline.build(project, options, today, console)
    report(run, "text", 0, False)
    return run.published


def _saved(project: Project) -> Iterator[list[str]]:
    """The names of files that were saved, from this call on, each time some were."""
    watched = [folder for folder in (project.content, project.overrides) if folder.is_dir()]
    found = watch(*watched, raise_interrupt=False, yield_on_timeout=True, rust_timeout=POLL)
    next(found, None)  # only now it watches, so that no save during the first build is missed
    return (sorted({Path(path).name for _, path in some}) for some in found if some)


def _follow(saved: Iterator[list[str]], build: Callable[[], bool], changes: Changes) -> None:
    for names in saved:
        click.echo(f"Changed: {', '.join(names[:5])}")
        try:
            with publishing_faults():
                published = build()
        except click.ClickException as fault:
            fault.show()  # keep serving what stands; the next save tries again
            continue
        if published:
            changes.tell()
