"""Pictures that site.yaml names: read safely, looked at, and written anew."""

from __future__ import annotations

from pathlib import Path

from stepwell.definitions.pictures import Picture, PicturePath
from stepwell.diagnostics import Diagnostics
from stepwell.load import files, png, svg
from stepwell.source import Span

MAX_BYTES = 100 * 1024
"""It lies in each document: a heavier one would make each leaflet slow to send."""


def picture(root: Path, path: PicturePath, content: str, said: Diagnostics) -> Picture | None:
    """The picture at a path below root/content, or None with a diagnostic that says why."""
    where = f"{content}/{path}"
    found = files.data(root, where, path.span, MAX_BYTES, said)
    if found is None:
        return None
    try:
        if path.endswith(".svg"):
            drawing, width, height = svg.cleaned(found)
            return Picture("svg", drawing, width, height)
        pixels, across, down = png.cleaned(found)
        return Picture("png", pixels, across, down)
    except svg.Unusable as fault:
        place = [(Span(where, fault.line, fault.column), "here")] if path.endswith(".svg") else []
        message = f"'{where}' can't be used as a picture: {fault}"
        said.add("SW123", path.span, message, "mend or export it again, or leave it away", place)
        return None
