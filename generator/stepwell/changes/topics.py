"""What a change is about, and whether it is clinical: tables over the fields of the definitions.

A text has the class of its field. Everything else (numbers, references,
choices, flags) is clinical, unless a table says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from stepwell.changes.entries import Entry, Link, Order
from stepwell.changes.model import Topic
from stepwell.definitions.base import Phone, Quantity, RoleRef, SafetyClass, SourceRef, Text

BENEATH: dict[str, Topic] = {
    "Pathway.red_flags": Topic.RED_FLAGS,
    "Pathway.measures": Topic.CRITERIA,
    "Pathway.criteria": Topic.CRITERIA,
    "Pathway.waits": Topic.WAITS,
    "Pathway.promises": Topic.WAITS,
    "Pathway.milestones": Topic.WAITS,
    "Pathway.contingencies": Topic.WAITS,
    "Pathway.capacity": Topic.WAITS,
    "Pathway.quantities": Topic.QUANTITIES,
    "Pathway.monitoring": Topic.MONITORING,
    "Tier.review": Topic.MONITORING,
    "Pathway.medicines": Topic.MEDICINES,
    "Pathway.waivers": Topic.GOVERNANCE,
    "Pathway.review_cycle": Topic.GOVERNANCE,
    "Pathway.approved": Topic.GOVERNANCE,
    "Pathway.changes": Topic.GOVERNANCE,
    "Pathway.stakeholders": Topic.GOVERNANCE,
    "Site.translations": Topic.GOVERNANCE,
    "Site.contacts": Topic.CONTACTS,
    "Site.emergency": Topic.CONTACTS,
    "Site.crisis": Topic.CONTACTS,
    "Site.languages": Topic.LANGUAGES,
    "Vocabulary.instruments": Topic.INSTRUMENTS,
}
"""Field -> the topic of all that is in it."""

AT: dict[str, Topic] = {
    "Pathway.tiers": Topic.CRITERIA,
    "Pathway.exits": Topic.CRITERIA,
    "Pathway.where_several_match": Topic.CRITERIA,
    "Tier.step_up": Topic.CRITERIA,
    "Tier.step_down": Topic.CRITERIA,
    "Tier.discharge": Topic.CRITERIA,
    "Tier.re_triage": Topic.CRITERIA,
    "Tier.enter": Topic.CRITERIA,
    "Step.to": Topic.CRITERIA,
    "Step.when": Topic.CRITERIA,
    "Exit.when": Topic.CRITERIA,
    "Pathway.referral": Topic.WAITS,
    "Intervention.dose": Topic.QUANTITIES,
    "CarePlan.reviewed_every": Topic.MONITORING,
    "AssessmentItem.when": Topic.MONITORING,
    "AssessmentItem.again_every": Topic.MONITORING,
    "Vocabulary.roles": Topic.ROLES,
    "Pathway.tasks": Topic.ROLES,
    "Pathway.supervision": Topic.ROLES,
    "Supervision.every": Topic.ROLES,
    "Supervision.length": Topic.ROLES,
    "CaseReview.every": Topic.ROLES,
    "CaseReview.length": Topic.ROLES,
    "Pathway.version": Topic.GOVERNANCE,
    "Pathway.status": Topic.GOVERNANCE,
    "Pathway.owner": Topic.GOVERNANCE,
    "Pathway.reviewed": Topic.GOVERNANCE,
    "Pathway.review_by": Topic.GOVERNANCE,
    "Site.owner": Topic.GOVERNANCE,
}
"""Field -> the topic of its own value, or of an item that is added or removed there."""

WITHIN = ("within", "reply_within")
"""Fields that are time limits wherever they stand."""

CLASSES: dict[str, SafetyClass] = {
    "Contact.hours": "safety",
    "Contact.for_": "care",
    "Pathway.version": "info",
    "Pathway.reviewed": "info",
    "Instrument.minutes": "info",
    "Instrument.items": "info",
    "Instrument.name": "info",
    "Tier.offers": "care",
    "Tier.telehealth": "care",
    "Tier.helps_with": "care",
    "Resource.phone": "safety",
    "Letter.kind": "care",
    "Site.name": "info",
    "Site.url": "info",
    "Site.address": "care",
    "Measure.choices": "safety",
}
"""Field -> the class of its own value; it goes before that of what it is in."""

CLASSES_BENEATH: dict[str, SafetyClass] = {
    "Instrument.languages": "info",
    "Letter.fields_": "care",
    "Pathway.capacity": "care",
    "Pathway.indicators": "info",
    "Pathway.feedback_asked": "care",
    "Pathway.equity": "care",
    "Pathway.education": "care",
    "Pathway.telehealth": "care",
    "Pathway.note_template": "care",
    "Pathway.conferences": "care",
    "Pathway.readiness": "care",
    "Pathway.social": "care",
    "Pathway.stakeholders": "info",
    "Pathway.changes": "info",
    "Resources.resources": "care",
    "Site.feedback": "info",
    "Site.look": "info",
    "Site.translations": "info",
    "Vocabulary.channels": "care",
    "Vocabulary.glossary": "care",
    "Vocabulary.needs": "care",
    "Vocabulary.roles": "care",
    "Vocabulary.sources": "info",
}
"""Field -> the class of all in it that is no text."""

ORDERED = frozenset(
    {
        "Pathway.tiers", "Pathway.exits", "Measure.choices", "Pathway.referral",
        "Pathway.disagreement", "Pathway.milestones", "Vocabulary.urgency",
        "Tier.step_up", "Tier.step_down", "Tier.discharge", "Tier.re_triage",
    }
)  # fmt: skip
"""Lists whose order means something."""


def class_of(entry: Entry) -> SafetyClass:
    """The class of a leaf or an order."""
    field = entry.last.field
    if isinstance(entry.value, Order):
        return "safety" if field in ORDERED else "info"
    if isinstance(entry.value, SourceRef):
        return "info"
    if field in CLASSES:
        return CLASSES[field]
    if isinstance(entry.value, Text):
        return entry.value.safety_class
    beneath = (CLASSES_BENEATH[n] for n in _fields(entry.links) if n in CLASSES_BENEATH)
    return next(beneath, "safety")


def topic_of(entry: Entry, klass: SafetyClass) -> Topic:
    """The topic of a leaf or an order of this class."""
    field, value = entry.last.field, entry.value
    own = AT.get(field) if not isinstance(value, Order) or field in ORDERED else None
    if isinstance(value, Phone):
        return Topic.CONTACTS
    if own is not None:
        return own
    for name in _fields(entry.links):
        if name in BENEATH:
            return BENEATH[name]
    if klass != "safety":
        return Topic.CARE if klass == "care" else Topic.INFO
    if field.partition(".")[2] in WITHIN:
        return Topic.WAITS
    return _by_type(value)


def item_topic(entry: Entry, inside: Iterable[Entry]) -> tuple[Topic, SafetyClass]:
    """Topic and class of an item that was added or removed, with all that is in it."""
    field = entry.last.field
    told = [(klass, topic_of(leaf, klass)) for leaf in inside for klass in (class_of(leaf),)]
    classes: tuple[SafetyClass, ...] = ("safety", "care", "info")
    worst = [k for k in classes if any(klass == k for klass, _ in told)]
    klass = CLASSES.get(field) or CLASSES_BENEATH.get(field) or (worst or classes)[0]
    known = AT.get(field) or next((BENEATH[n] for n in _fields(entry.links) if n in BENEATH), None)
    first = min((topic for k, topic in told if k == klass), default=Topic.INFO)
    return (known if known is not None else first), klass


def _fields(links: tuple[Link, ...]) -> tuple[str, ...]:
    return tuple(link.field for link in links)


def _by_type(value: Any) -> Topic:
    if isinstance(value, Text):
        return Topic.SAFETY
    first = value[0] if isinstance(value, tuple) and value else value
    if isinstance(first, RoleRef):
        return Topic.ROLES
    number = isinstance(first, Quantity | int) and not isinstance(first, bool)
    return Topic.QUANTITIES if number else Topic.SAFETY
