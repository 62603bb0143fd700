"""A document as a PDF on its sheets, from the cache or made and kept there."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from stepwell.model import Direction, Document
from stepwell.write.cache import Cache
from stepwell.write.fetcher import IMAGES
from stepwell.write.fonts import FontSet


def printed(
    document: Document, fonts: FontSet, assets: Path, cache: Cache, key: str = ""
) -> tuple[bytes, tuple[str, ...]]:
    """A PDF from the cache, or made and, if it has no problem, kept there.

    The `key` is that of `pdf.key`, made here if it is not given. Pages that are too many for
    their sheet are not put on one: its problem says so.
    """
    from stepwell.write import imposition, pdf

    key = key or pdf.key(document, fonts, images(assets))
    if (known := cache.get(key)) is not None:
        return known, ()
    made = pdf.make(document, fonts=fonts, assets=assets)
    content = made.content
    too_long = any(getattr(problem, "code", "") == "SW604" for problem in made.problems)
    if content and document.imposition and not too_long:
        beside = replace(document, html=document.note, fillable=False)
        note = pdf.make(beside, fonts=fonts, assets=assets).content if document.note else b""
        content = imposition.imposed(content, document.imposition, direction_of(document), note)
    if content and not made.problems:
        cache.put(key, content)
    return content, made.problems


def direction_of(document: Document) -> Direction:
    """ltr or rtl, as the document says of itself."""
    return (
        "rtl" if '<html lang="' in document.html and ' dir="rtl"' in document.html[:400] else "ltr"
    )


def images(assets: Path) -> str:
    """The hash of all images under a folder, which documents may show."""
    found = sorted(path for path in assets.rglob("*") if path.suffix.lower() in IMAGES)
    made = hashlib.sha256()
    for path in found:
        if path.is_file():
            made.update(f"{path.relative_to(assets)}\0".encode())
            made.update(hashlib.sha256(path.read_bytes()).digest())
    return made.hexdigest()
