"""Long words that may be parted, without a hyphen, where a line is too narrow for them.

A word that is longer than its line would run over what stands beside it, or over the
edge of the paper; in a table it would push other columns off. Only words of so many
letters may be parted, and only then: WeasyPrint would part short ones, too, when it
measures how narrow a column may be. `write.pdf` calls this before layout.
"""

from __future__ import annotations

import re
from typing import Any

LETTERS = 18
"""So many letters are about 40 mm at 12 points: the narrowest column of a leaflet."""
_LONG = re.compile(rf"[^\W\d_\u2e80-\u9fff]{{{LETTERS},}}")
_STYLE = "overflow-wrap: anywhere; white-space: normal"
_KEPT = frozenset({"style", "script", "title", "textarea", "option", "text"})


def part(root: Any) -> None:
    """Put each long word below an element into a span that may be broken. Changes `root`."""
    for parent in list(root.iter()):
        if isinstance(parent.tag, str) and not _is_kept(parent):
            for place in range(len(parent) - 1, -1, -1):
                _in_tail(parent, place)
            _in_text(parent)


def _is_kept(parent: Any) -> bool:
    """Whether an element's words are not laid out, or are not shown (`blank`)."""
    return parent.tag.rpartition("}")[2] in _KEPT or parent.get("class") == "blank"


def _in_text(parent: Any) -> None:
    parent.text, found = _parted(parent, parent.text)
    for place, span in enumerate(found):
        parent.insert(place, span)


def _in_tail(parent: Any, place: int) -> None:
    parent[place].tail, found = _parted(parent, parent[place].tail)
    for after, span in enumerate(found, start=place + 1):
        parent.insert(after, span)


def _parted(parent: Any, text: str | None) -> tuple[str | None, list[Any]]:
    """What stands before the first long word, and spans of all long words with what follows."""
    found = list(_LONG.finditer(text)) if text and len(text) >= LETTERS else []
    if not text or not found:
        return text, []
    ends = [*(match.start() for match in found[1:]), len(text)]
    spans = []
    for match, end in zip(found, ends, strict=True):
        span = parent.makeelement("span", {"style": _STYLE})
        span.text, span.tail = match[0], text[match.end() : end]
        spans.append(span)
    return text[: found[0].start()], spans
