"""Fewer groups, the same meaning."""

from __future__ import annotations

from collections.abc import Collection

import pytest
from hypothesis import given, settings
from tests.resolve.any_criterion import ANSWERS, ASKED, CRITERIA, MEASURES

from stepwell.logic.expression import (
    Answers,
    Comparing,
    Every,
    Expression,
    Named,
    Neither,
    Some,
    evaluate,
)
from stepwell.logic.measures import Value
from stepwell.resolve.grouping import grouped

YES = {name: Comparing(MEASURES[name], "yes", ()) for name in ("danger", "carer", "pauses")}
DANGER, CARER, PAUSES = YES.values()


@pytest.mark.parametrize("asked", [None, ASKED, frozenset(YES)])
@settings(deadline=None)
@given(expression=CRITERIA, answers=ANSWERS)
def test_the_meaning_stays_the_same(
    expression: Expression, answers: Answers, asked: Collection[str] | None
) -> None:
    """Whatever is answered, and whatever is not, the result is that of the criterion as written."""
    known = {name: number % 2 if name in YES else number for name, number in answers.items()}
    assert evaluate(grouped(expression, asked=asked), known) is evaluate(expression, known)


@settings(deadline=None)
@given(expression=CRITERIA)
def test_no_group_is_left_that_is_not_needed(expression: Expression) -> None:
    """Grouping again changes nothing, and no `all` stands alone or directly in an `all`."""
    for asked in (None, ASKED):
        made = grouped(expression, asked=asked)
        assert grouped(made, asked=asked) == made
        _no_more(made)


def _no_more(expression: Expression) -> None:
    if isinstance(expression, Named):
        _no_more(expression.inner)
    elif not isinstance(expression, Comparing):
        if isinstance(expression, Every):
            assert len(expression.parts) > 1
            assert not any(isinstance(part, Every) for part in expression.parts)
        for part in expression.parts:
            _no_more(part)


def _no(finding: Comparing) -> Comparing:
    return Comparing(finding.measure, "is", (Value(MEASURES["danger"].value("no").number, "no"),))


@pytest.mark.parametrize(
    ("written", "made"),
    [
        (Every((DANGER, Every((CARER, PAUSES)))), Every((DANGER, CARER, PAUSES))),
        (Some((Some((DANGER, CARER)), PAUSES)), Some((DANGER, CARER, PAUSES))),
        (Some((Some((DANGER, CARER), 2), PAUSES)), Some((Some((DANGER, CARER), 2), PAUSES))),
        (Neither((Some((DANGER, CARER)), PAUSES)), Neither((DANGER, CARER, PAUSES))),
        (Neither((DANGER,)), _no(DANGER)),
        (Neither((_no(DANGER),)), DANGER),
        (Every((Neither((DANGER,)), CARER)), Every((_no(DANGER), CARER))),
        (Every((Named("a", Every((DANGER, CARER))),)), Named("a", Every((DANGER, CARER)))),
    ],
)
def test_groups_are_joined(written: Expression, made: Expression) -> None:
    """A group joins one of its own kind around it, and a single finding is denied by itself."""
    assert grouped(written) == made


def test_what_people_are_asked_is_answered_one_by_one() -> None:
    """A finding with a question is answered with no; what has none stays in `none of`."""
    written = Named("a", Every((CARER, Neither((PAUSES, DANGER, Some((CARER, DANGER)))))))
    made = Every((CARER, _no(PAUSES), Neither((DANGER, CARER, DANGER))))
    assert grouped(written, asked=ASKED) == made
