"""Puts a Pagefind index into a stable order.

Pagefind 1.5 keeps the values of a filter in a hash map with a random seed: two runs
over the same pages give filter files in another order, under other names. Here the
values are sorted, the file is named after its sorted content, and the two files that
refer to it, the metadata and the entry file, follow. Index and text files are the
same in every run and are left alone.

The files are gzip over a signature and CBOR (RFC 8949); of CBOR only the four types
that Pagefind uses are known here, and anything else is a ValueError.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

_SIGNATURE = b"pagefind_dcd"
_UNSIGNED, _NEGATIVE, _TEXT, ARRAY = 0, 1, 3, 4
_FILTERS = 3


def put_in_order(bundle: Path) -> None:
    """Sort the filters of the index in a folder, in place."""
    entry_path = bundle / "pagefind-entry.json"
    entry = json.loads(entry_path.read_text(encoding="utf-8"))
    for language in sorted(entry["languages"]):
        facts = entry["languages"][language]
        facts["hash"] = _order_language(bundle, facts["hash"])
    entry_path.write_text(json.dumps(entry, ensure_ascii=False, sort_keys=True), encoding="utf-8")


def _order_language(bundle: Path, name: str) -> str:
    """Order the filters of one language; the new name of its metadata, without suffix."""
    path = bundle / f"pagefind.{name}.pf_meta"
    meta = read(path)
    prefix = name.rpartition("_")[0]
    meta[_FILTERS] = sorted(
        [title, _order_filter(bundle / "filter", prefix, old)] for title, old in meta[_FILTERS]
    )
    path.unlink()
    return written(bundle, "pagefind.{}.pf_meta", prefix, meta, digits=10)


def _order_filter(folder: Path, prefix: str, name: str) -> str:
    path = folder / f"{name}.pf_filter"
    title, values = read(path)
    path.unlink()
    ordered = sorted([value, sorted(pages)] for value, pages in values)
    return written(folder, "{}.pf_filter", prefix, [title, ordered], digits=7)


def written(folder: Path, pattern: str, prefix: str, value: Any, *, digits: int) -> str:
    """Write a value to a file that is named after its content; the name without its suffix."""
    return kept(folder, pattern, prefix, encoded(value), digits=digits)


def kept(folder: Path, pattern: str, prefix: str, value: bytes, *, digits: int) -> str:
    """The same for a value that is encoded already."""
    body = _SIGNATURE + value
    name = f"{prefix}_{hashlib.sha256(body).hexdigest()[:digits]}"
    (folder / pattern.format(name)).write_bytes(gzip.compress(body, mtime=0))
    return name


def read(path: Path) -> Any:
    """The value in a file; ValueError for what is not Pagefind's."""
    body = body_of(path)
    value, end = decoded(body, 0)
    if end != len(body):
        raise ValueError(f"{path.name} goes on after its end")
    return value


def body_of(path: Path) -> bytes:
    """The CBOR in a file; ValueError for what is not Pagefind's."""
    body = gzip.decompress(path.read_bytes())
    if not body.startswith(_SIGNATURE):
        raise ValueError(f"{path.name} is not a file of a Pagefind that is known")
    return body.removeprefix(_SIGNATURE)


def decoded(body: bytes, at: int) -> tuple[Any, int]:
    """The value at a place, and the place after it."""
    kind, count, at = _begun(body, at)
    if kind in (_UNSIGNED, _NEGATIVE):
        return count if kind == _UNSIGNED else -1 - count, at
    if kind == _TEXT:
        return body[at : at + count].decode(), at + count
    items = []
    for _ in range(count):
        item, at = decoded(body, at)
        items.append(item)
    return items, at


def array(body: bytes, at: int) -> tuple[int, int]:
    """How many items the array at a place has, and the place of the first."""
    kind, count, at = _begun(body, at)
    if kind != ARRAY:
        raise ValueError(f"an array is expected, and not CBOR type {kind}")
    return count, at


def after(body: bytes, at: int) -> int:
    """The place after the value at a place, in half the time that decoding it takes."""
    left = 1
    while left:
        left -= 1
        if body[at] < 24:  # what an index has most of: a small number
            at += 1
            continue
        kind, count, at = _begun(body, at)
        if kind == ARRAY:
            left += count
        elif kind == _TEXT:
            at += count
    return at


def _begun(body: bytes, at: int) -> tuple[int, int, int]:
    """The type of the value at a place, its number or length, and the place where it goes on."""
    kind, count = body[at] >> 5, body[at] & 31
    if kind not in (_UNSIGNED, _NEGATIVE, _TEXT, ARRAY):
        raise ValueError(f"CBOR type {kind} is not known here")
    at += 1
    if count >= 24:
        size = 1 << (count - 24)
        count, at = int.from_bytes(body[at : at + size], "big"), at + size
    return kind, count, at


def encoded(value: Any) -> bytes:
    """A value as Pagefind writes it."""
    if isinstance(value, int):
        return head(_UNSIGNED, value) if value >= 0 else head(_NEGATIVE, -1 - value)
    if isinstance(value, str):
        text = value.encode()
        return head(_TEXT, len(text)) + text
    return head(ARRAY, len(value)) + b"".join(map(encoded, value))


def head(kind: int, count: int) -> bytes:
    """What a value begins with: its type, and its number or length."""
    if count < 24:
        return bytes([kind << 5 | count])
    power = next(power for power in range(4) if count < 1 << (8 << power))
    return bytes([kind << 5 | 24 + power]) + count.to_bytes(1 << power, "big")
