"""What a translation keeps as it is: placeholders, gaps to fill in, one line for a block.

Placeholders may change places with others of another kind; two telephone
numbers that have changed places send a person to the wrong one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from stepwell.check.fault import Fault
from stepwell.check.translations.pair import Pair
from stepwell.definitions.placeholders import placeholders, strays

_BRACES = re.compile(r"\{[^{}\s]*\}|[{}]")
_TOLD_APART = (("{phone:",), ("{quantity:", "{dose:", "{wait:"), ("{score:",), ("{role:",))
"""Kinds that look alike when they are printed."""
_GAP = re.compile(r"\[([^\[\]]*)\]")
_WORDS = re.compile(r"[^\W\d_]{2,}\W+[^\W\d_]{2,}")
"""Two words or more: one, such as `date`, can be the same in both languages."""


def check(pair: Pair) -> Iterator[Fault]:
    """SW502 and SW523 placeholders that differ or changed places, SW524 gaps and lines."""
    if "{" in pair.source or "{" in pair.translation or "}" in pair.translation:
        yield from _placeholders(pair)
    if "\n" in pair.translation or pair.translation.startswith("- "):
        message = "the translation has a line break or list mark that its source has not"
        yield Fault("SW524", message, "write it on one line; each list item is an entry of its own")
    if "[" in pair.source or "[" in pair.translation:
        yield from _gaps(pair)


def _placeholders(pair: Pair) -> Iterator[Fault]:
    was, now = _BRACES.findall(pair.source), _BRACES.findall(pair.translation)
    if sorted(was) == sorted(now):  # nearly always, so it is looked at first
        yield from _swapped(was, now)
        return
    wanted = Counter(map(str, placeholders(pair.source)))
    found = Counter(map(str, placeholders(pair.translation)))
    for name in sorted((wanted - found).keys() | (found - wanted).keys()):
        message = f"the translation has {found[name]} of {name}, its source {wanted[name]}"
        yield Fault("SW502", message, f"copy {name} as it stands in the source")
    for stray in strays(pair.translation):
        message = f"'{stray.strip()[:60]}' has a brace that is no placeholder"
        yield Fault("SW502", message, "copy placeholders unchanged")


def _swapped(was: list[str], now: list[str]) -> Iterator[Fault]:
    for kinds in _TOLD_APART:
        wanted = [one for one in was if one.startswith(kinds)]
        if wanted != [one for one in now if one.startswith(kinds)]:
            message = f"the placeholders stand in another order: {', '.join(wanted)} in the source"
            help = "see that each is where it belongs; keep their order if you can"
            yield Fault("SW523", message, help)


def _gaps(pair: Pair) -> Iterator[Fault]:
    wanted, found = _GAP.findall(pair.was), _GAP.findall(pair.text)
    if len(wanted) != len(found):
        message = f"the translation has {len(found)} gaps in [ ], its source {len(wanted)}"
        yield Fault("SW524", message, "keep each [gap], with its words translated")
    for gap in found:
        if gap in wanted and _WORDS.search(gap) and pair.language != pair.source_language:
            message = f"the words in [{gap}] are not translated"
            yield Fault("SW524", message, "translate what stands between [ and ]")
