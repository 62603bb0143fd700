"""Where each thing has its page: paths below a language, and links between them.

Paths end in .html, so that the site can be read from any static server, a
folder or a stick.
"""

from __future__ import annotations

import posixpath
from functools import lru_cache

SHARED_PAGES = {
    "resource": "resources.html",
    "need": "resources.html",
    "term": "glossary.html",
    "instrument": "instruments.html",
    "source": "about.html",
    "contact": "index.html",
}
PATHWAY_PAGES = {
    "intervention": "interventions.html",
    "telehealth": "remote-care.html",
    "criterion": "criteria.html",
    "measure": "criteria.html",
    "exit": "criteria.html",
    "milestone": "waits.html",
    "red-flag": "red-flags.html",
}
OWN_PAGES = ("tier", "role", "medicine")
ON_CLINICAL_PAGES = frozenset(
    ("instrument", "criterion", "measure", "exit", "milestone", "red-flag", "role")
)
"""What only pages for clinicians are about."""


def clinical(kind: str, audience: str) -> bool:
    """Whether the page about something is for clinicians; a tier has one for each audience."""
    return kind in ON_CLINICAL_PAGES or (kind == "tier" and audience == "clinician")


def page_of(kind: str, name: str, pathway: str | None, audience: str) -> str | None:
    """The path (below the language) of the page about something, with its anchor; None if none."""
    if kind in SHARED_PAGES:
        return f"{SHARED_PAGES[kind]}#{kind}-{name}"
    if pathway is None:
        return None
    if kind in PATHWAY_PAGES:
        return f"{pathway}/{PATHWAY_PAGES[kind]}#{kind}-{name}"
    if kind == "tier" and audience == "clinician":
        return f"{pathway}/tier-{name}-clinician.html"
    return f"{pathway}/{kind}-{name}.html" if kind in OWN_PAGES else None


@lru_cache(maxsize=1 << 16)
def relative(target: str, page: str) -> str:
    """The address of `target` as written on `page`; both are paths below the same folder."""
    path, mark, anchor = target.partition("#")
    if path == page and mark:
        return f"#{anchor}"
    return posixpath.relpath(path, posixpath.dirname(page) or ".") + mark + anchor


def leaflet(pathway: str, name: str) -> str:
    """The path (below the language) of a printed document of a pathway."""
    return f"print/{pathway}/{name}.pdf"
