"""What surrounds an article: navigation, way, contents and neighbours, without mkdocs."""

from __future__ import annotations

from stepwell.model import Heading, NavItem, Page, Website
from stepwell.write.site_chrome import Chrome, contents
from stepwell.write.site_nav import Link

PATHS = ("en/index.html", "en/care/overview.html", "en/care/tiers/one.html", "en/about.html")
NAV = (
    NavItem("Home", PATHS[0]),
    NavItem("Care", None, (
        NavItem("Overview", PATHS[1]),
        NavItem("Tiers", None, (NavItem("One", PATHS[2]),)),
        NavItem("Empty", None, (NavItem("Nothing"),)),
    )),
    NavItem("About", PATHS[3]),
)  # fmt: skip


def chrome(address: str = "https://example.org/") -> Chrome:
    """A site of four pages in three levels."""
    pages = tuple(
        Page(path, f"Title {path}", "en", "patient", "", (), "", "", (), "tier") for path in PATHS
    )
    site = Website(
        "en", "ltr", "Clinic", address, "About us", NAV, pages, "", "", (),
        (("en", "English", "ltr"),), "#000000", "#000000",
    )  # fmt: skip
    return Chrome(site, "assets", {})


def test_addresses_are_relative_to_the_page() -> None:
    """Each address leads from the page's own folder, so that a copy on a disk works."""
    view = chrome().view(chrome().website.pages[2])
    assert (view.home, view.assets, view.search) == (
        "../../index.html", "../../../assets", "../../search",
    )  # fmt: skip


def test_sections_without_pages_are_left_out() -> None:
    """A section that leads nowhere is not printed."""
    care = chrome().view(chrome().website.pages[1]).nav[1]
    assert [link.title for link in care.children] == ["Overview", "Tiers"]


def test_only_the_branch_of_the_page_is_open() -> None:
    """Children are listed on the way to the page, and nowhere else."""
    home, care, about = chrome().view(chrome().website.pages[2]).nav
    assert (home.children, about.children) == ((), ())
    assert care.active
    assert not care.current
    assert care.children[1].children == (Link("One", "one.html", True, True),)


def test_section_is_not_its_first_page() -> None:
    """On the first page of a section, the page is current and the section is not."""
    _, care, _ = chrome().view(chrome().website.pages[1]).nav
    assert care.active
    assert not care.current
    assert care.children[0].current


def test_way_names_the_sections() -> None:
    """The way has the sections from the outermost, without the page itself."""
    crumbs = chrome().view(chrome().website.pages[2]).crumbs
    assert [link.title for link in crumbs] == ["Care", "Tiers"]
    assert chrome().view(chrome().website.pages[0]).crumbs == ()


def test_neighbours_follow_the_navigation() -> None:
    """Previous and next follow the order of reading and carry the titles of the pages."""
    view = chrome().view(chrome().website.pages[2])
    assert view.previous == Link("Title en/care/overview.html", "../overview.html")
    assert view.next == Link("Title en/about.html", "../../about.html")
    assert chrome().view(chrome().website.pages[0]).previous is None


def test_contents_nest_by_level() -> None:
    """Headings of level 3 stand below the level 2 before them; a first level 3 stands alone."""
    found = contents((
        Heading(3, "a", "A"), Heading(2, "b", "B"), Heading(3, "c", "C"), Heading(2, "d é", "D"),
    ))  # fmt: skip
    assert [link.title for link in found] == ["A", "B", "D"]
    assert found[1].children == (Link("C", "#c"),)
    assert found[2].url == "#d%20%C3%A9"


def test_error_page_has_absolute_links() -> None:
    """Links of the error page begin with the path of the site's address."""
    assert (
        chrome("https://example.org/care/").apart("404.html", "Lost").home == "/care/en/index.html"
    )
    assert chrome("").apart("404.html", "Lost").home == "/en/index.html"
