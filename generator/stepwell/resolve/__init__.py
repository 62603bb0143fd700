"""Stage three: definitions -> editions, by language, audience and pathway. It never fails."""

from __future__ import annotations

import datetime
import gettext
from collections.abc import Iterator, Mapping
from functools import cached_property

from stepwell.definitions.project import Definitions
from stepwell.definitions.walk import texts
from stepwell.logic.waivers import Verdict
from stepwell.model import Audience, Proved
from stepwell.resolve.edition import Edition, Medium
from stepwell.resolve.standing import Standing, standings
from stepwell.resolve.view import Reading
from stepwell.resolve.words import Words
from stepwell.source import Span

AUDIENCES: tuple[Audience, ...] = ("patient", "clinician")


class Resolved:
    """The definitions in every language that is asked for; hands out editions and readings.

    `translations` has the interface words of these languages and of the source,
    `verdicts` what the proof of each pathway came to.
    """

    def __init__(
        self,
        definitions: Definitions,
        translations: Mapping[str, gettext.NullTranslations],
        today: datetime.date,
        verdicts: Mapping[str, Verdict] | None = None,
    ) -> None:
        self.verdicts = verdicts or {}
        self.definitions = definitions
        self.today = today
        self.words = {tag: Words(tag, found) for tag, found in translations.items()}
        self._editions: dict[tuple[str, Audience, str | None], Edition] = {}

    def edition(self, language: str, audience: Audience, pathway: str | None = None) -> Edition:
        """The edition for a language, audience and pathway (or for shared content)."""
        key = (language, audience, pathway)
        if key not in self._editions:
            words = self.words[language]
            self._editions[key] = Edition(
                self.definitions, words, pathway, audience, self.today,
                self.verdicts.get(pathway or ""),
            )  # fmt: skip
        return self._editions[key]

    def reading(self, edition: Edition, page: str, medium: Medium) -> Reading:
        """A reading of an edition for one artifact at a path below its language."""
        return Reading(edition, page, medium, self.words[self.definitions.source_language])

    def texts(self) -> Iterator[tuple[str, str, Span]]:
        """(language, text, place) of every text as it will be printed, by language."""
        parts = (*self.definitions.shared(), *self.definitions.pathways.items())
        found = [text for _, part in parts for text in texts(part)]
        for language in self.definitions.languages:
            edition = self.edition(language, "patient")
            for text in found:
                for _, block in text.blocks():
                    yield language, edition.translation(text.context, block) or block, text.span

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """How far each translation is."""
        return standings(self.definitions)

    def proved(self) -> Iterator[Proved]:
        """The summary of the proof of each pathway."""
        for name, verdict in self.verdicts.items():
            yield Proved(
                name,
                verdict.proof.digest,
                tuple((o, t.asked, t.held, t.waived) for o, t in verdict.tallies().items()),
                tuple(str(waiver.id) for waiver, _ in verdict.waived),
            )
