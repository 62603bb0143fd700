"""`manifest.json` lists every published file, and where its words were written."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from stepwell.model import Data, Document, Page, Proved
from stepwell.source import NOWHERE, Span, lines_of
from stepwell.write.inventory import Inventory
from stepwell.write.manifest import write_manifest
from stepwell.write.publish import MARK, staging

LINES = lines_of((
    Span("pathways/x/tiers.yaml", 9, 3), Span("pathways/site.yaml", 2, 1), NOWHERE,
    Span("pathways/x/tiers.yaml", 4, 1), Span("pathways/x/tiers.yaml", 9, 8),
))  # fmt: skip
PAGE = Page(
    "ar/index.html", "النوم", "ar", "patient", "x", LINES, "<h1>النوم</h1>", "Sleep", (), "home"
)
LEAFLET = Document("en/print/x/leaflet.pdf", "Leaflet", "en", "family", "x", (), "", "leaflet")
TABLE = Data("en/resources.csv", "Resources", "en", "everybody", "", (), b"a,b\n")
FILES = {"ar/index.html": b"<html>", "en/print/x/leaflet.pdf": b"%PDF", "en/resources.csv": b""}


def written(folder: Path, files: dict[str, bytes]) -> dict[str, Any]:
    """The manifest of a folder with some files."""
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    write_manifest(folder, [PAGE, LEAFLET, TABLE], "1.2.3")
    manifest: dict[str, Any] = json.loads((folder / MARK).read_text("utf-8"))
    return manifest


def rows(folder: Path, files: dict[str, bytes]) -> dict[str, dict[str, Any]]:
    """Path -> row of the manifest of a folder with some files."""
    return {row["path"]: row for row in written(folder, files)["files"]}


def test_every_file_has_a_row_sorted_by_path(tmp_path: Path) -> None:
    """Files that no artifact stands for are listed too; the manifest itself is not."""
    manifest = written(tmp_path, {**FILES, "assets/z.css": b"", "assets/a.js": b""})
    paths = [row["path"] for row in manifest["files"]]
    assert paths == sorted([*FILES, "assets/z.css", "assets/a.js"])
    assert manifest["stepwell"] == "1.2.3"


def test_a_row_has_the_checksum_and_size_of_its_file(tmp_path: Path) -> None:
    """Whoever copies the site can check that it arrived whole."""
    for path, row in rows(tmp_path, FILES).items():
        content = (tmp_path / path).read_bytes()
        assert (row["sha256"], row["bytes"]) == (hashlib.sha256(content).hexdigest(), len(content))


def test_a_file_that_is_known_is_not_read(tmp_path: Path) -> None:
    """A file of the last build counts as it was then; one that looks otherwise is read."""
    written(tmp_path, FILES)
    before = write_manifest(tmp_path, [PAGE], "1.2.3")
    assert set(before.rows) == {*FILES, MARK}
    fake = {path: (size, time, "0" * 64) for path, (size, time, _) in before.rows.items()}
    (tmp_path / "en/resources.csv").write_bytes(b"c")
    found = write_manifest(tmp_path, [PAGE], "1.2.3", (), Inventory(fake)).rows
    assert found["ar/index.html"][2] == "0" * 64
    assert found["en/resources.csv"][2] == hashlib.sha256(b"c").hexdigest()


def test_an_artifact_is_described(tmp_path: Path) -> None:
    """A page or document has title, language, audience, pathway and kind, in its own script."""
    found = rows(tmp_path, FILES)
    assert {key: found["ar/index.html"][key] for key in ("kind", "title", "language")} == {
        "kind": "page", "title": "النوم", "language": "ar",
    }  # fmt: skip
    assert [found[path]["kind"] for path in FILES] == ["page", "document", "data"]
    assert found["en/print/x/leaflet.pdf"]["audience"] == "family"
    assert "النوم" in (tmp_path / MARK).read_text("utf-8")


def test_sources_are_files_and_lines(tmp_path: Path) -> None:
    """Each line is named once, in order; a text from nowhere has no place."""
    found = rows(tmp_path, FILES)
    assert found["ar/index.html"]["sources"] == {
        "pathways/site.yaml": [2], "pathways/x/tiers.yaml": [4, 9],
    }  # fmt: skip
    assert found["en/resources.csv"]["sources"] == {}


def test_other_files_are_not_described(tmp_path: Path) -> None:
    """A style sheet has a path, a checksum and a size, nothing else."""
    assert set(rows(tmp_path, {"a.css": b""})["a.css"]) == {"path", "sha256", "bytes"}


def test_the_order_of_writing_does_not_count(tmp_path: Path) -> None:
    """The same files give the same bytes, in whatever order the disk lists them."""
    one, two = tmp_path / "one", tmp_path / "two"
    written(one, FILES)
    written(two, dict(reversed(FILES.items())))
    assert (one / MARK).read_bytes() == (two / MARK).read_bytes()


@pytest.mark.parametrize("version", ["0.1.0", "12.345.6789rc1.dev20261122"])
def test_a_manifest_is_known_by_the_next_build(tmp_path: Path, version: str) -> None:
    """A folder with such a manifest is ours, so that the next build may take its place."""
    out = tmp_path / "site"
    out.mkdir()
    write_manifest(out, [], version)
    with staging(out) as stage:
        assert stage.out == out


def test_the_proof_of_each_pathway_is_in_it(tmp_path: Path) -> None:
    """Whoever takes over a site sees what was proved of its criteria, and what was waived."""
    proof = Proved("x", "abc", (("gap", 1, 0, 1), ("always", 3, 3, 0)), ("next-door",))
    write_manifest(tmp_path, [], "1.2.3", [proof])
    assert json.loads((tmp_path / MARK).read_text("utf-8"))["proofs"] == [
        {
            "pathway": "x",
            "digest": "abc",
            "obligations": {
                "gap": {"asked": 1, "held": 0, "waived": 1},
                "always": {"asked": 3, "held": 3, "waived": 0},
            },
            "waivers": ["next-door"],
        }
    ]
