"""Whether a build would make again what already stands: then there is nothing to do.

A published build leaves a note below `.stepwell/latest/`: the hash of all that it was made
from, what its site looked like on the disk, and what was said of it. This module asks only
the disk and imports nothing that builds, so that the question costs less than the answer.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from stepwell import __version__
from stepwell.diagnostics import Diagnostic, Diagnostics
from stepwell.project import Project, packaged, staged
from stepwell.source import SourceFile, Span


@dataclass(frozen=True)
class Told:
    """What the last build said: its problems with the files that they are in, and its counts."""

    diagnostics: Diagnostics
    files: dict[str, SourceFile]
    counts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Latest:
    """The last build of a project to a folder; `asked` is everything else that it depends on."""

    project: Project
    out: Path
    asked: tuple[str, ...]

    def basis(self) -> str:
        """The hash of all that a build is made from: content, templates, our code, libraries.

        The files of a project count by what is in them, our own and those of libraries by their
        names, sizes and times.
        """
        made = hashlib.sha256()
        here = Path(__file__).parent
        for part in (*_versions(), *self.asked, *_looks(here), *_looks(packaged("templates"))):
            made.update(f"{part}\0".encode())
        for folder in (self.project.content, self.project.overrides):
            for path, _ in _files(folder):
                content = Path(folder, path).read_bytes()
                made.update(f"{path}\0{len(content)}\0".encode() + content)
        return made.hexdigest()

    def unchanged(self, basis: str) -> Told | None:
        """What the last build said, if one of this basis stands as it was published; else None.

        Where a build was killed it is None as well: the next one has to sweep.
        """
        if any(self.out.parent.glob(f"{staged(self.out)}*")):
            return None
        try:
            digest, _, text = self._path.read_bytes().partition(b"\n")
        except OSError:
            return None
        if digest != _digest(text):
            return None
        note = json.loads(text)
        same = note["basis"] == basis and note["site"] == self._site()
        return self._told(note) if same else None

    def keep(self, basis: str, told: Told) -> None:
        """Leave the note of a build that was just published. OSError if it can't be written.

        Of a project that was changed meanwhile there is none: nobody knows what was read.
        """
        self._path.unlink(missing_ok=True)
        if self.basis() != basis:
            return
        rows = [_row(one) for one in told.diagnostics.sorted()]
        note = {"basis": basis, "site": self._site(), "counts": told.counts, "problems": rows}
        text = json.dumps(note).encode()
        self._path.parent.mkdir(parents=True, exist_ok=True)
        new = self._path.with_suffix(f".{os.getpid()}")
        new.write_bytes(_digest(text) + b"\n" + text)
        os.replace(new, self._path)

    @property
    def _path(self) -> Path:
        return self.project.told(self.out, "latest")

    def _site(self) -> str:
        """The hash of the names, sizes and times of everything that is published."""
        return hashlib.sha256("\0".join(_looks(self.out)).encode()).hexdigest()

    def _told(self, note: dict[str, Any]) -> Told:
        diagnostics = Diagnostics()
        diagnostics.extend(map(_diagnostic, note["problems"]))
        paths = {found.span.path for found in diagnostics.sorted()}
        files = {path: SourceFile.of(path, text) for path, text in self._texts(paths)}
        return Told(diagnostics, files, note["counts"])

    def _texts(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        """The files of the project that problems are in; a problem can be in an output too."""
        for path in paths:
            file = self.project.root / path
            if path and file.is_file():
                yield path, file.read_text(encoding="utf-8", errors="replace")


def _versions() -> Iterator[str]:
    """The versions of this program, of Python and of all libraries that it could import."""
    yield from (__version__, platform.python_version(), platform.machine())
    for folder in sys.path:
        if os.path.isdir(folder):
            yield from sorted(name for name in os.listdir(folder) if name.endswith(".dist-info"))


def _looks(folder: Path) -> Iterator[str]:
    """Name, size and time of each file below a folder, but not what Python compiles itself."""
    for path, told in _files(folder):
        if not path.endswith(".pyc"):
            yield f"{path} {told.st_size} {told.st_mtime_ns}"


def _files(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """The path below a folder and the state of each file in it, sorted; links are not followed."""
    found = []
    waiting = [""]
    while waiting:
        inside = waiting.pop()
        try:
            entries = list(os.scandir(folder / inside))
        except (FileNotFoundError, NotADirectoryError):
            continue
        for entry in entries:
            path = f"{inside}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                waiting.append(f"{path}/")
            elif entry.is_file():
                found.append((path, entry.stat()))
    return iter(sorted(found, key=lambda row: row[0]))


def _digest(text: bytes) -> bytes:
    """What a note begins with: one that is damaged, or only half there, is no note."""
    return hashlib.sha256(text).hexdigest().encode()


def _row(found: Diagnostic) -> list[Any]:
    related = [[*_place(span), note] for span, note in found.related]
    return [*_place(found.span), found.code, found.message, found.help, related]


def _place(span: Span) -> tuple[str, int, int]:
    return span.path, span.line, span.column


def _diagnostic(row: list[Any]) -> Diagnostic:
    path, line, column, code, message, help, related = row
    places = tuple((Span(*place), note) for *place, note in related)
    return Diagnostic(Span(path, line, column), code, message, help, places)
