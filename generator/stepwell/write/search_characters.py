"""Chinese as characters that stand apart, so that a search finds what stands inside a sentence.

Chinese has no spaces between words, and two programs seldom part it in the same way: what
the index took for one word is three to the browser that looks it up, and is not found. So
Pagefind reads a copy of the pages in which each character stands by itself, and the dialog
(`search.js`) looks for characters that follow each other.
"""

from __future__ import annotations

import re
from pathlib import Path

LANGUAGES = ("zh",)
"""Primary tags of the languages that are searched by characters."""

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_GAP = re.compile(f"(?<=[{_HAN}])(?=[^\\s<])|(?<=[^\\s>])(?=[{_HAN}])")
_TEXT = re.compile(r"(?<=>)[^<]+(?=<)")


def by_characters(language: str) -> bool:
    """Whether a language (a BCP 47 tag) is searched by characters."""
    return language.partition("-")[0] in LANGUAGES


def apart(markup: str) -> str:
    """Our own HTML with a space at both sides of each Chinese character in its text.

    Attributes stay as they are; titles in them are shown, not searched.
    """
    return _TEXT.sub(lambda text: _GAP.sub(" ", text[0]), markup)


def copy_apart(site: Path, target: Path) -> None:
    """Write the pages below a folder to another one, with their characters apart."""
    for page in sorted(site.rglob("*.html")):
        copy = target / page.relative_to(site)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(apart(page.read_text("utf-8")), encoding="utf-8")
