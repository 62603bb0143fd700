"""Cuts a Pagefind index into smaller pieces, so that a first search loads less.

Pagefind cuts its index by the number of words in a piece. A piece with a few very frequent
words is large, in Arabic three times as large as others, and whoever looks for a rare word
beside them loads it all. Here pieces are cut by their bytes; the metadata, which say from
which word to which a piece goes, follow. Names come from the content, so the same pages
give the same files.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from stepwell.write.search_order import (
    ARRAY,
    after,
    array,
    body_of,
    decoded,
    head,
    kept,
    read,
    written,
)  # fmt: skip

_CHUNKS = 2
BYTES = 24_000
"""The most that a piece holds before it is compressed, unless it is a single word."""


def cut(bundle: Path) -> None:
    """Cut the index in a folder into pieces, in place."""
    entry_path = bundle / "pagefind-entry.json"
    entry = json.loads(entry_path.read_text(encoding="utf-8"))
    for facts in entry["languages"].values():
        path = bundle / f"pagefind.{facts['hash']}.pf_meta"
        meta = read(path)
        prefix = facts["hash"].rpartition("_")[0]
        meta[_CHUNKS] = list(_cut_all(bundle / "index", prefix, meta[_CHUNKS]))
        path.unlink()
        facts["hash"] = written(bundle, "pagefind.{}.pf_meta", prefix, meta, digits=10)
    entry_path.write_text(json.dumps(entry, ensure_ascii=False, sort_keys=True), encoding="utf-8")


def _cut_all(folder: Path, prefix: str, chunks: list[list[str]]) -> Iterator[list[str]]:
    for _, _, name in chunks:
        path = folder / f"{name}.pf_index"
        body = body_of(path)
        path.unlink()
        parts, at = array(body, 0)
        count, at = array(body, at)
        entries, at = _entries(body, at, count)
        for piece in _pieces(entries):
            value = b"".join(
                [head(ARRAY, parts), head(ARRAY, len(piece)), *piece.values(), body[at:]]
            )
            new = kept(folder, "{}.pf_index", prefix, value, digits=7)
            yield [next(iter(piece)), next(reversed(piece)), new]


def _entries(body: bytes, at: int, count: int) -> tuple[dict[str, bytes], int]:
    """The words at a place, each with its entry as it is, and the place after them."""
    found: dict[str, bytes] = {}
    for _ in range(count):
        end = after(body, at)
        word, _ = decoded(body, array(body, at)[1])
        found[word] = body[at:end]
        at = end
    return found, at


def _pieces(entries: dict[str, bytes]) -> Iterator[dict[str, bytes]]:
    """The words in order, so many at a time as fit."""
    piece: dict[str, bytes] = {}
    size = 0
    for word, entry in entries.items():
        if piece and size + len(entry) > BYTES:
            yield piece
            piece, size = {}, 0
        piece[word] = entry
        size += len(entry)
    if piece:
        yield piece
