"""How many possible people two decisions treat differently, counted exactly without listing them.

A decision is the first of several criteria that holds. Measures are cut into
the cells in which no criterion of either decision changes. Going through one
measure at a time leaves what is still to be decided, simplified; the same rest
is met again and again and counted once. What is the same in both is not
followed at all, so the work grows with what changed.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from math import prod
from operator import or_
from typing import Any, Generic, TypeVar

from stepwell.logic.axes import Axis
from stepwell.logic.expression import Expression
from stepwell.logic.nodes import FALSE, TRUE, Node, Nodes

T = TypeVar("T", bound=Hashable)
LIMIT = 100_000
"""How many different rests are counted before giving up: some ten seconds, and far from usual."""
_NOTHING = object()


class TooMany(Exception):
    """The criteria are too entangled to be counted."""


@dataclass(frozen=True)
class Decision(Generic[T]):
    """The outcome is that of the first criterion that holds, else `otherwise`."""

    entries: tuple[tuple[Expression, T], ...]
    otherwise: T


@dataclass(frozen=True, slots=True)
class Group:
    """People with one pair of outcomes: how many, and which cells of each measure they have."""

    count: int
    cells: Mapping[str, tuple[int, ...]]
    """Measure id -> indices of its cells in which somebody of the group is."""


_Rest = tuple[tuple[tuple[Node, Hashable], ...], Hashable]
_Counts = dict[tuple[Hashable, Hashable], tuple[int, int]]


class Diagram:
    """Counts people over some measures.

    Sets of cells are bit masks; those of all measures together stand side by
    side in one number, each at its own `shift`.
    """

    def __init__(self, axes: Sequence[Axis], limit: int = LIMIT) -> None:
        self.axes = tuple(axes)
        self._limit = limit
        self._nodes = Nodes(axes)
        self._shift = [sum(len(axis.cells) for axis in axes[:at]) for at in range(len(axes))]
        self._counted: dict[tuple[_Rest, _Rest], _Counts] = {}

    def differing(self, old: Decision[T], new: Decision[T]) -> dict[tuple[T, T], Group]:
        """(old outcome, new outcome) -> the people for whom the two differ. Raises TooMany."""
        before, after = self._rest(old), self._rest(new)
        found = self._spread(self._count(before, after), self._over(before, after), self._every())
        return {pair: Group(n, self._apart(cells)) for pair, (n, cells) in found.items()}  # type: ignore[misc]

    def counts(self, decision: Decision[T]) -> dict[T, int]:
        """How many people come to each outcome of a decision; without those nobody comes to."""
        nothing: Decision[Any] = Decision((), _NOTHING)
        return {old: found.count for (old, _), found in self.differing(decision, nothing).items()}

    def _every(self) -> int:
        return (1 << len(self.axes)) - 1

    def _apart(self, cells: int) -> dict[str, tuple[int, ...]]:
        return {
            axis.measure.id: tuple(i for i in range(len(axis.cells)) if cells >> (shift + i) & 1)
            for axis, shift in zip(self.axes, self._shift, strict=True)
        }

    # counting

    def _count(self, old: _Rest, new: _Rest) -> _Counts:
        """Of the measures that still matter: pair of outcomes -> (people, their cells)."""
        if old == new:
            return {}
        if not old[0] and not new[0]:
            return {(old[1], new[1]): (1, 0)}
        if (old, new) not in self._counted:
            if len(self._counted) >= self._limit:
                raise TooMany
            self._counted[old, new] = self._split(old, new)
        return self._counted[old, new]

    def _split(self, old: _Rest, new: _Rest) -> _Counts:
        over = self._over(old, new)
        axis = (over & -over).bit_length() - 1
        groups: dict[tuple[_Rest, _Rest], int] = {}
        for cell in range(len(self.axes[axis].cells)):
            rest = (self._given(old, axis, cell), self._given(new, axis, cell))
            groups[rest] = groups.get(rest, 0) | 1 << cell
        total: _Counts = {}
        for (before, after), mask in groups.items():
            left = over & ~(1 << axis)
            found = self._spread(self._count(before, after), self._over(before, after), left)
            weight = sum(w for i, w in enumerate(self.axes[axis].weights) if mask >> i & 1)
            for pair, (count, cells) in found.items():
                known, seen = total.get(pair, (0, 0))
                total[pair] = (known + weight * count, seen | cells | mask << self._shift[axis])
        return total

    def _spread(self, found: _Counts, over: int, onto: int) -> _Counts:
        """Counts over some measures as counts over more, of which any answer will do."""
        more = [at for at in range(len(self.axes)) if onto >> at & 1 and not over >> at & 1]
        times = prod(self.axes[at].total for at in more)
        cells = reduce(or_, (self._nodes.full[at] << self._shift[at] for at in more), 0)
        return {pair: (count * times, seen | cells) for pair, (count, seen) in found.items()}

    def _over(self, *rests: _Rest) -> int:
        """The measures that still matter, as a bit mask."""
        if len(rests) == 2 and rests[0] == rests[1]:
            return 0
        nodes = (node for entries, _ in rests for node, _ in entries)
        return reduce(or_, (self._nodes.support[node] for node in nodes), 0)

    # what is left to decide

    def _rest(self, decision: Decision[T]) -> _Rest:
        entries = [(self._nodes.of(when), outcome) for when, outcome in decision.entries]
        return self._shortest(entries, decision.otherwise)

    def _given(self, rest: _Rest, axis: int, cell: int) -> _Rest:
        if not any(self._nodes.support[node] >> axis & 1 for node, _ in rest[0]):
            return rest
        fixed = [(self._nodes.given(node, axis, cell), outcome) for node, outcome in rest[0]]
        return self._shortest(fixed, rest[1])

    def _shortest(self, entries: Iterable[tuple[Node, Hashable]], otherwise: Hashable) -> _Rest:
        """The same decision without what can't be reached or decides nothing."""
        kept: list[tuple[Node, Hashable]] = []
        for node, outcome in entries:
            same = kept and kept[-1][1] == outcome
            either = self._nodes.least(1, (kept.pop()[0], node)) if same else node
            if either == TRUE:
                otherwise = outcome
                break
            if either != FALSE:
                kept.append((either, outcome))
        while kept and kept[-1][1] == otherwise:
            kept.pop()
        return tuple(kept), otherwise
