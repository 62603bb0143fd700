"""Random criteria over the measures of the spoken pathway, for tests of their sentences."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from hypothesis import strategies as st

from stepwell.logic.expression import (
    Comparing,
    Comparison,
    Every,
    Expression,
    Named,
    Neither,
    Some,
    evaluate,
)
from stepwell.logic.measures import BUILT_IN, Measure, Value

MEASURES = {
    **BUILT_IN,
    "isi": Measure("isi", "score", Decimal(0), Decimal(28), Decimal(1)),
    "lasting": Measure("lasting", "duration", Decimal(0), unit="weeks"),
    "unrested": Measure("unrested", "duration", Decimal(0), unit="days"),
    "response": Measure("response", "choice", choices=("none", "partial", "full")),
    "weight": Measure("weight", "number", Decimal(30), Decimal(250), Decimal("0.1"), "kg"),
    "naps": Measure("naps", "number", Decimal(0), Decimal(9)),
    "fall": Measure("fall", "change", percent=True),
    "points": Measure("points", "change"),
    "lost": Measure("lost", "change"),
    **{
        name: Measure(name, "finding", Decimal(0), Decimal(1), Decimal(1))
        for name in ("danger", "carer", "pauses")
    },
}
"""What the pathway of `tests/resolve/conftest.py` can compare; a test holds that it is so."""

ASKED = frozenset({"pauses"})
"""The findings of it that have a question."""

_NAMES = ("score-at-least", "four-weeks", "nested")
_ORDERED: tuple[Comparison, ...] = ("at-least", "more-than", "at-most", "below")


def _typed(measure: Measure) -> st.SearchStrategy[str]:
    """Values of a measure as an editor may type them."""
    if measure.kind == "choice":
        return st.sampled_from(measure.choices)
    if measure.kind == "finding":
        return st.sampled_from(("yes", "no"))
    if measure.kind == "duration":
        units = st.sampled_from(("days", "weeks", "months"))
        halves = st.integers(0, 60).map(lambda count: f"{Decimal(count) / 2:f}")
        return st.builds(lambda count, unit: f"{count} {unit}", halves, units)
    low, high = measure.low, measure.high
    if low is None or high is None:
        return st.integers(-1000, 1000).map(lambda tenths: f"{Decimal(tenths) / 10:f}")
    if measure.step == 1:
        return st.integers(int(low), int(high)).map(str)
    tenths = st.integers(int(low * 10), int(high * 10))
    return tenths.map(lambda count: f"{Decimal(count) / 10:f}")


def comparing(measure: Measure) -> st.SearchStrategy[Comparing]:
    """Any comparison of a measure, also one that can never or always hold."""
    value = _typed(measure).map(measure.value)
    one = value.map(lambda found: (found,))
    if measure.kind == "finding":
        return st.one_of(
            st.just(Comparing(measure, "yes", ())),
            one.map(lambda found: Comparing(measure, "is", found)),
        )
    several = st.lists(value, min_size=1, max_size=3, unique_by=lambda found: found.number)
    forms = [
        st.builds(
            lambda how, found: Comparing(measure, how, found), st.sampled_from(_ORDERED), one
        ),
        one.map(lambda found: Comparing(measure, "is", found)),
        several.map(lambda found: Comparing(measure, "one-of", tuple(found))),
    ]
    if measure.kind != "choice":
        forms.append(st.tuples(value, value).map(lambda found: _range(measure, found)))
    return st.one_of(forms)


def _range(measure: Measure, values: tuple[Value, ...]) -> Comparing:
    return Comparing(measure, "range", tuple(sorted(values, key=lambda found: found.number)))


def _group(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    parts = st.lists(inner, min_size=1, max_size=4).map(tuple)
    return st.one_of(
        parts.map(Every), parts.map(Neither),
        st.builds(Named, st.sampled_from(_NAMES), inner),
        parts.flatmap(lambda found: st.builds(Some, st.just(found), st.integers(1, len(found)))),
    )  # fmt: skip


COMPARISONS = st.sampled_from(sorted(MEASURES)).flatmap(lambda name: comparing(MEASURES[name]))
CRITERIA: st.SearchStrategy[Expression] = st.recursive(COMPARISONS, _group, max_leaves=8)
ANSWERS = st.dictionaries(st.sampled_from(sorted(MEASURES)), st.integers(-3, 60).map(Decimal))


def leaves(expression: Expression) -> Iterator[Comparing]:
    """The comparisons of a criterion in order."""
    if isinstance(expression, Comparing):
        yield expression
    elif isinstance(expression, Named):
        yield from leaves(expression.inner)
    else:
        for part in expression.parts:
            yield from leaves(part)


def replaced(expression: Expression, old: Comparing, new: Comparing) -> Expression:
    """A criterion with another comparison wherever one stood."""
    if isinstance(expression, Comparing):
        return new if expression == old else expression
    if isinstance(expression, Named):
        return Named(expression.name, replaced(expression.inner, old, new))
    parts = tuple(replaced(part, old, new) for part in expression.parts)
    if isinstance(expression, Some):
        return Some(parts, expression.least)
    return type(expression)(parts)


def same(one: Comparing, two: Comparing) -> bool:
    """Whether two comparisons of a measure hold for the same values."""
    at = {value.number for test in (one, two) for value in test.values} | {Decimal(1)}
    near = {number + step for number in at for step in (Decimal(0), *_BESIDE)}
    if one.measure.kind in ("choice", "finding"):
        near = {Decimal(place) for place in range(max(len(one.measure.choices), 2))}
    name = one.measure.id
    return all(evaluate(one, {name: number}) == evaluate(two, {name: number}) for number in near)


_BESIDE = (Decimal("-0.001"), Decimal("0.001"))
