"""Catalogs for translators: one PO file a language and pathway, and one for what is shared.

A translation stays with its context. When the source of a context changes, its
old translation is kept, marked fuzzy, with the source it was made for; it never
moves to another context. What is no longer in the content is kept as obsolete.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib

from stepwell.definitions.base import Definition, Text
from stepwell.definitions.project import Definitions
from stepwell.definitions.walk import texts

CLOSE = 0.6
PLURALS = {
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3"
    " : n%100>=11 ? 4 : 5);",
    "fr": "nplurals=2; plural=(n > 1);",
    "hi": "nplurals=2; plural=(n > 1);",
    "uk": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4"
    " && (n%100<10 || n%100>=20) ? 1 : 2);",
    "zh-Hans": "nplurals=1; plural=0;",
}


@dataclass(frozen=True, slots=True)
class Synced:
    """What became of one file: its path and how many entries are current, stale, missing."""

    path: Path
    current: int
    stale: int
    missing: int


def sync(definitions: Definitions, content: Path) -> list[Synced]:
    """Write or update the PO files of every published language but the source."""
    found = []
    for tag in definitions.site.languages.published:
        if tag != definitions.source_language:
            for name, parts in _files(definitions):
                path = content / "locales" / str(tag) / f"{name}.po"
                found.append(_sync_file(path, str(tag), definitions.source_language, parts))
    return found


def _files(definitions: Definitions) -> Iterator[tuple[str, list[Definition]]]:
    yield "shared", [definition for _, definition in definitions.shared()]
    for name, pathway in definitions.pathways.items():
        yield name, [pathway]


def _sync_file(path: Path, language: str, source: str, parts: list[Definition]) -> Synced:
    before = polib.pofile(path.read_text("utf-8") + "\n") if path.is_file() else polib.POFile()
    known = [entry for entry in before if entry.msgstr]
    # What translators' tools wrote there, such as the last translator, stays.
    catalog = polib.POFile(wrapwidth=100)
    catalog.header = before.header
    catalog.metadata = before.metadata | _metadata(language, source)
    taken = _fill(catalog, parts, known)
    live = list(catalog)
    _keep(catalog, [entry for entry in known if id(entry) not in taken])
    _save(catalog, path)
    stale = sum(entry.fuzzy for entry in live)
    missing = sum(not entry.msgstr for entry in live)
    return Synced(path, len(live) - stale - missing, stale, missing)


def _fill(catalog: polib.POFile, parts: list[Definition], known: list[polib.POEntry]) -> set[int]:
    """Add an entry for each text; the ids of the known entries whose translations live on."""
    by_context: dict[str, list[polib.POEntry]] = {}
    for entry in sorted(known, key=lambda entry: entry.obsolete):
        by_context.setdefault(entry.msgctxt or "", []).append(entry)
    used: set[tuple[str, str]] = set()
    taken: set[int] = set()
    for text in (text for part in parts for text in texts(part)):
        for _, block in text.blocks():
            if (text.context, block) not in used:
                used.add((text.context, block))
                entry, old = _entry(text, block, by_context.get(text.context, []))
                catalog.append(entry)
                taken.add(id(old))
    return taken


def _keep(catalog: polib.POFile, left: list[polib.POEntry]) -> None:
    """Add entries that no text has now, as obsolete ones, each once."""
    there = {(entry.msgctxt, entry.msgid, entry.msgstr) for entry in catalog}
    for entry in left:
        # A previous source would be lost: polib does not read that of an obsolete entry.
        entry.msgid, entry.previous_msgid = _made_for(entry), None
        if (row := (entry.msgctxt, entry.msgid, entry.msgstr)) not in there:
            there.add(row)
            entry.obsolete, entry.occurrences, entry.comment = True, [], ""
            catalog.append(entry)


def _made_for(entry: polib.POEntry) -> str:
    """The source that a translation was made for."""
    return str((entry.fuzzy and entry.previous_msgid) or entry.msgid)


def _entry(
    text: Text, block: str, known: list[polib.POEntry]
) -> tuple[polib.POEntry, polib.POEntry | None]:
    """The entry of a block, and the known one of its context that it has its translation from.

    Only a person takes the mark fuzzy away, also when a source comes back: the
    translation may have been edited for the other one meanwhile.
    """
    entry = polib.POEntry(
        msgctxt=text.context,
        msgid=block,
        comment=f"class: {text.safety_class}",
        occurrences=[(text.span.path, str(text.span.line))],
    )
    same = next((one for one in known if one.msgid == block), None)
    old = same or _closest(block, known)
    if old is not None:
        entry.msgstr, entry.tcomment = old.msgstr, old.tcomment
        entry.fuzzy = same is None or old.fuzzy
        if entry.fuzzy and (previous := _made_for(old)) != block:
            entry.previous_msgid = previous
    return entry, old


def _closest(block: str, known: list[polib.POEntry]) -> polib.POEntry | None:
    """The entry whose source was most like this one, if any was like it."""
    by_source = {_made_for(entry): entry for entry in reversed(known)}
    close = difflib.get_close_matches(block, by_source, n=1, cutoff=CLOSE)
    return by_source[close[0]] if close else None


def _metadata(language: str, source: str) -> dict[str, str]:
    return {
        "Project-Id-Version": "stepwell",
        "Language": language.replace("-", "_"),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS.get(language, "nplurals=2; plural=(n != 1);"),
        "X-Source-Language": source,
    }


def _save(catalog: polib.POFile, path: Path) -> None:
    """Write to a temporary file and rename, so that a catalog is never half written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.new")
    new.write_text(f"{catalog}\n", encoding="utf-8")
    os.replace(new, path)
