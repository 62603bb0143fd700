"""The pathway on a wall and the wallet cards: nothing that they are for is missing."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import pytest
from markupsafe import Markup

from stepwell.model import Document
from stepwell.project import packaged
from stepwell.render.documents import Documents
from stepwell.render.environment import Templates
from stepwell.resolve import Resolved
from stepwell.resolve.view import Reading

PATHWAYS = ("psychiatry-primary-care", "psychosomatic-stepped-care")
Printed = Callable[[str, str, str], Document]


@pytest.fixture(scope="module")
def printed(resolved: Resolved) -> Printed:
    """The document of a kind in a language, before it is laid out."""

    @lru_cache
    def all_of(language: str) -> dict[tuple[str, str], Document]:
        documents = Documents(resolved, Templates((packaged("templates"),)), language)
        return {(d.kind, d.pathway): d for d in documents.all() if d.kind in ("wall", "cards")}

    return lambda kind, language, pathway: all_of(language)[kind, pathway]


def text_of(html: str) -> str:
    """The words of a page, with single spaces."""
    return " ".join(Markup(html.partition("<body")[2]).striptags().split())


def reading_of(resolved: Resolved, language: str, pathway: str) -> Reading:
    """What a clinician reads of a pathway."""
    edition = resolved.edition(language, "clinician", pathway)
    return resolved.reading(edition, "x.pdf", "print")


def said(value: object) -> str:
    """A value of a view as text."""
    return " ".join(Markup(getattr(value, "__html__", lambda: str(value))()).striptags().split())


@pytest.mark.parametrize("pathway", PATHWAYS)
@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("kind", ["wall", "cards"])
def test_each_tier_flag_and_contact_is_printed(
    resolved: Resolved, printed: Printed, kind: str, language: str, pathway: str
) -> None:
    """Findings, entry criteria and telephone numbers stand there in full."""
    text = text_of(printed(kind, language, pathway).html)
    reading = reading_of(resolved, language, pathway)
    view = reading.view(reading.edition.content)
    site = reading.view(reading.edition.definitions.site)
    for flag in view.red_flags:
        assert said(flag.finding) in text
    for tier in view.tiers:
        assert said(tier.short) in text
        assert said(tier.enter.card) in text
    for contact in site.contacts:
        if "clinician" in contact.raw.for_:
            assert str(contact.raw.phone) in text
    assert str(reading.edition.definitions.site.emergency.phone) in text


@pytest.mark.parametrize("pathway", PATHWAYS)
def test_the_wall_has_reviews_waits_and_moves(
    resolved: Resolved, printed: Printed, pathway: str
) -> None:
    """Each longest wait, each review and each way up or down is there."""
    text = text_of(printed("wall", "en", pathway).html)
    reading = reading_of(resolved, "en", pathway)
    view = reading.view(reading.edition.content)
    for tier in view.tiers:
        assert said(tier.review.every) in text
        for step in (*tier.step_up, *tier.step_down):
            assert said(step.when.card) in text
    for wait in view.waits:
        for _, time in wait.targets:
            assert said(time) in text


@pytest.mark.parametrize("pathway", PATHWAYS)
def test_names_of_criteria_are_explained_where_they_are_used(
    resolved: Resolved, printed: Printed, pathway: str
) -> None:
    """A criterion that is called by its name is written out once, also one inside another."""
    reading = reading_of(resolved, "en", pathway)
    view = reading.view(reading.edition.content)
    used = set().union(*(tier.enter.names for tier in view.tiers))
    assert used
    for kind in ("wall", "cards"):
        text = text_of(printed(kind, "en", pathway).html)
        for name in used:
            criterion = view.criteria[name]
            assert f"{said(criterion.label)}: {said(criterion.when.card)}" in text


def test_nobody_prints_them_where_clinicians_are_not_served(resolved: Resolved) -> None:
    """Ukrainian is for patients and families only."""
    documents = Documents(resolved, Templates((packaged("templates"),)), "uk")
    assert not {d.kind for d in documents.all()} & {"wall", "cards"}
