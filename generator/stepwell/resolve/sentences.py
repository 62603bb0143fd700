"""Criteria in words, from grammar templates: one line, and a nested list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from stepwell.definitions.base import Duration, Text
from stepwell.definitions.pathway import Measure as Written
from stepwell.logic.expression import Comparing, Every, Expression, Named, Neither
from stepwell.logic.measures import BUILT_IN, Measure, Value
from stepwell.resolve.prose import isolate_name, prose
from stepwell.resolve.words import isolate

if TYPE_CHECKING:
    from stepwell.resolve.view import Reading


@dataclass(frozen=True, slots=True)
class Sentence:
    """A criterion in words: `line` runs on; `head` and `parts` make the nested list."""

    line: Markup
    head: Markup
    parts: tuple[Sentence, ...] = ()

    @property
    def nested(self) -> Markup:
        """The criterion as a nested list (HTML); a single test is a paragraph."""
        if not self.parts:
            return Markup('<p class="sw-criterion">{}</p>').format(self.head)
        return Markup('<div class="sw-criterion">{}</div>').format(self._list())

    def _list(self) -> Markup:
        if not self.parts:
            return self.head
        items = Markup("").join(Markup("<li>{}</li>").format(p._list()) for p in self.parts)
        return Markup("{}<ul>{}</ul>").format(self.head, items)


def sentence(expression: Expression, reading: Reading, *, expand: bool) -> Sentence:
    """The words for an expression in the language of a reading.

    A named criterion is written out with `expand`; without, it is its name, as a
    link to the page that has it in full.
    """
    words = reading.words()
    if isinstance(expression, Comparing):
        said = _comparing(expression, reading)
        return Sentence(said, said)
    if isinstance(expression, Named):
        return _named(expression, reading, expand)
    parts = tuple(sentence(part, reading, expand=expand) for part in expression.parts)
    if len(parts) == 1 and not isinstance(expression, Neither):
        return parts[0]
    lines = [_bracketed(part) for part in parts]
    if isinstance(expression, Every):
        return Sentence(words.all_of(lines), words("All of these:"), parts)
    if isinstance(expression, Neither):
        if len(parts) == 1 and not parts[0].parts:
            line = words("not: %(finding)s", finding=lines[0])
            return Sentence(line, line)
        return Sentence(
            words("none of: %(list)s", list=words.any_of(lines)), words("None of these:"), parts
        )
    if expression.least == 1:
        return Sentence(words.any_of(lines), words("At least one of these:"), parts)
    least = words.number(expression.least)
    line = words("at least %(count)s of: %(list)s", count=least, list=words.any_of(lines))
    return Sentence(line, words("At least %(count)s of these:", count=least), parts)


def _bracketed(part: Sentence) -> Markup:
    return Markup("({})").format(part.line) if len(part.parts) > 1 else part.line


def _named(expression: Named, reading: Reading, expand: bool) -> Sentence:
    written = reading.edition.content.criteria[expression.name]
    label = Markup(prose(written.label, reading))
    if not expand:
        linked = reading.linked("criterion", expression.name, label)
        return Sentence(linked, linked)
    inner = sentence(expression.inner, reading, expand=True)
    line = Markup("{} ({})").format(label, inner.line)
    return Sentence(line, Markup("{}: {}").format(label, inner.head), inner.parts)


def _comparing(test: Comparing, reading: Reading) -> Markup:
    written = reading.edition.content.measures.get(test.measure.id)
    if test.measure.kind == "finding":
        return _finding(test, written, reading)
    values = [_value(value, test.measure, written, reading) for value in test.values]
    label = _label(test.measure, written, reading)
    if test.measure.kind == "choice" and test.comparison in ("is", "one-of"):
        chosen = reading.words().any_of(values)
        return Markup("{}: {}").format(label, chosen)
    if test.measure.kind == "score":
        return _short(test, label, values, reading)
    return _long(test, label, values, reading)


def _short(test: Comparing, label: Markup, values: list[Markup], reading: Reading) -> Markup:
    words = reading.words()
    one = values[0] if values else Markup("")
    match test.comparison:
        case "range":
            between = words("from %(low)s to %(high)s", low=values[0], high=values[1])
            return words("%(measure)s %(range)s", measure=label, range=between)
        case "at-least":
            return words("%(measure)s of %(value)s or more", measure=label, value=one)
        case "more-than":
            return words("%(measure)s of more than %(value)s", measure=label, value=one)
        case "at-most":
            return words("%(measure)s of %(value)s or less", measure=label, value=one)
        case "below":
            return words("%(measure)s below %(value)s", measure=label, value=one)
        case _:
            return words(
                "%(measure)s of exactly %(value)s", measure=label, value=words.any_of(values)
            )


def _long(test: Comparing, label: Markup, values: list[Markup], reading: Reading) -> Markup:
    words = reading.words()
    one = values[0] if values else Markup("")
    match test.comparison:
        case "range":
            said = words("from %(low)s to %(high)s", low=values[0], high=values[1])
        case "at-least":
            said = words("%(value)s or more", value=one)
        case "more-than":
            said = words("more than %(value)s", value=one)
        case "at-most":
            said = words("%(value)s or less", value=one)
        case "below":
            said = words("less than %(value)s", value=one)
        case _:
            said = words("exactly %(value)s", value=words.any_of(values))
    return words("%(measure)s: %(value)s", measure=label, value=said)


def _finding(test: Comparing, written: Written | None, reading: Reading) -> Markup:
    if written is None or written.finding is None:
        raise ValueError(f"'{test.measure.id}' is no finding")
    said = Markup(prose(written.finding, reading))
    if test.comparison == "yes" or (test.values and test.values[0].number == 1):
        return said
    return reading.words()("not: %(finding)s", finding=said)


def _label(measure: Measure, written: Written | None, reading: Reading) -> Markup:
    if measure.id in BUILT_IN:
        return reading.words()(_BUILT_IN_LABELS[measure.id])
    if written is None:
        raise ValueError(f"'{measure.id}' is not written")
    if written.label:
        return Markup(prose(written.label, reading))
    if written.instrument:
        name = reading.edition.index["instrument"][str(written.instrument)].name
        return reading.linked("instrument", str(written.instrument), isolate(name))
    return (
        Markup(prose(written.question, reading)) if written.question else isolate_name(measure.id)
    )


def _value(value: Value, measure: Measure, written: Written | None, reading: Reading) -> Markup:
    words = reading.words()
    if measure.kind == "duration":
        return words.quantity(Duration.read(value.typed))
    if measure.kind == "choice":
        text = written.choices[value.typed] if written and written.choices else None
        return Markup(prose(text, reading)) if isinstance(text, Text) else escape(value.typed)
    if measure.percent:
        return isolate(f"{words.digits(value.number)} %")
    unit = f" {measure.unit}" if measure.unit and measure.unit != "years" else ""
    return isolate(f"{words.digits(value.number)}{unit}")


def _n(message: str) -> str:
    """Marks a message for extraction."""
    return message


_BUILT_IN_LABELS = {
    "in-tier": _n("Time in this step"),
    "reviews-done": _n("Reviews done"),
    "age": _n("Age in years"),
}
