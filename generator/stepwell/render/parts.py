"""Parts of the outputs, each rendered by itself: what one is asked for is all that it depends on.

The pages and documents of a pathway in a language read nothing of other pathways. The pages
that pathways share read all of them, and are told what came of their outputs. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from stepwell.model import Ask, Document, Page, Part, Told, Website
from stepwell.render.chooser import fronts
from stepwell.render.documents import Documents
from stepwell.render.environment import Templates
from stepwell.render.exports import exports
from stepwell.render.obligations import missing
from stepwell.render.pages import Pages, withheld
from stepwell.render.preview import preview
from stepwell.resolve import Resolved


class Renderer:
    """Renders parts in some languages. Without `pdf` there are no documents, nor links to them."""

    def __init__(
        self, resolved: Resolved, templates: Templates, languages: Sequence[str], pdf: bool
    ) -> None:
        self.resolved = resolved
        self.templates = templates
        self.languages = tuple(languages)
        self.pdf = pdf
        self._pages: dict[str, Pages] = {}

    def pages(self, language: str) -> Pages:
        """What renders the pages of a language."""
        if language not in self._pages:
            self._pages[language] = Pages(self.resolved, self.templates, language, self.pdf)
        return self._pages[language]

    def part(self, ask: Ask) -> Part:
        """What was asked for. Raises TemplateFault."""
        if not ask.language:
            return self._above()
        pages = self.pages(ask.language)
        if not ask.pathway:
            made = pages.shared(ask.told)
            missed = tuple(self._missing(pages, made))
            return Part(made, missing=missed, banner=pages.banner, footer=pages.footer)
        made = pages.of(ask.pathway)
        prints = Documents(self.resolved, self.templates, ask.language)
        documents = tuple(prints.of(ask.pathway)) if self.pdf else ()
        data = tuple(exports(self.resolved, ask.language, ask.pathway))
        missed = tuple(self._missing(pages, (*made, *documents)))
        return Part(made, documents, data, missing=missed)

    def _above(self) -> Part:
        """What stands above all languages."""
        given = (self.resolved, self.templates, self.languages)
        return Part(data=tuple(fronts(*given)), previews=(preview(*given),) if self.pdf else ())

    def website(
        self, asks: Sequence[Ask], parts: Sequence[Part], words: tuple[tuple[str, str], ...]
    ) -> Website:
        """The website of a language, of its parts: that of the shared pages first."""
        pages = self.pages(asks[0].language)
        found = tuple(page for part in parts for page in part.pages)
        made = pages.website(found, words, (parts[0].banner, parts[0].footer))
        return replace(made, asks=tuple(asks))

    def _missing(
        self, around: Pages, artifacts: Iterable[Page | Document]
    ) -> Iterator[tuple[str, str, str]]:
        for artifact in artifacts:
            html = artifact.html
            if isinstance(artifact, Page):
                html = around.banner + html + around.footer
            for what, wanted in missing(self.resolved, artifact, html):
                yield what, wanted, artifact.path


def asks(languages: Iterable[str], pathways: Iterable[str]) -> list[Ask]:
    """A part for each pathway in each language."""
    names = tuple(pathways)
    return [Ask(language, name) for language in languages for name in names]


def shared_asks(languages: Iterable[str], made: Mapping[Ask, Part]) -> list[Ask]:
    """The shared pages of each language, told of all that was made of the pathways."""
    documents = (document for part in made.values() for document in part.documents)
    notices = tuple(sorted(document.path for document in documents if document.withheld))
    return [Ask(tag, "", Told(tuple(_withheld(tag, made)), notices)) for tag in languages]


def _withheld(language: str, made: Mapping[Ask, Part]) -> Iterator[tuple[str, str]]:
    for ask, part in made.items():
        if ask.language == language:
            yield from withheld(part.pages)
