"""The page of downloads: every document once, in every form and language that it has."""

from __future__ import annotations

import posixpath
from collections import Counter
from dataclasses import replace

import pytest
from tests.conftest import TODAY

from stepwell.definitions.project import Definitions
from stepwell.definitions.site import Look
from stepwell.load.interface import interface
from stepwell.project import packaged
from stepwell.render.documents import Documents
from stepwell.render.documents_plan import DOCUMENTS
from stepwell.render.downloads import downloads
from stepwell.render.environment import Templates
from stepwell.render.shelves import File, Shelf, shelves
from stepwell.resolve import Resolved
from stepwell.resolve.addresses import leaflet
from stepwell.resolve.view import Reading

ROWS = {row.kind: row for row in DOCUMENTS}


def with_look(real: Definitions, look: Look) -> Resolved:
    """The sample pathways of a clinic with another look."""
    site = real.site.model_copy(update={"look": look})
    tags = map(str, site.languages.published)
    return Resolved(replace(real, site=site), {tag: interface(tag) for tag in tags}, TODAY)


@pytest.fixture(scope="module")
def resolved(real: Definitions) -> Resolved:
    """The sample pathways of a clinic that prints all editions."""
    return with_look(real, Look(editions=("large", "booklet")))


def reading(resolved: Resolved, language: str) -> Reading:
    """A reading of the page of downloads in a language."""
    return resolved.reading(resolved.edition(language, "patient"), "downloads.html", "web")


def paths(language: str, found: list[Shelf]) -> Counter[str]:
    """How often each file is on the page, by its path below the site."""
    files = (file for shelf in found for item in shelf.items for file in item.files)
    return Counter(posixpath.normpath(f"{language}/{file.href}") for file in files)


def files_of(found: list[Shelf], kind: str, language: str = "en") -> list[File]:
    """The files of the first document of a kind in a language."""
    items = (item for shelf in found for item in shelf.items if item.kind == kind)
    return [file for file in next(items).files if file.language == language]


@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_each_file_of_each_language_is_there_once(resolved: Resolved, language: str) -> None:
    """Each kind, reader, language and edition has one line, and each line is a document.

    Where clinicians are not served, what they read is left out in all languages.
    """
    templates = Templates((packaged("templates"),))
    served = resolved.definitions.serves(language, "clinicians")
    own = Documents(resolved, templates, language).names()
    wanted = {
        f"{tag}/{leaflet(*one)}"
        for tag in resolved.definitions.languages
        for one in Documents(resolved, templates, tag).names()
        if served or one in own
    }
    found = paths(language, shelves(resolved, reading(resolved, language)))
    assert found == Counter(wanted)
    assert len(found) > 300


@pytest.mark.parametrize("language", ["en", "uk"])
def test_documents_stand_with_their_pathway_and_readers(resolved: Resolved, language: str) -> None:
    """A shelf has the documents of its pathway and readers only, and there is one for each."""
    found = shelves(resolved, reading(resolved, language))
    places = [(shelf.pathway, shelf.audience) for shelf in found]
    assert len(set(places)) == len(places)
    assert [name for name, _ in places] == sorted(name for name, _ in places)
    for shelf in found:
        assert {ROWS[item.kind].audience for item in shelf.items} == {shelf.audience}
        for item in shelf.items:
            assert all(f"/{shelf.pathway}/" in file.href for file in item.files)
            assert item.fillable == ROWS[item.kind].fillable
            assert item.files[0].language == language


def test_each_form_says_what_comes_out_of_the_printer(resolved: Resolved) -> None:
    """Size and paper of each edition and of what has a paper of its own, in words."""
    found = shelves(resolved, reading(resolved, "en"))
    told = {
        kind: [(file.size, file.paper, file.form.striptags()) for file in files_of(found, kind)]
        for kind in ROWS
    }
    assert told["leaflet"] == [
        ("sheet", "A4", "A4, both sides"),
        ("large", "A4", "Large print (18 pt), on A4"),
        ("booklet", "A4", "Booklet to fold, on A4"),
    ]
    assert [one[:2] for one in told["medicine"]] == [("sheet", "A4"), ("large", "A4")]
    assert told["pocket-guide"] == [("pocket", "A6", "A6 pages, for a telephone")]
    assert told["pocket-guide-fold"][0][:2] == told["cards"][0][:2] == ("pocket", "A4")
    assert told["poster"] == [("wall", "A3", "A3, for the wall")]
    assert told["form-note"] == [("sheet", "A4", "A4")]


def test_a_clinic_that_prints_on_letter_is_told_so(real: Definitions) -> None:
    """What is printed on the clinic's paper names it; what has a paper of its own keeps that."""
    resolved = with_look(real, Look(paper="Letter", editions=("large",)))
    found = shelves(resolved, reading(resolved, "en"))
    assert {file.paper for file in files_of(found, "leaflet-family")} == {"Letter"}
    assert {file.paper for file in files_of(found, "pocket-guide-fold")} == {"A4"}


def test_what_is_only_a_notice_is_not_offered(resolved: Resolved) -> None:
    """A document that is withheld in a language is opened in another, or is not there."""
    name = "psychosomatic-stepped-care"
    paper = leaflet(name, "leaflet-family")
    mine = {f"ar/{paper.replace('.pdf', end)}" for end in (".pdf", "-large.pdf", "-booklet.pdf")}
    found = shelves(resolved, reading(resolved, "ar"), mine)
    (item,) = next(s.items for s in found if (s.pathway, s.audience) == (name, "family"))
    assert item.files[0].href == f"../en/{paper}"
    assert not mine & paths("ar", found).keys()
    everywhere = {one.replace("ar/", f"{tag}/") for tag in resolved.words for one in mine}
    left = shelves(resolved, reading(resolved, "ar"), everywhere)
    assert not [s for s in left if (s.pathway, s.audience) == (name, "family")]


def test_other_pages_link_to_the_same_documents(resolved: Resolved) -> None:
    """What a page of a pathway offers is what the page of downloads has in that language."""
    links = downloads(resolved, reading(resolved, "fr"), None)
    offered = [address for link in links for address in (link.href, *dict(link.others).values())]
    found = shelves(resolved, reading(resolved, "fr"))
    files = (file for shelf in found for item in shelf.items for file in item.files)
    assert Counter(offered) == Counter(file.href for file in files if file.language == "fr")
