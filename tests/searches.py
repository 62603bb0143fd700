"""Search indexes for tests: made from nothing, and read again."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from stepwell.write import search
from stepwell.write.search_format import read, unpacked_text
from stepwell.write.store import Store
from stepwell.write.tree import Tree


def index(out: Path, language: str) -> list[str]:
    """Index the pages below `out/<language>`, with an empty cache; what was warned of."""
    with tempfile.TemporaryDirectory() as folder:
        return search.index(Tree(out), language, Store.at(Path(folder)).cache("search"))


def found(bundle: Path) -> dict[str, Any]:
    """What an index says, with addresses instead of numbers, and without names of files."""
    entry = json.loads((bundle / "pagefind-entry.json").read_text("utf-8"))
    (facts,) = entry["languages"].values()
    meta = read(bundle / f"pagefind.{facts.pop('hash')}.pf_meta")
    texts = [
        json.loads(unpacked_text((bundle / "fragment" / f"{name}.pf_fragment").read_bytes()))
        for name, _ in meta[1]
    ]
    addresses = [text["url"] for text in texts]
    words = {
        word: {"": _places(pages, addresses, meta[5])}
        | {form: _places(inner, addresses, meta[5]) for form, inner in forms}
        for *_, name in meta[2]
        for word, pages, forms in read(bundle / "index" / f"{name}.pf_index")[0]
    }
    filters = {
        title: {
            value: sorted(addresses[page] for page in pages)
            for value, pages in read(bundle / "filter" / f"{name}.pf_filter")[1]
        }
        for title, name in meta[3]
    }
    counts = [count for _, count in meta[1]]
    return {
        "entry": entry, "version": meta[0], "words": words, "filters": filters, "sorts": meta[4],
        "texts": dict(zip(addresses, texts, strict=True)),
        "counts": dict(zip(addresses, counts, strict=True)),
    }  # fmt: skip


def _places(pages: list[Any], addresses: list[str], fields: list[str]) -> list[Any]:
    """(address, places in the text, places in fields by their names) of each page, in order."""
    places, number = [], 0
    for step, text, inside in pages:
        number += step
        named = [fields[-1 - one] if one < 0 else one for one in inside]
        places.append([addresses[number], text, named])
    return sorted(places)
