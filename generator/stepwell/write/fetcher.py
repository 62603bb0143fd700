"""What a document may open while it is laid out. Owns: the gate, and no library.

HTML and CSS name files in seventeen ways, and WeasyPrint would open what they
name, `file:///proc/self/environ` and the web included. The gate lets through
files with a known suffix under a few folders, and small images inside data:
URLs; everything else is refused and written down. `write.pdf` asks it for
every single request.
"""

from __future__ import annotations

import base64
import binascii
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from urllib.parse import unquote_to_bytes, urlsplit

IMAGES: Mapping[str, str] = MappingProxyType(
    {
        ".png": "image/png",
        ".jpg": "image/jpeg",
        ".jpeg": "image/jpeg",
        ".svg": "image/svg+xml",
    }
)
FONTS: Mapping[str, str] = MappingProxyType({".ttf": "font/ttf", ".otf": "font/otf"})
LARGEST = 20_000_000  # bytes of one file

# A name can lie: Pillow would start Ghostscript for an EPS that calls itself a PNG.
_BEGINNINGS = MappingProxyType(
    {
        "image/png": (b"\x89PNG\r\n\x1a\n",),
        "image/jpeg": (b"\xff\xd8\xff",),
        "image/svg+xml": (b"<svg", b"<?xml", b"<!--"),
        "font/ttf": (b"\x00\x01\x00\x00", b"true"),
        "font/otf": (b"OTTO", b"\x00\x01\x00\x00"),
    }
)


class Refused(Exception):
    """A document asked for something that it may not have; the text says what and why."""


@dataclass(frozen=True, slots=True)
class Room:
    """A folder that may be read, with the types of its files by suffix (`.png` -> MIME type)."""

    root: Path
    types: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Resource:
    """What was asked for: its bytes and its MIME type."""

    content: bytes
    type: str


@dataclass(slots=True)
class Gate:
    """Opens what one document may open. `refusals` has one sentence for each thing refused."""

    rooms: tuple[Room, ...]
    refusals: list[str] = field(default_factory=list)

    def open(self, url: str) -> Resource:
        """The content behind an absolute URL; Refused, when the refusal is written down."""
        try:
            resource = self._data(url) if _scheme(url) == "data" else self._file(url)
            _require(_is_what_it_says(resource), f"it is not {resource.type}")
        except Refused as reason:
            self.refusals.append(f"refused to open '{_short(url)}': {reason}")
            raise Refused(self.refusals[-1]) from reason
        return resource

    def _file(self, url: str) -> Resource:
        path = _path(url)
        for room in self.rooms:
            if path.is_relative_to(room.root.resolve()):
                kind = room.types.get(path.suffix.lower())
                _require(kind is not None, f"'{path.suffix}' is no type that is printed")
                return Resource(_read(path), kind or "")
        raise Refused("it lies outside the folders that a document may read")

    def _data(self, url: str) -> Resource:
        _require(len(url) <= LARGEST, "it is too large")
        head, comma, body = url[len("data:") :].partition(",")
        kind, *parameters = head.lower().split(";")
        _require(bool(comma) and kind in IMAGES.values(), f"'{kind}' is no image that is printed")
        content = unquote_to_bytes(body)
        if "base64" in parameters:
            content = _decoded(content)
        return Resource(content, kind)


def _require(holds: bool, reason: str) -> None:
    if not holds:
        raise Refused(reason)


def _scheme(url: str) -> str:
    return url.partition(":")[0].lower()


def _short(url: str) -> str:
    return url if len(url) <= 120 else f"{url[:117]}..."


def _path(url: str) -> Path:
    """The file that a file: URL names, without any link on the way and without `..`."""
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise Refused("it is no URL") from error
    _require(parts.scheme == "file" and not parts.netloc, "only files of the project are opened")
    _require(not any(mark in url for mark in "?#\\"), "a file has no query and no fragment")
    try:
        name = unquote_to_bytes(parts.path).decode()
    except UnicodeDecodeError as error:
        raise Refused("its name is not UTF-8") from error
    _require(name.startswith("/") and name.isprintable(), "it is no path")
    path = Path(name)
    _require(".." not in path.parts, "'..' leads out of a folder")
    return path


def _read(path: Path) -> bytes:
    """The bytes of a regular file that is reached without a symbolic link."""
    try:
        _require(os.path.realpath(path, strict=True) == str(path), "a symbolic link leads to it")
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
            state = os.fstat(file.fileno())
            _require(stat.S_ISREG(state.st_mode), "it is no file")
            _require(state.st_size <= LARGEST, "it is too large")
            return file.read()
    except OSError as error:
        raise Refused(f"it cannot be read ({error.strerror})") from error


def _decoded(content: bytes) -> bytes:
    try:
        return base64.b64decode(content, validate=True)
    except binascii.Error as error:
        raise Refused("its base64 is damaged") from error


def _is_what_it_says(resource: Resource) -> bool:
    """True when the bytes begin as the type demands."""
    content = resource.content
    if resource.type == "image/svg+xml":
        content = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    return content.startswith(_BEGINNINGS[resource.type])
