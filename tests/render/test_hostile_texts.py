"""Whatever stands in a text field, no page and no document gets an element it did not have."""

from __future__ import annotations

import csv
import html.parser
import io
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import ROOT, TODAY
from tests.payloads import ALL, KINDS, batches

from stepwell import pipeline
from stepwell.definitions.base import Definition, Name, Text
from stepwell.definitions.project import Definitions
from stepwell.diagnostics import Diagnostics
from stepwell.load.interface import interface
from stepwell.model import Rendered
from stepwell.project import Project, packaged
from stepwell.render import Renderer, render
from stepwell.render.environment import Templates
from stepwell.render.exports import exports
from stepwell.resolve import Resolved
from stepwell.write.site import write_website
from stepwell.write.site_assets import write_assets
from stepwell.write.site_words import THEME_WORDS
from stepwell.write.webfonts import write_webfonts

LETTERS = 3600
"""So long are the texts in which payloads are tried together."""
SOME = KINDS[::10]
"""Some of each sort, for what takes longer."""
FOLDED = "-fold"
POSTER = "/poster"
Structure = list[tuple[str, tuple[tuple[str, str | None], ...]]]
_ADDRESSES = ("href", "src", "action", "style", "content-type", "http-equiv", "rel", "type")
_DRAWS = {
    "path": {"class", "d", "fill", "stroke", "stroke-width"},
    "circle": {"class", "cx", "cy", "r", "fill", "stroke", "stroke-width"},
    "text": {"class", "x", "y", "font-size", "font-weight", "fill", "text-anchor", "lang"},
}
"""What a figure is made of, with the attributes that it may have."""


DATA = "application/ld+json"
"""The type of scripts that are no scripts: what is told to search engines."""
COUNTED = re.compile(r"(?<=margin-top: )[0-9.]+(?=mm)|(?<=margin-bottom: )[0-9.]+(?=mm)")
"""How high a margin is hangs on the number of lines that run in it."""


class _Structure(html.parser.HTMLParser):
    """Elements with their attributes' names, addresses, and what is not to be escaped."""

    def __init__(self) -> None:
        super().__init__()
        self.found: Structure = []
        self.text = ""
        self.raw = False
        self.drawn = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.drawn and _DRAWS.get(tag, set()) >= {name for name, _ in attrs}:
            return  # how many lines and shapes a figure has hangs on the length of its texts
        if tag == "svg":
            self.drawn = str(dict(attrs).get("class")).startswith("sw-fig ")
        kept = tuple((name, value if name in _ADDRESSES else None) for name, value in attrs)
        self.found.append((tag, kept))
        self.raw = tag in ("script", "style") and ("type", DATA) not in attrs

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.drawn and tag in _DRAWS:
            self.handle_starttag(tag, attrs)
        else:
            self.handle_starttag(f"{tag}/", attrs)

    def handle_endtag(self, tag: str) -> None:
        if self.drawn and tag in _DRAWS:
            return
        if tag == "svg":
            self.drawn = False
        self.found.append((f"/{tag}", ()))
        self.raw = False

    def handle_data(self, data: str) -> None:
        self.text += data
        if self.raw:
            self.found.append(("raw", ((COUNTED.sub("", data), None),)))

    def handle_comment(self, data: str) -> None:
        self.found.append(("comment", ((data, None),)))

    def handle_decl(self, decl: str) -> None:
        self.found.append(("declaration", ((decl, None),)))

    def handle_pi(self, data: str) -> None:
        self.found.append(("instruction", ((data, None),)))

    def unknown_decl(self, data: str) -> None:
        self.found.append(("unknown", ((data, None),)))


def parsed(markup: str) -> _Structure:
    """The structure and the text of some HTML."""
    parser = _Structure()
    parser.feed(str(markup))
    parser.close()
    return parser


def filled(value: Any, typed: str) -> Any:
    """The same definitions with every text and name replaced."""
    if isinstance(value, Text | Name):
        made = type(value)(typed)
        made.span = value.span
        if isinstance(made, Text) and isinstance(value, Text):
            made.context = value.context
        return made
    if isinstance(value, Definition):
        return value.model_copy(
            update={name: filled(inner, typed) for name, inner in value.fields()}
        )
    if isinstance(value, tuple):
        return tuple(filled(inner, typed) for inner in value)
    if isinstance(value, dict):
        return {key: filled(inner, typed) for key, inner in value.items()}
    return value


@pytest.fixture(scope="module")
def small_definitions(tmp_path_factory: pytest.TempPathFactory) -> Definitions:
    """The small project, read."""
    root = tmp_path_factory.mktemp("hostile") / "project"
    shutil.copytree(ROOT / "tests" / "projects" / "small", root)
    found = pipeline.read(Project(root), pipeline.Scope(), TODAY, pipeline.Run())
    assert found is not None
    return found


@pytest.fixture(scope="module")
def templates() -> Templates:
    """The packaged templates."""
    return Templates((packaged("templates"),))


def resolved(definitions: Definitions, typed: str) -> Resolved:
    """Definitions in which each text is the same."""
    changed = replace(
        definitions,
        site=filled(definitions.site, typed),
        vocabulary=filled(definitions.vocabulary, typed),
        resources=filled(definitions.resources, typed),
        pathways={name: filled(found, typed) for name, found in definitions.pathways.items()},
    )
    published = map(str, definitions.site.languages.published)
    return Resolved(changed, {tag: interface(tag) for tag in published}, TODAY)


def rendered(definitions: Definitions, templates: Templates, typed: str) -> Rendered:
    """Everything that is rendered from such definitions."""
    found = resolved(definitions, typed)
    return Rendered.of(render(Renderer(found, templates, ["en"], True), THEME_WORDS, Diagnostics()))


def parts(found: Rendered) -> dict[str, str]:
    """Path -> HTML of everything that is HTML."""
    pages = {
        page.path: site.banner + page.html + site.footer
        for site in found.websites
        for page in site.pages
    }
    data = {d.path: d.content.decode() for d in found.data if d.path.endswith(".html")}
    return pages | {document.path: document.html for document in found.documents} | data


@pytest.fixture(scope="module")
def clean(small_definitions: Definitions, templates: Templates) -> dict[str, Structure]:
    """Path -> structure when every text is one row of signs, as long as those that are tried."""
    html_of = parts(rendered(small_definitions, templates, "~" * LETTERS))
    return {path: parsed(markup).found for path, markup in html_of.items()}


def same(path: str, found: Structure, clean: Structure) -> bool:
    """Whether the structure is the same; on a folded sheet, which drops what has no room, and
    on a poster, whose columns hang on their length, whether it has no other elements.
    """
    hangs = FOLDED in path or POSTER in path
    return set(found) <= set(clean) if hangs else found == clean


def test_there_are_as_many_as_it_is_said() -> None:
    """At least 500 kinds, each once, and 7,461 payloads with the ways out of where they stand."""
    assert len(set(KINDS)) == len(KINDS) >= 500
    assert len(set(ALL)) == len(ALL) >= 7_461


@pytest.mark.parametrize("typed", batches(KINDS, LETTERS), ids=lambda typed: typed[:24])
def test_no_text_becomes_an_element(
    small_definitions: Definitions, templates: Templates, clean: dict[str, Structure], typed: str
) -> None:
    """In every text field at once, hostile texts change no element, attribute or address."""
    unharmed(parts(rendered(small_definitions, templates, typed)), clean, typed)


@pytest.mark.soak
@pytest.mark.parametrize("typed", batches(ALL, LETTERS), ids=lambda typed: typed[:24])
def test_no_payload_becomes_an_element(
    small_definitions: Definitions, templates: Templates, clean: dict[str, Structure], typed: str
) -> None:
    """The same holds for every kind after every way out of where it stands."""
    unharmed(parts(rendered(small_definitions, templates, typed)), clean, typed)


def unharmed(found: dict[str, str], clean: dict[str, Structure], typed: str) -> None:
    """Every page has the elements that it should have, and shows what was typed."""
    assert found.keys() == clean.keys()
    for path, markup in found.items():
        page = parsed(markup)
        assert same(path, page.found, clean[path]), path
        assert " ".join(typed.split()) in " ".join(page.text.split()), path


def written(found: Rendered, folder: Path) -> dict[str, str]:
    """Path -> the HTML of each page as it is published, with its frame."""
    for website in found.websites:
        write_webfonts(folder, ["en"])
        write_assets(folder / "assets", packaged("templates"), primary="#14506e", accent="#b3441e")
        assert write_website(website, folder, packaged("templates"), assets=folder / "assets") == []
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*.html"))
    }


def test_no_text_breaks_the_frame_of_a_page(
    small_definitions: Definitions, templates: Templates, tmp_path: Path
) -> None:
    """Titles, navigation, descriptions and the rest of the frame keep their elements too."""
    typed = " ".join(SOME)
    plain = written(rendered(small_definitions, templates, "~" * len(typed)), tmp_path / "plain")
    found = written(rendered(small_definitions, templates, typed), tmp_path / "hostile")
    assert found.keys() == plain.keys()
    for path, markup in found.items():
        assert parsed(markup).found == parsed(plain[path]).found, path


def test_no_text_becomes_an_element_on_any_kind_of_page(
    real: Definitions, templates: Templates
) -> None:
    """The same holds for some of each sort in every field of the sample pathways."""
    typed = " ".join(" ".join(SOME[::2]).split())
    plain = parts(rendered(real, templates, "~" * len(typed)))  # leaflets count letters
    found = parts(rendered(real, templates, typed))
    assert found.keys() == plain.keys()
    for path, markup in found.items():
        assert same(path, parsed(markup).found, parsed(plain[path]).found), path


@pytest.mark.parametrize("typed", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(real: Definitions, typed: str) -> None:
    """What a spreadsheet would compute is kept as text in every export."""
    made = resolved(real, typed)
    tables = [one for name in real.pathways for one in exports(made, "en", name)]
    assert tables
    for table in tables:
        for row in csv.reader(io.StringIO(table.content.decode("utf-8-sig"), newline="")):
            assert not [cell for cell in row if cell[:1] in "=+-@\t\r" and cell]
