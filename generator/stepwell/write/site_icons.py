"""The icons of the site as an app: the clinic's logo on white, or our mark in its colour.

They are printed and then drawn like documents, so that any logo looks as it does on paper.
"""

from __future__ import annotations

import base64

from stepwell.definitions.colors import WHITE, readable
from stepwell.model import Document, Website
from stepwell.write.cache import Cache
from stepwell.write.fonts import FontSet
from stepwell.write.place import Place
from stepwell.write.printed import printed
from stepwell.write.site_chrome import ICON, ICON_WHOLE
from stepwell.write.site_offline import ICONS
from stepwell.write.thumbnails import icon

_KINDS = {"svg": "image/svg+xml", "png": "image/png"}
_MARK = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="2 2 20 20">'
    '<path fill="#fff" d="M2 22V17h5v-5h5V7h5V2h5v20z"/></svg>'
)
_ROUND = "border-radius: 48pt"
_STYLES = """@page { size: 240pt; margin: 0 }
body { margin: 0 }
div { width: 240pt; height: 240pt; background: COLOR; SHAPE }
img { display: block; object-fit: contain; margin: auto; width: SIZEpt; height: SIZEpt;
  position: relative; top: calc((240pt - SIZEpt) / 2) }"""
# Of a whole icon a phone may cut all that lies outside of a circle of four fifths of its width:
# the square of its picture lies within.
_FORMS = ((ICON, _ROUND, "172"), (ICON_WHOLE, "", "134"))


def icons(
    website: Website, fonts: FontSet, place: Place, pdfs: Cache, pictures: Cache
) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """Path below the root -> PNG, and what is wrong. Nothing is drawn of what can't be printed.

    A logo of the website must lie in the folder of `place` already.
    """
    found: dict[str, bytes] = {}
    told: list[str] = []
    for name, shape, size in _FORMS:
        page = _document(website, place, shape, size)
        content, problems = printed(page, fonts, place.assets, pdfs)
        told += map(str, problems)
        for width in ICONS if content else ():
            found[name.format(width)] = icon(content, width, pictures)
    return found, tuple(dict.fromkeys(told))


def _document(website: Website, place: Place, shape: str, size: str) -> Document:
    if website.logo:
        picture = (place.folder / website.logo.path).read_bytes()
        kind, color = _KINDS[website.logo.name.rpartition(".")[2]], WHITE
    else:
        picture, kind, color = _MARK.encode(), _KINDS["svg"], readable(website.primary, WHITE)
    address = f"data:{kind};base64,{base64.b64encode(picture).decode()}"
    styles = _STYLES.replace("COLOR", color).replace("SHAPE", shape).replace("SIZE", size)
    html = (
        f'<!doctype html><html lang="{website.language}"><head><meta charset="utf-8">'
        f"<title>Icon</title><style>{styles}</style></head>"
        f'<body><div><img src="{address}" alt=""></div></body></html>'
    )
    return Document("app/icon.pdf", "Icon", website.language, "everybody", "", (), html, "icon")
