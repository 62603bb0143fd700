"""What Pagefind found, cut into sections that are kept apart and are put together again.

Pagefind numbers pages and says of each word on which it stands, counting from page to page.
In a section pages have numbers of their own, in the order of their addresses, so that it is
the same whatever was indexed together with it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from pydantic import ConfigDict

from stepwell.write.search_format import (
    BYTES_AS_TEXT,
    array_head,
    decoded,
    encoded,
    read,
    unpacked_text,
)  # fmt: skip

_VERSION, _PAGES, _CHUNKS, _FILTERS, _SORTS, _FIELDS = range(6)

Places = list[tuple[int, list[int], list[int]]]
"""(number of a page, where a word stands in its text, and in its fields) each."""
Own = tuple[str, int]
"""(section, number in it) of a page."""


@dataclass(frozen=True, slots=True)
class Article:
    """A page as it is found: its text (a file of Pagefind), and how many words it has."""

    __pydantic_config__: ClassVar[ConfigDict] = BYTES_AS_TEXT
    fragment: bytes
    words: int
    fields: tuple[str, ...]
    filters: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Posting:
    """Where a word stands in a section: pages from `first` to `last`, and what follows `first`."""

    __pydantic_config__: ClassVar[ConfigDict] = BYTES_AS_TEXT
    first: int
    last: int
    count: int
    rest: bytes

    @classmethod
    def of(cls, places: Places) -> Posting:
        """From pages in order."""
        numbers = [number for number, *_ in places]
        steps = [number - before for number, before in zip(numbers, [0, *numbers], strict=False)]
        entries = [[step, *on] for step, (_, *on) in zip(steps, places, strict=True)]
        begun = array_head(len(places)) + cls.begun(numbers[0])
        return cls(numbers[0], numbers[-1], len(places), encoded(entries)[len(begun) :])

    def places(self) -> Places:
        """The pages again."""
        entries = decoded(array_head(self.count) + self.begun(self.first) + self.rest)
        return list(_counted(entries))

    @staticmethod
    def begun(number: int) -> bytes:
        """What stands before the rest: the beginning of a page with a number."""
        return array_head(3) + encoded(number)


@dataclass(frozen=True, slots=True)
class Section:
    """The pages of a section and their words; each word by its forms, itself as "".

    Where a word stands in a field is told by the number of the field in `fields`.
    """

    fields: tuple[str, ...]
    articles: tuple[Article, ...]
    words: dict[str, dict[str, Posting]]

    def fitted(self, fields: tuple[str, ...]) -> Section:
        """The same with fields in another order, or more of them."""
        if fields == self.fields:
            return self
        order = [fields.index(name) if name in fields else 0 for name in self.fields]
        words = {
            word: {form: _fitted(posting, order) for form, posting in forms.items()}
            for word, forms in self.words.items()
        }
        return Section(fields, self.articles, words)


def _fitted(posting: Posting, order: list[int]) -> Posting:
    """Fields are written as negative numbers, which begin at -1, before the places in them."""
    return Posting.of(
        [
            (number, text, [-1 - order[-1 - one] if one < 0 else one for one in fields])
            for number, text, fields in posting.places()
        ]
    )


def cut(bundle: Path) -> dict[str, Section]:
    """The sections of an index in a folder. ValueError if it is of a form that is not known."""
    meta = _meta(bundle)
    held, local = _numbered([_article(bundle, name, count) for name, count in meta[_PAGES]])
    words: dict[str, dict[str, dict[str, Posting]]] = {name: {} for name in held}
    for word, form, entries in _words(bundle, meta[_CHUNKS]):
        for name, posting in _parted(entries, local):
            words[name].setdefault(word, {})[form] = posting
    fields = tuple(meta[_FIELDS])
    return {name: Section(fields, tuple(found), words[name]) for name, found in held.items()}


def _meta(bundle: Path) -> list[Any]:
    """What an index of one language says of its pages, pieces, filters and fields."""
    entry = json.loads((bundle / "pagefind-entry.json").read_text(encoding="utf-8"))
    (language,) = entry["languages"].values()
    meta: list[Any] = read(bundle / f"pagefind.{language['hash']}.pf_meta")
    if len(meta) != _FIELDS + 1 or meta[_SORTS]:
        raise ValueError("an index of this version of Pagefind, or with sorts, is not known")
    return meta


def _numbered(
    articles: list[tuple[str, Article]],
) -> tuple[dict[str, list[Article]], dict[int, Own]]:
    """Sections with articles in the order of addresses, and what each page's number is there."""
    held: dict[str, list[Article]] = {}
    local: dict[int, Own] = {}
    for number in sorted(range(len(articles)), key=lambda number: articles[number][0]):
        address, article = articles[number]
        section = held.setdefault(_section(address), [])
        local[number] = (_section(address), len(section))
        section.append(article)
    return held, local


def _section(address: str) -> str:
    """`/sleep/index.html` lies in the section `sleep`, `/about.html` in none."""
    return address.split("/")[1] if address.count("/") > 1 else ""


def _article(bundle: Path, name: str, count: int) -> tuple[str, Article]:
    """(address, article) of a file."""
    fragment = (bundle / "fragment" / f"{name}.pf_fragment").read_bytes()
    told = json.loads(unpacked_text(fragment))
    filters = {key: tuple(values) for key, values in sorted(told["filters"].items())}
    return told["url"], Article(fragment, count, tuple(sorted(told["meta"])), filters)


def _words(bundle: Path, chunks: list[list[str]]) -> Iterator[tuple[str, str, list[Any]]]:
    """(word, form, pages) of each form of a word; itself is ""."""
    for _, _, name in chunks:
        (words,) = read(bundle / "index" / f"{name}.pf_index")
        for word, entries, forms in words:
            for form, inner in (("", entries), *forms):
                yield word, form, inner


def _parted(entries: list[Any], local: dict[int, Own]) -> Iterator[tuple[str, Posting]]:
    """The postings of a word, by section."""
    found: dict[str, Places] = {}
    for number, text, fields in _counted(entries):
        name, own = local[number]
        found.setdefault(name, []).append((own, text, fields))
    for name, places in found.items():
        yield name, Posting.of(sorted(places))


def _counted(entries: Iterable[list[Any]]) -> Iterator[tuple[int, list[int], list[int]]]:
    """Entries with the numbers of pages, which are written as steps from one to the next."""
    number = 0
    for step, text, fields in entries:
        number += step
        yield number, text, fields
