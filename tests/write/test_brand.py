"""A clinic's logo, colours, letters and footer, on paper and on the website."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import polib
import pytest
from fontTools.ttLib import TTFont
from PIL import Image, ImageChops
from tests.conftest import ROOT, TODAY
from tests.write.conftest import leaflet
from tests.write.test_pdf_text import lines_of_poppler

from stepwell import pipeline
from stepwell.definitions.pictures import Picture
from stepwell.definitions.project import Definitions
from stepwell.load.interface import FOLDER, interface
from stepwell.model import Document
from stepwell.progress import Silent
from stepwell.project import Project, packaged
from stepwell.render.documents import Documents
from stepwell.render.environment import Templates
from stepwell.resolve import Resolved
from stepwell.write import pdf
from stepwell.write.fonts import FontSet, fonts_for
from stepwell.write.pictures import Wanted, pictures

PINK = "#c800c8"
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100">'
    f'<rect width="300" height="100" fill="{PINK}"/></svg>'
).encode()
LOOK = """
look:
  logo: assets/logo.svg
  primary: '#0b5d33'
  accent: '#6b2fa0'
  family: serif
  footer: Mill Road is a registered charity.
"""
DPI = 72


@pytest.fixture(scope="module")
def branded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project with a look of its own, built."""
    root = tmp_path_factory.mktemp("branded") / "project"
    pathways = root / "pathways"
    for file in (ROOT / "tests" / "projects" / "small" / "pathways").rglob("*.yaml"):
        target = pathways / file.relative_to(ROOT / "tests/projects/small/pathways")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.read_bytes())
    (pathways / "assets").mkdir()
    (pathways / "assets" / "logo.svg").write_bytes(DRAWING)
    site = pathways / "site.yaml"
    site.write_text(site.read_text("utf-8") + LOOK, "utf-8")
    run = pipeline.build(Project(root), pipeline.Options(root / "site"), TODAY, Silent())
    assert run.published, run.diagnostics.sorted()
    return root


def test_the_website_shows_logo_colours_and_footer(branded: Path) -> None:
    """The logo stands beside the name, which says the same, on each page and the first one."""
    site = branded / "site"
    page = (site / "en" / "sleep" / "index.html").read_text("utf-8")
    image = '<img class="sw-brand__logo" src="../../assets/images/logo.svg?v='
    assert image in page
    assert 'alt="" width="144" height="48">' in page
    assert "sw-brand__mark" not in page
    assert "Mill Road is a registered charity." in page.partition('class="md-footer')[2]
    assert 'src="assets/images/logo.svg"' in (site / "index.html").read_text("utf-8")
    assert PINK in (site / "assets" / "images" / "logo.svg").read_text("utf-8")
    assert "--sw-primary:#0b5d33" in (site / "assets/stylesheets/site.css").read_text("utf-8")
    listed = json.loads((site / "manifest.json").read_text("utf-8"))
    assert "assets/images/logo.svg" in json.dumps(listed)


SQUARE = {"Open Sans": 2048, "Source Serif": 1000}
"""In how many units each font is drawn: what tells them apart in all that is made of them."""


def test_the_website_has_the_letters_that_were_chosen(branded: Path) -> None:
    """The files have the names that they always have, and are made of another font."""
    for weight in (400, 700):
        with TTFont(branded / f"site/assets/fonts/latin-{weight}.woff2") as font:
            assert font["head"].unitsPerEm == SQUARE["Source Serif"]


def test_pdfs_have_logo_and_letters(branded: Path) -> None:
    """A leaflet is set in Source Serif, and its logo is a figure with the clinic's name."""
    with pikepdf.open(branded / "site/en/print/sleep/leaflet-family.pdf") as file:
        fonts = [o.FontFile2.read_bytes() for o in objects(file) if "/FontFile2" in o]
        figures = [str(o.Alt) for o in objects(file) if o.get("/S") == "/Figure" and "/Alt" in o]
    assert [TTFont(io.BytesIO(one))["head"].unitsPerEm for one in fonts] == [1000, 1000]
    assert "Mill Road Practice" in figures


def objects(file: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    """Each dictionary of a PDF."""
    return (one for one in file.objects if isinstance(one, pikepdf.Dictionary))


def small_documents(root: Path) -> list[Document]:
    """All documents of a project in English, with our templates."""
    run = pipeline.Run()
    read = pipeline.read(Project(root), pipeline.Scope(), TODAY, run)
    assert read is not None
    assert read.site.look.footer is None or read.site.look.footer.context == "site/look/footer"
    resolved = Resolved(read, {"en": interface("en")}, TODAY)
    return list(Documents(resolved, Templates((packaged("templates"),)), "en").all())


HOW_OFTEN = {"cards": 0}
"""A card has no room for it."""


def test_each_kind_of_document_has_logo_and_footer_once(branded: Path) -> None:
    """The logo stands at the title, so only on the first page; the footer wherever a foot is."""
    for document in small_documents(branded):
        count = document.html.count('class="logo"')
        assert count == HOW_OFTEN.get(document.kind, 1), document.path
        assert "Mill Road is a registered charity." in document.html, document.path
        assert "--primary: #0b5d33; --accent: #6b2fa0" in document.html


def test_without_a_look_nothing_of_it_is_printed(small: Path) -> None:
    """A clinic that sets nothing has no empty picture, line or colour."""
    for document in small_documents(small):
        assert 'class="logo"' not in document.html
        assert "--primary: #14506e; --accent: #b3441e" in document.html


def with_logo(real: Definitions) -> Resolved:
    """The sample pathways with a logo."""
    tags = map(str, real.site.languages.published)
    logo = Picture("svg", DRAWING, 300, 100)
    return Resolved(replace(real, logo=logo), {tag: interface(tag) for tag in tags}, TODAY)


@pytest.mark.parametrize(("language", "side"), [("en", "right"), ("ar", "left")])
def test_a_printed_logo_stands_at_the_end_of_the_title(
    real: Definitions, fonts: Callable[[str], FontSet], tmp_path: Path, language: str, side: str
) -> None:
    """As high as two lines, three times as wide, at the right or, in Arabic, the left edge.

    The leaflet is still as long as it may be: the logo takes no line.
    """
    documents = Documents(with_logo(real), Templates((packaged("templates"),)), language)
    name = ("psychosomatic-stepped-care", "leaflet-guided-self-help")
    (document,) = documents.chosen({name})
    made = pdf.make(document, fonts=fonts(language), assets=tmp_path)
    assert (made.pages, made.problems) == (2, ())
    first, second = (Image.open(io.BytesIO(one)) for one in pictures(made.content, Wanted(DPI)))
    box = where(first)
    assert box is not None
    left, top, right, bottom = (edge / DPI * 25.4 for edge in box)
    assert (right - left, bottom - top) == pytest.approx((36, 12), abs=1)
    assert top == pytest.approx(9, abs=1)
    edge = 12.5 if side == "left" else 210 - 12.5
    assert (left if side == "left" else right) == pytest.approx(edge, abs=1)
    assert where(second) is None


def where(page: Image.Image) -> tuple[int, int, int, int] | None:
    """The smallest box around all that is pink."""
    red, green, blue = page.convert("RGB").split()
    strong = [band.point(lambda value: 255 * (value > 150)) for band in (red, blue)]
    weak = green.point(lambda value: 255 * (value < 60))
    return ImageChops.multiply(ImageChops.multiply(*strong), weak).getbbox()


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ("Source Serif 4", "Open Sans")),
        ("uk", ("Source Serif 4", "Open Sans")),
        ("ar", ("Almarai", "Source Serif 4", "Open Sans")),
        ("zh", ("Noto Sans CJK SC", "Open Sans")),
        ("hi", ("Noto Sans Devanagari", "Open Sans")),
    ],
)
def test_the_second_family_of_each_script(
    language: str, names: tuple[str, ...], tmp_path: Path
) -> None:
    """Where there is none, the first one stays; our own words can always be printed."""
    path = FOLDER / f"{language}.po"
    said = "".join(one.msgstr for one in polib.pofile(str(path))) if path.is_file() else ""
    found = fonts_for(language, tmp_path, said, "serif")
    assert found.names == names
    assert found.missing(said + "10–14 mg ≥ ≤") == ()


@pytest.mark.pdf
def test_arabic_of_the_second_family_is_read_as_it_was_written(tmp_path: Path) -> None:
    """Each Arabic word of the interface comes out of a PDF as it went in: Amiri's did not."""
    said = (entry.msgstr for entry in polib.pofile(str(FOLDER / "ar.po")))
    words = sorted({word for text in said for word in text.split() if not word.isascii()})
    words = [word for word in words if not any(c.isascii() for c in word)]
    style = "<style>p { font-size: 5pt; margin: 0 }</style>"
    body = style + "".join(f"<p>{word}" for word in words)
    html = leaflet(body, language="ar", size="200mm 280mm")
    document = Document("ar/a.pdf", "a", "ar", "patient", "p", (), html, "leaflet")
    faces = fonts_for("ar", tmp_path, family="serif")
    made = pdf.make(document, fonts=faces, assets=tmp_path)
    assert sorted(set(words) - set(lines_of_poppler(made.content))) == []
