"""The wheel is enough: installed on its own, it makes a clinic and builds it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from stepwell import __version__
from stepwell.definitions.project import Definitions
from tests.conftest import ROOT

pytestmark = [pytest.mark.wheel, pytest.mark.xdist_group("wheel")]


def run(*command: str | Path, cwd: Path, path: Path | None = None) -> str:
    """The output of a program that knows nothing of this checkout; fails with all it said."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    if path is not None:
        kept["PATH"] = os.pathsep.join([str(path), "/usr/local/bin", "/usr/bin", "/bin"])
    result = subprocess.run(
        [str(word) for word in command], cwd=cwd, env=kept,
        capture_output=True, encoding="utf-8", timeout=600, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of this checkout."""
    folder = tmp_path_factory.mktemp("dist")
    how = ("--wheel", "--no-isolation", "--outdir")
    run(sys.executable, "-m", "build", *how, folder, ROOT, cwd=folder)
    (made,) = folder.iterdir()
    return made


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment that has the wheel and what it asks for, nothing else."""
    folder = tmp_path_factory.mktemp("environment") / "venv"
    uv = (sys.executable, "-m", "uv", "--quiet")
    run(*uv, "venv", "--python", sys.executable, folder, cwd=folder.parent)
    locked = ROOT / "requirements" / "runtime.txt"
    where = ("--python", folder / "bin" / "python", "--constraint", locked)
    run(*uv, "pip", "install", *where, wheel, cwd=folder.parent)
    return folder / "bin"


@pytest.fixture(scope="module")
def clinic(programs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clinic that was begun and built in an empty folder, as README says."""
    folder = tmp_path_factory.mktemp("elsewhere")
    run("stepwell", "new", "clinic", cwd=folder, path=programs)
    run("stepwell", "build", "--lang", "en", cwd=folder / "clinic", path=programs)
    return folder / "clinic"


def test_the_wheel_carries_what_a_build_needs(wheel: Path) -> None:
    """Templates, sample content and interface words are inside; tests and caches are not."""
    names = set(zipfile.ZipFile(wheel).namelist())
    assert wheel.name == f"stepwell-{__version__}-py3-none-any.whl"
    for folder, below in (("templates", "_templates"), ("pathways", "_starter")):
        files = (path for path in (ROOT / folder).rglob("*") if path.is_file())
        assert {f"stepwell/{below}/{path.relative_to(ROOT / folder)}" for path in files} <= names
    words = (ROOT / "generator" / "stepwell" / "locales").glob("*.po")
    assert {f"stepwell/locales/{path.name}" for path in words} <= names
    assert {name.partition("/")[0] for name in names} == {
        "stepwell", f"stepwell-{__version__}.dist-info",
    }  # fmt: skip
    assert [name for name in names if name.endswith((".pyc", ".tmp"))] == []


def test_the_wheel_is_what_runs(programs: Path, tmp_path: Path) -> None:
    """The program comes from the environment, not from this checkout, and is whole."""
    where = run(
        programs / "python", "-c", "import stepwell; print(stepwell.__file__)", cwd=tmp_path
    )
    assert Path(where.strip()).is_relative_to(programs.parent)
    said = run("stepwell", "--version", cwd=tmp_path, path=programs)
    assert said == f"stepwell, version {__version__}\n"
    assert "Everything that is needed is there." in run(
        "stepwell", "doctor", cwd=tmp_path, path=programs
    )


@pytest.mark.pdf
def test_a_clinic_is_built_outside_the_checkout(clinic: Path, real: Definitions) -> None:
    """In an empty folder, `new` and `build` make each file that the contract names."""
    expected = {"index.html", "manifest.json", "en/index.html", "en/search/pagefind.js"}
    for name, pathway in real.pathways.items():
        leaflets = [*(str(tier.id) for tier in pathway.tiers), "family", "while-you-wait"]
        printed = [*(f"leaflet-{one}" for one in leaflets), "pocket-guide", "pocket-guide-fold"]
        expected |= {f"en/{name}/index.html", *(f"en/print/{name}/{one}.pdf" for one in printed)}
    site = clinic / "site"
    assert [path for path in sorted(expected) if not (site / path).is_file()] == []
    rows = json.loads((site / "manifest.json").read_text("utf-8"))["files"]
    assert expected - {"manifest.json"} <= {row["path"] for row in rows}
    assert not (site / "es").exists()


def test_a_clinic_has_what_its_editor_needs(clinic: Path, programs: Path) -> None:
    """The new clinic has schemas for the editor, and `check` and `translate sync` work there."""
    first = (clinic / "pathways" / "site.yaml").read_text("utf-8").partition("\n")[0]
    assert (clinic / "pathways" / first.rpartition("=")[2]).resolve().is_file()
    run("stepwell", "check", cwd=clinic, path=programs)
    assert "0 missing" in run("stepwell", "translate", "sync", cwd=clinic, path=programs)
