"""Spaces before inline elements, set apart, so that lines break where they should.

WeasyPrint 70 breaks a line after its first word when a text fits but not
together with the space at its end; a space in an element of its own does not
count. Nothing that is read changes. `write.pdf` calls this before layout.
"""

from __future__ import annotations

from typing import Any

INLINE = frozenset({"a", "b", "bdi", "span", "strong"})
FEWEST = 3
"""Words from which on it matters: two are as well broken as not, and a span costs time."""

_SPACES = " \n"


def loosen(root: Any) -> None:
    """Put each space that a text ends in, before an inline element, into a span. Changes `root`."""
    for parent in list(root.iter()):
        if isinstance(parent.tag, str) and not parent.tag.startswith("{"):
            for place in range(len(parent) - 1, -1, -1):
                if parent[place].tag in INLINE:
                    _set_apart(parent, place)


def _set_apart(parent: Any, place: int) -> None:
    before = parent[place - 1] if place else None
    text = (before.tail if before is not None else parent.text) or ""
    if text[-1:] not in _SPACES or len(text.split()) < FEWEST:
        return
    space = parent.makeelement("span", {})
    space.text = " "
    parent.insert(place, space)
    if before is None:
        parent.text = text.rstrip(_SPACES)
    else:
        before.tail = text.rstrip(_SPACES)
