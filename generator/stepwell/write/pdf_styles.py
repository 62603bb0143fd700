"""Styles of a document, read once for all documents that have the same.

Leaflets of a pathway differ in words, not in styles, and reading those takes a tenth of a
layout. So they are taken out, and `write.pdf` gives WeasyPrint what it read them to before.
"""

from __future__ import annotations

from typing import Any

_OPENS_FILES = ("url(", "@import", "@font-face")


def taken_out(root: Any) -> list[str]:
    """The styles in the head of a document, in their order; they are not in it any more.

    All stay where they are if one of them names a file, so that none changes its place.
    """
    head = root.find("head")
    found = [] if head is None else head.findall("style")
    texts = [style.text or "" for style in found]
    if any(name in text for text in texts for name in _OPENS_FILES):
        return []
    for style in found:
        head.remove(style)
    return texts
