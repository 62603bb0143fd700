"""QR codes as inline SVG. Owns segno."""

from __future__ import annotations

from functools import lru_cache

import segno
from markupsafe import Markup


@lru_cache(maxsize=256)
def qr_svg(address: str) -> Markup:
    """A QR code of an address as an SVG element without size; style it by its class `sw-qr`."""
    code = segno.make(address, error="m", micro=False)
    svg = code.svg_inline(border=2, omitsize=True, svgclass="sw-qr", lineclass=None, dark="#000")
    return Markup(svg)
