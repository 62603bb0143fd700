"""What Stepwell renders of a project: the articles and leaflets that every peer is given."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from pathlib import Path

from tests.bench.peers.sample import TODAY

from stepwell import pipeline
from stepwell.diagnostics import Diagnostics
from stepwell.load.interface import interface
from stepwell.model import Document, Rendered, Website
from stepwell.project import Project, packaged
from stepwell.render import Renderer, render
from stepwell.render.environment import Templates
from stepwell.report import as_text
from stepwell.resolve import Resolved
from stepwell.write.fonts import FontSet
from stepwell.write.press import Press
from stepwell.write.site_words import THEME_WORDS


@dataclass(frozen=True, slots=True)
class Content:
    """The website of each language, all documents, and each language's fonts."""

    websites: tuple[Website, ...]
    documents: tuple[Document, ...]
    fonts: dict[str, FontSet]

    @property
    def pages(self) -> int:
        """How many pages there are in all languages."""
        return sum(len(website.pages) for website in self.websites)

    def keep(self, file: Path) -> None:
        """Write it to a file, for processes that print it."""
        file.write_bytes(pickle.dumps(self))


def kept(file: Path) -> Content:
    """What `keep` wrote. Only for files of the bench's own."""
    found: Content = pickle.loads(file.read_bytes())
    return found


def content(root: Path, fonts: Path | None) -> Content:
    """What a project says, rendered; if it is printed, its fonts are put into a folder."""
    run = pipeline.Run()
    definitions = pipeline.read(Project(root), pipeline.Scope(), TODAY, run)
    if definitions is None or run.diagnostics.failed:
        raise SystemExit(as_text(run.diagnostics.sorted(), run.files))
    tags = definitions.languages
    spoken = {tag: interface(tag) for tag in (*tags, definitions.source_language)}
    resolved = Resolved(definitions, spoken, TODAY, run.verdicts)
    press = Press(True, {})
    if fonts:
        press = Press.ready(resolved.texts(), tags, fonts, Diagnostics())
    templates = Templates((packaged("templates"),))
    outputs = render(Renderer(resolved, templates, tags, press.works), THEME_WORDS, Diagnostics())
    made = Rendered.of(outputs)
    return Content(made.websites, made.documents, press.fonts)
