"""How a language writes its marks and spaces, as patterns of what is unusual in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from stepwell.check.fault import HOLE, Fault
from stepwell.check.translations.letters import letters
from stepwell.check.translations.pair import Pair

Habit = tuple[re.Pattern[str], str, str]
"""(what is unusual, why, what to write)"""
_EVERYWHERE = (
    r"\s(?:[\s,，。、；！？]|$|\.(?=\s|$))|\A\s",
    "there is a space too many", "keep one space between words",
)  # fmt: skip
_GUILLEMETS = ('["“”„]', "quotation marks of another language", "write « »")
_FULL_WIDTH = (
    r"(?<=[OWN])[,;:!?](?!\d)|(?<=[OWN])\.(?=$|\s|[OWN])|[,;:!?](?=[OWN])|\((?=[OWN])",
    "a half-width mark", "write ，。：；？！（）",
)  # fmt: skip
_OF: dict[str, tuple[tuple[str, str, str], ...]] = {
    "fr": (
        _GUILLEMETS,
        (
            r"(?<![\u00a0\u202f!?])[!?»]|(?<=[OWN)])(?:[;:](?=\s|$)| [;:])|«(?![\u00a0\u202f])",
            "a narrow space is missing", "write U+202F there",
        ),
    ),
    "uk": (_GUILLEMETS,),
    "es": ((r"^[^¿]*\?|^[^¡]*!", "the opening mark is missing", "write ¿ ¡"),),
    "Arab": (
        (r"(?<=[OWN])[,;?]|[,;?](?=\s[OWN])", "a Latin mark in Arabic script", "write ، ؛ ؟"),
    ),
    "Deva": ((r"(?<=[\u0900-\u097f])\.$", "a Latin full stop", "write ।"),),
    "Hans": (_FULL_WIDTH,), "Hant": (_FULL_WIDTH,), "Jpan": (_FULL_WIDTH,),
}  # fmt: skip
"""Language or script -> what is unusual; OWN stands for its letters and placeholders."""
_LISTS = ("/avoid", "/synonyms")
"""Texts that are lists of words, parted by `; ` in every language."""


def check(pair: Pair) -> Iterator[Fault]:
    """SW520 marks and spaces that are not usual in the language."""
    if pair.context.endswith(_LISTS):
        return
    for pattern, why, help in _habits(pair.base, pair.script):
        if found := pattern.search(pair.text):
            around = pair.text[max(0, found.start() - 8) : found.end() + 8].replace(HOLE, "{…}")
            yield Fault("SW520", f"'{around.strip()}': {why}", help)


@lru_cache(maxsize=64)
def _habits(language: str, script: str) -> tuple[Habit, ...]:
    own = letters(script) + HOLE
    rows = (_EVERYWHERE, *_OF.get(language, ()), *_OF.get(script, ()))
    return tuple((re.compile(unusual.replace("OWN", own)), why, to) for unusual, why, to in rows)
