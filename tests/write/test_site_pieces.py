"""Pages from shared pieces are those that mkdocs renders itself, byte for byte."""

from __future__ import annotations

import posixpath
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import ROOT, TODAY
from tests.write.test_site import HOSTILE, TEMPLATES, page, website

from stepwell import pipeline
from stepwell.load.interface import interface
from stepwell.model import Heading, NavItem, Page, Website
from stepwell.project import Project, packaged
from stepwell.render.environment import Templates
from stepwell.render.pages import Pages
from stepwell.render.plan import PATHWAY, SHARED, Row, topic
from stepwell.resolve import Resolved
from stepwell.source import Span
from stepwell.templating import TemplateFault
from stepwell.write import site_mkdocs
from stepwell.write.site import write_website
from stepwell.write.site_assets import write_assets
from stepwell.write.site_links import relative
from stepwell.write.site_pieces import Pieces
from stepwell.write.site_words import THEME_WORDS

LANGUAGES = (("en", "English", "ltr"), ("ar", "العربية", "rtl"), ("zh", "中文", "ltr"))
NAMES = ("Sleep", HOSTILE)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site folder with the shared files in place."""
    folder = tmp_path_factory.mktemp("pieces")
    write_assets(folder / "assets", TEMPLATES, primary="#0f5f6b", accent="#b3541e")
    return folder


def of_row(row: Row, path: str, number: int, **changes: object) -> Page:
    """A page of a kind; the `number` decides what else it has."""
    title = (f"{row.kind} & more", f"Sleep: {row.kind}", HOSTILE)[number % 3]
    headings = tuple(Heading(2 + one % 2, f"h{one}", f"{title} {one}") for one in range(number % 4))
    article = f"<h1>{row.kind}</h1><p>&lt;{number}&gt;</p>"
    made = page(
        path, title, kind=row.kind, audience=row.audience, headings=headings,
        description=("", "What it is about", "Long. " * 30)[number % 3],
        html=article + ('<div class="sw-meanings"></div>' if number % 2 else ""),
        topic=topic(row.kind), linked='{"@type": "MedicalWebPage"}' if number % 2 else "",
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def every_kind(language: str) -> Website:
    """A site with a page of each kind, of two pathways, and a notice."""
    shared = [of_row(row, f"{language}/{row.path}", at) for at, row in enumerate(SHARED)]
    shared.append(of_row(SHARED[1], f"{language}/notice.html", 1, withheld=True))
    nav = [NavItem(one.title, one.path) for one in shared]
    pages = list(shared)
    for inside, name in enumerate(NAMES):
        found = [
            of_row(
                row, f"{language}/p{inside}/{row.path.format('x')}", at + inside,
                pathway=f"p{inside}", pathway_name=name, place=f"{name} · {at}",
            )
            for at, row in enumerate(PATHWAY)
        ]  # fmt: skip
        below = tuple(NavItem(one.title, one.path) for one in found)
        parts = (*below[:2], NavItem("Apart", None, below[2:12]), NavItem("More", None, below[12:]))
        nav.insert(1 + inside, NavItem(name, None, parts))
        pages += found
    return website(language, pages=tuple(pages), nav=tuple(nav), languages=LANGUAGES)


def tree(folder: Path) -> dict[str, bytes]:
    """All files of a language."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def both(out: Path, site: Website, **options: Any) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """A language from pieces, and as mkdocs renders it."""
    trees = []
    for whole in (False, True):
        shutil.rmtree(out / site.language, ignore_errors=True)
        write_website(site, out, TEMPLATES, assets=out / "assets", whole=whole, **options)
        trees.append(tree(out / site.language))
    return trees[0], trees[1]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("address", ["https://pathways.example.org/care/", ""])
def test_every_kind_of_page_is_as_mkdocs_renders_it(out: Path, language: str, address: str) -> None:
    """Of each row of the plan, two pathways, a notice, and the pages for lost readers."""
    site = replace(every_kind(language), address=address)
    paths = {f"{tag}/{one.path.partition('/')[2]}" for tag in ("en", "ar", "zh")
             for one in site.pages if tag != "zh" or one.kind != "tier"}  # fmt: skip
    published = {tag: {path for path in paths if path.startswith(tag)} for tag in ("ar", "zh")}
    notices = {f"{language}/notice.html", "zh/p0/waits.html"}
    pieces, whole = both(out, site, published=published, notices=notices)
    assert {row.kind for row in (*SHARED, *PATHWAY)} == {one.kind for one in site.pages}
    assert pieces == whole
    assert {"404.html", "offline.html"} < pieces.keys()
    assert len(pieces) == len(site.pages) + 2 + bool(address)


def test_pages_of_a_project_are_as_mkdocs_renders_them(out: Path) -> None:
    """The finished articles of the small project, with the words of its language."""
    run = pipeline.Run()
    project = Project(ROOT / "tests" / "projects" / "small")
    read = pipeline.read(project, pipeline.Scope(), TODAY, run)
    assert read is not None
    resolved = Resolved(read, {"en": interface("en")}, TODAY)
    pages = Pages(resolved, Templates((packaged("templates"),)), "en", True)
    pieces, whole = both(out, pages.website(tuple(pages.all()), THEME_WORDS))
    for path, content in whole.items():
        assert pieces[path] == content


OVERRIDES: dict[str, dict[str, str]] = {
    "a page's title in a shared piece": {
        "partials/footer.html": "<footer>{{ view.title|upper }} {{ site_footer }}</footer>",
    },
    "a condition on a title": {
        "partials/search.html": "{% if view.title|length > 15 %}long{% else %}short{% endif %}",
    },
    "a part of a title": {
        "partials/brand.html": '{{ view["title"]|replace("e", "E") }}{{ view|attr("kind") }}',
    },
    "a view by another name": {
        "partials/footer.html": "{% set one = view %}{{ one.title }}",
    },
    "a view in another template": {
        "partials/footer.html": '{% include "partials/mine.html" %}{% include ["none.html"] '
        "ignore missing %}",
        "partials/mine.html": '{% import "partials/told.html" as told with context %}'
        "{{ told.title() }}",
        "partials/told.html": "{% macro title() %}{{ view.title }} {{ view.toc|length }}"
        "{% endmacro %}",
    },
    "a template that a page names": {
        "partials/footer.html": '{% include "partials/" ~ ("nav" if view.previous else "toc") ~ '
        '".html" %}',
        "partials/toc.html": "{{ view.title }}",
    },
    "names of the page": {
        "partials/footer.html": "{{ article|length }}{{ place }}{{ piece('partials/brand.html') }}",
    },
    "a page of nothing": {"main.html": "{% if view.kind == 'home' %}{{ article }}{% endif %}\n "},
    "an older page without pieces": {
        "main.html": '{% include "partials/nav.html" %}{% include "partials/footer.html" %}'
        "{{ article }}{{ view.title }}",
        "partials/nav.html": "{% for link in view.nav recursive %}{{ link.title }}{{ link.active }}"
        "{% if link.children %}{{ loop(link.children) }}{% endif %}{% endfor %}",
    },
}


def put(folder: Path, templates: Mapping[str, str]) -> Path:
    """Templates of a project, that take the place of the theme's."""
    for name, text in templates.items():
        path = folder / "theme" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", OVERRIDES)
def test_templates_of_a_project_are_as_mkdocs_renders_them(
    out: Path, tmp_path: Path, name: str
) -> None:
    """Whatever a replaced part reads of a page, no page has the part of another."""
    pieces, whole = both(out, website(), overrides=put(tmp_path, OVERRIDES[name]))
    assert pieces == whole
    assert len(set(pieces.values())) == len(pieces)


@pytest.mark.parametrize("text", ["<footer>\n{% if %}", "a\n{{ nothing }}", "\n{{ view.titel }}"])
def test_a_fault_in_a_piece_has_its_place(out: Path, tmp_path: Path, text: str) -> None:
    """What is wrong in a replaced piece is told with its file and line."""
    folder = put(tmp_path, {"partials/footer.html": text})
    with pytest.raises(TemplateFault) as caught:
        both(out, website(), overrides=folder)
    assert caught.value.span == Span("templates/theme/partials/footer.html", 2)


def renders(monkeypatch: pytest.MonkeyPatch, out: Path, site: Website) -> int:
    """How many pieces were rendered for a website."""
    kept: list[Pieces] = []

    def begun(*arguments: Any) -> Pieces:
        kept.append(Pieces(*arguments))
        return kept[-1]

    monkeypatch.setattr(site_mkdocs, "Pieces", begun)
    write_website(site, out, TEMPLATES, assets=out / "assets")
    return sum(one.renders for one in kept)


def test_a_piece_is_rendered_once_for_many_pages(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twice as many pages of the same kinds, in the same folder, need no piece more."""
    few, many = (
        tuple(page(f"en/care/{number}.html", f"Page {number}") for number in range(count))
        for count in (20, 40)
    )
    home = page("en/index.html", kind="home")
    sites = [website(pages=(home, *pages), nav=(NavItem("Home", home.path),))
             for pages in (few, many)]  # fmt: skip
    first, second = (renders(monkeypatch, out, site) for site in sites)
    assert 0 < first == second < 40


PARTS = st.sampled_from(("en", "ar", "a", "b", "index.html", "Maß"))


@given(
    st.lists(PARTS, min_size=1, max_size=5).map("/".join),
    st.lists(PARTS, max_size=4).map(lambda found: "/".join(found) or "."),
)
def test_addresses_are_those_of_paths(path: str, folder: str) -> None:
    """A path as seen from a folder is what the library of paths says."""
    assert relative(path, folder) == posixpath.relpath(path, folder)
