"""Left-to-right runs in a right-to-left text: what a reader would see in another order.

Placeholders are isolated where they are printed; what is typed is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stepwell.check.fault import Fault
from stepwell.check.translations.letters import DIGITS, RIGHT_TO_LEFT
from stepwell.check.translations.pair import Pair

_RUNS = re.compile(
    r"\+?\d[\d.,]*\s?[-–—/]\s?\d[\d.,]*"  # a range, a date
    r"|[<>≤≥±]=?\s?\d[\d.,]*|\d[\d.,]*\s?[<>≤≥±]"
    r"|\d[\d.,]*\s?(?:[A-Za-zµ°][\w/²]*|℃)"  # a dose
    r"|\+\d+|\+?\(?\d{2,}\)?(?:[ \u00a0\u202f-]\(?\d{2,}\)?)+"  # a telephone number
)
_DIGIT = re.compile(f"[{DIGITS}]")
_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def check(pair: Pair) -> Iterator[Fault]:
    """SW518 a typed run that turns round, SW103 a character that turns text round."""
    if found := _CONTROLS.search(pair.translation):
        message = f"U+{ord(found[0]):04X} turns the direction of text"
        yield Fault("SW103", message, "delete it; Stepwell isolates what needs it")
    if pair.script in RIGHT_TO_LEFT and _DIGIT.search(pair.text):
        for run in dict.fromkeys(match[0].strip() for match in _RUNS.finditer(pair.text)):
            message = f"'{run}' is typed and would read in another order from right to left"
            yield Fault("SW518", message, "let a placeholder such as {quantity:ID} print it")
