"""No field is forgotten: whatever is changed in the sample pathways is told, once, where it is."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from tests.changes.conftest import load
from tests.conftest import ROOT

from stepwell.changes.entries import Entry, Order, Path, entries, items
from stepwell.changes.pathways import version
from stepwell.changes.structure import changes
from stepwell.changes.titles import Titles
from stepwell.definitions.base import (
    Definition,
    Email,
    Language,
    Phone,
    Quantity,
    Reference,
    Text,
    Url,
    kebab,
)
from stepwell.definitions.criteria import Criterion
from stepwell.definitions.project import Definitions
from stepwell.source import Scalar


@pytest.fixture(scope="module")
def sample() -> Definitions:
    """The sample pathways."""
    return load(ROOT)


def other(value: Any) -> Any:
    """Another value of the same kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, datetime.date):
        return value + datetime.timedelta(days=1)
    if isinstance(value, tuple):
        return (*value, other(value[0]))
    for kind, text in OTHER:
        if isinstance(value, kind):
            return type(value).read(Scalar(text.format(value=value)))
    return f"{value}-other"


OTHER: tuple[tuple[Any, str], ...] = (
    (Text, "{value} And more."), (Quantity, "98.5 {value.unit}"), (Phone, "0999 999 999"),
    (Reference, "another-id"), (Url, "https://other.example"), (Email, "other@other.example"),
    (Language, "tlh"),
)  # fmt: skip


def changed(definition: Definition, path: Path) -> Definition:
    """A copy of a definition in which the value at a path is another one."""
    name = next(n for n, _ in definition.fields() if kebab(n) == path[0])
    value = getattr(definition, name)
    return definition.model_copy(update={name: _inside(value, path[1:])})


def _inside(value: Any, path: Path) -> Any:
    if not path:
        if isinstance(value, Quantity) and value.unit is None:
            return type(value).read(Scalar("98.5"))
        return other(value)
    if isinstance(value, Definition):
        return changed(value, path)
    many = items(value)
    if not many:
        return {**value, path[0]: _inside(value[path[0]], ())}
    made = {key: changed(i, path[1:]) if key == path[0] else i for key, i in many.items()}
    return made if isinstance(value, dict) else tuple(made.values())


def leaves(definition: Definition) -> Iterator[Entry]:
    """One leaf of each field below a definition; criteria are compared elsewhere."""
    seen = set()
    for entry in entries(definition):
        leaf = not isinstance(entry.value, Definition | Order | Criterion)
        if leaf and entry.last.field not in seen:
            seen.add(entry.last.field)
            yield entry


@pytest.mark.parametrize("scope", ["site", "vocabulary", "resources", "pathways"])
def test_a_change_of_any_field_is_told(scope: str, sample: Definitions) -> None:
    """Each field that the sample pathways use, changed once, is one change with its place."""
    found = {**sample.pathways} if scope == "pathways" else {"": dict(sample.shared())[scope]}
    for name, definition in found.items():
        titles = Titles(sample, name or None)
        old = version(definition, titles)
        told = 0
        for leaf in leaves(definition):
            key = leaf.path[-1] in ("tier", "milestone", "language") and len(leaf.path) > 2
            if key and leaf.path[0] in ("waits", "capacity", "translations", "instruments"):
                continue  # by these the item itself is known
            new = version(changed(definition, leaf.path), titles)
            (change,) = changes(old, new, {})
            assert change.path == "/".join(leaf.path)
            assert change.parts[0].old != change.parts[0].new
            assert change.span.path.startswith("pathways/") or leaf.path[0] == "look"
            told += 1
        assert told > 10
