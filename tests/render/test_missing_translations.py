"""A missing translation is never a silent English sentence: a notice, or a marked sentence."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest
from markupsafe import escape
from tests.conftest import ROOT, TODAY

from stepwell import pipeline
from stepwell.definitions.base import Language, Text
from stepwell.definitions.project import Catalog, Definitions, Entry
from stepwell.definitions.walk import texts
from stepwell.diagnostics import Diagnostics
from stepwell.load.interface import interface
from stepwell.model import Document, Page, Rendered
from stepwell.project import Project, packaged
from stepwell.render import Renderer, render
from stepwell.render.environment import Templates
from stepwell.resolve import Resolved
from stepwell.source import NOWHERE
from stepwell.write.site_words import THEME_WORDS

Publish = Callable[..., tuple[Rendered, tuple[str, ...]]]
PHONES = (
    '<bdi dir="ltr" class="phone">999</bdi>',
    '<bdi dir="ltr" class="phone">020 7946 0100</bdi>',
)
SOURCE = '<span lang="en" dir="ltr">'


@pytest.fixture(scope="module")
def bilingual(tmp_path_factory: pytest.TempPathFactory) -> Definitions:
    """The small project in English and Arabic."""
    root = tmp_path_factory.mktemp("bilingual") / "project"
    shutil.copytree(ROOT / "tests" / "projects" / "small", root)
    site = root / "pathways" / "site.yaml"
    site.write_text(site.read_text().replace("published: [en]", "published: [en, ar]"))
    found = pipeline.read(Project(root), pipeline.Scope(), TODAY, pipeline.Run())
    assert found is not None
    return found


def _texts(definitions: Definitions) -> Iterable[Text]:
    for _, part in (*definitions.shared(), *definitions.pathways.items()):
        yield from texts(part)


@pytest.fixture(scope="module")
def publish(bilingual: Definitions) -> Publish:
    """Renders both languages with a catalog that lacks, or has as stale, some contexts."""
    templates = Templates((packaged("templates"),))

    def run(
        missing: tuple[str, ...] = (), stale: tuple[str, ...] = ()
    ) -> tuple[Rendered, tuple[str, ...]]:
        entries = {
            (text.context, block): Entry(
                f"ترجمة {text.context}| {block}", text.context in stale, NOWHERE
            )
            for text in _texts(bilingual)
            for _, block in text.blocks()
            if text.context not in missing
        }
        definitions = replace(bilingual, catalogs={"ar": Catalog("ar", entries)})
        resolved = Resolved(definitions, {tag: interface(tag) for tag in ("en", "ar")}, TODAY)
        diagnostics = Diagnostics()
        found = Rendered.of(
            render(Renderer(resolved, templates, ["en", "ar"], True), THEME_WORDS, diagnostics)
        )
        return found, tuple(one.message for one in diagnostics.sorted())

    return run


ABOUT_OTHERS = ("translations", "downloads")
"""Kinds of pages that count or link to what there is in other languages."""


def arabic(found: Rendered) -> dict[str, Page | Document]:
    """Path -> page or document in Arabic."""
    pages: list[Page | Document] = [page for site in found.websites for page in site.pages]
    return {one.path: one for one in [*pages, *found.documents] if one.language == "ar"}


def notice(artifact: Page | Document) -> bool:
    """Whether an artifact is the notice that stands for it."""
    words = interface("ar").gettext
    why = "not available in your language yet, because a text that matters for safety has no"
    sentences = [f"This {what} is {why} current translation." for what in ("page", "document")]
    return any(str(escape(words(sentence))) in artifact.html for sentence in sentences)


def test_with_every_translation_nothing_is_in_another_language(publish: Publish) -> None:
    """A whole catalog gives no notice and no marked sentence."""
    found, problems = publish()
    assert problems == ()
    for artifact in arabic(found).values():
        assert not notice(artifact)
        assert SOURCE not in artifact.html
        marked = artifact.html.replace('<html lang="en"', "").replace('hreflang="en" lang="en"', "")
        assert 'lang="en"' not in marked  # but for links to a document in English


@pytest.mark.parametrize("how", ["missing", "stale"])
@pytest.mark.parametrize(
    "context",
    [
        "sleep/tiers/advice/for-patients/if-worse",
        "sleep/tiers/treatment/for-clinicians/safety",
        "sleep/red-flags/driving/action",
        "sleep/family/warning-signs",
    ],
)
def test_a_page_that_needs_a_safety_text_is_replaced(
    publish: Publish, how: str, context: str
) -> None:
    """Without it each page and PDF that has it in English is a notice with the phones, no other."""
    found, _ = publish(**{how: (context,)})
    pages, whole = arabic(found), arabic(publish()[0])
    notices = {path for path, artifact in pages.items() if notice(artifact)}
    assert notices == {path for path, one in whole.items() if f"{context}|" in one.html}
    assert notices
    for path in notices:
        assert f"{context}|" not in pages[path].html
        assert all(phone in pages[path].html for phone in PHONES)
    for path in pages.keys() - notices:
        assert SOURCE not in pages[path].html


def test_a_notice_leads_to_the_source_and_carries_its_obligations(publish: Publish) -> None:
    """It links to the same page in the source language; nothing that outputs carry is missing."""
    found, problems = publish(missing=("sleep/red-flags/driving/action",))
    assert problems == ()
    page = arabic(found)["ar/sleep/red-flags.html"]
    assert notice(page)
    assert 'href="../../en/sleep/red-flags.html"' in page.html
    found, problems = publish(missing=("sleep/family/warning-signs",))
    assert problems == ()
    document = arabic(found)["ar/print/sleep/leaflet-family.pdf"]
    assert notice(document)
    assert isinstance(document, Document)
    assert (document.max_pages, document.imposition) == (1, "")


def test_the_source_language_never_has_a_notice(publish: Publish) -> None:
    """What is missing in one language changes nothing in another."""
    before, after = publish()[0], publish(missing=("sleep/red-flags/driving/action",))[0]
    for one, other in zip(before.websites[0].pages, after.websites[0].pages, strict=True):
        assert one.language == "en"
        assert one.html == other.html or one.kind in ABOUT_OTHERS
    for document, same in zip(before.documents, after.documents, strict=True):
        assert document.language != "en" or document.html == same.html


@pytest.mark.parametrize("how", ["missing", "stale"])
@pytest.mark.parametrize(
    ("context", "source", "path"),
    [
        ("sleep/tiers/advice/summary", "You get advice.", "ar/sleep/tier-advice.html"),
        ("site/welcome", "You are welcome.", "ar/index.html"),
        ("vocabulary/roles/gp/does", "Looks after your health.", "ar/sleep/role-gp.html"),
        ("site/tagline", "Care in steps.", "ar/index.html"),
    ],
)
def test_any_other_text_is_shown_in_the_source_language_and_marked(
    publish: Publish, how: str, context: str, source: str, path: str
) -> None:
    """A text about care keeps its sentence, in an element with its language and direction."""
    found, _ = publish(**{how: (context,)})
    page = arabic(found)[path]
    assert not notice(page)
    marked = [f'<{tag} lang="en" dir="ltr">{source}</{tag}>' for tag in ("span", "p", "li")]
    assert any(mark in page.html for mark in marked)
    assert page.html.count(source) == sum(page.html.count(mark) for mark in marked)


def test_a_language_for_patients_only_has_no_pages_for_clinicians(bilingual: Definitions) -> None:
    """Clinicians' pages lead to the source; their PDFs and data are not made; the rest is whole."""
    only = {"for_patients_only": (Language("ar"),)}
    languages = bilingual.site.languages.model_copy(update=only)
    site = bilingual.site.model_copy(update={"languages": languages})
    entries = {
        (text.context, block): Entry(f"ترجمة {block}", False, NOWHERE)
        for text in _texts(bilingual)
        if text.readers == "patients"
        for _, block in text.blocks()
    }
    read = replace(bilingual, site=site, catalogs={"ar": Catalog("ar", entries)})
    resolved = Resolved(read, {tag: interface(tag) for tag in ("en", "ar")}, TODAY)
    diagnostics = Diagnostics()
    templates = Templates((packaged("templates"),))
    rendering = render(Renderer(resolved, templates, ["en", "ar"], True), THEME_WORDS, diagnostics)
    found = arabic(Rendered.of(rendering))
    says = escape(interface("ar").gettext(
        "This page is for clinicians. It is not available in this language."
    ))  # fmt: skip
    clinical = {path for path, one in found.items() if one.audience in ("clinician", "lead")}
    assert clinical == {path for path, one in found.items() if str(says) in one.html}
    assert "ar/sleep/criteria.html" in clinical
    assert 'href="../../en/sleep/criteria.html"' in found["ar/sleep/criteria.html"].html
    for path in found.keys() - clinical:
        assert not notice(found[path]), path
        assert SOURCE not in found[path].html, path
    assert not any("pocket-guide" in path for path in found)
    assert any("leaflet" in path for path in found)
    assert not any("pocket-guide" in found[path].html for path in found)
