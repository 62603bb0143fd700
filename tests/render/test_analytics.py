"""A clinic may count its readers with a script of its own, and tells them; others count nobody."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import TODAY

from stepwell import pipeline
from stepwell.diagnostics import Diagnostics
from stepwell.load.interface import interface
from stepwell.model import Rendered
from stepwell.project import Project, packaged
from stepwell.render import Renderer, render
from stepwell.render.analytics import PATH
from stepwell.render.environment import Templates
from stepwell.resolve import Resolved
from stepwell.write.site_words import THEME_WORDS

SAYS = "We count which pages are read, on our own server, and delete the counts after a year."
SCRIPT = "navigator.sendBeacon('/count', location.pathname);\n"
COUNTS = f"analytics:\n  script: assets/count.js\n  says: {SAYS}\n"


@pytest.fixture
def counting(small: Path) -> Callable[[str], Path]:
    """The small project with some lines more in site.yaml, and a script."""

    def change(lines: str) -> Path:
        site = small / "pathways" / "site.yaml"
        site.write_text(site.read_text("utf-8") + lines, "utf-8")
        (small / "pathways" / "assets").mkdir()
        (small / "pathways" / "assets" / "count.js").write_text(SCRIPT, "utf-8")
        return small

    return change


def rendered(root: Path) -> Rendered:
    """The website of a project."""
    run = pipeline.Run()
    definitions = pipeline.read(Project(root), pipeline.Scope(), TODAY, run)
    assert definitions is not None
    assert [one.code for one in run.diagnostics.sorted()] == []
    resolved = Resolved(definitions, {"en": interface("en")}, TODAY)
    templates = Templates((packaged("templates"),))
    return Rendered.of(
        render(Renderer(resolved, templates, ["en"], False), THEME_WORDS, Diagnostics())
    )


@pytest.mark.parametrize("lines", ["", COUNTS])
def test_only_a_clinic_that_asks_for_it_counts_and_says_so(
    counting: Callable[[str], Path], lines: str
) -> None:
    """The script is published as it is, and the sentence stands below what is said of privacy."""
    found = rendered(counting(lines))
    scripts = {one.path: one.content for one in found.data if one.path.endswith(".js")}
    assert scripts == ({PATH: SCRIPT.encode()} if lines else {})
    pages = [page for site in found.websites for page in site.pages]
    telling = {page.kind for page in pages if SAYS in page.html}
    assert telling == ({"home", "site-about"} if lines else set())


@pytest.mark.parametrize("path", ["../count.js", "https://stats.example/count.js", "/count.js"])
def test_a_script_of_somebody_else_is_refused(
    counting: Callable[[str], Path], checked: Callable[[Path], pipeline.Run], path: str
) -> None:
    """It lies in the project, or it is an error."""
    run = checked(counting(COUNTS.replace("assets/count.js", path)))
    assert run.diagnostics.failed
