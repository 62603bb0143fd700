"""`stepwell serve`: for this machine only, always a whole site, and the browser follows."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import IO, NamedTuple

import pytest

from stepwell.serve import EVENTS, SCRIPT
from stepwell.write.publish import staging
from tests.command import COMMAND, environment, stepwell

pytestmark = pytest.mark.xdist_group("serve")
PATIENCE = 90  # seconds, for a machine that is busy with other things
TITLE = "A course of talks."


def until(done: Callable[[], bool]) -> None:
    """Waits for something that must come."""
    end = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < end
        time.sleep(0.02)


class Answer(NamedTuple):
    """What came back: status, how long it may be kept, content."""

    status: int
    kept: str | None
    body: bytes


class Served:
    """A running `stepwell serve`, what it said so far, and its project."""

    def __init__(self, root: Path, *, wait: bool = True) -> None:
        self.root = root
        self.process = subprocess.Popen(
            [*COMMAND, "serve", "--port", "0"], cwd=root, env=environment(),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            encoding="utf-8", start_new_session=True,
        )  # fmt: skip
        assert self.process.stdout is not None
        assert self.process.stderr is not None
        self.streams = (self.process.stdout, self.process.stderr)
        self.said: list[str] = []
        self.listeners = [
            threading.Thread(target=self._listen, args=(stream,), daemon=True)
            for stream in self.streams
        ]
        for listener in self.listeners:
            listener.start()
        self.port = 0
        if wait:
            self.begun()

    def begun(self) -> None:
        """Wait until the first build is done and the port is known."""
        until(lambda: "Serving on" in self.text or self.process.poll() is not None)
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", self.text)
        assert found, self.text
        self.port = int(found[1])

    def _listen(self, stream: IO[str]) -> None:
        self.said.extend(iter(stream.readline, ""))

    @property
    def text(self) -> str:
        """All that was said on both outputs."""
        return "".join(self.said)

    def ask(self, path: str, host: str | None = None, method: str = "GET") -> Answer:
        """The answer to a request, its path sent as it is."""
        with closing(self._connect(path, host, method)) as connection:
            answer = connection.getresponse()
            return Answer(answer.status, answer.getheader("Cache-Control"), answer.read())

    def _connect(self, path: str, host: str | None, method: str) -> HTTPConnection:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.putrequest(method, path, skip_host=True)
        if host != "":
            connection.putheader("Host", host or f"127.0.0.1:{self.port}")
        connection.endheaders()
        return connection

    def page(self, path: str) -> str:
        """The text of a page."""
        answer = self.ask(path)
        assert answer.status == 200
        return answer.body.decode()

    @contextmanager
    def events(self) -> Iterator[Iterator[str]]:
        """The names of events as they come, from now on."""
        with (
            closing(self._connect(EVENTS, None, "GET")) as connection,
            connection.getresponse() as answer,
        ):
            assert answer.getheader("Content-Type") == "text/event-stream"
            lines = (line.decode().strip() for line in iter(answer.readline, b""))
            yield (line.removeprefix("event: ") for line in lines if line.startswith("event: "))

    def write(self, old: str, new: str) -> None:
        """Save the pathway with a change."""
        file = self.root / "pathways" / "sleep" / "pathway.yaml"
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")

    def stop(self) -> int:
        """Press Ctrl-C, which all its processes get; its exit code."""
        os.killpg(self.process.pid, signal.SIGINT)
        status = self.process.wait(PATIENCE)
        for listener in self.listeners:
            listener.join(PATIENCE)
        for stream in self.streams:
            stream.close()
        return status


@pytest.fixture(scope="module")
def served(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The small project, served until the tests of this file are done."""
    root = tmp_path_factory.mktemp("served") / "project"
    shutil.copytree(built, root)
    (root / "secret.txt").write_text("a secret", encoding="utf-8")
    (root / "secret.html").write_text("a secret", encoding="utf-8")
    running = Served(root)
    yield running
    if running.process.poll() is None:
        running.stop()


def test_pages_reload_by_themselves(served: Served) -> None:
    """A page is served with the script that reloads it; the published file does not have it."""
    shown = served.page("/en/index.html")
    published = (served.root / "site" / "en" / "index.html").read_text("utf-8")
    script = f'<script src="{SCRIPT}" type="module"></script>'
    assert shown == published.replace("</body>", f"{script}</body>")
    assert script not in published
    assert EVENTS in served.page(SCRIPT)


def test_a_folder_shows_its_page(served: Served) -> None:
    """An address that ends in a slash shows the index of that folder."""
    assert served.page("/") == served.page("/index.html")
    assert served.page("/en/") == served.page("/en/index.html")


def test_other_files_are_served_as_they_are(served: Served) -> None:
    """What is not a page is served byte for byte."""
    for path in ("manifest.json", "en/print/sleep/leaflet-advice.pdf"):
        assert served.ask(f"/{path}").body == (served.root / "site" / path).read_bytes()


def test_nothing_is_kept_by_the_browser(served: Served) -> None:
    """A page is never an old one from the browser's cache."""
    assert served.ask("/en/index.html").kept == "no-store"


@pytest.mark.parametrize("path", ["/en/index.html", "/manifest.json", SCRIPT, EVENTS])
@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:{port}", "127.0.0.1.evil.example", "localhost.evil.example",
     "evil.example:80:{port}", "[::1].evil.example", "[::1", "0.0.0.0", ""],
)  # fmt: skip
def test_another_host_is_refused(served: Served, host: str, path: str) -> None:
    """A page elsewhere that leads its own name to this machine can't read along."""
    answer = served.ask(path, host.format(port=served.port))
    assert answer.status == 421
    assert b"Mill Road" not in answer.body


@pytest.mark.parametrize("host", ["localhost:{port}", "127.0.0.1", "localhost", "[::1]:{port}"])
def test_this_machine_is_welcome(served: Served, host: str) -> None:
    """The names of this machine are answered, with and without a port."""
    for method in ("GET", "HEAD"):
        assert served.ask("/en/index.html", host.format(port=served.port), method).status == 200


def test_head_is_refused_to_others(served: Served) -> None:
    """Not even the length of a file is told to another host."""
    assert served.ask("/en/index.html", "evil.example", "HEAD").status == 421


@pytest.mark.parametrize(
    "path",
    ["/../secret.txt", "/../secret.html", "/%2e%2e/secret.txt", "/%2e%2e/secret.html",
     "/en/..%2f..%2fsecret.txt", "/en/..%2f..%2fsecret.html", "//../secret.html",
     "/..%5csecret.html", "/en/%2e%2e/%2e%2e/secret.html", "/../pathways/site.yaml",
     "/../.stepwell/", "/../", "/%2e%2e/", "/en/nothing.html", "/nothing/"],
)  # fmt: skip
def test_only_the_site_is_served(served: Served, path: str) -> None:
    """No path leads out of the published folder, and what is not there is not found."""
    answer = served.ask(path)
    body = answer.body
    assert answer.status == 404 or (answer.status == 200 and b"<title" in body)
    assert b"secret" not in body
    assert b"pathways" not in body.lower().replace(b"care pathways", b"")


def test_nothing_can_be_sent(served: Served) -> None:
    """Only reading is offered."""
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        assert served.ask("/en/index.html", method=method).status == 501


def test_a_browser_may_go_away(served: Served) -> None:
    """A connection that is cut amid an answer is no error of ours."""
    for path in ("/en/index.html", "/assets/stylesheets/site.css", EVENTS):
        for _ in range(5):
            with socket.create_connection(("127.0.0.1", served.port)) as browser:
                request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 20
                browser.sendall(request.encode())
                browser.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    assert "Bar" not in served.page("/en/index.html")
    assert "Traceback" not in served.text


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_only_this_machine_can_connect(served: Served) -> None:
    """The port is open on the loopback address and on no other."""
    lines = [
        line.split()
        for table in ("tcp", "tcp6")
        for line in Path(f"/proc/net/{table}").read_text("utf-8").splitlines()[1:]
    ]
    listening = {row[1].split(":")[0] for row in lines if row[1].endswith(f":{served.port:04X}")
                 and row[3] == "0A"}  # fmt: skip
    assert listening == {"0100007F"}


def test_a_change_is_built_and_told(served: Served) -> None:
    """A saved file is built, the browser is told, and sees the new text at once."""
    path = "/en/sleep/tier-treatment.html"
    assert TITLE in served.page(path)
    with served.events() as events:
        served.write(TITLE, "Eight talks with a nurse.")
        assert next(events) == "change"
        assert "Eight talks with a nurse." in served.page(path)
        assert "Changed: pathway.yaml" in served.text
        served.write("Eight talks with a nurse.", TITLE)
        assert next(events) == "change"
    assert TITLE in served.page(path)


def test_a_mistake_is_told_and_the_last_site_stays(served: Served) -> None:
    """A mistake is told with its place; the site that stands is served until it is mended."""
    path = "/en/sleep/tier-treatment.html"
    before = served.page(path)
    with served.events() as events:
        served.write("    to: treatment", "    to: treatmnt")
        until(lambda: "error[SW203]" in served.text)
        assert "pathways/sleep/pathway.yaml:" in served.text
        assert served.page(path) == before
        served.write("    to: treatmnt", "    to: treatment")
        assert next(events) == "change"
    assert "Traceback" not in served.text


def test_a_fault_of_the_machine_is_told_and_passed(served: Served) -> None:
    """If another build is at work, serving goes on, and the next save tries again."""
    with served.events() as events:
        with staging(served.root / "site"):
            served.write(TITLE, "Nine talks.")
            until(lambda: "another build" in served.text)
            assert served.ask("/en/index.html").status == 200
        served.write("Nine talks.", TITLE)
        assert next(events) == "change"


def test_a_port_that_is_taken_is_a_line(served: Served) -> None:
    """A second server on the same port ends with 1 and says what to do."""
    result = stepwell("serve", "--port", str(served.port), cwd=served.root)
    assert result.returncode == 1
    assert "--port" in result.stderr
    assert "Traceback" not in result.stderr


def test_ctrl_c_ends_it(served: Served) -> None:
    """Ctrl-C ends serving, open streams included, without a word of the program's inside."""
    with served.events() as events:
        assert served.stop() == 0
        assert list(events) == []
    assert "Traceback" not in served.text
    with pytest.raises(ConnectionRefusedError):
        served.ask("/")


def test_a_save_during_the_first_build_is_not_missed(small: Path) -> None:
    """Files are watched before the first build begins: what is saved meanwhile is built next."""
    served = Served(small, wait=False)
    until(lambda: "Writing pages" in served.text)
    served.write(TITLE, "Ten talks.")
    served.begun()
    until(lambda: "Changed: pathway.yaml" in served.text)
    until(lambda: "Ten talks." in served.page("/en/sleep/tier-treatment.html"))
    assert served.stop() == 0


def test_a_project_with_a_mistake_can_be_served(small: Path) -> None:
    """If the first build fails, serving begins all the same, and the first good save is shown."""
    file = small / "pathways" / "sleep" / "pathway.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("    to: treatment", "    to: treatmnt"), encoding="utf-8")
    served = Served(small)
    assert "error[SW203]" in served.text
    assert served.ask("/").status == 404
    with served.events() as events:
        file.write_text(text, encoding="utf-8")
        assert next(events) == "change"
    assert "Mill Road" in served.page("/en/")
    assert served.stop() == 0
