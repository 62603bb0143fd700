"""What surrounds the article of a page: navigation, language switch, neighbours, contents.

Pure functions and values, all texts plain, all addresses ready to print: the theme's
templates only loop. Nothing here knows mkdocs; `site_mkdocs` hands the values to it.
"""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from stepwell.model import Direction, Heading, Page, Website
from stepwell.write.site_links import Folder, Links
from stepwell.write.site_nav import Branch, Level, Link, Navigation, entries

HOME = "index.html"
NOT_FOUND = "404.html"
OFFLINE = "offline.html"
"""What a browser without a connection shows for a page that it has no copy of."""
APP = "app.webmanifest"
WORKER = "sw.js"
ICON = "app/icon-{}.png"
ICON_WHOLE = "app/icon-whole-{}.png"
"""Icons of the app below the root, by their width in dots; a whole one fills its square."""
SYNONYMS = "synonyms.json"
"""The names that the search of a language knows besides its index, below the language."""
TERMS = "sw-meanings"
"""What stands in an article that explains terms: its class (templates/partials/meanings.html)."""
FOOT = ("urgent", "whats-new", "site-about")
"""The kinds of pages that the foot of every page leads to."""


@dataclass(frozen=True, slots=True)
class Alternate:
    """A language of the language switch; `same` when it leads to this very page.

    `notice` when there is only a notice in its place.
    """

    language: str
    name: str
    direction: Direction
    url: str
    address: str
    same: bool
    notice: bool
    current: bool


@dataclass(frozen=True, slots=True)
class View:
    """Everything that the theme prints around, and about, one page.

    `unmatched` is the address for readers of no published language, `linked` is JSON-LD;
    `terms` whether terms are explained on it.
    """

    title: str
    description: str
    audience: str
    pathway: str
    kind: str
    place: str
    pathway_name: str
    topic: str
    notice: bool
    address: str
    unmatched: str
    linked: str
    home: str
    assets: str
    search: str
    synonyms: str
    levels: Level
    crumbs: tuple[Link, ...]
    toc: tuple[Link, ...]
    previous: Link | None
    next: Link | None
    alternates: tuple[Alternate, ...]
    foot: tuple[Link, ...]
    terms: bool = False
    app: str = ""
    worker: str = ""
    offline: str = ""
    icon: str = ""

    @property
    def nav(self) -> tuple[Link, ...]:
        """The navigation as plain entries, not in runs."""
        return tuple(entries(self.levels))


@dataclass(frozen=True)
class Chrome:
    """Makes the view of each page of one website.

    `assets` is the shared assets folder as a POSIX path below the root; `published`
    has the paths of each other language, and a language that is not in it is taken to
    have the same paths as this one. `notices` are those, of any language, where only a
    notice stands.
    """

    website: Website
    assets: str
    published: Mapping[str, Collection[str]]
    notices: Collection[str] = ()

    @property
    def order(self) -> tuple[Branch, ...]:
        """The pages of the navigation in the order of reading, each once."""
        return self._navigation.order

    @cached_property
    def _foot(self) -> tuple[Page, ...]:
        """The pages that the foot of every page leads to."""
        return tuple(one for one in self.website.pages if one.kind in FOOT and not one.notice)

    @cached_property
    def _position(self) -> dict[str, int]:
        return {branch.target: index for index, branch in enumerate(self.order)}

    @property
    def home(self) -> str:
        """The path of the language's home page."""
        return f"{self.website.language}/{HOME}"

    @cached_property
    def _links(self) -> Links:
        return Links(self.website.address)

    @cached_property
    def _navigation(self) -> Navigation:
        return Navigation(self.website.nav, self._links)

    def view(self, page: Page) -> View:
        """The view of a page, with addresses relative to it."""
        return self._view(page, posixpath.dirname(page.path) or ".")

    def apart(self, name: str, title: str) -> View:
        """The view of NOT_FOUND or OFFLINE, with absolute addresses: it is shown anywhere."""
        page = Page(
            path=f"{self.website.language}/{name}",
            title=title,
            language=self.website.language,
            audience="everybody",
            pathway="",
            sources=(),
            html="",
            description="",
            headings=(),
            kind="not-found" if name == NOT_FOUND else "offline",
        )
        return self._view(page, None)

    def _view(self, page: Page, folder: Folder) -> View:
        position = self._position.get(page.path)
        around = (None, None) if position is None else (position - 1, position + 1)
        return View(
            title=page.title,
            description=page.description or self.website.description,
            audience=page.audience,
            pathway=page.pathway,
            kind=page.kind,
            place=page.place,
            pathway_name=page.pathway_name,
            topic=page.topic,
            notice=page.notice,
            address="" if folder is None else self.address(page.path),
            unmatched=self.address("") if page.path == self.home else "",
            linked=page.linked,
            home=self.link(self.home, folder),
            assets=self.link(self.assets, folder),
            search=self.link(f"{self.website.language}/search", folder),
            synonyms=self._synonyms(folder),
            levels=self._navigation.level(page.path, folder),
            crumbs=tuple(self._navigation.crumbs(page.path, folder)),
            toc=contents(page.headings),
            previous=self._neighbour(around[0], folder),
            next=self._neighbour(around[1], folder),
            alternates=tuple(self._alternates(page.path, folder)),
            foot=tuple(Link(one.title, self.link(one.path, folder)) for one in self._foot),
            terms=TERMS in page.html,
            app=self.link(f"{self.website.language}/{APP}", folder),
            worker=self.link(WORKER, folder),
            offline=self.link(f"{self.website.language}/{OFFLINE}", folder),
            icon=self.link(ICON_WHOLE.format(192), folder) if self.website.preview else "",
        )

    def _synonyms(self, folder: Folder) -> str:
        path = f"{self.website.language}/{SYNONYMS}"
        return self.link(path, folder) if self.website.synonyms else ""

    def link(self, path: str, folder: Folder) -> str:
        """The address of a path below the root: relative to a folder, or absolute for None."""
        return self._links.link(path, folder)

    def address(self, path: str) -> str:
        """The published address of a path, or "" while the website has none."""
        return self._links.address(path)

    def _neighbour(self, position: int | None, folder: Folder) -> Link | None:
        if position is None or not 0 <= position < len(self.order):
            return None
        branch = self.order[position]
        return Link(self._titles.get(branch.target, branch.title), self.link(branch.target, folder))

    @cached_property
    def _titles(self) -> dict[str, str]:
        return {page.path: page.title for page in self.website.pages}

    def _alternates(self, path: str, folder: Folder) -> Iterator[Alternate]:
        inside = path.removeprefix(f"{self.website.language}/")
        quoted = quote(inside)
        for language, name, direction in self.website.languages:
            there = f"{language}/{inside}"
            current = language == self.website.language
            same = inside not in (NOT_FOUND, OFFLINE) and (current or self._has(language, there))
            if current and same:
                link = self.link(there, folder)
            else:  # nothing of the way there is shared, so that what is shared is made once
                link = f"{self.link(language, folder)}/{quoted if same else HOME}"
            address = self.address(there) if same else ""
            notice = there in self.notices
            yield Alternate(language, name, direction, link, address, same, notice, current)

    def _has(self, language: str, path: str) -> bool:
        return language not in self.published or path in self.published[language]


def contents(headings: tuple[Heading, ...]) -> tuple[Link, ...]:
    """The table of contents: headings of level 2, each with those of level 3 that follow."""
    sections: list[tuple[Heading, list[Link]]] = []
    for heading in headings:
        if heading.level > 2 and sections:
            sections[-1][1].append(Link(heading.title, "#" + quote(heading.anchor)))
        else:
            sections.append((heading, []))
    return tuple(
        Link(heading.title, "#" + quote(heading.anchor), children=tuple(children))
        for heading, children in sections
    )
