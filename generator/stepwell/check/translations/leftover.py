"""What was left in the source language: a whole text, or a run of its words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from stepwell.check.fault import HOLE, Fault
from stepwell.check.translations.letters import script_of
from stepwell.check.translations.pair import Pair

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_FUNCTION = {
    "en": "the and of you your with when what which from this that these they their have has been "
    "will should would not who how there about after before until every if can are is to for it by",
    "es": "el los las del que una para por cuando usted su sus con este esta estos más también "
    "desde hasta cada",
    "fr": "le les des du que une pour par quand vous votre vos avec ce cette ces plus aussi depuis "
    "chaque est",
    "de": "der die das und von sie ihre mit wenn nicht eine für bei oder auch nach jede",
}
"""Source language -> little words that show it. Those that several languages have are left out
where they meet."""
_LEAST = 3
"""So many words in a row are no name and no borrowing."""
_LONGEST = 5
"""Little words further apart than this may stand there by chance."""


def check(pair: Pair) -> Iterator[Fault]:
    """SW513 a translation that is its source, or has a run of its words.

    In another script than the source's, SW512 tells of single words already.
    """
    if pair.text.strip(" .") == pair.was.strip(" ."):
        if _is_sentence(pair.was):
            yield Fault("SW513", "the translation is the source text itself", "translate it")
        return
    if pair.script == script_of(pair.source_language) and (run := _run(pair)):
        message = f"'{run}' is left in the source language"
        yield Fault("SW513", message, "translate these words")


def _is_sentence(text: str) -> bool:
    """Whether a text is more than a name, which begins each word with a capital letter."""
    words = _WORD.findall(text)
    return len(words) >= _LEAST and any(word[0].islower() for word in words)


def _run(pair: Pair) -> str:
    """The first run of source words in which two show their language, or nothing."""
    pattern = _shown_by(pair.source_language, pair.base)
    found = list(pattern.finditer(pair.text.lower())) if pattern else []
    for one, other in pairwise(found):
        between = pair.text[one.start() : other.end()]
        if HOLE not in between and len(between.split()) <= _LONGEST and between in pair.was:
            return between
    return ""


@lru_cache(maxsize=64)
def _shown_by(source: str, language: str) -> re.Pattern[str] | None:
    """The little words of one language that another one has not."""
    words = set(_FUNCTION.get(source, "").split()) - set(_FUNCTION.get(language, "").split())
    return re.compile(rf"\b(?:{'|'.join(sorted(words))})\b") if words else None
