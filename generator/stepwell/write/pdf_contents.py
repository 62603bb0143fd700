"""The marked contents of a page's stream: where each begins, and where it ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

# How WeasyPrint marks a content that has a number; and all that opens or closes one.
_OPEN_OR_CLOSE = re.compile(
    rb"/\w+\s+<<\s*/MCID (?P<mcid>\d+)\s*>>\s+BDC\b|\b(?P<opens>B[DM]C)\b|\bEMC\b"
)
_OPENS = re.compile(rb"\bB[DM]C\b")


@dataclass(frozen=True, slots=True)
class Content:
    """A marked content: its MCID, and in the stream its beginning, its body and its end."""

    mcid: int
    begin: int
    body: int
    close: int
    end: int


def contents(stream: bytes) -> Iterator[Content]:
    """The contents with an MCID, in order. They hold no others; what they hold may be marked."""
    begun, depth = None, 0
    for match in _OPEN_OR_CLOSE.finditer(stream):
        if match["mcid"] and begun is None:
            begun, depth = match, 0
        elif begun is not None and match["opens"]:
            depth += 1
        elif begun is not None and depth:
            depth -= 1
        elif begun is not None:
            yield Content(
                int(begun["mcid"]), begun.start(), begun.end(), match.start(), match.end()
            )
            begun = None


def begun_otherwise(stream: bytes, beginnings: Mapping[int, bytes]) -> bytes:
    """A stream in which contents, by MCID, have another beginning, or two."""
    parts, at = [], 0
    for content in contents(stream):
        if begin := beginnings.get(content.mcid):
            closes = b" ".join([b"EMC"] * len(_OPENS.findall(begin)))
            parts += [stream[at : content.begin], begin, stream[content.body : content.close]]
            parts.append(closes)
            at = content.end
    return b"".join([*parts, stream[at:]])
