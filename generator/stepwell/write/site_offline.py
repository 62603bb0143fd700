"""What browsers keep of the site: pages to read without a connection, and the app's manifest.

Each language has a list, `offline.json`, of what a browser fetches after the first visit:
pages that clinicians read, pocket guides, what these load, and the search. A file is named
with the hash of its content, so that one that did not change is fetched once. The worker,
`sw.js` at the root, keeps them; it is the same text for every site, and where a clinic has
switched this off it takes away what older visits left. Nothing written here has a date.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
import shutil
from collections.abc import Container, Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from stepwell.definitions.colors import WHITE, readable
from stepwell.model import Document, Page, Website
from stepwell.write.inventory import Inventory
from stepwell.write.search_run import FOLDER as SEARCH
from stepwell.write.site_chrome import (
    APP,
    ICON,
    ICON_WHOLE,
    OFFLINE,
    SYNONYMS,
    WORKER,
    Chrome,
)
from stepwell.write.site_nav import Link
from stepwell.write.webfonts import FOLDER as FONTS
from stepwell.write.webfonts import SUBSETS, WEIGHTS, file_name

LIST = "offline.json"
GUIDES = ("pocket-guide",)
"""The kinds of documents that are kept."""
OPEN = ("home", "overview", "finder", "glossary")
"""The kinds of pages for everybody that are kept: they lead to those of clinicians."""
ICONS = (192, 512)
"""Widths of the icons of the app, in dots."""
_DIGITS = 16  # hexadecimal, of the hash of a file: chance never makes two alike
_OFF = "sw-off.js"
ASSETS = "assets"
_LOADED = re.compile(r'<(?:link|script|img)\b[^>]*?\b(?:href|src)="([^":]+)"')


def kept(website: Website) -> tuple[Page, ...]:
    """The pages of a language that browsers keep: for clinicians, and those that lead there."""
    return tuple(
        page
        for page in website.pages
        if (page.audience == "clinician" or page.kind in OPEN) and not page.notice
    )


def saved(chrome: Chrome) -> tuple[tuple[str, tuple[Link, ...]], ...]:
    """(pathway or "", links to its pages) of what is kept, as the page for no connection has it."""
    groups = groupby(kept(chrome.website), key=lambda page: page.pathway_name)
    return tuple(
        (name, tuple(Link(page.title, chrome.link(page.path, None)) for page in pages))
        for name, pages in groups
    )


def write_offline(
    folder: Path, templates: Path, websites: Iterable[Website], documents: Iterable[Document],
    inventory: Inventory, overrides: Path | None = None,
) -> None:  # fmt: skip
    """Write the worker, and of each language its list and manifest, into a finished folder.

    Call it after all that is kept was written, with the inventory of it. Where a website is not
    to be kept, the worker is one that removes itself.
    """
    found = tuple(websites)
    on = any(website.offline for website in found)
    shutil.copyfile(_theme(WORKER if on else _OFF, templates, overrides), folder / WORKER)
    guides = [one.path for one in documents if one.kind in GUIDES and not one.withheld]
    for website in found if on else ():
        own = [path for path in guides if path.startswith(f"{website.language}/")]
        _write_json(folder / website.language / LIST, _list(folder, website, own, inventory))
        _write_json(folder / website.language / APP, manifest(website, folder))


def _theme(name: str, templates: Path, overrides: Path | None) -> Path:
    own = overrides / "theme" / name if overrides else None
    return own if own and own.is_file() else templates / "theme" / name


def _list(
    folder: Path, website: Website, guides: Iterable[str], inventory: Inventory
) -> dict[str, Any]:
    """The list of a language: a version, and [address below the root, hash of the file] each."""
    found = dict.fromkeys(_addresses(folder, website, guides, inventory))
    rows = inventory.rows
    files = [[one, rows[unquote(urlsplit(one).path)][2][:_DIGITS]] for one in found]
    version = hashlib.sha256(json.dumps(files).encode()).hexdigest()[:_DIGITS]
    return {"version": version, "files": files}


def _addresses(
    folder: Path, website: Website, guides: Iterable[str], inventory: Inventory
) -> Iterator[str]:
    """What is kept, in the order in which it is fetched; what several pages load, repeatedly.

    First comes the page for no connection, with what it loads.
    """
    language, rows = website.language, inventory.rows
    known: dict[str, str] = {}
    for page in (f"{language}/{OFFLINE}", *(page.path for page in kept(website)), "index.html"):
        if page in rows:
            yield quote(page)
            yield from _loaded(folder / page, rows, known)
            yield from _fonts(folder, language)
    yield from map(quote, guides)
    for inside in (f"{language}/{SYNONYMS}", f"{language}/{SEARCH}/"):
        yield from (quote(path) for path in rows if path.startswith(inside))


def _loaded(page: Path, rows: Container[str], known: dict[str, str]) -> Iterator[str]:
    """The shared files that a page loads, with their versions, as addresses below the root.

    `known` has what addresses of other pages were found to be.
    """
    for address in dict.fromkeys(_LOADED.findall(page.read_text(encoding="utf-8"))):
        if address not in known:
            known[address] = _shared(address, rows)
        if known[address]:
            yield known[address]


def _shared(address: str, rows: Container[str]) -> str:
    """The address of a shared file below the root; nothing for what is none."""
    parts = urlsplit(html.unescape(address))
    # The page for no connection has absolute addresses, wherever the site lies.
    inside = parts.path.rpartition(f"{ASSETS}/")[2] if f"{ASSETS}/" in parts.path else ""
    if not inside or f"{ASSETS}/{unquote(inside)}" not in rows:
        return ""
    return f"{ASSETS}/{inside}" + (f"?{parts.query}" if parts.query else "")


def _fonts(folder: Path, language: str) -> Iterator[str]:
    """The web fonts that a language is read in."""
    for subset in SUBSETS:
        if subset.needed([language]):
            for weight in WEIGHTS:
                path = f"{ASSETS}/{FONTS}/{file_name(subset, weight)}"
                if (folder / path).is_file():
                    yield path


def manifest(website: Website, folder: Path) -> dict[str, Any]:
    """What a browser asks to install the language's site as an app, which begins at its home.

    The app holds all languages. Addresses are as seen from the language's folder; drawn icons
    are named where they are in `folder`.
    """
    icons = [
        {"src": f"../{path}", "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for name, purpose in ((ICON, "any"), (ICON_WHOLE, "maskable"))
        for size in ICONS
        if (folder / (path := name.format(size))).is_file()
    ]
    plain = {"src": f"../{ASSETS}/images/icon.svg", "sizes": "any", "type": "image/svg+xml"}
    return {
        "name": website.name,
        "short_name": website.name,
        "description": website.description,
        "lang": website.language,
        "dir": website.direction,
        "start_url": "index.html",
        "scope": "../",
        "display": "standalone",
        "display_override": ["minimal-ui"],
        "theme_color": readable(website.primary, WHITE),
        "background_color": WHITE,
        "icons": icons or [plain],
    }


def _write_json(path: Path, told: dict[str, Any]) -> None:
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    path.write_text(f"{text}\n", encoding="utf-8")
