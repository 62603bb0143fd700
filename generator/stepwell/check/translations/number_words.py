"""Numbers that are spelled out: `two tablets` must not become `tres pastillas`.

A language may need no word (a dual in Arabic) or other words (an hour of the
day), so a missing one is no fault. A number word that the source does not
have, where one of the source is gone, is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from stepwell.check.fault import Fault, base
from stepwell.check.translations.letters import BEGINS, ENDS, WORD
from stepwell.check.translations.pair import Pair

_WORDS: dict[str, dict[int, str]] = {
    "en": {2: "two twice", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight",
           9: "nine", 10: "ten", 11: "eleven", 12: "twelve", 20: "twenty", 24: "twenty-four"},
    "es": {2: "dos", 3: "tres", 4: "cuatro", 5: "cinco", 6: "seis", 7: "siete", 8: "ocho",
           9: "nueve", 10: "diez", 11: "once", 12: "doce", 20: "veinte", 24: "veinticuatro"},
    "fr": {2: "deux", 3: "trois", 4: "quatre", 5: "cinq", 6: "six", 7: "sept", 8: "huit",
           10: "dix", 11: "onze", 12: "douze", 20: "vingt", 24: "vingt-quatre"},
    "uk": {2: "два дві двох двома двом двічі вдвічі", 3: "три трьох трьом трьома тричі",
           4: "чотири чотирьох чотирьом чотирма", 5: "п’ять п’яти п’ятьох п’ятьма п’ятої п’ятій",
           6: "шість шести шістьох шост*", 7: "сім семи сімох сьом*", 8: "вісім восьм*",
           9: "дев’ять дев’яти дев’ят*", 10: "десять десяти десят*", 11: "одинадцят*",
           12: "дванадцят*", 20: "двадцять двадцяти", 24: "двадцять\xa0чотири"},
    "ar": {11: "إحدى\xa0عشرة أحد\xa0عشر الحادية\xa0عشرة",
           12: "اثنا\xa0عشر اثني\xa0عشر اثنتا\xa0عشرة اثنتي\xa0عشرة الثانية\xa0عشرة",
           2: "اثنان اثنين اثنتان اثنتين مرتين مرتان",
           3: "ثلاث ثلاثة الثلاث الثلاثة الثالثة", 4: "أربع أربعة الأربع الأربعة الرابعة",
           5: "خمس خمسة الخمس الخمسة الخامسة", 6: "ست ستة الست الستة السادسة",
           7: "سبع سبعة السبع السبعة السابعة", 8: "ثماني ثمانية ثمان الثماني الثمانية الثامنة",
           9: "تسع تسعة التسع التسعة التاسعة", 10: "عشر عشرة العشر العشرة العاشرة",
           20: "عشرون عشرين العشرين"},
    "hi": {2: "दो दोनों दोबारा", 3: "तीन तीनों", 4: "चार चारों", 5: "पाँच पांच पाँचों",
           6: "छह छः छहों", 7: "सात", 8: "आठ", 9: "नौ", 10: "दस",
           11: "ग्यारह", 12: "बारह", 20: "बीस", 24: "चौबीस"},
    "zh": {2: "两 二", 3: "三", 4: "四", 5: "五", 6: "六", 7: "七", 8: "八", 9: "九", 10: "十"},
}  # fmt: skip
"""Language -> number -> its words; a `*` stands for the rest of a word."""
_COUNTED = "(?=[个次周天月年点级步名位种项份片粒小分件家剂词句条张间层人])"
"""What follows a Chinese numeral that counts: in other places it is part of a word."""
_PREFIX = {"ar": "[وف]?[بلك]?"}


def check(pair: Pair) -> Iterator[Fault]:
    """SW509 a number word where the source has another one."""
    wanted = _values(pair.was, base(pair.source_language))
    if not wanted:
        return
    found = _values(pair.text, pair.base)
    gone, new = sorted(wanted - found), sorted(found - wanted)
    if gone and new:
        message = f"the translation says {_listed(new)} where its source says {_listed(gone)}"
        yield Fault("SW509", message, "write the number of the source")


def _listed(numbers: list[int]) -> str:
    return " and ".join(map(str, numbers))


@lru_cache(maxsize=4096)
def _values(text: str, language: str) -> frozenset[int]:
    pattern = _pattern(language)
    if pattern is None:
        return frozenset()
    numbers = list(_WORDS[language])
    found = (match.lastindex for match in pattern.finditer(text.lower()))
    return frozenset(numbers[at - 1] for at in found if at)


@lru_cache(maxsize=16)
def _pattern(language: str) -> re.Pattern[str] | None:
    words = _WORDS.get(language)
    if words is None:
        return None
    groups = "|".join(f"({'|'.join(map(_word, said.split(' ')))})" for said in words.values())
    if language == "zh":
        return re.compile(f"(?<![第一二三四五六七八九十])(?:{groups}){_COUNTED}")
    return re.compile(f"{BEGINS}{_PREFIX.get(language, '')}(?:{groups}){ENDS}")


def _word(word: str) -> str:
    return re.escape(word.replace("\xa0", " ")).replace(r"\*", f"{WORD}*").replace("’", "['’ʼ]")
