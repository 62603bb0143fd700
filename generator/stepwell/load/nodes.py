"""YAML text -> nodes with spans. Owns the yaml library.

Events of libyaml are walked with a stack of our own: scalars stay as typed,
nothing is resolved, expanded or recursed into, so neither a value nor the
memory of the machine can be changed by what a file says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from stepwell.diagnostics import Diagnostics
from stepwell.source import Mapping, Node, Scalar, Sequence, SourceFile, Span

MAX_DEPTH = 32
_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CONTAINERS = (yaml.SequenceStartEvent, yaml.MappingStartEvent)


class _Refused(Exception):
    """Stops reading a file after a diagnostic was added."""


class _Builder:
    """Builds the nodes of one file from events."""

    def __init__(self, path: str, diagnostics: Diagnostics) -> None:
        self.path = path
        self.diagnostics = diagnostics
        self.stack: list[Mapping | Sequence] = []
        self.keys: list[Scalar | None] = []
        self.root: Node | None = None
        self.documents = 0

    def span(self, event: yaml.Event) -> Span:
        mark = event.start_mark
        return Span(self.path, mark.line + 1, mark.column + 1) if mark else Span(self.path)

    def refuse(self, code: str, event: yaml.Event, message: str, help: str = "") -> None:
        self.diagnostics.add(code, self.span(event), message, help)
        raise _Refused

    def take(self, event: yaml.Event) -> None:
        """Build on with one event."""
        if isinstance(event, yaml.AliasEvent):
            self.refuse("SW106", event, f"the alias '*{event.anchor}' is not allowed")
        if isinstance(event, yaml.DocumentStartEvent):
            self._document(event)
        elif isinstance(event, yaml.ScalarEvent):
            self._plain(event)
            self.put(Scalar(event.value, self.span(event)), event)
        elif isinstance(event, _CONTAINERS):
            self._plain(event)
            self._open(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.stack.pop()
            self.keys.pop()

    def _document(self, event: yaml.DocumentStartEvent) -> None:
        self.documents += 1
        if self.documents > 1:
            self.refuse("SW109", event, "a second document begins here", "keep one document a file")
        if event.tags:
            self.refuse("SW107", event, "a %TAG directive is not allowed")

    def _plain(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor:
            self.refuse("SW106", event, f"the anchor '&{event.anchor}' is not allowed")
        if event.tag:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            help = "remove it; put the text in quotes if it begins with '!'"
            self.refuse("SW107", event, f"the tag '{tag}' is not allowed", help)

    def _open(self, event: yaml.CollectionStartEvent) -> None:
        if len(self.stack) >= MAX_DEPTH:
            self.refuse("SW111", event, f"values are nested more than {MAX_DEPTH} levels deep")
        made = Mapping if isinstance(event, yaml.MappingStartEvent) else Sequence
        node: Mapping | Sequence = made(span=self.span(event))
        self.put(node, event)
        self.stack.append(node)
        self.keys.append(None)

    def put(self, node: Node, event: yaml.Event) -> None:
        """Put a node where the reading stands: root, list item, key or value."""
        if not self.stack:
            self.root = node
            return
        top = self.stack[-1]
        if isinstance(top, Sequence):
            top.append(node)
        elif (key := self.keys[-1]) is None:
            self.keys[-1] = self._key(node, top, event)
        else:
            top[str(key)] = node
            self.keys[-1] = None

    def _key(self, node: Node, mapping: Mapping, event: yaml.Event) -> Scalar:
        if not isinstance(node, Scalar):
            self.refuse("SW118", event, "a key must be a word, not a list or mapping")
            raise _Refused
        if node == "<<":
            self.refuse("SW108", event, "the merge key '<<' is not allowed", "write the keys out")
        if node in mapping.keys_at:
            first = mapping.keys_at[node]
            self.diagnostics.add(
                "SW105", node.span, f"the key '{node}' stands twice", "keep one of the two",
                [(first, "first here")],
            )  # fmt: skip
            raise _Refused
        mapping.keys_at[str(node)] = node.span
        return node


def parse(source: SourceFile, diagnostics: Diagnostics) -> Node | None:
    """The root node of a YAML file; None (with a diagnostic) if it can't be read or is empty."""
    if _tabs(source, diagnostics):
        return None
    builder = _Builder(source.path, diagnostics)
    try:
        for event in _events(source.text):
            builder.take(event)
    except _Refused:
        return None
    except yaml.YAMLError as error:
        _syntax(source, error, diagnostics)
        return None
    if builder.root is None:
        diagnostics.add("SW104", Span(source.path), f"'{source.path}' is empty")
    return builder.root


def _events(text: str) -> Iterator[yaml.Event]:
    loader = _PARSER(text)
    try:
        while loader.check_event():
            yield loader.get_event()
    finally:
        loader.dispose()


def _tabs(source: SourceFile, diagnostics: Diagnostics) -> bool:
    for number, line in enumerate(source.lines, 1):
        if "\t" in line and re.match(r" *\t", line):
            span = Span(source.path, number, line.index("\t") + 1)
            diagnostics.add("SW110", span, "this line is indented with a tab", "use two spaces")
            return True
    return False


def _syntax(source: SourceFile, error: yaml.YAMLError, diagnostics: Diagnostics) -> None:
    mark = getattr(error, "problem_mark", None)
    if "quoted" in str(getattr(error, "context", None)):
        mark = getattr(error, "context_mark", None) or mark  # where the quote was opened
    problem = getattr(error, "problem", None) or "the text can't be read as YAML"
    context = getattr(error, "context", None)
    span = Span(source.path, mark.line + 1, mark.column + 1) if mark else Span(source.path)
    message = f"{problem} ({context})" if context else str(problem)
    help = "put the text in quotes" if _looks_unquoted(source, span) else ""
    diagnostics.add("SW104", span, message, help)


def _looks_unquoted(source: SourceFile, span: Span) -> bool:
    line = source.lines[span.line - 1] if span.line <= len(source.lines) else ""
    value = line.partition(":")[2].strip()
    return bool(value) and (value[0] in "%@`,]}{[\"'" or ": " in value)
