"""The cache keeps what was made and never gives back anything else."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.command import environment

from stepwell.write.cache import Cache

KEY = "0123456789abcdef" * 4
OTHER = "f" * 64
CONTENT = b"%PDF-1.7 a leaflet"

WRITER = """
import sys
from pathlib import Path
from stepwell.write.cache import Cache
cache = Cache(Path(sys.argv[1]))
print("ready", flush=True)
for number in range(10**9):
    cache.put("a" * 64, bytes([number % 256]) * 200_000)
"""


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    """A cache whose folder is not there yet."""
    return Cache(tmp_path / "cache" / "pdf")


def entry_of(cache: Cache) -> Path:
    """The file of the one entry."""
    (file,) = (path for path in cache.folder.rglob("*") if path.is_file())
    return file


def test_what_was_kept_is_found(cache: Cache) -> None:
    """A content comes back under its key, also from another process's cache, and only there."""
    cache.put(KEY, CONTENT)
    cache.put(OTHER, b"")
    again = Cache(cache.folder)
    assert (again.get(KEY), again.get(OTHER), again.get("a" * 64)) == (CONTENT, b"", None)


def test_a_content_is_replaced(cache: Cache) -> None:
    """The last content under a key counts."""
    cache.put(KEY, b"before")
    cache.put(KEY, CONTENT)
    assert cache.get(KEY) == CONTENT


def test_a_cache_can_be_deleted_at_any_time(cache: Cache) -> None:
    """An entry that is gone is made again."""
    cache.put(KEY, CONTENT)
    entry_of(cache).unlink()
    assert cache.get(KEY) is None
    cache.put(KEY, CONTENT)
    assert cache.get(KEY) == CONTENT


@given(data=st.data())
def test_a_damaged_entry_is_none(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever happens to the bytes of an entry, a wrong content is never given back."""
    cache = Cache(tmp_path_factory.mktemp("cache"))
    cache.put(KEY, CONTENT)
    file = entry_of(cache)
    whole = file.read_bytes()
    damaged = data.draw(
        st.binary(max_size=80)
        | st.integers(0, len(whole) - 1).map(lambda end: whole[:end])
        | st.tuples(st.integers(0, len(whole) - 1), st.integers(1, 255)).map(
            lambda at: whole[: at[0]] + bytes([whole[at[0]] ^ at[1]]) + whole[at[0] + 1 :]
        )
    )
    file.write_bytes(damaged)
    assert cache.get(KEY) in (None, CONTENT)
    assert (cache.get(KEY) == CONTENT) == (damaged == whole)


def test_a_folder_in_the_way_is_no_entry(cache: Cache) -> None:
    """What can't be read is not an entry, and no error."""
    cache.put(KEY, CONTENT)
    file = entry_of(cache)
    file.unlink()
    file.mkdir()
    assert cache.get(KEY) is None


@pytest.mark.parametrize("where", ["fsync", "replace"])
def test_a_full_disk_leaves_nothing_behind(
    cache: Cache, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If an entry can't be written, the old one stands and no temporary file stays."""
    cache.put(KEY, CONTENT)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, where, full)
    with pytest.raises(OSError, match="No space"):
        cache.put(KEY, b"new")
    assert cache.get(KEY) == CONTENT
    assert entry_of(cache).read_bytes().endswith(CONTENT)


def test_a_kill_never_leaves_half_an_entry(tmp_path: Path) -> None:
    """A writer that is killed at any moment leaves an entry whole, old or new."""
    moments = random.Random(2)
    cache = Cache(tmp_path)
    cache.put("a" * 64, b"\0" * 200_000)
    for _ in range(20):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path)],
            env=environment(), stdout=subprocess.PIPE,
        ) as writer:  # fmt: skip
            assert writer.stdout is not None
            writer.stdout.readline()
            with pytest.raises(subprocess.TimeoutExpired):
                writer.wait(0.005 + moments.random() / 50)
            writer.send_signal(signal.SIGKILL)
        content = cache.get("a" * 64)
        assert content is not None
        assert (len(content), len(set(content))) == (200_000, 1)
