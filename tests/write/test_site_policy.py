"""One policy for servers and for pages, and the files that tell servers of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from stepwell.write.site_hosting import write_hosting
from stepwell.write.site_policy import headers, policy

HASH = "sha256-RFWPLDbv2BY+rCkDzsE+0fr8ylGr2R2faWMhq4lfEQc="
ADDRESS = "https://clinic.example/care/paths/"


def directives(text: str) -> dict[str, str]:
    """Name of a directive -> its sources."""
    return {name: sources for name, _, sources in (one.partition(" ") for one in text.split("; "))}


def test_the_meta_tag_says_what_the_header_says() -> None:
    """All but who may show the page in a frame, of which a meta tag can't tell."""
    header, meta = directives(policy([HASH])), directives(policy([HASH], meta=True))
    assert header.pop("frame-ancestors") == "'none'"
    assert meta == header


def test_nothing_inside_a_page_runs_but_what_has_a_hash() -> None:
    """Styles and scripts are files of our own; nothing is evaluated but WebAssembly."""
    told = directives(policy([HASH]))
    assert told["default-src"] == told["base-uri"] == "'none'"
    assert told["style-src"] == told["worker-src"] == told["manifest-src"] == "'self'"
    assert told["script-src"] == f"'self' 'wasm-unsafe-eval' '{HASH}'"
    assert "unsafe-inline" not in policy([HASH])
    assert not re.search(r"https?:|\*", policy([HASH]))


@pytest.fixture
def written(tmp_path: Path) -> dict[str, str]:
    """Path -> text of the files for servers, of a site in a subfolder."""
    write_hosting(tmp_path, ADDRESS, [HASH])
    files = (path for path in tmp_path.rglob("*") if path.is_file())
    return {path.relative_to(tmp_path).as_posix(): path.read_text("utf-8") for path in files}


def test_every_server_gets_the_same_headers(written: dict[str, str]) -> None:
    """Netlify, nginx and Apache are told each header with the same words."""
    assert sorted(written) == [".nojekyll", "_headers", "hosting/apache.conf", "hosting/nginx.conf"]
    for name, value in headers([HASH]):
        assert f"\n  {name}: {value}\n" in written["_headers"]
        assert f'add_header {name} "{value}" always;' in written["hosting/nginx.conf"]
        assert f'Header always set {name} "{value}"' in written["hosting/apache.conf"]


def test_servers_find_the_page_for_lost_readers_in_a_subfolder(written: dict[str, str]) -> None:
    """The address of the site is in what nginx and Apache are told, without its last slash."""
    assert "error_page 404 /care/paths/404.html;" in written["hosting/nginx.conf"]
    assert "ErrorDocument 404 /care/paths/404.html\n" in written["hosting/apache.conf"]
    assert '"^/care/paths/assets/' in written["hosting/nginx.conf"]
    assert "@" not in "".join(written.values()).replace("@font", "")


@pytest.mark.parametrize("path", ["/a;b{c}$d", '/"x"', "/x y\n"])
def test_no_address_ends_what_it_stands_in(path: str, tmp_path: Path) -> None:
    """What a server would take for its own language is quoted."""
    write_hosting(tmp_path, f"https://clinic.example{path}", [])
    for line in (tmp_path / "hosting" / "nginx.conf").read_text("utf-8").splitlines():
        if line.startswith("error_page"):
            assert re.fullmatch(r"error_page 404 [A-Za-z0-9%/.]+/404\.html;", line)
