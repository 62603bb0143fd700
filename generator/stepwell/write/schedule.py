"""All parallel work, through one executor. A failed task names what it was making."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import forkserver, resource_tracker
from pathlib import Path
from typing import Any

READY = ("stepwell.workshop", "stepwell.render.warm", "stepwell.write.warm")
"""The modules that workers begin with."""


@dataclass(frozen=True, slots=True)
class Task:
    """A picklable call, what it is called, and how many outputs it makes."""

    name: str
    call: Callable[..., Any]
    arguments: tuple[Any, ...] = field(repr=False)
    outputs: int = 1


class TaskFailed(Exception):
    """A task raised; the message names the artifact, the cause is the error."""


@dataclass(frozen=True, slots=True)
class Crew:
    """Who does the work: processes here, one a core unless told otherwise, or a Dask cluster."""

    processes: int | None = None
    scheduler: str = ""

    @contextmanager
    def gathered(self, shared: Path) -> Iterator[Executor]:
        """The executor of this crew; `shared` is a folder that all of it must see.

        Raises cluster.ClusterFault.
        """
        if not self.scheduler:
            with executor(self.processes) as pool:
                yield pool
            return
        from stepwell.write.cluster import cluster

        with cluster(self.scheduler, shared) as pool:
            yield pool


HERE = Crew()
"""The processors of this machine."""


@contextmanager
def executor(processes: int | None = None, ready: tuple[str, ...] = READY) -> Iterator[Executor]:
    """A process pool of warm workers, one a core unless told otherwise.

    On Linux they are forked from a server that has loaded the modules that they need (see
    `prepare`); an error or Ctrl-C cancels what has not begun.
    """
    prepare(ready)
    context = multiprocessing.get_context("forkserver" if sys.platform == "linux" else "spawn")
    pool = ProcessPoolExecutor(
        processes or available_cores(), mp_context=context, initializer=_begin_worker
    )
    try:
        _start_workers(pool)
        yield pool
    except BaseException:
        pool.shutdown(wait=True, cancel_futures=True)
        raise
    pool.shutdown()


def prepare(ready: tuple[str, ...] = READY) -> None:
    """Let the server load what workers need, while this process reads what they work on."""
    if sys.platform == "linux":
        multiprocessing.set_forkserver_preload([*ready])
        resource_tracker.ensure_running()  # or its start, amid the next one, would let Ctrl-C in
        with _undisturbed():
            forkserver.ensure_running()


def _start_workers(pool: Executor) -> None:
    with _undisturbed():
        pool.submit(available_cores)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Ctrl-C waits, also in what is started: amid this, it would show the inside of the program."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin_worker() -> None:
    """In a worker: end without a word at Ctrl-C, and when the build is killed."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def available_cores() -> int:
    """The cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Jobs:
    """Tasks given to an executor, to be waited for together."""

    def __init__(self, pool: Executor) -> None:
        self._pool = pool
        self._tasks: dict[Future[Any], Task] = {}

    def begin(self, task: Task) -> None:
        """Give a task to the executor; tasks begin in the order in which they are given."""
        self._tasks[self._pool.submit(task.call, *task.arguments)] = task

    def finished(self) -> Iterator[tuple[Task, Any]]:
        """(task, its result) as they finish. Raises TaskFailed for the first that fails."""
        for future in as_completed(self._tasks):
            task = self._tasks[future]
            try:
                result = future.result()
            except Exception as error:
                for other in self._tasks:
                    other.cancel()
                raise TaskFailed(f"{task.name}: {type(error).__name__}: {error}") from error
            yield task, result
