"""What the page of the finder prints: the compiled criteria, and the words of each part of them.

The criteria go into the page as data without a text. All words stand in the page
itself, printed by its template like those of any other page: escaped, isolated,
counted as sources. The script on the page shows and hides them, and writes nothing
but the numbers that were typed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from markupsafe import Markup

from stepwell.definitions.base import TIME_UNITS
from stepwell.definitions.pathway import Measure as Written
from stepwell.logic.compiled import comparisons, compiled
from stepwell.logic.expression import Comparing, Comparison
from stepwell.logic.measures import BUILT_IN, Measure, Value
from stepwell.logic.rules import rule_set
from stepwell.render.embedded import embedded
from stepwell.resolve.comparison import Form
from stepwell.resolve.prose import prose
from stepwell.resolve.sentences import sentence
from stepwell.resolve.view import Reading, View
from stepwell.resolve.words import Words, isolate

OPPOSITES: dict[Comparison, Comparison] = {
    "at-least": "below", "below": "at-least", "more-than": "at-most", "at-most": "more-than",
}  # fmt: skip
PLURALS = (*range(112), Decimal("0.5"), Decimal("1.5"))
"""Numbers of every plural form that a language has; some have one for fractions alone."""


@dataclass(frozen=True, slots=True)
class Question:
    """A measure as it is asked. `hint` says which values it can have, if they are typed.

    `written` is its view, or None for what every pathway has; `instrument` the view
    of its questionnaire; `unit` what stands after a number.
    """

    measure: Measure
    name: Markup
    question: Markup
    hint: Markup
    unit: str
    written: View | None
    instrument: View | None


@dataclass(frozen=True, slots=True)
class Reason:
    """How a comparison reads: if it holds, and if it does not.

    `number` is its place among the compiled tests; `given` whether the answer itself
    says more than the words do.
    """

    number: int
    measure: str
    holds: Markup
    fails: Markup
    given: bool


@dataclass(frozen=True, slots=True)
class Finder:
    """The parts of the page. `rules` is JSON that can stand in a script element.

    `lengths` has, for each unit of time and each plural category of the language, a
    length of time with an empty element for its number.
    """

    rules: Markup
    questions: tuple[Question, ...]
    reasons: tuple[Reason, ...]
    lengths: tuple[tuple[str, str, Markup], ...]


def finder(reading: Reading) -> Finder:
    """The finder of the pathway that a reading is of."""
    edition = reading.edition
    rules = rule_set(edition.content, edition.vocabulary)
    return Finder(
        embedded(compiled(rules)),
        tuple(_question(measure, reading) for measure in rules.measures()),
        tuple(_reason(n, test, reading) for n, test in enumerate(comparisons(rules))),
        tuple(_lengths(reading.words())),
    )


def _question(measure: Measure, reading: Reading) -> Question:
    written = reading.edition.content.measures.get(measure.id)
    instrument = None
    if written and written.instrument:
        instrument = reading.find("instrument", str(written.instrument))
    name = _name(measure, written, reading)
    return Question(
        measure, name, _asked(measure, written, name, reading), _hint(measure, reading.words()),
        _unit(measure),
        reading.view(written) if written else None, instrument,
    )  # fmt: skip


def _unit(measure: Measure) -> str:
    """What stands after a number; a time has words of its own, see `lengths`."""
    if measure.percent:
        return "%"
    return "" if measure.unit is None or measure.unit in TIME_UNITS else measure.unit


def _name(measure: Measure, written: Written | None, reading: Reading) -> Markup:
    """What a measure is called in a list of answers."""
    words = reading.words()
    if written is None:
        return words(_BUILT_IN[measure.id][0])
    text = written.label or written.finding or written.question
    if written.label is None and written.instrument:
        return isolate(reading.edition.index["instrument"][str(written.instrument)].name)
    return Markup(prose(text, reading)) if text else isolate(measure.id)


def _asked(measure: Measure, written: Written | None, name: Markup, reading: Reading) -> Markup:
    """How a measure is asked, in plain words; its name if it has no question."""
    words = reading.words()
    if measure.id in BUILT_IN and written is None:
        return words(_BUILT_IN[measure.id][1])
    if written and written.question:
        return Markup(prose(written.question, reading))
    if measure.kind == "score":
        return words("Score of the questionnaire %(name)s", name=name)
    return name


def _hint(measure: Measure, words: Words) -> Markup:
    """Which values can be typed; nothing for what is chosen."""
    if measure.kind in ("choice", "finding"):
        return Markup("")
    return Markup(" ").join(_limits(measure, words))


def _limits(measure: Measure, words: Words) -> Iterator[Markup]:
    if measure.kind == "duration":
        yield words("Type a number, zero or more, and choose its unit.")
        return
    if measure.low is not None and measure.high is not None:
        range_ = words.span(measure.low, measure.high)
        yield words("Possible values: %(range)s.", range=range_)
    elif measure.low is not None:
        least = words("%(value)s or more", value=words.number(measure.low))
        yield words("Possible values: %(range)s.", range=least)
    if measure.kind == "change":
        yield words("Count from the start. Put a minus sign before a fall.")
    if measure.step == 1:
        yield words("Whole numbers only.")
    elif measure.step:
        yield words("Smallest difference: %(value)s.", value=words.number(measure.step))


def _reason(number: int, test: Comparing, reading: Reading) -> Reason:
    """A finding reads as its question with the answer, all else as on the page of criteria."""
    form: Form = "plain" if test.measure.kind == "finding" else "long"
    holds = sentence(test, reading, expand=True, form=form).line
    opposite = _opposite(test)
    if opposite:
        fails = sentence(opposite, reading, expand=True, form=form).line
    else:
        fails = reading.words()("not: %(finding)s", finding=holds)
    plain = test.measure.kind == "finding" or (
        test.measure.kind == "choice" and test.comparison == "is"
    )
    return Reason(number, test.measure.id, holds, fails, not plain)


def _opposite(test: Comparing) -> Comparing | None:
    """The comparison that holds exactly if another does not; None if there is no such one."""
    if test.comparison in OPPOSITES:
        return replace(test, comparison=OPPOSITES[test.comparison])
    if test.measure.kind == "finding":
        yes = test.comparison == "yes" or test.values[0].number == 1
        other = Value(Decimal(0), "no") if yes else Value(Decimal(1), "yes")
        return Comparing(test.measure, "is", (other,))
    if test.measure.kind == "choice":
        chosen = {value.number for value in test.values}
        every = (Value(Decimal(n), name) for n, name in enumerate(test.measure.choices))
        left = tuple(value for value in every if value.number not in chosen)
        return Comparing(test.measure, "one-of", left) if left else None
    return None


def _lengths(words: Words) -> Iterator[tuple[str, str, Markup]]:
    """(unit, plural category, words) of lengths of time; the script fills in the number."""
    n = Markup('<bdi dir="ltr" data-number></bdi>')
    categories: dict[str, int | Decimal] = {}
    for count in PLURALS:
        categories.setdefault(str(words.locale.plural_form(count)), count)
    for category, count in categories.items():
        yield "days", category, words.plural("%(n)s day", "%(n)s days", count, n=n)
        yield "weeks", category, words.plural("%(n)s week", "%(n)s weeks", count, n=n)
        yield "months", category, words.plural("%(n)s month", "%(n)s months", count, n=n)
        yield "years", category, words.plural("%(n)s year", "%(n)s years", count, n=n)


def _n(message: str) -> str:
    """Marks a message for extraction."""
    return message


_BUILT_IN = {
    "in-tier": (_n("Time in this step"), _n("How long has the person been in this step?")),
    "reviews-done": (_n("Reviews done"), _n("How many reviews have taken place in this step?")),
    "age": (_n("Age in years"), _n("How old is the person, in years?")),
}
"""Measures that every pathway has: what they are called, and how they are asked."""
