"""A fault of one text, before it is known where it stands; and texts without placeholders."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from stepwell.definitions.placeholders import cut

HOLE = "\ufffc"
"""What stands for a placeholder in a bare text: no letter, no digit, no space."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong with a text: its code, what it is, how to mend it."""

    code: str
    message: str
    help: str = ""


@lru_cache(maxsize=4096)
def bare(text: str) -> str:
    """A text with a HOLE for each placeholder."""
    if "{" not in text:
        return text
    return "".join(piece if isinstance(piece, str) else HOLE for piece in cut(text))


@lru_cache(maxsize=256)
def base(language: str) -> str:
    """A language tag without script and region: `zh-Hans` -> `zh`."""
    return language.partition("-")[0]
