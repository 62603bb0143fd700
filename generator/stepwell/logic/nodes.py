"""Criteria as numbered nodes: what means the same gets the same number, as far as is cheap to see.

A node is a test of one measure (a set of its cells) or a group of which so many
parts hold; opposites are pushed down to the tests. Nested groups of one kind are
one group, tests of one measure in it one test. Filling in an answer gives the
node of what is left to decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from stepwell.logic.axes import Axis
from stepwell.logic.expression import Comparing, Expression, Named, evaluate, needed

Node = int
FALSE, TRUE = 0, 1


@dataclass(frozen=True, slots=True)
class _Test:
    """An answer to one measure is in one of the cells of a bit mask."""

    axis: int
    mask: int


@dataclass(frozen=True, slots=True)
class _Least:
    """At least so many of the parts hold. All of them: and. One: or."""

    least: int
    parts: tuple[Node, ...]


class Nodes:
    """The nodes over some measures. Sets of cells and of measures are bit masks."""

    def __init__(self, axes: Sequence[Axis]) -> None:
        self._axes = tuple(axes)
        self._at = {axis.measure.id: at for at, axis in enumerate(axes)}
        self.full = [(1 << len(axis.cells)) - 1 for axis in axes]
        self._nodes: list[_Test | _Least | None] = [None, None]
        self._number: dict[_Test | _Least, Node] = {}
        self.support: list[int] = [0, 0]
        """Of each node, the measures it compares."""
        self._fixed: dict[tuple[Node, int, int], Node] = {}

    def of(self, expression: Expression, wanted: bool = True) -> Node:
        """The node of an expression, or of its opposite."""
        if isinstance(expression, Comparing):
            return self._test_node(expression, wanted)
        if isinstance(expression, Named):
            return self.of(expression.inner, wanted)
        least, wanted = needed(expression, wanted)
        return self.least(least, tuple(self.of(part, wanted) for part in expression.parts))

    def _test_node(self, test: Comparing, wanted: bool) -> Node:
        at = self._at[test.measure.id]
        held = (evaluate(test, {test.measure.id: c.lowest}) for c in self._axes[at].cells)
        return self._test(at, sum(1 << i for i, truth in enumerate(held) if truth is wanted))

    def _test(self, axis: int, mask: int) -> Node:
        if mask in (0, self.full[axis]):
            return TRUE if mask else FALSE
        return self._kept(_Test(axis, mask), 1 << axis)

    def _kept(self, made: _Test | _Least, support: int) -> Node:
        if made not in self._number:
            self._number[made] = len(self._nodes)
            self._nodes.append(made)
            self.support.append(support)
        return self._number[made]

    def given(self, node: Node, axis: int, cell: int) -> Node:
        """What is left of a criterion once the cell of one measure is known."""
        made = self._nodes[node]
        if made is None or not self.support[node] >> axis & 1:
            return node
        if isinstance(made, _Test):
            return TRUE if made.mask >> cell & 1 else FALSE
        key = (node, axis, cell)
        if key not in self._fixed:
            parts = tuple(self.given(part, axis, cell) for part in made.parts)
            self._fixed[key] = self.least(made.least, parts)
        return self._fixed[key]

    def least(self, least: int, parts: tuple[Node, ...]) -> Node:
        """The node of a group: at least so many of its parts hold."""
        least -= parts.count(TRUE)
        open_ = [part for part in parts if part > TRUE]
        if least <= 0 or least > len(open_):
            return TRUE if least <= 0 else FALSE
        if least in (1, len(open_)):
            return self._joined(open_, every=least > 1 or len(open_) == 1)
        return self._group(least, tuple(sorted(open_)))

    def _joined(self, parts: list[Node], *, every: bool) -> Node:
        """And, or or: parts of the same kind are taken in, tests of one measure become one."""
        tests: dict[int, int] = {}
        groups: set[Node] = set()
        for part in self._flat(parts, every):
            made = self._nodes[part]
            if isinstance(made, _Test):
                known = tests.get(made.axis, self.full[made.axis] if every else 0)
                tests[made.axis] = (and_ if every else or_)(known, made.mask)
            else:
                groups.add(part)
        nodes = {self._test(axis, mask) for axis, mask in tests.items()} | groups
        if (FALSE if every else TRUE) in nodes:
            return FALSE if every else TRUE
        left = tuple(sorted(nodes - {TRUE, FALSE}))
        if len(left) <= 1:
            return left[0] if left else (TRUE if every else FALSE)
        return self._group(len(left) if every else 1, left)

    def _flat(self, parts: Iterable[Node], every: bool) -> Iterable[Node]:
        for part in parts:
            made = self._nodes[part]
            if isinstance(made, _Least) and made.least == (len(made.parts) if every else 1):
                yield from made.parts
            else:
                yield part

    def _group(self, least: int, parts: tuple[Node, ...]) -> Node:
        support = reduce(or_, (self.support[part] for part in parts))
        return self._kept(_Least(least, parts), support)
