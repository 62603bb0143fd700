"""What lies above all languages: the first page, the page for lost readers, files for robots."""

from __future__ import annotations

import base64
import hashlib
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest
from tests.conftest import ROOT
from tests.write.test_site import Elements, website

from stepwell.model import Front
from stepwell.write.site_assets import write_assets
from stepwell.write.site_root import write_root

HOSTILE = "</title><script>alert(1)</script>{{ 7*7 }}"
CHOOSER = Front(
    "index.html", "Clinic", "en", "everybody", "", (), b"<main>Choose</main>", "Care.", "ltr",
    "chooser.js", True,
)  # fmt: skip
LOST = replace(
    CHOOSER, path="404.html", content=b"<main>Lost</main>", script="lost.js", found=False
)


@pytest.fixture(scope="module")
def assets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the shared files of a clinic whose colour is green."""
    folder = tmp_path_factory.mktemp("root")
    write_assets(folder / "assets", ROOT / "templates", primary="#0b5d33", accent="#b3541e")
    return folder


def written(folder: Path, *fronts: Front, address: str = "https://clinic.example/care/") -> None:
    """Write these pages of a site in English and Arabic."""
    sites = [website(tag, address=address, preview="preview.png") for tag in ("en", "ar")]
    write_root(fronts, sites, folder, ROOT / "templates")


def links(page: Elements) -> dict[str, str]:
    """Language -> address of the page's other languages."""
    found = (attrs for name, attrs, _ in page.found if name == "link" and "hreflang" in attrs)
    return {str(attrs["hreflang"]): str(attrs["href"]) for attrs in found}


def test_the_first_page_names_all_languages_by_whole_addresses(assets: Path) -> None:
    """Also its own, for readers of no language of the site, and the picture for shared links."""
    written(assets, CHOOSER)
    page = Elements((assets / "index.html").read_text("utf-8"))
    root = "https://clinic.example/care"
    assert links(page) == {
        "en": f"{root}/en/index.html", "ar": f"{root}/ar/index.html", "x-default": f"{root}/",
    }  # fmt: skip
    assert f"{root}/preview.png" in page.values("meta", "content")
    assert "<main>Choose</main>" in (assets / "index.html").read_text("utf-8")


def test_files_have_their_version_and_their_hash(assets: Path) -> None:
    """So that no old one is shown, and no changed one is run; the hash is that of the file."""
    written(assets, CHOOSER)
    page = Elements((assets / "index.html").read_text("utf-8"))
    found = [attrs for _, attrs, _ in page.found if "integrity" in attrs]
    assert len(found) == 2
    for attrs in found:
        path, _, version = str(attrs.get("href") or attrs.get("src")).partition("?v=")
        digest = hashlib.sha384((assets / path).read_bytes()).digest()
        assert attrs["integrity"] == f"sha384-{base64.b64encode(digest).decode()}"
        assert re.fullmatch(r"[0-9a-f]{8}", version)


def test_the_first_page_has_the_colours_of_the_clinic(assets: Path) -> None:
    """They stand in the one stylesheet that it loads."""
    assert "--sw-primary:#0b5d33" in (assets / "assets/stylesheets/chooser.css").read_text("utf-8")


def test_the_page_for_lost_readers_works_at_any_depth(assets: Path) -> None:
    """Its files are named from the top of the host; search engines leave it out."""
    written(assets, LOST)
    page = Elements((assets / "404.html").read_text("utf-8"))
    named = page.values("link", "href") + page.values("script", "src")
    assert named
    assert all(one.startswith("/care/assets/") for one in named)
    assert "noindex" in page.values("meta", "content")


def test_what_a_clinic_is_called_is_text(assets: Path) -> None:
    """Markup in the title or the description of a page is printed, not read."""
    written(assets, replace(CHOOSER, title=HOSTILE, description=HOSTILE))
    page = Elements((assets / "index.html").read_text("utf-8"))
    assert page.texts("title") == [HOSTILE]
    assert page.values("meta", "content").count(HOSTILE) >= 3


def test_robots_are_led_to_the_sitemap_of_each_language(assets: Path, tmp_path: Path) -> None:
    """By whole addresses; a site without an address has no files for robots."""
    written(assets, CHOOSER)
    assert "Sitemap: https://clinic.example/care/sitemap.xml\n" in (
        assets / "robots.txt"
    ).read_text("utf-8")
    index = ET.fromstring((assets / "sitemap.xml").read_text("utf-8"))
    assert [one.text for one in index.iter() if one.tag.endswith("}loc")] == [
        f"https://clinic.example/care/{tag}/sitemap.xml" for tag in ("en", "ar")
    ]
    (tmp_path / "assets").symlink_to(assets / "assets")
    written(tmp_path, CHOOSER, address="")
    assert not (tmp_path / "robots.txt").exists()
    assert not (tmp_path / "sitemap.xml").exists()
