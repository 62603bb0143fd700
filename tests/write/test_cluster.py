"""A Dask cluster makes the same site, also when it loses a worker; what it lacks is said."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.command import environment, stepwell
from tests.conftest import TODAY

from stepwell import __version__, pipeline
from stepwell.progress import Advance, Silent
from stepwell.project import Project
from stepwell.write import cluster as module
from stepwell.write.cluster import ClusterFault, cluster
from stepwell.write.schedule import Crew, Jobs, Task, TaskFailed
from stepwell.write.store import Store


@contextmanager
def local_cluster(workers: int, threads: int = 1) -> Iterator[str]:
    """The address of a scheduler with workers on this machine."""
    distributed: Any = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=workers, threads_per_worker=threads, dashboard_address=":0",
        env={"PYTHONPATH": environment()["PYTHONPATH"]},
    ) as running:  # fmt: skip
        yield running.scheduler_address


@pytest.fixture(scope="module")
def two() -> Iterator[str]:
    """A cluster of two workers."""
    with local_cluster(2) as address:
        yield address


def tree(folder: Path) -> dict[str, bytes]:
    """Path -> content of each file below a folder."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def build(root: Path, store: Store, crew: Crew, progress: Any) -> dict[str, bytes]:
    """The site that a crew makes of a project, with a store that others share."""
    options = pipeline.Options(root / "site", crew=crew, store=store)
    assert pipeline.build(Project(root), options, TODAY, progress).published
    return tree(root / "site")


class Killing(Silent):
    """Kills a worker of a cluster as soon as the first task is done."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.killed: list[int] = []

    @contextmanager
    def bar(self, what: str, total: int) -> Iterator[Advance]:
        """The bar that is the signal."""
        yield self._advance

    def _advance(self, name: str) -> None:
        if not self.killed:
            distributed: Any = pytest.importorskip("distributed")
            with distributed.Client(self.address, set_as_default=False) as client:
                self.killed += list(client.run(os.getpid).values())
            os.kill(self.killed[0], signal.SIGKILL)


@pytest.mark.pdf
def test_a_cluster_that_loses_a_worker_makes_the_same(
    two: str, small: Path, built: Path, tmp_path: Path
) -> None:
    """From nothing, one of two workers killed amid the work: each byte is as it was made here."""
    shutil.copytree(built / ".stepwell" / "fonts", small / ".stepwell" / "fonts")
    progress, store = Killing(two), Store.at(tmp_path / "shared")
    made = build(small, store, Crew(scheduler=two), progress)
    assert made == tree(built / "site")
    assert len(progress.killed) == 2
    assert {entry.kind for entry in store.shelf().listed()} >= {"pdf", "thumbnails"}


def test_a_failed_task_names_its_artifact(two: str, small: Path) -> None:
    """A task that fails on a worker is told as one that fails here."""
    with Crew(scheduler=two).gathered(small) as pool:
        jobs = Jobs(pool)
        jobs.begin(Task("PDFs en/print/x.pdf …", int, ("no number",)))
        with pytest.raises(TaskFailed, match=r"PDFs en/print/x\.pdf …: ValueError"):
            list(jobs.finished())


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (("0.0.1", ("3", "11"), True), "has Stepwell 0.0.1 and Python 3.11"),
        ((__version__, ("3", "99"), True), "and Python 3.99; install the same"),
        ((__version__, ("3", "11"), False), "does not see"),
    ],
)
def test_a_worker_that_is_not_ready_is_told(
    two: str, small: Path, found: object, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another version, or a folder that is not shared: nothing begins."""
    monkeypatch.setattr(module, "_ready", lambda shared: found)
    with pytest.raises(ClusterFault, match=said), cluster(two, small):
        pass


def test_workers_have_one_thread(small: Path) -> None:
    """Printing is not made for threads: a worker with two is told how to begin."""
    with (
        local_cluster(1, threads=2) as address,
        pytest.raises(ClusterFault, match="has 2 threads; begin it with --nthreads 1"),
        cluster(address, small),
    ):
        pass


def test_a_cluster_that_is_not_there(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No scheduler, or none named: a line that says what to do, and nothing is published."""
    monkeypatch.setattr(module, "PATIENCE", "1s")
    with (
        pytest.raises(ClusterFault, match="no scheduler answers at"),
        cluster("tcp://127.0.0.1:9", small),
    ):
        pass
    told = stepwell("build", "--executor", "dask", cwd=small)
    assert (told.returncode, "--scheduler tcp://host:8786" in told.stderr) == (2, True)
    assert not (small / "site").exists()
