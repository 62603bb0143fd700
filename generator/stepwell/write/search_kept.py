"""The search index of a language from the cache, where nothing that it is made of has changed.

Its key is the hash of all pages of the language, of Pagefind's version and of our own code,
so that the same key means the same files, byte for byte. An index is one entry: an archive
of its files without dates, owners or modes.
"""

from __future__ import annotations

import hashlib
import io
import shutil
import tarfile
import zlib
from collections.abc import Iterator
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from stepwell.write.cache import Cache
from stepwell.write.search import FOLDER, index
from stepwell.write.tree import Tree

_PROGRAM = "pagefind_bin_extended"


def kept_index(tree: Tree, language: str, cache: Cache) -> list[str]:
    """Put the index of `<language>/` in place, as `search.index` does; its warnings.

    One that Pagefind warned about is not kept, so that it is told again. Raises what `index`
    raises, and OSError if the cache can't be written.
    """
    site = tree.folder / language
    key = key_of(site, language)
    if (known := cache.get(key)) is not None:
        _unpack(known, tree, f"{language}/{FOLDER}")
        return []
    messages = index(tree.folder, language)
    if not messages:
        cache.put(key, _packed(site / FOLDER))
    return messages


def key_of(site: Path, language: str) -> str:
    """The hash of all that Pagefind and we make the index of a folder from."""
    digest = hashlib.sha256()
    for part in (*_tools(), language.encode(), *_pages(site)):
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()


def _pages(site: Path) -> Iterator[bytes]:
    """The name and the content of each page; Pagefind reads no other files."""
    for path in sorted(site.rglob("*.html")):
        yield path.relative_to(site).as_posix().encode()
        yield path.read_bytes()


@lru_cache(maxsize=1)
def _tools() -> tuple[bytes, ...]:
    """What an index depends on besides its pages: versions, and the modules that make it."""
    modules = sorted(Path(__file__).parent.glob("search*.py"))
    try:
        program = version(_PROGRAM)
    except PackageNotFoundError:
        program = ""  # whoever indexes says so
    versions = (program.encode(), zlib.ZLIB_RUNTIME_VERSION.encode())
    return (*versions, *(module.read_bytes() for module in modules))


def _packed(bundle: Path) -> bytes:
    """The files of an index as one archive, the same for the same files."""
    body = io.BytesIO()
    with tarfile.open(fileobj=body, mode="w") as archive:
        for path in sorted(path for path in bundle.rglob("*") if path.is_file()):
            content = path.read_bytes()
            entry = tarfile.TarInfo(path.relative_to(bundle).as_posix())
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return body.getvalue()


def _unpack(packed: bytes, tree: Tree, bundle: str) -> None:
    """Put the files of an archive in the place of an index that is there."""
    shutil.rmtree(tree.folder / bundle, ignore_errors=True)
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        for entry in archive:
            name = tarfile.data_filter(entry, str(tree.folder / bundle)).name
            content = archive.extractfile(entry)
            tree.put(f"{bundle}/{name}", content.read() if content else b"")
