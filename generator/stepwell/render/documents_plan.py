"""Which documents are printed: one row a kind, with its template, name, subjects and editions.

An edition is one way to print the same words: on the clinic's paper, in large print, or
as a booklet. A row that is about something (a tier, a medicine) is printed once for each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from stepwell.definitions.pathway import Pathway
from stepwell.definitions.site import Look
from stepwell.model import Audience, Imposition
from stepwell.render.plan import _medicines, _n, _tiers

Edition = Literal["standard", "large", "booklet"]
LEAFLET: tuple[Edition, ...] = ("standard", "large", "booklet")
SHEET: tuple[Edition, ...] = ("standard", "large")
FIRST = ("criteria.html", "red-flags.html")
POCKET = (*FIRST, "communication.html", "monitoring.html", "waits.html")
"""The pages whose words stand on cards and posters, and those in the pocket guide."""
_LONGER = {"standard": 1, "large": 5, "booklet": 6}
"""Edition -> how many pages it may have for each page of the standard one."""


@dataclass(frozen=True, slots=True)
class Row:
    """A kind of document (`templates/<template>.html`).

    `subjects` gives the ids of what it is about, of kind `subject_kind`; without it there is
    one a pathway. `page` is the page of the website that its QR code leads to; `also` are the
    other pages, below the pathway, whose words it has on paper.
    One that is `fillable` has fields for the screen. `paper` is its own paper, where that is not
    the clinic's.
    """

    kind: str
    template: str
    name: str
    audience: Audience
    title: str
    max_pages: int
    page: str = "index.html"
    subjects: Callable[[Pathway], tuple[str, ...]] | None = None
    subject_kind: str = ""
    editions: tuple[Edition, ...] = ("standard",)
    imposition: Imposition = ""
    fillable: bool = False
    paper: str = ""
    also: tuple[str, ...] = ()
    when: Callable[[Pathway], object] = lambda pathway: True


@dataclass(frozen=True, slots=True)
class Planned:
    """A document of a row: about a subject, in an edition."""

    row: Row
    subject: str | None
    edition: Edition

    @property
    def name(self) -> str:
        """The file's name without its ending."""
        name = self.row.name.format(self.subject)
        return name if self.edition == "standard" else f"{name}-{self.edition}"

    @property
    def page(self) -> str:
        """The page of the website about it, below the pathway."""
        return self.row.page.format(self.subject)

    @property
    def pages(self) -> frozenset[str]:
        """The pages of the website, below the pathway, that it belongs to."""
        return frozenset((self.page.partition("#")[0], *self.row.also))

    @property
    def max_pages(self) -> int:
        """The most pages that it may have."""
        return self.row.max_pages * _LONGER[self.edition]

    @property
    def imposition(self) -> Imposition:
        """How its pages lie on sheets."""
        return "booklet" if self.edition == "booklet" else self.row.imposition


def _monitored(pathway: Pathway) -> tuple[str, ...]:
    """The medicines that have a plan of checks."""
    planned = {str(plan.medicine) for plan in pathway.monitoring}
    return tuple(name for name in _medicines(pathway) if name in planned)


def _interventions(pathway: Pathway) -> tuple[str, ...]:
    return tuple(str(one.id) for one in pathway.interventions)


def _letters(pathway: Pathway) -> tuple[str, ...]:
    return tuple(str(letter.id) for letter in pathway.letters)


def _conferences(pathway: Pathway) -> tuple[str, ...]:
    return tuple(str(conference.id) for conference in pathway.conferences)


# fmt: off
DOCUMENTS: tuple[Row, ...] = (
    Row("leaflet", "leaflet/tier", "leaflet-{}", "patient", _n("Leaflet: %(name)s"), 2,
        "tier-{}.html", _tiers, "tier", LEAFLET),
    Row("leaflet-family", "leaflet/family", "leaflet-family", "family",
        _n("Leaflet for family and friends"), 2, "family.html", editions=LEAFLET),
    Row("leaflet-wait", "leaflet/while-you-wait", "leaflet-while-you-wait", "patient",
        _n("Leaflet: while you wait"), 2, "waits.html", editions=LEAFLET),
    Row("medicine", "leaflet/medicine", "medicine-{}", "patient", _n("Medicine: %(name)s"), 4,
        "medicine-{}.html", _medicines, "medicine", SHEET),
    Row("calendar", "leaflet/calendar", "calendar-{}", "patient",
        _n("Calendar of checks: %(name)s"), 4, "medicine-{}.html", _monitored, "medicine", SHEET,
        also=("monitoring.html",)),
    Row("self-help", "leaflet/self-help", "self-help-{}", "patient", _n("To practise: %(name)s"),
        2, "interventions.html#intervention-{}", _interventions, "intervention", SHEET),
    Row("pocket-guide", "pocket_guide/pages", "pocket-guide", "clinician", _n("Pocket guide"), 24,
        paper="A6", also=POCKET),
    Row("pocket-guide-fold", "pocket_guide/fold", "pocket-guide-fold", "clinician",
        _n("Pocket guide to fold"), 8, imposition="fold", paper="A4", also=FIRST),
    Row("cards", "cards/cards", "cards", "clinician", _n("Wallet cards"), 12, imposition="cards",
        paper="A4", also=FIRST),
    Row("poster", "wall/wall", "poster", "clinician", _n("Poster for the wall"), 4, paper="A3",
        also=FIRST),
    Row("form-letter", "form/letter", "letter-{}", "clinician", _n("%(name)s, to fill in"), 2,
        "referral.html", _letters, "letter", fillable=True),
    Row("form-care-plan", "form/care-plan", "form-care-plan", "clinician",
        _n("Shared care plan, to fill in"), 5, "care-plan.html", fillable=True,
        when=lambda p: p.care_plan),
    Row("form-handover", "form/handover", "form-handover", "clinician",
        _n("Checklist for a handover, to fill in"), 2, "documentation.html", fillable=True,
        when=lambda p: p.reconciliation),
    Row("form-note", "form/note", "form-note", "clinician", _n("Note of a contact, to fill in"), 2,
        "documentation.html", fillable=True, also=("assessment.html",),
        when=lambda p: p.note_template),
    Row("form-case-review", "form/meeting", "form-case-review", "clinician",
        _n("Case review, to fill in"), 2, "meetings.html", fillable=True,
        when=lambda p: p.case_review),
    Row("form-conference", "form/meeting", "meeting-{}", "clinician", _n("%(name)s, to fill in"), 2,
        "meetings.html", _conferences, "conference", fillable=True),
    Row("form-readiness", "form/readiness", "form-readiness", "clinician",
        _n("Readiness checklist, to fill in"), 2, "organisation.html", fillable=True,
        when=lambda p: p.readiness),
)
# fmt: on


def documents(pathway: Pathway, look: Look, *, clinical: bool) -> Iterator[Planned]:
    """Each document of a pathway. Without `clinical`, those that clinicians read are left away."""
    for row in DOCUMENTS:
        if (row.audience == "clinician" and not clinical) or not row.when(pathway):
            continue
        for subject in row.subjects(pathway) if row.subjects else (None,):
            yield from (
                Planned(row, subject, edition)
                for edition in row.editions
                if edition == "standard" or edition in look.editions
            )
