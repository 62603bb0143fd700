"""Parts of a pathway that two services share: letters, messages, medicines, monitoring, plans."""

from __future__ import annotations

from typing import Literal

from stepwell.definitions.base import (
    Care,
    ChannelRef,
    Definition,
    Duration,
    Id,
    Info,
    MedicineRef,
    NeedRef,
    Quantity,
    RoleRef,
    Safety,
    SourceRef,
    UrgencyRef,
    YesNo,
)  # fmt: skip


class ReferralStep(Definition):
    """A step of the referral sequence, in order."""

    clinical = ("*",)
    id: Id
    step: Care
    role: RoleRef
    within: Duration
    source: SourceRef


class LetterField(Definition):
    """A field of a letter."""

    id: Id
    label: Care
    hint: Care
    """What belongs there."""
    required: YesNo
    lines: Literal["one", "few", "many"] = "few"


class Letter(Definition):
    """A letter from one team to another."""

    clinical = ("*",)
    id: Id
    kind: Literal["referral", "reply", "discharge", "handover"]
    title: Care
    introduction: Care
    from_: RoleRef
    to: RoleRef
    within: Duration
    fields_: tuple[LetterField, ...]
    source: SourceRef


class Message(Definition):
    """When one team tells another, how, and what happens if nobody answers."""

    clinical = ("*",)
    id: Id
    urgency: UrgencyRef
    trigger: Safety
    from_: RoleRef
    to: RoleRef
    channel: ChannelRef
    reply_within: Duration
    if_no_answer: Safety
    template: Care
    """The words to copy; gaps as `[…]`."""
    source: SourceRef


class Conference(Definition):
    """A case conference or huddle."""

    clinical = ("*",)
    id: Id
    title: Care
    every: Duration
    length: Duration
    chair: RoleRef
    members: tuple[RoleRef, ...]
    agenda: Care
    """As list items."""
    output: Care


class PlanSection(Definition):
    """A section of the shared care plan to fill in.

    On the website the sections `goals` and `team` are filled in row by row.
    """

    id: Id
    title: Care
    prompt: Care


class PlanGoal(Definition):
    """An example goal. A goal without measure or date is an error."""

    id: Id
    goal: Care
    measure: Care
    by: Duration


class CarePlan(Definition):
    """The shared care plan: a form with example goals."""

    clinical = ("*",)
    introduction: Care
    sections: tuple[PlanSection, ...]
    goals: tuple[PlanGoal, ...]
    contingencies: Care
    """What is done if …, as list items."""
    preferences: Care
    crisis_plan: Safety
    """What is asked for the crisis plan, as list items."""
    reviewed_every: Duration
    by: RoleRef


class Interaction(Definition):
    """A medicine, food or situation that changes the risk."""

    id: Id
    with_: Safety
    what: Safety
    action: Safety


class Medicine(Definition):
    """A medicine or group of medicines as both teams and the patient need it."""

    id: Id
    title: Care
    group: Care
    """The group it belongs to, with examples by generic name."""
    purpose: Care
    """What it is for, in patient words."""
    how_to_take: Safety
    side_effects: Care
    warning_signs: Safety
    """What a patient must act on, as list items."""
    what_to_do: Safety
    """What the patient does on a warning sign."""
    never: Safety
    """What a patient should not do, for example stop suddenly."""
    specialist: Safety
    """What the specialist team does and watches, as list items."""
    primary_care: Safety
    """What primary care does and watches, as list items."""
    interactions: tuple[Interaction, ...]
    source: SourceRef


class Parameter(Definition):
    """One thing that is checked, when, by whom, and when to act."""

    clinical = ("action", "limit")
    id: Id
    label: Safety
    baseline: YesNo
    at: tuple[Duration, ...] = ()
    """Times after the start, in order."""
    then_every: Duration | None = None
    until: Duration | None = None
    """When a regular interval changes; `later_every` holds from then on."""
    later_every: Duration | None = None
    orders: RoleRef
    reviews: RoleRef
    acts: RoleRef
    limit: Safety
    """When to act; numbers as `{quantity:ID}`."""
    action: Safety
    source: SourceRef


class MonitoringPlan(Definition):
    """The checks that belong to a medicine."""

    clinical = ("handover", "introduction", "more_often")
    id: Id
    title: Safety
    medicine: MedicineRef
    follows: SourceRef
    """The guideline followed, where several differ."""
    introduction: Safety
    patient: Safety
    """What a patient reads about the checks."""
    handover: Safety
    """Who monitors until when."""
    parameters: tuple[Parameter, ...]
    more_often: Safety | None = None
    """Who needs checks more often."""


class ChecklistItem(Definition):
    """An item of a checklist."""

    clinical = ("*",)
    id: Id
    item: Care
    evidence: Care
    """How one knows that it is done."""
    role: RoleRef


class DisagreementStep(Definition):
    """A step towards consensus when teams disagree, in order."""

    clinical = ("*",)
    id: Id
    step: Safety
    role: RoleRef
    within: Duration


class AssessmentItem(Definition):
    """An item of the baseline assessment."""

    clinical = ("*",)
    id: Id
    domain: Literal["physical", "mental", "psychosocial"]
    item: Care
    role: RoleRef
    when: Duration
    """By when after referral."""
    again_every: Duration | None = None
    source: SourceRef


class SocialQuestion(Definition):
    """A question about living conditions, and the needs whose resources answer it."""

    clinical = ("*",)
    id: Id
    topic: Care
    question: Care
    needs: tuple[NeedRef, ...]
    role: RoleRef


class Agreement(Definition):
    """What organisations have agreed on: protected time, standards, cover."""

    clinical = ("*",)
    id: Id
    title: Care
    what: Care
    amount: Quantity | None = None
    role: RoleRef
    source: SourceRef
    note: Info | None = None
