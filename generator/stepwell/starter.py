"""What `stepwell new` begins a clinic with: the sample pathways, to be changed."""

from __future__ import annotations

import shutil
from pathlib import Path

from stepwell.project import CONTENT, packaged
from stepwell.schema import write_schemas

IGNORE = "site/\n.site.*\n.stepwell/\nschema/\n"


def begin(target: Path) -> None:
    """Make the folder `target` with the sample content in it. OSError if it can't be written."""
    target.mkdir(parents=True, exist_ok=True)
    shutil.copytree(packaged("starter"), target / CONTENT)
    write_schemas(target / "schema")
    (target / ".gitignore").write_text(IGNORE, encoding="utf-8")
