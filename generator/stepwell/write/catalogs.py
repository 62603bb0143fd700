"""Catalogs for translators: one PO file a language and pathway, and one for what is shared.

A translation stays with its context. When the source of a context changes, its
old translation is kept, marked fuzzy, with the source it was made for; it never
moves to another context. What is no longer in the content is kept as obsolete.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from stepwell.definitions.base import Text
from stepwell.definitions.units import Unit
from stepwell.po import Catalog, Message, written
from stepwell.write.briefs import Brief

CLOSE = 0.6
ROOM = "max-length:"
"""The flag, known to Weblate, that says how many letters there is room for."""
PLURALS = {
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3"
    " : n%100>=11 ? 4 : 5);",
    "fr": "nplurals=2; plural=(n > 1);",
    "hi": "nplurals=2; plural=(n > 1);",
    # The fourth form is for fractions ("1,5 тижня"), as in Unicode's rules.
    "uk": "nplurals=4; plural=(n%1==0 && n%10==1 && n%100!=11 ? 0 : n%1==0 && n%10>=2 && n%10<=4"
    " && (n%100<12 || n%100>14) ? 1 : n%1==0 && (n%10==0 || n%10>=5 && n%10<=9"
    " || n%100>=11 && n%100<=14) ? 2 : 3);",
    "zh": "nplurals=1; plural=0;",
    "zh-Hans": "nplurals=1; plural=0;",
}
Translations = Mapping[tuple[str, str], str]
"""(context, source) -> translation, of what may be published."""


@dataclass(frozen=True, slots=True, eq=False)
class Briefed:
    """A unit with all that is said of it in every language: its brief, place and flags."""

    unit: Unit
    key: tuple[str, str]
    brief: Brief
    places: str
    flags: tuple[str, ...]

    @classmethod
    def of(cls, unit: Unit, brief: Brief) -> Briefed:
        """A unit with its brief."""
        text = unit.text
        flags = (f"{ROOM}{text.room}",) if text.room else ()
        return cls(unit, unit.key, brief, f"{text.span.path}:{text.span.line}", flags)


@dataclass(frozen=True, slots=True)
class Synced:
    """What became of one file: its path, how many entries are current, stale and missing."""

    path: Path
    current: int
    stale: int
    missing: int

    @classmethod
    def of(cls, path: Path, catalog: Catalog) -> Synced:
        """The count of a catalog's entries that are not obsolete."""
        live = [message for message in catalog.messages if not message.obsolete]
        stale = sum(message.fuzzy for message in live)
        missing = sum(not message.translation for message in live)
        return cls(path, len(live) - stale - missing, stale, missing)


def merged(
    before: Catalog,
    units: Iterable[Briefed],
    language: str,
    source: str,
    shared: Translations,
) -> Catalog:
    """The catalog of a language for some units, with every translation that `before` has.

    `shared` has the translations of the shared file, for the briefs.
    """
    known = [message for message in before.messages if message.translation]
    find = _Finder(known)
    pairs = [(unit, find(unit.key)) for unit in units]
    own = {
        unit.key: old.translation
        for unit, old in pairs
        if old and not old.fuzzy and old.source == unit.key[1]
    }
    said = _sayer(own, shared)
    live = [_entry(unit, old, unit.brief.told(said)) for unit, old in pairs]
    taken = {id(old) for _, old in pairs}
    rest = [message for message in known if id(message) not in taken]
    left = _left(rest, live) if rest else []
    return Catalog((*live, *left), _fields(language, source, before.fields), before.note)


def save(catalog: Catalog, before: Catalog, path: Path) -> bool:
    """Write a catalog if it says something new; never half of it. Raises OSError."""
    if path.is_file() and catalog.says(before):
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.new")
    new.write_text(written(catalog), encoding="utf-8")
    os.replace(new, path)
    return True


class _Finder:
    """Finds the entry that a unit has its translation from: its own, or one of its context."""

    def __init__(self, known: list[Message]) -> None:
        self._known = known
        # Of two entries the first counts, but one that is obsolete only if there is no other.
        self._own = {message[:2]: message for message in reversed(known) if message.obsolete}
        self._own |= {message[:2]: message for message in reversed(known) if not message.obsolete}

    def __call__(self, key: tuple[str, str]) -> Message | None:
        return self._own.get(key) or self._closest(*key)

    def _closest(self, context: str, source: str) -> Message | None:
        """The entry of the context whose source was most like this one, if any was like it."""
        others = sorted(self._by_context.get(context, ()), key=lambda message: message.obsolete)
        by_source = {_made_for(message): message for message in reversed(others)}
        close = difflib.get_close_matches(source, by_source, n=1, cutoff=CLOSE)
        return by_source[close[0]] if close else None

    @cached_property
    def _by_context(self) -> dict[str, list[Message]]:
        found: dict[str, list[Message]] = {}
        for message in self._known:
            found.setdefault(message.context, []).append(message)
        return found


def _entry(unit: Briefed, old: Message | None, comment: str) -> Message:
    """The entry of a unit, with the translation of the one that it has it from.

    Only a person takes the mark fuzzy away, also when a source comes back: the
    translation may have been edited for the other one meanwhile.
    """
    context, source = unit.key
    if old is None:
        return Message(context, source, comment=comment, places=unit.places, flags=unit.flags)
    fuzzy = old.fuzzy or old.source != source
    previous = _made_for(old) if fuzzy else source
    return Message(
        context,
        source,
        old.translation,
        fuzzy,
        previous if previous != source else "",
        False,
        old.note,
        comment,
        unit.places,
        (*_others(old), *unit.flags) if old.flags else unit.flags,
        old.line,
    )


def _others(message: Message) -> tuple[str, ...]:
    """The flags of an entry that are not ours."""
    return tuple(flag for flag in message.flags if not flag.startswith(ROOM))


def _left(known: list[Message], live: list[Message]) -> list[Message]:
    """Entries that no unit has now, as obsolete ones, each once."""
    there = {(*message.key, message.translation) for message in live}
    found = []
    for message in known:
        # A previous source would be lost: polib does not read that of an obsolete entry.
        made_for = _made_for(message)
        if (row := (message.context, made_for, message.translation)) not in there:
            there.add(row)
            found.append(message._replace(
                source=made_for, previous="", obsolete=True, comment="", places="",
                flags=_others(message),
            ))  # fmt: skip
    return found


def _made_for(message: Message) -> str:
    """The source that a translation was made for."""
    return (message.fuzzy and message.previous) or message.source


def _sayer(own: Translations, shared: Translations) -> Callable[[Text], str]:
    """Says a text in the language, or nothing if a part of it has no current translation."""

    known: dict[str, str] = {}

    def said(text: Text) -> str:
        if text.context not in known:
            keys = [(text.context, block) for _, block in text.blocks()]
            parts = [own.get(key) or shared.get(key, "") for key in keys]
            known[text.context] = " ".join(" ".join(parts).split()) if all(parts) else ""
        return known[text.context]

    return said


@lru_cache(maxsize=64)
def plural_forms(language: str) -> str:
    """The field `Plural-Forms` of a language."""
    from stepwell.language import plural_forms as known

    return PLURALS.get(language) or known(language)


def _fields(language: str, source: str, before: Mapping[str, str]) -> dict[str, str]:
    """The header. What tools wrote there stays, such as the last translator, or `zh_Hans`."""
    said = before.get("Language", "")
    ours = language.replace("-", "_")
    same = said.partition("_")[0] == ours.partition("_")[0]
    return {
        "Project-Id-Version": "stepwell",
        "Plural-Forms": plural_forms(language),
        **before,
        "Language": said if same else ours,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Source-Language": source,
    }
