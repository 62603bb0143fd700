"""The website of one language, built for real by mkdocs into a temporary folder."""

from __future__ import annotations

import hashlib
import os
import pickle
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from stepwell.model import Heading, NavItem, Page, Website
from stepwell.write.site import write_website
from stepwell.write.site_assets import SharedFiles, write_assets
from stepwell.write.site_words import THEME_WORDS

TEMPLATES = Path(__file__).parents[2] / "templates"
HOSTILE = "<script>alert(1)</script> & \"x\" 'y' {{7*7}} {% raw %}"


def page(path: str, title: str = "A page", **changes: object) -> Page:
    """A small page; `path` is below the root."""
    small = Page(
        path=path,
        title=title,
        language=path.partition("/")[0],
        audience="patient",
        pathway="stepped",
        sources=(),
        html='<h1>Heading</h1><p>Text with <bdi dir="ltr">≥ 15</bdi> &amp; more.</p>',
        description="What it is about",
        headings=(Heading(2, "first", "First"), Heading(3, "inner", "Inner"), Heading(2, "b", "B")),
        kind="tier",
    )
    return replace(small, **changes)  # type: ignore[arg-type]


def website(language: str = "en", **changes: object) -> Website:
    """A site with a home page and a section of two pages."""
    paths = ["index.html", "care/overview.html", "care/tier-one.html"]
    pages = [page(f"{language}/{path}", f"Page {path}") for path in paths]
    inner = tuple(NavItem(one.title, one.path) for one in pages[1:])
    site = Website(
        language=language,
        direction="rtl" if language == "ar" else "ltr",
        name="Harbour Lane Clinic",
        address="https://pathways.example.org/care/",
        description="Care in steps",
        nav=(NavItem("Home", f"{language}/index.html"), NavItem("Stepped care", None, inner)),
        pages=tuple(pages),
        banner='<p>Crisis line <a href="tel:+441632960001">01632 960001</a></p>',
        footer="<p>Intended use</p>",
        words=(),
        languages=(("en", "English", "ltr"), ("ar", "العربية", "rtl")),
        primary="#0f5f6b",
        accent="#b3541e",
    )
    return replace(site, **changes)  # type: ignore[arg-type]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A site folder with the shared files in place."""
    folder = tmp_path / "out"
    write_assets(folder / "assets", TEMPLATES, primary="#0f5f6b", accent="#b3541e")
    return folder


def build(out: Path, site: Website, **options: object) -> list[str]:
    """Build a website into the folder; its warnings."""
    return write_website(site, out, TEMPLATES, assets=out / "assets", **options)  # type: ignore[arg-type]


def files(folder: Path) -> set[str]:
    """The paths of all files below a folder."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


class Elements(HTMLParser):
    """Every element of a page, with its attributes and the text directly inside it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None], list[str]]] = []
        self._open: list[list[str]] = [[]]
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs), []))
        self._open.append(self.found[-1][2])

    def handle_endtag(self, tag: str) -> None:
        if len(self._open) > 1:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].append(data)

    def values(self, tag: str, attribute: str) -> list[str]:
        """The values of an attribute on all elements of a name."""
        return [attrs[attribute] or "" for name, attrs, _ in self.found
                if name == tag and attribute in attrs]  # fmt: skip

    def texts(self, tag: str) -> list[str]:
        """The texts directly inside the elements of a name."""
        return ["".join(text).strip() for name, _, text in self.found if name == tag]


def read(out: Path, path: str) -> Elements:
    """The elements of a page that was built."""
    return Elements((out / path).read_text(encoding="utf-8"))


def test_pages_come_out_at_exactly_their_paths(out: Path) -> None:
    """A page lies where `Page.path` says, also where mkdocs would rename or leave it out."""
    paths = ["index.html", "readme.html", "templates/letter.html", "a/b/index.html"]
    pages = tuple(page(f"en/{path}") for path in paths)
    assert build(out, website(pages=pages, nav=())) == []
    assert files(out / "en") == {*paths, "404.html", "offline.html", "sitemap.xml"}


def test_article_is_printed_as_it_is(out: Path) -> None:
    """The finished article passes neither Markdown nor escaping."""
    html = "<h1>1 * 2 * 3</h1><p>*a* _b_ &lt;c&gt; {{ d }} 10~14~</p><pre>  x\n    y</pre>"
    build(out, website(pages=(page("en/index.html", html=html),), nav=()))
    assert html in (out / "en/index.html").read_text(encoding="utf-8")


def test_hostile_titles_are_text_everywhere(out: Path) -> None:
    """Markup and template syntax in a title, heading, name or word is printed as text."""
    headings = (Heading(2, "one", HOSTILE), Heading(3, 'tw"o', HOSTILE), Heading(2, "c", "C"))
    pages = tuple(
        page(f"en/{name}.html", HOSTILE, description=HOSTILE, headings=headings, pathway=HOSTILE)
        for name in ("index", "second", "third")
    )
    inner = tuple(NavItem(HOSTILE, one.path) for one in pages[1:])
    site = website(
        name=HOSTILE,
        pages=pages,
        nav=(NavItem(HOSTILE, pages[0].path), NavItem(HOSTILE, None, inner)),
        words=tuple((name, HOSTILE) for name, _ in THEME_WORDS),
        languages=(("en", HOSTILE, "ltr"), ("ar", HOSTILE, "rtl")),
    )
    build(out, site)
    for path in ("en/second.html", "en/404.html"):
        elements = read(out, path)
        assert not foreign(elements, out)
        assert elements.texts("title") == [HOSTILE]
        assert not any("49" in text for text in elements.texts("a"))
    elements = read(out, "en/second.html")
    assert elements.texts("a").count(HOSTILE) >= 8
    assert HOSTILE in elements.values("meta", "content")
    assert elements.values("article", "data-title") == [HOSTILE]


def foreign(elements: Elements, out: Path) -> list[str]:
    """The scripts inside a page but the one that its policy allows, and data."""
    early = SharedFiles.of(out / "assets").early.strip()
    return [
        "".join(text) for name, attrs, text in elements.found
        if name == "script" and "src" not in attrs and "".join(text).strip() != early
        and attrs.get("type") != "application/ld+json"
    ]  # fmt: skip


def test_no_inline_script_or_style(out: Path) -> None:
    """Pages keep a policy that allows only files of our own, and name no other host."""
    build(out, website())
    for path in ("en/index.html", "en/care/tier-one.html", "en/404.html"):
        assert not foreign(read(out, path), out)
        for name, attributes, _ in read(out, path).found:
            assert name != "style"
            assert not [key for key in attributes if key == "style" or key.startswith("on")]
        for address in read(out, path).values("link", "href") + read(out, path).values("a", "href"):
            assert "//" not in address or address.startswith("https://pathways.example.org/care/")


def test_a_script_that_counts_is_loaded_where_there_is_one(out: Path) -> None:
    """With its hash, like all others; a site without it loads nothing in its place."""
    build(out, website())
    assert "analytics" not in "".join(read(out, "en/index.html").values("script", "src"))
    (out / "assets/javascripts/analytics.js").write_text("count();", encoding="utf-8")
    build(out, website())
    (found,) = [
        attrs for name, attrs, _ in read(out, "en/index.html").found
        if name == "script" and "javascripts/analytics.js?v=" in str(attrs.get("src"))
    ]  # fmt: skip
    assert str(found["integrity"]).startswith("sha384-")


def test_navigation_opens_the_branch_of_the_page(out: Path) -> None:
    """A section leads to its first page, and shows its pages only to those who are in it."""
    build(out, website())
    home, tier = read(out, "en/index.html"), read(out, "en/care/tier-one.html")
    assert "care/overview.html" in home.values("a", "href")
    assert "Page care/tier-one.html" not in home.texts("a")
    assert "Page care/tier-one.html" in tier.texts("a")
    current = [text for _, attrs, text in tier.found if attrs.get("aria-current") == "page"]
    assert current == [["Page care/tier-one.html"]]
    assert tier.values("link", "rel").count("prev") == 1
    assert tier.values("link", "rel").count("next") == 0


def test_language_switch_leads_to_the_same_page(out: Path) -> None:
    """The switch and the hreflang links lead to the page that is being read."""
    build(out, website())
    tier = read(out, "en/care/tier-one.html")
    assert "../../ar/care/tier-one.html" in tier.values("a", "href")
    root = "https://pathways.example.org/care"
    hrefs = [
        attrs["href"] for name, attrs, _ in tier.found if name == "link" and "hreflang" in attrs
    ]
    assert hrefs == [f"{root}/en/care/tier-one.html", f"{root}/ar/care/tier-one.html"]


def test_language_switch_says_when_it_leads_home(out: Path) -> None:
    """Where the other language lacks the page, its home page is offered, and named so."""
    words = (("language-home", "only its home page"),)
    build(out, website(words=words), published={"ar": {"ar/index.html"}})
    tier = read(out, "en/care/tier-one.html")
    assert "../../ar/index.html" in tier.values("a", "href")
    assert "(only its home page)" in tier.texts("small")
    assert "ar" not in tier.values("link", "hreflang")


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_language_and_direction_are_declared(out: Path, language: str, direction: str) -> None:
    """The language stands on <html>, the direction on <html> and <body>."""
    build(out, website(language))
    elements = read(out, f"{language}/index.html")
    assert elements.values("html", "lang") == [language]
    assert elements.values("html", "dir") == elements.values("body", "dir") == [direction]


def test_crisis_line_and_footer_are_on_every_page(out: Path) -> None:
    """Banner and footer are on each page, the error page included."""
    build(out, website())
    for path in files(out / "en") - {"sitemap.xml"}:
        html = (out / "en" / path).read_text(encoding="utf-8")
        assert '<a href="tel:+441632960001">01632 960001</a>' in html
        assert "<p>Intended use</p>" in html


def test_interface_word_comes_from_material_or_is_reported(out: Path) -> None:
    """A word that the site lacks is mkdocs-material's; what stays English is a warning."""
    warnings = build(out, website("es"))
    html = (out / "es/index.html").read_text(encoding="utf-8")
    assert "Saltar a contenido" in html
    assert any("'crisis'" in warning and "'es'" in warning for warning in warnings)
    assert not any("'skip'" in warning for warning in warnings)


def test_language_unknown_to_material_is_built(out: Path) -> None:
    """A language that mkdocs-material does not know is built from the site's own words."""
    words = tuple((name, f"ti {name}") for name, _ in THEME_WORDS)
    assert build(out, website("ti", words=words)) == []
    assert "ti skip" in (out / "ti/index.html").read_text(encoding="utf-8")


def test_error_page_has_absolute_addresses(out: Path) -> None:
    """The error page is served from any address, so its links begin at the site's root."""
    build(out, website())
    elements = read(out, "en/404.html")
    assert elements.values("link", "href")[0].startswith("/care/assets/")
    assert "/care/en/index.html" in elements.values("a", "href")
    assert "noindex" in elements.values("meta", "content")
    assert not elements.values("article", "data-pagefind-body")


def test_sitemap_has_addresses_and_no_dates(out: Path) -> None:
    """The sitemap lists every page in every language, without times and without an archive."""
    build(out, website())
    sitemap = (out / "en/sitemap.xml").read_text(encoding="utf-8")
    assert sitemap.count("<loc>https://pathways.example.org/care/en/") == 3
    assert "lastmod" not in sitemap
    assert 'hreflang="ar"' in sitemap
    assert not list(out.rglob("*.gz"))


def test_site_without_address_has_relative_alternates_and_no_sitemap(out: Path) -> None:
    """Without an address nothing is invented."""
    build(out, website(address=""))
    assert not (out / "en/sitemap.xml").exists()
    elements = read(out, "en/care/tier-one.html")
    assert "../../ar/care/tier-one.html" in elements.values("link", "href")
    assert "canonical" not in elements.values("link", "rel")


def test_other_files_stay(out: Path) -> None:
    """Documents that were written before stay, and no working folder is left behind."""
    (out / "en/print").mkdir(parents=True)
    (out / "en/print/leaflet.pdf").write_bytes(b"%PDF")
    build(out, website())
    assert (out / "en/print/leaflet.pdf").read_bytes() == b"%PDF"
    assert {path.name for path in out.iterdir()} == {"assets", "en"}


def test_script_of_a_kind_is_loaded_by_its_pages(out: Path) -> None:
    """A page loads the script that is named after its kind, others do not."""
    pages = (page("en/index.html"), page("en/resources.html", kind="resources"))
    build(out, website(pages=pages, nav=()))
    scripts = read(out, "en/resources.html").values("script", "src")
    assert any("/pages/resources.js?" in script for script in scripts)
    assert not any(
        "/pages/" in script for script in read(out, "en/index.html").values("script", "src")
    )


def test_files_of_a_kind_are_loaded_in_their_order(out: Path) -> None:
    """The parts of a script come before the script; its style sheet after the common ones."""
    pages = (page("en/index.html"), page("en/finder.html", kind="finder"))
    build(out, website(pages=pages, nav=()))
    finder, index = read(out, "en/finder.html"), read(out, "en/index.html")
    scripts = [one.partition("?")[0] for one in finder.values("script", "src") if "/pages/" in one]
    assert [one.rpartition("/")[2] for one in scripts] == ["finder.criteria.js", "finder.js"]
    sheets = [one for one in finder.values("link", "href") if "/stylesheets/" in one]
    assert "/stylesheets/pages/finder.css?" in sheets[-1]
    assert not any("/pages/" in href for href in index.values("link", "href"))


@pytest.mark.parametrize(
    "path",
    ["index.html", "ar/index.html", "en/../index.html", "en//a.html", "en/a.htm", "en/404.html"],
)
def test_path_outside_the_language_is_refused(out: Path, path: str) -> None:
    """A path that would leave the folder of the language, or its page names, is a fault."""
    with pytest.raises(ValueError, match="not a path for a page"):
        build(out, website(pages=(page(path),), nav=()))


def test_same_path_twice_is_refused(out: Path) -> None:
    """Two pages cannot share a path."""
    with pytest.raises(ValueError, match="not a path for a page"):
        build(out, website(pages=(page("en/a.html"), page("en/a.html")), nav=()))


def test_shared_files_come_first(tmp_path: Path) -> None:
    """Without shared files a site would have no styles, so none is built."""
    with pytest.raises(FileNotFoundError, match="write_assets"):
        write_website(website(), tmp_path, TEMPLATES, assets=tmp_path / "assets")


def test_navigation_to_nowhere_is_a_warning(out: Path) -> None:
    """An entry of the navigation without a page is reported."""
    warnings = build(out, website(nav=(NavItem("Lost", "en/lost.html"),)))
    assert warnings == ["the navigation leads to 'en/lost.html', which is not a page"]


def test_nothing_is_printed(out: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Neither mkdocs nor mkdocs-material says anything on the terminal."""
    build(out, website())
    assert capfd.readouterr() == ("", "")


def test_only_what_is_needed_is_published(out: Path) -> None:
    """No worker, source map or script of mkdocs-material is published."""
    published = files(out / "assets")
    assert not [
        path for path in published if path.endswith(".map") or "lunr" in path or "bundle" in path
    ]
    css = (out / "assets/stylesheets/site.css").read_text(encoding="utf-8")
    assert css.startswith("@layer material{")
    assert "sourceMappingURL" not in css
    assert "/*" not in css


def test_colours_are_those_of_the_site(tmp_path: Path) -> None:
    """A colour that is none is refused before it reaches a stylesheet."""
    with pytest.raises(ValueError, match="#rrggbb"):
        write_assets(tmp_path, TEMPLATES, primary="red;}", accent="#000000")


def test_door_is_light() -> None:
    """Importing the module loads neither mkdocs nor any other library of the build."""
    code = (
        "import sys, stepwell.write.site, stepwell.write.search, stepwell.write.webfonts;"
        "print([name for name in ('mkdocs', 'material', 'pagefind_bin_extended', 'fontTools')"
        " if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=_environment()
    )
    assert done.stdout.strip() == "[]"


def test_work_can_be_sent_to_another_process() -> None:
    """The function and a website survive pickling, which worker processes need."""
    function, site = pickle.loads(pickle.dumps((write_website, website())))
    assert function is write_website
    assert site == website()


BUILD = """
import sys
from pathlib import Path
sys.path[:0] = sys.argv[2:]
from test_site import TEMPLATES, build, website
from tests.searches import index
from stepwell.write.site_assets import write_assets
from stepwell.write.webfonts import write_webfonts
out = Path(sys.argv[1])
write_webfonts(out, ["en", "ar"])
write_assets(out / "assets", TEMPLATES, primary="#0f5f6b", accent="#b3541e")
build(out, website())
index(out, "en")
"""


def _environment(**more: str) -> dict[str, str]:
    generator = str(TEMPLATES.parent / "generator")
    return {**os.environ, "PYTHONPATH": generator, **more}


def _digest(folder: Path) -> dict[str, str]:
    return {
        path: hashlib.sha256((folder / path).read_bytes()).hexdigest() for path in files(folder)
    }


def test_two_builds_are_the_same(tmp_path: Path) -> None:
    """Neither hash seed nor time zone nor the clock changes a byte of site, index or fonts."""
    trees = []
    for name, seed, zone in (("a", "1", "Pacific/Kiritimati"), ("b", "2", "America/Los_Angeles")):
        subprocess.run(
            [
                sys.executable,
                "-W",
                "ignore",
                "-c",
                BUILD,
                str(tmp_path / name),
                str(Path(__file__).parent),
                str(Path(__file__).parents[2]),
            ],
            check=True,
            env=_environment(PYTHONHASHSEED=seed, TZ=zone),
        )
        trees.append(_digest(tmp_path / name))
    assert trees[0] == trees[1]
