"""Parts of pages that depend on the day or on the plan: waits and papers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from tests.conftest import TODAY

from stepwell.definitions.pathway import Pathway
from stepwell.definitions.project import Definitions
from stepwell.project import packaged
from stepwell.render.documents_plan import DOCUMENTS
from stepwell.render.downloads import downloads, printed
from stepwell.render.environment import Templates
from stepwell.render.pages import Pages
from stepwell.render.plan import PATHWAY
from stepwell.resolve import Resolved

BODY, MIND = "psychosomatic-stepped-care", "psychiatry-primary-care"
Shown = Callable[..., str]


@pytest.fixture(scope="module")
def shown(resolved: Resolved) -> Shown:
    """Renders a page of the pathway about body and mind, as it is or changed."""
    templates = Templates((packaged("templates"),))

    def page(kind: str, subject: str | None = None, content: Pathway | None = None) -> str:
        read = resolved
        if content:
            pathways = {**resolved.definitions.pathways, BODY: content}
            changed = replace(resolved.definitions, pathways=pathways)
            read = Resolved(changed, {"en": resolved.words["en"].translations}, TODAY)
        row = next(row for row in PATHWAY if row.kind == kind)
        pages = Pages(read, templates, "en", True)
        return pages._page(row, f"{BODY}/{row.path.format(subject)}", BODY, subject).html

    return page


def statement(html: str) -> str:
    """The box about the present wait."""
    return html.partition('<div data-until="')[2].partition("Measured on")[0].rpartition("<p")[0]


def test_only_a_late_tier_is_marked_and_offers_what_can_be_used(shown: Shown) -> None:
    """Where the target is held there is no alarm; where it is missed, words say so."""
    late, held = shown("tier", "brief-intervention"), shown("tier", "self-care")
    assert "longer than we aim for, which is at most" in late
    assert "Meanwhile you can use:" in late
    for words in ("longer than we aim for", "Meanwhile you can use:"):
        assert words not in held
    assert 'class="sw-notice"' in held.partition("Somebody who is referred")[0][-60:]
    assert 'class="sw-wait"' in late.partition("Somebody who is referred")[0][-60:]


def test_without_a_parallel_option_it_is_said_whom_to_ask(shown: Shown, real: Definitions) -> None:
    """Nobody who waits too long is left without a word."""
    content = real.pathways[BODY]
    bare = tuple(one.model_copy(update={"parallel": ()}) for one in content.capacity)
    html = shown("tier", "brief-intervention", content.model_copy(update={"capacity": bare}))
    assert "Ask what can help you meanwhile:" in html
    assert "Meanwhile you can use:" not in html


def test_papers_come_to_pages_by_the_plan(resolved: Resolved) -> None:
    """A document is linked from the pages that its row names, and each of them exists."""
    paths = {row.path for row in PATHWAY}
    for row in DOCUMENTS:
        assert set(row.also) <= paths, row.kind
    edition = resolved.edition("en", "clinician", MIND)
    for page, kind in (("referral", "form-letter"), ("red-flags", "cards"), ("index", "poster")):
        reading = resolved.reading(edition, f"{MIND}/{page}.html", "web")
        found = printed(downloads(resolved, reading, MIND), reading.page)
        assert kind in {one.kind for one in found}
        assert {one.pathway for one in found} == {MIND}
    patients = resolved.reading(
        resolved.edition("uk", "patient", MIND), f"{MIND}/index.html", "web"
    )
    assert printed(downloads(resolved, patients, MIND), f"{MIND}/red-flags.html") == []
