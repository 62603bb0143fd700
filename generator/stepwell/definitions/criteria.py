"""A criterion as written: a tree of tests with spans, its measures not yet resolved.

`logic` holds the same criteria as typed expressions; `resolve.criteria` turns
one into the other once `check` has found every measure and value to be right.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from stepwell.source import Mapping, Node, Scalar, Sequence, Span

Comparison = Literal["is", "one-of", "at-least", "more-than", "at-most", "below", "range", "yes"]
COMPARISONS: tuple[Comparison, ...] = ("is", "one-of", "at-least", "more-than", "at-most", "below")
GROUPS = ("all", "any", "none", "of")


@dataclass(frozen=True, slots=True)
class Test:
    """A measure (or a named criterion) compared with values, as typed."""

    name: str
    comparison: Comparison
    values: tuple[Scalar, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Group:
    """`all`, `any`, `none` or at least `least` of the parts."""

    kind: Literal["all", "any", "none", "of"]
    parts: tuple[Test | Group | Conjunction, ...]
    span: Span
    least: int = 1


@dataclass(frozen=True, slots=True)
class Conjunction:
    """Several keys in one mapping: all of them hold."""

    parts: tuple[Test | Group, ...]
    span: Span


Tree = Test | Group | Conjunction


def _fault(slug: str, message: str, span: Span, **values: str) -> PydanticCustomError:
    return PydanticCustomError(slug, message, {"span": span, **values})


def _span(node: Node) -> Span:
    return node.span


def read_tree(node: Node) -> Tree:
    """The criterion written at a node; a PydanticCustomError with the span of what is wrong."""
    if isinstance(node, Scalar):
        return Test(str(node), "yes", (), node.span)
    if isinstance(node, Sequence):
        return Group("all", tuple(read_tree(item) for item in node), node.span)
    if not node:
        raise _fault("criterion", "this criterion is empty", node.span)
    if "of" in node:
        return _at_least(node)
    parts = tuple(_entry(key, value, node.keys_at[key]) for key, value in node.items())
    return parts[0] if len(parts) == 1 else Conjunction(parts, node.span)


def _at_least(node: Mapping) -> Group:
    least, parts = node.get("at-least"), node["of"]
    if set(node) != {"at-least", "of"} or not isinstance(parts, Sequence):
        raise _fault("criterion", "write '{{at-least: 2, of: [...]}}'", node.span)
    if not (isinstance(least, Scalar) and re.fullmatch("[1-9][0-9]?", least)):
        raise _fault("criterion", "'at-least' must be a whole number from 1", _span(least or node))
    if int(least) > len(parts):
        raise _fault("criterion", "'at-least' is more than there are parts", least.span)
    return Group("of", tuple(read_tree(part) for part in parts), node.span, int(least))


def _entry(key: str, value: Node, span: Span) -> Test | Group:
    if key in ("all", "any", "none"):
        parts = value if isinstance(value, Sequence) else [value]
        if not parts:
            raise _fault("criterion", "'{key}' has no parts", span, key=key)
        kind: Literal["all", "any", "none"] = key  # type: ignore[assignment]
        return Group(kind, tuple(read_tree(part) for part in parts), span)
    if key == "criterion" and isinstance(value, Scalar):
        return Test(str(value), "yes", (), value.span)
    return _test(key, value, span)


def _test(key: str, value: Node, span: Span) -> Test:
    if isinstance(value, Scalar):
        low, dots, high = value.partition("..")
        if dots:
            return Test(key, "range", (Scalar(low, value.span), Scalar(high, value.span)), span)
        return Test(key, "is", (value,), span)
    if isinstance(value, Mapping) and len(value) == 1:
        comparison, operand = next(iter(value.items()))
        for known in COMPARISONS:
            if comparison == known:
                return Test(key, known, _operands(known, operand), span)
        message = "'{word}' is no comparison; use one of: {known}"
        at, known_all = value.keys_at[comparison], ", ".join(COMPARISONS)
        raise _fault("criterion", message, at, word=comparison, known=known_all)
    raise _fault("criterion", "'{key}' needs a value, a range or one comparison", span, key=key)


def _operands(comparison: Comparison, node: Node) -> tuple[Scalar, ...]:
    if comparison == "one-of" and isinstance(node, Sequence):
        scalars = tuple(item for item in node if isinstance(item, Scalar))
        if scalars and len(scalars) == len(node):
            return scalars
    elif isinstance(node, Scalar):
        return (node,)
    raise _fault("criterion", "'{key}' needs a value", _span(node), key=comparison)


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion as written, with the place it was written."""

    tree: Tree
    span: Span

    @classmethod
    def read(cls, value: Any) -> Criterion:
        """The criterion of a node; a PydanticCustomError if it is malformed."""
        if not isinstance(value, Scalar | Sequence | Mapping):
            raise PydanticCustomError("criterion", "this is no criterion")
        return cls(read_tree(value), value.span)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(cls.read)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"type": ["object", "array", "string"], "description": "A criterion; see README."}
