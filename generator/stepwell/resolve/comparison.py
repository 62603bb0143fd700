"""Comparisons in words: one grammar for scores, numbers, lengths of time and changes.

`prose` fills `{score:...}` with it and `sentences` says criteria with it. Values come as
they are printed, each number isolated (`amount`); a range has two. The messages hold the
grammar, so that every language has its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Literal

from markupsafe import Markup

from stepwell.definitions.base import Quantity
from stepwell.logic.expression import Comparison
from stepwell.resolve.words import Words

Form = Literal["long", "card", "plain"]
"""For a page, for a card with little room, and for patients."""


def _n(message: str) -> str:
    """Marks a message for extraction."""
    return message


_WANTED = {
    "range": _n("from %(low)s to %(high)s"),
    "at-least": _n("%(value)s or more"),
    "more-than": _n("more than %(value)s"),
    "at-most": _n("%(value)s or less"),
    "below": _n("less than %(value)s"),
    "is": _n("exactly %(value)s"),
}
_WANTED_PLAIN = {**_WANTED, "range": _n("%(low)s to %(high)s")}
_WANTED_CARD = {
    **_WANTED_PLAIN,
    "more-than": _n("over %(value)s"),
    "below": _n("under %(value)s"),
}
_SCORE = {
    "range": _n("%(measure)s from %(low)s to %(high)s"),
    "at-least": _n("%(measure)s of %(value)s or more"),
    "more-than": _n("%(measure)s of more than %(value)s"),
    "at-most": _n("%(measure)s of %(value)s or less"),
    "below": _n("%(measure)s below %(value)s"),
    "is": _n("%(measure)s of exactly %(value)s"),
}
_FALLEN = {
    "range": _n("fallen by %(low)s to %(high)s"),
    "at-most": _n("fallen by %(value)s or more"),
    "below": _n("fallen by more than %(value)s"),
    "at-least": _n("not fallen by more than %(value)s"),
    "more-than": _n("not fallen by %(value)s or more"),
    "is": _n("fallen by exactly %(value)s"),
}
_RISEN = {
    "range": _n("risen by %(low)s to %(high)s"),
    "at-least": _n("risen by %(value)s or more"),
    "more-than": _n("risen by more than %(value)s"),
    "at-most": _n("not risen by more than %(value)s"),
    "below": _n("not risen by %(value)s or more"),
    "is": _n("risen by exactly %(value)s"),
}
_STILL = {
    "at-least": _n("unchanged or risen"),
    "more-than": _n("risen"),
    "at-most": _n("unchanged or fallen"),
    "below": _n("fallen"),
    "is": _n("unchanged"),
}


def amount(number: Decimal, unit: str | None, words: Words) -> Markup:
    """A number with its unit, in the plural form that it needs; just the number without a unit."""
    return words.quantity(Quantity.read(f"{number:f} {unit}")) if unit else words.number(number)


def wanted(
    comparison: Comparison, values: Sequence[Markup], words: Words, form: Form = "long"
) -> Markup:
    """What a value has to be: `15 or more`, `from 5 to 14`, `exactly 0 or 28`."""
    messages = {"long": _WANTED, "card": _WANTED_CARD, "plain": _WANTED_PLAIN}[form]
    return _filled(messages, comparison, values, words)


def score(
    name: Markup, comparison: Comparison, values: Sequence[Markup], words: Words,
    form: Form = "long",
) -> Markup:  # fmt: skip
    """What the score of a questionnaire has to be: `PHQ-9 of 15 or more`."""
    if form == "long":
        return _filled(_SCORE, comparison, values, words, measure=name)
    value = wanted(comparison, values, words, form)
    if form == "card":
        return words("%(measure)s %(value)s", measure=name, value=value)
    return words(
        "Your score on the %(measure)s questionnaire is %(value)s", measure=name, value=value
    )


def change(
    comparison: Comparison, numbers: Sequence[Decimal], unit: str | None, words: Words
) -> Markup:
    """How something has changed since the start, a fall being below zero: `fallen by 50 %`."""
    if comparison == "one-of":
        return words.any_of([change("is", (number,), unit, words) for number in numbers])
    low, high = numbers[0], numbers[-1]
    if comparison == "range" and low <= 0 <= high and low != high:
        return _across(low, high, unit, words)
    if not low:
        return words(_STILL["is" if comparison == "range" else comparison])
    near, far = sorted((abs(low), abs(high)))
    shown = [amount(far, unit, words)]
    if near != far:
        shown.insert(0, words.number(near))
    return _filled(_FALLEN if low < 0 else _RISEN, comparison, shown, words)


def _across(low: Decimal, high: Decimal, unit: str | None, words: Words) -> Markup:
    """A range of changes from a fall, or none, to a rise, or none."""
    fall, rise = amount(-low, unit, words), amount(high, unit, words)
    if not low:
        return words("unchanged or risen by up to %(value)s", value=rise)
    if not high:
        return words("unchanged or fallen by up to %(value)s", value=fall)
    if -low == high:
        return words("changed by %(value)s or less", value=rise)
    return words("between a fall of %(low)s and a rise of %(high)s", low=fall, high=rise)


def opening(said: Markup) -> Markup:
    """A phrase that begins with a capital, where the script has them, as after a question."""
    return Markup(said[:1].upper() + said[1:])


def _filled(
    messages: Mapping[str, str], comparison: Comparison, values: Sequence[Markup], words: Words,
    **more: Markup,
) -> Markup:  # fmt: skip
    """The message of a comparison; a range of one value and a choice of values are `exactly`."""
    if comparison == "one-of" or (comparison == "range" and len(values) == 1):
        comparison = "is"
    low, high, value = values[0], values[-1], words.any_of(list(values))
    return words(messages[comparison], low=low, high=high, value=value, **more)
