"""What search engines read of a page: schema.org's terms for medical pages, as JSON-LD. Pure."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from stepwell.definitions.pathway import Pathway
from stepwell.definitions.site import Site
from stepwell.model import Audience, Page
from stepwell.render.embedded import embedded

GUIDELINES = ("overview", "criteria")
"""The kinds of pages that are about the pathway itself."""
_AUDIENCES: dict[Audience, dict[str, str]] = {
    "patient": {"@type": "Patient"},
    "family": {"@type": "MedicalAudience", "audienceType": "Caregiver"},
    "clinician": {"@type": "MedicalAudience", "audienceType": "Clinician"},
    "lead": {"@type": "MedicalAudience", "audienceType": "Service lead"},
}


def linked_data(page: Page, site: Site, pathway: Pathway | None) -> Markup:
    """The JSON-LD of a page; no text in it can end the element that it stands in.

    `pathway` is that of the page. A notice has none: it is not what the address promises.
    """
    if page.notice:
        return Markup()
    root = str(site.url).rstrip("/")
    clinic = {"@type": "MedicalOrganization", "name": str(site.name), "url": f"{root}/"}
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "url": f"{root}/{quote(page.path)}",
        "name": page.title,
        "description": page.description,
        "inLanguage": page.language,
        "publisher": clinic,
        "isPartOf": {"@type": "WebSite", "name": str(site.name), "url": f"{root}/"},
        "audience": _AUDIENCES.get(page.audience),
    }
    if pathway:
        told |= _reviewed(pathway)
    if pathway and page.kind in GUIDELINES:
        told["mainEntity"] = _guideline(page, pathway, clinic)
    return embedded({name: value for name, value in told.items() if value})


def _reviewed(pathway: Pathway) -> dict[str, str]:
    return {
        "lastReviewed": pathway.reviewed.isoformat(),
        "version": pathway.version,
        "creativeWorkStatus": pathway.status.capitalize(),
    }


def _guideline(page: Page, pathway: Pathway, clinic: dict[str, str]) -> dict[str, Any]:
    """The pathway as a guideline; a clinic stands behind one that it has approved."""
    found: dict[str, Any] = {
        "@type": "MedicalGuideline",
        "name": page.pathway_name or page.title,
        "guidelineDate": pathway.reviewed.isoformat(),
    }
    if pathway.status == "approved" and pathway.approved:
        found["recognizingAuthority"] = clinic
    return found
