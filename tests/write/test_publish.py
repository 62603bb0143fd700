"""Publishing is one switch: whatever happens, the site that stands is whole.

Real processes are killed at random moments; `make soak` does that 500 times.
"""

from __future__ import annotations

import errno
import hashlib
import inspect
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.command import COMMAND, environment, stepwell

from stepwell.cli import main
from stepwell.write import publish
from stepwell.write.publish import MARK, Busy, NotOurs, remove, staging

FILES = 20
linux = pytest.mark.skipif(sys.platform != "linux", reason="one system call that only Linux has")


def fill(folder: Path, number: int) -> None:
    """Write a site of some files, each of which holds a number."""
    for name in range(FILES):
        page = folder / f"page-{name}" / "index.html"
        page.parent.mkdir()
        page.write_text(str(number), encoding="utf-8")
    mark = json.dumps({"stepwell": "test", "number": number}, indent=1)
    (folder / MARK).write_text(mark, encoding="utf-8")


PUBLISHER = f"""
import json, sys
from pathlib import Path
from stepwell.write.publish import MARK, staging
FILES = {FILES}
{inspect.getsource(fill)}
out, start = Path(sys.argv[1]), int(sys.argv[2])
for number in range(start, start + 10**9):
    with staging(out) as stage:
        fill(stage.folder, number)
        stage.publish()
    if number == start:
        print("ready", flush=True)
"""


def number_of(out: Path) -> int:
    """The number of a site; fails if it is not there, or not whole and of one build."""
    number = json.loads((out / MARK).read_text("utf-8"))["number"]
    pages = [(out / f"page-{name}" / "index.html").read_text("utf-8") for name in range(FILES)]
    assert pages == [str(number)] * FILES
    assert len(list(out.iterdir())) == FILES + 1
    return int(number)


def put(out: Path, number: int) -> None:
    """Publish a site."""
    with staging(out) as stage:
        fill(stage.folder, number)
        stage.publish()


def beside(out: Path) -> set[str]:
    """The names beside a site, but for its lock."""
    return {path.name for path in out.parent.iterdir()} - {out.name, f".{out.name}.lock"}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Where a site will be published: nothing is there yet."""
    return tmp_path / "public" / "site"


@pytest.mark.parametrize("exchange", [True, False], ids=["one step", "two renames"])
def test_a_site_takes_the_place_of_the_last(
    out: Path, exchange: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first publishing makes the folder, the next ones replace it whole; nothing stays over."""
    if not exchange:
        monkeypatch.setattr(publish, "_exchange", lambda folder, out: False)
    for number in range(3):
        put(out, number)
        assert number_of(out) == number
        assert beside(out) == set()
    assert out.stat().st_mode & 0o777 == 0o755


def test_an_empty_folder_may_be_used(out: Path) -> None:
    """A folder that somebody made beforehand is taken if nothing is in it."""
    out.mkdir(parents=True)
    put(out, 1)
    assert number_of(out) == 1


def test_what_is_not_published_is_gone(out: Path) -> None:
    """A build that ends without publishing, for a reason or by an error, changes nothing."""
    put(out, 1)
    with staging(out) as stage:
        fill(stage.folder, 2)
    with pytest.raises(KeyboardInterrupt):
        _interrupted(out)
    assert number_of(out) == 1
    assert beside(out) == set()


def _interrupted(out: Path) -> None:
    with staging(out) as stage:
        fill(stage.folder, 3)
        raise KeyboardInterrupt


def test_a_second_build_is_refused(out: Path) -> None:
    """Two builds at once: the second is told so, the first goes on."""
    with staging(out) as stage:
        with pytest.raises(Busy, match="another build"), staging(out):
            pass
        with pytest.raises(Busy, match="another build"):
            put(out, 2)
        fill(stage.folder, 1)
        stage.publish()
    assert number_of(out) == 1
    put(out, 2)


def test_removing_waits_for_nobody(out: Path) -> None:
    """A site that is being built can't be removed, and one that is removed can be built again."""
    put(out, 1)
    with staging(out), pytest.raises(Busy):
        remove(out)
    assert number_of(out) == 1
    assert remove(out) is True
    assert list(out.parent.iterdir()) == []
    assert remove(out) is False
    put(out, 2)
    assert number_of(out) == 2


def test_a_lock_that_was_removed_locks_nothing(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who gets the lock of a file that is no longer there takes the new one, or two would build."""
    put(out, 1)
    lock = out.parent / f".{out.name}.lock"
    opened = os.open

    def remove_after_opening(path: str, *rest: int, **more: int) -> int:
        handle = opened(path, *rest, **more)
        if lock.exists() and Path(path) == lock:
            monkeypatch.setattr(os, "open", opened)
            lock.unlink()
        return handle

    monkeypatch.setattr(os, "open", remove_after_opening)
    with staging(out), pytest.raises(Busy), staging(out):
        pass


@pytest.mark.parametrize(
    "files",
    [
        {"index.html": "<h1>Mine</h1>"},
        {MARK: '{"name": "A web app", "start_url": "/"}', "index.html": "<h1>Mine</h1>"},
        {MARK: ""},
        {".git/HEAD": "ref: refs/heads/main"},
    ],
    ids=["a page", "a web app", "an empty manifest", "a repository"],
)
def test_a_foreign_folder_is_refused(out: Path, files: dict[str, str]) -> None:
    """What no build has published is neither replaced nor deleted, not one file of it."""
    for path, text in files.items():
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_text(text, encoding="utf-8")
    with pytest.raises(NotOurs, match="no build has published"):
        put(out, 1)
    with pytest.raises(NotOurs, match="no build has published"):
        remove(out)
    found = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert found == set(files)
    assert beside(out) == set()


@pytest.mark.parametrize("dangling", [False, True])
def test_a_symbolic_link_is_refused(tmp_path: Path, dangling: bool) -> None:
    """A link to a site is not replaced, and what it leads to is not written."""
    target, link = tmp_path / "elsewhere", tmp_path / "site"
    if not dangling:
        put(target, 1)
    link.symlink_to(target)
    with pytest.raises(NotOurs, match="not a folder"):
        put(link, 2)
    assert link.is_symlink()
    assert dangling or number_of(target) == 1


def test_a_file_is_refused(tmp_path: Path) -> None:
    """A file of that name stays."""
    (tmp_path / "site").write_text("mine", encoding="utf-8")
    with pytest.raises(NotOurs, match="not a folder"):
        put(tmp_path / "site", 1)
    assert (tmp_path / "site").read_text("utf-8") == "mine"


@pytest.mark.parametrize("name", ["site", "si[t]e", "my site", "*"])
def test_only_what_is_ours_is_swept(tmp_path: Path, name: str) -> None:
    """What a killed build left is removed whatever the site is called, and nothing beside it."""
    out = tmp_path / name
    (tmp_path / f".{name}.new-abcd1234" / "en").mkdir(parents=True)
    others = {f".{name}.new-x.new-abcd1234", f".{name}.new", f".x{name}.new-abcd1234", "site.old"}
    for other in others:
        (tmp_path / other).mkdir()
    put(out, 1)
    assert beside(out) == others


FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _full(*_: object, **__: object) -> None:
    raise FULL


def _no_fresh_folder(patch: pytest.MonkeyPatch, out: Path) -> None:
    patch.setattr(tempfile, "mkdtemp", _full)


def _no_page(patch: pytest.MonkeyPatch, out: Path) -> None:
    written = Path.write_text
    patch.setattr(
        Path, "write_text",
        lambda path, *rest, **more: (
            _full() if "page-7" in path.parts else written(path, *rest, **more)
        ),
    )  # fmt: skip


def _no_switch(patch: pytest.MonkeyPatch, out: Path) -> None:
    patch.setattr(publish, "_switch", _full)


def _no_second_rename(patch: pytest.MonkeyPatch, out: Path) -> None:
    rename = os.rename
    patch.setattr(publish, "_exchange", lambda folder, out: False)
    patch.setattr(
        os, "rename",
        lambda origin, target: (
            _full() if target == out and not origin.name.endswith("-old")
            else rename(origin, target)
        ),
    )  # fmt: skip


@pytest.mark.parametrize("first", [True, False], ids=["first", "next"])
@pytest.mark.parametrize("fault", [_no_fresh_folder, _no_page, _no_switch, _no_second_rename])
def test_a_full_disk_changes_nothing(
    out: Path,
    first: bool,
    fault: Callable[[pytest.MonkeyPatch, Path], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Wherever the disk is full, the site that stood stands, and the fresh folder is gone."""
    if not first:
        put(out, 1)
    with monkeypatch.context() as patch:
        fault(patch, out)
        with pytest.raises(OSError, match="No space left"):
            put(out, 2)
    assert beside(out) == set()
    assert not out.exists() if first else number_of(out) == 1
    put(out, 3)
    assert number_of(out) == 3


def test_a_kill_between_two_renames_is_mended(out: Path) -> None:
    """Where a swap takes two renames, the next build first puts back what was moved aside."""
    put(out, 1)
    os.rename(out, out.parent / f".{out.name}.new-abcd1234-old")
    with staging(out):
        assert number_of(out) == 1
    assert beside(out) == set()


def test_a_kill_while_removing_leaves_no_foreign_folder(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A removal that was stopped midway is finished by the next build."""
    put(out, 1)

    def stopped(folder: Path, **_: object) -> None:
        (folder / MARK).unlink()
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "rmtree", stopped)
        with pytest.raises(KeyboardInterrupt):
            remove(out)
    put(out, 2)
    assert number_of(out) == 2
    assert beside(out) == set()


def _kill_publishers(out: Path, times: int, moments: random.Random) -> int:
    """Start publishers and kill each at a random moment; how many left a folder behind."""
    put(out, 0)
    orphans, last = 0, 0
    for start in range(0, times * 1000, 1000):
        with subprocess.Popen(
            [sys.executable, "-c", PUBLISHER, str(out), str(start)],
            env=environment(), stdout=subprocess.PIPE,
        ) as publisher:  # fmt: skip
            assert publisher.stdout is not None
            assert publisher.stdout.readline() == b"ready\n"
            time.sleep(moments.random() / 40)
            publisher.kill()
        number = number_of(out)
        assert number >= max(start, last)
        last = number
        orphans += bool(beside(out))
    put(out, 1)
    assert number_of(out) == 1
    assert beside(out) == set()
    return orphans


@linux
def test_a_kill_never_leaves_a_broken_site(out: Path) -> None:
    """Sixty publishers killed: the site is there and of one build each time, the rest is swept."""
    assert _kill_publishers(out, 60, random.Random(1)) > 10


@linux
@pytest.mark.soak
def test_five_hundred_kills_never_leave_a_broken_site(out: Path) -> None:
    """The same with five hundred."""
    assert _kill_publishers(out, 500, random.Random()) > 50


# Whole builds


def _tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*")) if path.is_file()
    }  # fmt: skip


def _is_whole(site: Path) -> bool:
    """Whether a site has exactly the files of its manifest, each with its checksum."""
    files = _tree(site)
    rows = json.loads(files.pop(MARK))["files"]
    found = {path: hashlib.sha256(content).hexdigest() for path, content in files.items()}
    return found == {row["path"]: row["sha256"] for row in rows}


def _session(leader: int) -> set[int]:
    """The processes of a session that are still there."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            after_name = stat.read_text("utf-8").rpartition(")")[2].split()
        except OSError:
            continue  # it has just ended
        if int(after_name[3]) == leader and after_name[0] != "Z":
            found.add(int(stat.parent.name))
    return found


def _wait(done: Callable[[], bool], seconds: float = 60) -> bool:
    end = time.monotonic() + seconds
    while not done() and time.monotonic() < end:
        time.sleep(0.01)
    return done()


def _kill_build(root: Path, delay: float) -> int:
    """Kill a build some seconds after it began to write; its exit status. The site is whole."""
    orphans = set(root.glob(".site.new-*"))
    with subprocess.Popen(
        [*COMMAND, "build", "-q"],
        cwd=root, env=environment(SOURCE_DATE_EPOCH="86400"), start_new_session=True,
    ) as build:  # fmt: skip
        assert _wait(lambda: bool(set(root.glob(".site.new-*")) - orphans))
        time.sleep(delay)
        build.kill()
    assert _is_whole(root / "site")
    assert _wait(lambda: not _session(build.pid))
    return build.returncode


@linux
def test_a_build_that_is_killed_changes_nothing(small: Path) -> None:
    """The site stands while builds are killed, their workers end, and the next build works."""
    first = stepwell("build", cwd=small, SOURCE_DATE_EPOCH="0")
    assert first.returncode == 0, first.stderr
    before = _tree(small / "site")
    statuses = [_kill_build(small, delay) for delay in (0.0, 0.3, 0.9)]
    assert -signal.SIGKILL in statuses  # a build may be done before, then there is a new site
    again = stepwell("build", cwd=small, SOURCE_DATE_EPOCH="0")
    assert again.returncode == 0, again.stderr
    assert _tree(small / "site") == before
    assert list(small.glob(".site.new-*")) == []


LIMITED = """
import resource
from stepwell.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
main(["build"])
"""


@linux
@pytest.mark.parametrize("where", ["a font", "a style sheet", "a PDF"])
def test_a_build_on_a_full_disk_changes_nothing(small: Path, built: Path, where: str) -> None:
    """Whatever can't be written ends a build with a line; the site stands, the rest is gone."""
    if where != "a font":
        shutil.copytree(built / ".stepwell", small / ".stepwell")
    put(small / "site", 1)
    if where == "a PDF":  # made in a worker, so it comes another way
        shutil.rmtree(small / ".stepwell" / "artifacts" / "pdf")
        (small / ".stepwell" / "artifacts" / "pdf").write_bytes(b"")
        ran = stepwell("build", cwd=small)
    else:
        ran = subprocess.run(
            [sys.executable, "-c", LIMITED], cwd=small, env=environment(),
            capture_output=True, encoding="utf-8", timeout=300, check=False,
        )  # fmt: skip
    assert ran.returncode == 1
    assert "Traceback" not in ran.stderr
    assert "Nothing was published" in ran.stderr
    assert number_of(small / "site") == 1
    assert list(small.glob(".site.new-*")) == []


def test_a_second_command_says_that_it_is_busy(small: Path) -> None:
    """While a build runs, another one and a removal end with 1 and one line."""
    put(small / "site", 1)
    with staging(small / "site"):
        build = CliRunner().invoke(main, ["-C", str(small), "build"])
        clean = CliRunner().invoke(main, ["-C", str(small), "clean"])
    assert (build.exit_code, clean.exit_code) == (1, 1)
    assert "another build" in build.stderr
    assert "another build" in clean.stderr
    assert number_of(small / "site") == 1


def test_a_command_refuses_a_foreign_folder(small: Path) -> None:
    """`--out` with a folder full of other things ends with 1, and they stay."""
    (small / "thesis").mkdir()
    (small / "thesis" / "draft.txt").write_text("mine", encoding="utf-8")
    for command in (["build", "--out"], ["clean", "--out"]):
        ran = CliRunner().invoke(main, ["-C", str(small), *command, str(small / "thesis")])
        assert ran.exit_code == 1
        assert "no build has published" in ran.stderr
    assert (small / "thesis" / "draft.txt").read_text("utf-8") == "mine"
