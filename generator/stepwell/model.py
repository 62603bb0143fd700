"""What the later stages pass on: artifacts, and the website that pages belong to.

An artifact is one output as a pure function of content and templates. `render`
makes them, `write` puts them on disk; nothing here does I/O.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from stepwell.source import Span

Audience = Literal["patient", "family", "clinician", "lead", "everybody"]
Direction = Literal["ltr", "rtl"]
Imposition = Literal["", "fold", "booklet", "cards"]
"""How the pages of a document lie on sheets: as they are, folded to eighths, stitched or cut."""


@dataclass(frozen=True, slots=True)
class Proved:
    """The proof of a pathway: its digest, (obligation, asked, held, waived) each, and waivers."""

    pathway: str
    digest: str
    obligations: tuple[tuple[str, int, int, int], ...]
    waivers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a page for its table of contents: level 2 or 3, anchor and plain text."""

    level: int
    anchor: str
    title: str


@dataclass(frozen=True, slots=True)
class Artifact:
    """One output: `path` is POSIX, below the site's root; all texts are plain, not HTML."""

    path: str
    title: str
    language: str
    audience: Audience
    pathway: str
    sources: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Page(Artifact):
    """A web page. `html` is its finished, escaped article with the h1.

    One that is `withheld` is a notice, because a safety text has no translation; so is
    one that is not `served`, because its readers are not served in its language.
    """

    html: str
    description: str
    headings: tuple[Heading, ...]
    kind: str
    withheld: bool = False
    served: bool = True

    @property
    def notice(self) -> bool:
        """Whether a notice stands here: found by its address, but not by a search."""
        return self.withheld or not self.served


@dataclass(frozen=True, slots=True)
class Document(Artifact):
    """A printed document. `html` is a whole page for WeasyPrint with its CSS inside.

    `longest` names the longest text that it prints, for whoever has to shorten one.
    `note` is a page for whoever prints its sheets: a line beside what is cut out.
    """

    html: str
    kind: str
    imposition: Imposition = ""
    max_pages: int | None = None
    withheld: bool = False
    fillable: bool = False
    longest: str = ""
    note: str = ""

    @property
    def picture(self) -> str:
        """The path of the picture of its first page."""
        return picture_of(self.path)


def picture_of(document: str) -> str:
    """The path of the picture that lies beside a document."""
    return f"{document.removesuffix('.pdf')}.png"


@dataclass(frozen=True, slots=True)
class Data(Artifact):
    """A file that is written as it is: CSV, calendar, JSON, HTML without chrome."""

    content: bytes


@dataclass(frozen=True, slots=True)
class NavItem:
    """An entry of the navigation: a page (`path`) or a section with children."""

    title: str
    path: str | None = None
    children: tuple[NavItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Logo:
    """The clinic's logo on the website: its path below the root, its width and height."""

    path: str
    width: float
    height: float

    @property
    def name(self) -> str:
        """The file's name."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Website:
    """The website in one language: everything that mkdocs needs, as finished parts.

    `banner` and `footer` are escaped HTML; `words` are the interface words of
    the theme by name; `languages` are (tag, autonym, direction) of all editions.
    """

    language: str
    direction: Direction
    name: str
    address: str
    description: str
    nav: tuple[NavItem, ...]
    pages: tuple[Page, ...]
    banner: str
    footer: str
    words: tuple[tuple[str, str], ...]
    languages: tuple[tuple[str, str, Direction], ...]
    primary: str
    accent: str
    family: Literal["sans", "serif"] = "sans"
    logo: Logo | None = None


Output = Document | Website | Data
"""What rendering yields and writing takes."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """Everything that was rendered."""

    websites: tuple[Website, ...]
    documents: tuple[Document, ...]
    data: tuple[Data, ...]

    @classmethod
    def of(cls, outputs: Iterable[Output]) -> Rendered:
        """The outputs by kind, each kind in its order."""
        found = tuple(outputs)
        return cls(
            tuple(output for output in found if isinstance(output, Website)),
            tuple(output for output in found if isinstance(output, Document)),
            tuple(output for output in found if isinstance(output, Data)),
        )
