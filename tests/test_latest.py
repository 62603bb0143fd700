"""A build that would make what stands already does nothing; any other one builds."""

from __future__ import annotations

import datetime
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from stepwell import latest as module
from stepwell import pipeline
from stepwell.cli import main
from stepwell.diagnostics import Diagnostics
from stepwell.latest import Latest, Told
from stepwell.project import Project
from stepwell.source import SourceFile, Span
from tests.command import environment

COUNTS = {"PDFs": 2, "en": 3}
HEAVY = ("pydantic", "yaml", "jinja2", "babel", "mkdocs", "weasyprint", "z3", "stepwell.pipeline")


@pytest.fixture
def latest(tmp_path: Path) -> Latest:
    """The last build of a project of three files, which published two."""
    for path in ("pathways/site.yaml", "pathways/a/pathway.yaml", "templates/x.css",
                 "site/manifest.json", "site/en/index.html"):  # fmt: skip
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(f"of {path}\n", encoding="utf-8")
    return Latest(Project(tmp_path), tmp_path / "site", ("en", "2026-11-22"))


def kept(latest: Latest) -> str:
    """The basis of a build that has just left its note, with one problem."""
    basis = latest.basis()
    diagnostics = Diagnostics()
    place = Span("pathways/site.yaml", 1, 4)
    diagnostics.add("SW503", place, "the words", "the remedy", [(Span("", 1, 1), "see")])
    text = (latest.project.root / place.path).read_text("utf-8")
    latest.keep(basis, Told(diagnostics, {place.path: SourceFile.of(place.path, text)}, COUNTS))
    return basis


def note(latest: Latest) -> Path:
    """The file of the note."""
    (file,) = (latest.project.cache / "latest").iterdir()
    return file


def test_what_was_said_is_said_again(latest: Latest) -> None:
    """Nothing changed: the problems, with their files, and the counts are those of the build."""
    basis = kept(latest)
    told = latest.unchanged(latest.basis())
    assert told is not None
    assert latest.basis() == basis
    assert told.counts == COUNTS
    (problem,) = told.diagnostics.sorted()
    assert (problem.code, problem.help, problem.related) == (
        "SW503", "the remedy", ((Span("", 1, 1), "see"),),
    )  # fmt: skip
    assert told.files["pathways/site.yaml"].lines == ("of pathways/site.yaml",)


def append(path: str) -> Callable[[Latest], None]:
    """Adds a letter to a file."""

    def change(latest: Latest) -> None:
        with (latest.project.root / path).open("a") as file:
            file.write("x")

    return change


def remove(path: str) -> Callable[[Latest], None]:
    """Deletes a file."""
    return lambda latest: (latest.project.root / path).unlink()


def touched(latest: Latest) -> None:
    """A page has the same size, and another time."""
    os.utime(latest.out / "en/index.html", ns=(1, 1))


CHANGES: dict[str, Callable[[Latest], None]] = {
    "a text": append("pathways/a/pathway.yaml"),
    "a new file": append("pathways/a/more.yaml"),
    "a file less": remove("pathways/a/pathway.yaml"),
    "a template": append("templates/x.css"),
    "a page": append("site/en/index.html"),
    "a page less": remove("site/en/index.html"),
    "a page more": append("site/en/more.html"),
    "a page touched": touched,
    "a killed build": lambda latest: (latest.out.parent / ".site.new-x1").mkdir(),
    "no site": lambda latest: shutil.rmtree(latest.out),
    "no note": lambda latest: note(latest).unlink(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_any_change_is_seen(latest: Latest, change: str) -> None:
    """What is read, what is printed with and what was published: nothing of it may differ."""
    kept(latest)
    CHANGES[change](latest)
    assert latest.unchanged(latest.basis()) is None


def test_another_build_is_asked_for(latest: Latest) -> None:
    """Another day, language or folder is another build."""
    kept(latest)
    other = Latest(latest.project, latest.out, ("en", "2026-11-23"))
    apart = Latest(latest.project, latest.out.with_name("apart"), latest.asked)
    assert [one.unchanged(one.basis()) for one in (other, apart)] == [None, None]


@pytest.mark.parametrize("name", ["__version__", "_versions", "packaged"])
def test_another_program_builds_again(
    latest: Latest, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new version of ours, of a library or of our templates makes everything anew."""
    kept(latest)
    empty = latest.project.root / "empty"
    new = {"__version__": "9", "_versions": lambda: ("babel-9",), "packaged": lambda _: empty}[name]
    monkeypatch.setattr(module, name, new)
    assert latest.unchanged(latest.basis()) is None


def test_a_change_during_a_build_is_not_lost(latest: Latest) -> None:
    """Nobody knows what a build has read that was changed meanwhile: there is no note of it."""
    kept(latest)
    before = latest.basis()
    append("pathways/site.yaml")(latest)
    latest.keep(before, Told(Diagnostics(), {}, COUNTS))
    assert not list((latest.project.cache / "latest").iterdir())


@given(data=st.data())
def test_a_damaged_note_is_none(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever happens to the bytes of a note, it is the note that was left, or none."""
    root = tmp_path_factory.mktemp("project")
    latest = Latest(Project(root), root / "site", ())
    basis = kept_empty(latest)
    whole = note(latest).read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    changed = data.draw(st.binary(max_size=3))
    note(latest).write_bytes(whole[:at] + changed + whole[at + data.draw(st.integers(0, 5)) :])
    same = note(latest).read_bytes() == whole
    assert (latest.unchanged(basis) is not None) == same


def kept_empty(latest: Latest) -> str:
    """The basis of an empty project whose build said nothing."""
    basis = latest.basis()
    latest.keep(basis, Told(Diagnostics(), {}, COUNTS))
    return basis


def test_the_command_builds_once(small: Path, built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`build` twice builds once and says so; `--again` builds again, and so does another day."""
    shutil.copytree(built / ".stepwell", small / ".stepwell")
    done: list[datetime.date] = []

    def build(project: Project, options: pipeline.Options, *rest: object) -> pipeline.Run:
        done.append(rest[0])  # type: ignore[arg-type]
        return real(project, options, *rest)  # type: ignore[arg-type]

    real = pipeline.build
    monkeypatch.setattr(pipeline, "build", build)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    words = ["-C", str(small), "build", "--lang", "en"]
    first, second = (CliRunner().invoke(main, words) for _ in range(2))
    assert (first.exit_code, second.exit_code, len(done)) == (0, 0, 1)
    assert "Nothing changed: " in second.stdout
    assert CliRunner().invoke(main, [*words, "--again", "-q"]).exit_code == 0
    assert len(done) == 2
    imported = f"""
import sys
from stepwell.cli import main
try:
    main({words})
except SystemExit as end:
    assert not end.code
assert not {set(HEAVY)} & set(sys.modules), {set(HEAVY)} & set(sys.modules)
"""
    looked = subprocess.run(
        [sys.executable, "-c", imported], env=environment(), capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert (looked.returncode, looked.stderr.count("Reading")) == (0, 0), looked.stderr
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790100000")
    assert CliRunner().invoke(main, [*words, "-q"]).exit_code == 0
    assert len(done) == 3
