"""The script of a translation: the right one, no foreign words, no letters that only look right."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from stepwell.check.fault import Fault
from stepwell.check.translations.letters import letters, other_letters
from stepwell.check.translations.pair import Pair

_KNOWN = frozenset(
    ("mg", "g", "kg", "µg", "mcg", "ml", "l", "cm", "mm", "m", "km", "mmol", "mol", "mmol/L",
     "mmol/l", "mmol/mol", "mmHg", "bpm", "mg/day", "pH", "C", "F", "cookie", "cookies")
)  # fmt: skip
"""Units, and what has no word of its own in languages of other scripts."""
_MOSTLY = 3
"""So many times as many letters of other scripts make a text theirs."""
_ADDRESS = re.compile(r"@|://|^www\.|\.[a-z]{2,}/")
_STARTS = re.compile(r"(?:^|[.!?:;]\s+|[-–—]\s+)[\"'“(\[]*$")
_NOT_OF_THEM = {
    "uk": "ыэъё",
    "ar": "پچگڤژیکہھے",
    "zh-Hans": "們個這說為會來對時過還點樣體醫護療藥電話請問題應該讓誰覺學經給與將從當後開關聯"
    "絡腦認識間長門馬車見員報實際級組織結網線緊總發現無種職業優選擇進運動遠達適邊轉輕負責費資質",
}
_NOT_OF = {tag: frozenset(letters) for tag, letters in _NOT_OF_THEM.items()}
"""Letters that other languages of the same script have: Russian, Persian, traditional Chinese."""


def check(pair: Pair) -> Iterator[Fault]:
    """SW511 a text of another script, SW512 words and letters of another script."""
    found = _foreign(pair.script).findall(pair.text)
    strange = [word for word in found if not _stays(word.strip("'’.:/-"), pair)]
    if strange and sum(map(len, strange)) > _MOSTLY * _count(pair.text, pair.script):
        message = f"the text is not in the script of '{pair.language}': {_shown(pair.text)}"
        yield Fault("SW511", message, "put the translation of this language here")
        return
    for word in dict.fromkeys(strange):
        yield _other_word(word, pair)
    if own := _NOT_OF.get(f"{pair.base}-{pair.script}", _NOT_OF.get(pair.base)):
        for letter in sorted(own.intersection(pair.text)):
            message = f"'{letter}' ({unicodedata.name(letter)}) is no letter of '{pair.language}'"
            yield Fault("SW512", message, "type the letter that belongs there")


def _other_word(word: str, pair: Pair) -> Fault:
    at = pair.text.index(word)
    around = pair.text[max(0, at - 1) : at] + pair.text[at + len(word) : at + len(word) + 1]
    if pair.script in ("Latn", "Cyrl", "Grek") and any(c.isalpha() for c in around):
        names = ", ".join(unicodedata.name(letter, "?") for letter in word[:3])
        message = f"'{word}' ({names}) stands inside a word of another script"
        return Fault("SW512", message, "type the letter again on a keyboard of the language")
    message = f"'{_shown(word)}' is not in the script of '{pair.language}'"
    return Fault("SW512", message, "translate it; names, units and abbreviations may stay")


def _stays(word: str, pair: Pair) -> bool:
    """Whether a word of another script may stay: a name, a unit, an abbreviation, an address."""
    if word in pair.names or word in _KNOWN or _ADDRESS.search(word):
        return True
    at = pair.was.find(word)
    if at < 0 or word.islower():
        return False
    return not word[1:].islower() or not _STARTS.search(pair.was[:at])


def _count(text: str, script: str) -> int:
    return len(_own(script).findall(text))


def _shown(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"


@lru_cache(maxsize=64)
def _foreign(script: str) -> re.Pattern[str]:
    """A run of letters of other scripts, with what joins them to one word."""
    other = other_letters(script)
    return re.compile(rf"[{other}](?:[{other}\d'’.@/:_&+-]*[{other}\d])?")


@lru_cache(maxsize=64)
def _own(script: str) -> re.Pattern[str]:
    return re.compile(f"[{letters(script) or 'A-Za-z'}]")
