"""Finished artifacts by the hash of their inputs, in a store that can be deleted at any time.

An entry begins with the hash of its content: a damaged one is not an entry. Whoever finds one
makes it anew, and can tell which it was.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

_DIGEST = 32


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry: its name (`kind/ab/cdef…`), its bytes, and when it was last used or written."""

    name: str
    size: int
    used: float

    @property
    def kind(self) -> str:
        """What is kept: pdf, thumbnails, …"""
        return self.name.partition("/")[0]


class Shelf(Protocol):
    """Bytes by name, in a folder or far away (see `store`)."""

    def read(self, name: str) -> bytes | None:
        """The bytes of that name; None if there are none."""

    def write(self, name: str, content: bytes) -> None:
        """Let the name have these bytes. OSError if that fails."""

    def mark(self, name: str) -> None:
        """An entry is of use, though it is not read."""

    def remove(self, name: str) -> None:
        """Remove an entry, if it is still there."""

    def listed(self) -> Iterator[Entry]:
        """All entries, in no order."""


class StoreFault(Exception):
    """An address that nothing can be kept at; the message says why and what mends it."""


class Cache:
    """Entries of one kind. Keys are hex digests."""

    def __init__(self, shelf: Shelf, kind: str) -> None:
        self._shelf = shelf
        self._kind = kind
        self.damaged: list[str] = []
        """The names of entries that were asked for and are damaged."""

    def get(self, key: str) -> bytes | None:
        """The content kept under a key; None if there is none or it is damaged."""
        name = self._name(key)
        entry = self._shelf.read(name)
        if entry is None:
            return None
        if (content := content_of(entry)) is None:
            self.damaged.append(name)
        return content

    def mark(self, *keys: str) -> None:
        """Entries are of use, though nobody has to read them now."""
        for key in keys:
            self._shelf.mark(self._name(key))

    def put(self, key: str, content: bytes) -> None:
        """Keep a content. OSError if it can't be written."""
        entry = hashlib.sha256(content).digest() + content
        self._shelf.write(self._name(key), entry)

    def _name(self, key: str) -> str:
        return f"{self._kind}/{key[:2]}/{key[2:]}"


def content_of(entry: bytes) -> bytes | None:
    """What is kept in an entry; None if it is damaged."""
    content = entry[_DIGEST:]
    return content if hashlib.sha256(content).digest() == entry[:_DIGEST] else None
