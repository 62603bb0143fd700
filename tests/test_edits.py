"""After any series of edits a site is what a build from nothing gives, byte for byte."""

from __future__ import annotations

import datetime
import hashlib
import random
import re
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from stepwell import pipeline
from stepwell.model import Ask, Document, Part
from stepwell.progress import Silent
from stepwell.project import Project
from stepwell.render import Renderer
from stepwell.write import imposition, pdf, pictures, search, search_run
from stepwell.write.cache import Cache
from stepwell.write.fonts import FontSet
from stepwell.write.press import Press
from stepwell.write.printed import images
from stepwell.write.publish import remove
from stepwell.write.schedule import Crew
from tests.bench.peers import sample
from tests.conftest import TODAY
from tests.test_reproducible import differences, digests

SENTENCE = re.compile(r"(?<=[:-] )[A-Z][a-z, ]+\.$", re.MULTILINE)
TRANSLATED = re.compile(r'(?<=\. )[^"\n{}0-9.]*\.(?="\n\n)')
TAGLINE = re.compile(r"(?<=^tagline: ).*$", re.MULTILINE)
TITLE = re.compile(r"(?<=^    title: ).*$", re.MULTILINE)
WORDS = ("sleep", "talk", "<b>rest</b>", "danger", "R & D", "score", "Ruhe", "الراحة", "休息")
READY = Press.ready
FOOTERS = ("<footer>{{ site_footer }}</footer>", "<footer>{{ view.title }}</footer>")


class Now:
    """Runs each task at once, in this process."""

    def submit(self, call: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """What a task gave."""
        done: Future[Any] = Future()
        done.set_result(call(*arguments))
        return done


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders that Pagefind was run over, in builds that print nothing and start nothing."""
    found: list[Path] = []
    run = search_run.run

    @contextmanager
    def now(crew: Crew, shared: Path) -> Iterator[Now]:
        yield Now()

    def counted(site: Path) -> list[str]:
        found.append(site)
        return run(site)

    monkeypatch.setattr(search, "run", counted)
    monkeypatch.setattr(Crew, "gathered", now)
    monkeypatch.setattr(Press, "ready", lambda *arguments: Press(False, {}))
    return found


def build(root: Path, today: datetime.date = TODAY) -> Path:
    """The site of a project."""
    run = pipeline.build(Project(root), pipeline.Options(root / "site"), today, Silent())
    assert run.published, run.diagnostics.sorted()
    return root / "site"


@pytest.fixture
def papers(runs: list[Path], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The documents that were printed, on a press that only hashes what it is given."""
    found: list[str] = []

    def make(document: Document, *, fonts: FontSet, assets: Path) -> pdf.Made:
        found.append(document.path)
        made = f"{document.html}{document.note}{fonts.digest}{images(assets)}"
        return pdf.Made(b"%PDF" + hashlib.sha256(made.encode()).digest(), 1, ())

    def drawn(content: bytes, *size: int) -> bytes:
        return b"PNG" + content[-32:] + bytes(str(size), "ascii")

    monkeypatch.setattr(pdf, "make", make)
    monkeypatch.setattr(imposition, "imposed", lambda content, *others: content)
    for name in ("small", "shared", "icon"):
        monkeypatch.setattr(pictures, name, drawn)
    # Without the texts: words of all scripts are typed here, and no font has them all.
    monkeypatch.setattr(Press, "ready", lambda texts, *given: READY((), *given))
    return found


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """(language, pathway) of the parts that were rendered."""
    found: list[tuple[str, str]] = []
    part = Renderer.part

    def counted(self: Renderer, ask: Ask) -> Part:
        found.append((ask.language, ask.pathway))
        return part(self, ask)

    monkeypatch.setattr(Renderer, "part", counted)
    return found


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """A project of two pathways in two languages."""
    target = tmp_path / "two"
    sample.project(target, 2, ("en", "fr"))
    return target


class Editor:
    """Edits a project, without end and without sense."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root = root
        self.chance = random.Random(seed)
        self.earlier = [self.texts()]
        self.pathways = sorted(path.parent for path in root.glob("pathways/*/pathway.yaml"))

    def texts(self) -> dict[str, bytes]:
        """Every file that somebody has written."""
        folders = [folder for name in ("pathways", "templates")
                   if (folder := self.root / name).is_dir()]  # fmt: skip
        files = (path for folder in folders for path in folder.rglob("*") if path.is_file())
        return {path.relative_to(self.root).as_posix(): path.read_bytes() for path in files}

    def edit(self) -> str:
        """Edit something; what was done."""
        done = self.chance.choice(
            (self.sentence, self.sentence, self.title, self.back, self.styles, self.theme,
             self.translation, self.shared, self.picture)
        )  # fmt: skip
        done()
        self.earlier.append(self.texts())
        return done.__name__

    def sentence(self) -> None:
        """A sentence is another one."""
        self._replace(SENTENCE, f"{' '.join(self.chance.sample(WORDS, 3))}.".capitalize())

    def title(self) -> None:
        """A title, which stands in the navigation of every page."""
        self._replace(TITLE, f"'{' '.join(self.chance.sample(WORDS, 2))}'")

    def translation(self) -> None:
        """A sentence of a catalog is another one."""
        catalogs = sorted(self.root.rglob("*.po"))
        self._replace(TRANSLATED, f"{' '.join(self.chance.sample(WORDS, 3))}.", *catalogs)

    def shared(self) -> None:
        """What all pathways share reads otherwise."""
        self._replace(TAGLINE, f"{self.chance.choice(WORDS)}.", self.root / "pathways/site.yaml")

    def picture(self) -> None:
        """A picture that documents could show is another one."""
        self._put("pathways/assets/seen.png", bytes([self.chance.randrange(9)]))

    def _replace(self, pattern: re.Pattern[str], by: str, *paths: Path) -> None:
        """Replace one of what a pattern finds in files, a pathway's unless told otherwise.

        Where edits have left nothing of it, all is put back.
        """
        files = paths or [folder / "pathway.yaml" for folder in self.pathways]
        found = [(path, one) for path in files for one in pattern.finditer(path.read_text("utf-8"))]
        if not found:
            self.back()
            return
        path, one = self.chance.choice(found)
        text = path.read_text("utf-8")
        path.write_text(text[: one.start()] + by + text[one.end() :], "utf-8")

    def back(self) -> None:
        """All is as it was at some time."""
        for name in ("pathways", "templates"):
            shutil.rmtree(self.root / name, ignore_errors=True)
        for name, content in self.chance.choice(self.earlier).items():
            self._put(name, content)

    def styles(self) -> None:
        """The styles of the clinic, which every page names with their hash."""
        self._put("templates/extra-site.css", f"p{{margin:{self.chance.randrange(9)}px}}".encode())

    def theme(self) -> None:
        """A part of the theme, of one's own or ours again."""
        text = self.chance.choice((*FOOTERS, ""))
        path = "templates/theme/partials/footer.html"
        self._put(path, text.encode())
        if not text:
            (self.root / path).unlink()

    def _put(self, name: str, content: bytes) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def from_nothing(root: Path, target: Path) -> Path:
    """The site of a copy that has no cache and no site yet."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(root, target, ignore=shutil.ignore_patterns(".stepwell", "site"))
    return build(target)


def _edit_often(small: Path, clean: Path, seed: int, times: int) -> None:
    build(small)
    editor, done = Editor(small, seed), []
    for _ in range(times):
        done.append(editor.edit())
        assert differences(build(small), from_nothing(small, clean)) == [], (seed, done)


def test_edits_give_what_a_build_from_nothing_gives(
    small: Path, tmp_path: Path, runs: list[Path]
) -> None:
    """Sentences, titles, styles and templates are edited, and put back."""
    _edit_often(small, tmp_path / "clean", seed=4, times=3)


def test_edits_of_two_pathways_in_two_languages_do_too(
    two: Path, tmp_path: Path, papers: list[str]
) -> None:
    """With documents, on a press that only hashes: no part or PDF of an earlier build is left."""
    _edit_often(two, tmp_path / "clean", seed=2, times=3)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(10))
def test_five_hundred_edits_of_two_pathways_do_too(
    two: Path, tmp_path: Path, papers: list[str], seed: int
) -> None:
    """The same in ten series of fifty."""
    _edit_often(two, tmp_path / "clean", seed, times=50)


def test_a_sentence_costs_its_part_and_what_is_shared(
    two: Path, papers: list[str], rendered: list[tuple[str, str]]
) -> None:
    """A changed sentence of a pathway renders that one and shared pages, and prints what says it;
    a translation only in its language; put back, nothing is printed.
    """
    first, editor = digests(build(two)), Editor(two, 1)
    every = {(tag, name) for tag in ("en", "fr") for name in ("", "sleep-1", "sleep-2")}
    assert sorted(rendered) == sorted({*every, ("", "")})
    rendered.clear()
    printed, papers[:] = set(papers), []
    sample.change(two)
    second = digests(build(two))
    shared = {("", ""), ("en", ""), ("fr", "")}
    assert sorted(rendered) == sorted({*shared, ("en", "sleep-1"), ("fr", "sleep-1")})
    assert papers
    assert {path.split("/")[2] for path in papers if path in printed} == {"sleep-1"}
    assert len(papers) < len(printed) / 2
    rendered.clear()
    catalog = two / "pathways/locales/fr/sleep-2.po"
    editor._replace(TRANSLATED, "Autrement.", catalog)
    third = digests(build(two))
    assert sorted(rendered) == sorted({*shared, ("fr", "sleep-2")})
    changed = {path for path in third if second.get(path) != third[path]}
    assert not {path for path in changed if "sleep-1" in path or path.startswith("en/sleep")}
    papers.clear()
    rendered.clear()
    editor.back()
    assert digests(build(two)) == first
    assert (papers, rendered) == ([], [])


def test_another_day_keeps_nothing_twice(
    two: Path, papers: list[str], rendered: list[tuple[str, str]]
) -> None:
    """On the next day all is rendered, since it may say something else; what is the same is neither
    kept again nor printed.
    """

    def entries() -> dict[str, int]:
        kinds = (two / ".stepwell/artifacts").iterdir()
        return {kind.name: sum(1 for _ in kind.glob("*/*")) for kind in kinds}

    first = digests(build(two))
    count, kept = len(rendered), entries()
    rendered.clear()
    papers.clear()
    assert digests(build(two, TODAY + datetime.timedelta(days=1))) == first
    assert len(rendered) == count
    assert papers == []
    grown = {kind for kind, found in entries().items() if found != kept[kind]}
    assert grown == {"digests"}


def test_what_the_store_lost_is_made_again(two: Path, papers: list[str]) -> None:
    """Parts, cards, finished pages, lists of PDFs or fonts that are gone or damaged are made anew,
    with the same site, and damage is told.
    """
    first = digests(build(two))
    store = two / ".stepwell/artifacts"
    for kind in ("digests", "cards", "parts", "site", "prints", "webfonts", "pdf"):
        for number, entry in enumerate(sorted((store / kind).glob("*/*"))):
            if number % 2:
                entry.unlink()
            else:
                entry.write_bytes(entry.read_bytes()[:-1] + b"#")
        remove(two / "site")  # what is published would not be asked for
        run = pipeline.build(Project(two), pipeline.Options(two / "site"), TODAY, Silent())
        assert digests(two / "site") == first, kind
        # Whole parts are not asked for where their cards, pages and lists of PDFs are there.
        damaged = {one.code for one in run.diagnostics.sorted()}
        assert ("SW611" in damaged) == (kind != "parts"), kind


def test_what_is_published_is_not_read_again_and_what_was_changed_there_is_mended(
    two: Path, papers: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages and PDFs that stand as they were left need no entry of the store; somebody's change of
    a published file is undone.
    """
    first = digests(build(two))
    asked: list[str] = []
    get = Cache.get

    def counted(self: Cache, key: str) -> bytes | None:
        asked.append(self._kind)
        return get(self, key)

    monkeypatch.setattr(Cache, "get", counted)
    page, paper = two / "site/en/index.html", next((two / "site/fr/print").rglob("*.pdf"))
    assert digests(build(two)) == first
    assert (asked.count("pdf"), asked.count("thumbnails")) == (3, 5)  # of previews and icons
    assert asked.count("site") == 8  # lists of hashes: of each part, and of what is no page
    page.write_text(page.read_text("utf-8").replace("<h1", "<h2", 1), "utf-8")
    paper.unlink()
    assert digests(build(two)) == first


@pytest.mark.soak
def test_five_hundred_edits_give_what_builds_from_nothing_give(
    small: Path, tmp_path: Path, runs: list[Path]
) -> None:
    """The same in ten series of fifty."""
    for seed in range(10):
        shutil.rmtree(small / "templates", ignore_errors=True)
        _edit_often(small, tmp_path / "clean", seed, times=50)


def test_an_edit_that_is_undone_is_not_indexed_again(small: Path, runs: list[Path]) -> None:
    """A build of what was built before runs no Pagefind, and neither does one without a change."""
    first, editor = digests(build(small)), Editor(small, 1)
    editor.sentence()
    assert digests(build(small)) != first
    assert len(runs) == 2
    editor.back()
    assert digests(build(small)) == first
    build(small)
    assert len(runs) == 2
