"""The search index: only articles, in a stable order, and nothing that is not needed."""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.searches import index

from stepwell.write import search_run
from stepwell.write.search_format import array, decoded, encoded, read

PAGE = """<!doctype html><html lang="en"><head><title>Tab {number}</title></head><body>
<nav>navigationword</nav>
<article data-pagefind-body data-title="Title {number}, with a comma" data-label="For patients"
data-audience="{audience}" data-kind="{kind}"
data-pagefind-meta="title[data-title], audience[data-label]"
data-pagefind-filter="audience[data-audience], kind[data-kind]">
<h1>Heading {number}</h1><p>Articleword {number} &lt;b&gt;</p>
<footer data-pagefind-ignore>endword</footer></article></body></html>"""


def write_pages(out: Path, count: int = 12) -> Path:
    """Pages of four audiences and three kinds, and one that is not an article."""
    folder = out / "en"
    for number in range(count):
        text = PAGE.format(number=number, audience=f"a{number % 4}", kind=f"k{number % 3}")
        path = folder / "care" / f"p{number}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder / "404.html").write_text("<html lang=en><body><p>lostword</p></body></html>")
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    """All files below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def texts(bundle: Path) -> list[dict[str, object]]:
    """The texts that Pagefind would show, a page each."""
    bodies = [gzip.decompress(path.read_bytes()) for path in (bundle / "fragment").iterdir()]
    return [json.loads(body.removeprefix(b"pagefind_dcd")) for body in bodies]


def test_pieces_of_the_index_are_small_and_whole(tmp_path: Path) -> None:
    """Each word stands in one piece, whose range has it; a piece is small or a single word."""
    bundle = write_pages(tmp_path, 1) / "search"
    words = " ".join(f"word{number}" for number in range(9000))
    page = bundle.parent / "care" / "p0.html"
    page.write_text(page.read_text("utf-8").replace("Articleword", words), encoding="utf-8")
    assert index(tmp_path, "en") == []
    entry = json.loads((bundle / "pagefind-entry.json").read_text())["languages"]["en"]
    pieces = read(bundle / f"pagefind.{entry['hash']}.pf_meta")[2]
    words_found: list[str] = []
    for first, last, name in pieces:
        inside = read(bundle / "index" / f"{name}.pf_index")[0]
        assert [first, last] == [inside[0][0], inside[-1][0]]
        assert len(encoded(inside)) < 25_000
        words_found += [word for word, *_ in inside]
    assert len(pieces) > 3
    assert len(set(words_found)) == len(words_found) > 9000
    assert words_found == sorted(words_found)
    assert {path.stem for path in (bundle / "index").iterdir()} == {name for *_, name in pieces}


def test_every_run_gives_the_same_files(tmp_path: Path) -> None:
    """Indexing the same pages again and again gives the same names and bytes."""
    folder = write_pages(tmp_path)
    runs = []
    for _ in range(4):
        assert index(tmp_path, "en") == []
        runs.append(tree(folder / "search"))
    assert all(run == runs[0] for run in runs)


def test_names_in_the_index_lead_to_files(tmp_path: Path) -> None:
    """Entry file and metadata name the files that there are, and every page is counted."""
    bundle = write_pages(tmp_path) / "search"
    index(tmp_path, "en")
    entry = json.loads((bundle / "pagefind-entry.json").read_text())["languages"]["en"]
    meta = read(bundle / f"pagefind.{entry['hash']}.pf_meta")
    names = {name for _, name in meta[3]}
    assert {path.stem for path in (bundle / "filter").iterdir()} == names
    assert entry["page_count"] == len(meta[1]) == 12


def test_filters_are_sorted_and_complete(tmp_path: Path) -> None:
    """Sorting loses no value and no page."""
    bundle = write_pages(tmp_path) / "search"
    index(tmp_path, "en")
    filters = dict(read(path) for path in (bundle / "filter").iterdir())
    assert [value for value, _ in filters["audience"]] == ["a0", "a1", "a2", "a3"]
    assert sorted(page for _, pages in filters["kind"] for page in pages) == list(range(12))


def test_only_articles_are_indexed(tmp_path: Path) -> None:
    """Navigation, page end and error page are not found; title and audience are as given."""
    bundle = write_pages(tmp_path, 1) / "search"
    index(tmp_path, "en")
    (text,) = texts(bundle)
    assert "Articleword" in str(text["content"])
    assert not [word for word in ("navigationword", "endword", "lostword") if word in str(text)]
    assert text["meta"] == {"title": "Title 0, with a comma", "audience": "For patients"}


def test_interfaces_of_pagefind_are_not_published(tmp_path: Path) -> None:
    """Only the engine stays: the theme has its own dialog."""
    bundle = write_pages(tmp_path) / "search"
    index(tmp_path, "en")
    assert not [
        path.name for path in bundle.iterdir() if "ui" in path.name or "highlight" in path.name
    ]
    assert {path.name for path in bundle.glob("wasm.*")} == {"wasm.en.pagefind"}


def test_old_index_is_replaced(tmp_path: Path) -> None:
    """Nothing of an earlier index stays."""
    folder = write_pages(tmp_path)
    index(tmp_path, "en")
    shutil.rmtree(folder / "care")
    write_pages(tmp_path, 2)
    index(tmp_path, "en")
    assert len(texts(folder / "search")) == 2


def test_settings_of_the_user_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a pagefind.yml where the command runs nor the environment changes the index."""
    write_pages(tmp_path)
    (tmp_path / "pagefind.yml").write_text("output_subdir: elsewhere\n")
    monkeypatch.setenv("PAGEFIND_OUTPUT_SUBDIR", "elsewhere")
    monkeypatch.chdir(tmp_path)
    assert index(tmp_path, "en") == []
    assert not (tmp_path / "en/elsewhere").exists()


def test_language_without_stemmer_is_indexed(tmp_path: Path) -> None:
    """A language that Pagefind has no stemmer for is indexed without a warning."""
    folder = tmp_path / "ti"
    folder.mkdir()
    text = PAGE.replace('lang="en"', 'lang="ti"').format(number=1, audience="a", kind="k")
    (folder / "index.html").write_text(text, encoding="utf-8")
    assert index(tmp_path, "ti") == []
    assert len(texts(folder / "search")) == 1


def test_folder_without_pages_is_an_error(tmp_path: Path) -> None:
    """There is no index of nothing: the pages come first."""
    (tmp_path / "en").mkdir()
    with pytest.raises(RuntimeError, match="no pages to index in en/"):
        index(tmp_path, "en")


def test_failure_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Pagefind that fails stops the build and says what it said."""
    program = tmp_path / "program"
    program.write_text("#!/bin/sh\necho broken >&2\nexit 3\n")
    program.chmod(0o755)
    monkeypatch.setattr(search_run, "_program", lambda: str(program))
    with pytest.raises(RuntimeError, match=r"\(3\): broken"):
        index(write_pages(tmp_path).parent, "en")


VALUES = st.recursive(
    st.integers(-(2**31), 2**63) | st.text(max_size=300),
    lambda inner: st.lists(inner, max_size=40),
)


@settings(deadline=None)
@given(st.lists(VALUES, max_size=400))
def test_arrays_are_put_together_as_they_are_written(values: list[object]) -> None:
    """An array of items that are written already is the array of the items."""
    assert array([encoded(value) for value in values]) == encoded(values)
    assert decoded(encoded(values)) == values


def test_unknown_index_is_refused(tmp_path: Path) -> None:
    """An index in a form that is not known is not rewritten by guess."""
    with pytest.raises(ValueError, match="can't be read"):
        decoded(b"\x81")
    (tmp_path / "x").write_bytes(gzip.compress(b"other"))
    with pytest.raises(ValueError, match="not a file of a Pagefind"):
        read(tmp_path / "x")
