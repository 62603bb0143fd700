"""Which documents are printed: one row a kind, with its template, name and form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stepwell.definitions.pathway import Pathway
from stepwell.model import Audience
from stepwell.render.plan import _n


@dataclass(frozen=True, slots=True)
class Row:
    """A kind of document (`templates/<template>.html`)."""

    kind: str
    template: str
    name: str
    audience: Audience
    title: str
    max_pages: int
    each_tier: bool = False
    folds: bool = False


DOCUMENTS: tuple[Row, ...] = (
    Row("leaflet", "leaflet/tier", "leaflet-{}", "patient", _n("Leaflet: %(name)s"), 2, True),
    Row("leaflet-family", "leaflet/family", "leaflet-family", "family",
        _n("Leaflet for family and friends"), 2),
    Row("leaflet-wait", "leaflet/while-you-wait", "leaflet-while-you-wait", "patient",
        _n("Leaflet: while you wait"), 2),
    Row("pocket-guide", "pocket_guide/pages", "pocket-guide", "clinician", _n("Pocket guide"), 24),
    Row("pocket-guide-fold", "pocket_guide/fold", "pocket-guide-fold", "clinician",
        _n("Pocket guide to fold"), 8, folds=True),
)  # fmt: skip


def documents(pathway: Pathway, *, clinical: bool) -> Iterator[tuple[Row, str, str | None]]:
    """(row, file name without ending, tier id) of each document of a pathway.

    Without `clinical`, those that clinicians read are left away.
    """
    for row in DOCUMENTS:
        if row.audience == "clinician" and not clinical:
            continue
        if row.each_tier:
            for tier in pathway.tiers:
                yield row, row.name.format(tier.id), str(tier.id)
        else:
            yield row, row.name, None
