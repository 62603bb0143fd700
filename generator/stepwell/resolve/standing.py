"""How far each translation is: words done, stale and missing, and who reviewed it.

Words are those of the source text: a translator's work, whatever the language
makes of it. Only texts whose readers are served in a language count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from stepwell.definitions.base import Readers, SafetyClass
from stepwell.definitions.project import Definitions
from stepwell.definitions.site import Translation
from stepwell.definitions.units import Unit, files, served

CLASSES: tuple[SafetyClass, ...] = ("safety", "care", "info")
READERS: tuple[Readers, ...] = ("patients", "clinicians")


@dataclass(frozen=True, slots=True)
class Tally:
    """Numbers of words, or of entries: with a current translation, a stale one, none."""

    done: int = 0
    stale: int = 0
    missing: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.done + other.done, self.stale + other.stale, self.missing + other.missing)

    @property
    def total(self) -> int:
        """All together."""
        return self.done + self.stale + self.missing

    @property
    def complete(self) -> bool:
        """Whether nothing is stale or missing."""
        return self.done == self.total

    @property
    def percent(self) -> int:
        """How much is done, in percent, rounded down: 100 means all."""
        return 100 * self.done // self.total if self.total else 100


@dataclass(frozen=True, slots=True)
class Row:
    """Texts of one class for some readers, in one file (`shared` or a pathway) of a language."""

    part: str
    safety_class: SafetyClass
    readers: Readers
    words: Tally
    entries: Tally

    @property
    def key(self) -> tuple[str, str, str]:
        """(part, class, readers)."""
        return self.part, self.safety_class, self.readers


@dataclass(frozen=True)
class Standing:
    """How far a language is: its rows, whom it serves, and its review; without one, a draft."""

    language: str
    patients_only: bool
    review: Translation | None
    rows: tuple[Row, ...] = field(repr=False)

    @property
    def parts(self) -> tuple[str, ...]:
        """The files of the language, the shared one first."""
        return tuple(self._by_part)

    @cached_property
    def _by_part(self) -> dict[str, tuple[Row, ...]]:
        return {part: tuple(rows) for part, rows in groupby(self.rows, lambda row: row.part)}

    def words(
        self, part: str = "", safety_class: str = "", readers: str = "", *, entries: bool = False
    ) -> Tally:
        """The words, or entries, of a part, a class and some readers; of all if none is named."""
        wanted = (part, safety_class, readers)
        found = (
            row.entries if entries else row.words
            for row in (self._by_part.get(part, ()) if part else self.rows)
            if all(not want or want == has for want, has in zip(wanted, row.key, strict=True))
        )  # fmt: skip
        return sum(found, Tally())


def standings(definitions: Definitions) -> tuple[Standing, ...]:
    """How far each language is that is asked for, the source language left out."""
    parts = tuple(files(definitions))
    reviews = {str(one.language): one for one in definitions.site.translations}
    return tuple(
        Standing(
            language,
            not definitions.serves(language, "clinicians"),
            reviews.get(language),
            tuple(row for part, of in parts for row in _rows(definitions, language, part, of)),
        )
        for language in definitions.languages
        if language != definitions.source_language
    )


def _rows(
    definitions: Definitions, language: str, part: str, units: tuple[Unit, ...]
) -> Iterable[Row]:
    catalog = definitions.catalogs.get(language)
    entries = catalog.entries if catalog else {}
    words: dict[tuple[str, str], Counter[str]] = {}
    texts: dict[tuple[str, str], Counter[str]] = {}
    for unit in served(definitions, language, units):
        entry = entries.get(unit.key)
        state = "missing" if entry is None else "stale" if entry.stale else "done"
        kind = unit.text.safety_class, unit.text.readers
        words.setdefault(kind, Counter())[state] += len(unit.source.split())
        texts.setdefault(kind, Counter())[state] += 1
    for safety_class in CLASSES:
        for readers in READERS:
            if (kind := (safety_class, readers)) in words:
                yield Row(part, safety_class, readers, Tally(**words[kind]), Tally(**texts[kind]))
