"""Translations for elsewhere and from elsewhere: which go out, and which may come in.

What comes in is taken only where context and source are exactly those of the
content, and where no check of translations finds a fault. Nothing here writes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from stepwell import po, xliff
from stepwell.check.languages import Judge
from stepwell.codes import Severity
from stepwell.definitions.project import Catalog, Definitions, Entry
from stepwell.definitions.units import Unit
from stepwell.diagnostics import Diagnostics
from stepwell.load.files import given, refused
from stepwell.po import Message
from stepwell.source import SourceFile, Span
from stepwell.translating import Merged

MOST = 32 * 1024 * 1024
"""Bytes that a file from elsewhere may have."""
STATES = ("missing", "stale", "done")
Key = tuple[str, str]


def outgoing(files: Iterable[Merged], states: Sequence[str], readers: str) -> Iterator[Message]:
    """The entries in some states (all if none is named) that some readers, or all, see."""
    for file in files:
        for message, unit in file.live():
            wanted = not states or _state(message) in states
            if wanted and readers in ("", unit.text.readers):
                yield message


def _state(message: Message) -> str:
    if not message.translation:
        return "missing"
    return "stale" if message.fuzzy else "done"


def written(
    messages: Iterable[Message], format: str, source: str, language: str, fields: Mapping[str, str]
) -> str:
    """Entries as the text of one file, `po` or `xliff`. Raises xliff.NotInstalled."""
    if format == "xliff":
        return xliff.written(messages, source, language)
    return po.written(po.Catalog(tuple(messages), fields))


@dataclass
class Incoming:
    """What is in a file from elsewhere, sorted by what becomes of it.

    `taken` has (the entry as it was, as it will be). `unknown` are entries that the
    content does not have, `moved` those whose source changed, `unfinished` those
    without a translation or marked as not finished. `refused` is told in `diagnostics`.
    """

    taken: list[tuple[Message, Message]] = field(default_factory=list)
    unchanged: int = 0
    unfinished: int = 0
    unknown: list[Message] = field(default_factory=list)
    moved: list[Message] = field(default_factory=list)
    refused: list[Message] = field(default_factory=list)
    diagnostics: Diagnostics = field(default_factory=Diagnostics)

    @property
    def replaced(self) -> list[tuple[Message, Message]]:
        """Those of `taken` that take the place of a current translation."""
        return [(old, new) for old, new in self.taken if old.current]


def read(
    path: Path, diagnostics: Diagnostics, sources: dict[str, SourceFile]
) -> xliff.Exchanged | None:
    """The entries in a PO or XLIFF file, or None with a diagnostic.

    XLIFF is known by its first sign. Raises xliff.NotInstalled.
    """
    source = given(path, MOST, diagnostics)
    if source is None:
        return None
    sources[source.path] = source
    try:
        found = _parsed(source.text)
        if not found.messages:
            raise po.Broken("the file has no entries", 1)
    except po.Broken as broken:
        help = "ask for the file again; it must be a PO or an XLIFF file"
        diagnostics.add("SW501", Span(source.path, broken.line), str(broken), help)
        return None
    return found


def _parsed(text: str) -> xliff.Exchanged:
    if text.lstrip().startswith("<"):
        return xliff.read(text)
    catalog = po.read(text)
    live = tuple(message for message in catalog.messages if not message.obsolete)
    return xliff.Exchanged(catalog.fields.get("Language", ""), live)


def incoming(
    messages: Iterable[Message],
    files: Iterable[Merged],
    read: Definitions,
    language: str,
    path: str,
) -> Incoming:
    """Sort the entries of a file at `path` that is a translation into a language."""
    known = {unit.key: (message, unit) for file in files for message, unit in file.live()}
    contexts = {context for context, _ in known}
    found = Incoming()
    wanted: dict[Key, list[Message]] = {}
    for message in messages:
        if message.key not in known:
            (found.moved if message.context in contexts else found.unknown).append(message)
        elif not message.translation or message.fuzzy:
            found.unfinished += 1
        elif (
            known[message.key][0].current
            and known[message.key][0].translation == message.translation
        ):
            found.unchanged += 1
        else:
            wanted.setdefault(message.key, []).append(message)
    judge = _judge(read, language, known, wanted, path)
    for key, chosen in wanted.items():
        old, unit = known[key]
        _sort(chosen, old, unit, judge, path, found)
    return found


def _sort(
    chosen: list[Message], old: Message, unit: Unit, judge: Judge, path: str, found: Incoming
) -> None:
    """Take the translation of one entry, or refuse it and say why."""
    problems = Diagnostics()
    last = chosen[-1]
    here = Span(path, last.line)
    if len({message.translation for message in chosen}) > 1:
        first = Span(path, chosen[0].line)
        problems.add("SW522", here, f"'{unit.key[0]}' has two translations", "keep one",
                     [(first, "the first is here")])  # fmt: skip
    for character in refused(last.translation):
        problems.add("SW102", here, f"U+{ord(character):04X} is not allowed", "delete it")
    for fault in judge.faults(unit):
        problems.add(fault.code, here, fault.message, fault.help)
    found.diagnostics.extend(problems.sorted())
    if any(one.severity in (Severity.ERROR, Severity.WARNING) for one in problems.sorted()):
        found.refused.append(last)
    else:
        new = old._replace(translation=last.translation, fuzzy=False, previous="")
        found.taken.append((old, new))


def _judge(
    read: Definitions,
    language: str,
    known: Mapping[Key, tuple[Message, Unit]],
    wanted: Mapping[Key, list[Message]],
    path: str,
) -> Judge:
    """Judges translations by the words of the catalogs as they would be with all of them."""
    entries = {
        key: Entry(message.translation, False, Span(path), message.note)
        for key, (message, _) in known.items()
        if message.current
    }
    for key, chosen in wanted.items():
        note = known[key][0].note
        entries[key] = Entry(chosen[-1].translation, False, Span(path, chosen[-1].line), note)
    return Judge(read, Catalog(language, entries))


def with_taken(file: Merged, found: Incoming) -> Merged | None:
    """A file with what was taken for it; None if nothing was."""
    new = {old.key: message for old, message in found.taken}
    messages = tuple(new.get(m.key, m) if not m.obsolete else m for m in file.after.messages)
    if messages == file.after.messages:
        return None
    return file.replaced(messages)
