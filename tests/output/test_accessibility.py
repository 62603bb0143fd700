"""Documents as a checker of accessibility judges them: PDF/UA-1, and what it has no rule for."""

from __future__ import annotations

from pathlib import Path

import pytest
from outloud import Result, check
from tests.output.conftest import Content

from stepwell.model import Document

pytestmark = pytest.mark.xdist_group("output")


def of_each_kind(content: Content) -> dict[tuple[str, str], Document]:
    """(language, kind) -> the longest document, of which most can be said."""
    ordered = sorted(content.documents, key=lambda document: len(document.html))
    return {(document.language, document.kind): document for document in ordered}


def complaints(site: Path, document: Document) -> list[str]:
    """What is said against a document, errors and warnings alike."""
    result: Result = check(str(site / document.path))
    found = [f"{one.rule} {one.message}" for one in result.findings if one.severity != "info"]
    return [f"{document.path}: {said}" for said in (*found, *filter(None, [result.error]))]


def test_nothing_is_said_against_any_kind_of_document(content: Content, site: Path) -> None:
    """No error and no warning, for one document of each kind in each language."""
    chosen = of_each_kind(content)
    assert {document.kind for document in content.documents} == {kind for _, kind in chosen}
    assert [said for document in chosen.values() for said in complaints(site, document)] == []


@pytest.mark.soak
def test_nothing_is_said_against_any_document(content: Content, site: Path) -> None:
    """No error and no warning, for every document that is published."""
    assert [said for document in content.documents for said in complaints(site, document)] == []


def test_the_checker_finds_what_is_wrong(site: Path, tmp_path: Path) -> None:
    """A leaflet without its language or its tags is refused: the checker does look."""
    import pikepdf

    leaflet = next(site.glob("en/print/*/leaflet-family.pdf"))
    for number, gone in enumerate(("/Lang", "/StructTreeRoot")):
        with pikepdf.open(leaflet) as opened:
            del opened.Root[gone]
            opened.save(tmp_path / f"{number}.pdf")
        assert check(str(tmp_path / f"{number}.pdf")).errors
