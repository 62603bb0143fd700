"""The same pages and leaflets for Sphinx: one project a language, in Markdown (MyST).

The texts are already translated, so that the catalogs of sphinx-intl, which would put
translations into a source of one language while it is read, only had to be read in addition.
They are left out, in Sphinx's favour.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.bench.peers.articles import Content
from tests.bench.peers.clock import Build, Step
from tests.bench.peers.environments import Environment
from tests.bench.peers.mkdocs import source

from stepwell.model import NavItem, Website

_LOCALES = {"zh": "zh_CN"}
_CONF = """extensions = ["myst_parser"{more}]
project = {name!r}
language = {language!r}
html_theme = "furo"
suppress_warnings = ["myst", "toc", "misc"]
simplepdf_use_weasyprint_api = True
"""


def sphinx(content: Content, docs: Path, out: Path, tool: Environment, *, pdf: bool) -> Build:
    """A project a language, two at once; with `pdf` another for its leaflets, with simplepdf."""
    steps = list(_pages(content, docs, out, tool))
    label = "Sphinx + furo, one a language, two at once"
    if pdf:
        steps += _papers(content, docs, out, tool)
        label += " + simplepdf"
    return Build(label, tuple(steps), (out / "sphinx-made",), out / "sphinx-made", 2)


def _pages(content: Content, docs: Path, out: Path, tool: Environment) -> Iterator[Step]:
    for website in content.websites:
        folder = out / "sphinx" / website.language
        shutil.rmtree(folder, ignore_errors=True)
        own = docs / website.language
        shutil.copytree(own, folder, ignore=shutil.ignore_patterns("print"))
        below = f"{website.language}/"
        listed = [source(path).removeprefix(below) for path in _paths(website.nav)]
        with (folder / "index.md").open("a", encoding="utf-8") as file:
            file.write(_toctree(path for path in listed if path != "index.md"))
        yield _step(tool, website, folder, out / "sphinx-made" / website.language, "html")


def _papers(content: Content, docs: Path, out: Path, tool: Environment) -> Iterator[Step]:
    for website in content.websites:
        folder = out / "sphinx-print" / website.language
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(docs / website.language / "print", folder)
        listed = sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*.md"))
        (folder / "index.md").write_text(f"# {website.name}\n{_toctree(listed)}", encoding="utf-8")
        made = out / "sphinx-made" / f"{website.language}-print"
        yield _step(tool, website, folder, made, "simplepdf")


def _step(tool: Environment, website: Website, folder: Path, made: Path, builder: str) -> Step:
    language = _LOCALES.get(website.language, website.language)
    more = ', "sphinx_simplepdf"' if builder == "simplepdf" else ""
    conf = _CONF.format(more=more, name=website.name, language=language)
    (folder / "conf.py").write_text(conf, encoding="utf-8")
    program = tool.program("sphinx-build")
    arguments = (program, "-q", "-E", "-b", builder, str(folder), str(made))
    return Step(arguments, folder, tool.variables)


def _toctree(paths: Iterable[str]) -> str:
    return "\n```{toctree}\n:hidden:\n\n" + "\n".join(paths) + "\n```\n"


def _paths(items: Iterable[NavItem]) -> Iterator[str]:
    for item in items:
        if item.path:
            yield item.path
        yield from _paths(item.children)
