"""A store at any address that fsspec reaches, such as `s3://bucket/stepwell`. Owns: fsspec.

What is stored there arrives whole or not at all; where a system can't promise that, the hash in
an entry finds what is torn. Access is granted by the environment, never by a file of a project.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import fsspec

from stepwell.write.cache import Entry, StoreFault

_TIMES = ("LastModified", "mtime", "updated", "last_modified", "created")
"""What systems call the time of an entry."""


class Remote:
    """Entries below an address. Errors of the network are OSErrors."""

    def __init__(self, address: str) -> None:
        if not address.partition("://")[0]:
            raise StoreFault("An address begins with its kind, such as s3://bucket/stepwell")
        try:
            self._system, self._root = fsspec.core.url_to_fs(address)
        except (ValueError, ImportError) as error:
            raise StoreFault(f"Nothing can be kept at {_told(address)}: {error}") from None

    def read(self, name: str) -> bytes | None:
        """The bytes of that name; None if there are none."""
        try:
            content: bytes = self._system.cat_file(self._path(name))
        except FileNotFoundError:
            return None
        return content

    def mark(self, name: str) -> None:
        """Nothing: when an entry was used is not known far away."""

    def write(self, name: str, content: bytes) -> None:
        """Let the name have these bytes."""
        path = self._path(name)
        self._system.makedirs(path.rpartition("/")[0], exist_ok=True)
        self._system.pipe_file(path, content)

    def remove(self, name: str) -> None:
        """Remove an entry, if it is still there."""
        if self._system.exists(self._path(name)):
            self._system.rm_file(self._path(name))

    def listed(self) -> Iterator[Entry]:
        """All entries; when one was used is not known far away, only when it was written."""
        found: dict[str, dict[str, Any]] = self._system.find(self._root, detail=True)
        start = len(self._root.rstrip("/")) + 1
        for path, told in found.items():
            if told.get("type") == "file":
                yield Entry(path[start:], int(told.get("size") or 0), _written(told))

    def _path(self, name: str) -> str:
        return f"{self._root.rstrip('/')}/{name}"


def _written(told: dict[str, Any]) -> float:
    """When an entry was written, in seconds since 1970; 0 if its system does not say."""
    for name in _TIMES:
        value = told.get(name)
        if isinstance(value, datetime.datetime):
            return value.timestamp()
        if isinstance(value, int | float):
            return float(value)
    return 0.0


def _told(address: str) -> str:
    """An address as it may be shown: a name and password before its host are not."""
    protocol, _, rest = address.partition("://")
    return f"{protocol}://{rest.rpartition('@')[2]}"
