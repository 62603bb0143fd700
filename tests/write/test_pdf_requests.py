"""What a document may open: files of its own, and nothing of the machine or the web."""

from __future__ import annotations

import base64
import io
import os
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from stepwell.write import pdf
from stepwell.write.fetcher import FONTS, IMAGES, LARGEST, Gate, Refused, Room

Print = Callable[..., pdf.Made]

SECRET = "SECRET-4711"
SVG = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><text y='8'>{}</text></svg>"

# Every way in which HTML and CSS make WeasyPrint open something. URL is put in.
ASKS = {
    "stylesheet": ("<link rel=stylesheet href='URL'>", ""),
    "attachment-link": ("<link rel=attachment href='URL'>", ""),
    "attachment-anchor": ("", "<a rel=attachment href='URL'>take</a>"),
    "img": ("", "<img alt=x src='URL'>"),
    "object": ("", "<object data='URL'></object>"),
    "embed": ("", "<embed src='URL'>"),
    "svg-image": ("", "<svg width=9 height=9><image href='URL' width=9 height=9 /></svg>"),
    "svg-image-xlink": (
        "",
        (
            "<svg width=9 height=9 xmlns:xlink='http://www.w3.org/1999/xlink'>"
            "<image xlink:href='URL' width=9 height=9 /></svg>"
        ),
    ),
    "svg-font-face": (
        "",
        "<svg width=9 height=9><style>@font-face{font-family:a;src:url(URL)}</style></svg>",
    ),
    "svg-in-data": (
        "",
        (
            "<img alt=x src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9'"
            " height='9'><image href='URL' width='9' height='9'/></svg>\">"
        ),
    ),
    "import": ("<style>@import url(URL)</style>", ""),
    "import-string": ("<style>@import 'URL'</style>", ""),
    "font-face": ("<style>@font-face{font-family:a;src:url(URL)}p{font-family:a}</style>", "<p>a"),
    "color-profile": (
        "<style>@color-profile --a{src:url(URL)}p{color:color(--a 1 0 0)}</style>",
        "<p>a",
    ),
    "background": ("<style>p{background:url(URL)}</style>", "<p>a"),
    "background-page": ("<style>@page{background:url(URL)}</style>", "<p>a"),
    "background-attribute": ("", "<p style='background-image:url(URL)'>a"),
    "border-image": ("<style>p{border:9px solid;border-image:url(URL) 9}</style>", "<p>a"),
    "list-style-image": ("<style>li{list-style-image:url(URL)}</style>", "<ul><li>a</ul>"),
    "content": ("<style>p::before{content:url(URL)}</style>", "<p>a"),
    "content-margin": ("<style>@page{@top-left{content:url(URL)}}</style>", "<p>a"),
}

# Ways that WeasyPrint does not follow. Should it begin to, a test below fails.
SILENT = {
    "cursor": ("<style>p{cursor:url(URL),auto}</style>", "<p>a"),
    "svg-use": ("", "<svg width=9 height=9><use href='URL#a'/></svg>"),
    "svg-import": ("", "<svg width=9 height=9><style>@import url(URL);</style></svg>"),
    "iframe": ("", "<iframe src='URL'></iframe>"),
    "video": ("", "<video src='URL' poster='URL'></video>"),
    "script": ("<script src='URL'></script>", ""),
    "prefetch": ("<link rel=prefetch href='URL'><link rel=icon href='URL'>", ""),
    "srcset": ("", "<img alt=x srcset='URL 2x'><picture><source srcset='URL'></picture>"),
    "refresh": ("<meta http-equiv=refresh content='0;url=URL'>", ""),
}


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder beside the assets with a file of each type, all of them secret."""
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "secret.svg").write_text(SVG.format(SECRET))
    (folder / "secret.css").write_text(f"p::before{{content:'{SECRET}'}}")
    (folder / "secret.txt").write_text(SECRET)
    Image.new("RGB", (4, 4), "red").save(folder / "secret.png")
    return folder


def contents(content: bytes) -> bytes:
    """Everything that is inside a PDF, decompressed."""
    with pikepdf.open(io.BytesIO(content)) as opened:
        streams = [o.read_bytes() for o in opened.objects if isinstance(o, pikepdf.Stream)]
        others = [str(o).encode() for o in opened.objects]
    return b"\n".join(streams + others)


@pytest.mark.pdf
@pytest.mark.parametrize("file", ["secret.svg", "secret.png", "secret.css", "secret.txt"])
@pytest.mark.parametrize("way", ASKS)
def test_no_way_leads_out_of_the_assets(press: Print, outside: Path, way: str, file: str) -> None:
    """Whatever asks, a file outside is refused, written down, and no PDF is made."""
    url = (outside / file).as_uri()
    head, body = (part.replace("URL", url) for part in ASKS[way])
    made = press(body, head=head)
    assert (made.content, made.pages) == (b"", 0)
    assert any(line.startswith("refused to ") and file in line for line in made.problems)
    assert SECRET not in "".join(made.problems)


@pytest.mark.pdf
@pytest.mark.parametrize("way", SILENT)
def test_other_ways_ask_for_nothing(press: Print, outside: Path, way: str) -> None:
    """What WeasyPrint does not follow is not in the PDF either."""
    url = (outside / "secret.svg").as_uri()
    head, body = (part.replace("URL", url) for part in SILENT[way])
    made = press(body, head=head)
    assert not any(line.startswith("refused to ") for line in made.problems)
    assert SECRET.encode() not in contents(made.content)


@pytest.mark.pdf
@pytest.mark.parametrize(
    "url",
    [
        "file:///proc/self/environ",
        "file:///etc/passwd",
        "http://127.0.0.1:9/a.png",
        "https://example.org/a.png",
        "ftp://example.org/a.png",
        "//example.org/a.png",
        "../outside/secret.png",
        "%2e%2e/outside/secret.png",
        "..%2Foutside%2Fsecret.png",
        "link.png",
        "folder/secret.png",
        "data:text/html,<p>a",
        "data:text/css,p{}",
        "data:application/pdf;base64,JVBERg==",
        "data:image/gif;base64,R0lGODlhAQABAAAAACw=",
    ],
)
def test_urls_that_are_not_of_the_assets(
    press: Print, assets: Path, outside: Path, url: str
) -> None:
    """The machine, the web, ways upward, symbolic links and odd data are refused alike."""
    (assets / "link.png").symlink_to(outside / "secret.png")
    (assets / "folder").symlink_to(outside)
    made = press(f"<img alt=x src='{url}'><link rel=attachment href='{url}'>")
    assert made.content == b""
    assert made.problems[0].startswith("refused to open '")


@pytest.mark.pdf
def test_a_base_element_moves_nothing(press: Print, outside: Path) -> None:
    """`<base>` changes what a relative URL means, not what is allowed."""
    made = press("<img alt=x src=secret.png>", head=f"<base href='{outside.as_uri()}/'>")
    assert made.content == b""


@pytest.mark.pdf
def test_even_own_files_are_not_attached(press: Print, assets: Path) -> None:
    """An attachment would carry the time of the build, and nobody looks for it in a leaflet."""
    Image.new("RGB", (4, 4), "red").save(assets / "own.png")
    for body in ("<a rel=attachment href=own.png>a</a>", "<link rel=attachment href=own.png>"):
        made = press(body)
        assert made.content == b""
        assert "refused to attach" in made.problems[0]


@pytest.mark.pdf
def test_own_images_are_printed(press: Print, assets: Path) -> None:
    """Images under the assets and small ones in data: URLs are what the gate is for."""
    (assets / "a folder").mkdir()
    Image.new("RGB", (4, 4), "red").save(assets / "a folder" / "own.png")
    Image.new("RGB", (4, 4), "red").save(assets / "own.JPG")
    (assets / "own.svg").write_text(SVG.format("a"))
    inside = base64.b64encode((assets / "a folder" / "own.png").read_bytes()).decode()
    made = press(
        "<img alt=x src='a folder/own.png'><img alt=x src=own.JPG><img alt=x src=own.svg>"
        f"<img alt=x src='data:image/png;base64,{inside}'><div style='background:url(own.svg)'>a"
        "<svg width=9 height=9><title>x</title><image href='own.svg' width=9 height=9 /></svg>"
    )
    assert made.problems == ()
    assert made.pages == 1


@pytest.mark.pdf
def test_a_refusal_leaves_the_next_document_as_it_was(press: Print) -> None:
    """Fonts that stay loaded are not spoilt by a document that was given up."""
    before = press("<p>some text")
    press("<p>some text<svg width=9 height=9><image href='http://example.org/a.png'/></svg>")
    assert press("<p>some text") == before


@pytest.fixture
def gate(tmp_path: Path) -> Gate:
    """A gate with two rooms, one of images and one of fonts."""
    for name in ("images", "images-too", "fonts"):
        (tmp_path / name).mkdir()
        Image.new("RGB", (4, 4), "red").save(tmp_path / name / "a.png")
        (tmp_path / name / "a.ttf").write_bytes(b"\x00\x01\x00\x00....")
    return Gate((Room(tmp_path / "images", IMAGES), Room(tmp_path / "fonts", FONTS)))


def test_rooms_have_their_types(gate: Gate, tmp_path: Path) -> None:
    """Images come from the assets, faces from the fonts, and not the other way round."""
    assert gate.open((tmp_path / "images/a.png").as_uri()).type == "image/png"
    assert gate.open((tmp_path / "fonts/a.ttf").as_uri()).content.startswith(b"\x00\x01")
    assert gate.refusals == []
    for path in ("images/a.ttf", "fonts/a.png", "images-too/a.png"):
        with pytest.raises(Refused):
            gate.open((tmp_path / path).as_uri())
    assert len(gate.refusals) == 3


@pytest.mark.parametrize(
    "tail",
    [
        "/images/a.png?x=1", "/images/a.png#a", "/images/a.png?", "/images/b.png", "/images/",
        "/images", "/images/../images/a.png", "/images/%2e%2e/images/a.png", "/images\\a.png",
        "/images/a.png%00", "/images/a%ff.png", "/images/a.png%0a", "/images/..",
        "/images/folder.png", "/images/pipe.png", "/images/loop.png", "/images/lie.png",
        "/images/lie.svg", "/images/big.png",
    ],
)  # fmt: skip
def test_tricks_with_files(gate: Gate, tmp_path: Path, tail: str) -> None:
    """Queries, ways upward, folders, pipes, loops, liars and giants are refused, and quickly."""
    room = tmp_path / "images"
    (room / "folder.png").mkdir()
    os.mkfifo(room / "pipe.png")
    (room / "loop.png").symlink_to(room / "loop.png")
    (room / "lie.png").write_bytes(b"%!PS-Adobe-3.0 EPSF-3.0\n")
    (room / "lie.svg").write_bytes(b"SECRET=1\0PATH=/bin")
    with (room / "big.png").open("wb") as big:
        big.truncate(LARGEST + 1)
    with pytest.raises(Refused):
        gate.open(tmp_path.as_uri() + tail)
    assert len(gate.refusals) == 1


@pytest.mark.parametrize(
    "url",
    [
        "file://localhost/etc/passwd", "file://host/share/a.png", "file:a.png", "file:", "a.png",
        "", "file://[", "jar:file:///a.png", "FILE:///etc/passwd", "data:", "data:image/png",
        "data:,a", "data:image/png,not a picture", "data:image/png;base64,!!!!",
        "data:image/svg+xml,nothing", "DATA:text/plain,a",
    ],
)  # fmt: skip
def test_urls_that_are_none(gate: Gate, url: str) -> None:
    """Odd schemes, hosts and data are refused, not crashed on."""
    with pytest.raises(Refused):
        gate.open(url)


@given(st.text(max_size=60))
def test_no_name_whatever_leads_out(name: str) -> None:
    """For any text behind the folder's URL the answer is a refusal: the folder is empty."""
    gate = Gate((Room(Path("/nowhere"), IMAGES),))
    with pytest.raises(Refused):
        gate.open("file:///nowhere/" + name)


def test_long_urls_are_shortened_in_the_record(gate: Gate) -> None:
    """A refused picture of a megabyte does not fill the report."""
    with pytest.raises(Refused):
        gate.open("data:image/gif," + "a" * 1_000_000)
    assert len(gate.refusals[0]) < 250
