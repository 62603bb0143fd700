"""All definitions of a project together, and what each reference may point to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from stepwell.definitions.base import Definition, Readers
from stepwell.definitions.cases import Cases
from stepwell.definitions.pathway import Pathway
from stepwell.definitions.pictures import Picture
from stepwell.definitions.resources import Resources
from stepwell.definitions.site import Site
from stepwell.definitions.vocabulary import Vocabulary
from stepwell.diagnostics import nearest
from stepwell.source import SourceFile, Span


class UnknownName(Exception):
    """A language or pathway was asked for that is not there."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A translation as its catalog has it; `stale` if it was made for another source text.

    `note` is what translators wrote beside it.
    """

    text: str
    stale: bool
    span: Span
    note: str = ""


@dataclass(frozen=True)
class Catalog:
    """The translations of one language: (context, source text) -> entry."""

    language: str
    entries: Mapping[tuple[str, str], Entry] = field(repr=False)
    files: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Definitions:
    """What was read: clinic, shared vocabulary, resources, pathways by id, cases, catalogs.

    `only` names the languages that are asked for; empty means all. `logo` is the clinic's,
    `analytics` the script with which it counts its readers.
    """

    site: Site
    vocabulary: Vocabulary
    resources: Resources
    pathways: Mapping[str, Pathway]
    cases: Mapping[str, Cases]
    catalogs: Mapping[str, Catalog]
    files: Mapping[str, SourceFile] = field(repr=False)
    only: tuple[str, ...] = ()
    logo: Picture | None = field(default=None, repr=False)
    analytics: bytes | None = field(default=None, repr=False)

    @property
    def source_language(self) -> str:
        """The language the YAML is written in."""
        return str(self.site.languages.source)

    def narrowed(self, languages: tuple[str, ...], pathways: tuple[str, ...]) -> Definitions:
        """These definitions with some of the languages and pathways only; empty means all.

        Raises UnknownName for one that is not there.
        """
        _all_known("language", languages, map(str, self.site.languages.published))
        _all_known("pathway", pathways, self.pathways)
        kept = {n: p for n, p in self.pathways.items() if not pathways or n in pathways}
        catalogs = {t: c for t, c in self.catalogs.items() if not languages or t in languages}
        return replace(self, pathways=kept, catalogs=catalogs, only=languages)

    def serves(self, language: str, readers: Readers) -> bool:
        """Whether texts for some readers are published in a language."""
        return readers == "patients" or language not in self.site.languages.for_patients_only

    @property
    def languages(self) -> tuple[str, ...]:
        """The published languages that are asked for, in their order."""
        published = map(str, self.site.languages.published)
        return tuple(tag for tag in published if not self.only or tag in self.only)

    def shared(self) -> Iterator[tuple[str, Definition]]:
        """(context, definition) of everything that is not a pathway."""
        yield "site", self.site
        yield "vocabulary", self.vocabulary
        yield "resources", self.resources

    def index(self, pathway: str | None) -> dict[str, dict[str, Any]]:
        """Kind of reference -> id -> definition, as seen from a pathway or from shared content."""
        found: dict[str, dict[str, Any]] = {
            "role": _by_id(self.vocabulary.roles),
            "instrument": _by_id(self.vocabulary.instruments),
            "source": _by_id(self.vocabulary.sources),
            "term": _by_id(self.vocabulary.glossary),
            "need": _by_id(self.vocabulary.needs),
            "urgency": _by_id(self.vocabulary.urgency),
            "channel": _by_id(self.vocabulary.channels),
            "contact": _by_id(self.site.contacts),
            "resource": _by_id(self.resources.resources),
        }
        return found | _of_pathway(self.pathways[pathway]) if pathway else found


def _all_known(what: str, names: Iterable[str], known: Iterable[str]) -> None:
    there = tuple(known)
    for name in names:
        if name not in there:
            hint = nearest(name, there)
            raise UnknownName(f"There is no {what} '{name}'{'; ' + hint if hint else ''}")


def _by_id(items: tuple[Any, ...]) -> dict[str, Any]:
    return {str(item.id): item for item in items}


def _of_pathway(pathway: Pathway) -> dict[str, dict[str, Any]]:
    tiers, exits = _by_id(pathway.tiers), _by_id(pathway.exits)
    return {
        "tier": tiers,
        "exit": exits,
        "tier-or-exit": tiers | exits,
        "intervention": _by_id(pathway.interventions),
        "telehealth": _by_id(pathway.telehealth),
        "milestone": _by_id(pathway.milestones),
        "medicine": _by_id(pathway.medicines),
        "letter": _by_id(pathway.letters),
        "conference": _by_id(pathway.conferences),
        "measure": dict(pathway.measures),
        "quantity": dict(pathway.quantities),
        "criterion": dict(pathway.criteria),
    }
