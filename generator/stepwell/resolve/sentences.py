"""Criteria in words, from grammar templates: one line, and a nested list.

Each comes in three forms: `long` for a page, `card` with as few words as can be, and
`plain` for patients, who are asked and told. Which groups are needed is in `grouping`,
how one test is said in `measured`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

from markupsafe import Markup

from stepwell.logic.expression import Comparing, Every, Expression, Named, Neither, Some
from stepwell.resolve.comparison import Form
from stepwell.resolve.grouping import grouped
from stepwell.resolve.measured import NOT, compared, questioned
from stepwell.resolve.prose import prose
from stepwell.resolve.words import Words

if TYPE_CHECKING:
    from stepwell.resolve.view import Reading


def _n(message: str) -> str:
    """Marks a message for extraction."""
    return message


_HEADS: dict[Form, dict[str, str]] = {
    "long": {
        "all": _n("All of these:"),
        "any": _n("At least one of these:"),
        "none": _n("None of these:"),
        "of": _n("At least %(count)s of these:"),
    },
    "card": {
        "all": _n("All:"),
        "any": _n("Any:"),
        "none": _n("None:"),
        "of": _n("At least %(count)s:"),
    },
    "plain": {
        "all": _n("All of these are true:"),
        "any": _n("At least one of these is true:"),
        "none": _n("None of these is true:"),
        "of": _n("At least %(count)s of these are true:"),
    },
}


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


def sentence(
    expression: Expression, reading: Reading, *, expand: bool, form: Form = "long"
) -> Sentence:
    """The words for an expression in the language of a reading.

    A named criterion is written out with `expand`; without, it is its name, as a
    link to the page that has it in full. The plain form has no such names.
    """
    asked = questioned(reading) if form == "plain" else None
    return _said(grouped(expression, asked=asked), reading, expand, form)


def _said(expression: Expression, reading: Reading, expand: bool, form: Form) -> Sentence:
    if isinstance(expression, Comparing):
        line = compared(expression, reading, form)
        return Sentence(line, line)
    if isinstance(expression, Named):
        return _named(expression, reading, expand, form)
    parts = tuple(_said(part, reading, expand, form) for part in expression.parts)
    return _group(*_kind(expression), parts, reading.words(), form)


def _group(
    kind: str, least: int, parts: tuple[Sentence, ...], words: Words, form: Form
) -> Sentence:
    if kind == "none" and len(parts) == 1 and not parts[0].parts:
        line = words(NOT[form], finding=parts[0].line)
        return Sentence(line, line)
    count = words.number(least)
    head = words(_HEADS[form][kind], count=count)
    lines = [_bracketed(part) for part in parts]
    if form == "long":
        return Sentence(_running(kind, lines, count, words), head, parts)
    if form == "card":
        head = Markup("<b>{}</b>").format(head)
    return Sentence(Markup("{} {}").format(head, _series(lines, words)), head, parts)


def _kind(group: Every | Some | Neither) -> tuple[str, int]:
    """Which group it is in the tables of words, and how many of its parts have to hold."""
    match group:
        case Every(parts):
            return "all", len(parts)
        case Some(_, least):
            return "any" if least == 1 else "of", least
        case Neither():
            return "none", 0


def _running(kind: str, lines: list[Markup], count: Markup, words: Words) -> Markup:
    """A group as a part of a sentence: `a and b`, `at least 2 of: a, b or c`."""
    match kind:
        case "all":
            return words.all_of(lines)
        case "any":
            return words.any_of(lines)
        case "none":
            return words("none of: %(list)s", list=words.any_of(lines))
        case _:
            return words("at least %(count)s of: %(list)s", count=count, list=words.any_of(lines))


def _series(lines: list[Markup], words: Words) -> Markup:
    return reduce(lambda one, two: words("%(first)s; %(second)s", first=one, second=two), lines)


def _bracketed(part: Sentence) -> Markup:
    return Markup("({})").format(part.line) if part.parts else part.line


def _named(expression: Named, reading: Reading, expand: bool, form: Form) -> Sentence:
    written = reading.edition.content.criteria[expression.name]
    label = Markup(prose(written.label, reading))
    if not expand:
        linked = reading.linked("criterion", expression.name, label)
        return Sentence(linked, linked)
    inner = _said(expression.inner, reading, expand, form)
    line = Markup("{} ({})").format(label, inner.line)
    return Sentence(line, Markup("{}: {}").format(label, inner.head), inner.parts)
