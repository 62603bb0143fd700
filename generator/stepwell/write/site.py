"""The website of one language: checks what it is given, builds it, puts it in place.

This is the door; behind it are `site_chrome` (what surrounds an article), `site_words`
(interface words), `site_colors` and `site_assets` (shared files), `site_mkdocs` (the
generator, imported only here and only when a website is built) and `search` (the
index). The templates are in `templates/theme/`.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path, PurePosixPath

from stepwell.model import Page, Website
from stepwell.write.site_assets import SharedFiles
from stepwell.write.site_chrome import NOT_FOUND, OFFLINE, SYNONYMS, Chrome
from stepwell.write.tree import Tree

ASIDE = ".site-"
"""How the names of folders begin in which pages are made before they are moved."""


def write_website(
    website: Website,
    out: Path,
    templates: Path,
    *,
    assets: Path,
    published: Mapping[str, Collection[str]] | None = None,
    notices: Collection[str] = (),
    overrides: Path | None = None,
    pages: Iterable[Page] | None = None,
    apart: bool = True,
    whole: bool = False,
) -> list[str]:
    """Write the pages of one language to their paths below `out`; return warnings.

    Also writes `404.html`, `offline.html` unless it is switched off, `synonyms.json`, the names
    that the search knows, if it has some, and, if the website has an address, `sitemap.xml` into
    the language's folder; other files in it are left alone. `assets` is the shared folder,
    below `out` and filled by `write_assets` (and, before it, `write_webfonts`), else
    FileNotFoundError. `published` has the paths of the other languages, where they
    differ, `notices` all at which only a notice stands; `overrides` are templates that come
    before ours, and what is wrong in them is a TemplateFault. Only `pages` are written, where
    they are told; those of the website may be cards then. With `whole` mkdocs renders each
    page itself, for comparison. ValueError for a path that is not
    below the language's folder.
    """
    _check_paths(website)
    shared = SharedFiles.of(assets)
    folder = PurePosixPath(Path(os.path.relpath(assets, out)).as_posix())
    chrome = Chrome(website, folder.as_posix(), published or {}, notices)
    out.mkdir(parents=True, exist_ok=True)
    # Next to its destination, so that each file is moved there and never half written.
    with tempfile.TemporaryDirectory(prefix=ASIDE, dir=out) as work:
        from stepwell.write.site_mkdocs import build_pages

        warnings = build_pages(
            chrome, shared, templates, Path(work), overrides,
            pages=website.pages if pages is None else pages, apart=apart, whole=whole,
        )  # fmt: skip
        _move(Path(work) / "site", out / website.language)
    if website.synonyms and apart:
        Tree(out).put(f"{website.language}/{SYNONYMS}", website.synonyms.encode())
    return _lost(chrome) + warnings


def _check_paths(website: Website) -> None:
    """Every page lies in the language's folder, under a name of its own."""
    seen: set[str] = set()
    for page in website.pages:
        parts = page.path.split("/")
        inside = parts[0] == website.language and len(parts) > 1 and page.path.endswith(".html")
        plain = not any(part in ("", ".", "..") for part in parts) and "\\" not in page.path
        if not (inside and plain) or parts[1:] in ([NOT_FOUND], [OFFLINE]) or page.path in seen:
            raise ValueError(f"not a path for a page in '{website.language}': {page.path!r}")
        seen.add(page.path)


def _lost(chrome: Chrome) -> list[str]:
    """Entries of the navigation without a page."""
    paths = {page.path for page in chrome.website.pages}
    return [
        f"the navigation leads to {branch.target!r}, which is not a page"
        for branch in chrome.order
        if branch.target not in paths
    ]


def _move(source: Path, target: Path) -> None:
    for path in sorted(path for path in source.rglob("*") if path.is_file()):
        destination = target / path.relative_to(source)
        destination.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(path, destination)
