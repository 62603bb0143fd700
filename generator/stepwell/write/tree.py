"""The files of a site that is made, beside those of the one that is published.

A file that is published with the same bytes becomes the same file in both: nothing is written,
the disk has less to do when the old site goes, and servers and browsers see its old date.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from stepwell.write.inventory import Inventory


@dataclass(frozen=True, slots=True)
class Tree:
    """A folder that a site is made in; `before` is what is published now, if anything is.

    `known` is the file with the inventory of what is published.
    """

    folder: Path
    before: Path | None = None
    known: Path | None = None

    def put(self, path: str, content: bytes) -> None:
        """Let a path below the folder have these bytes.

        OSError if that fails, ValueError for a path that leads out of the folder.
        """
        target = self._cleared(path)
        if self.before is None or not self._linked(self.before / path, target, content):
            target.write_bytes(content)

    def keep(self, digests: Mapping[str, str]) -> bool:
        """Let paths be what is published at them, if all of it has these hashes; whether it has.

        Nothing is read for it. OSError and ValueError as in `put`.
        """
        if self.before is None:
            return False
        inventory = Inventory.at(self.known)
        for path, digest in digests.items():
            target, old = self._cleared(path), self.before / path
            try:
                if inventory.digest(path, old.lstat()) != digest:
                    return False
                os.link(old, target, follow_symlinks=False)
            except OSError:
                return False
        return True

    def _cleared(self, path: str) -> Path:
        """The place of a path, with nothing there.

        Nothing is ever written into a file that is there: it may be one that is published.
        """
        if path.startswith("/") or ".." in path.split("/"):
            raise ValueError(f"not a path below the site: {path!r}")
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        return target

    def _linked(self, old: Path, target: Path, content: bytes) -> bool:
        """Whether a published file has these bytes and could be made the target too."""
        with suppress(OSError):
            looks = old.lstat()
            if not stat.S_ISREG(looks.st_mode) or looks.st_size != len(content):
                return False
            if old.read_bytes() == content:
                os.link(old, target, follow_symlinks=False)
                return True
        return False
