"""The page of downloads: every document of a language, by pathway and by who reads it. Pure.

A document is one card with all files of it: each edition in each language. So a reader
comes from a title to the same words in large print or in another language.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from markupsafe import Markup

from stepwell.definitions.base import Readers
from stepwell.model import Audience, Direction, picture_of
from stepwell.render.documents_plan import LEAFLET, Planned, documents
from stepwell.render.downloads import document_title
from stepwell.render.plan import _n
from stepwell.resolve import Resolved
from stepwell.resolve.addresses import leaflet
from stepwell.resolve.edition import Edition
from stepwell.resolve.view import Reading
from stepwell.resolve.words import Words, isolate, plain

Size = Literal["sheet", "large", "booklet", "pocket", "wall"]
"""How large what is read is: the pages of the clinic's paper, large print, a booklet, …"""

_FORMS = {
    "leaflet": _n("%(paper)s, both sides"),
    "large": _n("Large print (%(size)s), on %(paper)s"),
    "booklet": _n("Booklet to fold, on %(paper)s"),
    "fold": _n("%(paper)s, to fold to eight small pages"),
    "cards": _n("%(paper)s, cards to cut out"),
    "pocket": _n("%(paper)s pages, for a telephone"),
    "wall": _n("%(paper)s, for the wall"),
}
_SIZES: dict[str, Size] = {"large": "large", "booklet": "booklet", "fold": "pocket",
                           "cards": "pocket", "A6": "pocket", "A3": "wall"}  # fmt: skip
"""Edition, imposition or paper -> the size that it makes of a document."""


@dataclass(frozen=True, slots=True)
class File:
    """A PDF. `href` and `picture` are addresses from the page of downloads.

    `form` says in the page's language what comes out of the printer, `told` the same as text
    without marks; `words` are those of a link among the other files of the document, in the
    language of `spoken`. One that is `shown` is offered before anything was chosen.
    """

    language: str
    autonym: str
    spoken: tuple[str, Direction]
    href: str
    picture: str
    size: Size
    paper: str
    form: Markup
    told: str
    words: Markup
    shown: bool


@dataclass(frozen=True, slots=True)
class Item:
    """A document with its files, the one first that is opened by its title.

    `shape` is the width and height of its picture as it is shown, in pixels.
    """

    title: Markup
    kind: str
    fillable: bool
    shape: tuple[int, int]
    files: tuple[File, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """The documents of a pathway for some readers."""

    pathway: str
    audience: Audience
    items: tuple[Item, ...]


def shelves(resolved: Resolved, reading: Reading, withheld: Collection[str] = ()) -> list[Shelf]:
    """The documents that a language has, in the order of the plan, readers by readers.

    Those at the paths `withheld` are only notices; a document of which nothing else is left
    has no place here.
    """
    found = []
    for name in resolved.definitions.pathways:
        edition = resolved.edition(reading.edition.language, "patient", name)
        cards = _Cards(resolved, reading, edition, name, withheld)
        rows = sorted(cards.made(), key=lambda row: _READERS.index(row[0]))
        for audience, group in groupby(rows, key=lambda row: row[0]):
            found.append(Shelf(name, audience, tuple(item for _, item in group)))
    return found


_READERS: tuple[Audience, ...] = ("patient", "family", "clinician", "lead", "everybody")


class _Cards:
    """Makes the cards of one pathway in one language."""

    def __init__(
        self, resolved: Resolved, page: Reading, edition: Edition, name: str,
        withheld: Collection[str],
    ) -> None:  # fmt: skip
        self.resolved = resolved
        self.page = page
        self.edition = edition
        self.name = name
        self.withheld = withheld
        self.look = edition.definitions.site.look

    def made(self) -> Iterator[tuple[Audience, Item]]:
        """(reader, card) of each document, in the order of the plan."""
        edition = self.edition
        inner = self.resolved.reading(edition, self.page.page, "web")
        clinical = edition.serves_clinicians
        planned = documents(edition.content, self.look, clinical=clinical)
        for _, group in groupby(planned, key=lambda one: (one.row.kind, one.subject)):
            editions = tuple(group)
            row, title = editions[0].row, document_title(editions[0], edition, inner)
            files = tuple(self._files(editions))
            if files:
                shape = _shape(editions[0], self._paper(editions[0]))
                yield row.audience, Item(title, row.kind, row.fillable, shape, files)

    def _files(self, editions: tuple[Planned, ...]) -> Iterator[File]:
        """The files of a document, those in the page's language first."""
        own = self.edition.language
        readers: Readers = "clinicians" if editions[0].row.audience == "clinician" else "patients"
        definitions = self.edition.definitions
        for tag in (own, *(tag for tag in definitions.languages if tag != own)):
            for planned in editions if definitions.serves(tag, readers) else ():
                path = f"{tag}/{leaflet(self.name, planned.name)}"
                if path not in self.withheld:
                    yield self._file(planned, tag, path)

    def _file(self, planned: Planned, tag: str, path: str) -> File:
        words, paper = self.resolved.words[tag], self._paper(planned)
        form = _form(planned, paper, self.edition.words)
        own = tag == self.edition.language
        href = self.page.to(path.partition("/")[2] if own else f"../{path}")
        first = planned.edition == "standard"
        return File(
            language=tag,
            autonym=words.autonym,
            spoken=(tag, words.direction),
            href=href,
            picture=picture_of(href),
            size=_size(planned, paper),
            paper=paper,
            form=form,
            told=plain(form, self.edition.direction),
            words=_said(words, _form(planned, paper, words), own=own, first=first),
            shown=first or own,
        )

    def _paper(self, planned: Planned) -> str:
        return planned.row.paper or self.look.paper


def _said(words: Words, form: Markup, *, own: bool, first: bool) -> Markup:
    """The words of a link to a file: the language, the form, or both where both are others."""
    if own:
        return form
    name = Markup.escape(words.autonym)
    return name if first else Markup("{} · {}").format(name, form)


def _size(planned: Planned, paper: str) -> Size:
    made = (planned.edition, planned.imposition, paper)
    return next((_SIZES[one] for one in made if one in _SIZES), "sheet")


def _form(planned: Planned, paper: str, words: Words) -> Markup:
    """What comes out of the printer, in a few words."""
    size = _size(planned, paper)
    name: str = planned.imposition or size
    if size == "sheet" and planned.row.editions == LEAFLET:
        name = "leaflet"
    if name not in _FORMS:
        return isolate(paper)
    return words(_FORMS[name], paper=isolate(paper), size=isolate("18\u00a0pt"))


_WIDTH = 100


def _shape(planned: Planned, paper: str) -> tuple[int, int]:
    """Width and height of a picture: pages stand, what is folded or hangs on a wall lies."""
    ratio = 279.4 / 215.9 if paper == "Letter" else 297 / 210
    lies = planned.imposition == "fold" or paper == "A3"
    return _WIDTH, round(_WIDTH / ratio if lies else _WIDTH * ratio)
