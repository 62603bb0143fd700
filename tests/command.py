"""Runs `stepwell` as people do: in a process of its own, from these sources."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

COMMAND = (sys.executable, "-c", "from stepwell.cli import main; main(prog_name='stepwell')")


def environment(**changes: str) -> dict[str, str]:
    """The variables of a process that finds the package, with some set."""
    return {**os.environ, "PYTHONPATH": str(ROOT / "generator"), **changes}


def stepwell(*arguments: str, cwd: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    """Runs a command to its end; keywords are variables of its environment."""
    return subprocess.run(
        [*COMMAND, *arguments], cwd=cwd, env=environment(**changes),
        capture_output=True, encoding="utf-8", stdin=subprocess.DEVNULL, timeout=300, check=False,
    )  # fmt: skip
