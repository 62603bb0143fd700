"""A paper is set as densely as it must be before it is laid out, so that it is laid out once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
import weasyprint
from hypothesis import given, settings
from hypothesis import strategies as st

from stepwell.model import Document
from stepwell.project import packaged
from stepwell.render.documents import Documents
from stepwell.render.documents_plan import documents
from stepwell.render.environment import Templates
from stepwell.resolve import Resolved
from stepwell.write import pdf
from stepwell.write.fonts import FontSet
from stepwell.write.pdf_density import DENSER, height, needed, set_densely, setting

STYLE = "@page { size: A4 } .tight { line-height: 1.1 }"
WORDY = (
    ("fr", "psychosomatic-stepped-care", "leaflet", "brief-intervention"),
    ("zh", "psychosomatic-stepped-care", "leaflet", "intensive-care-programme"),
    ("uk", "psychiatry-primary-care", "leaflet", "shared-care"),
    ("uk", "psychosomatic-stepped-care", "self-help", "stress"),
    ("uk", "psychiatry-primary-care", "leaflet-family", None),
)
"""Papers that needed up to three layouts when their density was found by laying them out."""


def paper(body: str, names: str = "leaflet", language: str = "en") -> Any:
    """The tree of a paper."""
    page = f"<html lang={language}><body class='{names}'>{body}"
    return weasyprint.HTML(string=page).etree_element


def paragraphs(count: int) -> str:
    """So many paragraphs of three lines or so."""
    return "<section><h2>What helps</h2>" + f"<p>{'Some words to read. ' * 12}</p>" * count


@settings(deadline=None)
@given(st.integers(0, 60), st.integers(0, 10), st.sampled_from(["en", "zh", "ar", "hi"]))
def test_more_text_is_never_set_less_densely(count: int, more: int, language: str) -> None:
    """A paragraph more needs the same classes or the next one."""
    few, many = (
        needed(paper(paragraphs(n), language=language), [STYLE]) for n in (count, count + more)
    )
    assert few <= many


def test_density_goes_from_none_to_all() -> None:
    """A short paper has no class, and one that no class can make fit has all of them."""
    found = {needed(paper(paragraphs(count)), [STYLE]) for count in range(15, 45)}
    assert found == {0, 1, 2, 3}


def test_each_class_makes_a_paper_lower() -> None:
    """What is estimated agrees with the order of the classes, airy or not."""
    (section,) = paper(paragraphs(9)).find("body")
    for airy in (True, False):
        heights = [height(section, 40, setting("en", airy, density)) for density in range(3)]
        assert heights == sorted(heights, reverse=True)
        assert len(set(heights)) == 3


def test_signs_of_danger_stand_below_each_other_in_a_long_text() -> None:
    """A list that would be balanced in two columns is one column there; half of it is wider."""
    signs = (
        "<div class=worse-text><ul>"
        + "<li>Call us today. Wait for nothing.</li>" * 9
        + "</ul></div>"
    )
    (element,) = paper(signs).find("body")
    some, more = (height(element, 40, setting("en", False, density)) for density in (1, 2))
    assert more > some * 1.5
    halves = "<div class=pair><div class=half><p>{}</p></div><div class='half said'></div></div>"
    (pair,) = paper(halves.format("Some words to read. " * 20)).find("body")
    wide, wider = (height(pair, 40, setting("en", False, density)) for density in (1, 2))
    assert wider < wide * 0.85


def test_what_begins_its_own_page_is_told_apart() -> None:
    """Two pages that are nearly full need no class; one and a half on the first page do."""
    page = paragraphs(10) + "</section>"
    practice = "<section class=practice></section>"
    assert needed(paper(page + practice + page), [STYLE]) == 0
    assert needed(paper(page + paragraphs(5) + "</section>" + practice), [STYLE]) > 0
    assert needed(paper(page + paragraphs(5)), [STYLE]) == 0


def test_nothing_is_left_out_for_a_guess() -> None:
    """The class that leaves out places comes later where there are two of them to lose."""
    place = "<p class={}>A place, and what it does</p>"

    def first_that_loses(name: str) -> int:
        papers = (paper(paragraphs(n) + place.format(name) * 2) for n in range(99))
        return [needed(one, [STYLE]) for one in papers].index(len(DENSER))

    assert first_that_loses("place") > first_that_loses("other")


def test_classes_are_added_where_styles_have_them() -> None:
    """The ones that a template gave stay; a paper whose styles know none is left as it is."""
    for style, names in (
        (STYLE, ["leaflet", "airy", *DENSER]),
        ("p { margin: 0 }", ["leaflet", "airy"]),
    ):
        tree = paper(paragraphs(60), "leaflet airy")
        set_densely(tree, [style])
        assert tree.find("body").get("class").split() == names


@pytest.mark.pdf
@pytest.mark.parametrize(("language", "pathway", "kind", "subject"), WORDY)
def test_a_wordy_paper_is_laid_out_once(
    language: str, pathway: str, kind: str, subject: str, resolved: Resolved,
    fonts: Callable[[str], FontSet], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Real papers that are too long as they are come out on their two pages at the first try."""
    render = Mock(wraps=pdf._render)
    monkeypatch.setattr(pdf, "_render", render)
    document = printed(resolved, language, pathway, kind, subject)
    found = pdf.make(document, fonts=fonts(language), assets=tmp_path)
    assert (found.pages, render.call_count, found.problems) == (2, 1, ())


@pytest.mark.pdf
def test_what_is_kept_whole_is_parted_only_where_no_class_helps(
    press: Callable[..., pdf.Made], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Signs of danger go to the next page together; they are parted where that saves a page."""
    render = Mock(wraps=pdf._render)
    monkeypatch.setattr(pdf, "_render", render)
    style = "p { margin: 0; break-inside: avoid } .worse { break-inside: avoid }"
    style += "@page { size: A4; margin: 20mm } .parted .worse { break-inside: auto }"
    block = "<p style='height: {}mm'>Text</p>"
    found = []
    for rest in ([10], [200], [200, 200]):
        signs = f"<div class=worse>{block.format(20) * 4}</div>"
        body = block.format(200) + signs + "".join(map(block.format, rest))
        made = press(body, head=f"<style>{style}</style>", max_pages=2)
        found.append((made.pages, render.call_count))
        render.reset_mock()
    assert found == [(2, 1), (2, 2), (4, 1)]


def printed(resolved: Resolved, language: str, pathway: str, kind: str, subject: str) -> Document:
    """A document of the samples."""
    definitions = resolved.definitions
    every = documents(definitions.pathways[pathway], definitions.site.look, clinical=False)
    (planned,) = (
        one for one in every
        if (one.row.kind, one.subject, one.edition) == (kind, subject, "standard")
    )  # fmt: skip
    return Documents(resolved, Templates((packaged("templates"),)), language)._document(
        planned, pathway
    )
