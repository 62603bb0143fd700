"""Criteria are evaluated with three values: what is not known is neither true nor false."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from hypothesis import given
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
    measures,
    undecided,
)
from stepwell.logic.measures import Measure, Value

MEASURES = tuple(
    Measure(name, "score", Decimal(0), Decimal(2), Decimal(1)) for name in ("a", "b", "c")
)
ANSWERS = (Decimal(0), Decimal(1), Decimal(2))
ORDERED: tuple[Comparison, ...] = ("at-least", "more-than", "at-most", "below")
Answered = dict[str, Decimal]


def _values(*numbers: int) -> tuple[Value, ...]:
    return tuple(Value(Decimal(number), str(number)) for number in numbers)


def comparing(measure: Measure) -> st.SearchStrategy[Expression]:
    """Any comparison of a measure, also those that can never or always hold."""
    number = st.integers(0, 2)
    return st.one_of(
        st.builds(lambda c, n: Comparing(measure, c, _values(n)), st.sampled_from(ORDERED), number),
        st.builds(lambda n: Comparing(measure, "is", _values(n)), number),
        st.builds(
            lambda found: Comparing(measure, "one-of", _values(*found)),
            st.lists(number, min_size=1, max_size=3, unique=True),
        ),
        st.builds(
            lambda low, high: Comparing(measure, "range", _values(*sorted((low, high)))),
            number, number,
        ),
        st.just(Comparing(measure, "yes", ())),
    )  # fmt: skip


def grouped(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    """A group of expressions, or an expression with a name."""
    parts = st.lists(inner, min_size=1, max_size=4).map(tuple)
    return st.one_of(
        parts.map(Every), parts.map(Neither), inner.map(lambda found: Named("named", found)),
        parts.flatmap(lambda p: st.builds(Some, st.just(p), st.integers(1, len(p)))),
    )  # fmt: skip


EXPRESSIONS = st.recursive(st.sampled_from(MEASURES).flatmap(comparing), grouped, max_leaves=10)
PARTIAL = st.dictionaries(st.sampled_from([m.id for m in MEASURES]), st.sampled_from(ANSWERS))


@st.composite
def read_once(draw: st.DrawFn, names: tuple[Measure, ...] = MEASURES) -> Expression:
    """An expression in which each measure stands once, in a comparison that can go both ways."""
    if len(names) == 1:
        return Comparing(names[0], "at-least", _values(draw(st.integers(1, 2))))
    at = draw(st.integers(1, len(names) - 1))
    parts = (draw(read_once(names[:at])), draw(read_once(names[at:])))
    made: list[Expression] = [Every(parts), Neither(parts), Some(parts)]
    return draw(st.sampled_from(made))


def completions(answers: Answered) -> Iterator[Answered]:
    """Every way to answer what is open."""
    open_ones = [measure.id for measure in MEASURES if measure.id not in answers]
    for found in itertools.product(ANSWERS, repeat=len(open_ones)):
        yield answers | dict(zip(open_ones, found, strict=True))


def plainly(expression: Any, answers: Answered) -> bool:
    """The truth of an expression when every answer is known, in the plainest words."""
    if isinstance(expression, Comparing):
        answer, values = answers[expression.measure.id], [v.number for v in expression.values]
        return {
            "yes": lambda: answer == 1,
            "is": lambda: answer == values[0],
            "one-of": lambda: any(answer == value for value in values),
            "at-least": lambda: not answer < values[0],
            "more-than": lambda: answer > values[0],
            "at-most": lambda: not answer > values[0],
            "below": lambda: answer < values[0],
            "range": lambda: not answer < values[0] and not answer > values[1],
        }[expression.comparison]()
    if isinstance(expression, Named):
        return plainly(expression.inner, answers)
    holding = sum(plainly(part, answers) for part in expression.parts)
    if isinstance(expression, Every):
        return holding == len(expression.parts)
    return holding == 0 if isinstance(expression, Neither) else holding >= expression.least


@given(EXPRESSIONS, PARTIAL)
def test_complete_answers_decide_as_plain_logic_does(
    expression: Expression, partial: Answered
) -> None:
    """With every answer known an expression is true or false, as plain logic has it."""
    for answers in completions(partial):
        assert evaluate(expression, answers) is plainly(expression, answers)


@given(EXPRESSIONS, PARTIAL)
def test_a_later_answer_never_turns_what_was_decided(
    expression: Expression, partial: Answered
) -> None:
    """What is decided with some answers open stays so, however they are given."""
    known = evaluate(expression, partial)
    if known is not None:
        assert all(plainly(expression, answers) is known for answers in completions(partial))


@given(EXPRESSIONS, PARTIAL, PARTIAL)
def test_more_answers_never_make_it_less_decided(
    expression: Expression, partial: Answered, later: Answered
) -> None:
    """An answer more can decide, never undo."""
    before, after = evaluate(expression, partial), evaluate(expression, later | partial)
    assert before is None or after is before


@given(EXPRESSIONS, PARTIAL)
def test_what_is_asked_is_open_and_settles_it(expression: Expression, partial: Answered) -> None:
    """`undecided` names compared measures without answer, once each, and they suffice."""
    asked = undecided(expression, partial)
    assert bool(asked) == (evaluate(expression, partial) is None)
    assert len(set(asked)) == len(asked)
    assert set(asked) <= {measure.id for measure in measures(expression)} - set(partial)
    for answers in completions(partial):
        enough = {name: answers[name] for name in (*partial, *asked)}
        assert evaluate(expression, enough) is plainly(expression, answers)


@given(read_once(), PARTIAL)
def test_everything_asked_can_matter(expression: Expression, partial: Answered) -> None:
    """Each measure that `undecided` names turns the result in at least one case."""
    for name in undecided(expression, partial):
        assert any(
            len({plainly(expression, answers | {name: found}) for found in ANSWERS}) == 2
            for answers in completions(partial)
        )


def test_a_group_is_decided_by_what_is_known() -> None:
    """One false part settles `all`, one true part settles `any` and `none`, and counts count."""
    yes, no = (Comparing(m, "yes", ()) for m in MEASURES[:2])
    open_one = Comparing(MEASURES[2], "yes", ())
    answers = {"a": Decimal(1), "b": Decimal(0)}
    assert evaluate(Every((no, open_one)), answers) is False
    assert evaluate(Every((yes, open_one)), answers) is None
    assert evaluate(Some((yes, open_one)), answers) is True
    assert evaluate(Some((no, open_one)), answers) is None
    assert evaluate(Some((yes, no, open_one), 2), answers) is None
    assert evaluate(Some((no, no, open_one), 2), answers) is False
    assert evaluate(Neither((yes, open_one)), answers) is False
    assert evaluate(Neither((no, open_one)), answers) is None
