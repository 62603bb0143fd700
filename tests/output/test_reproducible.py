"""The sample pathways give the same bytes in another folder, time zone, locale and hash seed."""

from __future__ import annotations

import calendar
import shutil
from pathlib import Path

import pytest
from tests.command import stepwell
from tests.conftest import ROOT, TODAY
from tests.test_reproducible import THERE, differences, digests

pytestmark = [pytest.mark.pdf, pytest.mark.xdist_group("output")]
ELSEWHERE = THERE | {"SOURCE_DATE_EPOCH": str(calendar.timegm(TODAY.timetuple()))}
KINDS = {".html", ".css", ".js", ".json", ".pdf", ".woff2"}


def test_the_samples_are_built_the_same(project: Path, site: Path, tmp_path: Path) -> None:
    """Not one byte of any page or index differs. PDFs come from the cache: see the next test."""
    root = tmp_path / "a longer [name]"
    shutil.copytree(ROOT / "pathways", root / "pathways")
    shutil.copytree(project / ".stepwell", root / ".stepwell")
    assert stepwell("build", "-q", cwd=root, **ELSEWHERE).returncode == 0
    assert differences(site, root / "site") == []
    assert {path.suffix for path in site.rglob("*")} >= KINDS
    assert any((site / "ar" / "search").iterdir())


def test_pdfs_are_laid_out_the_same(site: Path, tmp_path: Path) -> None:
    """Without a cache, each document of two languages, one from right to left, is the same."""
    shutil.copytree(ROOT / "pathways", tmp_path / "pathways")
    built = stepwell("build", "-q", "--lang", "ar", "--lang", "zh", cwd=tmp_path, **ELSEWHERE)
    assert built.returncode == 0, built.stderr
    made = {path: digest for path, digest in digests(tmp_path / "site").items() if ".pdf" in path}
    assert len(made) > 40
    before = digests(site)
    assert [path for path, digest in made.items() if before[path] != digest] == []
