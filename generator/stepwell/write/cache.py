"""Finished artifacts by the hash of their inputs, in a folder that can be deleted at any time.

An entry begins with the hash of its content: a damaged one is not an entry. It
is written to a temporary file and renamed, so that none is ever half there.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

_DIGEST = 32


class Cache:
    """Entries of one kind below a folder. Keys are hex digests."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, key: str) -> bytes | None:
        """The content kept under a key; None if there is none or it is damaged."""
        try:
            entry = self._path(key).read_bytes()
        except OSError:
            return None
        content = entry[_DIGEST:]
        return content if hashlib.sha256(content).digest() == entry[:_DIGEST] else None

    def put(self, key: str, content: bytes) -> None:
        """Keep a content. OSError if it can't be written."""
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(hashlib.sha256(content).digest() + content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(name, path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key[2:]
