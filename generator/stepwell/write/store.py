"""Where finished artifacts are kept: a folder of the project, or one that a fleet shares.

A folder is the default. Any other address (`s3://…`, `memory://…`) is reached with fsspec, in
`store_remote`. Entries are only ever whole: in a folder they are written aside and renamed.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from stepwell.write.cache import Cache, Entry, Shelf

DEFAULT_SIZE = 2_000_000_000
"""Bytes that a folder may hold after a build: fifty pathways in six languages take 0.6 of them."""
RECENT = 3600
"""Seconds within which an entry is not marked as used again."""
_NEW = ".new-"


@dataclass(frozen=True, slots=True)
class Store:
    """Entries of all kinds at an address: an absolute path, or what fsspec takes."""

    address: str

    @classmethod
    def at(cls, address: str | Path) -> Store:
        """The store at a folder or address. StoreFault if nothing can be kept there."""
        text = str(address)
        store = cls(text if "://" in text else os.path.abspath(text))
        store.shelf()
        return store

    @property
    def local(self) -> bool:
        """Whether it is a folder of this machine."""
        return "://" not in self.address

    def shelf(self) -> Shelf:
        """Its entries."""
        if self.local:
            return Folder(Path(self.address))
        from stepwell.write.store_remote import Remote

        return Remote(self.address)

    def cache(self, kind: str) -> Cache:
        """Its entries of one kind."""
        return Cache(self.shelf(), kind)


class Folder:
    """Entries in a folder, which need not be there yet; whoever dies leaves no half of one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, name: str) -> bytes | None:
        """The bytes of that name; None if there are none, or they can't be read."""
        try:
            content = (self.folder / name).read_bytes()
        except OSError:
            return None
        self.mark(name)
        return content

    def mark(self, name: str) -> None:
        """An entry is used. Of a folder that is only read from it can't be told."""
        path = self.folder / name
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > RECENT:
                os.utime(path)

    def write(self, name: str, content: bytes) -> None:
        """Let the name have these bytes. OSError if that fails; then the old ones stand."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, new = tempfile.mkstemp(dir=path.parent, prefix=_NEW)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(new, path)
        except BaseException:
            Path(new).unlink(missing_ok=True)
            raise

    def remove(self, name: str) -> None:
        """Remove an entry, if it is still there."""
        (self.folder / name).unlink(missing_ok=True)

    def listed(self) -> Iterator[Entry]:
        """All entries, and what writers that were killed have left."""
        for path in self.folder.glob("*/*/*"):
            with suppress(FileNotFoundError):  # somebody else removed it
                state = path.stat()
                if path.is_file():
                    name = path.relative_to(self.folder).as_posix()
                    yield Entry(name, state.st_size, state.st_mtime)
