"""Where things were written: spans, and the three kinds of located value.

Everything read from a file keeps its place, so that every later stage can say
where a problem was written. Nothing here knows YAML; `load.nodes` makes these
values, `load.decode` turns them into definitions.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a source file: path from the project's root, 1-based line and column."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


NOWHERE = Span("", 1, 1)

Lines = tuple[tuple[str, tuple[int, ...]], ...]
"""(file, its lines) of some places, sorted."""


def lines_of(spans: Iterable[Span]) -> Lines:
    """The lines of some places; what stands in no file has none."""
    found: dict[str, set[int]] = {}
    for span in spans:
        if span.path:
            found.setdefault(span.path, set()).add(span.line)
    return tuple((path, tuple(sorted(lines))) for path, lines in sorted(found.items()))


class Scalar(str):
    """The text of one scalar exactly as it was typed, with its span."""

    span: Span = NOWHERE

    def __new__(cls, text: str, span: Span = NOWHERE) -> Scalar:
        """The scalar of a text read at a place."""
        scalar = super().__new__(cls, text)
        scalar.span = span
        return scalar


class Sequence(list["Node"]):
    """A list of nodes, with the span of its first item."""

    def __init__(self, items: list[Node] | None = None, span: Span = NOWHERE) -> None:
        super().__init__(items or [])
        self.span = span


class Mapping(dict[str, "Node"]):
    """Keys to nodes; `keys_at` has the span of each key."""

    def __init__(self, span: Span = NOWHERE) -> None:
        super().__init__()
        self.span = span
        self.keys_at: dict[str, Span] = {}


Node = Scalar | Sequence | Mapping


@dataclass(frozen=True)
class SourceFile:
    """A file that was read: its path from the project's root and its text."""

    path: str
    text: str = field(repr=False)

    @classmethod
    def of(cls, path: str, text: str) -> SourceFile:
        """A source file with its text."""
        return cls(path, text)

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines of its text; few files are ever asked for them."""
        return tuple(self.text.splitlines())
