"""The HTML of every kind of page is valid, as the Nu HTML checker of the W3C reads it."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.conftest import ROOT
from tests.output.conftest import Content, kinds

VNU = ROOT / ".venv" / "vnu.jar"
OF_FILES = "violates Content Security Policy"
"""What is said of files only: they have no origin, so nothing of them is 'self'."""
LANGUAGES = ("en", "ar", "zh")
pytestmark = pytest.mark.skipif(
    not VNU.is_file() or shutil.which("java") is None,
    reason="needs Java and the Nu HTML checker, which tools/set-up.sh could not install",
)


def said(files: list[Path], *options: str) -> list[str]:
    """What the checker says of some files, a line a message."""
    command = ["java", "-Xss4m", "-jar", str(VNU), "--format", "json", "--stdout", *options]
    done = subprocess.run([*command, *map(str, files)], capture_output=True, check=False, text=True)
    return [
        f"{Path(one.get('url', '')).name}:{one.get('lastLine')}: {one['message']}"
        for one in json.loads(done.stdout)["messages"]
        if OF_FILES not in one["message"]
    ]


def test_every_kind_of_page_is_valid(site: Path, content: Content) -> None:
    """No error and no warning about one page of each kind in three scripts, and what has none."""
    paths = [page.path for tag in LANGUAGES for page in kinds(content, tag).values()]
    others = ["index.html", *(f"{tag}/404.html" for tag in LANGUAGES)]
    assert said([site / path for path in (*paths, *others)]) == []


def test_the_checker_finds_faults(tmp_path: Path) -> None:
    """So that silence means something: a page with a doubled id and a stray end tag is told."""
    page = tmp_path / "x.html"
    page.write_text("<!doctype html><html lang=en><title>x</title><p id=a>a</div><p id=a>b")
    assert len(said([page])) >= 2


@pytest.mark.soak
def test_every_page_is_valid(site: Path) -> None:
    """The same of all pages of all languages."""
    assert said(sorted(site.rglob("*.html"))) == []
