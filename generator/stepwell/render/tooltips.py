"""Terms of the glossary explained wherever they stand: a pass over the HTML of a page. Pure.

A term is found by its exact words, in its clinical and in its plain form, as a whole
word and not inside a link, a heading, a button, a label or a box about safety; the first
time in each section. A capital may begin it; with capitals inside it is a name, and a word
with which a second term begins may mean that one. A term becomes a link to the glossary,
and the page ends with the meanings of its terms, hidden: `terms.js` shows them beside the
words. Synonyms are for searching only: `suicide` finds the entry about self-harm, but does
not mean it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from stepwell.resolve.view import Reading, View

_PIECE = re.compile(r"<!--.*?-->|<[^>]*>|[^<]+", re.DOTALL)
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)")
_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0951-\u0957"
_INSIDE = rf"\w{_MARKS}\u200c\u200d'\u2019\u2011-"
"""What may stand inside a word: letters, the signs of Arabic and Hindi on them, hyphens."""
_WORD = re.compile(rf"(?<![{_INSIDE}])[{_INSIDE}]+")
_END = re.compile(rf"(?![{_INSIDE}])")
_CLOSED = frozenset(
    ("a", "h1", "h2", "h3", "h4", "button", "summary", "label", "legend", "select", "option",
     "svg", "template", "textarea", "form", "fieldset", "dialog", "script", "caption", "th", "dt",
     "code", "bdi", "blockquote", "figure", "output", "footer"),
)  # fmt: skip
"""Elements whose text stays as it is: named, typed, copied, or a link already."""
_BOXES = re.compile(
    r'\sclass="[^"]*\bsw-(?:crisis|redflag|notice|source|tag|hidden|meta|ladder|gap|words|due)\b'
    r'|\s(?:lang|hidden|data-pagefind-ignore)\b|\s(?:id="words-|role="(?:img|status|search)")'
)
"""Boxes about safety, texts in another language, and those of tools or to be copied."""
_VOID = frozenset(("br", "hr", "img", "input", "link", "meta", "col", "wbr"))
_HERE = re.compile(r'<a class="sw-term" href="[^"]*#term-([^"]+)"')
PLAIN_PAGES = frozenset(("glossary", "finder"))
"""Kinds of pages that stay as they are: the glossary itself, and what decides by its words."""


@dataclass(frozen=True)
class Terms:
    """The forms of the terms of a language: by first word, or first sign where no space parts."""

    spaced: bool
    forms: dict[str, list[tuple[str, str]]] = field(repr=False)
    starts: re.Pattern[str] = field(repr=False)

    @classmethod
    def of(cls, reading: Reading) -> Terms:
        """The terms as a reading names them, without those with which another one begins."""
        spaced = reading.edition.language.partition("-")[0] not in ("zh", "ja", "th")
        named = [(str(escape(form)), name) for form, name in _forms(reading) if len(form) > 1]
        found: dict[str, list[tuple[str, str]]] = {}
        for form, name in sorted(set(named), key=lambda one: -len(one[0])):
            if any(other != name and longer.startswith(f"{form} ") for longer, other in named):
                continue  # `capacity` may be that to consent
            first = match[0] if spaced and (match := _WORD.match(form)) else form[0]
            found.setdefault(first.casefold(), []).append((form, name))
        signs = "|".join(map(re.escape, found)) or r"(?!)"
        return cls(spaced, found, _WORD if spaced else re.compile(signs))

    def within(self, text: str) -> Iterator[tuple[int, int, str]]:
        """(start, end, id) of each term in a text, from its start."""
        at = 0
        while match := self.starts.search(text, at):
            start, at = match.span()
            for form, name in self.forms.get(match[0].casefold(), ()):
                end = start + len(form)
                if text[start:end] in (form, form[0].upper() + form[1:]) and (
                    not self.spaced or _END.match(text, end)
                ):
                    yield start, end, name
                    at = end
                    break


def _forms(reading: Reading) -> Iterator[tuple[str, str]]:
    """(form, id) of the terms of the glossary; texts that lack a translation are left out."""
    for raw in reading.edition.definitions.vocabulary.glossary:
        term = reading.find("term", str(raw.id))
        for prose in (term.term, term.plain):
            if not any(block.language for block in prose.blocks):
                yield prose.plain, str(raw.id)


def explained(html: Markup, terms: Terms, reading: Reading) -> Markup:
    """A page with its terms as links to the glossary, and their meanings at its end."""
    address: dict[str, str | None] = {}
    pieces: list[str] = []
    seen: set[str] = set()
    closed, depth = "", 0
    for piece in _PIECE.findall(str(html)):
        tag = _TAG.match(piece) if piece[0] == "<" else None
        if tag and closed:
            depth += 0 if tag[2] != closed else -1 if tag[1] else 1
            closed = closed if depth else ""
        elif tag and not tag[1] and tag[2] not in _VOID and _is_closed(piece, tag[2]):
            closed, depth = tag[2], 1
        if tag and tag[2] == "h2" and not tag[1]:
            seen = set()
        if tag or closed or piece[0] == "<" or piece.isspace():
            pieces.append(piece)
            continue
        at = 0
        for start, end, name in terms.within(piece):
            if name in seen:
                continue
            seen.add(name)
            href = address.setdefault(name, reading.href("term", name))
            pieces += [piece[at:start], f'<a class="sw-term" href="{href}">{piece[start:end]}</a>']
            at = end
        pieces.append(piece[at:])
    return Markup("".join(pieces))


def named(html: Markup, reading: Reading) -> list[View]:
    """The terms that a page links, in the order of the glossary."""
    here = set(_HERE.findall(str(html)))
    glossary = reading.edition.definitions.vocabulary.glossary
    return [reading.find("term", str(raw.id)) for raw in glossary if raw.id in here]


def _is_closed(piece: str, tag: str) -> bool:
    return tag in _CLOSED or _BOXES.search(piece) is not None
