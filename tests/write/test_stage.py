"""The stage as a whole: what its tools say becomes diagnostics, and it works without Pango."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import TODAY

from stepwell import pipeline
from stepwell.diagnostics import Diagnostics
from stepwell.model import NavItem, Page, Website
from stepwell.progress import Silent
from stepwell.project import Project, packaged
from stepwell.write import Place, Press, pango, write
from stepwell.write.schedule import Crew
from stepwell.write.store import Store


def _website(nav: tuple[NavItem, ...]) -> Website:
    page = Page(
        "en/index.html", "Home", "en", "patient", "", (), "<h1>Home</h1>", "", (), "home"
    )  # fmt: skip
    return Website(
        language="en", direction="ltr", name="Clinic", address="https://clinic.example",
        description="", nav=nav, pages=(page,), banner="<p>999</p>", footer="", words=(),
        languages=(("en", "English", "ltr"),), primary="#14506e", accent="#b3441e",
    )  # fmt: skip


def test_what_the_site_generator_warns_of_is_a_diagnostic(tmp_path: Path) -> None:
    """An entry of the navigation that leads nowhere is told as SW602, with its language."""
    nav = (NavItem("Home", "en/index.html"), NavItem("Gone", "en/gone.html"))
    place = Place(tmp_path / "out", packaged("templates"), tmp_path, Store.at(tmp_path / "cache"))
    place.folder.mkdir()
    diagnostics = Diagnostics()
    with Crew(1).gathered(place.folder) as pool:
        write([_website(nav)], Press(False, {}), place, pool, diagnostics, Silent())
    told = [(found.code, found.span.path) for found in diagnostics.sorted()]
    assert ("SW602", "en") in told
    assert any("gone.html" in found.message for found in diagnostics.sorted())


def test_without_pango_there_is_a_website_and_one_line(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where Pango is missing the site is published without PDFs and links to them; it is said."""
    monkeypatch.setattr(pango, "blocked", lambda: True)
    options = pipeline.Options(small / "site", crew=Crew(1))
    run = pipeline.build(Project(small), options, TODAY, Silent())
    assert run.published
    assert [found.code for found in run.diagnostics.sorted()] == ["SW606"]
    assert not list((small / "site" / "en" / "print").rglob("*"))
    page = (small / "site" / "en" / "downloads.html").read_text("utf-8")
    assert "no documents to print here yet" in page
    assert ".pdf" not in page
    assert "print/" not in page
