"""Views: definitions as templates see them. Attributes are values ready to print.

A text becomes prose, a reference the view of what it names, a quantity, date
or phone its form in the language, a criterion its sentence. Templates loop and
print; they decide nothing.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape

from stepwell.definitions.base import (
    Abbreviation,
    Definition,
    Email,
    Id,
    Language,
    Name,
    Phone,
    Quantity,
    Reference,
    Text,
    Url,
)  # fmt: skip
from stepwell.definitions.criteria import Criterion
from stepwell.logic.expression import names
from stepwell.resolve.addresses import clinical, page_of, relative
from stepwell.resolve.comparison import Form
from stepwell.resolve.edition import Edition, Medium, Used
from stepwell.resolve.prose import Prose, isolate_name, phone_html, prose
from stepwell.resolve.sentences import Sentence, sentence
from stepwell.resolve.words import Words, isolate


class Reading:
    """What one artifact reads of an edition. `page` is its path below the language."""

    def __init__(self, edition: Edition, page: str, medium: Medium, source_words: Words) -> None:
        self.edition = edition
        self.page = page
        self.medium = medium
        self.used = Used()
        self.source_words = source_words

    def words(self, source: bool = False) -> Words:
        """The words of the edition, or those of the source language for an untranslated text."""
        return self.source_words if source else self.edition.words

    def view(self, definition: Definition) -> View:
        """The view of a definition."""
        return View(definition, self)

    def find(self, kind: str, name: str) -> View:
        """The view of what an id names; a KeyError if nothing has it."""
        return View(self.edition.index[kind][name], self, kind)

    def href(self, kind: str, name: str, audience: str | None = None) -> str | None:
        """The address of the page about something, from this page; None if it has none.

        A page that stands as a notice, because its readers are not served, is none.
        """
        edition = self.edition
        audience = audience or edition.audience
        if clinical(kind, audience) and not edition.serves_clinicians:
            return None
        target = page_of(kind, name, edition.pathway, audience)
        if kind == "role" and edition.pathway and name not in edition.roles:
            target = f"{edition.pathway}/roles.html#role-{name}"
        return relative(target, self.page) if target else None

    def to(self, path: str) -> str:
        """The address of a path below the language, from this page."""
        return relative(path, self.page)

    def linked(self, kind: str, name: str, label: Markup) -> Markup:
        """A label as a link to its page, on the web; the label alone in print or on that page."""
        href = self.href(kind, name) if self.medium == "web" else None
        if href is None or href == self.page.rpartition("/")[2]:
            return label
        css = "term" if kind == "term" else "ref"
        return Markup(f'<a class="sw-{css}" href="{escape(href)}">{escape(label)}</a>')

    def value(self, value: Any) -> Any:
        """A value of a definition as a template prints it."""
        show = _shown_by(value.__class__)
        return value if show is None else show(value, self)


class View:
    """A definition whose attributes are values of a reading. `raw` is the definition itself."""

    __slots__ = ("_of", "_reading", "raw")

    def __init__(self, definition: Definition, reading: Reading, kind: str = "") -> None:
        self.raw = definition
        self._reading = reading
        self._of = kind

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in type(self.raw).model_fields:
            raise AttributeError(f"{type(self.raw).__name__} has no field '{name}'")
        self._reading.used.spans.add(self.raw.place(name))
        return self._reading.value(getattr(self.raw, name))

    @property
    def href(self) -> str | None:
        """The address of its page, from this page."""
        return self._reading.href(self._of, str(getattr(self.raw, "id", "")))


class Mapped:
    """A mapping of a definition by id; loops give (id, value)."""

    def __init__(self, values: dict[str, Any], reading: Reading) -> None:
        self._values = values
        self._reading = reading

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        return ((str(key), self._reading.value(value)) for key, value in self._values.items())

    def __getitem__(self, name: str) -> Any:
        return self._reading.value(self._values[name])

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def __len__(self) -> int:
        return len(self._values)


class CriterionView:
    """A criterion in words.

    In a template `{{ criterion }}` is a sentence and `.nested` a list, both with
    named criteria by their names where a link can lead to them; `.full` is the
    list with everything written out. `.card` and `.card_nested` have few words and
    names that stand in full elsewhere; `.plain` and `.plain_nested` are for patients.
    """

    def __init__(self, criterion: Criterion, reading: Reading) -> None:
        self._criterion = criterion
        self._reading = reading

    def said(self, *, expand: bool, form: Form = "long") -> Sentence:
        """The sentence as a tree."""
        self._reading.used.spans.add(self._criterion.span)
        expression = self._reading.edition.vocabulary.expression(self._criterion)
        if expression is None:
            raise ValueError("the criterion does not fit; check found this before")
        return sentence(expression, self._reading, expand=expand, form=form)

    @property
    def names(self) -> frozenset[str]:
        """The named criteria that it rests on, also by way of others."""
        expression = self._reading.edition.vocabulary.expression(self._criterion)
        return frozenset() if expression is None else frozenset(names(expression))

    def __html__(self) -> str:
        return str(self.said(expand=self._reading.medium == "print").line)

    @property
    def nested(self) -> Markup:
        """The criterion as a nested list."""
        return self.said(expand=self._reading.medium == "print").nested

    @property
    def full(self) -> Markup:
        """The criterion as a nested list with everything written out."""
        return self.said(expand=True).nested

    @property
    def card(self) -> Markup:
        """The criterion as a short line, with named criteria by their names."""
        return self.said(expand=False, form="card").line

    @property
    def card_nested(self) -> Markup:
        """The same as a nested list."""
        return self.said(expand=False, form="card").nested

    @property
    def plain(self) -> Markup:
        """The criterion as a line for patients, with everything written out."""
        return self.said(expand=True, form="plain").line

    @property
    def plain_nested(self) -> Markup:
        """The same as a nested list."""
        return self.said(expand=True, form="plain").nested


def _reference(reference: Reference, reading: Reading) -> View:
    kind = reference.kind
    if kind == "tier-or-exit":
        kind = "tier" if reference in reading.edition.index["tier"] else "exit"
    return reading.find(kind, str(reference))


def _link(address: str, shown: str) -> Markup:
    return Markup('<a href="{}"><bdi dir="ltr">{}</bdi></a>').format(address, shown)


def _url(url: Url, reading: Reading) -> Markup:
    shown = url.partition("://")[2].rstrip("/")
    return _link(url, shown) if reading.medium == "web" else isolate(shown)


def _email(email: Email, reading: Reading) -> Markup:
    return _link(f"mailto:{email}", email) if reading.medium == "web" else isolate(email)


_SHOW: tuple[tuple[type, Callable[[Any, Reading], Any]], ...] = (
    (Text, prose),
    (Reference, _reference),
    (Quantity, lambda value, reading: reading.words().quantity(value)),
    (Phone, phone_html),
    (Url, _url),
    (Email, _email),
    (Abbreviation, lambda value, reading: isolate(value)),
    (Name, lambda value, reading: isolate_name(value)),
    (Id, lambda value, reading: str(value)),
    (Language, lambda value, reading: escape(reading.words().name_of(str(value)))),
    (Definition, View),
    (Criterion, CriterionView),
    (tuple, lambda value, reading: [reading.value(item) for item in value]),
    (dict, Mapped),
    (datetime.date, lambda value, reading: reading.words().date(value)),
)


@lru_cache(maxsize=1024)
def _shown_by(kind: type) -> Callable[[Any, Reading], Any] | None:
    """What prints values of a type, None for those that templates take as they are."""
    return next((show for known, show in _SHOW if issubclass(kind, known)), None)


__all__ = ["CriterionView", "Mapped", "Prose", "Reading", "View"]
