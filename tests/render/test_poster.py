"""The poster for the wall: nothing that it is for is missing, and nothing is cut short."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from stepwell.model import Document
from stepwell.project import packaged
from stepwell.render.columns import columns, height
from stepwell.render.documents import Documents
from stepwell.render.environment import Templates
from stepwell.resolve import Resolved
from stepwell.resolve.sentences import Sentence

PATHWAYS = ("psychiatry-primary-care", "psychosomatic-stepped-care")


def poster(resolved: Resolved, language: str, pathway: str) -> Document:
    """The poster of a pathway, before it is laid out."""
    documents = Documents(resolved, Templates((packaged("templates"),)), language)
    return next(documents.chosen({(pathway, "poster")}))


def text_of(html: object) -> str:
    """The words of some HTML, with single spaces; each block parted from the next."""
    found = str(getattr(html, "__html__", lambda: str(html))()).partition("<body")
    return " ".join(Markup((found[2] or found[0]).replace("<", " <")).striptags().split())


@pytest.mark.parametrize("pathway", PATHWAYS)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_each_criterion_flag_wait_and_contact_is_printed(
    resolved: Resolved, language: str, pathway: str
) -> None:
    """Criteria, named ones and those to move, red flags, waits and telephones stand in full."""
    text = text_of(poster(resolved, language, pathway).html)
    edition = resolved.edition(language, "clinician", pathway)
    reading = resolved.reading(edition, "x.pdf", "print")
    view = reading.view(edition.content)
    for flag in view.red_flags:
        for part in (flag.finding, flag.action, flag.role.short, flag.within):
            assert text_of(part) in text
    for name, criterion in view.criteria:
        assert text_of(criterion.label) in text, name
        assert text_of(criterion.when.card) in text, name
    for tier in view.tiers:
        assert text_of(tier.short) in text
        for criterion in (tier.enter, *(s.when for s in (*tier.step_up, *tier.step_down))):
            for leaf in leaves(criterion.said(expand=False, form="card")):
                assert leaf in text
        assert text_of(tier.review.every) in text
    for wait in view.waits:
        assert all(text_of(time) in text for _, time in wait.targets)
    site = reading.view(edition.definitions.site)
    for contact in site.contacts:
        if "clinician" in contact.raw.for_:
            assert str(contact.raw.phone) in text
    assert str(edition.definitions.site.emergency.phone) in text


def leaves(said: Sentence) -> list[str]:
    """The single tests of a criterion, in words."""
    parts = said.parts
    if not parts:
        return [text_of(said.line)]
    return [leaf for part in parts for leaf in leaves(part)]


def test_nobody_prints_it_where_clinicians_are_not_served(resolved: Resolved) -> None:
    """Ukrainian is for patients and families only."""
    documents = Documents(resolved, Templates((packaged("templates"),)), "uk")
    assert (PATHWAYS[0], "poster") not in documents.names()


def test_columns_are_about_as_tall_and_in_order() -> None:
    """Entries keep their order, none is lost, and the tallest column is as low as can be."""
    entries = [Markup("x" * 30 * size) for size in (3, 1, 1, 1, 4, 2)]
    found = columns(entries, 3, 30)
    assert [entry for column in found for entry in column] == entries
    assert max(sum(height(entry, 30) + 1 for entry in column) for column in found) == 8
    assert columns([], 3, 30) == []
