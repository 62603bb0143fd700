"""Files of a site that is made: those that are published with the same bytes are the same files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepwell.write.tree import Tree


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """A tree beside a published site with one page."""
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "page.html").write_bytes(b"<p>999</p>")
    (tmp_path / "new").mkdir()
    return Tree(tmp_path / "new", tmp_path / "old")


def test_a_file_that_is_published_is_not_written_again(tree: Tree) -> None:
    """It is the same file in both, with its date."""
    tree.put("page.html", b"<p>999</p>")
    assert tree.before is not None
    assert (tree.folder / "page.html").samefile(tree.before / "page.html")


@pytest.mark.parametrize("content", [b"<p>111</p>", b"", b"<p>999</p>\n"])
def test_a_file_with_other_bytes_is_a_new_one(tree: Tree, content: bytes) -> None:
    """Also where it is as long as the published one, which stays as it is."""
    tree.put("page.html", content)
    assert (tree.folder / "page.html").read_bytes() == content
    assert tree.before is not None
    assert (tree.before / "page.html").read_bytes() == b"<p>999</p>"


def test_a_published_file_is_never_written_into(tree: Tree) -> None:
    """Whoever does a task twice, with another result, leaves the published site alone."""
    tree.put("page.html", b"<p>999</p>")
    tree.put("page.html", b"<p>112</p>")
    assert tree.before is not None
    assert (tree.before / "page.html").read_bytes() == b"<p>999</p>"
    assert (tree.folder / "page.html").read_bytes() == b"<p>112</p>"


def test_what_is_no_plain_file_is_not_followed(tree: Tree, tmp_path: Path) -> None:
    """A link that somebody put into the published site does not become a part of the next."""
    (tmp_path / "secret").write_bytes(b"<p>1</p>")
    assert tree.before is not None
    (tree.before / "link.html").symlink_to(tmp_path / "secret")
    tree.put("link.html", b"<p>1</p>")
    assert not (tree.folder / "link.html").is_symlink()
    assert not (tree.folder / "link.html").samefile(tmp_path / "secret")


def test_where_files_can_not_be_linked_they_are_written(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk without hard links has the same site."""

    def refused(*given: object, **named: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr(os, "link", refused)
    tree.put("page.html", b"<p>999</p>")
    assert (tree.folder / "page.html").read_bytes() == b"<p>999</p>"


@given(st.lists(st.tuples(st.sampled_from("abc"), st.binary(max_size=3)), max_size=12))
def test_the_last_bytes_stand(
    tmp_path_factory: pytest.TempPathFactory, puts: list[tuple[str, bytes]]
) -> None:
    """Whatever is put, and put again, reads as it was put last; what is published never changes."""
    root = tmp_path_factory.mktemp("tree")
    old, new = root / "old", root / "new"
    old.mkdir()
    for name in "abc":
        (old / name).write_bytes(name.encode())
    for name, content in puts:
        Tree(new, old).put(f"in/{name}", content)
        Tree(new, old).put(name, content)
    for name, content in dict(puts).items():
        assert (new / name).read_bytes() == (new / "in" / name).read_bytes() == content
    assert {path.read_bytes() for path in old.iterdir()} == {b"a", b"b", b"c"}
