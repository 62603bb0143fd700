"""The same content gives the same bytes: elsewhere, at another time, in another mood of Python."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import environment, stepwell
from tests.conftest import ROOT

HERE = {"SOURCE_DATE_EPOCH": "0", "TZ": "UTC", "PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8"}
THERE = {
    "SOURCE_DATE_EPOCH": "0", "TZ": "Asia/Kathmandu", "PYTHONHASHSEED": "20", "LC_ALL": "C",
    "LANG": "de_DE", "COLUMNS": "40",
}  # fmt: skip
SMALL = ROOT / "tests" / "projects" / "small"
ALONE = """
import datetime
from pathlib import Path
from stepwell import pipeline
from stepwell.progress import Silent
from stepwell.project import Project
from stepwell.write.schedule import Crew
options = pipeline.Options(Path("alone").absolute(), crew=Crew(1))
pipeline.build(Project(Path.cwd()), options, datetime.date(1970, 1, 1), Silent())
"""


def site_of(project: Path, root: Path, **environment: str) -> Path:
    """A site that was built from a copy of a project's content, in a new folder."""
    shutil.copytree(project / "pathways", root / "pathways")
    result = stepwell("build", "-q", cwd=root, **environment)
    assert result.returncode == 0, result.stderr
    return root / "site"


def digests(site: Path) -> dict[str, str]:
    """Path -> hash of the content, of every file; folders and links count too."""
    found = {}
    for path in sorted(site.rglob("*")):
        content = path.read_bytes() if path.is_file() else b""
        kind = "link" if path.is_symlink() else "folder" if path.is_dir() else ""
        found[path.relative_to(site).as_posix()] = kind or hashlib.sha256(content).hexdigest()
    return found


def differences(one: Path, two: Path) -> list[str]:
    """The paths that are not the same in two sites."""
    first, second = digests(one), digests(two)
    return sorted(
        path for path in first.keys() | second.keys() if first.get(path) != second.get(path)
    )


@pytest.mark.pdf
def test_a_build_again_is_the_same(tmp_path: Path) -> None:
    """With PDFs from the cache, in one process or elsewhere, a build gives what a fresh one did."""
    site = site_of(SMALL, tmp_path / "one", **HERE)
    before = digests(site)
    assert stepwell("build", "-q", cwd=site.parent, **HERE).returncode == 0
    assert digests(site) == before
    assert differences(site, site_of(SMALL, tmp_path / "two", **THERE)) == []
    subprocess.run(
        [sys.executable, "-c", ALONE], cwd=site.parent, env=environment(**HERE), check=True
    )
    assert differences(site, site.with_name("alone")) == []


def test_the_manifest_holds_for_every_file(built: Path) -> None:
    """Each file of a site is in its manifest with its checksum, and each row is a file."""
    rows = json.loads((built / "site" / "manifest.json").read_text("utf-8"))["files"]
    files = {path: found for path, found in digests(built / "site").items() if found != "folder"}
    del files["manifest.json"]
    assert {row["path"]: row["sha256"] for row in rows} == files
