"""PO files as text: how they are read and written. Owns polib.

Nearly every file is read by one pattern, ten times as fast as by polib. What
the pattern does not know (plural forms, unusual spacing) polib reads, and says
what is wrong where something is. Tests hold the two together.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

import polib

WIDTH = 100


class Message(NamedTuple):
    """An entry: what it is about, its source, its translation and what is said about it.

    `previous` is the source that a fuzzy translation was made for, `note` what
    translators wrote beside it, `comment` and `places` what is told to them.
    `line` is where it begins in its file, from 1.
    """

    context: str
    source: str
    translation: str = ""
    fuzzy: bool = False
    previous: str = ""
    obsolete: bool = False
    note: str = ""
    comment: str = ""
    places: str = ""
    flags: tuple[str, ...] = ()
    line: int = 1

    @property
    def key(self) -> tuple[str, str]:
        """What makes it this entry: context and source."""
        return self.context, self.source

    @property
    def current(self) -> bool:
        """Whether it has a translation that may be published."""
        return bool(self.translation) and not self.fuzzy and not self.obsolete


@dataclass(frozen=True, slots=True)
class Catalog:
    """A file: its entries, the fields of its header, and the comment above them."""

    messages: tuple[Message, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    note: str = ""

    def says(self, other: Catalog) -> bool:
        """Whether both hold the same, however their lines are broken."""
        return (
            len(self.messages) == len(other.messages)
            and (self.note, self.fields) == (other.note, other.fields)
            and all(
                one == two or one[:-1] == two[:-1]
                for one, two in zip(self.messages, other.messages, strict=True)
            )
        )


class Broken(Exception):
    """A text that is no PO file; `line` is where, from 1."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def read(text: str) -> Catalog:
    """The catalog in the text of a PO file. Raises Broken."""
    text = f"{text}\n"
    messages = _quickly(text)
    if messages is None:
        messages = _thoroughly(text)
    if messages and messages[0].key == ("", ""):
        head, *messages = messages
        return Catalog(tuple(messages), _fields(head.translation), head.note)
    return Catalog(tuple(messages))


def written(catalog: Catalog) -> str:
    """The text of a PO file, lines broken at spaces."""
    head = Message("", "", "".join(f"{k}: {v}\n" for k, v in catalog.fields.items()),
                   note=catalog.note)  # fmt: skip
    return "\n".join(_entry(message) for message in (head, *catalog.messages))


# Reading by a pattern

_STRING = r'"(?:[^"\\\n]++|\\[\\ntr"])*+"'
_STRINGS = rf"({_STRING}(?:\n{_STRING})*+)"
_NOTE, _TOLD, _PLACES, _FLAGS, _BEFORE = (
    rf"((?:\#{mark}\n)*+)"
    for mark in ("(?:[ ][^\n]*)?", r"\.[ ][^\n]*", ":[ ][^\n]*", ",[ ][^\n]*", r"\|[ ][^\n]*")
)
_ABOUT = f"{_NOTE}{_TOLD}{_PLACES}{_FLAGS}{_BEFORE}"
_BODY = rf"(?:msgctxt[ ]{_STRINGS}\n)?msgid[ ]{_STRINGS}\nmsgstr[ ]{_STRINGS}\n"
_PLAIN = re.compile(rf"{_TOLD}{_PLACES}{_BODY}\n*+")
_LIVE = re.compile(rf"{_ABOUT}{_BODY}\n*+")
_OBSOLETE = re.compile(rf"{_ABOUT}((?:\#~[ ][^\n]*\n)++)\n*+")
_ONE = re.compile(_BODY)
_PREVIOUS = re.compile(rf"(?:msgctxt[ ]{_STRINGS}\n)?msgid[ ]{_STRINGS}\n")
_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r"}


def _quickly(text: str) -> list[Message] | None:
    """The entries; None where the pattern does not fit."""
    messages: list[Message] = []
    at, line, end = 0, 1, len(text.rstrip("\n")) + 1
    while at < end:
        found = _PLAIN.match(text, at)
        message = _plain(found, line) if found else None
        if not found:
            found = _LIVE.match(text, at) or _OBSOLETE.match(text, at)
            message = _message(found, line) if found else None
        if not found or not message:
            return None
        messages.append(message)
        line += text.count("\n", at, found.end())
        at = found.end()
    return messages


def _plain(found: re.Match[str], line: int) -> Message:
    """An entry without a mark, like nearly all."""
    comment, places, context, source, translation = found.groups()
    return Message(
        _joined(context) if context else "", _joined(source), _joined(translation),
        False, "", False, "", comment[3:-1].replace("\n#. ", "\n"),
        places[3:-1].replace("\n#: ", " "), (), line,
    )  # fmt: skip


def _message(found: re.Match[str], line: int) -> Message | None:
    note, comment, places, flagged, before, *body = found.groups()
    obsolete = found.re is _OBSOLETE
    if obsolete:
        inner = _ONE.fullmatch(_unmarked(body[0]))
        body = list(inner.groups()) if inner else []
    previous = _PREVIOUS.fullmatch(_unmarked(before)) if before else None
    if not body or (before and not previous):
        return None
    flags = _flags(flagged) if flagged else ()
    context, source, translation = body
    return Message(
        _joined(context) if context else "",
        _joined(source),
        _joined(translation),
        "fuzzy" in flags,
        _joined(previous[2]) if previous else "",
        obsolete,
        "\n".join(line[2:] for line in note.splitlines()) if note else "",
        _unmarked(comment)[:-1] if comment else "",
        _unmarked(places)[:-1].replace("\n", " ") if places else "",
        tuple(flag for flag in flags if flag != "fuzzy") if flags else (),
        line,
    )


def _flags(lines: str) -> tuple[str, ...]:
    found = (flag.strip() for flag in _unmarked(lines).replace("\n", ",").split(","))
    return tuple(flag for flag in found if flag)


def _unmarked(lines: str) -> str:
    """Lines without the two signs and the space that each begins with."""
    return lines[3:].replace(f"\n{lines[:3]}", "\n")


def _joined(strings: str) -> str:
    text = strings[1:-1]
    if '"' in text:
        text = text.replace('"\n"', "")
    return _ESCAPE.sub(lambda m: _ESCAPED.get(m[1], m[1]), text) if "\\" in text else text


def _fields(text: str) -> dict[str, str]:
    pairs = (line.partition(":") for line in text.splitlines())
    return {name.strip(): value.strip() for name, mark, value in pairs if mark}


# Reading by polib


def _thoroughly(text: str) -> list[Message]:
    # polib takes a text that names an existing file for a path; no path ends in a line break.
    try:
        file = polib.pofile(text, encoding="utf-8")
    except (OSError, UnicodeError, ValueError) as error:
        line = re.search(r"line (\d+)", str(error))
        message = str(error).replace(text, "").strip() or "the catalog can't be read"
        raise Broken(message, int(line[1]) if line else 1) from error
    fields = "".join(f"{name}: {value}\n" for name, value in file.metadata.items())
    head = Message("", "", fields, note=file.header)
    return [head, *map(_from_polib, file)]


def _from_polib(entry: polib.POEntry) -> Message:
    return Message(
        entry.msgctxt or "",
        entry.msgid,
        entry.msgstr,
        entry.fuzzy,
        entry.previous_msgid or "",
        bool(entry.obsolete),
        entry.tcomment,
        entry.comment,
        " ".join(f"{path}:{line}" if line else path for path, line in entry.occurrences),
        tuple(flag for flag in entry.flags if flag != "fuzzy"),
        entry.linenum or 1,
    )


# Writing

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_PIECE = re.compile(rf".{{1,{WIDTH - 3}}}(?:(?<= )|$)|[^ ]+ *")
_SPECIAL = re.compile(r'[\\"\n\t\r]')


def _entry(message: Message) -> str:
    translation = _keyed("msgstr", message.translation)
    text = f"{_about_what(message.context, message.source)}\n{translation}\n"
    if message.obsolete:  # whose place and brief are gone
        message = message._replace(comment="", places="", previous="")
        text = "#~ " + text[:-1].replace("\n", "\n#~ ") + "\n"
    return _about(message) + text


@lru_cache(maxsize=4096)
def _about_what(context: str, source: str) -> str:
    """The lines that an entry has in every language."""
    of = f"{_keyed('msgctxt', context)}\n" if context else ""
    return of + _keyed("msgid", source)


def _about(message: Message) -> str:
    """The lines above an entry."""
    told = _marked("#.", message.comment) if message.comment else ""
    places = f"#: {message.places}\n" if message.places else ""
    if not (message.note or message.fuzzy or message.flags or message.previous):
        return told + places
    note = _marked("#", message.note) if message.note else ""
    flags = ("fuzzy", *message.flags) if message.fuzzy else message.flags
    flagged = f"#, {', '.join(flags)}\n" if flags else ""
    before = _marked("#|", _keyed("msgid", message.previous)) if message.previous else ""
    return note + told + places + flagged + before


def _marked(mark: str, text: str) -> str:
    return "".join(f"{mark} {line}".rstrip() + "\n" for line in text.split("\n"))


def _keyed(keyword: str, text: str) -> str:
    """`keyword "text"`, on several lines where it is long."""
    plain = _SPECIAL.search(text) is None
    lines = [text] if plain else [_escaped(line) for line in _LINE.findall(text)]
    if len(lines) == 1 and len(lines[0]) + len(keyword) + 3 <= WIDTH and text[-1:] != "\n":
        return f'{keyword} "{lines[0]}"'
    pieces = [piece for line in lines for piece in _PIECE.findall(line)]
    return f'{keyword} ""\n"' + '"\n"'.join(pieces) + '"' if pieces else f'{keyword} ""'


def _escaped(text: str) -> str:
    text = text.replace("\\", "\\\\").replace('"', '\\"')
    return text.replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")
