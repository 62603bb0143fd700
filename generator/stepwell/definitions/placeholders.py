"""Placeholders in texts: `{kind:argument}`, cut out of a text and checked for form.

What a placeholder becomes in a language is decided in `resolve.localize`;
whether its id exists, in `check.references`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

KINDS = (
    "score", "wait", "role", "tier", "exit", "instrument", "intervention", "medicine", "term",
    "resource", "phone", "contact", "quantity", "dose",
)  # fmt: skip
SHARED_KINDS = ("score", "role", "instrument", "term", "resource", "phone", "contact")
_FORM = re.compile(r"\{([a-z]+):([^{}\s]{1,80})\}")
_SCORE = re.compile(r"([a-z0-9-]+?)(>=|<=|>|<|=)([0-9]+)(?:\.\.([0-9]+))?")


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A placeholder: its kind and its argument as typed."""

    kind: str
    argument: str

    def __str__(self) -> str:
        return f"{{{self.kind}:{self.argument}}}"


@dataclass(frozen=True, slots=True)
class Score:
    """A score of an instrument compared with one value, or a range `low..high`."""

    instrument: str
    operator: str
    low: int
    high: int | None


@lru_cache(maxsize=65536)
def cut(text: str) -> tuple[str | Placeholder, ...]:
    """The plain pieces and placeholders of a text in order; other braces stay in the pieces."""
    pieces: list[str | Placeholder] = []
    end = 0
    for match in _FORM.finditer(text):
        if match.start() > end:
            pieces.append(text[end : match.start()])
        pieces.append(Placeholder(match[1], match[2]))
        end = match.end()
    if end < len(text):
        pieces.append(text[end:])
    return tuple(pieces)


def placeholders(text: str) -> tuple[Placeholder, ...]:
    """The placeholders of a text in order."""
    return tuple(piece for piece in cut(text) if isinstance(piece, Placeholder))


def strays(text: str) -> tuple[str, ...]:
    """Pieces of a text that hold a brace which belongs to no placeholder."""
    return tuple(p for p in cut(text) if isinstance(p, str) and ("{" in p or "}" in p))


def score(argument: str) -> Score | None:
    """The comparison of a `{score:...}` argument such as `phq-9>=15`, or None if malformed."""
    match = _SCORE.fullmatch(argument)
    if not match or (match[4] and match[2] != "="):
        return None
    return Score(match[1], match[2], int(match[3]), int(match[4]) if match[4] else None)
