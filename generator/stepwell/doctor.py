"""What this machine needs for a build, what it has, and the command that mends the rest.

Nothing is imported to find out: versions come from the metadata of installed
packages, system libraries are asked for in `write.pango`. So it answers where
`import weasyprint` would fail. `cli` prints the findings.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from stepwell.write import pango

MINIMUM_PYTHON = (3, 11)
MINIMUM_FREE = 500_000_000  # bytes: two sites side by side, the cache and temporary files
FONTS = (
    "fontpkg-open-sans",
    "fontpkg-source-serif-4",
    "fontpkg-ibm-plex-sans-arabic",
    "fontpkg-almarai",
    "manimgx-fonts",
    "manimgx-fonts-cjk",
)
FONT_SUFFIXES = {".ttf", ".otf", ".ttc"}
BOUND = re.compile(r"(>=|<)\s*([\w.]+)")  # all that pyproject.toml uses


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    `detail` is a phrase for people, `remedy` the command to type or empty.
    Where `needed` is false, a build works without it, less well.
    """

    name: str
    ok: bool
    detail: str
    remedy: str = ""
    needed: bool = True


def examine(project_root: Path | None) -> tuple[Finding, ...]:
    """Everything that a build needs, in the order in which it should be mended.

    With a project's root, its folder is looked at too; without, the present
    folder's disk. Takes about 0.1 s, writes nothing that stays, never raises.
    """
    return (
        _python(),
        *_distributions(),
        *_libraries(),
        *(_font(name) for name in FONTS),
        _pagefind(),
        *([_writable(project_root)] if project_root else []),
        _disk(project_root or Path.cwd()),
        _git(),
    )


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    ok = sys.version_info[:2] >= MINIMUM_PYTHON
    wanted = ".".join(map(str, MINIMUM_PYTHON))
    remedy = "" if ok else _install(f"python{wanted}", f"python@{wanted}")
    return Finding("Python", ok, version if ok else f"{version}, needs {wanted} or newer", remedy)


def _distributions() -> Iterator[Finding]:
    """A finding for each package that the metadata of Stepwell names."""
    try:
        requirements = metadata.requires("stepwell") or []
    except metadata.PackageNotFoundError:
        checkout = Path(__file__).resolve().parents[2]
        editable = (checkout / "pyproject.toml").is_file()
        remedy = _pip("-e", str(checkout)) if editable else _pip("stepwell")
        yield Finding("stepwell", False, "runs without being installed", remedy)
        return
    for requirement in sorted(requirements):
        if "extra ==" not in requirement:
            yield _distribution(requirement.partition(";")[0].strip())


def _distribution(requirement: str) -> Finding:
    name = re.split(r"[\s\[<>=!~(]", requirement, maxsplit=1)[0]
    version = _version(name)
    if version is None:
        return Finding(name, False, "is not installed", _pip(requirement))
    if not _satisfies(version, requirement):
        wanted = ", ".join("".join(bound) for bound in BOUND.findall(requirement))
        return Finding(name, False, f"{version}, needs {wanted}", _pip(requirement))
    return Finding(name, True, version)


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _satisfies(version: str, requirement: str) -> bool:
    have = _numbers(version)
    return all(
        have >= _numbers(bound) if operator == ">=" else have < _numbers(bound)
        for operator, bound in BOUND.findall(requirement)
    )


def _numbers(version: str) -> tuple[int, ...]:
    release = re.match(r"\d+(?:\.\d+)*", version)
    numbers = [int(part) for part in release.group().split(".")] if release else []
    while numbers and numbers[-1] == 0:  # 9.8 and 9.8.0 are the same
        numbers.pop()
    return tuple(numbers)


def _libraries() -> Iterator[Finding]:
    """Pango with what it loads, without which no PDF; the subsetter, without which slow ones."""
    missing = pango.probe()
    needed = tuple(library for library in missing if library.needed)
    faster = tuple(library for library in missing if not library.needed)
    yield _library("Pango", needed, "the website is built, but no PDF")
    yield _library("HarfBuzz subsetter", faster, "each PDF takes 4 to 40 times as long")


def _library(name: str, missing: tuple[pango.Library, ...], without: str) -> Finding:
    if not missing:
        return Finding(name, True, "found", needed=False)
    packages = {library.apt: library.brew for library in missing}
    remedy = _install(" ".join(packages), " ".join(dict.fromkeys(packages.values())))
    names = ", ".join(library.name for library in missing)
    return Finding(name, False, f"{names} not found: {without}", remedy, needed=False)


def _files(distribution: str) -> list[Path]:
    """The files of an installed package that are really there; none if it isn't."""
    try:
        files = metadata.files(distribution) or []
    except metadata.PackageNotFoundError:
        return []
    return [path for path in (Path(str(file.locate())) for file in files) if path.is_file()]


def _font(distribution: str) -> Finding:
    name = f"fonts of {distribution}"
    count = sum(path.suffix.lower() in FONT_SUFFIXES for path in _files(distribution))
    if count:
        return Finding(name, True, f"{count} files")
    return Finding(name, False, "no font files found", _pip("--force-reinstall", distribution))


def _pagefind() -> Finding:
    """The search index is made by a program inside a package: it must be there and run."""
    remedy = _pip("--force-reinstall", "pagefind[extended]")
    found = [file for file in _files("pagefind_bin_extended") if file.stem == "pagefind_extended"]
    if not found:
        return Finding("Pagefind program", False, "not found: pages can't be searched", remedy)
    try:
        answer = subprocess.run(
            [found[0], "--version"], capture_output=True, text=True, timeout=10, check=True
        )
    except (OSError, subprocess.SubprocessError) as problem:
        return Finding("Pagefind program", False, f"does not start: {problem}", remedy)
    return Finding("Pagefind program", True, answer.stdout.strip())


def _writable(root: Path) -> Finding:
    """The site is switched in by a rename, so its parent has to be writable."""
    try:
        with tempfile.TemporaryFile(dir=root):
            return Finding("output folder", True, f"{root / 'site'} can be written")
    except OSError as problem:
        who = shlex.join(["chown", "-R", str(os.getuid()), str(root)]) if _posix() else ""
        detail = f"nothing can be written in {root}: {problem.strerror}"
        return Finding("output folder", False, detail, f"sudo {who}" if who else "")


def _disk(folder: Path) -> Finding:
    try:
        free = shutil.disk_usage(folder).free
    except OSError as problem:
        return Finding("disk space", True, f"not known: {problem.strerror}")
    detail = f"{free / 1e9:.1f} GB free"
    if free >= MINIMUM_FREE:
        return Finding("disk space", True, detail)
    needs = f"{detail}, needs {MINIMUM_FREE / 1e9:.1f} GB"
    return Finding("disk space", False, needs, "stepwell clean")


def _git() -> Finding:
    found = shutil.which("git")
    if found:
        return Finding("git", True, found, needed=False)
    detail = "not found: only needed to keep the history of your pathways"
    return Finding("git", False, detail, _install("git", "git"), needed=False)


def _pip(*arguments: str) -> str:
    return shlex.join([sys.executable, "-m", "pip", "install", *arguments])


def _posix() -> bool:
    return hasattr(os, "getuid")


def _install(apt: str, brew: str) -> str:
    """The command that installs a package here; where it is not known, words."""
    if sys.platform == "darwin":
        return f"brew install {brew}"
    if shutil.which("apt-get") is None:
        return f"install {brew} (in Debian: {apt}) with the package manager of this system"
    sudo = "sudo " if _posix() and os.getuid() else ""
    return f"{sudo}apt-get install -y {apt}"
