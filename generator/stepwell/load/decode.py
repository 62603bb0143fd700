"""Nodes -> definitions. Turns what pydantic found wrong into located diagnostics."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from stepwell.definitions.base import Definition, Readers, Text, kebab
from stepwell.definitions.room import room
from stepwell.diagnostics import Diagnostics, nearest
from stepwell.source import Mapping, Node, Scalar, Sequence, Span

D = TypeVar("D", bound=Definition)

_SHAPES = {
    "tuple_type": "a list (lines that start with '- ')", "list_type": "a list",
    "model_type": "a mapping (lines 'key: value')", "dict_type": "a mapping (lines 'key: value')",
    "model_attributes_type": "a mapping", "string_type": "a text",
}  # fmt: skip
_VALUES = {
    "date_from_datetime_parsing": "a date such as 2026-10-01",
    "date_parsing": "a date such as 2026-10-01", "date_type": "a date such as 2026-10-01",
    "date_from_datetime_inexact": "a date such as 2026-10-01",
    "string_pattern_mismatch": "of the form {pattern}", "literal_error": "one of {expected}",
}  # fmt: skip


def decode(node: Node, kind: type[D], diagnostics: Diagnostics) -> D | None:
    """The definition written at a node, or None with a diagnostic for each thing wrong."""
    if not isinstance(node, Mapping):
        diagnostics.add("SW118", node.span, "this file must be a mapping (lines 'key: value')")
        return None
    try:
        return kind.model_validate(node)
    except ValidationError as error:
        for found in error.errors(include_url=False):
            _report(found, node, kind, diagnostics)
        return None


def name_texts(definition: Definition, context: str, readers: Readers = "patients") -> None:
    """Give each text below a definition its readers, its context and its room.

    A context is the path of field names and ids to a field, without indices.
    """
    for name, value in definition.fields():
        clinical = "*" in definition.clinical or name in definition.clinical
        _name(value, f"{context}/{kebab(name)}", "clinicians" if clinical else readers)
        if isinstance(value, Text):
            value.room = room(type(definition), name)


def _name(value: Any, context: str, readers: Readers) -> None:
    if isinstance(value, Text):
        value.context, value.readers = context, readers
    elif isinstance(value, Definition):
        name_texts(value, context, readers)
    elif isinstance(value, tuple):
        for item in value:
            keys = (getattr(item, name, None) for name in ("id", "tier", "language"))
            key = next((str(key) for key in keys if key), "")
            _name(item, f"{context}/{key}".rstrip("/"), readers)
    elif isinstance(value, dict):
        for key, item in value.items():
            _name(item, f"{context}/{key}", readers)


def _report(
    found: ErrorDetails, root: Mapping, kind: type[Definition], diagnostics: Diagnostics
) -> None:
    slug, place = found["type"], found["loc"]
    parent, node, span = _locate(root, place)
    key = str(place[-1]) if place else ""
    context = found.get("ctx", {})
    if slug == "missing":
        diagnostics.add("SW116", parent.span, f"the key '{key}' is missing here", f"add '{key}:'")
    elif slug == "extra_forbidden":
        hint = nearest(key, _keys_at(kind, place[:-1]))
        diagnostics.add("SW115", span, f"the key '{key}' is not known here", hint)
    elif slug == "criterion":
        diagnostics.add("SW119", context.get("span", span), found["msg"])
    elif slug in _SHAPES or slug == "not-text":
        needed = _SHAPES.get(slug, str(context.get("what")))
        diagnostics.add("SW118", span, f"'{key}' must be {needed}, not {_shape(node)}")
    else:
        diagnostics.add("SW117", span, _value_message(slug, found, node))


def _value_message(slug: str, found: ErrorDetails, node: Node | None) -> str:
    if slug in _VALUES:
        wanted = _VALUES[slug].format(**found.get("ctx", {}))
        return f"'{node}' is not {wanted}"
    return found["msg"].removeprefix("Value error, ")


def _shape(node: Node | None) -> str:
    if isinstance(node, Mapping):
        return "a mapping"
    if isinstance(node, Sequence):
        return "a list"
    return f"the text '{node}'" if node else "nothing"


def _locate(root: Mapping, place: tuple[int | str, ...]) -> tuple[Node, Node | None, Span]:
    """(the node that holds it, the node itself if there, the span of key or node)."""
    parent: Node = root
    node: Node | None = root
    span = root.span
    for step in place:
        if node is None or isinstance(node, Scalar):
            break
        parent = node
        if isinstance(node, Mapping) and isinstance(step, str):
            span = node.keys_at.get(step, node.span)
            node = node.get(step)
            span = node.span if isinstance(node, Scalar) and node else span
        elif isinstance(node, Sequence) and isinstance(step, int):
            node = node[step]
            span = node.span
    return parent, node, span


def _keys_at(kind: type[Definition], place: tuple[int | str, ...]) -> list[str]:
    """The keys a schema knows at a place, by walking annotations."""
    known: Any = kind
    for step in place:
        if isinstance(step, str) and isinstance(known, type) and issubclass(known, Definition):
            fields = {info.alias or name: info for name, info in known.model_fields.items()}
            if step not in fields:
                return []
            known = _inner(fields[step].annotation)
    if isinstance(known, type) and issubclass(known, Definition):
        return [info.alias or name for name, info in known.model_fields.items()]
    return []


def _inner(annotation: Any) -> Any:
    """The definition inside `tuple[X, ...]`, `dict[str, X]` or `X | None`."""
    arguments = [a for a in getattr(annotation, "__args__", ()) if a not in (type(None), ...)]
    return _inner(arguments[-1]) if arguments else annotation
