"""For which files a sync has nothing to do: remembered by the hash of all that it depends on.

The files themselves are part of that, so nothing is remembered for too long;
whoever deletes the cache loses only time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from stepwell import definitions
from stepwell.write.catalogs import Synced
from stepwell.write.store import Store


class Remembered:
    """What was synced of one project; `basis` are the files that all its pathways depend on."""

    def __init__(self, folder: Path, root: Path, basis: Sequence[str]) -> None:
        self._cache = Store.at(folder / "artifacts").cache("sync")
        self._root = root
        self._basis = _digest([_code(), *self._files(basis)])

    def key(self, folder: str, catalogs: Sequence[str]) -> str:
        """The hash of a pathway's YAML files and of its catalogs, as they are now."""
        found = sorted((self._root / folder).rglob("*.yaml"))
        paths = [path.relative_to(self._root).as_posix() for path in found]
        return _digest([self._basis.encode(), *self._files([*paths, *catalogs])])

    def _files(self, paths: Iterable[str]) -> Iterator[bytes]:
        """The name and the content of each file."""
        for path in paths:
            yield path.encode()
            yield (self._root / path).read_bytes() if (self._root / path).is_file() else b""

    def get(self, key: str) -> list[Synced] | None:
        """What a sync found, if it had nothing to do."""
        content = self._cache.get(key)
        if content is None:
            return None
        return [Synced(self._root / path, *counts) for path, *counts in json.loads(content)]

    def put(self, key: str, synced: Iterable[Synced]) -> None:
        """Remember that there is nothing to do. OSError if it can't be written."""
        rows = [
            [one.path.relative_to(self._root).as_posix(), one.current, one.stale, one.missing]
            for one in synced
        ]
        self._cache.put(key, json.dumps(rows).encode())


@lru_cache(maxsize=1)
def _code() -> bytes:
    """A digest of the modules that say what is a unit, and how an entry is written."""
    here = Path(__file__).parent
    modules = [
        *sorted(Path(definitions.__file__).parent.glob("*.py")),
        *sorted((here.parent / "load").glob("*.py")),
        here / "briefs.py", here / "catalogs.py", here.parent / "po.py",
    ]  # fmt: skip
    return _digest(module.read_bytes() for module in modules).encode()


def _digest(parts: Iterable[bytes]) -> str:
    """A hash that no other parts, or parts cut elsewhere, have."""
    made = hashlib.sha256()
    for part in parts:
        made.update(hashlib.sha256(part).digest())
    return made.hexdigest()
