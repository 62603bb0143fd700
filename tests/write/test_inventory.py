"""What was published is known without being read, as long as it looks as it was left."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepwell.write.inventory import Inventory, digest_of
from stepwell.write.tree import Tree

CONTENT = b"<p>10 days</p>"


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """A tree beside a published site of two files, which are in its inventory."""
    for name in ("old/en", "new"):
        (tmp_path / name).mkdir(parents=True)
    rows = {}
    for path in ("en/a.html", "en/b.html"):
        file = tmp_path / "old" / path
        file.write_bytes(CONTENT)
        looks = file.stat()
        rows[path] = (looks.st_size, looks.st_mtime_ns, digest_of(CONTENT))
    Inventory(rows).write(tmp_path / "known.json")
    return Tree(tmp_path / "new", tmp_path / "old", tmp_path / "known.json")


def published(tree: Tree) -> Path:
    """The folder of what is published."""
    assert tree.before is not None
    return tree.before


def test_what_stands_is_kept_and_not_read(tree: Tree) -> None:
    """Files with the hashes that are asked for become the same files; nobody may read them."""
    old = published(tree)
    for name in ("a", "b"):
        (old / f"en/{name}.html").chmod(0)
    digest = digest_of(CONTENT)
    assert tree.keep({"en/a.html": digest, "en/b.html": digest})
    for name in ("a", "b"):
        assert (tree.folder / f"en/{name}.html").samefile(old / f"en/{name}.html")


def _replaced(file: Path, by: Callable[[Path], None]) -> None:
    file.unlink()
    by(file)


CHANGES: dict[str, Callable[[Path], object]] = {
    "other bytes": lambda file: file.write_bytes(b"<p>99 days</p>"),
    "cut": lambda file: file.write_bytes(CONTENT[:-1]),
    "gone": lambda file: file.unlink(),
    "a link": lambda file: _replaced(file, lambda new: new.symlink_to("b.html")),
    "a folder": lambda file: _replaced(file, Path.mkdir),
    "touched": lambda file: os.utime(file, ns=(1, 1)),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_was_changed_is_not_kept(tree: Tree, change: str) -> None:
    """A published file that somebody changed, took away or replaced is not known any more."""
    CHANGES[change](published(tree) / "en/a.html")
    assert not tree.keep({"en/a.html": digest_of(CONTENT)})
    tree.put("en/a.html", CONTENT)
    assert (tree.folder / "en/a.html").read_bytes() == CONTENT


def test_other_content_is_not_kept(tree: Tree) -> None:
    """What is asked for is told by its hash; what was never published has none."""
    assert not tree.keep({"en/a.html": digest_of(b"other")})
    assert not tree.keep({"en/c.html": digest_of(CONTENT)})
    assert not Tree(tree.folder, None, tree.known).keep({"en/a.html": digest_of(CONTENT)})
    assert not Tree(tree.folder, tree.before).keep({"en/a.html": digest_of(CONTENT)})


@pytest.mark.parametrize("path", ["../a.html", "/etc/hosts", "en/../../a.html"])
def test_no_path_leads_out_of_the_site(tree: Tree, path: str) -> None:
    """An entry of a shared store can't have a file written elsewhere."""
    with pytest.raises(ValueError, match="not a path below"):
        tree.put(path, CONTENT)
    with pytest.raises(ValueError, match="not a path below"):
        tree.keep({path: digest_of(CONTENT)})


@given(st.data())
def test_a_damaged_inventory_knows_nothing(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Cut or changed anywhere it is empty, and so it is where there is none."""
    file = tmp_path_factory.mktemp("known") / "known.json"
    assert Inventory.at(file).rows == {}
    Inventory({"a": (1, 2, "f" * 64)}).write(file)
    assert Inventory.at(file).rows == {"a": (1, 2, "f" * 64)}
    whole = file.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    file.write_bytes(data.draw(st.sampled_from([whole[:at], whole[:at] + b"#" + whole[at + 1 :]])))
    os.utime(file, ns=(at + 1, at + 1))
    assert Inventory.at(file).rows == {}
