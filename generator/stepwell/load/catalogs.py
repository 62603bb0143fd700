"""PO files -> catalogs.

A string counts only if its context and its source text are exactly those of
the content and it is not fuzzy; what else a catalog holds is kept for
translators and never published.
"""

from __future__ import annotations

from pathlib import Path

from stepwell import po
from stepwell.definitions.project import Catalog, Entry
from stepwell.diagnostics import Diagnostics
from stepwell.load.files import listing, read
from stepwell.source import SourceFile, Span

FOLDER = "locales"


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
        for message in parsed.messages:
            if message.context and not message.obsolete and message.translation:
                span = Span(path, message.line, 1)
                if there := entries.get(message.key):
                    _twice(message, span, there, diagnostics)
                entries[message.key] = Entry(message.translation, message.fuzzy, span, message.note)
    return Catalog(language, entries, frozenset(files))


def _twice(message: po.Message, span: Span, there: Entry, diagnostics: Diagnostics) -> None:
    text = f"'{message.context}' has two entries for the same source text"
    help = "keep the one that is right"
    diagnostics.add("SW522", span, text, help, [(there.span, "the first is here")])


def parse(source: SourceFile, diagnostics: Diagnostics) -> po.Catalog | None:
    """The entries of a PO file, or None with a diagnostic."""
    try:
        return po.read(source.text)
    except po.Broken as broken:
        span = Span(source.path, broken.line)
        diagnostics.add("SW501", span, str(broken), "open it in a PO editor")
        return None


def existing(
    root: Path, path: str, diagnostics: Diagnostics, sources: dict[str, SourceFile]
) -> po.Catalog | None:
    """The catalog in a file, an empty one if there is no such file, or None with a diagnostic."""
    if not (root / path).exists() and not (root / path).is_symlink():
        return po.Catalog()
    source = read(root, path, diagnostics)
    if source is None:
        return None
    sources[path] = source
    return parse(source, diagnostics)
