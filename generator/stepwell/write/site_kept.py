"""Pages of a website from the cache, where neither they nor what surrounds them has changed.

The pages of a part are one entry. Its key is the hash of the part and of what surrounds every
page: the navigation, the other languages, the templates and the shared files.
What is no page of a part (for errors, for no connection, for search engines) is one entry too.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from stepwell.model import Website
from stepwell.write.cache import Cache
from stepwell.write.inventory import digest_of
from stepwell.write.parts import Parts
from stepwell.write.site import write_website
from stepwell.write.site_assets import SharedFiles
from stepwell.write.site_chrome import NOT_FOUND, OFFLINE, SYNONYMS
from stepwell.write.tree import Tree

APART = (NOT_FOUND, OFFLINE, SYNONYMS, "sitemap.xml")
"""What a language has besides its pages, its search and its data."""


def kept_website(
    website: Website, tree: Tree, templates: Path, parts: Parts, cache: Cache,
    damaged: list[str], *, published: Mapping[str, Collection[str]],
    notices: Collection[str], overrides: Path | None,
) -> list[str]:  # fmt: skip
    """Write a website whose pages are cards, as `site.write_website` does; its warnings.

    What was warned of is not kept, so that it is told again. Names of damaged entries of
    `parts` are added to `damaged`. Raises what `write_website` raises, and OSError.
    """
    out = tree.folder
    around = _around(website, SharedFiles.of(out / "assets"), parts, published, notices)
    keys = {ask: _hash(around, parts.digest(ask, damaged)) for ask in website.asks}
    rest = _hash(around, repr([replace(page, sources=()) for page in website.pages]))
    missing = [ask for ask, key in keys.items() if not _restored(tree, cache, key)]
    apart = not _restored(tree, cache, rest)
    if not missing and not apart:
        return []
    wholes = {ask: parts.part(ask, damaged) for ask in missing}
    pages = [page for part in wholes.values() for page in part.pages]
    warnings = write_website(
        website, out, templates, assets=out / "assets", published=published, notices=notices,
        overrides=overrides, pages=pages, apart=apart,
    )  # fmt: skip
    if not warnings:
        for ask, part in wholes.items():
            _keep(cache, keys[ask], out, (page.path for page in part.pages))
        if apart:
            _keep(cache, rest, out, (f"{website.language}/{name}" for name in APART))
    return warnings


def _around(
    website: Website, shared: SharedFiles, parts: Parts,
    published: Mapping[str, Collection[str]], notices: Collection[str],
) -> str:  # fmt: skip
    """The hash of all that surrounds the pages of a language."""
    rows = [(page.path, page.title, page.kind, page.notice) for page in website.pages]
    frame = replace(website, pages=(), asks=(), synonyms=str(bool(website.synonyms)))
    others = {language: sorted(paths) for language, paths in sorted(published.items())}
    return _hash(parts.tools, repr((rows, frame, shared, others, sorted(notices))))


def _keep(cache: Cache, key: str, out: Path, paths: Iterable[str]) -> None:
    """Keep files below `out`, and their hashes beside them; some may not be there."""
    found = {path: (out / path).read_bytes() for path in paths if (out / path).is_file()}
    digests = {path: digest_of(content) for path, content in found.items()}
    texts = {path: content.decode() for path, content in found.items()}
    cache.put(_digests(key), json.dumps(digests).encode())
    cache.put(key, json.dumps(texts, ensure_ascii=False).encode())


def _digests(key: str) -> str:
    """The key of the hashes of what is kept under a key."""
    return _hash(key, "digests")


def _restored(tree: Tree, cache: Cache, key: str) -> bool:
    """Write the files that are kept under a key; whether there are any.

    What is published already is neither read nor written.
    """
    digests = cache.get(_digests(key))
    if digests is not None and tree.keep(json.loads(digests)):
        cache.mark(key)
        return True
    if (packed := cache.get(key)) is None:
        return False
    for path, text in json.loads(packed).items():
        tree.put(path, text.encode())
    return True


def _hash(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()
