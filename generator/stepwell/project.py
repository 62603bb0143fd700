"""Where things are: the root of a project and the folders in it."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

CONTENT = "pathways"


@dataclass(frozen=True, slots=True)
class Project:
    """A folder with `pathways/` in it. All paths are absolute."""

    root: Path

    @property
    def content(self) -> Path:
        """What editors write."""
        return self.root / CONTENT

    @property
    def out(self) -> Path:
        """Where a build is published unless told otherwise."""
        return self.root / "site"

    @property
    def cache(self) -> Path:
        """What can be deleted at any time."""
        return self.root / ".stepwell"

    @property
    def artifacts(self) -> Path:
        """Where finished artifacts are kept, unless a store is named."""
        return self.cache / "artifacts"

    def told(self, out: Path, what: str) -> Path:
        """Where a build to a folder leaves something that the next one asks for."""
        name = hashlib.sha256(os.fsencode(out.absolute())).hexdigest()[:16]
        return self.cache / what / f"{name}.json"

    @property
    def overrides(self) -> Path:
        """The project's own templates, if it has any."""
        return self.root / "templates"

    @classmethod
    def find(cls, start: Path) -> Project | None:
        """The project that a folder is in: itself or the nearest parent with pathways/site.yaml."""
        start = start.resolve()
        for folder in (start, *start.parents):
            if (folder / CONTENT / "site.yaml").is_file():
                return cls(folder)
        return None


def staged(out: Path) -> str:
    """How the names of folders beside `out` begin in which builds for it are made."""
    return f".{out.name}.new-"


def packaged(name: str) -> Path:
    """A folder that ships with the package (`templates`, `starter`), in a wheel or a checkout."""
    here = Path(__file__).resolve().parent
    inside = here / f"_{name}"
    if inside.is_dir():
        return inside
    checkout = {"templates": "templates", "starter": "pathways"}[name]
    return here.parent.parent / checkout


def is_name(word: str) -> bool:
    """Whether a word can be a folder name that `stepwell new` makes."""
    return re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", word) is not None
