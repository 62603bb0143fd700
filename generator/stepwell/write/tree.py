"""The files of a site that is made, beside those of the one that is published.

A file that is published with the same bytes becomes the same file in both: nothing is written,
the disk has less to do when the old site goes, and servers and browsers see its old date.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Tree:
    """A folder that a site is made in; `before` is what is published now, if anything is."""

    folder: Path
    before: Path | None = None

    def put(self, path: str, content: bytes) -> None:
        """Let a path below the folder have these bytes. OSError if that fails."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        # Never into a file that is there: it may be one that is published.
        target.unlink(missing_ok=True)
        if self.before is None or not self._linked(self.before / path, target, content):
            target.write_bytes(content)

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
