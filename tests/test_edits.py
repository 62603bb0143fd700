"""After any series of edits a site is what a build from nothing gives, byte for byte."""

from __future__ import annotations

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
from stepwell.progress import Silent
from stepwell.project import Project
from stepwell.write import search
from stepwell.write.press import Press
from stepwell.write.schedule import Crew
from tests.conftest import TODAY
from tests.test_reproducible import differences, digests

SENTENCE = re.compile(r"(?<=[:-] )[A-Z][a-z, ]+\.$", re.MULTILINE)
TITLE = re.compile(r"(?<=^    title: ).*$", re.MULTILINE)
WORDS = ("sleep", "talk", "<b>rest</b>", "danger", "R & D", "score", "Ruhe", "الراحة", "休息")
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
    run = search._run

    @contextmanager
    def now(crew: Crew, shared: Path) -> Iterator[Now]:
        yield Now()

    def counted(site: Path) -> list[str]:
        found.append(site)
        return run(site)

    monkeypatch.setattr(search, "_run", counted)
    monkeypatch.setattr(Crew, "gathered", now)
    monkeypatch.setattr(Press, "ready", lambda *arguments: Press(False, {}))
    return found


def build(root: Path) -> Path:
    """The site of a project."""
    run = pipeline.build(Project(root), pipeline.Options(root / "site"), TODAY, Silent())
    assert run.published, run.diagnostics.sorted()
    return root / "site"


class Editor:
    """Edits a project, without end and without sense."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root = root
        self.chance = random.Random(seed)
        self.earlier = [self.texts()]

    def texts(self) -> dict[str, bytes]:
        """Every file that somebody has written."""
        folders = [folder for name in ("pathways", "templates")
                   if (folder := self.root / name).is_dir()]  # fmt: skip
        files = (path for folder in folders for path in folder.rglob("*") if path.is_file())
        return {path.relative_to(self.root).as_posix(): path.read_bytes() for path in files}

    def edit(self) -> str:
        """Edit something; what was done."""
        done = self.chance.choice(
            (self.sentence, self.sentence, self.title, self.back, self.styles, self.theme)
        )
        done()
        self.earlier.append(self.texts())
        return done.__name__

    def sentence(self) -> None:
        """A sentence is another one."""
        self._replace(SENTENCE, f"{' '.join(self.chance.sample(WORDS, 3))}.".capitalize())

    def title(self) -> None:
        """A title, which stands in the navigation of every page."""
        self._replace(TITLE, f"'{' '.join(self.chance.sample(WORDS, 2))}'")

    def _replace(self, pattern: re.Pattern[str], by: str) -> None:
        path = self.root / "pathways" / "sleep" / "pathway.yaml"
        text = path.read_text("utf-8")
        found = self.chance.choice([*pattern.finditer(text)])
        path.write_text(text[: found.start()] + by + text[found.end() :], "utf-8")

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
