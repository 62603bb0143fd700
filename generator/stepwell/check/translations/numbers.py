"""Numbers that are typed in a source and its translation, read in any script's digits.

A number is its value, its sign and the comparison before it. What looks like a
telephone number is one number whose digits count and whose spaces do not.
Numbers stand in the order of the source, unless each has a unit of its own by
which it is known.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from stepwell.check.fault import Fault, base
from stepwell.check.translations.letters import DIGITS
from stepwell.check.translations.pair import Pair
from stepwell.check.translations.units import after, before, is_time

_FRACTIONS = "¼½¾⅓⅔⅛⅜⅝⅞"
_ANY = re.compile(f"[{DIGITS}{_FRACTIONS}]")
_OTHER_DIGIT = re.compile(f"[{DIGITS[3:]}]")
_SPACES = " \u00a0\u2009\u202f"
_SIGNS = r"(?P<comparison>[<>]=?|[≤≥⩽⩾≈~±=])?\s?(?P<sign>(?<![\w)\]])[-−](?=\d))?"
_PHONE = rf"(?!\d{{4}}-\d{{4}}(?!\d))\+?\(?\d(?:[{_SPACES}()‑./-]{{0,2}}\d){{6,}}"
_NUMBER = rf"\d+(?:[.,٫٬'’]\d+)*(?:[{_SPACES}]\d{{3}}(?!\d))*|[{_FRACTIONS}]"
_TOKEN = re.compile(rf"{_SIGNS}(?:(?P<phone>{_PHONE})|(?P<number>{_NUMBER}))")
_COMPARISONS = {"<=": "≤", ">=": "≥", "⩽": "≤", "⩾": "≥"}
_COMMA = frozenset(
    ("be", "bg", "ca", "cs", "da", "de", "el", "es", "et", "eu", "fi", "fr", "gl", "hr", "hu",
     "hy", "id", "is", "it", "ka", "kk", "ky", "lt", "lv", "nb", "nl", "nn", "no", "pl", "pt",
     "ro", "ru", "sk", "sl", "sq", "sr", "sv", "tr", "uk", "vi")
)  # fmt: skip
"""Languages with a decimal comma."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a text: what it says, as typed, its unit if one stands beside it.

    `mark` tells that its decimal mark is not the language's; `weak` that its
    unit stands before it, where it may belong to something else.
    """

    value: str
    typed: str
    unit: str | None = None
    weak: bool = False
    mark: bool = False


def check(pair: Pair) -> Iterator[Fault]:
    """SW507 numbers that differ, SW508 units that differ, SW510 digits of another script."""
    if not (_ANY.search(pair.was) or _ANY.search(pair.text)):
        return
    if _OTHER_DIGIT.search(pair.text) and not _OTHER_DIGIT.search(pair.was):
        typed = next(n.typed for n in numbers(pair.text, pair.base) if _OTHER_DIGIT.search(n.typed))
        message = f"'{typed}' is written with digits of another script"
        yield Fault("SW510", message, f"write {_ascii(typed)}; digits are 0 to 9")
    was = numbers(pair.was, base(pair.source_language))
    now = numbers(pair.text, pair.base)
    different = _different(was, now)
    if different is not None:
        yield different
        return
    for one, other in zip(was, now, strict=True):
        if other.mark and not one.mark:
            message = f"the decimal mark of '{other.typed}' is not that of the language"
            yield Fault("SW507", message, f"the source has '{one.typed}'")
    yield from _units(was, now)


@lru_cache(maxsize=4096)
def numbers(text: str, language: str) -> tuple[Number, ...]:
    """The numbers of a bare text in their order."""
    return tuple(_number(match, text, language) for match in _TOKEN.finditer(text))


def _number(match: re.Match[str], text: str, language: str) -> Number:
    comparison = match["comparison"] or ""
    said = _COMPARISONS.get(comparison, comparison) + ("-" if match["sign"] else "")
    if match["phone"]:
        digits = re.sub(r"[^0-9+]", "", _ascii(match["phone"]))
        return Number(said + digits, match[0].strip())
    value, mark = _value(_ascii(match["number"]), language)
    unit, weak = after(text, match.end(), language), False
    if unit is None:
        unit, weak = before(text, match.start(), language), True
    return Number(said + value, match[0].strip(), unit, weak, mark)


def _ascii(typed: str) -> str:
    """A number with its digits as 0 to 9."""
    return _OTHER_DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), typed)


def _value(typed: str, language: str) -> tuple[str, bool]:
    """(the number in plain form, whether its decimal mark is another language's)."""
    if typed in _FRACTIONS:
        return str(Decimal(unicodedata.numeric(typed))), False
    own = "," if language in _COMMA else "."
    groups = re.split(rf"[.,٫٬'’{_SPACES}]", typed)
    marks = "".join(re.findall(rf"[.,٫٬'’{_SPACES}]", typed)).replace("٫", own)
    if not marks:
        return typed, False
    decimal = marks[-1] == own and marks.count(own) == 1
    wrong = not decimal and len(marks) == 1 and (marks in ".,") and len(groups[1]) != 3
    if decimal or wrong:
        whole, part = "".join(groups[:-1]), groups[-1]
        return f"{whole}.{part}", wrong
    return "".join(groups), False


def _different(was: tuple[Number, ...], now: tuple[Number, ...]) -> Fault | None:
    """What differs in the values of two texts, or None."""
    wanted, found = Counter(n.value for n in was), Counter(n.value for n in now)
    if wanted == found:
        return _reordered(was, now)
    missing = [n.typed for n in was if n.value in wanted - found]
    extra = [n.typed for n in now if n.value in found - wanted]
    help = "write the numbers of the source, in digits and as often as there"
    if missing and extra:
        message = f"the translation has {_listed(extra)} where its source has {_listed(missing)}"
    elif missing:
        message = f"the number {_listed(missing)} of the source is missing"
    else:
        message = f"the number {_listed(extra)} is not in the source"
    return Fault("SW507", message, help)


def _listed(numbers: list[str]) -> str:
    return ", ".join(f"'{number}'" for number in dict.fromkeys(numbers))


def _reordered(was: tuple[Number, ...], now: tuple[Number, ...]) -> Fault | None:
    """Another order of the same numbers, unless those of each unit keep theirs."""
    if all([n.value for n in was if n.unit == unit] == [n.value for n in now if n.unit == unit]
           for unit in {n.unit for n in (*was, *now)}):  # fmt: skip
        return None
    if [n.value for n in was] == [n.value for n in now]:
        return None  # a unit differs, not the order
    order = ", ".join(n.typed for n in was)
    message = f"the numbers stand in another order than in the source: {order}"
    return Fault("SW507", message, "keep their order, or see that each has its unit")


def _units(was: tuple[Number, ...], now: tuple[Number, ...]) -> Iterator[Fault]:
    """SW508 of numbers whose values are the same."""
    known = {n.unit for n in was}
    if [n.value for n in was] != [n.value for n in now]:
        return  # reordered: each is known by its unit
    for one, other in zip(was, now, strict=True):
        if one.unit == other.unit or (one.weak and other.unit is None):
            continue
        if one.unit is None and (other.weak or other.unit in known or is_time(other.unit)):
            continue
        units = [f"the unit '{n.unit}'" if n.unit else "no unit" for n in (other, one)]
        message = f"'{other.typed}' has {units[0]}, in the source {units[1]}"
        yield Fault("SW508", message, f"write the unit of '{one.typed}' as it is in the source")
