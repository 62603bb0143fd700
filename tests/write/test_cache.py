"""What is kept comes back, and nothing else ever does: in a folder, and in a store far away."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.command import environment, stepwell
from tests.conftest import TODAY

from stepwell import pipeline
from stepwell.progress import Silent
from stepwell.project import Project
from stepwell.write.cache import Cache, StoreFault
from stepwell.write.schedule import Crew
from stepwell.write.stock import prune, stats, verify
from stepwell.write.store import Store

KEY = "0123456789abcdef" * 4
OTHER = "f" * 64
CONTENT = b"%PDF-1.7 a leaflet"
MEMORY = "memory://stepwell"
HOUR = 3600

WRITER = """
import sys
from stepwell.write.store import Store
cache = Store.at(sys.argv[1]).cache("pdf")
print("ready", flush=True)
for number in range(10**9):
    cache.put("a" * 64, bytes([number % 256]) * 200_000)
"""


@pytest.fixture(params=["folder", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A store that is not there yet: a folder, or the memory of fsspec."""
    yield Store.at(tmp_path / "kept" if request.param == "folder" else MEMORY)
    fsspec.filesystem("memory").store.clear()


@pytest.fixture
def folder(tmp_path: Path) -> Store:
    """A store in a folder that is not there yet."""
    return Store.at(tmp_path / "kept")


def file_of(store: Store) -> Path:
    """The file of the one entry."""
    (file,) = (path for path in Path(store.address).rglob("*") if path.is_file())
    return file


def spoil(store: Store, name: str) -> None:
    """Change a byte of an entry."""
    whole = store.shelf().read(name)
    assert whole is not None
    store.shelf().write(name, whole[:-1] + bytes([whole[-1] ^ 1]))


def test_what_was_kept_is_found(store: Store) -> None:
    """A content comes back under its key and kind, also for somebody else, and only there."""
    store.cache("pdf").put(KEY, CONTENT)
    store.cache("pdf").put(OTHER, b"")
    again = Store.at(store.address).cache("pdf")
    assert (again.get(KEY), again.get(OTHER), again.get("a" * 64)) == (CONTENT, b"", None)
    assert store.cache("thumbnails").get(KEY) is None


def test_a_content_is_replaced(store: Store) -> None:
    """The last content under a key counts."""
    cache = store.cache("pdf")
    cache.put(KEY, b"before")
    cache.put(KEY, CONTENT)
    assert cache.get(KEY) == CONTENT


def test_what_was_removed_is_made_again(store: Store) -> None:
    """An entry that is gone is none, removing it again is no error, and it can come back."""
    cache, shelf = store.cache("pdf"), store.shelf()
    cache.put(KEY, CONTENT)
    (entry,) = shelf.listed()
    shelf.remove(entry.name)
    shelf.remove(entry.name)
    assert cache.get(KEY) is None
    cache.put(KEY, CONTENT)
    assert cache.get(KEY) == CONTENT


def test_damage_is_found_and_named(store: Store) -> None:
    """A damaged entry is none, its name is known, and what is made anew takes its place."""
    cache = store.cache("pdf")
    cache.put(KEY, CONTENT)
    (entry,) = store.shelf().listed()
    spoil(store, entry.name)
    assert (cache.get(KEY), cache.damaged) == (None, [entry.name])
    cache.put(KEY, CONTENT)
    assert store.cache("pdf").get(KEY) == CONTENT


@given(data=st.data())
def test_a_damaged_entry_is_none(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever happens to the bytes of an entry, a wrong content is never given back."""
    store = Store.at(tmp_path_factory.mktemp("kept"))
    cache = store.cache("pdf")
    cache.put(KEY, CONTENT)
    file = file_of(store)
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


def test_a_folder_in_the_way_is_no_entry(folder: Store) -> None:
    """What can't be read is not an entry, and no error."""
    cache = folder.cache("pdf")
    cache.put(KEY, CONTENT)
    file = file_of(folder)
    file.unlink()
    file.mkdir()
    assert cache.get(KEY) is None


@pytest.mark.parametrize("where", ["fsync", "replace"])
def test_a_full_disk_leaves_nothing_behind(
    folder: Store, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If an entry can't be written, the old one stands and no temporary file stays."""
    cache = folder.cache("pdf")
    cache.put(KEY, CONTENT)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, where, full)
    with pytest.raises(OSError, match="No space"):
        cache.put(KEY, b"new")
    assert cache.get(KEY) == CONTENT
    assert file_of(folder).read_bytes().endswith(CONTENT)


def test_a_kill_never_leaves_half_an_entry(tmp_path: Path) -> None:
    """Of two writers at once one is killed at any moment: the entry is whole, old or new."""
    moments = random.Random(2)
    cache = Store.at(tmp_path).cache("pdf")
    cache.put("a" * 64, b"\0" * 200_000)
    with writer(tmp_path) as other:
        for _ in range(20):
            with writer(tmp_path) as killed:
                with pytest.raises(subprocess.TimeoutExpired):
                    killed.wait(0.005 + moments.random() / 50)
                killed.send_signal(signal.SIGKILL)
            content = cache.get("a" * 64)
            assert content is not None
            assert (len(content), len(set(content))) == (200_000, 1)
        other.send_signal(signal.SIGKILL)
    assert cache.damaged == []


def writer(folder: Path) -> subprocess.Popen[bytes]:
    """A process that has begun to write an entry over and over."""
    begun = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder)], env=environment(), stdout=subprocess.PIPE
    )
    assert begun.stdout is not None
    begun.stdout.readline()
    return begun


def filled(store: Store, hours: tuple[int, ...] = (5, 1, 3)) -> list[str]:
    """The names of three entries of 100 bytes, the one last used so many hours ago each."""
    cache = Cache(store.shelf(), "pdf")
    for number in range(len(hours)):
        cache.put(f"{number:064x}", bytes(68))
    names = sorted(entry.name for entry in store.shelf().listed())
    for name, ago in zip(names, hours, strict=True):
        if store.local:
            moment = time.time() - ago * HOUR
            os.utime(Path(store.address, name), (moment, moment))
    return names


def test_what_is_kept_is_counted(store: Store) -> None:
    """By kind: how many entries and bytes."""
    filled(store)
    store.cache("thumbnails").put(KEY, CONTENT)
    found = [(kind.name, kind.count, kind.size) for kind in stats(store.shelf())]
    assert found == [("pdf", 3, 300), ("thumbnails", 1, 32 + len(CONTENT))]


def test_what_is_damaged_is_removed(store: Store) -> None:
    """Looking through a store names and removes what is damaged, and leaves the rest."""
    one, damaged, other = filled(store)
    spoil(store, damaged)
    seen: list[str] = []
    assert verify(store.shelf(), tuple(store.shelf().listed()), seen.append) == [damaged]
    assert sorted(seen) == [one, damaged, other]
    assert sorted(entry.name for entry in store.shelf().listed()) == [one, other]


def test_what_was_not_used_goes_first(folder: Store) -> None:
    """Down to a size the longest unused are removed; what a build reads counts as used."""
    old, new, middle = filled(folder)
    assert folder.cache("pdf").get(f"{0:064x}") is not None  # the old one is used again
    done = prune(folder.shelf(), 200)
    assert (done.count, done.size, done.left) == (1, 100, 200)
    assert sorted(entry.name for entry in folder.shelf().listed()) == sorted([old, new])
    assert middle not in {entry.name for entry in folder.shelf().listed()}
    assert prune(folder.shelf(), 200).count == 0


def test_what_was_not_used_for_days_goes(folder: Store) -> None:
    """Whatever the size, what was last used before a moment is removed."""
    _, new, _ = filled(folder)
    assert prune(folder.shelf(), 10**9, time.time() - 2 * HOUR).count == 2
    assert [entry.name for entry in folder.shelf().listed()] == [new]


@pytest.mark.parametrize("address", ["nothing://x", "s4://user:secret@host/x"])
def test_an_address_that_is_none(address: str) -> None:
    """What nothing can be kept at is said with the address, but without what grants access."""
    with pytest.raises(StoreFault, match="Nothing can be kept at ") as fault:
        Store.at(address)
    assert "secret" not in str(fault.value).partition(": ")[0]
    with pytest.raises(StoreFault, match="such as s3://"):
        Store.at("://x")


def build(root: Path, store: Store, most: int = 10**9) -> pipeline.Run:
    """A build of a project in this process's folders."""
    options = pipeline.Options(root / "site", crew=Crew(1), store=store, most=most)
    return pipeline.build(Project(root), options, TODAY, Silent())


def test_a_build_tells_of_damage_and_keeps_to_its_size(
    small: Path, built: Path, tmp_path: Path
) -> None:
    """A damaged entry is made anew and told as SW611; what a bound forbids is gone afterwards."""
    store = Store.at(tmp_path / "elsewhere")
    shutil.copytree(built / ".stepwell" / "fonts", small / ".stepwell" / "fonts")
    shutil.copytree(built / ".stepwell" / "artifacts", store.address)
    name = next(entry.name for entry in store.shelf().listed() if entry.kind == "pdf")
    spoil(store, name)
    run = build(small, store, most=50_000)
    told = [(found.code, found.span.path) for found in run.diagnostics.sorted()]
    assert (run.published, ("SW611", name) in told, len(told)) == (True, True, 1)
    assert sum(entry.size for entry in store.shelf().listed()) <= 50_000
    assert not (small / ".stepwell" / "artifacts").exists()


def test_the_commands(tmp_path: Path, small: Path) -> None:
    """stats counts, verify removes what is damaged and ends with 1, prune takes a size or days."""
    store = Store.at(small / ".stepwell" / "artifacts")
    _, damaged, _ = filled(store)
    spoil(store, damaged)
    told = stepwell("cache", "stats", cwd=small)
    assert [line.split()[:3] for line in told.stdout.splitlines()] == [
        ["pdf", "3", "300"], ["together", "3", "300"],
    ]  # fmt: skip
    assert '"entries": 3' in stepwell("cache", "stats", "--format", "json", cwd=small).stdout
    found = stepwell("cache", "verify", cwd=small)
    assert (found.returncode, damaged in found.stdout) == (1, True)
    assert stepwell("cache", "verify", cwd=small).stdout == "2 entries, 0 damaged.\n"
    done = stepwell("cache", "prune", "--max-size", "0.1kB", cwd=small)
    assert done.stdout == "Removed 1 entries (100 B); 100 B are left.\n"
    for wrong in ([], ["--max-size", "much"], ["--cache", "nothing://x", "--max-size", "1"]):
        refused = stepwell("cache", "prune", *wrong, cwd=small)
        assert (refused.returncode, "Traceback" in refused.stderr) == (2, False)
