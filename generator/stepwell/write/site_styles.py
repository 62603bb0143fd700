"""The one style sheet of the website: what pages use of several sheets, without what they don't.

mkdocs-material's sheet has rules for much that our templates never print: tabs, code,
comments, a search of its own. `pruned` keeps of it what could match: a rule is dropped only
if its selector asks for a class, an id or an attribute that stands as a word in no template
and in no script, or for one of the elements that prose never has (code, films) and that no
template has either. `joined` puts sheets together without comments, so that a phone with bad
reception waits for one file. Nothing here knows which sheets there are: see `site_assets`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from pathlib import Path

# A comment, or what must not be looked into: a text in quotes, an address without them.
_OPAQUE = re.compile(r"""/\*.*?\*/|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|url\([^"')]*\)""", re.DOTALL)
_NAMES = re.compile(r"<?[A-Za-z_][\w-]*")
_READ = (".html", ".js", ".svg")
# What a selector asks for by name; what stands in the brackets of :not() or :is() is a choice.
_ASKED = re.compile(r"([.#\[])\s*(-?[A-Za-z_][\w-]*)")
_RARE = re.compile(r"(?<![\w.#:\[-])(code|kbd|pre|video|iframe|del|ins|h5|h6)(?![\w-])")
_CHOICE = re.compile(r":[\w-]+\([^()]*\)")
_NESTING = ("@media", "@supports", "@layer", "@container")
_PROPERTY = re.compile(r"(?<![\w-])(--[\w-]+)\s*:")
_USED = re.compile(r"var\(\s*(--[\w-]+)")

Block = tuple[str, str | None]
"""What stands before the braces, and between them; None where a semicolon ends a statement."""


def names_in(folders: Iterable[Path]) -> frozenset[str]:
    """What the templates, scripts and drawings below some folders name.

    Every word; `<code` for an element; `.note` for what is a class: a word of several parts
    (`md-icon`) wherever it stands, another one only where classes are named.
    """
    found: set[str] = set()
    for path in (path for folder in folders for path in folder.rglob("*")):
        if path.suffix in _READ and path.is_file():
            text = path.read_text(encoding="utf-8")
            words = _NAMES.findall(text)
            found.update(words)
            found.update(f".{word}" for word in words if "-" in word or "_" in word)
            if path.suffix == ".html":
                named = re.findall(r"\bclass=[^>]*", text)
            else:
                named = re.findall(r"\"[^\"\n]*\"|'[^'\n]*'|`[^`]*`", text)
            found.update(f".{word}" for part in named for word in _NAMES.findall(part))
    return frozenset(found)


@cache
def pruned(css: str, names: frozenset[str], used: frozenset[str] = frozenset()) -> str:
    """The rules of `css` that could match where only `names` occur, without comments.

    Custom properties that neither these rules nor `used` ask for are dropped with them, and
    so are animations that no rule names.
    """
    kept = _kept(compact(css), lambda selector: _may_match(selector, names))
    while (fewer := _without_unused(kept, used)) != kept:
        kept = fewer
    return kept


def joined(sheets: Iterable[str]) -> str:
    """Style sheets as one, in their order, without comments and needless space."""
    return "\n".join(filter(None, map(compact, sheets)))


def properties_used(css: str) -> frozenset[str]:
    """The custom properties that a style sheet asks for."""
    return frozenset(_USED.findall(css))


def compact(css: str) -> str:
    """A style sheet without comments and without space that means nothing."""
    return "".join(_shortened(css)).strip()


def _shortened(css: str) -> Iterator[str]:
    place = 0
    for opaque in _OPAQUE.finditer(css):
        yield _spaced(css[place : opaque.start()])
        if not opaque[0].startswith("/*"):
            yield opaque[0]
        place = opaque.end()
    yield _spaced(css[place:])


def _spaced(css: str) -> str:
    return re.sub(r"\s*([{};,])\s*", r"\1", re.sub(r"\s+", " ", css)).replace(";}", "}")


def blocks(css: str) -> Iterator[Block]:
    """The rules of a style sheet without comments, one after the other.

    ValueError if a brace is missing: then nothing of the sheet can be trusted.
    """
    texts = [(opaque.start(), opaque.end()) for opaque in _OPAQUE.finditer(css)]
    hidden = {place for start, end in texts for place in range(start, end)}
    depth = begin = opened = 0
    for place in (one.start() for one in re.finditer(r"[{};]", css)):
        sign = css[place]
        if place in hidden or (sign == ";" and depth):
            continue
        if sign == "{":
            depth += 1
            opened = place if depth == 1 else opened
            continue
        depth -= sign == "}"
        if depth < 0:
            raise ValueError("a style sheet closes a brace that it has not opened")
        if depth == 0:
            body = css[opened + 1 : place] if sign == "}" else None
            head = css[begin : opened if sign == "}" else place]
            begin = place + 1
            yield head.strip(), body
    if depth:
        raise ValueError("a style sheet does not close a brace")


def _kept(css: str, may_match: Callable[[str], bool]) -> str:
    """The rules with a selector that may match, each with these selectors only."""
    found: list[str] = []
    for head, body in blocks(css):
        if body is None:
            found.append(f"{head};")
        elif head.startswith(_NESTING):
            if inner := _kept(body, may_match):
                found.append(f"{head}{{{inner}}}")
        elif head.startswith("@"):
            found.append(f"{head}{{{body}}}")
        elif chosen := ",".join(filter(may_match, _selectors(head))):
            found.append(f"{chosen}{{{body}}}")
    return "".join(found)


def _may_match(selector: str, names: Collection[str]) -> bool:
    """Whether all that a selector asks for by name occurs somewhere."""
    plain = re.sub(r"\"[^\"]*\"|'[^']*'", "", selector)
    while (outer := _CHOICE.sub("", plain)) != plain:
        plain = outer
    asked = [f".{name}" if sign == "." else name for sign, name in _ASKED.findall(plain)]
    asked += [f"<{name}" for name in _RARE.findall(plain)]
    return all(name in names for name in asked)


def _selectors(head: str) -> list[str]:
    """The selectors of a rule: commas in brackets part nothing."""
    parts, depth = [""], 0
    for sign in head:
        depth += (sign in "([") - (sign in ")]")
        if sign == "," and not depth:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts]


def _without_unused(css: str, used: frozenset[str]) -> str:
    """Without the properties and animations that nothing asks for, and rules left empty."""
    asked = properties_used(css) | used

    def cut(body: str) -> str:
        wanted = [
            one for one in _declarations(body)
            if not (match := _PROPERTY.match(one)) or match[1] in asked
        ]  # fmt: skip
        return ";".join(wanted)

    found: list[str] = []
    for head, body in blocks(css):
        if body is None:
            found.append(f"{head};")
        elif head.startswith(_NESTING):
            if inner := _without_unused(body, asked):
                found.append(f"{head}{{{inner}}}")
        elif "keyframes" in head:
            if head.split()[-1] in css.replace(head, ""):
                found.append(f"{head}{{{body}}}")
        elif declared := cut(body):
            found.append(f"{head}{{{declared}}}")
    return "".join(found)


def _declarations(body: str) -> list[str]:
    """The declarations of a rule; a semicolon in quotes or in an address parts nothing."""
    texts: list[str] = []

    def put_away(match: re.Match[str]) -> str:
        texts.append(match[0])
        return f"\0{len(texts) - 1}\0"

    hidden = _OPAQUE.sub(put_away, body)
    back = [re.sub("\0(\\d+)\0", lambda m: texts[int(m[1])], one) for one in hidden.split(";")]
    return [one.strip() for one in back if one.strip()]
