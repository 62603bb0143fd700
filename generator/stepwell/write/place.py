"""Where a build is written and from what, and what a worker tells of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from stepwell.write.cache import Cache
from stepwell.write.parts import Parts
from stepwell.write.store import Store
from stepwell.write.tree import Tree

Told = tuple[str, str, str]
"""(code, path of the output, sentence) of something to be told."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a build is written and from what: folder, templates, images, store.

    `overrides` are the project's own templates, which come before `templates`. Without
    `parts`, all outputs are whole; `before` is the site that is published now, `known` the file
    with its inventory.
    """

    folder: Path
    templates: Path
    assets: Path
    store: Store
    overrides: Path | None = None
    parts: Parts | None = None
    before: Path | None = None
    known: Path | None = None

    @property
    def tree(self) -> Tree:
        """Where files are put."""
        return Tree(self.folder, self.before, self.known)

    def caches(self) -> tuple[Cache, Cache]:
        """Of PDFs, and of pictures of them."""
        return self.store.cache("pdf"), self.store.cache("thumbnails")


def damages(*caches: Cache) -> Iterator[Told]:
    """What is told of entries that were damaged, and are made anew by now."""
    return told(name for cache in caches for name in cache.damaged)


def told(damaged: Iterable[str]) -> Iterator[Told]:
    """The same by the names of entries."""
    for name in damaged:
        yield "SW611", name, "this entry of the cache was damaged; it was made anew"
