"""What changed in a definition, entry by entry, in words. Criteria are told in `criteria`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import zip_longest

from stepwell.changes.entries import KEYS, Entry, Ids, Order, Path
from stepwell.changes.model import Change, Kind, Part
from stepwell.changes.sameness import Block, blocks, difference
from stepwell.changes.titles import Titles, field_words
from stepwell.changes.topics import class_of, item_topic, topic_of
from stepwell.definitions.base import Definition, SafetyClass, Text
from stepwell.definitions.criteria import Criterion

SILENT = frozenset({"enter_source", "source", "note"})
"""Fields that are not told of what was added or removed."""
PLAIN = frozenset(
    {
        "NamedQuantity.value", "NamedCriterion.when", "Wait.targets", "Promise.targets",
        "Measure.choices",
    }
)  # fmt: skip
"""Fields whose name says nothing beside what they are in."""


SENTENCE = re.compile(r"(?<=[.!?\u061f\u3002\uff01\uff1f])\s+")
"""What parts sentences, in the scripts of the source languages that have signs for it."""
_NONE: tuple[str, None] = ("", None)


@dataclass(frozen=True)
class Version:
    """One version of a definition: its entries by path, and what things are called in it."""

    entries: Mapping[Path, Entry]
    titles: Titles
    criteria: Mapping[Path, str] = field(default_factory=dict)
    """Criteria in words, by path."""

    def where(self, entry: Entry) -> tuple[str, ...]:
        """What leads to an entry, in words."""
        words: list[str] = []
        for link in entry.links:
            name = link.field.partition(".")[2]
            if link.item is not None and link.key:
                words += self.titles.words(link.item, name, link.key)
            elif link.key:
                words.append(self.titles.of("urgency" if name == "targets" else "", link.key))
            elif link.field not in PLAIN:
                words.append(field_words(name))
        return tuple(words) or (field_words(entry.last.field.partition(".")[2]),)

    def told(self, entry: Entry) -> str:
        """The value of a leaf in words."""
        if isinstance(entry.value, Criterion):
            return self.criteria.get(entry.path, "")
        return self.titles.value(entry.value)

    def inside(self, path: Path) -> Iterator[Entry]:
        """The leaves of an item."""
        for at, entry in self.entries.items():
            if at[: len(path)] == path and not isinstance(entry.value, Definition | Order):
                yield entry


def changes(old: Version, new: Version, ids: Ids) -> Iterator[Change]:
    """All changes between two versions, in the order of the new one, then what was removed."""
    for path, entry in new.entries.items():
        before = old.entries.get(path)
        if before is None:
            if _topmost(path, new, old) and not isinstance(entry.value, Order):
                yield _whole(entry, new, "added")
        elif not isinstance(entry.value, Definition | Criterion):
            yield from _changed(before, entry, old, new, ids)
        elif isinstance(entry.value, Definition) and _id(entry) != _id(before):
            yield _renamed(before, entry, new)
    for path, entry in old.entries.items():
        gone = path not in new.entries and not isinstance(entry.value, Order)
        if gone and _topmost(path, old, new):
            yield _whole(entry, old, "removed")


def _topmost(path: Path, one: Version, other: Version) -> bool:
    """Whether nothing that the entry is in is itself missing in the other version."""
    above = (path[:length] for length in range(1, len(path)))
    return all(up in other.entries or _is_order(one, up) for up in above if up in one.entries)


def _is_order(version: Version, path: Path) -> bool:
    return isinstance(version.entries[path].value, Order)


def _changed(before: Entry, after: Entry, old: Version, new: Version, ids: Ids) -> Iterator[Change]:
    found = difference(before.value, after.value, ids)
    if found == "none":
        return
    klass = class_of(after)
    topic = topic_of(after, klass)
    kind: Kind = "moved" if isinstance(after.value, Order) else "changed"
    shown: SafetyClass = klass if found == "meaning" else "info"
    yield Change(
        topic, kind, shown, new.where(after), "/".join(after.path), after.span,
        _parts(before, after, old, new, ids),
    )  # fmt: skip


def _parts(before: Entry, after: Entry, old: Version, new: Version, ids: Ids) -> tuple[Part, ...]:
    if isinstance(before.value, Text) and isinstance(after.value, Text):
        return tuple(_sentences(before.value, after.value, ids))
    if isinstance(before.value, Order) and isinstance(after.value, Order):
        both = [key for key in before.value.keys if key in after.value.keys]
        now = [key for key in after.value.keys if key in both]
        return (Part(_listed(both, after, new), _listed(now, after, new), "order"),)
    return (Part(old.told(before), new.told(after)),)


def _listed(keys: list[str], at: Entry, version: Version) -> str:
    name = at.last.field.partition(".")[2]
    found = ((key, version.entries.get((*at.path, key))) for key in keys)
    return ", ".join(
        " ".join(version.titles.words(entry.value, name, entry.last.key))
        if entry and isinstance(entry.value, Definition)
        else key
        for key, entry in found
    )


def _sentences(old: Text, new: Text, ids: Ids) -> Iterator[Part]:
    """The sentences that differ, each old one beside its new one."""
    was, now = _cut(blocks(old, ids)), _cut(blocks(new, {}))
    for tag, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag != "equal":
            for (_, before), (_, after) in zip_longest(was[a:b], now[c:d], fillvalue=_NONE):
                yield Part(before, after, prose=True)


def _cut(found: tuple[Block, ...]) -> list[Block]:
    """Paragraphs and list items as sentences; what begins a list item keeps its sign."""
    cut = []
    for kind, block in found:
        sign = "- " if kind == "item" else ""
        cut += [(kind, one) for one in SENTENCE.split(f"{sign}{block}")]
    return cut


def _id(entry: Entry) -> str:
    """The id of an item; nothing if it is known by what it refers to."""
    known = set(type(entry.value).model_fields)
    return "" if known & set(KEYS) and "id" not in known else entry.last.key


def _renamed(before: Entry, after: Entry, new: Version) -> Change:
    topic, _ = item_topic(after, new.inside(after.path))
    part = Part(before.last.key, after.last.key, "id")
    return Change(
        topic, "renamed", "info", new.where(after), "/".join(after.path), after.span, (part,)
    )


def _whole(entry: Entry, version: Version, kind: Kind) -> Change:
    """An item or a value that is only in one version."""
    if isinstance(entry.value, Definition):
        topic, klass = item_topic(entry, version.inside(entry.path))
        told = tuple(_content(entry, version, klass))
    else:
        klass = class_of(entry)
        topic = topic_of(entry, klass)
        told = (("", version.told(entry), isinstance(entry.value, Text)),)
    parts = tuple(
        Part(None, text, about, prose) if kind == "added" else Part(text, None, about, prose)
        for about, text, prose in told
    )
    return Change(topic, kind, klass, version.where(entry), "/".join(entry.path), entry.span, parts)


def _content(entry: Entry, version: Version, klass: SafetyClass) -> Iterator[tuple[str, str, bool]]:
    """(field, value, whether it is prose) of what is worth telling of a whole item."""
    head = version.where(entry)
    for leaf in version.inside(entry.path):
        told = version.told(leaf)
        silent = leaf.last.field.partition(".")[2] in SILENT or told.rstrip(".") == head[-1]
        if class_of(leaf) == klass and not silent:
            about = ", ".join(version.where(leaf)[len(head) :])
            yield about, told, isinstance(leaf.value, Text)
