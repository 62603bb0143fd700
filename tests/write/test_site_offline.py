"""What browsers are told to keep, the app's manifest and icons, and the worker."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from stepwell.model import Audience, Document, Logo, NavItem, Page, Website
from stepwell.write import Place
from stepwell.write.fonts import FontSet
from stepwell.write.inventory import NOTHING, Inventory
from stepwell.write.site import write_website
from stepwell.write.site_assets import write_assets
from stepwell.write.site_chrome import Chrome
from stepwell.write.site_icons import icons
from stepwell.write.site_offline import saved, write_offline
from stepwell.write.store import Store
from stepwell.write.webfonts import write_webfonts

TEMPLATES = Path(__file__).parents[2] / "templates"


def page(path: str, audience: Audience, kind: str, **more: Any) -> Page:
    """A page of a few words."""
    return Page(
        f"en/{path}", path, "en", audience, "", (), "<h1>One</h1>", "About", (), kind, **more
    )


PAGES = (
    page("index.html", "patient", "home"),
    page("resources.html", "patient", "resources"),
    page("a/monitoring.html", "clinician", "monitoring", pathway_name="A"),
    page("a/withheld.html", "clinician", "criteria", pathway_name="A", withheld=True),
)
SITE = Website(
    "en", "ltr", "Harbour Lane", "https://care.example/in/", "About",
    (NavItem("Home", PAGES[0].path),), PAGES, "<p>Crisis: 999</p>", "", (),
    (("en", "English", "ltr"),), "#0f5f6b", "#b3541e",
    synonyms="{}",
)  # fmt: skip
GUIDES = tuple(
    Document(f"en/print/a/{kind}.pdf", kind, "en", "clinician", "a", (), "", kind)
    for kind in ("pocket-guide", "poster")
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of four pages with two documents, and an index of one file."""
    out = tmp_path_factory.mktemp("kept")
    write_webfonts(out, ["en"])
    write_assets(out / "assets", TEMPLATES, primary="#0f5f6b", accent="#b3541e")
    write_website(SITE, out, TEMPLATES, assets=out / "assets")
    for path in (*(guide.path for guide in GUIDES), "en/search/pagefind.js"):
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_bytes(b"x")
    write_offline(out, TEMPLATES, [SITE], GUIDES, Inventory.of(out, NOTHING))
    return out


def told(folder: Path, name: str = "offline.json") -> dict[str, Any]:
    """A file of the language."""
    found: dict[str, Any] = json.loads((folder / "en" / name).read_text("utf-8"))
    return found


def test_the_list_has_what_clinicians_need(built: Path) -> None:
    """Pages of clinicians, the way to them, guides, the search, and no page that is withheld."""
    paths = [path for path, _ in told(built)["files"]]
    own = [path for path in paths if not path.startswith("assets/")]
    assert own == [
        "en/offline.html", "en/index.html", "en/a/monitoring.html",
        "en/print/a/pocket-guide.pdf", "en/synonyms.json", "en/search/pagefind.js",
    ]  # fmt: skip
    names = {path.partition("?")[0] for path in paths}
    assert {"assets/stylesheets/site.css", "assets/fonts/latin-400.woff2"} <= names
    assert {"assets/javascripts/theme.js", "assets/javascripts/pages/monitoring.js"} <= names
    assert len(paths) == len(set(paths))


def test_the_list_names_files_by_their_content(built: Path) -> None:
    """Each hash is that of its file, shared files have their version, and the version is of all."""
    found = told(built)
    for path, digest in found["files"]:
        content = (built / path.partition("?")[0]).read_bytes()
        assert digest == hashlib.sha256(content).hexdigest()[:16]
        assert ("?v=" in path) == (path.startswith("assets/") and not path.endswith(".woff2"))
    write_offline(built, TEMPLATES, [SITE], GUIDES, Inventory.of(built, NOTHING))
    assert told(built) == found
    guide = built / "en/print/a/pocket-guide.pdf"
    guide.write_bytes(b"y")
    write_offline(built, TEMPLATES, [SITE], GUIDES, Inventory.of(built, NOTHING))
    assert told(built)["version"] != found["version"]


def test_the_manifest_is_the_app_of_a_language(built: Path) -> None:
    """It has name, language and direction, holds the whole site, and names icons that exist."""
    app = told(built, "app.webmanifest")
    assert (app["name"], app["lang"], app["dir"]) == ("Harbour Lane", "en", "ltr")
    assert (app["start_url"], app["scope"]) == ("index.html", "../")
    assert [(built / "en" / icon["src"]).is_file() for icon in app["icons"]] == [True]


def test_the_page_for_no_connection_leads_to_what_is_kept(built: Path) -> None:
    """Its links are absolute, it says where they begin, and it has the crisis line."""
    text = (built / "en" / "offline.html").read_text("utf-8")
    assert 'data-root="/in/"' in text
    assert "Crisis: 999" in text
    assert '<a href="/in/en/a/monitoring.html">a/monitoring.html</a>' in text
    assert 'href="../' not in text
    groups = saved(Chrome(SITE, "assets", {}))
    assert [(name, [link.title for link in links]) for name, links in groups] == [
        ("", ["index.html"]), ("A", ["a/monitoring.html"]),
    ]  # fmt: skip


def test_switched_off_only_a_farewell_is_written(tmp_path: Path) -> None:
    """Pages then name no manifest and no worker; the worker takes itself away."""
    off = replace(SITE, offline=False, pages=PAGES[:1])
    write_assets(tmp_path / "assets", TEMPLATES, primary="#0f5f6b", accent="#b3541e")
    write_website(off, tmp_path, TEMPLATES, assets=tmp_path / "assets")
    write_offline(tmp_path, TEMPLATES, [off], GUIDES, Inventory.of(tmp_path, NOTHING))
    assert {path.name for path in (tmp_path / "en").iterdir()} == {
        "404.html", "index.html", "sitemap.xml", "synonyms.json",
    }  # fmt: skip
    markup = (tmp_path / "en" / "index.html").read_text("utf-8")
    assert not [word for word in ("webmanifest", "sw.js", "offline.js") if word in markup]
    assert "unregister" in (tmp_path / "sw.js").read_text("utf-8")


@pytest.mark.pdf
def test_icons_are_the_logo_or_our_mark(
    fonts: Callable[[str], FontSet], assets: Path, tmp_path: Path
) -> None:
    """Four squares; round corners are transparent, a whole icon is not, a logo stands on white."""
    place = Place(tmp_path, TEMPLATES, assets, Store.at(tmp_path / "cache"))
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'.format(
        '<path fill="#f00" d="M0 0h9v9H0z"/>'
    )
    (tmp_path / "logo.svg").write_text(drawing, encoding="utf-8")
    with_logo = replace(SITE, logo=Logo("logo.svg", 9, 9))
    for site, ground, middle in ((SITE, (15, 95, 107), None), (with_logo, (255,) * 3, (255, 0, 0))):
        found, problems = icons(site, fonts("en"), place, *place.caches())
        assert problems == ()
        sizes = {path: Image.open(BytesIO(content)).size for path, content in found.items()}
        assert sizes == {
            f"app/icon-{form}{size}.png": (size, size)
            for form in ("", "whole-") for size in (192, 512)
        }  # fmt: skip
        whole = Image.open(BytesIO(found["app/icon-whole-192.png"]))
        assert whole.getpixel((0, 0)) == (*ground, 255)
        assert middle is None or whole.getpixel((96, 96)) == (*middle, 255)
        round_ = Image.open(BytesIO(found["app/icon-192.png"]))
        assert round_.getchannel("A").getpixel((0, 0)) == 0
