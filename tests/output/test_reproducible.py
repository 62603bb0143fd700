"""The sample pathways give the same bytes in another folder, time zone, locale and hash seed."""

from __future__ import annotations

import calendar
from pathlib import Path

import pytest
from tests.conftest import ROOT, TODAY
from tests.test_reproducible import THERE, differences, site_of

pytestmark = [pytest.mark.pdf, pytest.mark.xdist_group("output")]
KINDS = {".html", ".css", ".js", ".json", ".pdf", ".woff2"}


def test_the_samples_are_built_the_same(site: Path, tmp_path: Path) -> None:
    """Not one byte of any page, PDF or index differs."""
    day = str(calendar.timegm(TODAY.timetuple()))
    other = site_of(ROOT, tmp_path / "a longer [name]", **{**THERE, "SOURCE_DATE_EPOCH": day})
    assert differences(site, other) == []
    assert {path.suffix for path in site.rglob("*")} >= KINDS
    assert any((site / "ar" / "search").iterdir())
