"""The sample pathways, built once for all workers, and what was put into them."""

from __future__ import annotations

import calendar
import fcntl
import os
import shutil
import subprocess
import sys
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup
from tests.browser import address, browser, tab
from tests.conftest import ROOT, TODAY

from stepwell.definitions.base import Text
from stepwell.definitions.walk import texts
from stepwell.diagnostics import Diagnostics
from stepwell.model import Document, Page, Rendered
from stepwell.project import packaged
from stepwell.render import Renderer, render
from stepwell.render.environment import Templates
from stepwell.resolve import Resolved
from stepwell.resolve.prose import prose
from stepwell.resolve.view import Reading
from stepwell.write.site_words import THEME_WORDS

__all__ = ["address", "browser", "tab"]  # fixtures


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample project with its site in `site/`, built by one worker for all."""
    base = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent
    root = base / "built"
    with (base / "built.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not root.exists():
            shutil.copytree(ROOT / "pathways", root / "pathways")
            said = _build(root)
            (root / "said.txt").write_text(said, encoding="utf-8")
    said = (root / "said.txt").read_text("utf-8")
    if not (root / "site" / "manifest.json").is_file():
        pytest.fail(f"the sample pathways were not built:\n{said}")
    return root


def _build(root: Path) -> str:
    """Build as a clinic does, on the day of the tests; what the command said."""
    day = str(calendar.timegm(TODAY.timetuple()))
    environment = os.environ | {"SOURCE_DATE_EPOCH": day, "PYTHONPATH": str(ROOT / "generator")}
    command = [sys.executable, "-m", "stepwell.cli", "-C", str(root), "build", "-v"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    return done.stderr + done.stdout


@pytest.fixture(scope="session")
def site(project: Path) -> Path:
    """The published folder."""
    return project / "site"


KINDS = ("site", "leaflet", "pocket_guide", "cards", "form", "wall")
"""Folders of the templates that are a whole page or document."""


class Recording(Templates):
    """Templates that remember which reading each page and document was rendered from."""

    def __init__(self) -> None:
        super().__init__((packaged("templates"),))
        self.readings: dict[str, Reading] = {}

    def render(self, name: str, reading: Reading, **context: Any) -> Markup:
        """Remember the reading by the path of its output; a notice takes the place of a page."""
        if name.partition("/")[0] in KINDS:
            self.readings[f"{reading.edition.language}/{reading.page}"] = reading
        return super().render(name, reading, **context)


class Content:
    """What the sample pathways say: rendered again, and each text as it should be read."""

    def __init__(self, resolved: Resolved) -> None:
        self.resolved = resolved
        self.templates = Recording()
        self.languages = tuple(resolved.words)

    @cached_property
    def rendered(self) -> Rendered:
        """All pages and documents as HTML."""
        tags = list(self.languages)
        return Rendered.of(
            render(Renderer(self.resolved, self.templates, tags, True), THEME_WORDS, Diagnostics())
        )

    @property
    def readings(self) -> dict[str, Reading]:
        """Path -> the reading that a page or document was rendered from."""
        return self.templates.readings if self.rendered.websites else {}

    @property
    def pages(self) -> list[Page]:
        """The pages of all languages."""
        return [page for website in self.rendered.websites for page in website.pages]

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents of all languages."""
        return self.rendered.documents

    @cached_property
    def texts(self) -> dict[str, list[Text]]:
        """Context -> the texts with that context."""
        definitions = self.resolved.definitions
        found: dict[str, list[Text]] = {}
        for _, part in (*definitions.shared(), *definitions.pathways.items()):
            for text in texts(part):
                found.setdefault(text.context, []).append(text)
        return found

    def said(self, text: Text, language: str, audience: str) -> list[tuple[str, str]]:
        """(source, plain words) of each block of a text, as an audience reads it."""
        name = text.context.partition("/")[0]
        pathway = name if name in self.resolved.definitions.pathways else None
        edition = self.resolved.edition(language, audience, pathway)  # type: ignore[arg-type]
        reading = self.resolved.reading(edition, "x.html", "print")
        sources = [source for _, source in text.blocks()]
        plain = [block.html.striptags() for block in prose(text, reading).blocks]
        return list(zip(sources, plain, strict=True))

    def used(self, path: str) -> list[tuple[str, str]]:
        """(context, plain words) of each block that a page or document was asked to print."""
        reading = self.readings[path]
        language, audience = reading.edition.language, reading.edition.audience
        found = []
        for context in sorted({context for context, _ in reading.used.texts}):
            for text in self.texts[context]:
                for source, plain in self.said(text, language, audience):
                    if (context, source) in reading.used.texts:
                        found.append((context, plain))
        return found


@pytest.fixture(scope="session")
def content(resolved: Resolved) -> Content:
    """What the sample pathways say."""
    return Content(resolved)


def kinds(content: Content, language: str) -> dict[str, Page]:
    """Kind of page -> the longest page of that kind."""
    found = [page for page in content.pages if page.language == language]
    return {page.kind: page for page in sorted(found, key=lambda page: len(page.html))}
