"""A project's own templates and styles, looked at before they are used."""

from __future__ import annotations

import re
from pathlib import Path

from stepwell.diagnostics import Diagnostics
from stepwell.load import files
from stepwell.source import SourceFile, Span

TEXTS = (".css", ".html")
_ELSEWHERE = re.compile(r"@import\b|url\(\s*['\"]?\s*(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)


def overrides(
    root: Path, folder: str, diagnostics: Diagnostics, sources: dict[str, SourceFile]
) -> None:
    """Look at each file of a project's templates; what can't be used becomes a diagnostic.

    Links, other encodings and invisible characters are refused as in content, and SW609
    tells of styles that would ask another server. The texts are put into `sources`.
    """
    for path in files.listing(root, folder, diagnostics, suffix=""):
        source = files.read(root, path, diagnostics) if path.endswith(TEXTS) else None
        if source is None:
            continue
        sources[path] = source
        for found in _ELSEWHERE.finditer(source.text) if path.endswith(".css") else ():
            line = source.text.count("\n", 0, found.start()) + 1
            column = found.start() - source.text.rfind("\n", 0, found.start())
            diagnostics.add(
                "SW609", Span(path, line, column), "a style may not load from another server",
                f"who reads would be told to it; put the file into {folder}/theme/assets/",
            )  # fmt: skip
