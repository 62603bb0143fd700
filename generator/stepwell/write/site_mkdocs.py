"""The one module that knows mkdocs: builds finished pages with the theme's templates.

It is imported late, in the worker that builds (see `site`). mkdocs gets no file of
the user: its configuration is made here, its pages are in memory, their text does not
pass through Markdown, and of mkdocs-material only what our templates name is used.
Whatever the templates print is escaped, except the HTML that `render` has finished.

mkdocs sets up the theme and builds what is no page. Each page is then rendered with the
template and the names that mkdocs would use, from pieces that pages share (`site_pieces`).
With `whole` mkdocs renders each page itself, without pieces; tests hold both the same.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, cast

import jinja2
from markupsafe import Markup
from mkdocs.commands.build import build
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils.templates import TemplateContext

from stepwell.language import locale_of
from stepwell.model import PREVIEW_SIZE, Page, Website
from stepwell.templating import environment, faults_located
from stepwell.write.site_assets import SharedFiles, material_templates
from stepwell.write.site_chrome import NOT_FOUND, OFFLINE, Chrome, View
from stepwell.write.site_offline import saved
from stepwell.write.site_pieces import Pieces, whole_piece
from stepwell.write.site_policy import REFERRER, policy
from stepwell.write.site_words import choose_words

_PAGE = "main.html"


class ReadyPage(MkDocsPage):
    """A page whose article is finished: nothing is read and no Markdown is converted."""

    def __init__(self, page: Page, file: File, config: MkDocsConfig) -> None:
        super().__init__(page.title, file, config)
        self.ready = page

    def read_source(self, config: MkDocsConfig) -> None:
        """There is no source; mkdocs wants some text here."""
        self.markdown, self.meta = "", {}

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Take the finished article as it is."""
        self.content = Markup(self.ready.html)


class NoSettings(Config):  # type: ignore[no-untyped-call]
    """The plugin is made in code and has nothing to be configured."""


class SitePlugin(BasePlugin[NoSettings]):  # type: ignore[no-untyped-call]
    """Gives mkdocs the pages of one website, and the templates what they print."""

    def __init__(
        self, chrome: Chrome, shared: SharedFiles, templates: Path, overrides: Path | None,
        *, whole: bool = False,
    ) -> None:  # fmt: skip
        self.chrome = chrome
        self.whole = whole
        self.folders = [folder / "theme" for folder in (overrides, templates) if folder]
        self.warnings: list[str] = []
        self._names: dict[str, Any] = {
            "site": chrome.website,
            "banner": Markup(chrome.website.banner),
            "site_footer": Markup(chrome.website.footer),
            "shared": shared,
            "early": Markup(shared.early),
            "policy": policy([shared.early_hash], meta=True),
            "referrer": REFERRER,
            "locale_of": locale_of,
            "preview_size": PREVIEW_SIZE,
        }

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Our pages instead of all files, where mkdocs is to render them itself."""
        return Files(self._file(page, config) for page in self.pages if self.whole)

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages of the website."""
        return self.chrome.website.pages

    @cached_property
    def views(self) -> dict[str, View]:
        """What the theme prints around each page, by its path."""
        return {page.path: self.chrome.view(page) for page in self.pages}

    def _file(self, page: Page, config: MkDocsConfig) -> File:
        inside = page.path.partition("/")[2]
        source = inside.removesuffix(".html") + ".md"
        file = File.generated(config, source, content="", inclusion=InclusionLevel.INCLUDED)
        # mkdocs would turn readme.md into index.html; the path of a page is a promise.
        file.dest_uri = inside
        ReadyPage(page, file, config)
        return file

    def on_env(
        self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files
    ) -> jinja2.Environment:
        """An environment of ours: it escapes everything and refuses undefined names.

        Words that the project has no own ones for come from mkdocs-material.
        """
        theirs = env.filters
        theme = (material_templates(), *map(Path, config.theme.dirs))
        env = environment(self.folders, *theme, sandbox=len(self.folders) > 1)
        env.auto_reload = False
        env.filters = theirs | env.filters
        language = self.chrome.website.language

        def material(name: str) -> str | None:
            return _material_word(env, language, name)

        words, warnings = choose_words(self.chrome.website.words, language, material)
        self._names["words"] = words
        self.warnings += warnings
        env.globals["piece"] = whole_piece if self.whole else Pieces(env, self._names)
        self.environment = env
        return env

    def render(self, page: Page) -> str:
        """A page as mkdocs would render it."""
        context = self._context(self.chrome.view(page), Markup(page.html))
        return self.environment.get_template(_PAGE).render(context)

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """What the page for no connection, the error page and the sitemap print."""
        if template_name == OFFLINE:
            view = self.chrome.apart(OFFLINE, self._names["words"]["offline-title"])
            return self._context(
                view, "", saved=saved(self.chrome), root=self.chrome.link("", None)
            )
        view = self.chrome.apart(NOT_FOUND, self._names["words"]["not-found"])
        return self._context(view, "", pages=[self.views[path] for path in sorted(self.views)])

    def on_page_context(
        self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """What a page prints."""
        if not isinstance(page, ReadyPage):
            raise TypeError(f"mkdocs made a page by itself: {page.file.src_uri}")
        return self._context(self.views[page.ready.path], page.content or "")

    def _context(self, view: View, article: str, **more: Any) -> TemplateContext:
        """Our names instead of mkdocs's own, which our templates do not use."""
        return cast("TemplateContext", self._names | {"view": view, "article": article} | more)


def build_pages(
    chrome: Chrome, shared: SharedFiles, templates: Path, work: Path,
    overrides: Path | None = None, *, pages: Iterable[Page], apart: bool = True,
    whole: bool = False,
) -> list[str]:  # fmt: skip
    """Build some pages of the website into `work/site` and return the warnings of mkdocs.

    With `apart` also what is no page: for errors, for no connection, for search engines.

    `work` is an empty folder that the caller removes, `overrides` come before `templates`;
    with `whole` mkdocs renders the pages itself, which is slow and gives the same.
    RuntimeError if mkdocs fails, TemplateFault if a template of the project does.
    """
    plugin = SitePlugin(chrome, shared, templates, overrides, whole=whole)
    with _warnings_of_mkdocs() as messages, faults_located(overrides, templates):
        try:
            build(_config(chrome, templates, work, plugin, apart))
            if not whole:
                _write_pages(plugin, pages, work / "site")
        except Abort as error:
            raise RuntimeError("; ".join([str(error), *messages])) from error
    # The archive carries the time of the build, and no search engine asks for it.
    (work / "site" / "sitemap.xml.gz").unlink(missing_ok=True)
    return plugin.warnings + messages


def _write_pages(plugin: SitePlugin, pages: Iterable[Page], site: Path) -> None:
    """Write pages that mkdocs was not given, as it would write them."""
    for page in pages:
        html = plugin.render(page)
        if html.strip():
            path = site / page.path.partition("/")[2]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(html.encode("utf-8", errors="xmlcharrefreplace"))


def _config(
    chrome: Chrome, templates: Path, work: Path, plugin: SitePlugin, apart: bool
) -> MkDocsConfig:
    """A configuration made in code: no file of the user, no network, no Markdown extension."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    (work / "docs").mkdir()
    theme = {
        "name": "material",
        "custom_dir": str((templates / "theme").resolve()),
        "font": False,
        "static_templates": _static(chrome.website),
    }
    config = MkDocsConfig(config_file_path=str(work / "mkdocs.yml"))
    config.load_dict(
        {
            "site_name": "Stepwell",
            "docs_dir": str(work / "docs"),
            "site_dir": str(work / "site"),
            "use_directory_urls": False,
            "markdown_extensions": [],
            "plugins": [],
            "theme": theme,
        }
    )
    errors, _ = config.validate()
    if errors:
        raise RuntimeError("; ".join(f"mkdocs: {name}: {error}" for name, error in errors))
    config.theme.static_templates.intersection_update(_static(chrome.website) if apart else ())
    # It would look for files to copy among all icons of the theme, and there are ten thousand.
    theirs = str(material_templates())
    config.theme.dirs = [folder for folder in config.theme.dirs if folder != theirs]
    config.plugins["stepwell"] = plugin
    return config


def _static(website: Website) -> list[str]:
    """The templates of files that are no pages of the website."""
    asked = {NOT_FOUND: True, OFFLINE: website.offline, "sitemap.xml": website.address}
    return [name for name, wanted in asked.items() if wanted]


def _material_word(env: jinja2.Environment, language: str, name: str) -> str | None:
    """A word of mkdocs-material in a language, or None if it has no such language or word."""
    for tag in (language, language.partition("-")[0]):
        try:
            template = env.get_template(f"partials/languages/{tag}.html")
            return str(template.module.t(name)) or None  # type: ignore[attr-defined]
        except (jinja2.TemplateNotFound, jinja2.UndefinedError):
            continue
    return None


@contextmanager
def _warnings_of_mkdocs() -> Iterator[list[str]]:
    """Collect what mkdocs logs from warnings up, and keep it from being printed."""
    logger = logging.getLogger("mkdocs")
    collector = _Collector(logging.WARNING)
    propagate, logger.propagate = logger.propagate, False
    logger.addHandler(collector)
    try:
        yield collector.messages
    finally:
        logger.removeHandler(collector)
        logger.propagate = propagate


class _Collector(logging.Handler):
    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())
