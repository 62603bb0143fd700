"""Texts in a language: blocks translated, placeholders filled, everything escaped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from markupsafe import Markup, escape

from stepwell.definitions.base import Abbreviation, Phone, Text
from stepwell.definitions.placeholders import Placeholder, cut, score
from stepwell.logic.expression import Comparison
from stepwell.model import Direction
from stepwell.resolve import comparison
from stepwell.resolve.words import isolate
from stepwell.resolve.words import plain as plain_text

if TYPE_CHECKING:
    from stepwell.resolve.view import Reading


_OPERATORS: dict[str, Comparison] = {
    ">=": "at-least", ">": "more-than", "<=": "at-most", "<": "below", "=": "is",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or list item; `language` is set where it is not the edition's own."""

    kind: Literal["paragraph", "item"]
    html: Markup
    language: str | None = None
    direction: str = "ltr"

    def wrapped(self, tag: str) -> Markup:
        """The block in an element, marked with its language if that differs."""
        return Markup(f"<{tag}{self._marks()}>{self.html}</{tag}>")

    def _marks(self) -> Markup:
        if self.language is None:
            return Markup("")
        return Markup(' lang="{}" dir="{}"').format(self.language, self.direction)


@dataclass(frozen=True, slots=True)
class Prose:
    """A text as it is printed. In a template `{{ text }}` runs on; `{{ text.full }}` has blocks.

    `plain` has no markup, for titles, labels and attributes.
    """

    blocks: tuple[Block, ...]
    plain: str
    text_class: str = "info"

    def __html__(self) -> str:
        return str(Markup(" ").join(
            block.wrapped("span") if block.language else block.html for block in self.blocks
        ))  # fmt: skip

    def __str__(self) -> str:
        return self.plain

    @property
    def full(self) -> Markup:
        """Paragraphs and lists, each on a line of its own: a search index must not join words."""
        lines, open_list = [], False
        for block in self.blocks:
            if open_list != (block.kind == "item"):
                lines.append(Markup("</ul>" if open_list else "<ul>"))
                open_list = not open_list
            lines.append(block.wrapped("li" if open_list else "p"))
        if open_list:
            lines.append(Markup("</ul>"))
        return Markup("\n").join(lines)

    @property
    def lines(self) -> tuple[Markup, ...]:
        """Each block by itself, for checklists and forms."""
        return tuple(
            block.wrapped("span") if block.language else block.html for block in self.blocks
        )


def prose(text: Text, reading: Reading) -> Prose:
    """A text in the language of a reading; a missing translation shows the source, marked."""
    edition = reading.edition
    reading.used.spans.add(text.span)
    blocks, plain = [], []
    for kind, source in text.blocks():
        reading.used.texts.add((text.context, source))
        translated = edition.translation(text.context, source)
        if translated is None:
            reading.used.missing[text.context] = text
            words = reading.source_words
        else:
            words = edition.words
        pieces = cut(translated if translated is not None else source)
        html, said = _whole(pieces, edition.direction) or _filled(
            pieces, reading, source_language=translated is None
        )
        language = words.language if translated is None else None
        blocks.append(Block(kind, html, language, words.direction))
        plain.append(said)
    return Prose(tuple(blocks), " ".join(plain), text.safety_class)


@lru_cache(maxsize=65536)
def _whole(
    pieces: tuple[str | Placeholder, ...], direction: Direction
) -> tuple[Markup, str] | None:
    """The HTML and the words of a block that names nothing, the same wherever it stands."""
    if any(isinstance(piece, Placeholder) for piece in pieces):
        return None
    html = Markup("").join(map(escape, pieces))
    return html, plain_text(html, direction)


def _filled(
    pieces: tuple[str | Placeholder, ...], reading: Reading, *, source_language: bool
) -> tuple[Markup, str]:
    """The HTML and the words of a block; its links are those of the reading's page."""
    html = Markup("").join(
        piece_html(piece, reading, source_language=source_language) for piece in pieces
    )
    return html, plain_text(html, reading.edition.direction)


def piece_html(piece: str | Placeholder, reading: Reading, *, source_language: bool) -> Markup:
    """A plain piece escaped, or what a placeholder stands for."""
    if isinstance(piece, str):
        return escape(piece)
    return _FILL[piece.kind](piece.argument, reading, source_language)


def _score(argument: str, reading: Reading, plain: bool) -> Markup:
    found = score(argument)
    if found is None:
        raise ValueError(f"'{argument}' is no score; check found this before")
    words = reading.words(plain)
    name = isolate(reading.edition.index["instrument"][found.instrument].name)
    if found.high is not None:
        values = [words.number(found.low), words.number(found.high)]
        return comparison.score(name, "range", values, words)
    return comparison.score(name, _OPERATORS[found.operator], [words.number(found.low)], words)


def _wait(argument: str, reading: Reading, plain: bool) -> Markup:
    tier, milestone, urgency = (*argument.split("/"), "routine")[:3]
    for wait in reading.edition.content.waits:
        if (wait.tier, wait.milestone) == (tier, milestone):
            return reading.words(plain).quantity(wait.targets[urgency])
    raise ValueError(f"no wait '{argument}'; check found this before")


def _titled(kind: str, field: str) -> Callable[[str, Reading, bool], Markup]:
    def fill(argument: str, reading: Reading, plain: bool) -> Markup:
        definition = reading.edition.index[kind][argument]
        text = getattr(definition, field)
        if isinstance(text, Text):
            inner = Markup(prose(text, reading))
        else:
            inner = isolate(text) if isinstance(text, Abbreviation) else isolate_name(text)
        return reading.linked(kind, argument, inner)

    return fill


def _term(argument: str, reading: Reading, plain: bool) -> Markup:
    term = reading.edition.index["term"][argument]
    shown = term.plain if reading.edition.audience in ("patient", "family") else term.term
    return reading.linked("term", argument, Markup(prose(shown, reading)))


def _phone(argument: str, reading: Reading, plain: bool) -> Markup:
    site = reading.edition.definitions.site
    if argument == "emergency":
        return phone_html(site.emergency.phone, reading)
    return phone_html(reading.edition.index["contact"][argument].phone, reading)


def _quantity(argument: str, reading: Reading, plain: bool) -> Markup:
    return reading.words(plain).quantity(reading.edition.index["quantity"][argument].value)


def phone_html(phone: Phone, reading: Reading) -> Markup:
    """A number to call: a link on the web, isolated and unbroken everywhere."""
    number = Markup(f'<bdi dir="ltr" class="phone">{escape(phone)}</bdi>')
    if reading.medium == "print":
        return number
    return Markup(f'<a href="tel:{escape(phone.dial)}">{number}</a>')


def isolate_name(name: object) -> Markup:
    """A proper name, in whatever direction it has."""
    return Markup(f"<bdi>{escape(name)}</bdi>")


_FILL = {
    "score": _score, "wait": _wait, "phone": _phone, "term": _term,
    "quantity": _quantity, "dose": _quantity,
    "role": _titled("role", "title"), "tier": _titled("tier", "title"),
    "exit": _titled("exit", "title"), "instrument": _titled("instrument", "name"),
    "intervention": _titled("intervention", "title"), "medicine": _titled("medicine", "title"),
    "resource": _titled("resource", "name"), "contact": _titled("contact", "name"),
}  # fmt: skip
