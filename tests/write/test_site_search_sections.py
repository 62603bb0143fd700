"""Sections are indexed once, and put together they are what Pagefind makes of all pages."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.searches import found
from tests.write.test_site_search import tree, write_pages

from stepwell.write import search, search_merge
from stepwell.write.cache import Cache
from stepwell.write.search import index, key_of
from stepwell.write.search_articles import lay_out, sections
from stepwell.write.search_run import run
from stepwell.write.search_sections import Places, Posting, Section
from stepwell.write.store import Store
from stepwell.write.tree import Tree

WORDS = {
    "en": ("walk", "walking", "café", "cafe", "24", "sleep-friendly", "naïve", "NHS", "walked"),
    "es": ("acción", "accion", "aceptación", "niño", "años", "ayuda", "ayudar", "línea", "más"),
    "ar": ("نوم", "النوم", "خط", "الأزمات", "إجراء", "اجراء", "٢٤", "24", "طبيب"),
    "zh": ("危机", "热线", "睡眠", "安全计划", "24", "医生", "焦虑", "抑郁", "步骤"),
    "uk": ("сон", "сну", "лінія", "їжа", "допомога", "допомоги", "24", "лікар", "крок"),
}
PAGE = """<!doctype html><html lang="{language}"><body><nav>menu</nav>
<article data-pagefind-body data-title="{title}" data-place="{place}" data-audience="{audience}"
data-pagefind-meta="title[data-title]{more}" data-pagefind-filter="audience[data-audience]">
<h1 id="h">{title}</h1><p>{text}</p><h2 id="z">{place}</h2><p>{text}</p></article></body></html>"""


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    """An empty cache."""
    return Store.at(tmp_path / "cache").cache("search")


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The pages that Pagefind was run over."""
    given_pages: list[list[str]] = []

    def counted(site: Path) -> list[str]:
        pages = site.rglob("*.html")
        given_pages.append(sorted(page.relative_to(site).as_posix() for page in pages))
        return run(site)

    monkeypatch.setattr(search, "run", counted)
    return given_pages


def pages_of(language: str) -> st.SearchStrategy[dict[str, str]]:
    """Pages in up to three sections, with words of a language, some with a field more."""
    texts = st.lists(st.sampled_from(WORDS[language]), max_size=12).map(" ".join)
    titles = st.lists(st.sampled_from(WORDS[language]), min_size=1, max_size=3).map(" ".join)
    page = st.builds(
        lambda title, place, text, audience, more: PAGE.format(
            language=language, title=title, place=place, text=text, audience=audience, more=more
        ),
        titles, titles, texts, st.sampled_from("abc"), st.sampled_from(["", ", place[data-place]"]),
    )  # fmt: skip
    name = st.builds("{}{}.html".format, st.sampled_from(["", "one/", "two/"]), st.integers(0, 12))
    return st.dictionaries(name, page, min_size=1, max_size=14)


@settings(deadline=None, max_examples=6)
@given(st.data())
@pytest.mark.parametrize("language", WORDS)
def test_sections_are_put_together_as_pagefind_indexes_all(
    language: str, data: st.DataObject
) -> None:
    """Each word, form, place, filter and text is as Pagefind finds it in all pages at once."""
    pages = data.draw(pages_of(language))
    known = data.draw(st.sets(st.sampled_from(["", "one", "two"])))
    with tempfile.TemporaryDirectory() as folder:
        root, whole = Path(folder), Path(folder) / "whole"
        _write(root / "site" / language, pages)
        some = {p: text for p, text in pages.items() if _section(p) in known}
        cache = Store.at(root / "store").cache("search")
        if some:  # these sections were indexed at another time, without the others
            _write(root / "before" / language, some)
            assert index(Tree(root / "before"), language, cache) == []
        assert index(Tree(root / "site"), language, cache) == []
        for articles in sections(root / "site" / language, language).values():
            lay_out(articles, whole, language)
        run(whole)
        assert found(root / "site" / language / "search") == found(whole / "search")
        clean = Store.at(root / "clean").cache("search")
        made = tree(root / "site" / language / "search")
        assert index(Tree(root / "site"), language, clean) == []
        assert tree(root / "site" / language / "search") == made


def _write(folder: Path, pages: dict[str, str]) -> None:
    for path, page in pages.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(page, "utf-8")


def _section(path: str) -> str:
    return path.partition("/")[0] if "/" in path else ""


FIELDS = st.lists(st.integers(-3, -1).flatmap(lambda one: st.tuples(st.just(one), st.integers(0))))
PLACES = st.dictionaries(
    st.integers(0, 2**20),
    st.tuples(st.lists(st.integers(-200, 5000)), FIELDS.map(lambda pairs: [*sum(pairs, ())])),
    min_size=1,
).map(lambda pages: [(number, *pages[number]) for number in sorted(pages)])


@settings(deadline=None)
@given(PLACES)
def test_a_posting_keeps_all_places_and_fields_find_their_names(places: Places) -> None:
    """Places come back as they were; in a section with more fields they have the same names."""
    posting = Posting.of(places)
    assert posting.places() == places
    one = Section(("a", "c", "d"), (), {"word": {"": posting}})
    other = one.fitted(("a", "b", "c", "d"))
    again = {0: "a", 1: "b", 2: "c", 3: "d"}
    for (_, _, was), (_, _, now) in zip(
        places, other.words["word"][""].places(), strict=True
    ):  # fmt: skip
        assert [one.fields[-1 - x] if x < 0 else x for x in was] == [
            again[-1 - x] if x < 0 else x for x in now
        ]


def test_the_same_pages_are_indexed_once(
    tmp_path: Path, cache: Cache, runs: list[list[str]]
) -> None:
    """From the cache comes what Pagefind gave, instead of what is there, also elsewhere."""
    folder = write_pages(tmp_path / "one") / "search"
    assert index(Tree(tmp_path / "one"), "en", cache) == []
    made = tree(folder)
    (folder / "old.pf_meta").write_bytes(b"old")
    write_pages(tmp_path / "two")
    for place in ("one", "two"):
        assert index(Tree(tmp_path / place), "en", cache) == []
        assert tree(tmp_path / place / "en" / "search") == made
    assert len(runs) == 1
    shutil.rmtree(tmp_path / "cache")
    assert index(Tree(tmp_path / "one"), "en", cache) == []
    assert tree(folder) == made
    assert len(runs) == 2


def test_only_a_section_that_changed_is_indexed(
    tmp_path: Path, cache: Cache, runs: list[list[str]]
) -> None:
    """A word changes: Pagefind reads the pages beside it again, and no other."""
    folder = write_pages(tmp_path)
    shutil.copytree(folder / "care", folder / "sleep")
    shutil.copy(folder / "care" / "p1.html", folder / "urgent.html")
    index(Tree(tmp_path), "en", cache)
    page = folder / "sleep" / "p3.html"
    page.write_text(page.read_text("utf-8").replace("Articleword", "Otherword"), "utf-8")
    index(Tree(tmp_path), "en", cache)
    assert len(runs[0]) == 25
    assert runs[1:] == [[f"sleep/p{number}.html" for number in sorted(range(12), key=str)]]
    assert "otherword" in found(folder / "search")["words"]


def test_what_surrounds_an_article_is_not_indexed_again(
    tmp_path: Path, cache: Cache, runs: list[list[str]]
) -> None:
    """Another navigation needs no Pagefind."""
    folder = write_pages(tmp_path)
    index(Tree(tmp_path), "en", cache)
    for page in folder.rglob("p*.html"):
        page.write_text(page.read_text("utf-8").replace("navigationword", "else"), "utf-8")
    index(Tree(tmp_path), "en", cache)
    assert len(runs) == 1


def test_a_page_may_be_marked_elsewhere_than_at_its_article(tmp_path: Path, cache: Cache) -> None:
    """Where a project's own theme marks another element, Pagefind is given the page."""
    folder = write_pages(tmp_path, 1)
    page = '<html lang="en"><body>out<main data-pagefind-body><p>inside</p></main></body></html>'
    (folder / "own.html").write_text(page, "utf-8")
    assert index(Tree(tmp_path), "en", cache) == []
    words = found(folder / "search")["words"]
    assert "insid" in words
    assert "out" not in words


CHANGES: dict[str, Callable[[dict[str, str]], object]] = {
    "a word": lambda pages: pages.update(a="other"),
    "a name": lambda pages: pages.update(c=pages.pop("a")),
    "a page less": lambda pages: pages.pop("a"),
    "a page more": lambda pages: pages.update(c=""),
    "a word moved": lambda pages: pages.update(a="word", b="sothers"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_in_a_section_has_another_key(change: str) -> None:
    """Each change of names or contents is seen."""
    pages = {"a": "words", "b": "others"}
    before = key_of(pages, "en")
    CHANGES[change](pages)
    assert key_of(pages, "en") != before


def test_language_versions_and_our_code_are_part_of_the_key(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The same pages in another language, or by another program, are another section."""
    keys = {key_of({"a": "words"}, "en"), key_of({"a": "words"}, "zh")}
    tools = search._tools()
    assert any(b"def by_characters" in part for part in tools)
    monkeypatch.setattr(search, "_tools", lambda: (b"1.6.0", *tools[1:]))
    assert len(keys | {key_of({"a": "words"}, "en")}) == 3


def test_a_damaged_entry_is_made_again(tmp_path: Path, cache: Cache, runs: list[list[str]]) -> None:
    """Entries that were cut or changed are none, of sections and of the engine."""
    write_pages(tmp_path)
    index(Tree(tmp_path), "en", cache)
    made = tree(tmp_path / "en" / "search")
    entries = [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    for entry in entries:
        entry.write_bytes(entry.read_bytes()[:-1])
    assert index(Tree(tmp_path), "en", cache) == []
    assert tree(tmp_path / "en" / "search") == made
    assert len(runs) == 2
    assert len(cache.damaged) == len(entries) == 2


def test_a_section_with_a_warning_is_not_kept(
    tmp_path: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What Pagefind warns of is told at each build."""
    write_pages(tmp_path)
    monkeypatch.setattr(search, "run", lambda site: [*run(site), "Warning: a page is odd"])
    for _ in range(2):
        assert index(Tree(tmp_path), "en", cache) == ["Warning: a page is odd"]


def test_a_language_of_notices_alone_has_a_search_that_finds_nothing(
    tmp_path: Path, cache: Cache
) -> None:
    """There is an index without pages, which the dialog can load."""
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "index.html").write_text('<html lang="en"><body>no</body></html>', "utf-8")
    assert index(Tree(tmp_path), "en", cache) == []
    assert found(tmp_path / "en" / "search")["texts"] == {}
    assert (tmp_path / "en" / "search" / "pagefind.js").is_file()


def test_files_whose_names_begin_alike_do_not_replace_each_other() -> None:
    """A name that is taken gets a digit more."""
    files: dict[str, bytes] = {}
    names = [search_merge._added(files, "{}.pf_index", "en", bytes([n]), 1) for n in range(99)]
    assert len(set(names)) == len(files) == 99
    assert sorted(files.values()) == [bytes([number]) for number in range(99)]
