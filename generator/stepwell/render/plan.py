"""Which pages a site has: one row a kind of page, in the order of the navigation.

A row names its template (`templates/site/<kind>.html`), its path, who reads it,
the section of the navigation it stands in, and when there is such a page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from stepwell.definitions.pathway import Pathway
from stepwell.definitions.walk import roles
from stepwell.model import Audience

Section = Literal["", "patients", "clinicians", "service"]


def _n(message: str) -> str:
    """Marks a message for extraction."""
    return message


SECTIONS: tuple[tuple[Section, str], ...] = (
    ("patients", _n("For patients and families")),
    ("clinicians", _n("For clinicians")),
    ("service", _n("For the service")),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A kind of page. `title` is a message, or the subject's field that is the title."""

    kind: str
    path: str
    audience: Audience
    section: Section
    title: str
    subjects: Callable[[Pathway], tuple[str, ...]] | None = None
    subject_kind: str = ""
    when: Callable[[Pathway], object] = lambda pathway: True


def _tiers(pathway: Pathway) -> tuple[str, ...]:
    return tuple(str(tier.id) for tier in pathway.tiers)


def _medicines(pathway: Pathway) -> tuple[str, ...]:
    return tuple(str(medicine.id) for medicine in pathway.medicines)


# fmt: off
SHARED: tuple[Row, ...] = (
    Row("home", "index.html", "patient", "", _n("Home")),
    Row("resources", "resources.html", "patient", "", _n("Help near you")),
    Row("glossary", "glossary.html", "patient", "", _n("Words we use")),
    Row("instruments", "instruments.html", "clinician", "", _n("Questionnaires")),
    Row("downloads", "downloads.html", "patient", "", _n("Leaflets and guides to print")),
    Row("urgent", "urgent.html", "clinician", "", _n("Red flags of all pathways")),
    Row("whats-new", "whats-new.html", "lead", "", _n("What is new")),
    Row("coverage", "coverage.html", "lead", "", _n("What help is missing")),
    Row("translations", "translations.html", "lead", "", _n("Translations")),
    Row("site-about", "about.html", "patient", "", _n("About this site")),
)
PATHWAY: tuple[Row, ...] = (
    Row("overview", "index.html", "patient", "", _n("Overview")),
    Row("finder", "finder.html", "everybody", "", _n("Find the step")),
    Row("tier", "tier-{}.html", "patient", "patients", "title", _tiers, "tier"),
    Row("medicine", "medicine-{}.html", "patient", "patients", "title", _medicines, "medicine"),
    Row("interventions", "interventions.html", "patient", "patients", _n("What you can practise"),
        when=lambda p: p.interventions),
    Row("remote-care", "remote-care.html", "patient", "patients",
        _n("Care by phone, video or text"), when=lambda p: p.telehealth),
    Row("family", "family.html", "family", "patients", _n("For family and friends")),
    Row("learn", "learn.html", "patient", "patients", _n("Good to know"),
        when=lambda p: p.education),
    Row("red-flags", "red-flags.html", "clinician", "clinicians", _n("Red flags")),
    Row("criteria", "criteria.html", "clinician", "clinicians", _n("Criteria")),
    Row("tier-clinician", "tier-{}-clinician.html", "clinician", "clinicians", "title", _tiers,
        "tier"),
    Row("waits", "waits.html", "clinician", "clinicians", _n("Waits and timeline"),
        when=lambda p: p.waits),
    Row("communication", "communication.html", "clinician", "clinicians",
        _n("Urgent and routine messages"), when=lambda p: p.messages or p.disagreement),
    Row("referral", "referral.html", "clinician", "clinicians", _n("Referral and letters"),
        when=lambda p: p.referral or p.letters),
    Row("assessment", "assessment.html", "clinician", "clinicians", _n("Baseline assessment"),
        when=lambda p: p.assessment or p.social),
    Row("monitoring", "monitoring.html", "clinician", "clinicians", _n("Monitoring"),
        when=lambda p: p.monitoring),
    Row("care-plan", "care-plan.html", "clinician", "clinicians", _n("Shared care plan"),
        when=lambda p: p.care_plan),
    Row("documentation", "documentation.html", "clinician", "clinicians",
        _n("What is written down"), when=lambda p: p.note_template or p.reconciliation),
    Row("meetings", "meetings.html", "clinician", "clinicians", _n("Meetings and case review"),
        when=lambda p: p.case_review or p.conferences),
    Row("roles", "roles.html", "clinician", "clinicians", _n("Roles and responsibilities")),
    Row("role", "role-{}.html", "clinician", "clinicians", "title", roles, "role"),
    Row("indicators", "indicators.html", "lead", "service", _n("Indicators and feedback"),
        when=lambda p: p.indicators or p.feedback_asked),
    Row("equity", "equity.html", "lead", "service", _n("Who is reached, who is not"),
        when=lambda p: p.equity),
    Row("organisation", "organisation.html", "lead", "service", _n("Readiness and agreements"),
        when=lambda p: p.readiness or p.agreements),
    Row("changes", "changes.html", "lead", "service", _n("Changes")),
    Row("about", "about.html", "patient", "service", _n("About this pathway")),
)
# fmt: on


TOPICS: dict[str, tuple[str, ...]] = {
    _n("Steps of care"): ("overview", "finder", "tier", "tier-clinician", "criteria", "waits"),
    _n("Red flags"): ("red-flags", "urgent"),
    _n("Medicines and checks"): ("medicine", "monitoring", "assessment", "instruments"),
    _n("What you can do"): ("interventions", "learn", "family", "remote-care", "downloads"),
    _n("Help near you"): ("resources",),
    _n("Working together"): (
        "roles", "role", "communication", "referral", "care-plan", "documentation", "meetings",
    ),
    _n("For the service"): (
        "indicators", "equity", "organisation", "changes", "about", "coverage", "translations",
        "site-about", "whats-new",
    ),
}  # fmt: skip
"""What readers may narrow a search to -> the kinds of pages about it."""
_TOPIC = {kind: topic for topic, kinds in TOPICS.items() for kind in kinds}


def topic(kind: str) -> str:
    """The message that names what a kind of page is about; empty where a search has none."""
    return _TOPIC.get(kind, "")


def pathway_pages(name: str, pathway: Pathway) -> Iterator[tuple[Row, str, str | None]]:
    """(row, path below the language, subject id) of each page of a pathway, in order."""
    for row in PATHWAY:
        if row.subjects:
            for subject in row.subjects(pathway):
                yield row, f"{name}/{row.path.format(subject)}", subject
        elif row.when(pathway):
            yield row, f"{name}/{row.path}", None
