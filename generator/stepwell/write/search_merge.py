"""Puts sections together to one index, in pieces that are small.

Pagefind cuts its index by the number of words in a piece. A piece with a few very frequent
words is large, in Arabic three times as large as others, and whoever looks for a rare word
beside them loads it all. Here pieces are cut by their bytes. Files are named after their
content, so the same pages give the same files.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from stepwell.write.search_format import array, array_head, encoded, packed
from stepwell.write.search_run import Engine
from stepwell.write.search_sections import Article, Posting, Section

BYTES = 24_000
"""The most that a piece holds before it is compressed, unless it is a single word."""
_DIGITS = 7

Files = dict[str, bytes]


def merged(sections: Mapping[str, Section], engine: Engine) -> Files:
    """The files of an index, by their paths below its folder."""
    held = [sections[name] for name in sorted(sections)]
    articles = [article for section in held for article in section.articles]
    fields = tuple(sorted({name for article in articles for name in article.fields}))
    files = dict(engine.files)
    pages = list(_pages(articles, engine.tag, files))
    words = _entries([section.fitted(fields) for section in held])
    chunks = list(_chunks(words, engine.tag, files))
    filters = list(_filters(articles, engine.tag, files))
    meta = encoded([engine.version, pages, chunks, filters, [], fields])
    name = _added(files, "pagefind.{}.pf_meta", engine.tag, packed(meta), digits=10)
    facts = engine.facts | {"hash": name, "page_count": len(pages)}
    entry = engine.entry | {"languages": {engine.tag: facts}}
    files["pagefind-entry.json"] = json.dumps(entry, ensure_ascii=False, sort_keys=True).encode()
    return files


def _added(files: Files, pattern: str, tag: str, file: bytes, digits: int = _DIGITS) -> str:
    """Add a file that is named after its content, with more digits if the name is taken."""
    digest = hashlib.sha256(file).hexdigest()
    while (path := pattern.format(name := f"{tag}_{digest[:digits]}")) in files:
        digits += 1
    files[path] = file
    return name


def _pages(articles: list[Article], tag: str, files: Files) -> Iterator[list[Any]]:
    """[name, number of words] of each page."""
    for article in articles:
        yield [_added(files, "fragment/{}.pf_fragment", tag, article.fragment), article.words]


def _filters(articles: list[Article], tag: str, files: Files) -> Iterator[list[str]]:
    """[filter, file] each; in the file [value, numbers of pages]."""
    found: dict[str, dict[str, list[int]]] = {}
    for number, article in enumerate(articles):
        for title, values in article.filters.items():
            for value in values:
                found.setdefault(title, {}).setdefault(value, []).append(number)
    for title, pages in sorted(found.items()):
        content = encoded([title, sorted(pages.items())])
        yield [title, _added(files, "filter/{}.pf_filter", tag, packed(content))]


def _entries(sections: list[Section]) -> dict[str, bytes]:
    """The entry of each word, in order."""
    found: dict[str, dict[str, list[tuple[int, Posting]]]] = {}
    before = 0
    for section in sections:
        for word, forms in section.words.items():
            known = found.setdefault(word, {})
            for form, posting in forms.items():
                known.setdefault(form, []).append((before, posting))
        before += len(section.articles)
    return {word: _entry(word, forms) for word, forms in sorted(found.items())}


def _entry(word: str, forms: dict[str, list[tuple[int, Posting]]]) -> bytes:
    variants = [
        array((encoded(form), _joined(postings)))
        for form, postings in sorted(forms.items())
        if form
    ]
    return array((encoded(word), _joined(forms.get("", [])), array(variants)))


def _joined(postings: list[tuple[int, Posting]]) -> bytes:
    """Postings of several sections as one: only the step to the first page of each is new."""
    body = [array_head(sum(posting.count for _, posting in postings))]
    last = 0
    for before, posting in postings:
        body += [Posting.begun(before + posting.first - last), posting.rest]
        last = before + posting.last
    return b"".join(body)


def _chunks(entries: dict[str, bytes], tag: str, files: Files) -> Iterator[list[str]]:
    """[first word, last word, file] of each piece."""
    for piece in _pieces(entries):
        words = list(piece)
        content = array((array(piece.values()),))
        name = _added(files, "index/{}.pf_index", tag, packed(content))
        yield [words[0], words[-1], name]


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
