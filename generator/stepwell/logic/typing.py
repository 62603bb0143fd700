"""Criteria as written -> typed expressions. What does not fit its measure is a diagnostic."""

from __future__ import annotations

from dataclasses import dataclass, field

from stepwell.definitions.criteria import Conjunction, Criterion, Test, Tree
from stepwell.definitions.pathway import Pathway
from stepwell.definitions.vocabulary import Instrument
from stepwell.diagnostics import Diagnostics, nearest
from stepwell.logic import measures as typed
from stepwell.logic.expression import Comparing, Every, Expression, Named, Neither, Some
from stepwell.logic.measures import BUILT_IN, BadValue, Measure, Value

_ORDERED = ("at-least", "more-than", "at-most", "below", "range")
_FITS = {
    "finding": ("yes", "is"),
    "choice": ("is", "one-of", "at-least", "more-than", "at-most", "below"),
}


class _Unsound(Exception):
    """Stops typing a criterion after a diagnostic was added."""


def _can_change(known: dict[str, Measure], name: str) -> bool:
    """Whether a measure is counted; one that is not sound was told already."""
    return name not in known or known[name].kind in ("score", "number", "duration")


@dataclass
class Vocabulary:
    """The measures and named criteria a pathway's criteria may use."""

    measures: dict[str, Measure]
    named: dict[str, Criterion]
    diagnostics: Diagnostics
    unsound: frozenset[str] = frozenset()
    _done: dict[str, Named] = field(default_factory=dict)
    _open: list[str] = field(default_factory=list)

    @classmethod
    def of(
        cls, pathway: Pathway, instruments: dict[str, Instrument], diagnostics: Diagnostics
    ) -> Vocabulary:
        """The vocabulary of a pathway.

        SW304 for each measure without exactly one kind, SW320 for a change of
        something that is not counted.
        """
        known = dict(BUILT_IN)
        unsound = set()
        for name, written in pathway.measures.items():
            given = typed.kinds(written)
            if len(given) == 1:
                known[name] = typed.measure(name, written, instruments)
            else:
                unsound.add(name)
                what = " and ".join(given) or "no kind"
                diagnostics.add("SW304", written.place(), f"the measure '{name}' has {what}")
        for name, written in pathway.measures.items():
            if written.change_of and name in known and not _can_change(known, written.change_of):
                unsound.add(name)
                message = f"'{name}' is the change of '{written.change_of}', which has no numbers"
                help = "name a measure with an instrument, a number or a duration"
                diagnostics.add("SW320", written.change_of.span, message, help)
        named = {name: criterion.when for name, criterion in pathway.criteria.items()}
        return cls(known, named, diagnostics, frozenset(unsound))

    def expression(self, criterion: Criterion) -> Expression | None:
        """The typed expression; None (with diagnostics) if something does not fit."""
        try:
            return self._tree(criterion.tree)
        except _Unsound:
            return None

    def _tree(self, tree: Tree) -> Expression:
        if isinstance(tree, Test):
            return self._test(tree)
        parts = tuple(self._tree(part) for part in tree.parts)
        if isinstance(tree, Conjunction) or tree.kind == "all":
            return Every(parts)
        if tree.kind == "none":
            return Neither(parts)
        return Some(parts, tree.least)

    def _test(self, test: Test) -> Expression:
        measure = self.measures.get(test.name)
        if test.name in self.unsound:
            raise _Unsound
        if measure is None:
            if test.comparison == "yes" and test.name in self.named:
                return self._named(test)
            known = [*self.measures, *self.named]
            message = f"no measure has the id '{test.name}'"
            self.diagnostics.add("SW203", test.span, message, nearest(test.name, known))
            raise _Unsound
        self._fits(test, measure)
        values = tuple(self._value(test, measure, str(value)) for value in test.values)
        if test.comparison == "range" and values[0].number > values[1].number:
            message = f"the range {values[0].typed}..{values[1].typed} ends before it starts"
            self._refuse("SW302", test, message, "put the smaller value first")
        return Comparing(measure, test.comparison, values)

    def _named(self, test: Test) -> Named:
        if test.name in self._open:
            circle = " -> ".join([*self._open, test.name])
            self._refuse("SW205", test, f"'{test.name}' refers to itself ({circle})", "")
        if test.name not in self._done:
            self._open.append(test.name)
            try:
                self._done[test.name] = Named(test.name, self._tree(self.named[test.name].tree))
            finally:
                self._open.pop()
        return self._done[test.name]

    def _fits(self, test: Test, measure: Measure) -> None:
        allowed = _FITS.get(measure.kind, (*_ORDERED, "is", "one-of"))
        if test.comparison not in allowed:
            what = "no comparison" if test.comparison == "yes" else f"'{test.comparison}'"
            message = f"the {measure.kind} '{measure.id}' can't be used with {what}"
            self._refuse("SW303", test, message, f"use one of: {', '.join(allowed)}")

    def _value(self, test: Test, measure: Measure, text: str) -> Value:
        try:
            return measure.value(text)
        except BadValue as error:
            self._refuse(
                "SW301" if error.out_of_range else "SW303", test, error.message, error.help
            )
            raise _Unsound from None

    def _refuse(self, code: str, test: Test, message: str, help: str) -> None:
        span = test.values[0].span if test.values else test.span
        self.diagnostics.add(code, span, message, help)
        raise _Unsound
