"""The navigation of a website, as each page shows it, and the order of its pages.

A page shows all entries beside those that it is in, and most of these are the same on its
neighbours. So they are handed on in runs: a run is one object on all pages that show it, and
what the theme makes of it is made once (`site_pieces`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import ClassVar

from stepwell.model import NavItem
from stepwell.write.site_links import Folder, Links


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of the navigation; `active` on the way to the page, `current` the page itself.

    Only active entries have children: the others lead to their first page, so that
    a page does not carry the navigation of the whole site.
    """

    title: str
    url: str
    active: bool = False
    current: bool = False
    children: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """Entries side by side that the page is in none of. Each is its own, whatever it holds."""

    links: tuple[Link, ...]
    active: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class Open:
    """An entry that the page is in, with what is shown below it."""

    link: Link
    inside: tuple[Run | Open, ...]
    active: ClassVar[bool] = True


Level = tuple[Run | Open, ...]


@dataclass(frozen=True)
class Branch:
    """A navigation item with the page that it leads to and all pages below it."""

    title: str
    target: str
    pages: frozenset[str]
    children: tuple[Branch, ...]

    @classmethod
    def of(cls, item: NavItem) -> Branch | None:
        """The branch of an item, or None when it leads to no page at all."""
        children = tuple(branch for branch in map(cls.of, item.children) if branch)
        target = item.path or (children[0].target if children else "")
        pages = frozenset(chain([item.path or target], *(child.pages for child in children)))
        return cls(item.title, target, pages, children) if target else None

    def is_page(self, path: str) -> bool:
        """Whether this is the page's own entry: a section only borrows its first page."""
        return self.target == path and all(child.target != path for child in self.children)

    def walk(self) -> Iterator[Branch]:
        """This branch and all below it, in the order of reading."""
        yield self
        for child in self.children:
            yield from child.walk()

    @cached_property
    def places(self) -> Mapping[str, tuple[int, ...]]:
        """Page -> which of the children it is in."""
        found: dict[str, tuple[int, ...]] = {}
        for place, child in enumerate(self.children):
            for path in child.pages:
                found[path] = (*found.get(path, ()), place)
        return found


class Navigation:
    """The navigation of one website; entries that lead nowhere are left out."""

    def __init__(self, items: tuple[NavItem, ...], links: Links) -> None:
        branches = tuple(branch for branch in map(Branch.of, items) if branch)
        self._root = Branch("", "", frozenset(), branches)
        self._links = links
        self._runs: dict[tuple[int, int, int, Folder], Run] = {}

    @cached_property
    def order(self) -> tuple[Branch, ...]:
        """The pages of the navigation in the order of reading, each once."""
        seen: dict[str, Branch] = {}
        for branch in chain.from_iterable(branch.walk() for branch in self._root.children):
            seen.setdefault(branch.target, branch)
        return tuple(seen.values())

    def level(self, path: str, folder: Folder) -> Level:
        """What a page in a folder shows of the navigation."""
        return tuple(self._parts(self._root, path, folder))

    def _parts(self, parent: Branch, path: str, folder: Folder) -> Iterator[Run | Open]:
        begin = 0
        for place in parent.places.get(path, ()):
            if place > begin:
                yield self._run(parent, begin, place, folder)
            yield self._open(parent.children[place], path, folder)
            begin = place + 1
        if begin < len(parent.children):
            yield self._run(parent, begin, len(parent.children), folder)

    def _open(self, branch: Branch, path: str, folder: Folder) -> Open:
        link = self._links.link(branch.target, folder)
        shown = Link(branch.title, link, active=True, current=branch.is_page(path))
        return Open(shown, tuple(self._parts(branch, path, folder)))

    def _run(self, parent: Branch, begin: int, end: int, folder: Folder) -> Run:
        key = (id(parent), begin, end, folder)  # branches live as long as this does
        if key not in self._runs:
            inside = parent.children[begin:end]
            self._runs[key] = Run(tuple(self._link(branch, folder) for branch in inside))
        return self._runs[key]

    def _link(self, branch: Branch, folder: Folder) -> Link:
        return Link(branch.title, self._links.link(branch.target, folder))

    def crumbs(self, path: str, folder: Folder) -> Iterator[Link]:
        """The sections that a page is in, the outermost first."""
        parent = self._root
        while places := parent.places.get(path):
            parent = parent.children[places[0]]
            if not parent.is_page(path):
                yield self._link(parent, folder)


def entries(level: Level) -> Iterator[Link]:
    """A level as plain entries, each active one with its children."""
    for part in level:
        if isinstance(part, Run):
            yield from part.links
        else:
            link = part.link
            inside = tuple(entries(part.inside))
            yield Link(link.title, link.url, link.active, link.current, inside)
