"""A clinical diff as data: what changed between two versions of a project, in words.

Values are plain text in the source language, placeholders kept. Its renderings
are `text`, `markdown` and `data` (JSON); `changes.compare` makes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Literal

from stepwell.definitions.base import SafetyClass
from stepwell.source import Span


class Topic(IntEnum):
    """What a change is about, in the order in which a clinician wants to know."""

    PATHWAYS = 0
    RED_FLAGS = 1
    CRITERIA = 2
    PEOPLE = 3
    WAITS = 4
    QUANTITIES = 5
    MONITORING = 6
    CONTACTS = 7
    ROLES = 8
    MEDICINES = 9
    GOVERNANCE = 10
    INSTRUMENTS = 11
    LANGUAGES = 12
    SAFETY = 13
    CARE = 14
    INFO = 15

    @property
    def slug(self) -> str:
        """Its name in JSON."""
        return self.name.lower().replace("_", "-")

    @property
    def title(self) -> str:
        """Its heading."""
        return TITLES[self]


TITLES = {
    Topic.PATHWAYS: "Pathways",
    Topic.RED_FLAGS: "Red flags",
    Topic.CRITERIA: "Criteria and steps",
    Topic.PEOPLE: "Who changes step",
    Topic.WAITS: "Waits, time limits and promises",
    Topic.QUANTITIES: "Doses, quantities and limits",
    Topic.MONITORING: "Monitoring and reviews",
    Topic.CONTACTS: "Contacts and telephone numbers",
    Topic.ROLES: "Roles and responsibilities",
    Topic.MEDICINES: "Medicines",
    Topic.GOVERNANCE: "Review and governance",
    Topic.INSTRUMENTS: "Instruments",
    Topic.LANGUAGES: "Languages",
    Topic.SAFETY: "Other safety texts",
    Topic.CARE: "Care",
    Topic.INFO: "Information",
}

Kind = Literal["changed", "added", "removed", "moved", "renamed"]


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that changed. `about` says which, where the change has several or needs it.

    Without `old` it was added, without `new` removed. `prose` marks sentences,
    in which the words that differ are worth marking.
    """

    old: str | None
    new: str | None
    about: str = ""
    prose: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `where` leads to it in clinical words, `path` by ids.

    `span` is its place in the new version, or in the old one if it was removed.
    `used_in` are other places that change with it.
    """

    topic: Topic
    kind: Kind
    klass: SafetyClass
    where: tuple[str, ...]
    path: str
    span: Span
    parts: tuple[Part, ...]
    used_in: tuple[str, ...] = ()

    @property
    def clinical(self) -> bool:
        """Whether care or its safety can change by it."""
        return self.klass == "safety"


@dataclass(frozen=True, slots=True)
class Answer:
    """Values of a measure in words; `mild` if its mildest value is among them."""

    measure: str
    label: str
    kind: str
    values: str
    mild: bool

    def __str__(self) -> str:
        if self.kind == "finding":
            return self.label if self.values == "yes" else f"not: {self.label}"
        mark = "" if self.kind == "score" else ":"
        return f"{self.label}{mark} {self.values}"


@dataclass(frozen=True, slots=True)
class Counted:
    """How many values of a measure are counted, and what they are: `28 weeks`."""

    measure: str
    label: str
    values: int
    what: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody comes to: a tier or exit; at a review, by which kind of move."""

    id: str
    title: str
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """Possible people who came to `old` and come to `new`; None: nowhere, or they stay.

    `before` counts all who came to `old`, in the old version.
    """

    old: Place | None
    new: Place | None
    count: int
    before: int
    everyone: tuple[Answer, ...]
    exactly: bool
    example: tuple[Answer, ...] | None


@dataclass(frozen=True, slots=True)
class Reckoning:
    """Who changes place by one decision: at assessment (`tier` is None), or at a review in a tier.

    `possible` is the number of all combinations of answers, the product of what
    is `counted` of each measure. Not `complete`: too entangled to count.
    """

    tier: Place | None
    possible: int
    counted: tuple[Counted, ...]
    shifts: tuple[Shift, ...]
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Section:
    """All changes of one pathway, or of what pathways share (no `id`).

    `versions` are the old and new one; None where there is none. `reckoned`
    tells whether criteria changed, so that `people` without any shift means
    that nobody changes place.
    """

    id: str
    title: str
    versions: tuple[str | None, str | None]
    changes: tuple[Change, ...]
    people: tuple[Reckoning, ...] = ()
    reckoned: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What changed from one version of a project to another, without sections that have nothing.

    `hidden` is the number of changes that were left away.
    """

    old: str
    new: str
    sections: tuple[Section, ...]
    hidden: int = 0

    @property
    def changes(self) -> tuple[Change, ...]:
        """The changes of all sections."""
        return tuple(change for section in self.sections for change in section.changes)

    @property
    def clinical(self) -> int:
        """How many clinical changes there are."""
        return sum(change.clinical for change in self.changes)

    @property
    def who(self) -> int:
        """How many of them concern who gets which care."""
        about = (Topic.PATHWAYS, Topic.CRITERIA)
        return sum(change.clinical and change.topic in about for change in self.changes)

    def clinical_only(self) -> Report:
        """The report without changes of care and information."""
        kept = (
            replace(section, changes=tuple(c for c in section.changes if c.clinical))
            for section in self.sections
        )
        sections = tuple(section for section in kept if section.changes or section.people)
        return replace(self, sections=sections, hidden=len(self.changes) - self.clinical)


def in_order(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Changes by topic, those of one topic as they come."""
    return tuple(sorted(changes, key=lambda change: change.topic))
