"""What lies above all languages: the first page, the page for lost readers, files for robots.

`render.chooser` has made the bodies of the pages; `templates/chooser/frame.html` goes
around them. With them are written the files that servers read (`site_hosting`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape

from markupsafe import Markup

from stepwell.model import Front, Website, prefix
from stepwell.templating import environment, faults_located
from stepwell.write.site_assets import SharedFiles
from stepwell.write.site_hosting import write_hosting
from stepwell.write.site_policy import REFERRER, policy

FRAME = "chooser/frame.html"
SITEMAP = "sitemap.xml"


def write_root(
    fronts: Iterable[Front],
    websites: Sequence[Website],
    folder: Path,
    templates: Path,
    overrides: Path | None = None,
) -> None:
    """Write all that lies at the root of the site, whose shared files `folder` already has.

    `overrides` are templates that come before ours: a TemplateFault if one is at fault.
    """
    shared = SharedFiles.of(folder / "assets")
    address = websites[0].address.rstrip("/")
    common: dict[str, Any] = {
        "shared": shared,
        "early": Markup(shared.early),
        "policy": policy([shared.early_hash], meta=True),
        "referrer": REFERRER,
        "address": address,
        "preview": websites[0].preview,
        "languages": [website.language for website in websites],
    }
    folders = [one for one in (overrides, templates) if one]
    with faults_located(overrides, templates):
        frame = environment(folders, sandbox=overrides is not None).get_template(FRAME)
        for front in fronts:
            root = "" if front.found else f"{prefix(address)}/"
            content = Markup(front.content.decode())
            html = frame.render(common | {"front": front, "root": root, "content": content})
            (folder / front.path).write_text(html, encoding="utf-8")
    _write_for_robots(folder, address, common["languages"])
    write_hosting(folder, address, [shared.early_hash])


def _write_for_robots(folder: Path, address: str, languages: Sequence[str]) -> None:
    """A list of the languages' sitemaps, and `robots.txt`, which leads to it."""
    if not address:
        return
    maps = (f"{address}/{quote(language)}/{SITEMAP}" for language in languages)
    rows = "".join(f"<sitemap><loc>{escape(one)}</loc></sitemap>\n" for one in maps)
    (folder / SITEMAP).write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}'
        "</sitemapindex>\n",
        encoding="utf-8",
    )
    told = f"User-agent: *\nDisallow:\n\nSitemap: {address}/{SITEMAP}\n"
    (folder / "robots.txt").write_text(told, encoding="utf-8")
