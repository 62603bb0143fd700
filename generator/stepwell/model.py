"""What the later stages pass on: artifacts, and the website that pages belong to.

An artifact is one output as a pure function of content and templates. `render`
makes them, `write` puts them on disk; nothing here does I/O.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import quote, urlsplit

from stepwell.source import Lines

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
    sources: Lines


@dataclass(frozen=True, slots=True)
class Page(Artifact):
    """A web page. `html` is its finished, escaped article with the h1.

    One that is `withheld` is a notice, because a safety text has no translation; so is
    one that is not `served`, because its readers are not served in its language.
    `linked` is what search engines read of it, as JSON-LD that may stand in a script element.
    A search shows the `place` beside the title: the pathway's name, and the step. It can be
    narrowed to a pathway, by its `pathway_name`, and to a `topic`.
    """

    html: str
    description: str
    headings: tuple[Heading, ...]
    kind: str
    withheld: bool = False
    served: bool = True
    place: str = ""
    pathway_name: str = ""
    topic: str = ""
    linked: str = ""

    @property
    def notice(self) -> bool:
        """Whether a notice stands here: found by its address, but not by a search."""
        return self.withheld or not self.served


@dataclass(frozen=True, slots=True)
class Document(Artifact):
    """A printed document. `html` is a whole page for WeasyPrint with its CSS inside.

    `longest` names the longest text that it prints, for whoever has to shorten one.
    `note` is a page for whoever prints its sheets: a line beside what is cut out. The `weight`
    says how much work it is, beside that of others.
    """

    html: str
    kind: str
    imposition: Imposition = ""
    max_pages: int | None = None
    withheld: bool = False
    fillable: bool = False
    longest: str = ""
    note: str = ""
    weight: int = 0

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
class Front(Data):
    """A page above all languages. `content` is its finished, escaped body, in UTF-8.

    `script` is the name of its script; one that is `found` has an address of its own, the
    other stands wherever there is no page.
    """

    description: str
    direction: Direction
    script: str
    found: bool


@dataclass(frozen=True, slots=True)
class Preview(Artifact):
    """The picture beside a link to the site that somebody shares: `html` is drawn as PNG."""

    html: str


PREVIEW_SIZE = (1200, 630)
"""Width and height of that picture in dots, as social networks ask for."""


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
class Told:
    """What shared pages say of the pathways' outputs: which of them are only notices.

    `withheld` has (path below the language, title) of pages of the language, `notices` the
    paths of documents of all languages.
    """

    withheld: tuple[tuple[str, str], ...] = ()
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ask:
    """A part of the outputs: those of a pathway in a language, or the pages that pathways share.

    Shared pages have no `pathway`, and are `told` of the others. What stands above all
    languages has no language either.
    """

    language: str = ""
    pathway: str = ""
    told: Told = Told()


@dataclass(frozen=True, slots=True)
class Part:
    """What was rendered of an ask, and (what, how it reads, path) of what an output lacks.

    `banner` and `footer` of a language come with its shared pages.
    """

    pages: tuple[Page, ...] = ()
    documents: tuple[Document, ...] = ()
    data: tuple[Front | Data, ...] = ()
    previews: tuple[Preview, ...] = ()
    banner: str = ""
    footer: str = ""
    missing: tuple[tuple[str, str, str], ...] = ()

    def card(self) -> Part:
        """The same without the HTML of pages and documents: all that lists and menus need."""
        pages = tuple(replace(page, html="") for page in self.pages)
        documents = tuple(replace(document, html="", note="") for document in self.documents)
        return replace(self, pages=pages, documents=documents)


@dataclass(frozen=True, slots=True)
class Website:
    """The website in one language: everything that mkdocs needs, as finished parts.

    `banner` and `footer` are escaped HTML; `words` are the interface words of
    the theme by name; `languages` are (tag, autonym, direction) of all editions;
    `synonyms` is the JSON of the names that its search knows; `preview` is the path of the
    picture beside shared links, if there is one; with `offline` browsers keep pages. `asks`
    are what its pages are rendered by, in their order.
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
    synonyms: str = ""
    preview: str = ""
    offline: bool = True
    asks: tuple[Ask, ...] = ()


def prefix(address: str) -> str:
    """The part of an address after its host, quoted, without a slash at its end."""
    return quote(urlsplit(address).path.rstrip("/"), safe="/%-._~")


Output = Document | Website | Data | Preview
"""What rendering yields and writing takes."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """Everything that was rendered."""

    websites: tuple[Website, ...]
    documents: tuple[Document, ...]
    data: tuple[Data, ...]
    previews: tuple[Preview, ...] = ()

    @classmethod
    def of(cls, outputs: Iterable[Output]) -> Rendered:
        """The outputs by kind, each kind in its order."""
        found = tuple(outputs)
        return cls(
            tuple(output for output in found if isinstance(output, Website)),
            tuple(output for output in found if isinstance(output, Document)),
            tuple(output for output in found if isinstance(output, Data)),
            tuple(output for output in found if isinstance(output, Preview)),
        )
