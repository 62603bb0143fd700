"""Gaps in words to copy: `[…]` stands where a clinician has to write something. Pure."""

from __future__ import annotations

import re

from markupsafe import Markup

_GAP = re.compile(r"\[((?:[^\[\]<>]|<[^>]*>)+)\]")
"""A gap in HTML; between its brackets may be whole elements, a role's link for example."""
_TAG = re.compile(r"<(/?)[a-z]")


def marked(html: Markup) -> Markup:
    """The same HTML with each gap as a `mark`; its brackets stay, and say that it is one."""

    def mark(match: re.Match[str]) -> str:
        return f'<mark class="sw-gap">{match[0]}</mark>' if _is_whole(match[1]) else match[0]

    return Markup(_GAP.sub(mark, str(html)))


def _is_whole(html: str) -> bool:
    """Whether each element that begins in some HTML ends in it, and no other ends."""
    depth = 0
    for tag in _TAG.finditer(html):
        depth += -1 if tag[1] else 1
        if depth < 0:
            return False
    return depth == 0
