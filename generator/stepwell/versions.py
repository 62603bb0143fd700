"""A version of a project, to be compared: where it is, and its definitions.

A version is a folder, a revision of the project's repository, or the working
files. Only what a comparison needs is checked: an old version may break a rule
that is younger than itself.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from stepwell.check import references
from stepwell.definitions.project import Definitions
from stepwell.definitions.walk import criteria
from stepwell.diagnostics import Diagnostics
from stepwell.load import load
from stepwell.logic.typing import Vocabulary
from stepwell.project import CONTENT, Project
from stepwell.revision import NotRead, extract
from stepwell.source import SourceFile

WORKING = "working files"


@contextmanager
def opened(project: Project, name: str | None, here: Path) -> Iterator[Project]:
    """The project in a version: a folder, a revision, or without a name the working files.

    Folders are looked for from `here`. What was read of a revision is gone
    afterwards. Raises NotRead, and OSError for a disk that is full.
    """
    if name is None or (name and _same(here / name, here)):
        yield project
    elif name and _is_file(here / name / CONTENT / "site.yaml"):
        yield Project((here / name).resolve())
    elif os.path.isabs(name) or name.startswith(("./", "../")) or name == "..":
        raise NotRead(
            f"There is no project in {name}: it has no {CONTENT}/site.yaml.\n"
            "Name the folder that has it, or a revision such as HEAD or v1.0."
        )
    else:
        with TemporaryDirectory(prefix="stepwell-") as made:
            extract(project.root, name, Path(made))
            yield Project(Path(made))


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _is_file(path: Path) -> bool:
    """Whether there is such a file; a name that is too long for one is the name of none."""
    try:
        return path.is_file()
    except OSError:
        return False


def read(
    project: Project, diagnostics: Diagnostics, files: dict[str, SourceFile]
) -> Definitions | None:
    """The definitions of a version; None, with diagnostics, if they can't be compared."""
    found = load(project.root, CONTENT, diagnostics, files)
    if found is None:
        return None
    references.check(found, diagnostics)
    if not diagnostics.failed:
        instruments = {str(i.id): i for i in found.vocabulary.instruments}
        for pathway in found.pathways.values():
            vocabulary = Vocabulary.of(pathway, instruments, diagnostics)
            for criterion in criteria(pathway):
                vocabulary.expression(criterion)
    return None if diagnostics.failed else found
