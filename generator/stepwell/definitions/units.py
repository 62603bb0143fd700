"""Units of translation: each paragraph and list item once, and the file it is translated in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from stepwell.definitions.base import Definition, Text
from stepwell.definitions.project import Definitions
from stepwell.definitions.walk import texts

SHARED = "shared"
"""The name of the file for what pathways share."""


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """A paragraph or list item of a text, in the source language."""

    text: Text
    source: str

    @property
    def key(self) -> tuple[str, str]:
        """(context, source): what names it in every catalog."""
        return self.text.context, self.source


def units(parts: Iterable[Definition]) -> tuple[Unit, ...]:
    """The units below some definitions, each once, in the order of the schema."""
    found: dict[tuple[str, str], Unit] = {}
    for text in (text for part in parts for text in texts(part)):
        for _, block in text.blocks():
            found.setdefault((text.context, block), Unit(text, block))
    return tuple(found.values())


def files(definitions: Definitions) -> Iterator[tuple[str, tuple[Unit, ...]]]:
    """(name, units) of each file that a language has: what is shared, then every pathway."""
    yield SHARED, units(part for _, part in definitions.shared())
    for name, pathway in definitions.pathways.items():
        yield name, units([pathway])


def served(definitions: Definitions, language: str, found: Iterable[Unit]) -> tuple[Unit, ...]:
    """Those units whose readers are served in a language."""
    return tuple(unit for unit in found if definitions.serves(language, unit.text.readers))
