"""Hostile texts in every field, opened in a browser: nothing runs, nothing is asked for."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.browser import needs_chromium
from tests.conftest import ROOT, TODAY
from tests.payloads import KINDS
from tests.render.test_hostile_texts import rendered, written

from stepwell import pipeline
from stepwell.project import Project, packaged
from stepwell.render.environment import Templates

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project's website with some payloads of each sort in each text."""
    root = tmp_path_factory.mktemp("hostile")
    shutil.copytree(ROOT / "tests" / "projects" / "small", root / "project")
    project = Project(root / "project")
    definitions = pipeline.read(project, pipeline.Scope(), TODAY, pipeline.Run())
    assert definitions is not None
    templates = Templates((packaged("templates"),))
    written(rendered(definitions, templates, " ".join(KINDS[::15])), root / "site")
    return root / "site"


def test_nothing_runs_on_any_page(tab: Any, site: Path, address: str) -> None:
    """No handler or script of a text runs, no element of one is there, no host is asked."""
    page = tab(360)
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    paths = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    assert len(paths) > 20
    for path in paths:
        page.goto(f"{address}/{path}", wait_until="load")
        assert page.evaluate("window.hit") is None, path
        assert page.locator("iframe, object, embed, base, video, marquee, math").count() == 0, path
