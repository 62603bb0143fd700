"""Parts of a pathway about daily practice: interventions, supervision, measurement, equity."""

from __future__ import annotations

import datetime
from typing import Literal

from stepwell.definitions.base import (
    Care,
    Definition,
    Duration,
    Id,
    Info,
    Quantity,
    RoleRef,
    Safety,
    SourceRef,
    TierRef,
    YesNo,
)  # fmt: skip


class Intervention(Definition):
    """A brief intervention that several roles can deliver."""

    id: Id
    title: Care
    purpose: Care
    """What it helps with, in patient words."""
    steps: Care
    """What the person does, as list items. A self-help leaflet prints them."""
    dose: Care
    """How often and how long; numbers as `{quantity:ID}`."""
    sessions: Quantity
    """How many contacts."""
    length: Duration
    """How long a contact lasts."""
    delivered_by: tuple[RoleRef, ...]
    tiers: tuple[TierRef, ...]
    stop_if: Safety
    """When to stop and whom to tell."""
    fidelity: Care
    """What makes it this intervention and no other: a checklist, as list items."""
    diary: YesNo = False
    """Whether its leaflet has a table to fill in each day for two weeks."""
    source: SourceRef


class Telehealth(Definition):
    """A remote or asynchronous way of receiving care."""

    id: Id
    option: Care
    modality: Literal["phone", "video", "text", "online-programme", "secure-message"]
    privacy: Care
    literacy: Care
    """What a person must be able to do, and who helps."""
    alternative: Care
    """The option without a device. Mandatory."""


class Supervision(Definition):
    """Who supervises or advises whom, how often."""

    clinical = ("*",)
    id: Id
    kind: Literal["supervision", "consultation", "training"]
    supervisor: RoleRef
    supervisee: RoleRef
    every: Duration
    length: Duration
    format: Care
    """How it is done, what it covers, and how it is reached between the dates."""
    source: SourceRef


class NoteSection(Definition):
    """A section of the note that every contact leaves behind."""

    clinical = ("*",)
    id: Id
    title: Care
    prompt: Care
    """What is written there."""


class CaseReview(Definition):
    """The meeting in which cases are reviewed."""

    clinical = ("*",)
    trigger: Care
    every: Duration
    length: Duration
    chair: RoleRef
    members: tuple[RoleRef, ...]
    agenda: Care
    """As list items."""
    output: Care
    source: SourceRef


class Indicator(Definition):
    """Something the service counts about itself."""

    clinical = ("*",)
    id: Id
    title: Info
    numerator: Info
    denominator: Info
    data: Info
    """Where the figures come from."""
    every: Duration
    target: Quantity
    direction: Literal["at-least", "at-most"]
    tiers: tuple[TierRef, ...] = ()
    strata: Info
    """By what it is broken down, so that nobody is averaged away."""
    source: SourceRef


class FeedbackAsked(Definition):
    """What people are asked about the care they had."""

    clinical = ("*",)
    id: Id
    about: Literal["symptoms", "function", "satisfaction"]
    what: Care
    how: Care
    every: Duration


class EquityGroup(Definition):
    """A group that a service easily misses."""

    clinical = ("*",)
    id: Id
    group: Care
    barrier: Care
    response: Care
    served: Literal["yes", "partly", "no"]


class EducationPiece(Definition):
    """Something worth knowing, for one audience."""

    id: Id
    audience: Literal["patient", "family", "clinician"]
    title: Care
    body: Care


class FamilyGuide(Definition):
    """What family and friends read: one leaflet."""

    introduction: Care
    how_to_help: Care
    """As list items."""
    what_to_say: Care
    """As list items."""
    consent: Care
    """What the clinic may tell them, and what they may always tell the clinic."""
    warning_signs: Safety
    """As list items."""
    looking_after_yourself: Care
    """As list items."""


class Stakeholder(Definition):
    """Who was asked, when, about what, and what came of it."""

    id: Id
    who: Info
    date: datetime.date
    about: Info
    outcome: Info


class ReviewCycle(Definition):
    """How the pathway itself is reviewed."""

    clinical = ("*",)
    every: Duration
    by: tuple[RoleRef, ...]
    triggers: Info
    """What brings a review forward, as list items."""
    method: Info
    patients_involved: YesNo
    source: SourceRef
