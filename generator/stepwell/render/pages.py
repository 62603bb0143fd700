"""Editions -> web pages, and the website of each language that they belong to. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from typing import Any

from markupsafe import Markup

from stepwell.definitions.base import Readers
from stepwell.model import Audience, Direction, Heading, NavItem, Page, Told, Website
from stepwell.render.care_plan import care_plan
from stepwell.render.descriptions import description
from stepwell.render.downloads import Download, downloads, printed
from stepwell.render.due import DueDates, due_dates
from stepwell.render.environment import Templates
from stepwell.render.finder import finder
from stepwell.render.linked_data import linked_data
from stepwell.render.logo import logo_file
from stepwell.render.news import news
from stepwell.render.plan import SECTIONS, SHARED, Row, pathway_pages, topic
from stepwell.render.preview import PATH as PREVIEW
from stepwell.render.shelves import Shelf, shelves
from stepwell.render.synonyms import synonyms
from stepwell.render.tooltips import PLAIN_PAGES, Terms, explained, named
from stepwell.resolve import Resolved
from stepwell.resolve.edition import Edition
from stepwell.resolve.view import Reading, View
from stepwell.resolve.words import plain
from stepwell.source import lines_of

_HEADING = re.compile(r'<h([23]) id="([^"]+)">(.*?)</h\1>', re.DOTALL)
_READ_AS: dict[Audience, Audience] = {
    "patient": "patient", "family": "family", "clinician": "clinician", "lead": "clinician",
    "everybody": "patient",
}  # fmt: skip
"""Who a page is for -> whose words it uses."""


class Pages:
    """Renders the pages of one language.

    Without `pdf` there are no links to documents.
    """

    def __init__(self, resolved: Resolved, templates: Templates, language: str, pdf: bool) -> None:
        self.resolved = resolved
        self.templates = templates
        self.language = language
        self.pdf = pdf
        self.names = tuple(resolved.definitions.pathways)
        self._told = Told()

    def of(self, name: str) -> tuple[Page, ...]:
        """The pages of a pathway."""
        rows = pathway_pages(name, self.resolved.definitions.pathways[name])
        return tuple(self._page(row, path, name, subject) for row, path, subject in rows)

    def shared(self, told: Told) -> tuple[Page, ...]:
        """The pages that pathways share, which are told of those of pathways.

        The page about translations is made last, because it names what is withheld.
        """
        self._told = told
        made: dict[str, Page] = {}
        for row in sorted(SHARED, key=lambda row: row.kind == "translations"):
            made[row.path] = self._page(row, row.path, None, None)
            missed = (*withheld(made.values()), *told.withheld)
            self._told = replace(told, withheld=missed)
        return tuple(made[row.path] for row in SHARED)

    def all(self) -> Iterator[Page]:
        """Every page of the language: shared ones first, then each pathway's."""
        made = [page for name in self.names for page in self.of(name)]
        yield from (*self.shared(Told(withheld(made))), *made)

    def _page(self, row: Row, path: str, pathway: str | None, subject: str | None) -> Page:
        edition = self.resolved.edition(self.language, _READ_AS[row.audience], pathway)
        reading = self.resolved.reading(edition, path, "web")
        title = _title(row, edition, reading, subject)
        html = self._html(row, reading, title, subject)
        shown = self._explained(row, reading, html)
        inside = self._place(reading, row, subject)
        page = Page(
            path=f"{self.language}/{path}",
            title=plain(title, edition.direction),
            language=self.language,
            audience=row.audience,
            pathway=pathway or "",
            sources=lines_of(reading.used.spans),
            html=str(shown),
            description=description(html, edition.direction),
            headings=_headings(html, edition.direction),
            kind=row.kind,
            withheld=reading.used.lacks_safety(),
            served=self._served(row),
            place=" · ".join(inside),
            pathway_name=inside[0] if inside else "",
            topic=str(edition.words(topic(row.kind)).unescape()) if topic(row.kind) else "",
        )
        about = edition.content if edition.pathway else None
        return replace(page, linked=str(linked_data(page, edition.definitions.site, about)))

    def _explained(self, row: Row, reading: Reading, html: Markup) -> Markup:
        """A page whose terms lead to their meanings; a notice stays as it is."""
        if row.kind in PLAIN_PAGES or not self._served(row) or reading.used.lacks_safety():
            return html
        found = explained(html, self._terms, reading)
        if terms := named(found, reading):
            found += self.templates.render("partials/meanings.html", reading, terms=terms)
        return found

    @cached_property
    def _terms(self) -> Terms:
        edition = self.resolved.edition(self.language, "patient")
        return Terms.of(self.resolved.reading(edition, "glossary.html", "web"))

    def _place(self, reading: Reading, row: Row, subject: str | None) -> list[str]:
        """Where a page stands, in words: its pathway, and its step if it has one."""
        edition = reading.edition
        if not edition.pathway:
            return []
        apart = self.resolved.reading(edition, reading.page, "web")
        place = [apart.view(edition.content).short.plain]
        tiers = [str(tier.id) for tier in edition.content.tiers]
        if row.subject_kind == "tier" and subject in tiers:
            number = edition.words.digits(tiers.index(subject) + 1)
            place.append(str(edition.words("Step %(number)s", number=number).unescape()))
        return place

    def _html(self, row: Row, reading: Reading, title: Markup, subject: str | None) -> Markup:
        """The page, or a notice where it is not published in this language."""
        if not self._served(row):
            return self._notice("site/notice-clinical.html", reading, title)
        context = self._context(reading, row, reading.edition.pathway, subject)
        html = self.templates.render(f"site/{row.kind}.html", reading, title=title, **context)
        if reading.used.lacks_safety():
            return self._notice("site/notice.html", reading, title)
        return html

    def _context(
        self, reading: Reading, row: Row, pathway: str | None, subject: str | None
    ) -> dict[str, Any]:
        found: list[Download] = downloads(self.resolved, reading, pathway) if self.pdf else []
        return {
            "subject": reading.find(row.subject_kind, subject) if subject else None,
            "downloads": found,
            "printed": printed(found, reading.page),
            "shelves": self._shelves(row, reading),
            "pathways": [] if pathway else self._pathways(reading),
            "finder": finder(reading) if row.kind == "finder" else None,
            "due": self._due(reading) if row.kind == "monitoring" else None,
            "news": news(reading, self._pathways(reading)) if row.kind == "whats-new" else (),
            "plan_form": care_plan(reading) if row.kind == "care-plan" else None,
            "standings": self.resolved.standings if row.kind == "translations" else (),
            "withheld": self._told.withheld,
        }

    def _due(self, reading: Reading) -> DueDates:
        """The moments of the checks, with what patients read of them counted to this reading."""
        edition = self.resolved.edition(self.language, "patient", reading.edition.pathway)
        patient = self.resolved.reading(edition, reading.page, "web")
        patient.used = reading.used
        return due_dates(reading, patient)

    def _shelves(self, row: Row, reading: Reading) -> list[Shelf]:
        """All documents, for the page of downloads."""
        wanted = self.pdf and row.kind == "downloads"
        return shelves(self.resolved, reading, self._told.notices) if wanted else []

    def _pathways(self, reading: Reading) -> list[tuple[str, View, str]]:
        """(id, view, overview's address) of each pathway, its texts counted to this reading."""
        found = []
        for name in self.names:
            edition = self.resolved.edition(self.language, reading.edition.audience, name)
            inner = self.resolved.reading(edition, reading.page, "web")
            inner.used = reading.used
            found.append((name, inner.view(edition.content), reading.to(f"{name}/index.html")))
        return found

    def _served(self, row: Row) -> bool:
        """Whether those who read a page are served in this language."""
        readers: Readers = "clinicians" if row.audience in ("clinician", "lead") else "patients"
        return self.resolved.definitions.serves(self.language, readers)

    def _notice(self, template: str, missed: Reading, title: Markup) -> Markup:
        path = missed.page
        reading = self.resolved.reading(missed.edition, path, "web")
        source = self.resolved.definitions.source_language
        return self.templates.render(
            template, reading, title=title, source_language=source,
            source_href=reading.to(f"../{source}/{path}"),
        )  # fmt: skip

    @cached_property
    def banner(self) -> str:
        """The banner of every page."""
        return str(self.templates.render("partials/banner.html", self._home))

    @cached_property
    def footer(self) -> str:
        """The footer of every page."""
        return str(self.templates.render("partials/footer.html", self._home))

    @property
    def _home(self) -> Reading:
        edition = self.resolved.edition(self.language, "patient")
        return self.resolved.reading(edition, "index.html", "web")

    def website(
        self, pages: tuple[Page, ...], theme_words: tuple[tuple[str, str], ...],
        around: tuple[str, str] | None = None,
    ) -> Website:  # fmt: skip
        """The website of this language with all its pages; banner and footer are `around` them."""
        banner, footer = around or (self.banner, self.footer)
        reading = self._home
        edition, site = reading.edition, reading.edition.definitions.site
        words = edition.words
        return Website(
            language=self.language,
            direction=edition.direction,
            name=str(site.name),
            address=str(site.url),
            description=reading.view(site).tagline.plain,
            nav=self._navigation(pages),
            pages=pages,
            banner=banner,
            footer=footer,
            words=tuple((name, str(words(message).unescape())) for name, message in theme_words),
            languages=tuple(
                (tag, self.resolved.words[tag].autonym, self.resolved.words[tag].direction)
                for tag in self.resolved.definitions.languages
            ),
            primary=site.look.primary,
            accent=site.look.accent,
            family=site.look.family,
            logo=logo_file(self.resolved),
            preview=PREVIEW if self.pdf else "",
            offline=site.offline,
            synonyms=synonyms(self.resolved, self.language),
        )

    def _navigation(self, pages: tuple[Page, ...]) -> tuple[NavItem, ...]:
        shared = [NavItem(p.title, p.path) for p in pages if not p.pathway and p.served]
        middle = [self._pathway_navigation(name, pages) for name in self.names]
        return (*shared[:1], *middle, *shared[1:])

    def _pathway_navigation(self, name: str, pages: tuple[Page, ...]) -> NavItem:
        words = self.resolved.words[self.language]
        content = self.resolved.definitions.pathways[name]
        edition = self.resolved.edition(self.language, "patient", name)
        by_path = {page.path: page for page in pages}
        entries: dict[str, list[NavItem]] = {"": []}
        for row, path, _ in pathway_pages(name, content):
            page = by_path[f"{self.language}/{path}"]
            if page.served:
                entries.setdefault(row.section, []).append(NavItem(page.title, page.path))
        sections = [
            NavItem(str(words(title).unescape()), None, tuple(entries[section]))
            for section, title in SECTIONS
            if section in entries
        ]
        title = self.resolved.reading(edition, "index.html", "web").view(content).short.plain
        return NavItem(title, None, (*entries[""], *sections))


def withheld(pages: Iterable[Page]) -> tuple[tuple[str, str], ...]:
    """(path below the language, title) of the pages whose safety texts lack a translation."""
    return tuple((page.path.partition("/")[2], page.title) for page in pages if page.withheld)


def _title(row: Row, edition: Edition, reading: Reading, subject: str | None) -> Markup:
    if subject is None:
        return edition.words(row.title)
    title = Markup(getattr(reading.find(row.subject_kind, subject), row.title))
    if row.kind == "tier-clinician":
        return edition.words("%(name)s: for clinicians", name=title)
    return Markup(title[:1].upper() + title[1:])  # a role's title is written for mid-sentence


def _headings(html: Markup, direction: Direction) -> tuple[Heading, ...]:
    return tuple(
        Heading(int(match[1]), match[2], plain(Markup(match[3]), direction))
        for match in _HEADING.finditer(html)
    )
