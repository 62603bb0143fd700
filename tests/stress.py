"""Pathways at their limits, to see what print makes of them: all texts long, or all bare.

They are made of the sample pathways in one of their languages, which becomes the
source: what a translation says is taken from its catalog, grown or cut down. So
both have words of the language, and nothing of a project is left out but the reading.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any, Literal

from stepwell.definitions.base import Definition, Language, Name, Phone, Text, Url
from stepwell.definitions.pathway import Measure, Pathway
from stepwell.definitions.placeholders import cut
from stepwell.definitions.project import Definitions
from stepwell.definitions.resources import Resources
from stepwell.definitions.site import Look, Site
from stepwell.definitions.vocabulary import Vocabulary
from stepwell.load.interface import interface
from stepwell.resolve import Resolved

Variant = Literal["long", "bare"]
COMPOUND = "Patientenversorgungskoordinationsbesprechungsprotokollmappen"
GROWTH = 1.4
TIERS, RESOURCES = 12, 60
PHONE = "+44 (0)20 7946-0100 12345"
URL = "https://behandlungspfade.psychosomatik.universitaetsklinikum-musterstadt.example/pfade"
LATE = datetime.date(2030, 1, 1)
"""A day after all dates for review: documents carry a mark then."""

_COMPOUNDS = {
    ("Tier", "title"), ("Medicine", "title"), ("Intervention", "title"), ("Letter", "title"),
    ("NamedCriterion", "label"), ("Resource", "name"), ("ChecklistItem", "item"),
    ("Parameter", "label"), ("NoteSection", "title"), ("Contact", "name"),
}  # fmt: skip
"""(definition, field) of titles, names and cells of tables that get a word of 60 letters."""
_KINDS = {
    "measures", "criteria", "quantities", "interventions", "letters", "conferences", "care_plan",
    "medicines", "monitoring", "reconciliation", "readiness", "note_template", "case_review",
}  # fmt: skip
"""Parts of a pathway that the bare one keeps, so that every kind of document is printed."""
_MARKS = ".。؟?!।"

Change = Callable[[Definition, str, Any], Any]


def stressed(real: Definitions, language: str, variant: Variant, paper: str = "A4") -> Resolved:
    """The sample pathways in a language, all texts long or bare, all editions printed.

    The long ones are drafts that are past their review.
    """
    change = _grow if variant == "long" else _strip
    tag = Language(language)
    own = _Catalog(real, language)

    def made(part: Definition) -> Any:
        return _rebuilt(_rebuilt(part, own.translated), lambda *given: change(language, *given))

    site: Site = made(real.site)
    languages = site.languages.model_copy(
        update={"source": tag, "published": (tag,), "for_patients_only": ()}
    )
    look = Look(paper=paper, editions=("large", "booklet"))
    definitions = replace(
        real,
        site=site.model_copy(update={"languages": languages, "look": look}),
        vocabulary=made(real.vocabulary),
        resources=_many(made(real.resources)) if variant == "long" else Resources(),
        pathways={name: made(pathway) for name, pathway in real.pathways.items()},
        catalogs={},
    )
    if variant == "long":
        drafts = {n: _high(p) for n, p in definitions.pathways.items()}
        definitions = replace(definitions, pathways=drafts)
    return Resolved(definitions, {language: interface(language)}, LATE)


class _Catalog:
    """What texts say in a language, block by block.

    What has no translation there gets words of other texts, so many as are plausible.
    """

    def __init__(self, real: Definitions, language: str) -> None:
        found = real.catalogs.get(language)
        self.entries = found.entries if found else {}
        plain = (piece for entry in self.entries.values() for piece in cut(entry.text))
        self.words = "".join(piece for piece in plain if isinstance(piece, str))
        self.at = 0

    def translated(self, _: Definition, field: str, value: Any) -> Any:
        """A text in the language, and any other value as it is."""
        if not (isinstance(value, Text) and self.entries):
            return value
        return _texted(value, [(kind, self._said(value, said)) for kind, said in value.blocks()])

    def _said(self, text: Text, source: str) -> str:
        entry = self.entries.get((text.context, source))
        if entry:
            return entry.text
        begin, self.at = self.at, (self.at + len(source) // 2) % (len(self.words) - 999)
        return self.words[begin : begin + len(source) // 2].strip() or self.words[:2]


def _rebuilt(value: Any, change: Change, holder: Definition | None = None, field: str = "") -> Any:
    """A definition with its values changed, from the outside to the inside."""
    if holder is not None:
        value = change(holder, field, value)
    if isinstance(value, Definition):
        fields = {name: _rebuilt(inner, change, value, name) for name, inner in value.fields()}
        return value.model_copy(update=fields)
    if isinstance(value, tuple) and holder is not None:
        return tuple(_rebuilt(inner, change, holder, field) for inner in value)
    if isinstance(value, dict) and holder is not None:
        return {key: _rebuilt(inner, change, holder, field) for key, inner in value.items()}
    return value


def _texted(text: Text, blocks: list[tuple[Any, str]]) -> Text:
    """The same text with other words."""
    lines = [f"- {said}\n" if kind == "item" else f"{said}\n\n" for kind, said in blocks]
    made = type(text)("".join(lines).strip())
    made.span, made.context, made.readers, made.room = (
        text.span, text.context, text.readers, text.room,
    )  # fmt: skip
    return made


# All long -------------------------------------------------------------------------------------


def _grow(language: str, holder: Definition, field: str, value: Any) -> Any:
    """A value as long as it can plausibly be."""
    compound = language == "en" and (type(holder).__name__, field) in _COMPOUNDS
    if isinstance(value, Phone):
        return Phone(PHONE) if field == "phone" else value
    if isinstance(value, Url):
        return Url(URL)
    if isinstance(value, Text):
        blocks = [(kind, _longer(said, language, value.room)) for kind, said in value.blocks()]
        if compound:
            blocks = [(kind, f"{said} {COMPOUND}") for kind, said in blocks]
        return _texted(value, blocks)
    if type(value) is Name and field in ("name", "address", "citation"):
        said = _longer(value, "en", None)
        return Name(f"{said} {COMPOUND}" if compound else said)
    return value


@lru_cache(maxsize=65536)
def _longer(said: str, language: str, room: int | None) -> str:
    """A text with its own words again until it is longer by 40%, or fills its room."""
    if room is not None:
        return _filling(said, language, room)
    body, mark = (said[:-1], said[-1]) if said[-1] in _MARKS else (said, "")
    plain = "".join(piece for piece in cut(said) if isinstance(piece, str))
    wanted = len(said) * GROWTH - len(said)
    if language == "zh":
        more = "".join(letter for letter in plain if letter.isalpha())
        return f"{body}{more[: max(round(wanted), 1)]}{mark}"
    grown: list[str] = []
    for word in _words(plain) * 9:
        if sum(map(len, grown)) + len(grown) >= wanted:
            break
        grown.append(word)
    return " ".join((body, *grown)) + mark


def _filling(said: str, language: str, room: int) -> str:
    """A short name that fills its room; in Chinese half of it, since letters are wide."""
    if language == "zh":
        return (said * 9)[: max(room // 2, len(said))]
    if language == "en" and room == len("Überweisungsmanagement"):
        return "Überweisungsmanagement"
    grown = said
    for word in _words(said) * 9:
        grown = grown if len(grown) + 1 + len(word) > room else f"{grown} {word}"
    return grown


def _words(text: str) -> list[str]:
    """The words of a text without marks."""
    found = (word.strip(",;:()«»\"'" + _MARKS) for word in text.split())
    return [word for word in found if word] or [text]


def _many(resources: Resources) -> Resources:
    """The resources, as often as it takes to have 60."""
    found = [
        one.model_copy(update={"id": type(one.id)(f"{one.id}-{number}")})
        for number in range(RESOURCES)
        for one in resources.resources
    ]
    return Resources.model_construct(resources=tuple(found[:RESOURCES]))


def _high(pathway: Pathway) -> Pathway:
    """A draft of the pathway with twelve tiers, each with its waits."""
    tiers, waits = list(pathway.tiers), list(pathway.waits)
    for number, tier in enumerate(pathway.tiers * TIERS):
        if len(tiers) == TIERS:
            break
        name = f"{tier.id}-{number}"
        tiers.append(tier.model_copy(update={"id": type(tier.id)(name)}))
        waits += [
            wait.model_copy(update={"tier": type(wait.tier)(name)})
            for wait in pathway.waits
            if str(wait.tier) == str(tier.id)
        ]
    return pathway.model_copy(
        update={"tiers": tuple(tiers), "waits": tuple(waits), "status": "draft"}
    )


# All bare -------------------------------------------------------------------------------------


def _strip(language: str, holder: Definition, field: str, value: Any) -> Any:
    """A value as short as it can be: one word, one item, nothing where nothing is needed."""
    if isinstance(value, Text):
        blocks = value.blocks()[:1]
        return _texted(value, [(kind, _one_word(said, language)) for kind, said in blocks])
    if isinstance(holder, Vocabulary | Measure) or field in _KINDS or field == "for_":
        return value
    wanted = type(holder).model_fields[field]
    if not wanted.is_required() and (value is None or isinstance(value, Definition | str)):
        return wanted.get_default() if wanted.get_default() is None else value
    if isinstance(value, tuple) and isinstance(holder, Definition):
        return value[:1] if wanted.is_required() else ()
    return value


def _one_word(said: str, language: str) -> str:
    """The first word of a text that is more than two letters; two letters in Chinese."""
    plain = "".join(piece for piece in cut(said) if isinstance(piece, str))
    if language == "zh":
        return "".join(letter for letter in plain if letter.isalpha())[:2]
    words = _words(plain)
    return next((word for word in words if len(word) > 2), words[0])


def longest(pathway: Pathway, subjects: Iterator[str] | tuple[str, ...]) -> str:
    """The subject of some that says most."""
    sizes = {str(part.id): len(repr(part)) for part in _identified(pathway)}
    return max(subjects, key=lambda name: sizes.get(name, 0))


def _identified(pathway: Pathway) -> Iterator[Any]:
    for _, value in pathway.fields():
        if isinstance(value, tuple):
            yield from (part for part in value if hasattr(part, "id"))
