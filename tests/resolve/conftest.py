"""What tests of words share: a project in three languages, and files of expected words."""

from __future__ import annotations

import html.parser
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.conftest import ROOT, TODAY

from stepwell import pipeline
from stepwell.load.interface import interface
from stepwell.project import Project
from stepwell.resolve import Resolved
from stepwell.resolve.comparison import Form
from stepwell.resolve.view import Reading

HERE = Path(__file__).parent
LANGUAGES = ("en", "es", "ar")
FORMS: tuple[Form, ...] = ("long", "card", "plain")
Say = Callable[..., Reading]


@pytest.fixture(scope="session")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Resolved:
    """The small project with more measures and criteria, in three languages."""
    root = tmp_path_factory.mktemp("spoken") / "project"
    shutil.copytree(ROOT / "tests" / "projects" / "small", root)
    shutil.copytree(HERE / "locales", root / "pathways" / "locales")
    folder = root / "pathways" / "sleep"
    shutil.copy(HERE / "criteria.yaml", folder)
    _put(folder / "pathway.yaml", "measures:\n", (HERE / "measures.yaml").read_text("utf-8"))
    _put(root / "pathways/site.yaml", "languages:", "", " {source: en, published: [en, es, ar]}")
    run = pipeline.Run()
    definitions = pipeline.read(Project(root), pipeline.Scope(), TODAY, run)
    assert definitions is not None
    assert not run.diagnostics.failed, run.diagnostics.sorted()
    return Resolved(definitions, {tag: interface(tag) for tag in LANGUAGES}, TODAY)


def _put(file: Path, mark: str, below: str, beside: str = "") -> None:
    """Write lines below a mark in a file, or something else in the rest of its line."""
    before, _, after = file.read_text("utf-8").partition(mark)
    if beside:
        after = beside + "\n" + after.partition("\n")[2]
    file.write_text(before + mark + below + after, encoding="utf-8")


@pytest.fixture(scope="session")
def say(spoken: Resolved) -> Say:
    """A reading of the pathway in a language, for a medium and an audience."""

    def run(language: str, medium: str = "web", audience: str = "clinician") -> Reading:
        edition = spoken.edition(language, audience, "sleep")  # type: ignore[arg-type]
        return spoken.reading(edition, "sleep/criteria.html", medium)  # type: ignore[arg-type]

    return run


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a text with a file in tests/golden, or with `--update` writes it anew."""

    def run(name: str, text: str) -> None:
        file = ROOT / "tests" / "golden" / name
        if request.config.getoption("--update"):
            file.write_text(text, encoding="utf-8")
        assert text == file.read_text("utf-8")

    return run


_MARKS = {"bdi": ("⟪", "⟫"), "a": ("[", "]")}


class _Shown(html.parser.HTMLParser):
    """HTML as text in which isolation, links, languages and nesting can be seen."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.depth = 0
        self.ends: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        begin, end = _MARKS.get(tag, ("", ""))
        if tag == "bdi" and given.get("dir") == "ltr":
            begin, end = "⟨", "⟩"
        if "lang" in given:
            begin, end = f"«{given['lang']} {given['dir']}: ", "»"
        self.depth += tag == "ul"
        if tag == "li":
            begin = "\n" + "  " * self.depth + "- "
        self.text += begin
        self.ends.append(end)

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag == "ul"
        self.text += self.ends.pop()

    def handle_data(self, data: str) -> None:
        self.text += data


def shown(markup: str) -> str:
    """Markup as text: ⟨isolated⟩, ⟪name⟫, [link], «lang: other language», lists indented."""
    parser = _Shown()
    parser.feed(str(markup))
    parser.close()
    return parser.text


def lines(rows: Iterator[tuple[str, str]]) -> str:
    """Rows of name and text as a file."""
    return "".join(f"{name}: {text}\n" for name, text in rows)
