"""Room for what runs in the margins of pages: the words for danger, and the foot.

A page has margins of a fixed height, and what runs in them has not: it grows with the
language and with what a clinic writes. What does not fit would be printed over the
edge of the paper, so the margins grow instead, on a second layout.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

SMALL = 130 * 96 / 25.4
"""CSS pixels of width up to which a page is a small one, to be cut or for a telephone."""
EDGE, SMALL_EDGE = 5 * 96 / 25.4, 3 * 96 / 25.4
"""CSS pixels at the edge of the paper that printers leave white, or a cut may take away."""
TOP_EDGE = 5.8 * 96 / 25.4
"""The same above: there stand the words for danger, and many printers need more than 5 mm."""
_SIDES = ("top", "bottom")


def roomier(pages: Sequence[Any]) -> str:
    """A style sheet with margins for all that runs in them; empty if those of `pages` suffice."""
    wanted = [
        f"margin-{side}: {height:.1f}px" for side in _SIDES if (height := _height(pages, side))
    ]
    return f"@page {{ {'; '.join(wanted)} }}" if wanted else ""


def _height(pages: Sequence[Any], side: str) -> float:
    """How high a margin must be, or 0 if it is high enough."""
    needed = (_needed(page._page_box, side) for page in pages)
    return max((height for height in needed if height), default=0)


def _needed(paper: Any, side: str) -> float:
    """How high the margin of one page must be, or 0."""
    small = paper.margin_width() < SMALL
    edge = SMALL_EDGE if small else TOP_EDGE if side == "top" else EDGE
    boxes = [box for child in paper.children if _runs(child, side) for box in _inside(child)]
    if not boxes:
        return 0
    if side == "top":
        over = edge - min(box.position_y for box in boxes)
        return paper.margin_top + over if over > 1 else 0
    low = max(box.position_y + box.margin_height() for box in boxes)
    over = low + edge - paper.margin_height()
    return paper.margin_bottom + over if over > 1 else 0


def _runs(box: Any, side: str) -> bool:
    return getattr(box, "at_keyword", "").startswith(f"@{side}")


def _inside(box: Any) -> Iterator[Any]:
    """What a margin holds: its lines, and the frames around them."""
    for inner in box.descendants():
        if type(inner).__name__ in ("LineBox", "BlockBox", "FlexBox"):
            yield inner
