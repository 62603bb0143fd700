"""The same pages for mkdocs-material and for Zensical: Markdown files and configurations.

The articles are written as Markdown once (`docs/<language>/…`), and each way to build them has
a configuration of its own: all languages with mkdocs-static-i18n, or one project a language.
Leaflets are pages in `print/`, in the navigation of builds with mkdocs-to-pdf only, which
puts all of a language into one PDF (and each language's PDF over the one before, for
mkdocs-static-i18n asks it for each language and it knows no name but one).
"""

from __future__ import annotations

import posixpath
import shutil
from collections.abc import Collection, Iterable
from functools import partial
from pathlib import Path
from typing import Any

import yaml
from tests.bench.peers.articles import Content
from tests.bench.peers.blocks import markdown
from tests.bench.peers.clock import Build, Step
from tests.bench.peers.environments import Environment

from stepwell.model import Document, NavItem, Website

PRUNED = ("navigation.prune",)
_no_print = shutil.ignore_patterns("print")
_BASE: dict[str, Any] = {
    "site_url": "https://mill-road.example/",
    "use_directory_urls": True,
    "markdown_extensions": ["tables", "attr_list", {"toc": {"permalink": False}}],
}


def write_docs(content: Content, docs: Path) -> None:
    """The articles and leaflets of all languages as Markdown below a folder."""
    for website in content.websites:
        known = {page.path for page in website.pages}
        for page in website.pages:
            text = markdown(page.html, partial(_linked, page=page.path, known=known))
            _write(docs / source(page.path), text)
    for document in content.documents:
        _write(docs / source(document.path), markdown(document.html))


def source(path: str) -> str:
    """The Markdown file of a page or document."""
    return path.rpartition(".")[0] + ".md"


def _linked(link: str, page: str, known: Collection[str]) -> str:
    """What a Markdown file calls a page that it leads to; empty for other files."""
    path = link.partition("#")[0].partition("?")[0]
    target = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
    return source(path) if path and target in known else ""


def i18n(
    content: Content, docs: Path, out: Path, tool: Environment, *, search: bool, pdf: bool
) -> Build:
    """All languages in one build with mkdocs-static-i18n."""
    name = "-".join(["i18n", *(["search"] if search else []), *(["pdf"] if pdf else [])])
    languages = [
        {
            "locale": website.language, "name": website.language, "build": True,
            "default": not at, "site_name": website.name,
            "nav": _nav(website.nav, f"{website.language}/") + _papers(content, website, pdf),
        }
        for at, website in enumerate(content.websites)
    ]  # fmt: skip
    plugins: list[Any] = ["search"] if search else []
    plugins.append({"i18n": {"docs_structure": "folder", "languages": languages}})
    if pdf:
        pages = ["(?!(?:[a-z]{2}/)?print/)"]
        plugins.append({"to-pdf": {"exclude_pages": pages, "cover": False, "toc_level": 1}})
    file = _config(out, name, docs, content.websites[0], plugins)
    label = "mkdocs-material + static-i18n" + (" + to-pdf" if pdf else "")
    if not search:
        label += ", no search"
    return Build(label, (_step(tool, file),), (out / name,), out / name)


def a_project_each(content: Content, docs: Path, out: Path, tool: Environment) -> Build:
    """The same outputs: all pages with search, and a PDF for each leaflet, two at once.

    mkdocs-to-pdf makes one PDF a project, so each leaflet is a project of its own.
    """
    pages = i18n(content, docs, out, tool, search=True, pdf=False)
    steps, made = list(pages.steps), out / "leaflets"
    for number, paper in enumerate(content.documents):
        folder = out / "projects" / str(number)
        _write(folder / "docs" / "index.md", (docs / source(paper.path)).read_text("utf-8"))
        config = {
            "site_name": paper.title, "site_dir": str(made / str(number)),
            "theme": {"name": "material", "font": False, "language": paper.language},
            "plugins": [{"to-pdf": {"cover": False}}], "markdown_extensions": ["tables"],
        }  # fmt: skip
        file = folder / "mkdocs.yml"
        _write(file, yaml.safe_dump(config, allow_unicode=True))
        steps.append(_step(tool, file))
    label = "mkdocs-material + static-i18n, a project with to-pdf for each PDF, two at once"
    return Build(label, tuple(steps), (*pages.made, made), made, 2)


def one_each(
    content: Content, docs: Path, out: Path, tool: Environment, *, search: bool = False
) -> Build:
    """One mkdocs a language, two at a time, with pruned navigation."""
    name = "each-search" if search else "each"
    files = []
    for website in content.websites:
        plugins = ["search"] if search else []
        own = docs / website.language
        files.append(_config(out, name, own, website, plugins, PRUNED, website.language))
    label = "one mkdocs-material a language, pruned, two at once"
    steps = tuple(_step(tool, file) for file in files)
    return Build(label + ("" if search else ", no search"), steps, (out / name,), out / name, 2)


def zensical(content: Content, docs: Path, out: Path, tool: Environment) -> Build:
    """One Zensical project a language, two at a time, with pruned navigation."""
    files: list[Path] = []
    made: list[Path] = []
    for website in content.websites:
        # Its pages must lie below its configuration, and it keeps a cache beside that.
        folder = out / "zensical" / website.language
        shutil.copytree(docs / website.language, folder / "docs", ignore=_no_print)
        file = _config(folder, "site", Path("docs"), website, [], PRUNED, website.language)
        files.append(file)
        made += [folder / ".cache", folder / "site"]
    steps = tuple(
        Step((tool.program("zensical"), "build", "--clean", "-f", str(file)), file.parent,
             tool.variables)
        for file in files
    )  # fmt: skip
    label = "one Zensical a language, pruned, two at once, no search"
    return Build(label, steps, tuple(made), out / "zensical", 2)


def _config(
    out: Path, name: str, docs: Path, website: Website, plugins: list[Any],
    features: tuple[str, ...] = (), language: str = "",
) -> Path:  # fmt: skip
    """Write a configuration; `language` is given for a project of one language."""
    theme = {"name": "material", "font": False, "features": list(features)}
    config: dict[str, Any] = _BASE | {
        "site_name": website.name,
        "docs_dir": str(docs),
        "site_dir": str(out / name / language) if docs.is_absolute() else name,
        "theme": theme | ({"language": language} if language else {}),
        "plugins": plugins,
    }
    if language:
        config["nav"] = _nav(website.nav, f"{language}/")
        config["exclude_docs"] = "/print/\n"
    elif not any("to-pdf" in plugin for plugin in plugins):
        config["exclude_docs"] = "".join(f"/*/print/{end}\n" for end in ("*", "**"))
    file = out / f"{name}-{language}.yml".replace("-.yml", ".yml")
    _write(file, yaml.safe_dump(config, allow_unicode=True, sort_keys=False))
    return file


def _step(tool: Environment, file: Path) -> Step:
    arguments = (tool.program("mkdocs"), "build", "--quiet", "-f", str(file))
    return Step(arguments, file.parent, tool.variables)


def _nav(items: Iterable[NavItem], below: str) -> list[Any]:
    """A navigation as mkdocs wants it, with paths below the language's folder."""
    return [
        {item.title: source(item.path).removeprefix(below)}
        if item.path
        else {item.title: _nav(item.children, below)}
        for item in items
    ]


def _papers(content: Content, website: Website, pdf: bool) -> list[Any]:
    """The leaflets of a language as a section of its navigation."""
    if not pdf:
        return []
    own = [paper for paper in content.documents if paper.language == website.language]
    return [{"PDF": [_paper(paper) for paper in own]}]


def _paper(paper: Document) -> dict[str, str]:
    return {paper.title: source(paper.path).partition("/")[2]}


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
