"""Punctuation that decides what is read: what opens is closed, sentences end as in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from stepwell.check.fault import Fault
from stepwell.check.translations.pair import Pair

_CLOSERS = dict(zip(")]）】》」』»", "([（【《「『«", strict=True))
_UNQUOTES, _QUOTED = '“”"', '“„"'
"""What may close a quotation, and what may have opened it: “ does both."""
_MARKED = re.compile('[()\\[\\]（）【】《》「」『』«»“”„"]')
_ENDS = {
    ".": "statement", "。": "statement", "।": "statement", "۔": "statement", "．": "statement",
    "?": "question", "？": "question", "؟": "question", ";": "question",
    "!": "exclamation", "！": "exclamation", ":": "colon", "：": "colon", "…": "dots",
}  # fmt: skip
_BESIDE_END = " \u00a0\u202f»”\"’')）]】」』“"


def check(pair: Pair) -> Iterator[Fault]:
    """SW517 what is not closed, SW519 another end in a safety text."""
    if _MARKED.search(pair.text):
        opened = _unbalanced(pair.text)
        if opened and not _unbalanced(pair.was):
            message = f"'{opened}' has no counterpart"
            yield Fault("SW517", message, "close each bracket and quotation mark")
    if pair.safety_class == "safety":
        yield from _ends(pair)


@lru_cache(maxsize=4096)
def _unbalanced(text: str) -> str:
    """The first mark that is not closed or opened, or nothing."""
    opened: list[str] = []
    for mark in map(str, _MARKED.findall(text)):
        opener = _QUOTED if mark in _UNQUOTES else _CLOSERS.get(mark, "")
        if opened and opened[-1] in opener:
            opened.pop()
        elif mark in _CLOSERS or mark == "”":
            return mark
        else:
            opened.append(mark)
    return opened[-1] if opened else ""


def _ends(pair: Pair) -> Iterator[Fault]:
    was, now = (text.rstrip(_BESIDE_END)[-1:] for text in (pair.was, pair.text))
    if _ENDS.get(was) != _ENDS.get(now):
        ends = [f"in '{end}'" if end in _ENDS else "without a mark" for end in (now, was)]
        message = f"the text ends {ends[0]}, its source {ends[1]}"
        yield Fault("SW519", message, "end it as in the source, so that no sentence is cut off")
