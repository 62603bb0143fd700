"""What a search answers at once, by name: terms, steps, medicines, roles, telephones. Pure.

The index of a page knows only the words that stand in it. People type others: a synonym,
an abbreviation, the number of a step, a telephone number. So each language has one small
file of names, `synonyms.json`, that the dialog (`search.js`) loads with the index: what is
named comes first, and a synonym of a term also looks up the term's own words.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from stepwell.model import Audience
from stepwell.render.plan import topic
from stepwell.resolve import Resolved
from stepwell.resolve.prose import Prose
from stepwell.resolve.view import Reading, View
from stepwell.resolve.words import plain

TERM, STEP = 1, 2
SEPARATOR = ";"
"""Stands between the synonyms of a term, in each language."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Entries of one kind: addresses are `before`, id, `after`; the rest is for the filters.

    `role` is TERM where a synonym also looks up the first two forms, STEP where the second form
    stands beside the title.
    """

    before: str
    after: str
    note: str
    audience: Audience
    pathway: str = ""
    topic: str = ""
    role: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """What is found by its title and its other forms."""

    name: str
    title: str
    forms: tuple[str, ...] = ()


def synonyms(resolved: Resolved, language: str) -> str:
    """The names of a language as JSON: {"kinds": [[…]], "entries": [[kind, id, title, …]]}."""
    kinds: list[list[Any]] = []
    entries: list[list[Any]] = []
    for kind, found in _all(resolved, language):
        many = [[len(kinds), one.name, *_distinct(one)] for one in found]
        if many:
            entries += many
            filters = [kind.audience, kind.pathway, kind.topic, kind.role]
            kinds.append([kind.before, kind.after, kind.note, *filters])
    return json.dumps(
        {"kinds": kinds, "entries": entries}, ensure_ascii=False, separators=(",", ":")
    )


def _distinct(entry: Entry) -> list[str]:
    """The title and the forms that differ from it and from each other."""
    found: dict[str, str] = {}
    for form in filter(None, (entry.title, *entry.forms)):
        found.setdefault(form.casefold(), form)
    return list(found.values())


def _all(resolved: Resolved, language: str) -> Iterator[tuple[Kind, Iterator[Entry]]]:
    edition = resolved.edition(language, "patient")
    reading = resolved.reading(edition, "index.html", "web")
    words = _Words(reading)
    yield Kind("index.html#contact-", "", words("Telephone numbers"), "patient"), _contacts(reading)
    urgent = Entry("telephone", words("Help in a crisis"), (str(_site(reading).emergency.phone),))
    yield Kind("index.html#", "", words("Home"), "patient"), iter([urgent])
    for name in resolved.definitions.pathways:
        yield from _pathway(resolved, language, name)
    if edition.serves_clinicians:
        kind = Kind("instruments.html#instrument-", "", words("Questionnaires"), "clinician", "",
                    words(topic("instruments")))  # fmt: skip
        yield kind, _named(reading, "instrument", "name", "title")
    kind = Kind("glossary.html#term-", "", words("Words we use"), "patient", role=TERM)
    yield kind, _terms(reading)
    help_near = words("Help near you")
    kind = Kind("resources.html#need-", "", help_near, "patient", "", help_near)
    yield kind, _named(reading, "need", "label")
    kind = Kind("resources.html#resource-", "", help_near, "patient", "", help_near)
    yield kind, _named(reading, "resource", "name", "phone")


def _pathway(
    resolved: Resolved, language: str, name: str
) -> Iterator[tuple[Kind, Iterator[Entry]]]:
    edition = resolved.edition(language, "patient", name)
    reading = resolved.reading(edition, "index.html", "web")
    words = _Words(reading)
    content = edition.content
    short = _text(reading.view(content).short, reading)

    def kind(before: str, audience: Audience, about: str) -> Kind:
        after = "-clinician.html" if about == "tier-clinician" else ".html"
        role = STEP if before == "tier" else 0
        return Kind(f"{name}/{before}-", after, short, audience, short, words(topic(about)), role)

    def steps(title_of: str) -> Iterator[Entry]:
        for number, tier in enumerate(content.tiers, start=1):
            title = _text(reading.find("tier", str(tier.id)).title, reading)
            forms = (words("Step %(number)s", number), words("Tier %(number)s", number))
            yield Entry(str(tier.id), title_of % {"name": title}, forms)

    yield kind("tier", "patient", "tier"), steps("%(name)s")
    yield kind("medicine", "patient", "medicine"), _medicines(reading)
    if edition.serves_clinicians:
        clinical = words.raw("%(name)s: for clinicians")
        yield kind("tier", "clinician", "tier-clinician"), steps(clinical)
        yield kind("role", "clinician", "role"), _roles(reading)


class _Words:
    """The interface words of a reading as plain text."""

    def __init__(self, reading: Reading) -> None:
        self.words = reading.words()

    def __call__(self, message: str, number: int | None = None) -> str:
        if not message:
            return ""
        values = {} if number is None else {"number": self.words.digits(number)}
        return str(self.words(message, **values).unescape())

    def raw(self, message: str) -> str:
        """A message whose values are still to be filled in."""
        return str(self.words(message).unescape())


def _site(reading: Reading) -> Any:
    return reading.edition.definitions.site


def _text(value: Any, reading: Reading) -> str:
    """A value of a view as plain text."""
    if isinstance(value, Prose):
        return value.plain
    return plain(value, reading.edition.direction) if value is not None else ""


def _contacts(reading: Reading) -> Iterator[Entry]:
    for raw in _site(reading).contacts:
        phones = (str(raw.phone), str(raw.text_phone or ""))
        yield Entry(str(raw.id), reading.view(raw).name.plain, phones)


def _named(reading: Reading, kind: str, *fields: str) -> Iterator[Entry]:
    for name in reading.edition.index[kind]:
        view = reading.find(kind, str(name))
        title, *forms = (_text(getattr(view, field), reading) for field in fields)
        yield Entry(str(name), title, tuple(forms))


def _medicines(reading: Reading) -> Iterator[Entry]:
    """Medicines with their groups, which name the drugs."""
    for raw in reading.edition.content.medicines:
        view = reading.view(raw)
        yield Entry(str(raw.id), view.title.plain, (view.group.plain,))


def _roles(reading: Reading) -> Iterator[Entry]:
    """The roles that have a page, also by their short names and as patients call them."""
    for name in sorted(reading.edition.roles):
        view: View = reading.find("role", name)
        yield Entry(name, view.title.plain, (view.short.plain, view.plain.plain))


def _terms(reading: Reading) -> Iterator[Entry]:
    for raw in reading.edition.definitions.vocabulary.glossary:
        term = reading.view(raw)
        others = term.synonyms.plain.split(SEPARATOR) if raw.synonyms else []
        yield Entry(
            str(raw.id), term.plain.plain, (term.term.plain, *(one.strip() for one in others))
        )
