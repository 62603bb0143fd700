"""One test of a criterion in words: what is measured, and what is wanted of it.

The long form and the card put a label before the value; the plain form asks the
measure's question and gives the answer, or tells a person about their score. The
grammar of the values is in `comparison`.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from markupsafe import Markup

from stepwell.definitions.base import Duration, Text
from stepwell.definitions.pathway import Measure as Written
from stepwell.logic.expression import Comparing, evaluate
from stepwell.logic.measures import BUILT_IN, Measure
from stepwell.resolve import comparison
from stepwell.resolve.comparison import Form
from stepwell.resolve.prose import isolate_name, prose
from stepwell.resolve.words import isolate

if TYPE_CHECKING:
    from stepwell.resolve.view import Reading


def _n(message: str) -> str:
    """Marks a message for extraction."""
    return message


NOT: dict[Form, str] = {
    "long": _n("not: %(finding)s"),
    "card": _n("not: %(finding)s"),
    "plain": _n("Not true: %(finding)s"),
}
"""What a test, or the only one of a group, is called that must not hold."""

_LABELS = {
    "in-tier": _n("Time in this step"),
    "reviews-done": _n("Reviews done"),
    "age": _n("Age in years"),
}
_CARD_LABELS = {**_LABELS, "in-tier": _n("In this step"), "age": _n("Age")}
_TOLD = {
    "in-tier": _n("You have been in this step for %(value)s"),
    "reviews-done": _n("Reviews you have had in this step: %(value)s"),
    "age": _n("Your age: %(value)s"),
}
_SINCE = _n("%(measure)s since the start")
_SCORE_SINCE = _n("Your score on the %(measure)s questionnaire since the start")


def compared(test: Comparing, reading: Reading, form: Form = "long") -> Markup:
    """A test in the language of a reading, without an end mark: it may stand in a sentence."""
    if test.measure.kind == "finding":
        return _finding(test, reading, form)
    if test.measure.id in BUILT_IN:
        return _built_in(test, reading, form)
    words, written = reading.words(), _written(test.measure.id, reading)
    if written.question and (form == "plain" or not _is_called(written)):
        return _asked(written.question, comparison.opening(_wanted(test, reading, form)), reading)
    label = _label(test.measure.id, reading, form)
    if test.measure.kind == "score" and not (form == "plain" and written.label):
        return comparison.score(label, test.comparison, _values(test, reading, form), words, form)
    return words("%(measure)s: %(value)s", measure=label, value=_wanted(test, reading, form))


def _built_in(test: Comparing, reading: Reading, form: Form) -> Markup:
    words, name, wanted = reading.words(), test.measure.id, _wanted(test, reading, form)
    if form == "plain":
        return words(_TOLD[name], value=wanted)
    label = words((_CARD_LABELS if form == "card" else _LABELS)[name])
    return words("%(measure)s: %(value)s", measure=label, value=wanted)


def _asked(question: Text, answer: Markup, reading: Reading) -> Markup:
    """A question with its answer, which stands out."""
    bold = Markup("<b>{}</b>").format(answer)
    return reading.words()(
        "%(question)s %(answer)s", question=prose(question, reading), answer=bold
    )


def _is_called(written: Written) -> bool:
    """Whether a measure has a name of its own, so that its question need not stand for it."""
    return bool(written.label or written.instrument or written.change_of)


def questioned(reading: Reading) -> frozenset[str]:
    """The findings that people are asked about: those with a question."""
    measures = reading.edition.content.measures.items()
    return frozenset(name for name, written in measures if written.finding and written.question)


def _written(name: str, reading: Reading) -> Written:
    return reading.edition.content.measures[name]


def _finding(test: Comparing, reading: Reading, form: Form) -> Markup:
    words, written = reading.words(), _written(test.measure.id, reading)
    if written.finding is None:
        raise ValueError(f"'{test.measure.id}' is no finding")
    found = test.comparison == "yes" or test.values[0].number == 1
    if form == "plain" and written.question:
        return _asked(written.question, words("Yes") if found else words("No"), reading)
    text = written.label if form == "card" and written.label else written.finding
    said = Markup(prose(text, reading))
    return said if found else words(NOT[form], finding=said)


def _label(name: str, reading: Reading, form: Form) -> Markup:
    words, written = reading.words(), _written(name, reading)
    if written.label:
        return Markup(prose(written.label, reading))
    if written.instrument:
        scored = reading.edition.index["instrument"][str(written.instrument)].name
        return reading.linked("instrument", str(written.instrument), isolate(scored))
    if written.change_of:
        of = str(written.change_of)
        changed = _written(of, reading)
        told = form == "plain" and changed.instrument and not changed.label
        return words(_SCORE_SINCE if told else _SINCE, measure=_label(of, reading, form))
    return isolate_name(name)


def _wanted(test: Comparing, reading: Reading, form: Form) -> Markup:
    """What the answer has to be: some of the choices, a change, or a value that is compared."""
    words, measure = reading.words(), test.measure
    if measure.kind == "choice":
        return _chosen(test, reading, form)
    if measure.kind == "change":
        numbers = [value.number for value in test.values]
        return comparison.change(test.comparison, numbers, _unit_of_change(measure, reading), words)
    return comparison.wanted(test.comparison, _values(test, reading, form), words, form)


def _unit_of_change(measure: Measure, reading: Reading) -> str | None:
    if measure.percent:
        return "%"
    changed = reading.edition.vocabulary.measures[str(_written(measure.id, reading).change_of)]
    return "points" if changed.kind == "score" else changed.unit


def _chosen(test: Comparing, reading: Reading, form: Form) -> Markup:
    """The answers that fit, each in quotes if there are several or a question is before them."""
    words, name = reading.words(), test.measure.id
    choices = list((_written(name, reading).choices or {}).values())
    fitting = [text for at, text in enumerate(choices) if evaluate(test, {name: Decimal(at)})]
    if len(fitting) == 1 and form != "plain":
        return Markup(prose(fitting[0], reading))
    shown = fitting or [choices[int(test.values[0].number)]]
    quoted = [words("“%(answer)s”", answer=prose(text, reading)) for text in shown]
    if fitting:
        return words.any_of(quoted)
    return comparison.wanted(test.comparison, quoted, words, form)


def _values(test: Comparing, reading: Reading, form: Form) -> list[Markup]:
    """The values as they are printed, with units; of a range in one unit only the last has it."""
    words, measure, values = reading.words(), test.measure, test.values
    if test.comparison == "range" and values[0].number == values[1].number:
        values = values[1:]
    if measure.kind == "duration":
        times = [Duration.read(value.typed) for value in values]
        shown = [words.quantity(time) for time in times]
        if test.comparison == "range" and not times[0].high and times[0].unit == times[-1].unit:
            shown[:-1] = [words.number(time.low) for time in times[:-1]]
        return shown
    unit = None if measure.id == "age" and form != "plain" else measure.unit
    shown = [comparison.amount(value.number, unit, words) for value in values]
    if test.comparison == "range":
        shown[:-1] = [words.number(value.number) for value in values[:-1]]
    return shown
