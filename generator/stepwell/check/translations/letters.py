"""Scripts and letters: which script a language has, where its words begin and end.

`\\w` of Python leaves out the vowel signs of Hindi and the marks of Arabic;
WORD has them, so that a word ends where a reader sees its end.
"""

from __future__ import annotations

from functools import lru_cache

BLOCKS = {
    "Latn": "A-Za-zªº\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff",
    "Grek": "\u0370-\u03ff\u1f00-\u1fff",
    "Cyrl": "\u0400-\u052f",
    "Armn": "\u0531-\u0556\u0561-\u0587",
    "Hebr": "\u05d0-\u05ea",
    "Arab": "\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\u08a0-\u08b4\ufb50-\ufdfb"
    "\ufe70-\ufefc",
    "Deva": "\u0904-\u0939\u0958-\u0961\u0972-\u097f",
    "Beng": "\u0985-\u09b9\u09dc-\u09e1",
    "Guru": "\u0a05-\u0a39",
    "Gujr": "\u0a85-\u0ab9",
    "Taml": "\u0b85-\u0bb9",
    "Telu": "\u0c05-\u0c39",
    "Thai": "\u0e01-\u0e2e",
    "Ethi": "\u1200-\u135a",
    "Khmr": "\u1780-\u17b3",
    "Geor": "\u10d0-\u10ff",
    "Kana": "\u3041-\u3096\u30a1-\u30fa",
    "Hang": "\uac00-\ud7a3",
    "Hani": "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff",
}
"""Script -> its letters, as the inside of a character class."""

SCRIPTS = {
    "uk": "Cyrl", "ru": "Cyrl", "be": "Cyrl", "bg": "Cyrl", "mk": "Cyrl", "sr": "Cyrl",
    "kk": "Cyrl", "ky": "Cyrl", "mn": "Cyrl", "ar": "Arab", "fa": "Arab", "ps": "Arab",
    "ur": "Arab", "ckb": "Arab", "he": "Hebr", "yi": "Hebr", "hi": "Deva", "mr": "Deva",
    "ne": "Deva", "bn": "Beng", "pa": "Guru", "gu": "Gujr", "ta": "Taml", "te": "Telu",
    "th": "Thai", "am": "Ethi", "ti": "Ethi", "km": "Khmr", "ka": "Geor", "hy": "Armn",
    "el": "Grek", "ja": "Jpan", "ko": "Kore", "zh": "Hans",
}  # fmt: skip
"""Language -> script, where it is not Latin."""
_PARTS = {
    "Hans": ("Hani",), "Hant": ("Hani",), "Jpan": ("Hani", "Kana"), "Kore": ("Hang", "Hani"),
}  # fmt: skip
DIGITS = "0-9" + "".join(
    f"{chr(zero)}-{chr(zero + 9)}"
    for zero in (0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xBE6, 0xC66, 0xE50, 0x17E0,
                 0xFF10)
)  # fmt: skip
"""The digits of scripts that are in use; as ranges they are found faster than as `\\d`."""
RIGHT_TO_LEFT = frozenset({"Arab", "Hebr"})
WORD = "[\\w\u0300-\u036f\u064b-\u0670\u0900-\u0963]"
"""A character inside a word, of any script."""
BEGINS, ENDS = rf"(?<!{WORD})", rf"(?!{WORD})"
"""The edges of a word. Chinese and Japanese words have none."""


@lru_cache(maxsize=256)
def script_of(language: str) -> str:
    """The script of a language tag: what the tag says, else the usual one, else Latin."""
    parts = language.split("-")
    said = next((part for part in parts[1:] if len(part) == 4), None)
    return said or SCRIPTS.get(parts[0], "Latn")


def letters(script: str) -> str:
    """The letters of a script, as the inside of a character class; empty if unknown."""
    return "".join(BLOCKS.get(part, "") for part in _PARTS.get(script, (script,)))


def other_letters(script: str) -> str:
    """The letters of all scripts but one, as the inside of a character class.

    Greek ones are left out: they stand in formulas of every language.
    """
    own = ("Grek", *_PARTS.get(script, (script,)))
    return "".join(block for name, block in BLOCKS.items() if name not in own)
