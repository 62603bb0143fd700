"""Draws the picture beside shared links: printed like a document, so that every script is right."""

from __future__ import annotations

from pathlib import Path

from stepwell.model import Document, Preview
from stepwell.write.cache import Cache
from stepwell.write.fonts import FontSet
from stepwell.write.printed import printed
from stepwell.write.thumbnails import drawn


def picture(
    preview: Preview, fonts: FontSet, assets: Path, pdfs: Cache, pictures: Cache
) -> tuple[bytes, list[str]]:
    """The PNG, and what is wrong with it. It has no bytes if it can't be printed."""
    page = Document(
        preview.path, preview.title, preview.language, preview.audience, "", preview.sources,
        preview.html, "preview",
    )  # fmt: skip
    content, problems = printed(page, fonts, assets, pdfs)
    made = drawn("shared", content, pictures) if content else b""
    return made, list(map(str, problems))
