"""What search engines read of a page: valid JSON, true, and unable to end its element."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from markupsafe import Markup
from tests.conftest import ROOT, TODAY

from stepwell import pipeline
from stepwell.definitions.project import Definitions
from stepwell.model import Page
from stepwell.project import Project
from stepwell.render.descriptions import MOST, description
from stepwell.render.linked_data import linked_data

NAME = "sleep"
PAGE = Page(
    f"ar/{NAME}/index.html", "Überblick", "ar", "patient", NAME, (), "", "Care in steps.", (),
    "overview", pathway_name="Stepped care",
)  # fmt: skip


@pytest.fixture(scope="module")
def read_once() -> Definitions:
    """What the small project says."""
    project = Project(ROOT / "tests" / "projects" / "small")
    found = pipeline.read(project, pipeline.Scope(), TODAY, pipeline.Run())
    assert found is not None
    return found


def read(page: Page, read_once: Definitions) -> dict[str, Any]:
    """The linked data of a page of the sample pathway."""
    found: dict[str, Any] = json.loads(linked_data(page, read_once.site, read_once.pathways[NAME]))
    return found


def test_a_page_of_a_pathway_says_for_whom_and_how_old(read_once: Definitions) -> None:
    """Reader, language, publisher, version and review are those of the content."""
    found, pathway = read(PAGE, read_once), read_once.pathways[NAME]
    assert found["@type"] == "MedicalWebPage"
    assert found["audience"] == {"@type": "Patient"}
    assert found["inLanguage"] == "ar"
    assert found["publisher"]["name"] == read_once.site.name
    assert found["lastReviewed"] == pathway.reviewed.isoformat()
    assert found["version"] == pathway.version
    assert found["url"] == f"{read_once.site.url.rstrip('/')}/ar/{NAME}/index.html"


def test_what_is_about_the_pathway_itself_is_a_guideline(read_once: Definitions) -> None:
    """A clinic stands behind it only if it has approved it; other pages are not one."""
    told = read(replace(PAGE, kind="criteria"), read_once)["mainEntity"]
    pathway = read_once.pathways[NAME]
    assert (told["@type"], told["name"]) == ("MedicalGuideline", "Stepped care")
    assert "recognizingAuthority" not in told
    assert "mainEntity" not in read(replace(PAGE, kind="waits"), read_once)
    approved = pathway.model_copy(update={"status": "approved", "approved": pathway.reviewed})
    told = json.loads(linked_data(PAGE, read_once.site, approved))["mainEntity"]
    assert told["recognizingAuthority"]["name"] == read_once.site.name


@pytest.mark.parametrize("bad", ["</script><img src=x>", "<!--<script>", "]]>&amp;\u2028", '"}'])
def test_no_text_ends_the_element(bad: str, read_once: Definitions) -> None:
    """Texts come out as they were, and no character of markup stands in between."""
    page = replace(PAGE, title=bad, description=bad)
    text = str(linked_data(page, read_once.site, None))
    assert not set("<>&\u2028") & set(text)
    assert json.loads(text)["name"] == json.loads(text)["description"] == bad


def test_a_notice_says_nothing(read_once: Definitions) -> None:
    """It is not what its address promises."""
    assert linked_data(replace(PAGE, withheld=True), read_once.site, None) == ""


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ('<p>Other words here.</p><p class="sw-lead">The <b>lead</b>.</p>', "The lead."),
        (('<section class="sw-redflag sw-redflag--compact"><p>Red flags first of all</p></section>'
         "<p>Read <a href=x>this</a> first.</p>"), "Read this first."),
        ('<div class="sw-crisis"><p>Call 999 at once, please.</p></div><p>The page itself.</p>',
         "The page itself."),
        ("<p><a href=x>What is done in this step</a></p><p>Checks by month.</p>",
         "Checks by month."),
        ('<footer class="sw-page-end"><p>Tell us what is wrong.</p></footer>', ""),
        ("<p>重度抑郁者由专科团队治疗，并尽快联系。</p>", "重度抑郁者由专科团队治疗，并尽快联系。"),
    ],
)  # fmt: skip
def test_a_page_is_described_by_its_own_first_sentence(html: str, said: str) -> None:
    """By its lead if it has one; not by what stands on every page, nor by a mere link."""
    assert description(Markup(html), "ltr") == said


def test_a_description_is_cut_between_words() -> None:
    """It has at most MOST letters and says that there is more."""
    found = description(Markup(f"<p>{'seventeen letters ' * 30}</p>"), "ltr")
    assert len(found) <= MOST + 1
    assert found.endswith(("letters…", "seventeen…"))
    assert description(Markup(f"<p>{'字' * 300}</p>"), "ltr") == f"{'字' * MOST}…"
