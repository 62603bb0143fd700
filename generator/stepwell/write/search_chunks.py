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
from typing import Any

from stepwell.write.search_order import Encoded, encoded, read, written

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
        words, *rest = read(path)
        path.unlink()
        for piece in _pieces(words):
            new = written(folder, "{}.pf_index", prefix, [list(piece.values()), *rest], digits=7)
            yield [next(iter(piece)), next(reversed(piece)), new]


def _pieces(words: list[Any]) -> Iterator[dict[str, Encoded]]:
    """The words in order, so many at a time as fit: each with its entry, encoded once."""
    piece: dict[str, Encoded] = {}
    size = 0
    for word in words:
        entry = Encoded(encoded(word))
        if piece and size + len(entry) > BYTES:
            yield piece
            piece, size = {}, 0
        piece[word[0]] = entry
        size += len(entry)
    if piece:
        yield piece
