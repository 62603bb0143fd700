"""Scripts that site.yaml names: read safely. What they do is the clinic's to answer for."""

from __future__ import annotations

from pathlib import Path

from stepwell.definitions.site import ScriptPath
from stepwell.diagnostics import Diagnostics
from stepwell.load import files

MAX_BYTES = 100 * 1024
"""Every page loads it."""


def script(root: Path, path: ScriptPath, content: str, said: Diagnostics) -> bytes | None:
    """The script at a path below root/content, or None with a diagnostic that says why."""
    where = f"{content}/{path}"
    found = files.data(root, where, path.span, MAX_BYTES, said)
    if found is None:
        return None
    try:
        return found.decode("utf-8").encode()
    except UnicodeDecodeError:
        said.add("SW101", path.span, f"'{where}' is not UTF-8", "save it as UTF-8")
        return None
