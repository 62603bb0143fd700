"""Logos as clinics and attackers bring them: what only draws is kept, the rest is refused."""

from __future__ import annotations

import io
import random
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from tests.conftest import ROOT

from stepwell import pipeline
from stepwell.load import png, svg

HEAD = b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
BOX = b' viewBox="0 0 30 10"'


def drawing(inner: bytes, more: bytes = BOX) -> bytes:
    """A drawing with some parts."""
    return HEAD + more + b">" + inner + b"</svg>"


def nested(levels: int) -> bytes:
    """Parts that each draw the one before ten times."""
    parts = [b'<g id="a0"><path d="M0 0h1v1z"/></g>']
    for level in range(1, levels):
        uses = b'<use href="#a%d"/>' % (level - 1) * 10
        parts.append(b'<g id="a%d">%s</g>' % (level, uses))
    return b"".join(parts)


HOSTILE = {
    "script": (drawing(b"<script>alert(1)</script>"), "script"),
    "event": (drawing(b'<rect width="1" height="1" onload="alert(1)"/>'), "script"),
    "page": (drawing(b"<foreignObject><p/></foreignObject>"), "foreignObject"),
    "link": (drawing(b'<a href="https://evil.example"><path d="M0 0"/></a>'), "<a>"),
    "animation": (drawing(b'<set attributeName="href" to="javascript:x"/>'), "<set>"),
    "outside": (drawing(b'<use xlink:href="https://evil.example/x.svg#a"/>'), "another file"),
    "file": (drawing(b'<use href="file:///etc/passwd#a"/>'), "another file"),
    "image": (drawing(b'<image href="data:image/png;base64,AA=="/>'), "a picture inside"),
    "url": (drawing(b'<rect fill="url(https://evil.example/#a)"/>'), "another file"),
    "style": (drawing(b"<style>.a{fill:url('//evil.example')}</style>"), "another file"),
    "import": (drawing(b"<style>@import 'https://evil.example';</style>"), "more than colours"),
    "escape": (drawing(b"<style>.a{fill:u\\72l(x)}</style>"), "more than colours"),
    "function": (drawing(b'<rect style="fill:image-set(\'x.png\')"/>'), "more than colours"),
    "letters": (drawing(b"<text>Clinic</text>"), "paths"),
    "doctype": (b"<!DOCTYPE svg>" + drawing(b""), "DOCTYPE"),
    "entities": (
        b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + drawing(b"&b;"),
        "DOCTYPE",
    ),
    "file entity": (
        b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + drawing(b"&a;"),
        "DOCTYPE",
    ),
    "sheet": (b'<?xml-stylesheet href="https://evil.example"?>' + drawing(b""), "instruction"),
    "bomb": (drawing(nested(8)), "too many parts"),
    "circle": (drawing(b'<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'), "itself"),
    "clipped by itself": (
        drawing(
            b"<style>.a{clip-path:url(#c)}</style>"
            b'<clipPath id="c"><path class="a"/></clipPath>'
        ),
        "refers to a part",
    ),
    "gradient": (drawing(b'<linearGradient id="g"/>'), "some printers leave out"),
    "mask": (drawing(b'<mask id="m"/>'), "<mask>"),
    "filter": (drawing(b'<filter id="f"/>'), "<filter>"),
    "deep": (drawing(b"<g>" * 40 + b"</g>" * 40), "too many parts"),
    "many": (drawing(b"<g/>" * 4000), "too many parts"),
    "no size": (drawing(b"", b""), "no viewBox"),
    "flat": (drawing(b"", b' viewBox="0 0 30 0"'), "no size"),
    "not a drawing": (b"<html><body>x</body></html>", "does not begin"),
    "not XML": (drawing(b"<g>"), "no XML"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_drawing_is_refused_with_a_reason(name: str) -> None:
    """What could run, load or grow without end never gets further than here."""
    content, reason = HOSTILE[name]
    with pytest.raises(svg.Unusable, match=reason):
        svg.cleaned(content)


def test_what_drawing_programs_leave_is_dropped() -> None:
    """Titles, metadata and names of layers are gone; shapes, cuts and classes are kept."""
    inner = (
        b'<title>Old name</title><metadata><x xmlns="urn:x">me@home</x></metadata>'
        b"<style>/* layer 1 */ .a{fill:rgb(1,2,3)}</style>"
        b'<g x:label="Layer 1" data-x="1" class="a" transform="translate(1 2)">'
        b'<path d="M0 0h9v9z" clip-path="url(#c)"/></g><clipPath id="c"><path d="M0 0"/></clipPath>'
        b'<use xlink:href="#c"/>'
    )
    made, width, height = svg.cleaned(drawing(inner, b' xmlns:x="urn:inkscape"' + BOX))
    text = made.decode()
    assert (width, height) == (30, 10)
    assert not any(word in text for word in ("Old name", "me@home", "label", "data-x", "urn:"))
    for kept in ("url(#c)", 'href="#c"', 'class="a"', "translate(1 2)", "rgb(1,2,3)"):
        assert kept in text
    assert svg.cleaned(made)[0] == made


def test_a_drawing_is_never_distorted() -> None:
    """Its own size and its wish to be stretched are replaced by those of its viewBox."""
    more = b' viewBox="5 5 40 20" width="1" height="99" preserveAspectRatio="none"'
    made, *size = svg.cleaned(drawing(b"", more))
    assert size == [40, 20]
    assert b"preserveAspectRatio" not in made
    assert b'viewBox="5 5 40 20" width="40" height="20"' in made
    assert svg.cleaned(drawing(b"", b' width="60px" height="20"'))[1:] == (60, 20)


def picture(mode: str = "RGBA", size: tuple[int, int] = (30, 10)) -> bytes:
    """A PNG of a kind."""
    target = io.BytesIO()
    Image.new(mode, size, 1).save(target, "PNG")
    return target.getvalue()


def chunk(name: bytes, data: bytes) -> bytes:
    """A part of a PNG with its checksum."""
    return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_any_kind_of_png_is_kept_pixel_by_pixel(mode: str) -> None:
    """Grey, with a palette or transparent: what is written anew shows the same."""
    content = picture(mode)
    made, width, height = png.cleaned(content)
    assert (width, height) == (30, 10)
    before, after = (Image.open(io.BytesIO(one)).convert("RGBA") for one in (content, made))
    assert before.tobytes() == after.tobytes()


def test_a_woven_png_has_the_size_that_it_says() -> None:
    """Interlaced rows are counted, too."""
    for width, height in ((1, 1), (5, 3), (8, 8), (30, 10)):
        size = png._size(width, height, 32, True)
        head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 1))
        body = head + chunk(b"IDAT", zlib.compress(bytes(size))) + chunk(b"IEND", b"")
        assert png.cleaned(png.BEGINNING + body)[1:] == (width, height)
        Image.open(io.BytesIO(png.BEGINNING + body)).load()


def test_texts_in_a_png_are_dropped() -> None:
    """Nothing of who made it, and when, is published."""
    content = picture()
    secret = chunk(b"tEXt", b"Author\0me@home")
    made = png.cleaned(content[:33] + secret + content[33:])[0]
    assert b"me@home" not in made
    assert made == png.cleaned(content)[0]


def _huge() -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0))
    return png.BEGINNING + head + chunk(b"IDAT", zlib.compress(b"\0" * 9)) + chunk(b"IEND", b"")


def _bomb() -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 10, 10, 8, 2, 0, 0, 0))
    data = zlib.compress(bytes(30_000_000))
    return png.BEGINNING + head + chunk(b"IDAT", data) + chunk(b"IEND", b"")


BROKEN: dict[str, tuple[Callable[[], bytes], str]] = {
    "another kind": (lambda: b"GIF89a" + bytes(50), "no PNG"),
    "too many pixels": (_huge, "60000 by 60000"),
    "unpacks to more": (_bomb, "not as many"),
    "cut": (lambda: picture()[:-20], "damaged"),
    "a flipped bit": (lambda: picture()[:40] + b"\xff" + picture()[41:], "damaged"),
    "empty": (lambda: png.BEGINNING, "damaged"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_or_hostile_png_is_refused(name: str) -> None:
    """It is found before a library that trusts it opens it."""
    make, reason = BROKEN[name]
    with pytest.raises(svg.Unusable, match=reason):
        png.cleaned(make())


def test_damage_never_ends_in_another_error() -> None:
    """Whatever bytes of a good picture are changed, it is used or refused."""
    chance = random.Random(5)
    good = [(png.cleaned, picture()), (svg.cleaned, drawing(b'<path d="M0 0h9" fill="#123"/>'))]
    for clean, content in good:
        for _ in range(400):
            changed = bytearray(content)
            changed[chance.randrange(len(changed))] = chance.randrange(256)
            try:
                clean(bytes(changed))
            except svg.Unusable:
                continue


Checked = Callable[[Path], pipeline.Run]


def told(small: Path, checked: Checked, logo: str) -> list[tuple[str, str]]:
    """(code, message) of what is wrong with a logo of the small project."""
    site = small / "pathways" / "site.yaml"
    site.write_text(site.read_text("utf-8") + f"\nlook: {{logo: {logo}}}\n", "utf-8")
    return [(one.code, one.message) for one in checked(small).diagnostics.sorted()]


@pytest.mark.parametrize(
    "path",
    ["../logo.svg", "/etc/logo.svg", "a/../../logo.svg", ".hidden.svg", "logo.eps", "a//b.svg",
     "https://evil.example/logo.svg", "'a\\b.svg'"],
)  # fmt: skip
def test_a_path_that_leads_elsewhere_is_refused(small: Path, checked: Checked, path: str) -> None:
    """Only a plain path below the folder of site.yaml is looked for at all."""
    ((code, message),) = told(small, checked, path)
    assert code == "SW117"
    assert "a path below the folder of site.yaml" in message


def test_a_link_or_a_heavy_file_is_refused(small: Path, checked: Checked) -> None:
    """A link could lead out of the project, and a heavy logo would lie in each leaflet."""
    (small / "pathways" / "logo.svg").symlink_to(ROOT / "templates/theme/assets/images/icon.svg")
    assert [code for code, _ in told(small, checked, "logo.svg")] == ["SW113"]
    (small / "pathways" / "logo.svg").unlink()
    (small / "pathways" / "logo.svg").write_bytes(drawing(b" " * 200_000))
    found = [(one.code, one.span.line) for one in checked(small).diagnostics.sorted()]
    assert [code for code, _ in found] == ["SW112"]
    assert found[0][1] > 20


def test_a_logo_that_is_missing_is_told_where_it_is_named(small: Path, checked: Checked) -> None:
    """The place is that of the path in site.yaml, and the message names the file."""
    assert told(small, checked, "assets/logo.png") == [
        ("SW120", "there is no file 'pathways/assets/logo.png'")
    ]


def test_a_folder_of_pictures_is_no_pathway(small: Path, checked: Checked) -> None:
    """`assets` beside the pathways holds pictures, and changes nothing else."""
    (small / "pathways" / "assets").mkdir()
    (small / "pathways" / "assets" / "logo.svg").write_bytes(drawing(b""))
    assert told(small, checked, "assets/logo.svg") == []
