"""Layout that holds: no text is cut, covered, crossed, parted or too small, however long it is.

`tests.stress` makes the texts, `tests.geometry` says what lies where. A document that is too
long for its form says so by SW604, with the surplus; that, and nothing else, may be wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import chain
from pathlib import Path

import pytest
from markupsafe import Markup
from tests import geometry
from tests.geometry import MILLIMETRE
from tests.stress import COMPOUND, Variant, longest, stressed

from stepwell.definitions.project import Definitions
from stepwell.definitions.walk import texts
from stepwell.model import Document
from stepwell.project import packaged
from stepwell.render.documents import Documents
from stepwell.render.documents_plan import DOCUMENTS, Planned, documents
from stepwell.render.environment import Templates
from stepwell.resolve import Resolved
from stepwell.write import pdf
from stepwell.write.fonts import FontSet

pytestmark = [pytest.mark.pdf, pytest.mark.xdist_group("geometry")]
Chosen = Callable[[Planned, str], bool]
Fonts = Callable[[str], FontSet]
PSYCHIATRY, PSYCHOSOMATIC = "psychiatry-primary-care", "psychosomatic-stepped-care"
OF_THE_OTHER = ("leaflet", "leaflet-wait", "self-help", "form-note", "form-case-review")
"""Kinds that the second pathway shows better: it has more tiers, waits and exercises."""
WALL = "poster"
"""The kind that hangs on a wall; the longest one takes as long as all others in a script."""
SMALL = ("pocket-guide", "pocket-guide-fold", "cards")
EDGES = {"pocket-guide-fold": 3.2, "cards": 2, "pocket-guide": 2.3}
"""Kind -> millimetres at the edge that a cut or a printer may take away; 4 for papers."""
SCRIPTS = ("en", "ar", "zh")
PAST = ("Past its review date", "The date for review has passed")


def least(planned: Planned) -> tuple[float, float]:
    """The smallest type of a kind of document, in points: of its pages, and of their foot."""
    if planned.row.kind in SMALL:
        return 7, 7
    if planned.edition == "large":
        return 18, 18
    return (11, 8) if planned.row.fillable and planned.row.kind != "form-care-plan" else (12, 8)


def faults(planned: Planned, document: Document, made: pdf.Made) -> Iterator[str]:
    """All that lies where it may not on the pages of a document."""
    edge = EDGES.get(planned.row.kind, 4) * MILLIMETRE
    type_size, foot = least(planned)
    for page in geometry.pages(made.content):
        yield from geometry.outside(page, edge)
        yield from geometry.overlapping(page)
        yield from geometry.crossed(page)
        yield from geometry.too_small(page, type_size, foot)
        yield from geometry.faint(page)
        if planned.row.kind not in (*SMALL, WALL):
            yield from geometry.too_wide(page)
    yield from geometry.parted(made.content, document.html)
    yield from geometry.missing(geometry.pages(made.content), written(document.html))


UNPRINTED = re.compile(
    r'<section class="(?:[^"]* )?(?:notes|spare|net)\b.*?</section>|<p class="place">.*?</p>'
    r'|<span class="blank">.*?</span>|<div class="running-(?:danger|top)">.*?</div>\s*</div>',
    re.DOTALL,
)
"""What is not shown, or not on a first page, or is the first to go where a text is long."""


def written(html: str) -> str:
    """All that a document should print."""
    body = html.partition("<body")[2].partition(">")[2]
    return Markup(UNPRINTED.sub("", body)).striptags()


def plans(resolved: Resolved, chosen: Chosen) -> Iterator[tuple[str, Planned]]:
    """(pathway, document) for each kind and edition once, about the subject that says most."""
    definitions = resolved.definitions
    for name, pathway in definitions.pathways.items():
        every = list(documents(pathway, definitions.site.look, clinical=True))
        for row in DOCUMENTS:
            subjects = tuple(one.subject for one in every if one.row is row and one.subject)
            subject = longest(pathway, subjects) if subjects else None
            for one in every:
                if one.row is row and one.subject == subject and chosen(one, name):
                    yield name, one


def one_of_each(planned: Planned, pathway: str) -> bool:
    """One document of each kind; the editions of one leaflet and of one sheet."""
    other = planned.row.kind in OF_THE_OTHER
    shown = planned.edition == "standard" or planned.row.kind in ("leaflet", "calendar")
    return shown and (pathway == PSYCHOSOMATIC) == other


def some_of_each(part: int, parts: int) -> Chosen:
    """One of so many parts of `one_of_each`: so that scripts share what takes long to print."""
    kinds = [(row.kind, edition) for row in DOCUMENTS for edition in row.editions]

    def chosen(planned: Planned, pathway: str) -> bool:
        place = kinds.index((planned.row.kind, planned.edition))
        mine = place % parts == part and planned.row.kind != WALL
        return mine and one_of_each(planned, pathway)

    return chosen


def everything(planned: Planned, pathway: str) -> bool:
    """Every kind and edition of both pathways."""
    return True


class Printer:
    """Prints documents of a project and says what is wrong with them."""

    def __init__(self, resolved: Resolved, language: str, fonts: Fonts, assets: Path) -> None:
        self.documents = Documents(resolved, Templates((packaged("templates"),)), language)
        self.resolved, self.fonts, self.assets = resolved, fonts(language), assets

    def unmarked(self, planned: Planned, made: pdf.Made) -> Iterator[str]:
        """Pages that do not say that the date for review has passed. A folded sheet is one page."""
        for page in geometry.pages(made.content)[: 1 if planned.imposition == "fold" else None]:
            said = " ".join(piece.text for piece in page.pieces)
            if not any(mark in said for mark in PAST):
                yield f"page {page.number}: nothing says that the date for review has passed"

    def wrong(self, chosen: Chosen) -> dict[str, list[str]]:
        """Name of a document -> what is wrong with it, but that it is too long."""
        found = {}
        for pathway, planned in plans(self.resolved, chosen):
            document = self.documents._document(planned, pathway)
            made = pdf.make(document, fonts=self.fonts, assets=self.assets)
            said = [str(p) for p in made.problems if getattr(p, "code", "") != "SW604"]
            if wrong := list(chain(said, faults(planned, document, made))):
                found[f"{pathway[:8]} {planned.name}"] = wrong[:5]
        return found


@pytest.fixture(scope="module")
def printer(
    real: Definitions, fonts: Fonts, tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., Printer]:
    """A printer of a variant in a language, on a paper."""
    assets = tmp_path_factory.mktemp("assets")

    @lru_cache
    def made(variant: Variant, language: str, paper: str = "A4") -> Printer:
        return Printer(stressed(real, language, variant, paper), language, fonts, assets)

    return made


@pytest.mark.parametrize("language", SCRIPTS)
def test_the_longest_texts_hold(printer: Callable[..., Printer], language: str) -> None:
    """Twelve tiers, sixty resources, words of sixty letters: each kind in one of three scripts."""
    chosen = some_of_each(SCRIPTS.index(language), len(SCRIPTS))
    assert printer("long", language).wrong(chosen) == {}


@pytest.mark.parametrize("language", SCRIPTS)
def test_the_shortest_texts_hold(printer: Callable[..., Printer], language: str) -> None:
    """One word in each field and nothing that is optional: each kind in one of three scripts."""
    chosen = some_of_each(SCRIPTS.index(language), len(SCRIPTS))
    assert printer("bare", language).wrong(chosen) == {}


def test_what_is_past_its_review_says_so_on_each_page(printer: Callable[..., Printer]) -> None:
    """Pages and cards come apart: none is without the mark, of no kind."""
    late = printer("bare", "en")
    found = {}
    for pathway, planned in plans(late.resolved, one_of_each):
        document = late.documents._document(planned, pathway)
        made = pdf.make(document, fonts=late.fonts, assets=late.assets)
        if said := list(late.unmarked(planned, made)):
            found[planned.name] = said
    assert found == {}


def test_letter_paper_holds(printer: Callable[..., Printer]) -> None:
    """A leaflet and a form on the paper of North America, which is wider and less high."""

    def papers(planned: Planned, pathway: str) -> bool:
        return planned.row.kind in ("medicine", "form-note") and one_of_each(planned, pathway)

    assert printer("long", "en", "Letter").wrong(papers) == {}


def test_no_page_of_a_booklet_stays_blank(printer: Callable[..., Printer]) -> None:
    """What lacks to a whole sheet has lines for notes."""
    bare = printer("bare", "en")
    (planned,) = (
        one
        for pathway, one in plans(bare.resolved, one_of_each)
        if one.edition == "booklet" and one.row.kind == "leaflet"
    )
    document = bare.documents._document(planned, PSYCHOSOMATIC)
    made = pdf.make(document, fonts=bare.fonts, assets=bare.assets)
    said = [" ".join(p.text for p in page.pieces) for page in geometry.pages(made.content)]
    assert len(said) % 4 == 0
    assert "My notes" in said[-1]


@pytest.mark.soak
@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("language", SCRIPTS)
@pytest.mark.parametrize("variant", ["long", "bare"])
def test_everything_holds(
    printer: Callable[..., Printer], variant: Variant, language: str, paper: str
) -> None:
    """Every kind and edition of both pathways, in three scripts, on both papers."""
    assert printer(variant, language, paper).wrong(everything) == {}


@pytest.mark.soak
@pytest.mark.parametrize("language", ["en", "es", "fr", "ar", "uk", "zh", "hi"])
def test_the_real_documents_hold(
    resolved: Resolved, fonts: Fonts, assets: Path, language: str
) -> None:
    """Every document that is published in a language."""
    assert Printer(resolved, language, fonts, assets).wrong(everything) == {}


def test_long_texts_are_long(real: Definitions) -> None:
    """Texts have grown by 40% or fill their room; a word of 60 letters stands in titles."""
    definitions = stressed(real, "en", "long").definitions
    before, after = (
        [text for pathway in one.pathways.values() for text in texts(pathway.tiers[0])]
        for one in (real, definitions)
    )
    assert all(
        len(new) >= 1.35 * len(old) or len(new) > (new.room or len(new)) - 9
        for old, new in zip(before, after, strict=True)
    )
    assert len(COMPOUND) == 60
    for pathway in definitions.pathways.values():
        assert len(pathway.tiers) == 12
        assert COMPOUND in pathway.tiers[0].title
    assert len(definitions.resources.resources) == 60


def test_short_texts_are_bare(real: Definitions) -> None:
    """A field has one word; there are no waits, contacts beyond one, resources or other tiers."""
    definitions = stressed(real, "en", "bare").definitions
    assert len(definitions.site.contacts) == 1
    assert definitions.resources.resources == ()
    for pathway in definitions.pathways.values():
        assert (len(pathway.tiers), pathway.waits, pathway.contingencies) == (1, (), ())
        assert all(" " not in said for text in texts(pathway) for _, said in text.blocks())


@pytest.fixture
def found(press: Callable[..., pdf.Made]) -> Callable[..., list[str]]:
    """What the checks find on pages that are laid out from a body and a head."""

    def run(body: str, head: str = "") -> list[str]:
        made = press(body, head=f"<style>body {{ font-size: 12pt }}</style>{head}")
        seen = geometry.pages(made.content)
        each = (geometry.overlapping, geometry.crossed, geometry.faint, geometry.too_wide)
        said = chain.from_iterable(check(page) for check in each for page in seen)
        outside = chain.from_iterable(geometry.outside(page, 4 * MILLIMETRE) for page in seen)
        small = chain.from_iterable(geometry.too_small(page, 12, 8) for page in seen)
        return [*said, *outside, *small, *geometry.parted(made.content, body)]

    return run


_RULE = "position: absolute; left: 0; top: 8pt; width: 60mm; border-top: 1pt solid"
SEEDED = {
    "lies over": "<p>A line of text</p><p style='position: absolute; top: 2pt; left: 20pt'>Two",
    "outside of the page": "<p style='position: absolute; left: 130mm; white-space: pre'>Too far",
    "hidden by a clip": "<p style='overflow: hidden; height: 8pt'>Only the upper half is seen",
    "crossed by a line": f"<p style='position: relative'>Some words<span style='{_RULE}'></span>",
    "set in 9.0 points": "<p>Large</p><p style='font-size: 9pt'>Small print",
    "too little contrast": "<p style='color: #777'>Grey on white",
    "letters in a line": f"<p style='font-size: 5pt'>{'many words ' * 20}",
    "a heading ends the page": "<p>Text</p><h2>Title</h2><p style='break-before: page'>Its text",
    "rows are split": "<div style='height: 165mm'>Text</div><table><tr><td>"
    + "<p>A line of a cell</p>" * 9,
}
"""What a check says -> a page with that fault."""


@pytest.mark.parametrize("said", SEEDED)
def test_a_seeded_fault_is_found(found: Callable[..., list[str]], said: str) -> None:
    """Each kind of fault is seen where it was put, so that silence means something."""
    assert any(said in fault for fault in found(SEEDED[said])), found(SEEDED[said])


def test_a_sound_page_has_no_fault(found: Callable[..., list[str]]) -> None:
    """Text, a heading, a table and a frame as they should be."""
    assert (
        found(
            "<h2>Heading</h2><p>Text below it.</p><table><tr><th scope=col>Step<td>1</table>"
            "<p style='border: 1pt solid; padding: 2mm'>What to do in danger.</p>"
        )
        == []
    )


def test_what_a_drawing_says_is_seen(found: Callable[..., list[str]]) -> None:
    """Two lines of a figure that lie over each other are found as two of a text are."""
    lines = "".join(f'<text x="9" y="{y}" font-size="16">A step</text>' for y in (20, 24))
    drawn = f'<svg width="120" height="40" viewBox="0 0 120 40">{lines}</svg>'
    assert any("lies over" in fault for fault in found(drawn))


def test_a_word_below_the_same_word_is_not_lost(press: Callable[..., pdf.Made]) -> None:
    """To pdfium the second one is a shadow of the first; it is printed all the same."""
    word = "Überweisungsmanagement"
    made = press(f"<p style='line-height: 1'><b>{word}</b><br>{word}</p>")
    assert list(geometry.missing(geometry.pages(made.content), word * 2)) == []


def test_a_lost_letter_is_found(press: Callable[..., pdf.Made]) -> None:
    """What was written and stands on no page is named."""
    made = press("<p>All of it <span style='display: none'>but not this sentence</span></p>")
    seen = geometry.pages(made.content)
    assert list(geometry.missing(seen, "All of it")) == []
    (said,) = geometry.missing(seen, "All of it but not this sentence")
    assert said.startswith("18 letters are not printed")
