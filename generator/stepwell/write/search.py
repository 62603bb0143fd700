"""The search index of one language, made by Pagefind from the finished pages.

Pagefind reads only what `templates/theme/main.html` marks: the article, its title and its
filters (`search_articles`). What it finds is kept by section (`search_sections`), so that only
sections are indexed whose articles changed, and put together here (`search_merge`). The index
goes to `<language>/search/`; the dialog that uses it is
`templates/theme/assets/javascripts/search.js`.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import zlib
from collections.abc import Iterable
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pydantic import TypeAdapter

from stepwell.write.cache import Cache
from stepwell.write.search_articles import Articles, lay_out, sections
from stepwell.write.search_merge import merged
from stepwell.write.search_run import FOLDER, Engine, engine, run
from stepwell.write.search_sections import Section, cut
from stepwell.write.tree import Tree

_PROGRAM = "pagefind_bin_extended"


def index(tree: Tree, language: str, cache: Cache) -> list[str]:
    """Write the index of the pages in `<language>/` and return the warnings of Pagefind.

    Replaces an index that is there. The same pages give the same files, whatever the cache
    has. Sections that Pagefind warned about are not kept, so that it is told again.
    RuntimeError if there are no pages, or as `search_run.run` raises it; OSError if the cache
    can't be written.
    """
    found = sections(tree.folder / language, language)
    keys = {name: key_of(articles, language) for name, articles in found.items()}
    held = {name: kept for name, key in keys.items() if (kept := _kept(cache, key)) is not None}
    fresh, messages = _indexed({n: a for n, a in found.items() if n not in held}, language)
    if not messages:
        for name, section in fresh.items():
            cache.put(keys[name], _sections().dump_json(section))
    files = merged(held | fresh, _engine(language, cache))
    shutil.rmtree(tree.folder / language / FOLDER, ignore_errors=True)
    for path, content in files.items():
        tree.put(f"{language}/{FOLDER}/{path}", content)
    return messages


def key_of(articles: Articles, language: str) -> str:
    """The hash of all that Pagefind and we make a section of."""
    return _hash((language, *(text for pair in sorted(articles.items()) for text in pair)))


def _kept(cache: Cache, key: str) -> Section | None:
    found = cache.get(key)
    return None if found is None else _sections().validate_json(found)


def _indexed(found: dict[str, Articles], language: str) -> tuple[dict[str, Section], list[str]]:
    """Sections by Pagefind, which is run once over all of them, and its warnings."""
    if not found:
        return {}, []
    with tempfile.TemporaryDirectory() as folder:
        for articles in found.values():
            lay_out(articles, Path(folder), language)
        messages = run(Path(folder))
        return cut(Path(folder) / FOLDER), messages


def _engine(language: str, cache: Cache) -> Engine:
    """What searches, from the cache or from Pagefind."""
    adapter = TypeAdapter(Engine)
    key = _hash((language,))
    if (found := cache.get(key)) is not None:
        return adapter.validate_json(found)
    made = engine(language)
    cache.put(key, adapter.dump_json(made))
    return made


@lru_cache(maxsize=1)
def _sections() -> TypeAdapter[Section]:
    """What writes sections as JSON, and reads them with every type checked."""
    return TypeAdapter(Section)


def _hash(texts: Iterable[str]) -> str:
    """The hash of texts and of our tools; it tells where one ends."""
    digest = hashlib.sha256()
    for part in (*_tools(), *(text.encode() for text in texts)):
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()


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
