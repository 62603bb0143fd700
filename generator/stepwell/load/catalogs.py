"""PO files -> catalogs. Owns polib.

A string counts only if its context and its source text are exactly those of
the content and it is not fuzzy; what else a catalog holds is kept for
translators and never published.
"""

from __future__ import annotations

import re
from pathlib import Path

import polib

from stepwell.definitions.project import Catalog, Entry
from stepwell.diagnostics import Diagnostics
from stepwell.load.files import listing, read
from stepwell.source import SourceFile, Span


def catalog(root: Path, folder: str, language: str, diagnostics: Diagnostics) -> Catalog:
    """All PO files of a language below `folder/<language>/` as one catalog."""
    entries: dict[tuple[str, str], Entry] = {}
    files = []
    for path in listing(root, f"{folder}/{language}", diagnostics, ".po"):
        source = read(root, path, diagnostics)
        parsed = parse(source, diagnostics) if source else None
        if parsed is None:
            continue
        files.append(path)
        for entry in parsed:
            if entry.msgctxt and not entry.obsolete and entry.msgstr:
                span = Span(path, entry.linenum or 1, 1)
                entries[entry.msgctxt, entry.msgid] = Entry(entry.msgstr, entry.fuzzy, span)
    return Catalog(language, entries, frozenset(files))


def parse(source: SourceFile, diagnostics: Diagnostics) -> polib.POFile | None:
    """The entries of a PO file, or None with a diagnostic."""
    # polib takes a text that names an existing file for a path; no path ends in a line break.
    try:
        return polib.pofile(source.text + "\n", encoding="utf-8")
    except (OSError, UnicodeError, ValueError) as error:
        line = re.search(r"line (\d+)", str(error))
        span = Span(source.path, int(line[1]) if line else 1)
        message = str(error).replace(source.text, "").strip() or "the catalog can't be read"
        diagnostics.add("SW501", span, message, "open it in a PO editor")
        return None
