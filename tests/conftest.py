"""What tests share: a small project to change, and the real one."""

from __future__ import annotations

import datetime
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from stepwell import pipeline
from stepwell.definitions.project import Definitions
from stepwell.load.interface import interface
from stepwell.progress import Silent
from stepwell.project import Project
from stepwell.resolve import Resolved

# A shell that starts tests in the background lets them ignore Ctrl-C, and so what they start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = Path(__file__).resolve().parent.parent
TODAY = datetime.date(2026, 11, 22)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A copy of the small project, to be changed by a test."""
    target = tmp_path / "project"
    shutil.copytree(ROOT / "tests" / "projects" / "small", target)
    return target


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project after a build, to be looked at or copied, not changed."""
    target = tmp_path_factory.mktemp("built") / "project"
    shutil.copytree(ROOT / "tests" / "projects" / "small", target)
    options = pipeline.Options(target / "site")
    assert pipeline.build(Project(target), options, TODAY, Silent()).published
    return target


@pytest.fixture
def checked() -> Callable[[Path], pipeline.Run]:
    """Loads and checks a project."""

    def run(root: Path) -> pipeline.Run:
        found = pipeline.Run()
        pipeline.read(Project(root), pipeline.Scope(), TODAY, found)
        return found

    return run


@pytest.fixture(scope="session")
def real() -> Definitions:
    """The sample pathways, which have no errors."""
    run = pipeline.Run()
    definitions = pipeline.read(Project(ROOT), pipeline.Scope(), TODAY, run)
    assert definitions is not None
    assert not run.diagnostics.failed
    return definitions


@pytest.fixture(scope="session")
def resolved(real: Definitions) -> Resolved:
    """The sample pathways in every published language."""
    tags = map(str, real.site.languages.published)
    return Resolved(real, {tag: interface(tag) for tag in tags}, TODAY)


LONG = (
    "output/test_reproducible.py", "test_wheel.py", "output/test_finder.py",
    "output/test_languages.py", "output/test_pages.py", "output/test_finder_decides.py",
    "write/test_site_search_languages.py", "output/test_downloads.py", "write/test_geometry.py",
)  # fmt: skip
"""Files of minutes. They come first, so that no worker begins one when the others are done."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let long files come first; the order inside of a file stays."""
    items.sort(key=lambda item: not str(item.path).endswith(LONG))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Lets golden files be written anew."""
    parser.addoption("--update", action="store_true", help="write golden files anew")
