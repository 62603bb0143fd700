"""What a page says, painted in the order in which it is read.

WeasyPrint paints by the layers of CSS: the marks of lists and all that has a position of its
own come last. Who reads by tags does not notice, but a search, a copy or a viewer that follows
the page would hear all text first, and then a row of dots. Here the drawings between the texts
stay as they were, and the texts come after them in the order of the tags. Nothing on a page
lies over its text, so nothing looks different.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from stepwell.write.pdf_contents import Content, contents

_OPERATION = re.compile(
    rb"""(?:\[[^\]]*\]|<<(?:<[0-9A-Fa-f\s]*>|[^<>])*>>|<[0-9A-Fa-f\s]*>|\((?:\\.|[^\\()])*\)
    |/[^\s()<>\[\]/]*|[-+.\d][^\s()<>\[\]/]*|(?:true|false|null)\b|\s+)*
    (?P<operator>[A-Za-z'"][\w*]*)""",
    re.VERBOSE,
)
_SETS = frozenset(
    b"gs rg RG g G k K cs CS sc SC scn SCN w J j M d ri i Tf Tr Tc Tw Tz TL Ts".split()
)
_DRAWS_PATH = frozenset(b"m l c v y h re".split())
_ENDS_PATH = frozenset(b"n f F f* B B* b b* S s".split())


class Unclear(Exception):
    """A stream is not built as WeasyPrint builds one: it is left as it is."""


@dataclass(frozen=True)
class _State:
    """What holds where something is drawn: matrices and clips in turn, and other settings."""

    place: tuple[bytes, ...] = ()
    settings: Mapping[bytes, bytes] = field(default_factory=dict)

    def settled(self) -> bytes:
        """The operators that settle it, but for the place."""
        return b"\n".join(self.settings.values())


def in_order(stream: bytes, wanted: Sequence[int]) -> bytes:
    """A page's stream in which contents come in an order, by MCID; all else before them."""
    found = {content.mcid: content for content in contents(stream) if content.mcid in {*wanted}}
    order = [mcid for mcid in wanted if mcid in found]
    if order == list(found):
        return stream
    try:
        states = _states(stream, list(found.values()))
    except Unclear:
        return stream
    others = _without(stream, found, states)
    return b"\n".join((b"q", others, b"Q", *_painted(stream, order, found, states), b""))


States = Mapping[int, tuple[_State, _State]]
"""MCID -> what holds before its content and after it."""


def _states(stream: bytes, found: Sequence[Content]) -> States:
    """Raises Unclear if a content is not whole by itself."""
    edges = [(place, content) for content in found for place in (content.begin, content.end)]
    waiting = iter([*edges, (len(stream) + 1, None)])
    walk = _Walk()
    place, content = next(waiting)
    known: dict[int, tuple[_State, _State]] = {}
    depth = 0
    for at, operator, operation in _operations(stream):
        while content is not None and at >= place:
            if place == content.begin:
                known[content.mcid], depth = (walk.now, walk.now), len(walk.outer)
            else:
                before = known[content.mcid][0]
                if len(walk.outer) != depth or walk.now.place != before.place:
                    raise Unclear
                known[content.mcid] = (before, walk.now)
            if walk.in_text:
                raise Unclear
            place, content = next(waiting)
        walk.step(operator, operation)
    if walk.outer or (content is not None and place != content.end):
        raise Unclear
    if content is not None:  # the last one ends the stream
        known[content.mcid] = (known[content.mcid][0], walk.now)
    return known


def _operations(stream: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """(place of its first byte, operator, whole operation) of all that a stream does."""
    at = 0
    while found := _OPERATION.match(stream, at):
        operation = found[0].lstrip()
        yield found.end() - len(operation), found["operator"], operation
        at = found.end()
    if stream[at:].strip():
        raise Unclear


class _Walk:
    """What holds while a stream is gone through."""

    def __init__(self) -> None:
        self.now = _State()
        self.outer: list[_State] = []
        self.in_text = False
        self._path: list[bytes] = []
        self._clip = b""

    def step(self, operator: bytes, operation: bytes) -> None:
        """One operation is done. Raises Unclear for what WeasyPrint does not write."""
        now = self.now
        if operator == b"q":
            self.outer.append(now)
        elif operator == b"Q":
            if not self.outer:
                raise Unclear
            self.now = self.outer.pop()
        elif operator == b"cm":
            self.now = _State((*now.place, operation), now.settings)
        elif operator in _SETS:
            key = operation if operator == b"gs" else operator
            others = {name: value for name, value in now.settings.items() if name != key}
            self.now = _State(now.place, {**others, key: operation})
        elif operator in (b"BT", b"ET"):
            self.in_text = operator == b"BT"
        elif operator == b"BI":
            raise Unclear
        else:
            self._draw(operator, operation)

    def _draw(self, operator: bytes, operation: bytes) -> None:
        """A path is begun, goes on or ends, and may be a clip from then on."""
        if operator in _DRAWS_PATH:
            self._path.append(operation)
        elif operator in (b"W", b"W*"):
            self._clip = operator
        elif operator in _ENDS_PATH:
            if self._clip:
                clip = b"\n".join((*self._path, self._clip, b"n"))
                self.now = _State((*self.now.place, clip), self.now.settings)
            self._path, self._clip = [], b""


def _without(stream: bytes, found: Mapping[int, Content], states: States) -> bytes:
    """The stream without its contents, but for what they settle for those behind them."""
    parts, at = [], 0
    for mcid, content in found.items():
        before, after = states[mcid]
        parts.append(stream[at : content.begin])
        if after.settings != before.settings:
            parts.append(after.settled() + b"\n")
        at = content.end
    return b"".join((*parts, stream[at:]))


def _painted(
    stream: bytes, order: Sequence[int], found: Mapping[int, Content], states: States
) -> Iterator[bytes]:
    """The contents in an order, each where and as it was painted."""
    now: _State | None = None
    for mcid in order:
        before, after = states[mcid]
        if now is None or now.place != before.place or now.settings.keys() - before.settings:
            yield from (() if now is None else (b"Q",))
            yield from (b"q", *before.place, before.settled())
        elif now.settings != before.settings:
            yield before.settled()
        yield stream[found[mcid].begin : found[mcid].end]
        now = after
    yield from (() if now is None else (b"Q",))
