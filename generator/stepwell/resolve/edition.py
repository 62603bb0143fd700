"""An edition: the definitions as one audience reads them in one language.

An edition hands out readings, one for each artifact. A reading turns
definitions into views (see `view`) and remembers every text it was asked for:
that is how an artifact knows its sources, and what it lacks in its language.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from stepwell.definitions.base import Text
from stepwell.definitions.pathway import Pathway
from stepwell.definitions.project import Catalog, Definitions
from stepwell.definitions.walk import roles
from stepwell.diagnostics import Diagnostics
from stepwell.logic.typing import Vocabulary
from stepwell.logic.waivers import Verdict
from stepwell.model import Audience, Direction
from stepwell.resolve.words import Words
from stepwell.source import Span

Medium = Literal["web", "print"]


@dataclass(frozen=True)
class Edition:
    """One language, one audience, one pathway (or none for what pathways share)."""

    definitions: Definitions = field(repr=False)
    words: Words = field(repr=False)
    pathway: str | None
    audience: Audience
    today: datetime.date
    verdict: Verdict | None = field(default=None, repr=False)

    @property
    def language(self) -> str:
        """The language of the edition."""
        return self.words.language

    @property
    def direction(self) -> Direction:
        """ltr or rtl."""
        return self.words.direction

    @property
    def is_source(self) -> bool:
        """Whether this is the language the YAML is written in."""
        return self.language == self.definitions.source_language

    @property
    def serves_clinicians(self) -> bool:
        """Whether the language has the pages for clinicians."""
        return self.definitions.serves(self.language, "clinicians")

    @property
    def catalog(self) -> Catalog | None:
        """The translations, if this is not the source language."""
        return self.definitions.catalogs.get(self.language)

    @cached_property
    def index(self) -> dict[str, dict[str, Any]]:
        """Kind -> id -> definition."""
        return self.definitions.index(self.pathway)

    @property
    def content(self) -> Pathway:
        """The pathway; a ValueError in an edition of shared content."""
        if self.pathway is None:
            raise ValueError("an edition of shared content has no pathway")
        return self.definitions.pathways[self.pathway]

    @cached_property
    def roles(self) -> frozenset[str]:
        """The roles that have a page in the pathway."""
        return frozenset(roles(self.content)) if self.pathway else frozenset()

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The typed measures and named criteria of the pathway."""
        instruments = {str(i.id): i for i in self.definitions.vocabulary.instruments}
        return Vocabulary.of(self.content, instruments, Diagnostics())

    def translation(self, context: str, block: str) -> str | None:
        """The text of a block in this language; None if it has no current translation."""
        if self.is_source:
            return block
        entry = self.catalog.entries.get((context, block)) if self.catalog else None
        return None if entry is None or entry.stale else entry.text


@dataclass
class Used:
    """What a reading was asked for: places of texts, and texts without a translation."""

    spans: set[Span] = field(default_factory=set)
    missing: dict[str, Text] = field(default_factory=dict)
    texts: set[tuple[str, str]] = field(default_factory=set)

    def lacks_safety(self) -> bool:
        """Whether a safety text had no translation."""
        return any(text.safety_class == "safety" for text in self.missing.values())
