"""What was published, file by file, so that what still stands need not be read to be known.

A build leaves size, time and hash of each file that it published. A file with the same size and
time as then has the same bytes: so `git` knows what somebody changed, and so does `latest`.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

_DIGITS = 64

Row = tuple[int, int, str]
"""(bytes, nanoseconds of the last change, SHA-256 in hexadecimal) of a file."""


@dataclass(frozen=True, slots=True)
class Inventory:
    """Rows by path below the published folder."""

    rows: Mapping[str, Row] = field(default_factory=dict)

    @classmethod
    def of(cls, folder: Path, before: Inventory) -> Inventory:
        """What a folder holds now; of it, what is as in `before` is not read. OSError."""
        return cls(dict(sorted(_rows(folder, before))))

    @classmethod
    def at(cls, path: Path | None) -> Inventory:
        """The inventory in a file; an empty one if it is not there or damaged."""
        try:
            return _read(path, path.stat().st_mtime_ns) if path else cls()
        except OSError:
            return cls()

    def digest(self, path: str, looks: os.stat_result) -> str | None:
        """The hash of a file that looks like this now; None if it may have changed."""
        row = self.rows.get(path)
        same = row and stat.S_ISREG(looks.st_mode) and row[:2] == (looks.st_size, looks.st_mtime_ns)
        return row[2] if row and same else None

    def write(self, path: Path) -> None:
        """Write it to a file, as a whole. OSError if that fails."""
        text = json.dumps(self.rows).encode()
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_suffix(f".{os.getpid()}")
        new.write_bytes(digest_of(text).encode() + text)
        os.replace(new, path)


def _rows(folder: Path, before: Inventory) -> Iterator[tuple[str, Row]]:
    for inside, _, names in os.walk(folder):
        below = os.path.relpath(inside, folder).replace(os.sep, "/")
        for name in names:
            path, file = name if below == "." else f"{below}/{name}", os.path.join(inside, name)
            looks = os.stat(file)
            digest = before.digest(path, looks) or digest_of(Path(file).read_bytes())
            yield path, (looks.st_size, looks.st_mtime_ns, digest)


NOTHING = Inventory()
"""Where nothing was published before."""


@lru_cache(maxsize=1)
def _read(path: Path, changed: int) -> Inventory:
    """The inventory in a file that was changed at a time."""
    content = path.read_bytes()
    begun, text = content[:_DIGITS], content[_DIGITS:]
    if begun != digest_of(text).encode():
        return Inventory()
    return Inventory({name: (row[0], row[1], row[2]) for name, row in json.loads(text).items()})


def digest_of(content: bytes) -> str:
    """The hash of a content, as it stands in an inventory."""
    return hashlib.sha256(content).hexdigest()
