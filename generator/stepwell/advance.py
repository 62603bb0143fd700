"""How wide a text will be, and where its lines break. Pure; on the safe side.

Widths are of the bold faces of `write.fonts`, in parts of the size of type; regular ones
are narrower. A drawing has no engine that wraps its text, so lines are broken here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_LATIN_AND_CYRILLIC = {
    0.26: " \u00a0‘’",
    0.32: "!',.:;ijl¡·ìíîïĩīĭįıĵĺļľłіїј",
    0.4: "()-IJ[]`´ÌÍÎÏĨĪĬĮİĴŀІЇЈ/\\_f{}ª²³¹º",
    0.47: "rt°ŕŗřţťŧ“”",
    0.52: '"?csz§¯¿çćĉċčśŝşšźżžгсэѓѕґ–',
    0.57: "*EFLSg|¦ÈÉÊËĒĔĖĘĚĝğġģĹĻĽĿŁŚŜŞŠЀЁЃЅГЕзтє",
    0.62: "$+0123456789<=>TZ^aevxy~¢£¤¥¨«¬±»×àáâãäåèéêë÷ýÿāăąēĕėęěĳŢŤŦŷŹŻŽТаеухьяѐёўҐ≤≥€",
    0.67: "#CKPRVYbdhknopqu¶ÇÝÞðñòóôõöøùúûüþĆĈĊČďđĥħĲĶķĸńņňŋōŏőŔŖŘũūŭůűųŶŸЎБЗРСУЬЭбвдклнопрчђћќ",
    0.72: "ABXÀÁÂÃÄÅßĀĂĄЄЌАВКХЯцъџ",
    0.78: "&DGUÐÙÚÛÜĎĐĜĞĠĢŨŪŬŮŰŲЏДЛПЧЪийѝ",
    0.83: "HNOQÑÒÓÔÕÖØĤĦŃŅŇŊŌŎŐЂЋНОЦф",
    0.88: "w©®¼¾ŵЍИЙФмы…",
    0.95: "%@½Ыжюљњ",
    1.0: "MÆæЖМ",
    1.05: "WmŒœŴЉЊшщ—",
    1.15: "ШЩЮ",
}
_ARABIC_INSIDE = {0.3: "اآأإرز", 0.36: "بتثنيلىئ", 0.46: "ةؤو", 0.55: "دذعغفقكه", 0.7: "جحخم"}
_ARABIC_AT_END = {
    0.32: "اآأإرز", 0.52: "دذةهؤوء", 0.72: "جحخعغلمن", 0.84: "طظقكيىئ", 0.95: "بتثف", 1.2: "سش",
    1.35: "صض",
}  # fmt: skip
"""Letter -> its width where another follows in the word, and where none does."""
_WIDEST_LATIN, _WIDEST_ARABIC = 0.7, 0.95
_DEVANAGARI, _DEVANAGARI_SIGN = 0.8, 0.36
_CLOSING = "，。、）：；！？”’》〉」』…·%％"
_OPENING = "（“‘《〈「『"
_ISOLATES, _POP = "\u2066\u2067\u2068", "\u2069"


def _by_letter(groups: dict[float, str]) -> dict[str, float]:
    return {letter: width for width, letters in groups.items() for letter in letters}


_WIDTHS = _by_letter(_LATIN_AND_CYRILLIC)
_INSIDE = _by_letter(_ARABIC_INSIDE)
_AT_END = _by_letter(_ARABIC_AT_END)


@lru_cache(maxsize=8192)
def advance(text: str) -> float:
    """The width of a line at size 1, at least as wide as it is printed in bold."""
    return sum(map(_letter, text, (*text[1:], " ")))


def _letter(letter: str, following: str) -> float:
    if letter in _WIDTHS:
        return _WIDTHS[letter]
    if unicodedata.category(letter) in ("Mn", "Cf"):
        return 0.0
    if unicodedata.bidirectional(letter) == "AL":
        inside = unicodedata.bidirectional(following) in ("AL", "NSM")
        return (_INSIDE if inside else _AT_END).get(letter, _WIDEST_ARABIC)
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    if "\u0900" <= letter <= "\u097f":
        return _DEVANAGARI_SIGN if unicodedata.category(letter) == "Mc" else _DEVANAGARI
    return _WIDEST_LATIN


def longest_word(text: str) -> float:
    """The width of the widest part of a text that is never broken, at size 1."""
    return max((advance(part.rstrip(" ")) for part in _parts(text)), default=0.0)


@lru_cache(maxsize=4096)
def wrapped(text: str, room: float, size: float) -> tuple[str, ...]:
    """The lines of a text in a room so wide; only a word that is wider is broken inside."""
    lines = [""]
    for piece in (piece for part in _parts(text) for piece in _fitting(part, room, size)):
        if lines[-1] and advance((lines[-1] + piece).rstrip(" ")) * size > room:
            lines.append("")
        lines[-1] += piece
    return tuple(line.strip(" ") for line in lines if line.strip(" "))


def _fitting(part: str, room: float, size: float) -> Iterator[str]:
    """A part that fits as it is, or in pieces that do."""
    piece = ""
    for letter in part:
        if piece and letter != " " and advance(piece + letter) * size > room:
            yield piece
            piece = ""
        piece += letter
    yield piece


def _parts(text: str) -> Iterator[str]:
    """Words with the space after them, and Chinese characters with their punctuation."""
    part, depth = "", 0
    for letter, following in zip(text, (*text[1:], " "), strict=True):
        part += letter
        depth += (letter in _ISOLATES) - (letter == _POP)
        if depth == 0 and _breaks(letter, following):
            yield part
            part = ""
    if part:
        yield part


def _breaks(letter: str, following: str) -> bool:
    """Whether a line may end between two letters."""
    if letter == " ":
        return following != " "
    wide = any(unicodedata.east_asian_width(one) in "WF" for one in (letter, following))
    return wide and letter not in _OPENING and following not in (*_CLOSING, " ")
