"""The files of a Pagefind index: gzip over a signature and CBOR (RFC 8949).

Whole values are read and written by cbor2, which only this module knows. An array can also be
put together from items that are written already, which saves to read them.
"""

from __future__ import annotations

import gzip
from collections.abc import Collection
from pathlib import Path
from typing import Any

import cbor2
from pydantic import ConfigDict

BYTES_AS_TEXT = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")
"""How bytes stand in what is kept as JSON."""

_SIGNATURE = b"pagefind_dcd"
_ARRAY = 4


def read(path: Path) -> Any:
    """The value in a file; ValueError for what is not Pagefind's."""
    body = gzip.decompress(path.read_bytes())
    if not body.startswith(_SIGNATURE):
        raise ValueError(f"{path.name} is not a file of a Pagefind that is known")
    return decoded(body.removeprefix(_SIGNATURE))


def decoded(body: bytes) -> Any:
    """The value that bytes are; ValueError if they are none."""
    try:
        return cbor2.loads(body)
    except cbor2.CBORDecodeError as error:
        raise ValueError(f"an index can't be read: {error}") from error


def encoded(value: Any) -> bytes:
    """A value as Pagefind writes it."""
    return cbor2.dumps(value)


def array(items: Collection[bytes]) -> bytes:
    """The array of items that are written already."""
    return array_head(len(items)) + b"".join(items)


def array_head(count: int) -> bytes:
    """What an array of so many items begins with."""
    number = cbor2.dumps(count)
    return bytes([_ARRAY << 5 | number[0]]) + number[1:]


def packed(value: bytes) -> bytes:
    """A file with a value that is written already; the same for the same value."""
    return gzip.compress(_SIGNATURE + value, 6, mtime=0)  # 9 takes twice as long for 1% less


def unpacked_text(file: bytes) -> bytes:
    """The text (JSON) in a file that has one instead of a value."""
    return gzip.decompress(file).removeprefix(_SIGNATURE)
