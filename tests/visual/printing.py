"""The documents of tests/projects/clinic as pictures, printed as a build prints them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from tests.conftest import ROOT, TODAY
from tests.visual.similarity import reduced

from stepwell import pipeline
from stepwell.codes import Severity
from stepwell.definitions.pathway import Pathway
from stepwell.diagnostics import Diagnostics
from stepwell.load.interface import interface
from stepwell.model import Document
from stepwell.project import Project, packaged
from stepwell.render.documents import Documents
from stepwell.render.documents_plan import DOCUMENTS, Edition, Planned, Row
from stepwell.render.environment import Templates
from stepwell.resolve import Resolved
from stepwell.write import Press
from stepwell.write.pictures import Wanted, images
from stepwell.write.printed import printed
from stepwell.write.store import Store

CLINIC = ROOT / "tests" / "projects" / "clinic"
LANGUAGES = ("en", "ar", "zh")
DPI = {"large": 42, "pocket-guide": 96, "pocket-guide-fold": 96, "cards": 96}
"""Dots an inch of an edition or kind: its letters are about as many dots high in each picture."""
USUAL_DPI = 60  # for letters of 12 points
FINER = 3  # pages are drawn so many times as large, and reduced


@dataclass(frozen=True, slots=True)
class Case:
    """A kind of document in an edition: what one picture is about."""

    row: Row
    edition: Edition = "standard"

    @property
    def name(self) -> str:
        """For example `leaflet-wait`, `leaflet-large`."""
        kind = self.row.kind
        return kind if self.edition == "standard" else f"{kind}-{self.edition}"

    @property
    def dpi(self) -> int:
        """Dots an inch of its pictures."""
        return DPI.get(self.edition, DPI.get(self.row.kind, USUAL_DPI))


def cases() -> Iterator[Case]:
    """Every kind of document once, and every other edition once: of the first kind that has it."""
    yield from (Case(row) for row in DOCUMENTS)
    for edition in dict.fromkeys(edition for row in DOCUMENTS for edition in row.editions):
        if edition != "standard":
            yield Case(next(row for row in DOCUMENTS if edition in row.editions), edition)


def cases_by_name() -> dict[str, Case]:
    """Name -> case."""
    return {case.name: case for case in cases()}


class Clinic:
    """The clinic of the pictures, read once; `told` are its faults. It prints into `cache`."""

    def __init__(self, cache: Path) -> None:
        run = pipeline.Run()
        read = pipeline.read(Project(CLINIC), pipeline.Scope(), TODAY, run)
        assert read is not None
        self.told = [one for one in run.diagnostics.sorted() if one.severity is not Severity.NOTE]
        self.resolved = Resolved(read, {tag: interface(tag) for tag in read.languages}, TODAY)
        self.templates = Templates((packaged("templates"),))
        self.cache = cache
        self._presses: dict[str, Press] = {}

    def document(self, case: Case, language: str) -> Document | None:
        """The first document of a kind and edition, None if the clinic has none."""
        ((name, pathway),) = self.resolved.definitions.pathways.items()
        planned = _first(case, pathway)
        made = Documents(self.resolved, self.templates, language)
        return next(iter(made.chosen({(name, planned.name)})), None) if planned else None

    def print(self, document: Document) -> bytes:
        """The PDF of a document, on its sheets. Nothing is wrong with it."""
        fonts = self._press(document.language).fonts[document.language]
        content, problems = printed(document, fonts, CLINIC, Store.at(self.cache).cache("pdf"))
        assert not problems, [str(problem) for problem in problems]
        return content

    def _press(self, language: str) -> Press:
        if language not in self._presses:
            texts, found = self.resolved.texts(), Diagnostics()
            self._presses[language] = Press.ready(texts, [language], self.cache, found)
        return self._presses[language]


def _first(case: Case, pathway: Pathway) -> Planned | None:
    """The document of a row about its first subject."""
    subjects = case.row.subjects(pathway) if case.row.subjects else (None,)
    if not subjects or not case.row.when(pathway):
        return None
    return Planned(case.row, subjects[0], case.edition)


def pages(content: bytes, dpi: int) -> list[Image.Image]:
    """The pages of a PDF as grey images, drawn larger and reduced."""
    drawn = images(content, Wanted(dpi * FINER))
    return [reduced(page, _size(page, FINER)) for page in drawn]


def _size(image: Image.Image, times: float) -> tuple[int, int]:
    return round(image.width / times), round(image.height / times)
