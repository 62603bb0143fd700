"""Small pictures of first pages: drawn once, the same at any time, and never blank."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from tests.write.conftest import Print, leaflet

from stepwell.model import Document
from stepwell.write import Place, pictures
from stepwell.write.fonts import FontSet
from stepwell.write.printing import write_batch
from stepwell.write.store import Store
from stepwell.write.thumbnails import thumbnail

pytestmark = pytest.mark.pdf
TEXT = "<h1>Sleep</h1>" + "<p>Go to bed when you are tired.</p>" * 9


def document(name: str, body: str) -> Document:
    """A document of a page."""
    return Document(
        path=f"en/print/sleep/{name}.pdf", title="x", language="en", audience="patient",
        pathway="sleep", sources=(), html=leaflet(body), kind="leaflet",
    )  # fmt: skip


def test_a_picture_fits_its_place(press: Print) -> None:
    """An upright, a wide and a tiny page are as large as fits, with ink, in few bytes."""
    for size, wanted in (("A4", (240, 340)), ("A4 landscape", (240, 170)), ("A7", (240, 340))):
        made = pictures.small(press(TEXT, size=size).content)
        with Image.open(io.BytesIO(made)) as picture:
            assert picture.format == "PNG"
            assert picture.size == pytest.approx(wanted, abs=1)
            tones = picture.convert("L").histogram()
            assert sum(tones[:180]) > 100
            assert sum(tones[240:]) > 10_000
        assert len(made) < 8000


def test_a_picture_is_drawn_once(
    press: Print, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the cache come the bytes that were drawn; another PDF has another picture."""
    cache = Store.at(tmp_path).cache("thumbnails")
    one, other = press(TEXT).content, press("<p>Other</p>").content
    first = thumbnail(one, cache)
    assert first == pictures.small(one)
    assert thumbnail(other, cache) != first
    monkeypatch.setattr(pictures, "small", None)
    assert thumbnail(one, cache) == first


def test_a_warm_build_draws_none(
    fonts: Callable[[str], FontSet], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A picture lies beside each PDF and is drawn for new ones only; what failed has none."""
    drawn: list[bytes] = []

    def counted(content: bytes, small: Callable[[bytes], bytes] = pictures.small) -> bytes:
        drawn.append(content)
        return small(content)

    monkeypatch.setattr(pictures, "small", counted)
    place = Place(tmp_path / "one", tmp_path, tmp_path / "assets", Store.at(tmp_path / "cache"))
    refused = document("refused", '<img src="https://elsewhere.example/x.png" alt="">')
    batch = (document("a", TEXT), document("b", "<p>Other</p>"), refused)
    told = write_batch(batch, fonts("en"), place, "")
    assert [path for _, path, _ in told] == [refused.path]
    made = {path.name for path in (place.folder / "en/print/sleep").iterdir()}
    assert made == {"a.pdf", "a.png", "b.pdf", "b.png", "refused.pdf"}
    assert len(drawn) == 2
    again = replace(place, folder=tmp_path / "two")
    write_batch(batch[:2], fonts("en"), again, "")
    assert len(drawn) == 2
    for name in ("a.png", "b.png"):
        files = [folder / "en/print/sleep" / name for folder in (place.folder, again.folder)]
        assert files[0].read_bytes() == files[1].read_bytes()
