"""Going through a definition: every leaf value with the definition that holds it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

from stepwell.definitions.base import Definition, Located, RoleRef, Text
from stepwell.definitions.criteria import Conjunction, Criterion, Group, Test, Tree
from stepwell.definitions.placeholders import placeholders

L = TypeVar("L")


def leaves(value: Any) -> Iterator[Any]:
    """All values below a definition that are not definitions or collections, in schema order."""
    if isinstance(value, Definition):
        for _, inner in value.fields():
            yield from leaves(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from leaves(inner)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from leaves(inner)
    elif value is not None:
        yield value


def of_type(value: Any, kind: type[L]) -> Iterator[L]:
    """The leaves of one type."""
    return (leaf for leaf in leaves(value) if isinstance(leaf, kind))


def texts(value: Any) -> Iterator[Text]:
    """Every translatable text below a definition, in schema order."""
    return of_type(value, Text)


def located(value: Any) -> Iterator[Located]:
    """Every string with a span below a definition."""
    return of_type(value, Located)


def roles(value: Any) -> tuple[str, ...]:
    """The roles that a definition refers to, as values or in its texts, in their order."""
    named = [str(reference) for reference in of_type(value, RoleRef)]
    for text in texts(value):
        named += [found.argument for found in placeholders(text) if found.kind == "role"]
    return tuple(dict.fromkeys(named))


def definitions(value: Any) -> Iterator[Definition]:
    """The definition itself and every definition below it."""
    if isinstance(value, Definition):
        yield value
        for _, inner in value.fields():
            yield from definitions(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from definitions(inner)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from definitions(inner)


def criteria(value: Any) -> Iterator[Criterion]:
    """Every criterion below a definition."""
    return of_type(value, Criterion)


def tests(tree: Tree) -> Iterator[Test]:
    """The tests of a criterion, in the order they were written."""
    if isinstance(tree, Test):
        yield tree
    elif isinstance(tree, Group | Conjunction):
        for part in tree.parts:
            yield from tests(part)
