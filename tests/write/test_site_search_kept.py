"""A search index is made once for the same pages, and is then the same byte for byte."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.write.test_site_search import tree, write_pages

from stepwell.write import search, search_kept
from stepwell.write.cache import Cache
from stepwell.write.search_kept import kept_index, key_of
from stepwell.write.store import Store
from stepwell.write.tree import Tree


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    """An empty cache."""
    return Store.at(tmp_path / "cache").cache("search")


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders that Pagefind was run over."""
    found: list[Path] = []
    run = search._run

    def counted(site: Path) -> list[str]:
        found.append(site)
        return run(site)

    monkeypatch.setattr(search, "_run", counted)
    return found


def test_the_same_pages_are_indexed_once(tmp_path: Path, cache: Cache, runs: list[Path]) -> None:
    """From the cache comes what Pagefind gave, instead of what is there, also elsewhere."""
    folder = write_pages(tmp_path / "one") / "search"
    assert kept_index(Tree(tmp_path / "one"), "en", cache) == []
    made = tree(folder)
    (folder / "old.pf_meta").write_bytes(b"old")
    write_pages(tmp_path / "two")
    for place in ("one", "two"):
        assert kept_index(Tree(tmp_path / place), "en", cache) == []
        assert tree(tmp_path / place / "en" / "search") == made
    assert len(runs) == 1
    shutil.rmtree(tmp_path / "cache")
    assert kept_index(Tree(tmp_path / "one"), "en", cache) == []
    assert tree(folder) == made
    assert len(runs) == 2


CHANGES: dict[str, Callable[[Path], object]] = {
    "a word": lambda folder: (folder / "care/p3.html").write_text("<p>other</p>", "utf-8"),
    "a name": lambda folder: (folder / "care/p3.html").rename(folder / "care/p33.html"),
    "a page less": lambda folder: (folder / "care/p3.html").unlink(),
    "a page more": lambda folder: (folder / "new.html").write_text("<p>new</p>", "utf-8"),
    "a word moved": lambda folder: [
        (folder / "404.html").write_text("", "utf-8"),
        (folder / "405.html").write_text("<html lang=en><body><p>lostword</p>", "utf-8"),
    ],
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_in_the_pages_has_another_key(tmp_path: Path, change: str) -> None:
    """Each change of names or contents is seen; what Pagefind does not read is not."""
    folder = write_pages(tmp_path)
    before = key_of(folder, "en")
    (folder / "care.csv").write_text("a,b", "utf-8")
    assert key_of(folder, "en") == before
    CHANGES[change](folder)
    assert key_of(folder, "en") != before


def test_language_versions_and_our_code_are_part_of_the_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same pages in another language, or by another program, are another index."""
    folder = write_pages(tmp_path)
    keys = {key_of(folder, "en"), key_of(folder, "zh")}
    tools = search_kept._tools()
    assert any(b"def by_characters" in part for part in tools)
    monkeypatch.setattr(search_kept, "_tools", lambda: (b"1.6.0", *tools[1:]))
    assert len(keys | {key_of(folder, "en")}) == 3


def test_a_damaged_entry_is_made_again(tmp_path: Path, cache: Cache, runs: list[Path]) -> None:
    """An entry that was cut or changed is none."""
    write_pages(tmp_path)
    kept_index(Tree(tmp_path), "en", cache)
    made = tree(tmp_path / "en" / "search")
    (entry,) = (path for path in (tmp_path / "cache").rglob("*") if path.is_file())
    entry.write_bytes(entry.read_bytes()[:-1])
    assert kept_index(Tree(tmp_path), "en", cache) == []
    assert tree(tmp_path / "en" / "search") == made
    assert len(runs) == 2
    assert len(cache.damaged) == 1


def test_an_index_with_a_warning_is_not_kept(
    tmp_path: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What Pagefind warns of is told at each build."""
    write_pages(tmp_path)
    run = search._run
    monkeypatch.setattr(search, "_run", lambda site: [*run(site), "Warning: a page is odd"])
    for _ in range(2):
        assert kept_index(Tree(tmp_path), "en", cache) == ["Warning: a page is odd"]
