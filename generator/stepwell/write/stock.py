"""What a store holds: counted, looked through for damage, and kept within a size."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from stepwell.write.cache import Entry, Shelf, content_of


@dataclass(frozen=True, slots=True)
class Kind:
    """Entries of one kind: how many, their bytes, and when the oldest was last used."""

    name: str
    count: int
    size: int
    oldest: float


@dataclass(frozen=True, slots=True)
class Removed:
    """How many entries were taken away, and their bytes; how many bytes are left."""

    count: int
    size: int
    left: int


def stats(shelf: Shelf) -> tuple[Kind, ...]:
    """What is kept, by kind and name."""
    kinds: dict[str, list[Entry]] = {}
    for entry in shelf.listed():
        kinds.setdefault(entry.kind, []).append(entry)
    return tuple(
        Kind(name, len(found), sum(one.size for one in found), min(one.used for one in found))
        for name, found in sorted(kinds.items())
    )


def verify(shelf: Shelf, entries: Iterable[Entry], advance: Callable[[str], None]) -> list[str]:
    """The names of entries that are damaged; they are removed, to be made anew when needed."""
    damaged = []
    for entry in entries:
        content = shelf.read(entry.name)
        if content is not None and content_of(content) is None:
            shelf.remove(entry.name)
            damaged.append(entry.name)
        advance(entry.name)
    return sorted(damaged)


def prune(shelf: Shelf, most: int, since: float = 0.0) -> Removed:
    """Remove what was last used before `since`, then what was not for longest, to `most` bytes."""
    entries = sorted(shelf.listed(), key=lambda entry: (entry.used, entry.name))
    left = sum(entry.size for entry in entries)
    count = size = 0
    for entry in entries:
        if left <= most and entry.used >= since:
            break
        shelf.remove(entry.name)
        count, size, left = count + 1, size + entry.size, left - entry.size
    return Removed(count, size, left)
