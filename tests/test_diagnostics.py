"""Every code has a project that triggers it, with the exact text that an editor reads.

A folder of tests/diagnostics holds what differs from tests/projects/small, and
`expected.txt`. `pytest tests/test_diagnostics.py --update` writes the texts
anew; read them before you accept them.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from stepwell import pipeline
from stepwell.codes import CODES
from stepwell.load.files import MAX_BYTES
from stepwell.progress import Silent
from stepwell.project import Project
from stepwell.report import as_text
from stepwell.write.schedule import Crew
from tests.conftest import ROOT, TODAY

FOLDER = ROOT / "tests" / "diagnostics"


def _too_large(root: Path) -> None:
    (root / "pathways" / "resources" / "more.yaml").write_bytes(b"#" * (MAX_BYTES + 1))


def _linked(root: Path) -> None:
    (root / "pathways" / "resources" / "more.yaml").symlink_to(root / "pathways" / "site.yaml")


def _missing(root: Path) -> None:
    shutil.rmtree(root / "pathways" / "vocabulary")


def _no_file(root: Path) -> None:
    os.mkfifo(root / "pathways" / "resources" / "more.yaml")


MADE: dict[str, Callable[[Path], None]] = {
    "SW112": _too_large, "SW113": _linked, "SW120": _missing, "SW122": _no_file,
}  # fmt: skip
"""What git can't hold, or should not."""
BUILT = ("SW601", "SW603", "SW604", "SW605", "SW607", "SW609")
"""Codes that a check can't find, only a build."""


def problems(root: Path, code: str) -> str:
    """The text of all problems of a project, as an editor reads it."""
    project = Project(root)
    if code in BUILT:
        options = pipeline.Options(root / "site", crew=Crew(1))
        run = pipeline.build(project, options, TODAY, Silent())
    else:
        run = pipeline.Run()
        pipeline.read(project, pipeline.Scope(), TODAY, run)
    return as_text(run.diagnostics.sorted(), run.files)


@pytest.mark.parametrize(
    "code", [code for code in CODES if code not in ("SW602", "SW606", "SW611")]
)
def test_a_code_is_told_as_expected(code: str, small: Path, request: pytest.FixtureRequest) -> None:
    """The smallest project that has a problem gets exactly the expected text, and only that."""
    overlay = FOLDER / code
    shutil.copytree(overlay, small, dirs_exist_ok=True)
    if code in MADE:
        MADE[code](small)
    text = problems(small, code)
    expected = overlay / "expected.txt"
    if request.config.getoption("--update"):
        expected.parent.mkdir(parents=True, exist_ok=True)
        expected.write_text(text, encoding="utf-8")
    assert f"[{code}]" in text
    assert text == expected.read_text("utf-8")


def test_no_folder_is_left_over() -> None:
    """Every folder belongs to a code that exists."""
    assert {path.name for path in FOLDER.iterdir()} <= set(CODES)


@pytest.mark.parametrize("code", CODES.values(), ids=lambda code: code.code)
def test_a_code_is_explained(code: object) -> None:
    """What, why and how to mend are whole sentences."""
    for name in ("what", "why", "mend"):
        assert getattr(code, name).endswith(".")
