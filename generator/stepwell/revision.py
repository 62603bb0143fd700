"""What a project's content was in a revision of its git repository. Owner of calling git.

What is wanted of a revision is read from git's objects,
file by file, into a temporary folder: no checkout, no archive, no filter, hook
or link of the repository has a say. Names of revisions are never taken for
options, and git is started without a shell.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from stepwell.project import CONTENT

MAX_FILES = 5_000
MAX_BYTES = 64 * 1024 * 1024
SUFFIXES = (".yaml", ".po")
"""What is read of a project; nothing else of a revision is written to the disk."""
ELSEWHERE = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_NAMESPACE")
"""Variables that would lead git to another repository than the project's."""
_ENTRY = re.compile(r"([0-7]{6}) (blob|tree|commit) ([0-9a-f]{40,64}) +([0-9]+|-)\t(.+)", re.DOTALL)


class NotRead(Exception):
    """A version that can't be read, with a remedy. `wrong_use` if it was asked for wrongly."""

    def __init__(self, message: str, *, wrong_use: bool = True) -> None:
        super().__init__(message)
        self.wrong_use = wrong_use


@dataclass(frozen=True, slots=True)
class _File:
    """A file of a revision: git's name of its content, its size, its path from the project."""

    object: str
    size: int
    path: str


def extract(root: Path, name: str, target: Path) -> None:
    """Write the content that the project in `root` had in a revision into a folder.

    Raises NotRead, and OSError if the folder can't be written.
    """
    prefix = _repository(root)
    commit = _commit(root, name)
    files = _files(root, commit, name)
    if not any(file.path == f"{CONTENT}/site.yaml" for file in files):
        raise NotRead(
            f"The revision '{name}' has no {prefix}{CONTENT}/site.yaml: the project was not there "
            "yet, or in another folder.\nName a later revision, or a folder with the old content."
        )
    for file, content in zip(files, _contents(root, files), strict=True):
        path = target / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _repository(root: Path) -> str:
    """The path of the project inside its repository, ending with `/`, or nothing."""
    done = _git(root, "rev-parse", "--show-prefix")
    if done.returncode == 0:
        return done.stdout.decode("utf-8", "replace").strip()
    said = done.stderr.decode("utf-8", "replace").strip()
    if "not a git repository" in said:
        raise NotRead(
            f"{root} is in no git repository, so there are no revisions to compare with.\n"
            "Name two folders: stepwell diff ../old-copy ."
        )
    raise NotRead(f"git can't read the repository of {root}:\n{said}", wrong_use=False)


def _commit(root: Path, name: str) -> str:
    """The id of the commit that a name leads to."""
    plain = 0 < len(name) <= 200 and name.isprintable() and not name.startswith("-")
    options = ("--verify", "--quiet", "--end-of-options")
    done = _git(root, "rev-parse", *options, f"{name}^{{commit}}") if plain else None
    found = done.stdout.decode("ascii", "replace").strip() if done else ""
    if done is None or done.returncode or not re.fullmatch(r"[0-9a-f]{40,64}", found):
        raise NotRead(_unknown(root, name))
    return found


def _unknown(root: Path, name: str) -> str:
    if name == "HEAD":
        return "The repository has no commit yet; make one, or name two folders."
    if ".." in name:
        return f"'{name}' is a range; write its two ends: stepwell diff OLD NEW"
    shallow = _git(root, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true"
    more = "This clone is shallow: 'git fetch --unshallow' gets the others.\n" if shallow else ""
    return (
        f"'{name}' is no folder with a project, and no revision has this name.\n"
        f"{more}'git log --oneline' and 'git tag' list revisions."
    )


def _files(root: Path, commit: str, name: str) -> list[_File]:
    """The files below the content folder of a commit; NotRead for links and for too many."""
    listed = _sure(root, "ls-tree", "-r", "-z", "-l", commit, "--", f"{CONTENT}/")
    entries = [entry for entry in listed.decode("utf-8", "replace").split("\0") if entry]
    files = [file for entry in entries if (file := _file(entry, name))]
    if len(files) > MAX_FILES or sum(file.size for file in files) > MAX_BYTES:
        size = MAX_BYTES // 1024 // 1024
        message = f"The content of '{name}' has over {MAX_FILES} files or {size} MiB."
        raise NotRead(message, wrong_use=False)
    return files


def _file(entry: str, name: str) -> _File | None:
    """The file of a line of `ls-tree`; None for what is not content."""
    match = _ENTRY.fullmatch(entry)
    if match is None:
        told = _printable(entry)
        raise NotRead(f"git lists '{told}' in '{name}', which can't be read.", wrong_use=False)
    mode, kind, made, size, path = match.groups()
    parts = path.split("/")
    strange = path.startswith("/") or {"", ".", ".."} & set(parts) or "\\" in path
    if mode == "120000" or strange:
        what = "a path that leads elsewhere" if strange else "a symbolic link"
        told = _printable(path)
        raise NotRead(f"'{told}' of '{name}' is {what}; it is not followed.", wrong_use=False)
    if kind != "blob" or not path.endswith(SUFFIXES):
        return None
    return _File(made, int(size), path)


def _printable(text: str) -> str:
    """A name from a repository without characters that could write to a terminal."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def _contents(root: Path, files: list[_File]) -> Iterator[bytes]:
    """The bytes of each file, from one run of git."""
    wanted = "".join(f"{file.object}\n" for file in files).encode()
    answer = memoryview(_sure(root, "cat-file", "--batch", wanted=wanted))
    at = 0
    for file in files:
        header = bytes(answer[at : at + 200]).partition(b"\n")[0]
        begin = at + len(header) + 1
        if header.split() != [file.object.encode(), b"blob", str(file.size).encode()]:
            told = _printable(file.path)
            raise NotRead(f"git can't read '{told}'; is the clone whole?", wrong_use=False)
        yield bytes(answer[begin : begin + file.size])
        at = begin + file.size + 1


def _sure(root: Path, *arguments: str, wanted: bytes = b"") -> bytes:
    done = _git(root, *arguments, wanted=wanted)
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()
        raise NotRead(f"git can't read the repository of {root}:\n{said}", wrong_use=False)
    return done.stdout


def _git(root: Path, *arguments: str, wanted: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """A command of git in the project's folder, to its end; it asks nobody and fetches nothing."""
    kept = {name: value for name, value in os.environ.items() if name not in ELSEWHERE}
    quiet = {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1"}
    git = shutil.which("git")
    if git is None:
        raise NotRead(
            "Revisions are read with git, which is not on this machine.\n"
            "Install git, or name two folders: stepwell diff ../old-copy ."
        )
    return subprocess.run(
        [git, "--no-replace-objects", "-C", str(root), *arguments],
        env={**kept, **quiet, "LC_ALL": "C"}, input=wanted, capture_output=True, check=False,
    )  # fmt: skip
