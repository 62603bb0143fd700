"""Text in drawings, a line at a time. Owns: what is mended in WeasyPrint's SVG.

WeasyPrint 70 sets each letter of an SVG text by itself, so that Arabic letters do not
join, Devanagari falls apart and both run the wrong way. A text at one place, without
turns or spacing of its own, is given to Pango as one line here.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

_BY_LETTER = ("dx", "dy", "rotate", "letter-spacing", "textLength")


class Line(str):
    """A text that is one piece when one goes through it."""

    def __iter__(self) -> Any:
        return iter((str(self),))


@lru_cache(maxsize=1)
def set_whole_lines(drawings: Any) -> None:
    """Let the module `weasyprint.svg` shape a line of text as one. Twice does no harm."""
    by_letter = drawings.text

    def text(svg: Any, node: Any, font_size: float) -> None:
        if node.text and _is_one_line(node):
            node._etree_node.text = Line(node.text)
        by_letter(svg, node, font_size)

    drawings.text = text
    drawings.TAGS.update({tag: text for tag, draw in drawings.TAGS.items() if draw is by_letter})


def _is_one_line(node: Any) -> bool:
    places = (node.get("x", ""), node.get("y", ""))
    turned = any(node.get(name) for name in _BY_LETTER)
    return not turned and not any(" " in place.strip() or "," in place for place in places)
