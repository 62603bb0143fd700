"""Publishing by one atomic switch: a fresh folder takes the place of the old one, or nothing does.

A build is written beside its destination under a lock. What a killed build
left behind is swept by the next one. On Linux the switch is one system call
(renameat2 with EXCHANGE); where that is missing, two renames.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from stepwell.project import staged

MARK = "manifest.json"
_AT_FDCWD = -100
_EXCHANGE = 2
_ASIDE = "-old"


class Busy(Exception):
    """Another build is writing to the same destination."""


class NotOurs(Exception):
    """The destination is a folder that no build has published."""


class Stage:
    """A fresh folder beside a destination; `publish` puts it in its place."""

    def __init__(self, folder: Path, out: Path) -> None:
        self.folder = folder
        self.out = out

    def publish(self) -> None:
        """Let the folder take the place of what was published before."""
        _switch(self.folder, self.out)


@contextmanager
def staging(out: Path) -> Iterator[Stage]:
    """A stage for `out`; what was not published when the block ends is gone.

    Raises Busy if another build holds the lock, NotOurs if `out` exists and was
    not published by a build.
    """
    out = out.absolute()
    out.parent.mkdir(parents=True, exist_ok=True)
    with _locked(out):
        _refuse_foreign(out)
        _sweep(out)
        folder = Path(tempfile.mkdtemp(prefix=staged(out), dir=out.parent))
        try:
            folder.chmod(0o755)
            yield Stage(folder, out)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _lock_path(out: Path) -> Path:
    return out.parent / f".{out.name}.lock"


@contextmanager
def _locked(out: Path) -> Iterator[None]:
    lock = _lock(out)
    try:
        yield
    finally:
        os.close(lock)


def _lock(out: Path) -> int:
    """The open lock file; one that `remove` deleted meanwhile locks nothing and is left."""
    path = _lock_path(out)
    while True:
        lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if path.exists() and os.path.samestat(os.fstat(lock), path.stat()):
                return lock
        except BlockingIOError:
            os.close(lock)
            raise Busy(f"another build is writing to {out}") from None
        os.close(lock)


def _refuse_foreign(out: Path) -> None:
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise NotOurs(f"{out} is not a folder")
    if out.is_dir() and any(out.iterdir()) and not _is_ours(out / MARK):
        raise NotOurs(f"{out} holds files that no build has published")


def _is_ours(mark: Path) -> bool:
    """Whether a manifest is one of a build: web apps have files of this name too."""
    if not mark.is_file():
        return False
    with mark.open("rb") as file:
        return b'"stepwell"' in file.read(40)


def _sweep(out: Path) -> None:
    """Remove what killed builds left beside `out`; a site that one had moved aside is put back."""
    for orphan in _orphans(out):
        if orphan.name.endswith(_ASIDE) and not out.exists():
            os.rename(orphan, out)
        else:
            shutil.rmtree(orphan, ignore_errors=True)


def _orphans(out: Path) -> list[Path]:
    name = re.compile(re.escape(staged(out)) + rf"[a-z0-9_]+({_ASIDE})?")
    return [path for path in out.parent.iterdir() if name.fullmatch(path.name)]


def _switch(folder: Path, out: Path) -> None:
    """Put `folder` at `out`; what was there ends up at `folder`."""
    if not out.exists():
        os.rename(folder, out)
    elif not _exchange(folder, out):
        aside = folder.with_name(f"{folder.name}{_ASIDE}")
        os.rename(out, aside)
        try:
            os.rename(folder, out)
        except OSError:
            os.rename(aside, out)
            raise
        os.rename(aside, folder)


def _exchange(folder: Path, out: Path) -> bool:
    """Swap two folders in one step; False where the system can't."""
    if not sys.platform.startswith("linux"):
        return False
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        return False
    done = call(_AT_FDCWD, os.fsencode(folder), _AT_FDCWD, os.fsencode(out), _EXCHANGE)
    if done == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
        return False
    raise OSError(code, os.strerror(code), str(out))


def remove(out: Path) -> bool:
    """Delete a published site; False if there is none. Raises Busy or NotOurs like `staging`."""
    out = out.absolute()
    if not out.is_dir():
        return False
    with _locked(out):
        _refuse_foreign(out)
        _sweep(out)
        # Away in one step, or an interrupted removal would leave what no build calls its own.
        aside = Path(tempfile.mkdtemp(prefix=staged(out), dir=out.parent))
        os.rename(out, aside)
        shutil.rmtree(aside)
        _lock_path(out).unlink(missing_ok=True)
    return True
