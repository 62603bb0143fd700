"""The same tasks on the workers of a Dask cluster. Owns: distributed, the extra `cluster`.

All workers see the project's folder under the same path, on a volume that they share, and have
this version of Stepwell; each works with one thread, because printing is not made for more.
What a lost worker had begun is begun again by another: a task writes the same files whenever
it runs.
"""

from __future__ import annotations

import platform
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from stepwell import __version__

PATIENCE = "30s"
"""How long a scheduler and its first worker may take to answer."""
RETRIES = 3


class ClusterFault(Exception):
    """A cluster that can't be used; the message says why and what mends it."""


@contextmanager
def cluster(scheduler: str, shared: Path) -> Iterator[Executor]:
    """An executor over the workers of a scheduler (`tcp://host:8786`).

    `shared` is a folder that all of them must see. Raises ClusterFault.
    """
    try:
        import distributed
    except ImportError:
        remedy = "pip install 'stepwell[cluster]'"
        raise ClusterFault(f"a Dask cluster needs more packages: {remedy}") from None
    try:
        client = cast("Any", distributed).Client(scheduler, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterFault(f"no scheduler answers at {scheduler}: {error}") from None
    with client:
        _look(client, shared)
        yield client.get_executor(pure=False, retries=RETRIES)


def _look(client: Any, shared: Path) -> None:
    """That there are workers, and that each can do the work."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        remedy = "begin one with: dask worker --nthreads 1 ADDRESS"
        raise ClusterFault(f"the scheduler has no worker; {remedy}") from None
    for address, told in client.scheduler_info(n_workers=-1)["workers"].items():
        if told["nthreads"] != 1:
            remedy = "begin it with --nthreads 1, and as many of them as it has cores"
            raise ClusterFault(f"the worker {address} has {told['nthreads']} threads; {remedy}")
    wanted = (__version__, platform.python_version_tuple()[:2], True)
    for address, told in client.run(_ready, str(shared)).items():
        if told != wanted:
            raise ClusterFault(f"the worker {address} {_lack(told, shared)}")


def _ready(shared: str) -> tuple[str, tuple[str, ...], bool]:
    """In a worker: its version of Stepwell, that of Python, and whether it sees a folder."""
    return __version__, platform.python_version_tuple()[:2], Path(shared).is_dir()


def _lack(told: tuple[str, tuple[str, ...], bool], shared: Path) -> str:
    version, python, sees = told
    if not sees:
        return f"does not see {shared}; give all workers the project's folder under one path"
    return f"has Stepwell {version} and Python {'.'.join(python)}; install the same ones as here"
