"""The names that a search knows besides its index, and what is new."""

from __future__ import annotations

import json

from stepwell.render.news import news
from stepwell.render.synonyms import synonyms
from stepwell.resolve import Resolved


def addresses(resolved: Resolved, language: str) -> dict[str, set[str]]:
    """Form without capitals -> the addresses that it leads to."""
    found: dict[str, set[str]] = {}
    data = json.loads(synonyms(resolved, language))
    for kind, name, *forms in data["entries"]:
        before, after, *_ = data["kinds"][kind]
        for form in forms:
            found.setdefault(form.casefold(), set()).add(f"{before}{name}{after}")
    return found


def test_names_numbers_and_synonyms_lead_to_their_pages(resolved: Resolved) -> None:
    """Telephones, steps, drugs, roles by short name, questionnaires, synonyms, needs."""
    found = addresses(resolved, "en")
    mind = "psychiatry-primary-care"
    for form, address in {
        "020 7946 0100": "index.html#contact-crisis",
        "999": "index.html#telephone",
        "step 2": f"{mind}/tier-collaborative-care-clinician.html",
        "tier 2": f"{mind}/tier-collaborative-care.html",
        "lithium": f"{mind}/medicine-lithium.html",
        "gp": f"{mind}/role-gp.html",
        "phq-9": "instruments.html#instrument-phq-9",
        "setback": "glossary.html#term-relapse",
        "housing": "resources.html#need-housing",
    }.items():
        assert address in found[form], form


def test_patients_are_not_led_to_pages_that_they_do_not_have(resolved: Resolved) -> None:
    """In a language for patients only no name leads to a page for clinicians."""
    found = set().union(*addresses(resolved, "zh").values())
    assert not [one for one in found if "clinician" in one or "/role-" in one or "instrum" in one]


def test_what_is_new_is_sorted_and_whole(resolved: Resolved) -> None:
    """The latest day comes first; each change and each place stands on one day."""
    reading = resolved.reading(resolved.edition("en", "clinician"), "whats-new.html", "web")
    pathways = []
    for name in resolved.definitions.pathways:
        edition = resolved.edition("en", "clinician", name)
        inner = resolved.reading(edition, "whats-new.html", "web")
        pathways.append((name, inner.view(edition.content), ""))
    days = news(reading, pathways)
    dates = [day.date for day in days]
    assert dates == sorted(set(dates), reverse=True)
    definitions = resolved.definitions
    changes = sum(len(pathway.changes) for pathway in definitions.pathways.values())
    assert sum(len(day.changes) for day in days) == changes
    assert sum(len(day.places) for day in days) == len(definitions.resources.resources)
