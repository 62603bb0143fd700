"""The page about translations says what `translate status` says, and names what is withheld."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import TODAY
from tests.test_cli_translate import complete
from tests.test_translating import _put, clinic, synced, translate

from stepwell import pipeline
from stepwell.load.interface import interface
from stepwell.model import Page
from stepwell.project import Project, packaged
from stepwell.render.environment import Templates
from stepwell.render.pages import Pages
from stepwell.resolve import Resolved

__all__ = ["clinic"]  # a fixture


def page(root: Path, language: str) -> tuple[Page, Resolved]:
    """The page in a language, and what it was made from."""
    read = pipeline.read(Project(root), pipeline.Scope(), TODAY, pipeline.Run())
    assert read is not None
    resolved = Resolved(read, {tag: interface(tag) for tag in read.languages}, TODAY)
    pages = Pages(resolved, Templates((packaged("templates"),)), language, False).all()
    return next(page for page in pages if page.kind == "translations"), resolved


def test_the_page_has_the_figures_of_each_language(clinic: Path) -> None:
    """For each language how much is translated, for whom, in what state; and its parts."""
    synced(clinic)
    complete(clinic, "es")
    _put(clinic / "pathways/site.yaml", "[en, es, uk]", "[en, es, uk], for-patients-only: [uk]")
    with (clinic / "pathways/site.yaml").open("a", encoding="utf-8") as file:
        file.write(
            "translations:\n  - {language: es, translated: 2026-10-01, reviewed: 2026-11-02}\n"
        )
    found, resolved = page(clinic, "en")
    spanish, ukrainian = resolved.standings
    assert (spanish.words().percent, ukrainian.words().percent) == (100, 0)
    rows = found.html.partition("<tbody>")[2].partition("</tbody>")[0].split("</tr>")
    assert "100&nbsp;%" in rows[0]
    assert "Everybody" in rows[0]
    assert "Reviewed on November 2, 2026" in rows[0]
    assert "0&nbsp;%" in rows[1]
    assert "Patients and families" in rows[1]
    assert "Draft, not yet reviewed" in rows[1]
    missing = ukrainian.words("sleep").missing
    assert f'<td><bdi dir="ltr">{missing:,}</bdi></td></tr>' in found.html


def test_the_page_names_what_is_withheld_in_its_language(clinic: Path) -> None:
    """Pages that are a notice are listed with links; none is in the source language."""
    synced(clinic)
    translate(clinic, "es", "shared", **{"": "Algo {phone:emergency} {phone:crisis}"})
    found, _ = page(clinic, "es")
    assert '<a href="sleep/red-flags.html">' in found.html
    assert '<a href="translations.html">' not in found.html
    complete(clinic, "es")
    assert not found.withheld
    for language in ("es", "en"):
        assert 'id="withheld"' not in page(clinic, language)[0].html


def test_a_site_in_one_language_says_so(small: Path) -> None:
    """Where nothing is translated, the page says that there is one language."""
    found, _ = page(small, "en")
    assert "This site is published in one language only." in found.html
