"""Reading files of a project safely: inside its root, no links, UTF-8, of bounded size.

Owns the file system on the way in. What can't be read is a diagnostic and the
file is left out; see `nodes` for what is done with the text.
"""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

from stepwell.diagnostics import Diagnostics
from stepwell.source import SourceFile, Span

MAX_BYTES = 2 * 1024 * 1024
BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
INVISIBLE = frozenset("\u00ad\u180e\u200b\u2028\u2029\u2060\ufeff")
# Joiners are letters' business in Persian, Hindi and others; they carry no direction.


def listing(root: Path, folder: str, diagnostics: Diagnostics, suffix: str = ".yaml") -> list[str]:
    """Paths (from root, POSIX, sorted) of files with a suffix in a folder and those below it."""
    found: list[str] = []
    top = root / folder
    if not top.is_dir() or _is_link(root, folder, diagnostics):
        return found
    for entry in sorted(os.scandir(top), key=lambda entry: entry.name):
        path = f"{folder}/{entry.name}" if folder else entry.name
        if entry.name.startswith("."):
            continue
        if entry.is_symlink():
            _is_link(root, path, diagnostics)
        elif entry.is_dir():
            found += listing(root, path, diagnostics, suffix)
        elif entry.name.endswith(suffix):
            found.append(path)
    return found


def folders(root: Path, folder: str) -> list[str]:
    """Names of the folders in a folder, sorted, links and hidden ones left out."""
    top = root / folder
    if not top.is_dir():
        return []
    entries = sorted(os.scandir(top), key=lambda entry: entry.name)
    return [e.name for e in entries if e.is_dir(follow_symlinks=False) and e.name[0] != "."]


def read(root: Path, path: str, diagnostics: Diagnostics) -> SourceFile | None:
    """The text of a file below root, or None with a diagnostic that says why.

    Paths come from `listing` or from the program, never from content; one that
    leads out of the root is a ValueError.
    """
    here = Span(path)
    if os.path.isabs(path) or ".." in path.split("/"):
        raise ValueError(f"'{path}' is not a path below the project")
    if _is_link(root, path, diagnostics):
        return None
    if (root / path).exists() and not (root / path).is_file():
        diagnostics.add("SW122", here, f"'{path}' is not a file")
        return None
    try:
        with open(root / path, "rb") as file:
            content = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        diagnostics.add(
            "SW120", here, f"there is no file '{path}'", "add it, or run 'stepwell new'"
        )
        return None
    except OSError as error:
        diagnostics.add("SW122", here, f"'{path}' can't be opened: {error.strerror}")
        return None
    return _decode(path, content, diagnostics)


def data(root: Path, path: str, named: Span, most: int, diagnostics: Diagnostics) -> bytes | None:
    """The bytes of a file below root that an editor named at a place; None with a diagnostic.

    At most `most` bytes, of a real file. A path that leads out of the root is a ValueError.
    """
    if os.path.isabs(path) or ".." in path.split("/"):
        raise ValueError(f"'{path}' is not a path below the project")
    if _is_link(root, path, diagnostics, named):
        return None
    if (root / path).exists() and not (root / path).is_file():
        diagnostics.add("SW122", named, f"'{path}' is not a file")
        return None
    try:
        with open(root / path, "rb") as file:
            content = file.read(most + 1)
    except FileNotFoundError:
        diagnostics.add("SW120", named, f"there is no file '{path}'", "put it there")
        return None
    except OSError as error:
        diagnostics.add("SW122", named, f"'{path}' can't be opened: {error.strerror}")
        return None
    if len(content) > most:
        diagnostics.add("SW112", named, f"'{path}' is larger than {most >> 10} KiB")
        return None
    return content


def given(path: Path, most: int, diagnostics: Diagnostics) -> SourceFile | None:
    """The text of a file that somebody named, wherever it is; None with a diagnostic.

    It may have at most `most` bytes, and is looked at like a file of a project.
    """
    here = Span(str(path))
    try:
        if not path.is_file():
            diagnostics.add("SW122", here, f"'{path}' is not a file")
            return None
        with open(path, "rb") as file:
            content = file.read(most + 1)
    except OSError as error:
        diagnostics.add("SW122", here, f"'{path}' can't be opened: {error.strerror}")
        return None
    return _decode(str(path), content, diagnostics, most)


def refused(text: str) -> list[str]:
    """The characters of a text that no file may have, sorted."""
    return [] if _plain(text) else sorted({c for c in set(text) if _refused(c)})


def _plain(text: str) -> bool:
    # Nothing that is refused is printable; to look at each character is dear.
    return text.replace("\n", "").isprintable()


def _is_link(root: Path, path: str, diagnostics: Diagnostics, named: Span | None = None) -> bool:
    parts = path.split("/")
    for length in range(1, len(parts) + 1):
        if (root / "/".join(parts[:length])).is_symlink():
            place = named or Span(path)
            diagnostics.add("SW113", place, f"'{path}' is or lies behind a symbolic link")
            return True
    return False


def _decode(
    path: str, content: bytes, diagnostics: Diagnostics, most: int = MAX_BYTES
) -> SourceFile | None:
    if len(content) > most:
        diagnostics.add("SW112", Span(path), f"'{path}' is larger than {most >> 20} MiB")
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        column = error.start - content.rfind(b"\n", 0, error.start)
        message = f"byte 0x{content[error.start]:02x} is not UTF-8"
        diagnostics.add("SW101", Span(path, line, column), message, "save the file as UTF-8")
        return None
    text = text.replace("\r\n", "\n")
    return SourceFile.of(path, text) if _clean(path, text, diagnostics) else None


def _clean(path: str, text: str, diagnostics: Diagnostics) -> bool:
    suspects = refused(text)
    for character in suspects:
        at = text.index(character)
        span = Span(path, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
        name = unicodedata.name(character, "control character")
        code = "SW103" if character in BIDI else "SW102"
        diagnostics.add(code, span, f"U+{ord(character):04X} ({name}) is not allowed", "delete it")
    return not suspects


def _refused(character: str) -> bool:
    if character in "\n\t":
        return False
    point = ord(character)
    nonsense = point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF
    category = unicodedata.category(character)
    return character in BIDI or character in INVISIBLE or category in ("Cc", "Co", "Cs") or nonsense
