"""A cold build on a Dask cluster of this machine, with one worker and with two, in turns."""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.bench.peers import sample

PATHWAYS = 10
BOUND = 1.8
Build = Callable[[Path, str], object]
"""Builds a project on the cluster of a scheduler."""


def seconds(build: Build, times: int) -> Iterator[tuple[int, list[float]]]:
    """(number of workers, seconds of each build); each build begins with fresh workers."""
    taken: dict[int, list[float]] = {1: [], 2: []}
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "source"
        source.mkdir()
        sample.project(source, PATHWAYS)
        for _ in range(times):
            for workers, found in taken.items():
                root = Path(folder) / "project"
                shutil.copytree(source, root)
                found.append(_timed(build, root, workers))
                shutil.rmtree(root)
    yield from taken.items()


def _timed(build: Build, root: Path, workers: int) -> float:
    import distributed

    make: Any = distributed.LocalCluster
    with make(n_workers=workers, threads_per_worker=1, dashboard_address=":0") as cluster:
        begin = time.perf_counter()
        build(root, cluster.scheduler_address)
        return time.perf_counter() - begin


def figures(build: Build, times: int) -> Iterator[tuple[str, float, str]]:
    """(what, median or ratio, unit)."""
    medians = {workers: statistics.median(found) for workers, found in seconds(build, times)}
    for workers, median in medians.items():
        name = f"cold build of {PATHWAYS} small pathways, {workers} Dask worker"
        yield name + "s" * (workers > 1), median, "s"
    yield f"two Dask workers against one (at least {BOUND})", medians[1] / medians[2], "times"
