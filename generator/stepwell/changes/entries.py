"""A definition as a list of entries, each found again in another version by its path of ids.

An entry is a leaf (a value as written), an item (a definition in a list or
under a key) or the order of a list. Its path has the names of fields and the
ids of items, never an index where items have ids. An item that got another id
and kept its name is the same item: `renames` finds it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from stepwell.changes.titles import own_title
from stepwell.definitions.base import Definition, Located, kebab
from stepwell.definitions.criteria import Criterion
from stepwell.source import Span

Path = tuple[str, ...]
Ids = Mapping[tuple[str, str], str]
"""(kind of reference, old id) -> new id, of what was renamed."""
IN_ORDER = ("choices",)
"""Mappings whose order means something."""
KEYS = ("id", "tier", "milestone", "language")
"""The fields that tell the items of a list apart."""


@dataclass(frozen=True)
class Renames:
    """What got another id: items by their path (what is above them renamed), and references."""

    items: Mapping[Path, str] = field(default_factory=dict)
    ids: Ids = field(default_factory=dict)

    def key(self, at: Path, key: str) -> str:
        """The new id of an item of the list at a path."""
        if "/" not in key and at[-1] != "capacity":
            return self.items.get((*at, key), key)
        parts = zip(("tier", "milestone"), key.split("/"), strict=False)
        return "/".join(self.ids.get(part, part[1]) for part in parts)


NOTHING = Renames()


@dataclass(frozen=True, slots=True)
class Link:
    """A step from a definition to what is in it: `Tier.step_up`, and an item's id or key."""

    field: str
    key: str = ""
    item: Definition | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """The ids of a list in their order; a mapping has none, but for answers."""

    keys: Path


@dataclass(frozen=True, slots=True)
class Entry:
    """A value, item or order with its path, the links that lead to it, and where it stands."""

    path: Path
    links: tuple[Link, ...]
    value: Any
    span: Span

    @property
    def last(self) -> Link:
        """The link that leads to the value itself."""
        return self.links[-1]


def entries(
    definition: Definition,
    path: Path = (),
    links: tuple[Link, ...] = (),
    renames: Renames = NOTHING,
) -> Iterator[Entry]:
    """Everything below a definition, in the order of the schema; what is absent has no entry."""
    for name, value in definition.fields():
        known = f"{type(definition).__name__}.{name}"
        at, here = (*path, kebab(name)), definition.place(name)
        if value is None or value == () or value == {} or name == "id":
            continue
        if isinstance(value, Definition):
            link = Link(known, item=value)
            yield Entry(at, (*links, link), value, here)
            yield from entries(value, at, (*links, link), renames)
        elif many := items(value):
            ids = {key: renames.key(at, key) for key in many}
            if isinstance(value, tuple):
                yield Entry(at, (*links, Link(known)), Order(tuple(ids.values())), here)
            for key, item in many.items():
                path_of, linked = (*at, ids[key]), (*links, Link(known, key, item))
                yield Entry(path_of, linked, item, item.place())
                yield from entries(item, path_of, linked, renames)
        elif isinstance(value, dict):
            if name in IN_ORDER:
                yield Entry(at, (*links, Link(known)), Order(tuple(map(str, value))), here)
            for key, inner in value.items():
                span = _span(inner, here)
                yield Entry((*at, str(key)), (*links, Link(known, str(key))), inner, span)
        else:
            yield Entry(at, (*links, Link(known)), value, _span(value, here))


def _span(value: Any, otherwise: Span) -> Span:
    found = value.span if isinstance(value, Located | Criterion) else otherwise
    return found if found.path else otherwise


def items(value: Any) -> dict[str, Definition]:
    """The definitions of a list or mapping by their ids; by number where they have none."""
    if isinstance(value, dict):
        return {str(k): v for k, v in value.items() if isinstance(v, Definition)}
    if not isinstance(value, tuple) or not all(isinstance(item, Definition) for item in value):
        return {}
    return {_key(item) or str(at): item for at, item in enumerate(value, 1)}


def _key(item: Definition) -> str:
    known = type(item).model_fields
    if "id" in known:
        return str(item.id)  # type: ignore[attr-defined]
    return "/".join(str(getattr(item, name)) for name in KEYS if name in known)


def renamed_items(old: Definition, new: Definition, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """(path, new id) of each item that got another id and kept its name, if no other has it."""
    for name, value in old.fields():
        ours, theirs = items(value), items(getattr(new, name))
        at = (*path, kebab(name))
        if isinstance(value, Definition) and isinstance(getattr(new, name), Definition):
            yield from renamed_items(value, getattr(new, name), at)
        became = dict(_renamed(ours, theirs))
        for key, item in ours.items():
            if key in became:
                yield (*at, key), became[key]
            now = became.get(key, key)
            if now in theirs:
                yield from renamed_items(item, theirs[now], (*at, now))


def _renamed(
    old: Mapping[str, Definition], new: Mapping[str, Definition]
) -> Iterator[tuple[str, str]]:
    gone = [(key, own_title(item)) for key, item in old.items() if key not in new]
    come = [(key, own_title(item)) for key, item in new.items() if key not in old]
    for key, title in gone:
        same = [other for other, its in come if title and its == title]
        twins = [other for other, its in gone if its == title]
        if len(same) == len(twins) == 1:
            yield key, same[0]
