"""The published folder is what was promised: files, manifest, links, languages, PDFs."""

from __future__ import annotations

import csv
import hashlib
import html.parser
import json
import posixpath
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pikepdf
import pytest
from tests.output.conftest import Content
from tests.output.heard import instructions
from tests.output.test_text import LANGUAGES, OPEN, WHOLE

from stepwell.definitions.pathway import Pathway
from stepwell.model import Document, Page

pytestmark = pytest.mark.xdist_group("output")
MILLIMETRE = 72 / 25.4
SIZES = {
    "pocket-guide": (105, 148), "pocket-guide-fold": (297, 210), "booklet": (296, 210),
    "poster": (420, 297),
}  # fmt: skip
"""Kind of document -> width and height of its sheets in millimetres; all others are A4."""


class Links(html.parser.HTMLParser):
    """The addresses a page names, with the relation of each, and the anchors it has."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str, dict[str, str | None]]] = []
        self.anchors: list[str] = []
        self.language = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "html":
            self.language = given.get("lang") or ""
        if given.get("id"):
            self.anchors.append(str(given["id"]))
        for name in ("href", "src", "data-bundle", "data-base"):
            if given.get(name):
                self.found.append((tag, str(given[name]), given))


@lru_cache(maxsize=512)
def links(file: Path) -> Links:
    """The links of a page."""
    return Links(file.read_text("utf-8"))


@lru_cache(maxsize=1)
def manifest(site: Path) -> dict[str, dict[str, Any]]:
    """Path -> row of the manifest."""
    rows = json.loads((site / "manifest.json").read_text("utf-8"))["files"]
    return {row["path"]: row for row in rows}


def html_files(site: Path) -> list[Path]:
    """Every page, also those without a row of their own."""
    return sorted(site.rglob("*.html"))


def is_inside(address: str) -> bool:
    """Whether an address leads to a file of the site."""
    parts = urlsplit(address)
    return not parts.scheme and not parts.netloc


def targets(file: Path, site: Path) -> Iterator[tuple[str, Path, str]]:
    """(address, file, anchor) of each link of a page that stays in the site."""
    for _, address, _ in links(file).found:
        if is_inside(address):
            parts = urlsplit(address)
            path = unquote(parts.path)
            base = site if path.startswith("/") else file.parent  # 404.html is shown anywhere
            target = Path(posixpath.normpath(base / path.lstrip("/"))) if path else file
            yield address, target, unquote(parts.fragment)


def test_the_site_begins_with_a_choice_of_language(site: Path) -> None:
    """`index.html` leads to each language and does not send anybody anywhere by itself."""
    page = links(site / "index.html")
    leads = [address for tag, address, _ in page.found if tag == "a"]
    assert [address for address in leads if address.endswith("index.html")] == [
        f"{language}/index.html" for language in LANGUAGES
    ]
    assert 'http-equiv="refresh"' not in (site / "index.html").read_text("utf-8").lower()


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_its_website_and_search(
    content: Content, site: Path, language: str
) -> None:
    """Pages in the language, and an index of that language only."""
    assert (site / language / "index.html").is_file()
    for page in content.pages:
        if page.language == language:
            assert links(site / page.path).language == language
    entry = json.loads((site / language / "search" / "pagefind-entry.json").read_text("utf-8"))
    assert list(entry["languages"]) == [language]


@pytest.mark.pdf
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_pathway_has_its_documents(content: Content, site: Path, language: str) -> None:
    """Leaflets for each tier, for families and for waiting, sheets for medicines and practice.

    Where clinicians read, there are guides, cards and forms, too. The samples have no
    other editions: see tests/render/test_editions.py. Each has a picture beside it.
    """
    for name, pathway in content.resolved.definitions.pathways.items():
        leaflets = {f"leaflet-{tier.id}" for tier in pathway.tiers}
        leaflets |= {"leaflet-family", "leaflet-while-you-wait"}
        sheets = {f"medicine-{one.id}" for one in pathway.medicines}
        sheets |= {f"calendar-{plan.medicine}" for plan in pathway.monitoring}
        sheets |= {f"self-help-{one.id}" for one in pathway.interventions}
        wanted = leaflets | sheets
        wanted |= clinical(pathway) if language in WHOLE else set()
        folder = site / language / "print" / name
        assert {path.stem for path in folder.iterdir()} == wanted
        files = {path.name for path in folder.iterdir()}
        assert files == {f"{name}{end}" for name in wanted for end in (".pdf", ".png")}


def clinical(pathway: Pathway) -> set[str]:
    """The names of what clinicians print."""
    parts = {
        "form-care-plan": pathway.care_plan, "form-handover": pathway.reconciliation,
        "form-note": pathway.note_template, "form-case-review": pathway.case_review,
        "form-readiness": pathway.readiness,
    }  # fmt: skip
    found = {"pocket-guide", "pocket-guide-fold", "cards", "poster"}
    found |= {name for name, part in parts.items() if part}
    found |= {f"letter-{letter.id}" for letter in pathway.letters}
    return found | {f"meeting-{conference.id}" for conference in pathway.conferences}


@pytest.mark.parametrize("language", WHOLE)
def test_indicators_are_a_table_for_spreadsheets(
    content: Content, site: Path, language: str
) -> None:
    """Each pathway's data dictionary has a row for each indicator, all of the same width."""
    for name, pathway in content.resolved.definitions.pathways.items():
        text = (site / language / name / "indicators.csv").read_text("utf-8-sig")
        rows = list(csv.reader(text.splitlines(keepends=True), strict=True))
        assert [row[0] for row in rows] == ["id", *(str(i.id) for i in pathway.indicators)]
        assert len({len(row) for row in rows}) == 1


def test_the_manifest_is_the_tree(site: Path) -> None:
    """Every file but the manifest itself has a row with its own hash and size, and no other."""
    files = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    del files["manifest.json"]
    rows = manifest(site)
    assert rows.keys() == files.keys()
    assert list(rows) == sorted(rows)
    for path, file in files.items():
        content = file.read_bytes()
        assert rows[path]["sha256"] == hashlib.sha256(content).hexdigest(), path
        assert rows[path]["bytes"] == len(content), path


def test_the_manifest_tells_what_each_output_is_made_of(content: Content, site: Path) -> None:
    """Every page, document and table has title, language, audience, and lines that exist."""
    rows = manifest(site)
    for artifact in (*content.pages, *content.documents, *content.rendered.data):
        row = rows[artifact.path]
        for name in ("title", "language", "audience", "pathway"):
            assert row[name] == getattr(artifact, name), (artifact.path, name)
        assert row["title"]
        assert row["language"] in LANGUAGES
        assert row["sources"] or (isinstance(artifact, Page) and not artifact.served), artifact.path
        for source, lines in row["sources"].items():
            count = _lines_of(site.parent / source)
            assert lines == sorted(set(lines))
            assert 1 <= lines[0] <= lines[-1] <= count, (artifact.path, source)


@lru_cache(maxsize=64)
def _lines_of(file: Path) -> int:
    return len(file.read_text("utf-8").splitlines())


def test_every_link_leads_somewhere(site: Path) -> None:
    """Each address inside the site is a file in it, and each anchor an element of that page."""
    lost = []
    for file in html_files(site):
        for address, target, anchor in targets(file, site):
            here = file.relative_to(site).as_posix()
            if not (target.is_relative_to(site) and target.exists()):
                lost.append(f"{here}: {address}")
            elif target.is_dir() and address != "./":
                lost.append(f"{here}: {address} is a folder")
            elif anchor and anchor not in links(target).anchors:
                lost.append(f"{here}: {address} has no such anchor")
    assert sorted(set(lost)) == []


def test_no_anchor_stands_twice(site: Path) -> None:
    """The id of an element is its own on its page."""
    for file in html_files(site):
        found = links(file).anchors
        twice = sorted({anchor for anchor in found if found.count(anchor) > 1})
        assert twice == [], file.relative_to(site)


def test_addresses_outside_are_secure_and_known(content: Content, site: Path) -> None:
    """Pages lead out of the site only to addresses of the content, and load nothing from there."""
    known = tuple(part.text for part in content.resolved.definitions.files.values())
    for file in html_files(site):
        for tag, address, given in links(file).found:
            if is_inside(address):
                continue
            scheme = urlsplit(address).scheme
            assert scheme in ("https", "mailto", "tel"), (file, address)
            assert tag == "a" or given.get("rel") in ("canonical", "alternate"), (file, address)
            if tag == "a" and scheme == "https":
                assert any(address in text for text in known), (file, address)


def test_no_page_is_an_orphan(site: Path) -> None:
    """From the choice of language every page, document and table is reached by links."""
    seen, waiting = set(), [site / "index.html"]
    while waiting:
        file = waiting.pop()
        if file not in seen:
            seen.add(file)
            if file.suffix == ".html":
                waiting += [target for _, target, _ in targets(file, site) if target.is_file()]
    wanted = [file for kind in ("html", "pdf", "csv") for file in site.rglob(f"*.{kind}")]
    lost = {file for file in wanted if file.name not in ("404.html", "offline.html")} - seen
    assert sorted(file.relative_to(site).as_posix() for file in lost) == []


def test_the_language_switch_stays_on_the_page(content: Content, site: Path) -> None:
    """On each page every other language leads to the same page in that language, under its name."""
    names = {tag: words.autonym for tag, words in content.resolved.words.items()}
    for page in content.pages:
        file = site / page.path
        switch = {
            str(given["hreflang"]): posixpath.normpath(
                posixpath.join(posixpath.dirname(page.path), address)
            )
            for tag, address, given in links(file).found
            if tag == "a" and {"hreflang", "lang"} <= given.keys() and not address.endswith(".pdf")
        }
        inside = page.path.partition("/")[2]
        assert switch == {language: f"{language}/{inside}" for language in names}, page.path
        assert all(name in file.read_text("utf-8") for name in names.values())


def test_a_page_whose_readers_are_not_served_is_a_notice(content: Content, site: Path) -> None:
    """It leads to the source, is in no menu, no sitemap and no search, and is no translation."""
    missing = {page.path: page for page in content.pages if not page.served}
    assert {path.partition("/")[0] for path in missing} == set(LANGUAGES) - set(WHOLE)
    for path, page in missing.items():
        inside = path.partition("/")[2]
        file = site / path
        markup = file.read_text("utf-8")
        assert 'content="noindex"' in markup, path
        assert "data-pagefind-body" not in markup, path
        assert (site / "en" / inside).resolve() in {where for _, where, _ in targets(file, site)}
        alternates = re.findall(r'rel="alternate" hreflang="(\w+)"', markup)
        assert alternates == [], path
        there = (site / "en" / inside).read_text("utf-8")
        assert re.findall(r'rel="alternate" hreflang="(\w+)"', there) == list(WHOLE), path
        assert f"/{path}<" not in (site / page.language / "sitemap.xml").read_text("utf-8")
    for file in (site / "hi").rglob("*.html"):
        menu = [to for _, to, given in links(file).found if given.get("class") == "sw-nav__link"]
        leads = {posixpath.normpath(file.parent.relative_to(site) / to) for to in menu}
        assert len(leads) > 5
        assert not leads & missing.keys(), file


def test_languages_are_tied_together(content: Content, site: Path) -> None:
    """Each page for patients names its translations in its head, and the sitemap does so too."""
    for page in (page for page in content.pages if page.audience in OPEN):
        markup = (site / page.path).read_text("utf-8")
        alternates = re.findall(r'rel="alternate" hreflang="(\w+)" href="([^"]*)"', markup)
        inside = page.path.partition("/")[2]
        base = str(content.resolved.definitions.site.url).rstrip("/")
        assert alternates == [(tag, f"{base}/{tag}/{inside}") for tag in LANGUAGES], page.path
        sitemap = (site / page.language / "sitemap.xml").read_text("utf-8")
        entry = sitemap.partition(f"<loc>{base}/{page.path}</loc>")[2].partition("</url>")[0]
        assert re.findall(r'hreflang="(\w+)"', entry) == list(LANGUAGES), page.path


@pytest.mark.pdf
def test_documents_are_what_they_say(content: Content, site: Path) -> None:
    """Each PDF has its language, its title, its tags, its form and no more pages than it may."""
    for document in content.documents:
        with pikepdf.open(site / document.path) as pdf:
            where = document.path
            assert str(pdf.Root.Lang) == document.language, where
            assert str(pdf.docinfo["/Title"]) == document.title, where
            assert pdf.Root.MarkInfo.Marked, where
            assert pdf.Root.ViewerPreferences.DisplayDocTitle, where
            assert "/StructTreeRoot" in pdf.Root, where
            sheets = 1 if document.imposition == "fold" else document.max_pages
            assert 1 <= len(pdf.pages) <= (sheets or 99), where
            _has_size(pdf, document)


def _has_size(pdf: pikepdf.Pdf, document: Document) -> None:
    kind = "booklet" if document.imposition == "booklet" else document.kind
    for page in pdf.pages:
        left, bottom, right, top = map(float, page.mediabox)
        size = ((right - left) / MILLIMETRE, (top - bottom) / MILLIMETRE)
        assert size == pytest.approx(SIZES.get(kind, (210, 297)), abs=0.5)


@pytest.mark.pdf
def test_no_page_of_a_document_is_empty(content: Content, site: Path) -> None:
    """Each page of each PDF shows text; a leaflet has one sheet of two pages."""
    for document in content.documents:
        with pikepdf.open(site / document.path) as pdf:
            if document.kind.startswith("leaflet") and document.max_pages == 2:
                assert len(pdf.pages) == 2, document.path
            for page in pdf.pages:
                shown = {operator for _, operator in instructions(page)}
                assert shown & {"Tj", "TJ", "Do"}, document.path


@pytest.mark.pdf
def test_links_of_documents_are_printed_codes_not_traps(content: Content, site: Path) -> None:
    """A PDF runs nothing and opens nothing: no scripts, no files, no actions but links."""
    for document in content.documents:
        with pikepdf.open(site / document.path) as pdf:
            assert "/OpenAction" not in pdf.Root, document.path
            assert "/Names" not in pdf.Root or "/JavaScript" not in pdf.Root.Names, document.path
            assert not pdf.attachments, document.path
            for page in pdf.pages:
                for annotation in page.obj.get("/Annots", ()):
                    wanted = ("/Link", "/Widget") if document.fillable else ("/Link",)
                    assert annotation.Subtype in wanted, document.path
                    assert annotation.Subtype == "/Link" or "/AA" not in annotation, document.path
                    if "/A" in annotation:
                        assert annotation.A.S in ("/URI", "/GoTo"), document.path
