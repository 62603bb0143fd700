"""`<pathway>/*.yaml`: the pathway itself: who it is for, its tiers, waits, roles and governance.

Parts that only some pathways carry are in `practice` (stepped care: interventions,
supervision, equity …) and `shared_care` (medicines, monitoring, letters …).
"""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import Field

from stepwell.definitions.base import (
    Care,
    ContactRef,
    Count,
    Definition,
    Duration,
    ExitRef,
    Id,
    Info,
    InstrumentRef,
    InterventionRef,
    MeasureRef,
    MilestoneRef,
    NeedRef,
    Quantity,
    RoleRef,
    Safety,
    SourceRef,
    TelehealthRef,
    TierRef,
)  # fmt: skip
from stepwell.definitions.criteria import Criterion
from stepwell.definitions.practice import (
    CaseReview,
    EducationPiece,
    EquityGroup,
    FamilyGuide,
    FeedbackAsked,
    Indicator,
    Intervention,
    NoteSection,
    ReviewCycle,
    Stakeholder,
    Supervision,
    Telehealth,
)  # fmt: skip
from stepwell.definitions.proof import Promise, Waiver
from stepwell.definitions.room import AtMost
from stepwell.definitions.shared_care import (
    Agreement,
    AssessmentItem,
    CarePlan,
    ChecklistItem,
    Conference,
    DisagreementStep,
    Letter,
    Medicine,
    Message,
    MonitoringPlan,
    ReferralStep,
    SocialQuestion,
)  # fmt: skip


class Measure(Definition):
    """Something that can be asked, scored or counted. Exactly one kind is given."""

    label: Safety | None = None
    """A short name; an instrument's own name and a finding's words need none."""
    question: Safety | None = None
    """How it is asked, in plain words."""
    instrument: InstrumentRef | None = None
    """A score; its range comes from the instrument."""
    duration: Literal["days", "weeks", "months"] | None = None
    """A length of time, counted in this unit."""
    choices: dict[str, Safety] | None = None
    """Answers in order, each an id with its words, for example `partial: Some improvement`."""
    finding: Safety | None = None
    """A yes/no finding in the words of a clinician, for example `Has a plan to end their life`."""
    number: Quantity | None = None
    """A number: its range with unit, for example `30..250 kg`."""
    step: Quantity | None = None
    """The smallest difference of a number that counts, for example `0.1`."""
    change_of: MeasureRef | None = None
    """The change of another measure since baseline."""
    as_: Literal["points", "percent"] = "points"
    """How a change is counted."""
    higher_is: Literal["worse", "better", "neither"] = "neither"
    """What a higher value means, for the proof that worse never leads to a lower tier."""


class NamedCriterion(Definition):
    """A criterion with a name, used in several places."""

    label: Safety
    """What it is called, for example `Responded to treatment`."""
    when: Criterion
    source: SourceRef


class NamedQuantity(Definition):
    """A number that stands in sentences as `{quantity:ID}` or `{dose:ID}`."""

    value: Quantity
    source: SourceRef
    note: Info | None = None


class RedFlag(Definition):
    """A finding that needs action before anything else."""

    id: Id
    finding: Safety
    """What is found or heard."""
    action: Safety
    """What is done."""
    role: RoleRef
    """Who does it."""
    within: Duration
    contact: ContactRef | None = None
    """Whom to call."""
    measure: MeasureRef | None = None
    """The finding among the measures, if criteria use it."""
    patient: Safety | None = None
    """What a patient or family member would notice, and what they do."""
    source: SourceRef


class Step(Definition):
    """A move out of a tier."""

    id: Id
    to: ExitRef
    when: Criterion
    by: RoleRef
    """Who decides."""
    within: Duration
    """By when the move happens once the criterion holds."""
    how: Care
    """What is done so that the move happens and nobody is lost on the way."""
    source: SourceRef


class TierReview(Definition):
    """How often somebody looks again at a person in this tier."""

    clinical = ("*",)
    every: Duration
    by: RoleRef
    at_most: Count
    """The number of reviews before a decision to step up, step down or discharge."""
    what: Care
    """What the review looks at."""
    source: SourceRef


class PatientTier(Definition):
    """What a patient reads about a tier: 300 to 500 words in all."""

    what: Care
    """What this step is."""
    why_you: Care
    """Why it was offered."""
    what_happens: Care
    """What happens, with whom, in which order."""
    what_you_can_do: Care
    """What the person can do now, as list items."""
    if_worse: Safety
    """What to do if it gets worse."""
    next: Care
    """What comes after this step, in both directions."""
    questions: Care
    """Questions to ask at the appointment, as list items."""


class ClinicianTier(Definition):
    """What a clinician reads about a tier: 300 to 500 words in all."""

    clinical = ("*",)
    purpose: Care
    """Who it is for and what it should achieve."""
    first_contact: Care
    """What is done at the first contact, as list items."""
    treatment: Care
    """What the treatment consists of, with its dose."""
    safety: Safety
    """What is asked and watched at each contact."""
    decisions: Care
    """What is decided at review, and by whom."""
    record: Care
    """What is written down, where."""
    pitfalls: Care
    """What commonly goes wrong."""


class Tier(Definition):
    """A step of the ladder. Tiers are listed from the least to the most intensive."""

    id: Id
    title: Care
    short: Annotated[Care, AtMost(22)]
    """At most 22 letters, for the ladder and cards."""
    summary: Care
    """One sentence in patient words."""
    setting: Care
    """Where it takes place."""
    led_by: RoleRef
    team: tuple[RoleRef, ...] = ()
    for_patients: PatientTier
    for_clinicians: ClinicianTier
    while_you_wait: Care | None = None
    """What helps until it starts, as list items. Needed wherever there is a wait."""
    enter: Criterion
    """Who enters this tier."""
    enter_source: SourceRef
    step_up: tuple[Step, ...] = ()
    step_down: tuple[Step, ...] = ()
    discharge: tuple[Step, ...] = ()
    re_triage: tuple[Step, ...] = ()
    review: TierReview
    offers: tuple[InterventionRef, ...] = ()
    telehealth: tuple[TelehealthRef, ...] = ()
    helps_with: tuple[NeedRef, ...] = ()
    """Needs whose community resources stand on the leaflet."""


class Exit(Definition):
    """A way out of the pathway: discharge, emergency care, another service."""

    id: Id
    title: Safety
    what: Safety
    """What happens there, in patient words."""
    when: Criterion | None = None
    """Who leaves at assessment by this exit."""
    source: SourceRef


class Milestone(Definition):
    """A point in time that a wait leads to, in order."""

    id: Id
    label: Safety
    """For example `First appointment`."""
    patient: Safety
    """What a patient reads, for example `You meet your care manager`."""


class Wait(Definition):
    """The longest wait from referral or decision to a milestone in a tier."""

    tier: TierRef
    milestone: MilestoneRef
    targets: dict[str, Duration]
    """Urgency class to the longest wait."""
    source: SourceRef


class Contingency(Definition):
    """What happens when something in the waiting goes wrong."""

    clinical = ("action",)
    id: Id
    situation: Safety
    action: Safety
    role: RoleRef
    within: Duration
    source: SourceRef


class Capacity(Definition):
    """What a tier can offer now. Shown only while it is fresh."""

    tier: TierRef
    places: Count
    """New people a month."""
    wait: Duration
    """The wait of somebody referred today."""
    to: MilestoneRef | None = None
    """The milestone it leads to. With it the wait is compared with its target."""
    measured: datetime.date
    valid_for: Duration
    parallel: tuple[InterventionRef, ...] = ()
    """What is offered meanwhile when the target is missed."""
    meanwhile: Care
    """The sentence that offers it."""

    @property
    def until(self) -> datetime.date:
        """The last day on which the statement may be shown."""
        return self.measured + datetime.timedelta(days=float(self.valid_for.days))


class Task(Definition):
    """A task of the pathway and who answers for it."""

    clinical = ("*",)
    id: Id
    task: Care
    tiers: tuple[TierRef, ...] = ()
    """The tiers it belongs to; none means all."""
    accountable: RoleRef
    """Exactly one role."""
    responsible: tuple[RoleRef, ...]
    consulted: tuple[RoleRef, ...] = ()
    informed: tuple[RoleRef, ...] = ()
    within: Duration | None = None
    source: SourceRef | None = None


class Approval(Definition):
    """Who approved the clinical content, and when."""

    by: RoleRef
    date: datetime.date
    digest: str | None = None


class Change(Definition):
    """A change in clinical words."""

    clinical = ("*",)
    id: Id
    date: datetime.date
    version: str
    what: Info
    why: Info


class Pathway(Definition):
    """A care pathway: all YAML files of its folder together."""

    clinical = ("for_clinicians",)
    title: Care
    short: Annotated[Care, AtMost(28)]
    """At most 28 letters, for menus and footers."""
    summary: Care
    """What the pathway does, in two or three sentences for everybody."""
    for_whom: Care
    """Who it is for, and who it is not for."""
    for_clinicians: Care
    """What a clinician should know first."""
    version: str = Field(pattern=r"^[0-9]+\.[0-9]+\.[0-9]+$")
    status: Literal["draft", "review", "approved", "withdrawn"]
    owner: RoleRef
    approved: Approval | None = None
    reviewed: datetime.date
    review_by: datetime.date
    where_several_match: Literal["highest", "first", "error"] = "highest"
    """Which tier decides when several entry criteria hold."""
    measures: dict[str, Measure] = Field(default_factory=dict)
    criteria: dict[str, NamedCriterion] = Field(default_factory=dict)
    quantities: dict[str, NamedQuantity] = Field(default_factory=dict)
    red_flags: tuple[RedFlag, ...]
    tiers: tuple[Tier, ...]
    exits: tuple[Exit, ...]
    waivers: tuple[Waiver, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    waits: tuple[Wait, ...] = ()
    promises: tuple[Promise, ...] = ()
    contingencies: tuple[Contingency, ...] = ()
    capacity: tuple[Capacity, ...] = ()
    tasks: tuple[Task, ...]
    supervision: tuple[Supervision, ...] = ()
    interventions: tuple[Intervention, ...] = ()
    telehealth: tuple[Telehealth, ...] = ()
    note_template: tuple[NoteSection, ...] = ()
    case_review: CaseReview | None = None
    indicators: tuple[Indicator, ...] = ()
    feedback_asked: tuple[FeedbackAsked, ...] = ()
    equity: tuple[EquityGroup, ...] = ()
    education: tuple[EducationPiece, ...] = ()
    family: FamilyGuide
    stakeholders: tuple[Stakeholder, ...] = ()
    review_cycle: ReviewCycle
    referral: tuple[ReferralStep, ...] = ()
    letters: tuple[Letter, ...] = ()
    messages: tuple[Message, ...] = ()
    conferences: tuple[Conference, ...] = ()
    care_plan: CarePlan | None = None
    medicines: tuple[Medicine, ...] = ()
    monitoring: tuple[MonitoringPlan, ...] = ()
    reconciliation: tuple[ChecklistItem, ...] = ()
    disagreement: tuple[DisagreementStep, ...] = ()
    assessment: tuple[AssessmentItem, ...] = ()
    social: tuple[SocialQuestion, ...] = ()
    readiness: tuple[ChecklistItem, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    changes: tuple[Change, ...]

    @property
    def task_roles(self) -> tuple[str, ...]:
        """The roles that have a part in a task, in the order they appear."""
        named: list[str] = []
        for task in self.tasks:
            named += [task.accountable, *task.responsible, *task.consulted, *task.informed]
        return tuple(dict.fromkeys(str(name) for name in named))
