"""Runs builds in fresh processes: seconds, work, and the memory of the main process."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import time
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.processes import processes

LOOK = 0.05
"""Seconds between looks at memory and work."""
_WORDS = 600


class Failed(Exception):
    """A program of a build failed; the text is the end of what it said."""


@dataclass(frozen=True, slots=True)
class Step:
    """A program with its arguments, the folder it runs in, and its variables."""

    arguments: tuple[str, ...]
    folder: Path
    variables: Mapping[str, str] = field(default_factory=lambda: dict(os.environ), repr=False)


@dataclass(frozen=True, slots=True)
class Build:
    """One way to build something: its steps, `at_once` of them at a time.

    `made` are the files and folders that it makes, removed before each cold run, and `counted`
    those in which pages and PDFs are counted after it.
    """

    name: str
    steps: tuple[Step, ...]
    made: tuple[Path, ...] = ()
    counted: Path | None = None
    at_once: int = 1


@dataclass(frozen=True, slots=True)
class Timed:
    """A run of a build: seconds of the clock and of processors, largest main process in bytes."""

    seconds: float
    worked: float
    memory: int
    pages: int = 0
    papers: int = 0


def timed(build: Build, *, cold: bool = True) -> Timed:
    """Run a build; a cold one has nothing of what it made before. Raises Failed."""
    for path in build.made if cold else ():
        if path.is_dir():
            shutil.rmtree(path)
        path.unlink(missing_ok=True)
    before = os.times()
    begin = time.perf_counter()
    with ThreadPoolExecutor(build.at_once) as pool:
        found = list(pool.map(_run, build.steps))
    seconds = time.perf_counter() - begin
    after = os.times()
    # What is counted here lacks workers that a server forked, what was seen lacks the last moment.
    worked = max(sum(after[2:4]) - sum(before[2:4]), sum(worked for _, worked in found))
    memory = max(memory for memory, _ in found)
    return Timed(seconds, worked, memory, _count(build, "*.html"), _count(build, "*.pdf"))


def _run(step: Step) -> tuple[int, float]:
    """Run a program to its end; bytes that it had itself at most, seconds that all in it worked."""
    process = subprocess.Popen(
        step.arguments, cwd=step.folder, env=dict(step.variables), start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
    )  # fmt: skip
    most, worked = 0, dict[int, float]()
    while True:
        try:
            said, _ = process.communicate(timeout=LOOK)
            break
        except subprocess.TimeoutExpired:
            most = max(most, _peak(process.pid))
            seen = processes(process.pid)
            worked |= {number: seconds for number, (_, seconds) in seen.items()}
    if process.returncode:
        raise Failed(f"{Path(step.arguments[0]).name}: {said.strip()[-_WORDS:]}")
    return most, sum(worked.values())


def _peak(number: int) -> int:
    """The most memory that a running process has had so far, in bytes."""
    try:
        lines = Path(f"/proc/{number}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")), 0)


def _count(build: Build, pattern: str) -> int:
    return sum(1 for _ in build.counted.rglob(pattern)) if build.counted else 0


def median(runs: Iterable[Timed]) -> Timed:
    """The run whose measures are the medians of all."""
    found = list(runs)
    return Timed(
        statistics.median(one.seconds for one in found),
        statistics.median(one.worked for one in found),
        int(statistics.median(one.memory for one in found)),
        found[-1].pages,
        found[-1].papers,
    )
