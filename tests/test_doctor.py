"""What `stepwell doctor` finds out, and the commands that it tells people to type."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib import metadata
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import pytest

from stepwell import doctor
from stepwell.write import pango

SUBSETTER = pango.Library("Subsetter", "s.so", "s.dylib", "libs0", "subsetter", needed=False)
LAYOUT = pango.Library("Layout", "l.so", "l.dylib", "libl0", "layout")


class Usage(NamedTuple):
    """What shutil.disk_usage answers, in bytes."""

    total: int
    used: int
    free: int


def named(findings: tuple[doctor.Finding, ...], name: str) -> doctor.Finding:
    """The one finding of a name."""
    (found,) = (finding for finding in findings if finding.name == name)
    return found


def requirements(*lines: str) -> Callable[[str], list[str]]:
    """Stands for importlib.metadata.requires."""
    return lambda _: list(lines)


def machine(monkeypatch: pytest.MonkeyPatch, *programs: str, platform: str = "linux") -> None:
    """Pretends to be a machine of an ordinary user that has only these programs."""
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(os, "getuid", lambda: 1000)
    monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}" if name in programs else None)


def test_weasyprint_is_not_imported(tmp_path: Path) -> None:
    """Examining a machine loads none of the libraries that it asks about."""
    heavy = "{'weasyprint', 'mkdocs', 'pydantic', 'uharfbuzz', 'fontTools', 'pagefind'}"
    code = (
        "import sys; from pathlib import Path; from stepwell.doctor import examine;"
        f"examine(Path({str(tmp_path)!r})); print(sorted({heavy} & set(sys.modules)))"
    )
    source = Path(doctor.__file__).parents[1]
    answer = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(source)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert (answer.stdout.strip(), answer.stderr) == ("[]", "")


def test_project_folder_is_left_as_it_was(tmp_path: Path) -> None:
    """The test for a writable folder leaves nothing in it."""
    findings = doctor.examine(tmp_path)
    assert named(findings, "output folder").ok
    assert list(tmp_path.iterdir()) == []


def test_without_a_project_only_the_machine_is_examined() -> None:
    """Outside a project there is no output folder to speak of."""
    assert "output folder" not in {finding.name for finding in doctor.examine(None)}


def test_whatever_is_wrong_has_a_remedy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """On a machine that has nothing, each finding says what to type, and nothing raises."""
    machine(monkeypatch, "apt-get")
    monkeypatch.setattr(metadata, "requires", requirements("nothing-like-it>=1,<2"))
    monkeypatch.setattr(doctor, "MINIMUM_PYTHON", (99, 0))
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**9, 10**9, 0))
    monkeypatch.setattr(doctor, "_files", lambda _: [])
    monkeypatch.setattr(pango, "probe", lambda: (LAYOUT, SUBSETTER))
    findings = doctor.examine(tmp_path / "absent")
    assert [finding.name for finding in findings if finding.ok] == []
    assert [finding.name for finding in findings if not finding.remedy] == []


def test_a_missing_package_is_named_with_its_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """The remedy installs the version that is needed, quoted for a shell, by this Python."""
    monkeypatch.setattr(
        metadata, "requires", requirements("nothing-like-it[extra]<2,>=1.5", "pytest>=1")
    )
    finding = named(doctor.examine(None), "nothing-like-it")
    assert (finding.ok, finding.needed, finding.detail) == (False, True, "is not installed")
    assert finding.remedy.endswith(" -m pip install 'nothing-like-it[extra]<2,>=1.5'")
    assert finding.remedy.startswith(sys.executable)
    assert named(doctor.examine(None), "pytest").ok


def test_a_package_outside_its_bounds_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is installed is compared with what is needed."""
    monkeypatch.setattr(metadata, "requires", requirements("pytest>=900,<901"))
    finding = named(doctor.examine(None), "pytest")
    assert not finding.ok
    assert finding.detail == f"{pytest.__version__}, needs >=900, <901"


def test_optional_packages_are_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """What only developers need is nobody's problem."""
    monkeypatch.setattr(metadata, "requires", requirements('nothing; extra == "dev"'))
    assert "nothing" not in {finding.name for finding in doctor.examine(None)}


def test_sources_that_are_not_installed_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without metadata what is needed is not known: the remedy installs the checkout."""

    def absent(name: str) -> list[str]:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "requires", absent)
    finding = named(doctor.examine(None), "stepwell")
    assert not finding.ok
    assert " -m pip install -e " in finding.remedy


@pytest.mark.parametrize(
    ("version", "requirement", "fits"),
    [
        ("9.8", "p>=9.8.0,<10", True),
        ("9.8.0", "p<10,>=9.8", True),
        ("9.10", "p>=9.9,<10", True),
        ("10.0", "p>=9.8,<10", False),
        ("2026.9.26.post1", "p>=2026.9,<2027", True),
        ("7.0rc1", "p>=7,<8", True),
        ("1.0", "p", True),
    ],
)
def test_versions_compare_as_numbers(version: str, requirement: str, fits: bool) -> None:
    """9.10 is newer than 9.9, and 9.8 is 9.8.0."""
    assert doctor._satisfies(version, requirement) is fits


@pytest.mark.parametrize(
    ("programs", "platform", "remedy"),
    [
        (("apt-get",), "linux", "sudo apt-get install -y libl0"),
        (("brew",), "darwin", "brew install layout"),
        ((), "linux", "install layout (in Debian: libl0) with the package manager of this system"),
    ],
)
def test_without_pango_the_remedy_fits_the_machine(
    programs: tuple[str, ...], platform: str, remedy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No Pango is no obstacle to the website, and the command is the one of this system."""
    machine(monkeypatch, *programs, platform=platform)
    monkeypatch.setattr(pango, "probe", lambda: (LAYOUT,))
    findings = doctor.examine(None)
    finding = named(findings, "Pango")
    assert (finding.ok, finding.needed, finding.remedy) == (False, False, remedy)
    assert finding.detail == "Layout not found: the website is built, but no PDF"
    assert named(findings, "HarfBuzz subsetter").ok


def test_root_needs_no_sudo(monkeypatch: pytest.MonkeyPatch) -> None:
    """A container has no sudo: root is told the bare command."""
    machine(monkeypatch, "apt-get")
    monkeypatch.setattr(os, "getuid", lambda: 0)
    monkeypatch.setattr(pango, "probe", lambda: (SUBSETTER,))
    finding = named(doctor.examine(None), "HarfBuzz subsetter")
    assert finding.remedy == "apt-get install -y libs0"
    assert named(doctor.examine(None), "Pango").ok


def test_a_pagefind_that_does_not_start_is_found(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A program for another system, or on a disk mounted noexec, is there and still no use."""
    program = tmp_path / "pagefind_extended"
    program.write_text("not a program", encoding="utf-8")
    monkeypatch.setattr(doctor, "_files", lambda _: [program])
    finding = named(doctor.examine(None), "Pagefind program")
    assert not finding.ok
    assert finding.detail.startswith("does not start: ")
    assert finding.remedy.endswith("'pagefind[extended]'")


def test_files_that_were_deleted_do_not_count(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The list that pip keeps is not believed: a font counts if it is on the disk."""

    class Recorded(PurePosixPath):
        """A line of pip's record."""

        def locate(self) -> Path:
            return tmp_path / self

    (tmp_path / "there.ttf").touch()
    record = [Recorded("there.ttf"), Recorded("gone.ttf"), Recorded("gone.txt")]
    monkeypatch.setattr(metadata, "files", lambda _: record)
    assert named(doctor.examine(None), "fonts of manimgx-fonts").detail == "1 files"


def test_a_folder_that_can_not_be_written_is_found(tmp_path: Path) -> None:
    """Where the site can't be put, the reason of the system is told."""
    finding = named(doctor.examine(tmp_path / "absent"), "output folder")
    assert not finding.ok
    assert finding.detail.endswith("No such file or directory")


def test_a_full_disk_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two sites stand side by side during a build: the space is looked at beforehand."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**9, 10**9 - 10**7, 10**7))
    finding = named(doctor.examine(None), "disk space")
    assert (finding.ok, finding.detail) == (False, "0.0 GB free, needs 0.5 GB")


def test_git_is_not_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A build works without git."""
    machine(monkeypatch, "brew", platform="darwin")
    finding = named(doctor.examine(None), "git")
    assert (finding.ok, finding.needed, finding.remedy) == (False, False, "brew install git")
