"""Reasons are enough to decide a criterion, and say nothing that does not matter."""

from __future__ import annotations

from hypothesis import given
from tests.logic.test_expression import EXPRESSIONS, PARTIAL, Answered

from stepwell.logic.expression import Expression, evaluate
from stepwell.logic.reasons import because


@given(EXPRESSIONS, PARTIAL)
def test_the_reasons_alone_decide(expression: Expression, answers: Answered) -> None:
    """With only the answers that reasons speak of, the criterion comes out the same."""
    truth = evaluate(expression, answers)
    reasons = because(expression, answers)
    named = {reason.test.measure.id for reason in reasons}
    alone = {name: value for name, value in answers.items() if name in named}
    assert evaluate(expression, alone) is truth
    assert truth is not None or reasons == ()


@given(EXPRESSIONS, PARTIAL)
def test_a_reason_is_true_of_the_person(expression: Expression, answers: Answered) -> None:
    """Each comparison that is named holds or fails as it is told, and is told once."""
    reasons = because(expression, answers)
    assert all(evaluate(reason.test, answers) is reason.holds for reason in reasons)
    assert len(set(reasons)) == len(reasons)
