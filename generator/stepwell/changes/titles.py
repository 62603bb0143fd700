"""What things are called in a report: items by their titles, fields and values in plain words.

Titles are those of the source language, with placeholders as typed. An id in
brackets follows where two things of a kind have the same title.
"""

from __future__ import annotations

import datetime
from collections import Counter
from functools import cached_property
from typing import Any

from stepwell.definitions.base import Abbreviation, Definition, Quantity, Reference, kebab
from stepwell.definitions.placeholders import Placeholder, cut
from stepwell.definitions.project import Definitions

NAMES = (
    "title", "label", "name", "finding", "task", "item", "situation", "step", "term", "option",
    "topic", "group", "goal", "with_", "trigger", "citation", "who", "audience", "language",
)  # fmt: skip
"""The fields that name a definition, the best first."""
BEHIND = ("instrument", "to", "milestone")
"""References that name a definition without a name of its own."""
FIELDS = {
    "from_": "from", "for_": "for", "with_": "with", "at": "checked at",
    "at_most": "most reviews", "enter": "entry", "when": "criterion", "fields_": "fields",
    "step_up": "step up", "step_down": "step down", "re_triage": "re-triage",
}  # fmt: skip
MOVES = ("step_up", "step_down", "discharge", "re_triage")
LONGEST = 90


def own_title(definition: Definition) -> str:
    """The name a definition has by itself, in one line; of what only refers, the id; or nothing."""
    name = getattr(definition, "name", None)
    if isinstance(name, Abbreviation):
        return str(name)
    found = (getattr(definition, name, None) for name in (*NAMES, *BEHIND))
    title = next((str(value) for value in found if isinstance(value, str) and value), "")
    if not title and isinstance(value := getattr(definition, "value", None), Quantity):
        title = quantity(value)
    return one_line(title).rstrip(".")


def one_line(text: str) -> str:
    """A text without line breaks, list signs kept."""
    return " ".join(text.split())


def clipped(text: str) -> str:
    """The beginning of a long text."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rsplit(" ", 1)[0] + " …"


def field_words(name: str) -> str:
    """A field in words: `led_by` -> `led by`."""
    return FIELDS.get(name) or kebab(name).replace("-", " ")


def quantity(value: Quantity) -> str:
    """A number or range with its unit: `1 week`, `6 to 8 weeks`, `0.8 mmol/L`."""
    low, high = (None if n is None else f"{n.normalize():f}" for n in (value.low, value.high))
    number = f"{low} to {high}" if high else str(low)
    if value.unit is None:
        return number
    one = number == "1" and value.unit.isalpha() and value.unit.endswith("s")
    return f"{number} {value.unit[:-1] if one else value.unit}"


class Titles:
    """The titles of everything in one version of a project, seen from one of its pathways."""

    def __init__(
        self, definitions: Definitions, pathway: str | None, otherwise: Titles | None = None
    ) -> None:
        """Titles; those that are not here are taken from another version's."""
        self._otherwise = otherwise
        self._definitions = definitions
        self._pathway = pathway if pathway in definitions.pathways else None

    @cached_property
    def _index(self) -> dict[str, dict[str, Any]]:
        return self._definitions.index(self._pathway)

    @cached_property
    def _known(self) -> dict[str, Counter[str]]:
        return {
            kind: Counter(own_title(found) for found in items.values())
            for kind, items in self._index.items()
        }

    def of(self, kind: str, name: str) -> str:
        """The title of what an id of a kind names; the id where there is none."""
        found = self._index.get(kind, {}).get(name)
        if found is None and self._otherwise:
            return self._otherwise.of(kind, name)
        if found is None or kind == "quantity":
            return name
        title = self._behind(found) or self.filled(own_title(found))
        if not title:
            return name
        twins = self._known[kind][own_title(found)] > 1
        return f"{clipped(title)} [{name}]" if twins else clipped(title)

    def words(self, definition: Definition, field: str, key: str) -> tuple[str, ...]:
        """What an item of a list is called, in one or two steps: `field` is the list's name."""
        if field == "waits":
            tier, milestone = key.split("/")
            return self.of("tier", tier), self.of("milestone", milestone)
        return (self._item(definition, field, key),)

    def _item(self, definition: Definition, field: str, key: str) -> str:
        kind = KINDS.get(field)
        if kind:
            return self.of(kind, key)
        if field in MOVES:
            return f"{field_words(field)} to {self.of('tier-or-exit', own_title(definition))}"
        if field == "capacity":
            return self.of("tier", key)
        if field == "promises":
            return self.of("milestone", str(getattr(definition, "milestone", key)))
        return clipped(self.filled(own_title(definition))) or key

    def filled(self, text: str) -> str:
        """A title with its placeholders in words, as far as one word can stand for them."""
        return "".join(
            piece if isinstance(piece, str) else self._piece(piece) for piece in cut(text)
        )

    def _piece(self, piece: Placeholder) -> str:
        if piece.kind in ("quantity", "dose"):
            found = self._index.get("quantity", {}).get(piece.argument)
            return quantity(found.value) if found else str(piece)
        known = piece.kind in self._index and piece.argument in self._index[piece.kind]
        return own_title(self._index[piece.kind][piece.argument]) if known else str(piece)

    def _behind(self, definition: Definition) -> str:
        """The name of the instrument behind a measure that has no label of its own."""
        instrument = getattr(definition, "instrument", None)
        if instrument and not getattr(definition, "label", None):
            return self.of("instrument", str(instrument))
        return ""

    def value(self, value: Any) -> str:
        """A value of a definition in words; a criterion is told elsewhere."""
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, Reference):
            return self.of(type(value).kind, str(value))
        if isinstance(value, Quantity):
            return quantity(value)
        if isinstance(value, tuple):
            return ", ".join(map(self.value, value)) or "none"
        if isinstance(value, datetime.date):
            return value.isoformat()
        return one_line(str(value))


KINDS = {
    "roles": "role", "instruments": "instrument", "sources": "source", "glossary": "term",
    "needs": "need", "urgency": "urgency", "channels": "channel", "contacts": "contact",
    "resources": "resource", "tiers": "tier", "exits": "exit", "interventions": "intervention",
    "telehealth": "telehealth", "milestones": "milestone", "medicines": "medicine",
    "measures": "measure", "quantities": "quantity", "criteria": "criterion",
}  # fmt: skip
"""Name of a list -> the kind of reference that leads to its items."""
