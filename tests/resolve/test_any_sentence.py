"""Whatever a criterion is, its sentence says all of it, in every language and form."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.resolve.any_criterion import (
    ASKED,
    COMPARISONS,
    CRITERIA,
    MEASURES,
    comparing,
    leaves,
    replaced,
    same,
)
from tests.resolve.conftest import FORMS, LANGUAGES, Say, shown

from stepwell.definitions.base import Duration
from stepwell.logic.expression import Comparing, Every, Expression, Neither, Some, evaluate
from stepwell.resolve.comparison import Form
from stepwell.resolve.prose import prose
from stepwell.resolve.sentences import Sentence, sentence
from stepwell.resolve.view import Reading

EVERY_FORM = [(language, form) for language in LANGUAGES for form in FORMS]
PAIRS = st.sampled_from(sorted(MEASURES)).flatmap(
    lambda name: st.tuples(comparing(MEASURES[name]), comparing(MEASURES[name]))
)

in_every_form = pytest.mark.parametrize(("language", "form"), EVERY_FORM)
some = settings(max_examples=60, deadline=None)


def _said(expression: Expression, reading: Reading, form: Form) -> Sentence:
    return sentence(expression, reading, expand=True, form=form)


def _numbers(text: str) -> list[str]:
    """The numbers of a text in the order in which they are read, without their units."""
    runs = re.findall("⟨(.*?)⟩", text)
    return [run.split("\u00a0")[0] for run in runs if run[0].isdigit() or run[0] in "-\u2212"]


def _expected(test: Comparing, reading: Reading) -> list[str]:
    """The numbers that a test compares with, as they are to be read."""
    words, counted = reading.words(), [value.number for value in test.values]
    if test.measure.kind in ("choice", "finding"):
        return []
    if test.measure.kind == "duration":
        counted = [Duration.read(value.typed).low for value in test.values]
    if test.comparison == "range" and test.values[0].number == test.values[1].number:
        counted = counted[1:]
    if test.measure.kind == "change":
        counted = _moved(test, counted)
    return [words.digits(number) for number in counted]


def _moved(test: Comparing, numbers: list[Decimal]) -> list[Decimal]:
    """How far something fell or rose: nearer first, none for unchanged, once for both ways."""
    far = [abs(number) for number in numbers if number]
    if test.comparison != "range":
        return far
    return far[:1] if sum(numbers) == 0 else sorted(far) if numbers[-1] < 0 else far


def test_the_measures_are_those_of_the_pathway(say: Say) -> None:
    """The random criteria are about all that the pathway can compare, and know what is asked."""
    reading = say("en")
    assert reading.edition.vocabulary.measures == MEASURES
    written = reading.edition.content.measures.items()
    assert {name for name, measure in written if measure.finding and measure.question} == ASKED


@in_every_form
@some
@given(test=COMPARISONS)
def test_every_value_is_said(say: Say, language: str, form: Form, test: Comparing) -> None:
    """The numbers of a test stand in isolated runs, in the order in which they are read."""
    reading = say(language)
    text = shown(_said(test, reading, form).line)
    in_words = ("1", "2") if language == "ar" else ()  # one week and two weeks are words
    said = [number for number in _numbers(text) if number not in in_words]
    assert said == [number for number in _expected(test, reading) if number not in in_words]


@in_every_form
@some
@given(test=comparing(MEASURES["response"]))
def test_every_choice_is_said(say: Say, language: str, form: Form, test: Comparing) -> None:
    """Of the answers to a question exactly those stand there that fit, where some do."""
    reading = say(language)
    choices = reading.edition.content.measures["response"].choices or {}
    answers = [prose(text, reading).plain for text in choices.values()]
    fitting = [evaluate(test, {"response": Decimal(at)}) for at in range(len(answers))]
    text = shown(_said(test, reading, form).line)
    assert [answer in text for answer in answers] == fitting or not any(fitting)


@in_every_form
@some
@given(expression=CRITERIA)
def test_a_sentence_is_whole(say: Say, language: str, form: Form, expression: Expression) -> None:
    """No mark of a template is left, brackets close, and no digit is outside an isolated run."""
    said = _said(expression, say(language), form)
    for text in (shown(said.line), shown(said.nested)):
        assert "%" not in re.sub("⟨.*?⟩", "", text)
        assert not re.search(r"\d", re.sub("⟨.*?⟩", "", text))
        depth = 0
        for letter in text:
            depth += {"(": 1, ")": -1}.get(letter, 0)
            assert depth >= 0
        assert depth == 0


@in_every_form
@some
@given(expression=CRITERIA)
def test_every_test_is_said(say: Say, language: str, form: Form, expression: Expression) -> None:
    """Each test of a criterion stands in its line and in its list, in the same words as alone."""
    reading = say(language)
    whole = _said(expression, reading, form)
    for test in leaves(expression):
        options: list[Expression] = [test]
        if test.measure.kind == "finding":
            options.append(Neither((test,)))
        words = [_said(option, reading, form).line for option in options]
        assert any(line in whole.line for line in words)
        assert any(line in whole.nested for line in words)


@in_every_form
@some
@given(pair=PAIRS, expression=CRITERIA, data=st.data())
def test_another_criterion_is_another_sentence(
    say: Say,
    language: str,
    form: Form,
    pair: tuple[Comparing, Comparing],
    expression: Expression,
    data: st.DataObject,
) -> None:
    """Another value or comparison that changes who meets a criterion changes what is read."""
    reading = say(language)
    old = data.draw(st.sampled_from(list(leaves(expression))))
    new = data.draw(comparing(old.measure))
    for one, two in (pair, (old, new)):
        if not same(one, two):
            assert _said(one, reading, form).line != _said(two, reading, form).line
    assume(not same(old, new))
    other = replaced(expression, old, new)
    assert _said(expression, reading, form).line != _said(other, reading, form).line
    assert _said(expression, reading, form).nested != _said(other, reading, form).nested


@in_every_form
def test_another_group_is_another_sentence(say: Say, language: str, form: Form) -> None:
    """All, any, none, at least two and at least three of the same four tests read differently."""
    reading = say(language)
    parts = tuple(
        Comparing(MEASURES[name], "at-least", (MEASURES[name].value("7"),))
        for name in ("isi", "naps", "age", "points")
    )
    groups: list[Expression] = [Every(parts), Some(parts), Neither(parts)]
    groups += [Some(parts, 2), Some(parts, 3)]
    said = [_said(group, reading, form) for group in groups]
    assert len({one.line for one in said}) == len({one.nested for one in said}) == len(groups)
