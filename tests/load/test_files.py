"""Only files of the project are read, and only as UTF-8 text without tricks."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from stepwell.diagnostics import Diagnostics
from stepwell.load.files import MAX_BYTES, listing, read

CONTENTS = [
    ("UTF-16", "a: 1\n".encode("utf-16"), "SW101", 1, 1),
    ("Latin-1", "a: caf\xe9\n".encode("latin-1"), "SW101", 1, 7),
    ("an encoded surrogate", b"a: \xed\xa0\x80\n", "SW101", 1, 4),
    ("NUL", b"a: 1\nb: x\0y\n", "SW102", 2, 5),
    ("zero-width space", "a: x\u200by\n".encode(), "SW102", 1, 5),
    ("line separator", "a: x\u2028y\n".encode(), "SW102", 1, 5),
    ("soft hyphen in a key", "pa\u00adth: x\n".encode(), "SW102", 1, 3),
    ("private use", "a: \ue000\n".encode(), "SW102", 1, 4),
    ("right-to-left override", "a: \u202e0100 7946 020\n".encode(), "SW103", 1, 4),
    ("isolate", "a: 1\nb: \u2067x\u2069\n".encode(), "SW103", 2, 4),
]


@pytest.mark.parametrize(("content", "code", "line", "column"), [r[1:] for r in CONTENTS],
                         ids=[r[0] for r in CONTENTS])  # fmt: skip
def test_tricks_of_encoding_are_refused(
    tmp_path: Path, content: bytes, code: str, line: int, column: int
) -> None:
    """Other encodings, invisible and direction characters are refused at their place."""
    (tmp_path / "x.yaml").write_bytes(content)
    diagnostics = Diagnostics()
    assert read(tmp_path, "x.yaml", diagnostics) is None
    first = diagnostics.sorted()[0]
    assert (first.code, first.span.line, first.span.column) == (code, line, column)


def test_a_byte_order_mark_and_windows_line_ends_are_accepted(tmp_path: Path) -> None:
    """What a Windows editor adds does no harm."""
    (tmp_path / "x.yaml").write_bytes("\ufeffa: 1\r\nb: é\r\n".encode())
    source = read(tmp_path, "x.yaml", Diagnostics())
    assert source is not None
    assert source.text == "a: 1\nb: é\n"


def test_joiners_of_persian_and_hindi_are_kept(tmp_path: Path) -> None:
    """The zero-width joiners that spell words are letters, not tricks."""
    (tmp_path / "x.yaml").write_text("a: می\u200cخواهم क\u094d\u200dष\n", encoding="utf-8")
    diagnostics = Diagnostics()
    assert read(tmp_path, "x.yaml", diagnostics) is not None
    assert not diagnostics.failed


def test_a_large_file_is_refused(tmp_path: Path) -> None:
    """A file over 2 MiB is refused before it is parsed."""
    (tmp_path / "x.yaml").write_bytes(b"#" * (MAX_BYTES + 1))
    diagnostics = Diagnostics()
    assert read(tmp_path, "x.yaml", diagnostics) is None
    assert diagnostics.sorted()[0].code == "SW112"


@pytest.mark.parametrize("path", ["../secret.yaml", "a/../../secret.yaml", "/etc/hostname"])
def test_no_path_leaves_the_project(tmp_path: Path, path: str) -> None:
    """A path that leads out is refused, whether or not a file is there."""
    root = tmp_path / "root"
    (root / "a").mkdir(parents=True)
    (tmp_path / "secret.yaml").write_text("a: secret\n")
    with pytest.raises(ValueError, match="not a path below the project"):
        read(root, path, Diagnostics())


def test_links_to_files_and_folders_are_refused(tmp_path: Path) -> None:
    """A symbolic link is reported and never followed, as file or as folder, inside or out."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "x.yaml").write_text("a: secret\n")
    root = tmp_path / "root"
    (root / "p").mkdir(parents=True)
    (root / "p" / "real.yaml").write_text("a: 1\n")
    (root / "p" / "file.yaml").symlink_to(outside / "x.yaml")
    (root / "p" / "same.yaml").symlink_to("real.yaml")
    (root / "p" / "folder").symlink_to(outside)
    diagnostics = Diagnostics()
    assert listing(root, "p", diagnostics) == ["p/real.yaml"]
    found = {(d.code, d.span.path) for d in diagnostics.sorted()}
    assert found == {("SW113", f"p/{name}") for name in ("file.yaml", "same.yaml", "folder")}


def test_a_file_behind_a_linked_folder_is_refused(tmp_path: Path) -> None:
    """A link in the middle of a path is found too."""
    (tmp_path / "q").mkdir()
    (tmp_path / "q" / "x.yaml").write_text("a: 1\n")
    (tmp_path / "p").symlink_to("q")
    diagnostics = Diagnostics()
    assert read(tmp_path, "p/x.yaml", diagnostics) is None
    assert diagnostics.sorted()[0].code == "SW113"


def test_a_device_is_not_read(tmp_path: Path) -> None:
    """A pipe in the place of a file does not hang a build."""
    os.mkfifo(tmp_path / "x.yaml")
    diagnostics = Diagnostics()
    assert read(tmp_path, "x.yaml", diagnostics) is None
    assert diagnostics.sorted()[0].code == "SW122"
