"""All parallel work, through one executor. A failed task names what it was making."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

WARM = "stepwell.write.warm"


@dataclass(frozen=True, slots=True)
class Task:
    """A picklable call, what it makes, and how much work it is beside the others."""

    name: str
    call: Callable[..., Any]
    arguments: tuple[Any, ...] = field(repr=False)
    weight: int = 1


class TaskFailed(Exception):
    """A task raised; the message names the artifact, the cause is the error."""


@contextmanager
def executor(processes: int | None = None) -> Iterator[Executor]:
    """A process pool of warm workers, one a core unless told otherwise.

    On Linux they are forked from a server that has loaded what they need; an
    error or Ctrl-C cancels what has not begun.
    """
    context = multiprocessing.get_context("forkserver" if sys.platform == "linux" else "spawn")
    if sys.platform == "linux":
        multiprocessing.set_forkserver_preload([WARM])
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


def _start_workers(pool: Executor) -> None:
    """Start them while Ctrl-C waits: amid this, it would show the inside of the program."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        pool.submit(available_cores)
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


def run(pool: Executor, tasks: Sequence[Task]) -> Iterator[tuple[Task, Any]]:
    """(task, its result) as they finish, the heaviest started first. Raises TaskFailed."""
    heavy_first = sorted(tasks, key=lambda task: (-task.weight, task.name))
    futures = {pool.submit(task.call, *task.arguments): task for task in heavy_first}
    for future in as_completed(futures):
        task = futures[future]
        try:
            result = future.result()
        except Exception as error:
            for other in futures:
                other.cancel()
            raise TaskFailed(f"{task.name}: {type(error).__name__}: {error}") from error
        yield task, result
