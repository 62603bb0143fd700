"""`vocabulary/*.yaml`: what pathways share: roles, instruments, sources, terms, needs, channels."""

from __future__ import annotations

import datetime
from typing import Annotated

from pydantic import Field

from stepwell.definitions.base import (
    Abbreviation,
    Care,
    Count,
    Definition,
    Duration,
    Id,
    Info,
    Language,
    Name,
    Quantity,
    Safety,
    SourceRef,
    Url,
)  # fmt: skip
from stepwell.definitions.room import AtMost


class Role(Definition):
    """A role in care, never a person."""

    clinical = ("does", "reach", "short")
    id: Id
    title: Care
    """The role's title, for example `Care manager`."""
    plain: Care
    """What a patient calls this person, for example `The nurse who keeps in touch with you`."""
    short: Annotated[Info, AtMost(12)]
    """At most 12 letters, for cards and matrices, for example `Care mgr`."""
    does: Care
    """What this role does in the clinic, two or three sentences."""
    reach: Care
    """How colleagues reach this role."""


class Band(Definition):
    """A range of scores with a name."""

    clinical = ("*",)
    id: Id
    label: Safety
    """For example `moderate`."""
    from_: Count
    to: Count
    action: Safety
    """What a clinician does at this score."""


class ValidatedLanguage(Definition):
    """A language in which a validated version of the instrument exists."""

    language: Language
    where: Name | None = None
    """Where to get it."""


class Instrument(Definition):
    """A screening questionnaire. Its wording is never written or translated here."""

    clinical = ("caution", "licence", "measures")
    id: Id
    name: Abbreviation
    """The name as the field writes it, for example `PHQ-9`."""
    title: Info
    """What it stands for."""
    measures: Care
    """What it measures, in plain words."""
    from_: Count
    to: Count
    items: Count
    """The number of questions."""
    each: Quantity | None = None
    """The scores that one question can have, if all have the same, for example `0..3`."""
    risk_item: Count | None = None
    """The number of the question about suicide, if there is one: any score above its lowest
    leads to what `caution` says."""
    recall: Duration
    """The period it asks about."""
    minutes: Count
    """How long it takes to fill in."""
    bands: tuple[Band, ...]
    caution: Safety
    """What a score can't say, and answers that always need a conversation."""
    licence: Info
    """Who may use it and at what cost."""
    source: SourceRef
    languages: tuple[ValidatedLanguage, ...]
    higher_is: str = Field(default="worse", pattern=r"^(worse|better)$")
    """Whether a higher score is worse or better."""


class Source(Definition):
    """Where a threshold, an interval or a limit comes from."""

    id: Id
    citation: Name
    """Author or body, title, year, as printed in every language."""
    year: Count
    url: Url | None = None
    note: Info | None = None
    """What of it is used, or what was not re-read."""
    checked: datetime.date | None = None
    """When somebody last read the source."""


class Term(Definition):
    """A term of the shared language."""

    id: Id
    term: Info
    """The clinical term."""
    plain: Care
    """The words a patient reads instead."""
    meaning: Care
    """What it means, in one or two sentences."""
    avoid: Info | None = None
    """Words that are not used, separated by `; `."""
    why: Info | None = None
    """Why those words are avoided."""
    synonyms: Info | None = None
    """Other words people search for, separated by `; `."""


class Need(Definition):
    """A social or practical need that a community resource answers."""

    clinical = ("question",)
    id: Id
    label: Care
    """What a person would say, for example `Money, debt and benefits`."""
    question: Care
    """How a clinician asks about it."""


class Urgency(Definition):
    """A class of urgency. Listed from the most to the least urgent."""

    clinical = ("meaning",)
    id: Id
    label: Safety
    meaning: Safety
    """Who belongs in it."""


class Channel(Definition):
    """A way in which teams reach each other."""

    clinical = ("*",)
    id: Id
    label: Care
    use: Care
    """What it is for, and what never goes through it."""


class Vocabulary(Definition):
    """All files of vocabulary/ together."""

    roles: tuple[Role, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    sources: tuple[Source, ...] = ()
    glossary: tuple[Term, ...] = ()
    needs: tuple[Need, ...] = ()
    urgency: tuple[Urgency, ...] = ()
    channels: tuple[Channel, ...] = ()
