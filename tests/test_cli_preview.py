"""`stepwell preview`: pictures of chosen documents, and what is said where there are none."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from PIL import Image

from stepwell.model import Document
from stepwell.write import Place, pictures
from stepwell.write.fonts import fonts_for
from stepwell.write.store import Store
from tests.test_cli import overlay, run, written

PAGE = '<html lang="en"><style>@page {{ size: 100pt 200pt; margin: 0 }}</style><title>x</title>{}'
TWO = '<p>one<p style="break-before: page">two'


def document(body: str) -> Document:
    """A document with a body."""
    return Document(
        path="en/print/sleep/x.pdf", title="x", language="en", audience="patient",
        pathway="sleep", sources=(), html=PAGE.format(body), kind="leaflet",
    )  # fmt: skip


def looked_at(file: Path) -> Image.Image:
    """The picture in a file."""
    return Image.open(io.BytesIO(file.read_bytes()))


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Folders of a project in which nothing was made yet."""
    return Place(tmp_path / "out", tmp_path, tmp_path, Store.at(tmp_path / "cache"))


def drawn(body: str, place: Place, *, dpi: int = 72, first: bool = False) -> pictures.Drawn:
    """What comes of drawing a body."""
    fonts = fonts_for("en", place.assets / "fonts")
    return pictures.draw(document(body), fonts, place, pictures.Wanted(dpi, first))


@pytest.mark.pdf
def test_each_page_is_a_picture_of_its_size(place: Place) -> None:
    """At 72 dots an inch a point is a dot; twice the dots are twice the size."""
    for dpi, size in ((72, (100, 200)), (144, (200, 400))):
        made = drawn(TWO, place, dpi=dpi)
        assert made.problems == ()
        assert [file.name for file in made.files] == ["x-1.png", "x-2.png"]
        assert [looked_at(file).size for file in made.files] == [size, size]


@pytest.mark.pdf
def test_the_same_pages_are_the_same_bytes(place: Place) -> None:
    """Drawn from the cache or anew, a picture does not differ in a byte."""
    before = [file.read_bytes() for file in drawn(TWO, place).files]
    assert list(Path(place.store.address, "pdf").rglob("*"))
    assert [file.read_bytes() for file in drawn(TWO, place).files] == before
    shutil.rmtree(place.store.address)
    assert [file.read_bytes() for file in drawn(TWO, place).files] == before
    assert before[0] != before[1]


@pytest.mark.pdf
def test_pictures_of_pages_that_are_gone_are_deleted(place: Place) -> None:
    """A document that became shorter leaves no old page; other files are left alone."""
    first = drawn(TWO, place).files[0]
    other = first.with_name("x-large-2.png")
    other.write_bytes(b"")
    drawn(TWO, place, first=True)
    assert sorted(file.name for file in first.parent.iterdir()) == ["x-1.png", "x-large-2.png"]


@pytest.mark.pdf
def test_what_cannot_be_printed_is_told(place: Place) -> None:
    """A document that asks for another machine's files has a problem and no picture."""
    made = drawn('<img src="file:///etc/passwd" alt="x">', place)
    assert made.files == ()
    assert "/etc/passwd" in made.problems[0]


@pytest.mark.pdf
def test_only_chosen_documents_are_drawn(small: Path) -> None:
    """A name means its document in the language of the YAML, below the project's cache."""
    before = written(small)
    result = run("-C", str(small), "preview", "leaflet-family", "--pages", "first", "--dpi", "40")
    assert result.exit_code == 0, result.output
    (file,) = result.stdout.split()
    assert Path(file) == small / ".stepwell/preview/en/print/sleep/leaflet-family-1.png"
    assert looked_at(Path(file)).format == "PNG"
    assert "Pictures: 1 of 1" in result.stderr
    assert written(small) == before


@pytest.mark.pdf
def test_patterns_choose(small: Path, tmp_path: Path) -> None:
    """A * fits anything, a part of a name all that have it, and --out says where."""
    args = ("--out", str(tmp_path / "new" / "here"), "--pages", "first", "--dpi", "20")
    result = run("-C", str(small), "preview", "sleep/leaflet-*y", "wait", *args)
    names = {Path(file).name for file in result.stdout.split()}
    assert "leaflet-family-1.png" in names
    assert "leaflet-while-you-wait-1.png" in names
    assert not any("pocket" in name for name in names)
    assert all(Path(file).is_relative_to(tmp_path / "new" / "here") for file in names_of(result))


def names_of(result: object) -> list[str]:
    """The files that a command has named."""
    return str(getattr(result, "stdout", "")).split()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (["leaflet-famly"], "did you mean 'leaflet-family'?"),
        (["x", "--lang", "tlh"], "tlh"),
        (["leaflet-family", "--pathway", "slep"], "slep"),
        (["--dpi", "5"], "20<=x<=600"),
    ],
)
def test_a_wrong_name_is_told_what_there_is(small: Path, wrong: list[str], said: str) -> None:
    """A document, language or pathway that is not there is a wrong use, with what there is."""
    result = run("-C", str(small), "preview", *wrong)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not (small / ".stepwell" / "preview").exists()


def test_an_error_of_content_stops_it(small: Path) -> None:
    """Nothing is drawn while a check finds an error, which is told as in a build."""
    result = run("-C", overlay(small, "SW203"), "preview", "leaflet-family")
    assert result.exit_code == 1
    assert "SW203" in result.stderr
    assert result.stdout == ""


@pytest.mark.pdf
def test_a_folder_that_cannot_be_made_is_a_line(small: Path) -> None:
    """A file where the folder should be is told in one line."""
    (small / "taken").write_text("")
    result = run("-C", str(small), "preview", "leaflet-family", "--out", str(small / "taken" / "x"))
    assert result.exit_code == 1
    assert "taken" in result.stderr
