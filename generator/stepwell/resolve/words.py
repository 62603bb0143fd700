"""The words and formats of a language: interface messages, numbers, durations, dates, lists.

Owns Babel. Digits are Latin in every language, as on forms, phones and
questionnaires; every number is isolated, so that it reads in its own order
inside right-to-left text.
"""

from __future__ import annotations

import datetime
import gettext as gnu
import re
from decimal import Decimal
from functools import cached_property
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal
from markupsafe import Markup, escape

from stepwell.definitions.base import TIME_UNITS, Quantity
from stepwell.model import Direction

_AUTONYMS = {"zh": "简体中文"}
"""Where Unicode's name of a language in itself is not the one in lists of languages."""
_FIRST_DAY = {"fr": "1er"}
"""Languages in which the first day of a month is no plain number; Unicode does not know it."""
_BEGINNING = re.compile(r"^((?:\s|<[^>]*>)*)([^\W\d_])")
_ISOLATED = re.compile(r'<bdi dir="ltr"[^>]*>(.*?)</bdi>')


def isolate(text: object) -> Markup:
    """A number, phone, range or unit that reads left to right and is never broken."""
    return Markup(f'<bdi dir="ltr">{escape(text)}</bdi>')


def plain(html: Markup, direction: Direction) -> str:
    """The text of some HTML; from right to left, isolated runs stay so by invisible characters."""
    if direction == "rtl":
        html = Markup(_ISOLATED.sub("\u2066\\1\u2069", html))
    return html.striptags()


def capital(html: Markup | str) -> Markup:
    """Some HTML that begins with a capital, where its script has them.

    Done to the text, not by a style: on paper a styled letter is a piece of its own, and who
    hears the page would hear it spelled apart from its word.
    """
    return Markup(_BEGINNING.sub(lambda found: found[1] + found[2].upper(), str(escape(html)), 1))


class Words:
    """Everything the toolkit itself says in one language. All results are safe HTML."""

    def __init__(self, language: str, translations: gnu.NullTranslations) -> None:
        self.language = language
        self.translations = translations
        self._numbers: dict[str, str] = {}
        self._messages: dict[str, Markup] = {}

    @cached_property
    def locale(self) -> Locale:
        """The Babel locale."""
        return Locale.parse(self.language, sep="-")

    @cached_property
    def direction(self) -> Direction:
        """ltr or rtl."""
        return "rtl" if self.locale.text_direction == "rtl" else "ltr"

    @cached_property
    def autonym(self) -> str:
        """The language's name in itself."""
        name = self.locale.get_display_name(self.language.replace("-", "_")) or self.language
        return _AUTONYMS.get(self.language) or name[:1].upper() + name[1:]

    def name_of(self, language: str) -> str:
        """The name of another language in this one."""
        other = Locale.parse(language, sep="-")
        return other.get_display_name(self.locale) or language

    def __call__(self, message: str, **values: Any) -> Markup:
        """A message with its values filled in; what is not Markup is escaped."""
        text = self._messages.get(message)
        if text is None:
            text = self._messages[message] = escape(self.translations.gettext(message))
        return text % values if values else text

    def plural(self, one: str, many: str, number: Decimal | int, **values: Any) -> Markup:
        """A message in the plural form that a number needs; `%(n)s` is the number."""
        count = int(number) if number == int(number) else self._like(number)
        if count is None:
            text = self.translations.pgettext("fraction", many)
        else:
            text = self.translations.ngettext(one, many, count)
        return Markup(escape(text)) % {"n": self.number(number), **values}

    def _like(self, number: Decimal | int) -> int | None:
        """A whole number of the same plural form, if one has it: 1.5 weeks are not `two weeks`."""
        form = self.locale.plural_form
        return next((n for n in range(101) if form(n) == form(number)), None)

    def number(self, number: Decimal | int) -> Markup:
        """A number, isolated."""
        return isolate(self.digits(number))

    def digits(self, number: Decimal | int) -> str:
        """A number as plain text in the language's form, with Latin digits."""
        typed = str(number)
        if typed not in self._numbers:
            self._numbers[typed] = format_decimal(
                number, locale=self.locale, numbering_system="latn", decimal_quantization=False
            )
        return self._numbers[typed]

    def span(self, low: Decimal | int, high: Decimal | int) -> Markup:
        """A range of numbers in words."""
        return self("from %(low)s to %(high)s", low=self.number(low), high=self.number(high))

    def quantity(self, quantity: Quantity) -> Markup:
        """A number or range with its unit."""
        if quantity.unit in (*TIME_UNITS, *_COUNTED):
            return self._counted(quantity)
        unit = f"\u00a0{quantity.unit}" if quantity.unit else ""
        if quantity.high is None:
            return isolate(self.digits(quantity.low) + unit)
        low, high = self.digits(quantity.low), self.digits(quantity.high)
        return self("%(low)s to %(high)s", low=isolate(low), high=isolate(high + unit))

    def _counted(self, quantity: Quantity) -> Markup:
        one, many = _COUNTED.get(str(quantity.unit)) or _TIMES[str(quantity.unit)]
        if quantity.high is None:
            return self.plural(one, many, quantity.low)
        highest = self.plural(one, many, quantity.high)
        return self("%(low)s to %(high)s", low=self.number(quantity.low), high=highest)

    def date(self, date: datetime.date) -> Markup:
        """A date in full."""
        text = format_date(date, "long", locale=self.locale)
        if date.day == 1 and (first := _FIRST_DAY.get(self.locale.language)):
            text = text.replace("1", first, 1)
        return Markup(escape(text))

    def all_of(self, parts: list[Markup]) -> Markup:
        """Parts joined by `and`."""
        return self._list(parts, "standard")

    def any_of(self, parts: list[Markup]) -> Markup:
        """Parts joined by `or`."""
        return self._list(parts, "or")

    def _list(self, parts: list[Markup], style: Any) -> Markup:
        marks = [f"\x00{index}\x00" for index in range(len(parts))]
        joined = str(escape(format_list(marks, style=style, locale=self.locale)))
        for mark, part in zip(marks, parts, strict=True):
            joined = joined.replace(mark, str(escape(part)))  # also what is no Markup yet
        return Markup(joined)


def _n(one: str, many: str) -> tuple[str, str]:
    """Marks a plural message for extraction."""
    return one, many


_TIMES = {
    "minutes": _n("%(n)s minute", "%(n)s minutes"),
    "hours": _n("%(n)s hour", "%(n)s hours"),
    "days": _n("%(n)s day", "%(n)s days"),
    "weeks": _n("%(n)s week", "%(n)s weeks"),
    "months": _n("%(n)s month", "%(n)s months"),
    "years": _n("%(n)s year", "%(n)s years"),
}
_COUNTED = {
    # Some languages count ages in another word than durations; in English it is the same.
    "years of age": _n("%(n)s year of age", "%(n)s years"),
    "points": _n("%(n)s point", "%(n)s points"),
    "people": _n("%(n)s person", "%(n)s people"),
    "sessions": _n("%(n)s session", "%(n)s sessions"),
    "times": _n("%(n)s time", "%(n)s times"),
    "calls": _n("%(n)s call", "%(n)s calls"),
}
