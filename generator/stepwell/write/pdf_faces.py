"""Fonts of a PDF that are shown as several, so that each says a letter by few glyphs.

An Arabic letter has a glyph for each place in a word, and more beside certain others: a
dozen. Programs that judge a PDF take a font in which many glyphs say the same for a broken
one. So such a font stands in the document several times, as several faces that share its
outlines, and each word is shown in a face that says no letter by more than `MOST` glyphs.
A face changes between words only, since some programs end a word with its font.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Pdf

from stepwell.write.pdf_text import fonts, said_by, streams

MOST = 4
"""The most glyphs of a face that say the same: a letter has four forms in Arabic."""

_STEP = re.compile(rb"/(\w+) ([\d.]+) Tf|(\[[^\]]*\] TJ)|(?<=\s)([qQ])(?=\s)")
_SHOWN = re.compile(rb"<([0-9a-f]*)>|(-?[\d.]+)")
_STRING = re.compile(rb"<([0-9a-f]*)>")
_CODE = re.compile(rb"[0-9a-f]{4}")
_CHARACTER = re.compile(rb"(?<=\n)<([0-9a-f]{4})> <[0-9a-f]*>\n?")
_COUNTED = re.compile(rb"\d+ beginbfchar\n((?:<[0-9a-f]{4}> <[0-9a-f]*>\n)*)endbfchar\n")

Now = tuple[bytes, bytes, int]
"""Name and size of a font, and the number of its face that is chosen."""


@dataclass(slots=True)
class Face:
    """A face of a font: its codes, and by how many of them it says each text."""

    codes: set[bytes] = field(default_factory=set)
    said: Counter[str] = field(default_factory=Counter)

    def takes(self, codes: Iterable[bytes], texts: Mapping[bytes, str]) -> bool:
        """Take codes, if no text is said by too many then."""
        new = self.codes.symmetric_difference(self.codes.union(codes))
        more = Counter(text for code in new if (text := texts.get(code, "").strip()))
        if any(self.said[text] + count > MOST for text, count in more.items()):
            return False
        self.codes |= new
        self.said.update(more)
        return True


@dataclass
class Faces:
    """The faces of one font, found as words ask for them."""

    texts: Mapping[bytes, str]
    faces: list[Face] = field(default_factory=lambda: [Face()])

    @cached_property
    def spaces(self) -> set[bytes]:
        """The codes after which a word ends."""
        return {code for code, text in self.texts.items() if text.isspace()}

    def fit(self, codes: Iterable[bytes]) -> bool:
        """Whether one face could have all of them."""
        return Face().takes(codes, self.texts)

    def with_all(self, codes: Sequence[bytes], now: int) -> int | None:
        """The number of a face that has codes already, the present one first."""
        found = (n for n in self._from(now) if self.faces[n].codes.issuperset(codes))
        return next(found, None)

    def _from(self, now: int) -> list[int]:
        return [now, *(number for number in range(len(self.faces)) if number != now)]

    def of(self, codes: Sequence[bytes], now: int) -> int | None:
        """The number of a face for codes: one that has them, one with room, or a new one.

        None if no face could have all of them.
        """
        if (known := self.with_all(codes, now)) is not None:
            return known
        for number in self._from(now):
            if self.faces[number].takes(codes, self.texts):
                return number
        new = Face()
        if not new.takes(codes, self.texts):
            return None
        self.faces.append(new)
        return len(self.faces) - 1


def share_out(pdf: Pdf) -> None:
    """Show words in several faces of a font, where one would say a letter by many glyphs."""
    known = {name.encode(): Faces(said_by(font)) for name, font in fonts(pdf)}
    known = {name: faces for name, faces in known.items() if not faces.fit(faces.texts)}
    if not known:
        return
    for stream in streams(pdf):
        stream.write(_rewritten(stream.read_bytes(), known))
    tables = {table.objgen: table for table in _tables(pdf)}
    for name, font in list(fonts(pdf)):
        if faces := known.get(name.encode()):
            _declare(pdf, name, font, [face.codes for face in faces.faces], [*tables.values()])


def _tables(pdf: Pdf) -> Iterator[Any]:
    """The tables of fonts that pages and forms name them by."""
    holders: list[Any] = [page.obj for page in pdf.pages]
    holders += [one for one in pdf.objects if isinstance(one, pikepdf.Stream)]
    for holder in holders:
        resources = holder.get("/Resources")
        if resources is not None and "/Font" in resources:
            yield resources.Font


def _declare(pdf: Pdf, name: str, font: Any, faces: list[set[bytes]], tables: list[Any]) -> None:
    """Put the faces of a font where it stands; each tells of its own codes only."""
    table = font.ToUnicode.read_bytes()
    made = [font, *(pdf.make_indirect(Dictionary(dict(font))) for _ in faces[1:])]
    for number, (face, codes) in enumerate(zip(made, faces, strict=True)):
        face.ToUnicode = pdf.make_stream(_only(table, codes))
        for place in tables:
            if f"/{name}" in place:
                place[Name(f"/{_name(name, number)}")] = face


def _name(name: str, number: int) -> str:
    return f"{name}{number or ''}"


def _only(table: bytes, codes: set[bytes]) -> bytes:
    """A table of texts with some of its codes."""
    kept = _CHARACTER.sub(lambda found: found[0] if found[1] in codes else b"", table)

    def counted(match: re.Match[bytes]) -> bytes:
        count = match[1].count(b"\n")
        return b"%d beginbfchar\n%sendbfchar\n" % (count, match[1]) if count else b""

    return _COUNTED.sub(counted, kept)


def _rewritten(stream: bytes, known: Mapping[bytes, Faces]) -> bytes:
    """A stream in which each word of some fonts is shown in a face."""
    now: Now = (b"", b"", 0)
    saved: list[Now] = []

    def step(match: re.Match[bytes]) -> bytes:
        nonlocal now
        if match[1]:
            now = (match[1], match[2], 0)
        elif match[4] == b"q":
            saved.append(now)
        elif match[4]:
            now = saved.pop() if saved else now
        elif faces := known.get(now[0]):
            shown, number = _in_faces(match[3], faces, now)
            now = (*now[:2], number)
            return shown
        return match[0]

    return _STEP.sub(step, stream)


def _in_faces(shown: bytes, faces: Faces, now: Now) -> tuple[bytes, int]:
    """A line or part of it with changes of face where they are needed, and the last face."""
    whole = [code for string in _STRING.findall(shown) for code in _CODE.findall(string)]
    if (known := faces.with_all(whole, now[2])) is not None:
        return _chosen(known, now) + shown, known
    lines = []
    for number, group in groupby(_placed(shown, faces, now[2]), lambda part: part[0]):
        lines.append(_chosen(number, now))
        lines.append(b"[%s] TJ" % b"".join(part for _, part in group).replace(b"><", b""))
        now = (*now[:2], number)
    return b"\n".join(filter(None, lines)), now[2]


def _chosen(number: int, now: Now) -> bytes:
    """What changes to a face, if it is another one."""
    name, size, before = now
    face = _name(name.decode(), number).encode()
    return b"" if number == before else b"/%s %s Tf\n" % (face, size)


def _placed(shown: bytes, faces: Faces, number: int) -> Iterator[tuple[int, bytes]]:
    """Each word with the number of its face."""
    for word in _words(shown, faces):
        parts = [*_in_face(word, faces, number)]
        number = parts[-1][0]
        yield from parts


def _in_face(word: list[bytes], faces: Faces, number: int) -> Iterator[tuple[int, bytes]]:
    """A word with the number of its face; one that fits no face is cut."""
    found = faces.of([item[1:-1] for item in word if item[:1] == b"<"], number)
    if found is not None:
        yield found, b"".join(word)
        return
    for half in (word[: len(word) // 2], word[len(word) // 2 :]):
        yield from _in_face(half, faces, number)


def _words(shown: bytes, faces: Faces) -> Iterator[list[bytes]]:
    """Codes and distances of each word, with the space behind it."""
    word: list[bytes] = []
    for item in _items(shown):
        word.append(item)
        if item[1:-1] in faces.spaces:
            yield word
            word = []
    if word:
        yield word


def _items(shown: bytes) -> Iterator[bytes]:
    """Codes, each as a string of its own, and distances."""
    for match in _SHOWN.finditer(shown):
        if match[2]:
            yield match[2] + b" "  # or two numbers would be one
        else:
            yield from (b"<%s>" % code for code in _CODE.findall(match[1]))
