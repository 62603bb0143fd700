"""The contents that are measured, and the ways to build each: ours first, then the peers."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.bench.peers import hugo, leaflets, mkdocs, ours, sample, sphinx
from tests.bench.peers.articles import Content, content
from tests.bench.peers.clock import Build
from tests.bench.peers.environments import Environment, environment

ROOT = Path(__file__).resolve().parents[3]
GROUPS = ("whole", "edits", "pages", "search", "leaflets")
"""What is built, in this order: `edits` begin from what `whole` has made."""
MOST_PROJECTS = 300
"""A mkdocs project for each PDF takes two seconds or more: with more of them it is left out."""
_WHAT = re.compile(r"^ +what: (?:>-\n +)?", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Bench:
    """A content that is measured: its project, what it says, and where peers find it."""

    name: str
    place: Path
    said: Content
    cache: Path

    @property
    def project(self) -> Path:
        """The Stepwell project."""
        return self.place / "project"

    @property
    def docs(self) -> Path:
        """The same as Markdown."""
        return self.place / "docs"

    @property
    def kept(self) -> Path:
        """The same as it is printed."""
        return self.place / "content.pickle"

    def tool(self, name: str) -> Environment:
        """The environment of a peer. Raises Missing."""
        return environment(name, self.cache / "environments")


def prepared(size: str, cache: Path) -> Bench:
    """A content of a size (a number of pathways, or `real`), made anew and not timed."""
    name = size if size == "real" else f"P={size}"
    place = cache / name
    shutil.rmtree(place, ignore_errors=True)
    project = place / "project"
    project.mkdir(parents=True)
    if size == "real":
        shutil.copytree(ROOT / "pathways", project / "pathways")
    else:
        sample.project(project, int(size))
    bench = Bench(name, place, content(project, place / "fonts"), cache)
    bench.said.keep(bench.kept)
    mkdocs.write_docs(bench.said, bench.docs)
    shutil.rmtree(project / ".stepwell", ignore_errors=True)
    return bench


def ways(bench: Bench, group: str) -> Iterator[tuple[str, Callable[[], Build]]]:
    """(environment, how to get the build) of each way to build something, ours first."""
    said, docs, out = bench.said, bench.docs, bench.place / group

    def i18n(tool: Environment, *, search: bool, pdf: bool) -> Build:
        return mkdocs.i18n(said, docs, out, tool, search=search, pdf=pdf)

    tool = bench.tool
    if group == "whole":
        yield "", lambda: ours.build(bench.project)
        yield "mkdocs", lambda: i18n(tool("mkdocs"), search=True, pdf=True)
        if len(said.documents) <= MOST_PROJECTS:
            yield "mkdocs", lambda: mkdocs.a_project_each(said, docs, out / "b", tool("mkdocs"))
        yield "sphinx", lambda: sphinx.sphinx(said, docs, out, tool("sphinx"), pdf=True)
    elif group == "pages":
        yield "", lambda: ours.build(bench.project, pdf=False, search=False)
        yield "hugo", lambda: hugo.hugo(said, out, tool("hugo"))
        yield "mkdocs", lambda: i18n(tool("mkdocs"), search=False, pdf=False)
        yield "mkdocs", lambda: mkdocs.one_each(said, docs, out, tool("mkdocs"))
        yield "zensical", lambda: mkdocs.zensical(said, docs, out, tool("zensical"))
        yield "sphinx", lambda: sphinx.sphinx(said, docs, out, tool("sphinx"), pdf=False)
    elif group == "search":
        yield "", lambda: ours.build(bench.project, pdf=False)
        yield "mkdocs", lambda: i18n(tool("mkdocs"), search=True, pdf=False)
    elif group == "leaflets":
        yield "", lambda: leaflets.ours(bench.kept, out / "ours")
        yield "weasyprint", lambda: leaflets.each_alone(said, out / "a", tool("weasyprint"))
        yield "weasyprint", lambda: leaflets.each_alone(said, out / "b", tool("weasyprint"), 2)
        yield "typst", lambda: leaflets.with_typst(said, out / "typst", tool("typst"))


def change_translation(bench: Bench) -> None:
    """Change one sentence in one language; of the samples it is the first of their kind too."""
    name = "psychosomatic-stepped-care" if bench.name == "real" else sample.pathway_id(0)
    sample.change_translation(bench.project, name)


def change(bench: Bench) -> None:
    """Change one sentence that patients read, on the site and in print."""
    if bench.name != "real":
        sample.change(bench.project)
        return
    file = bench.project / "pathways" / "psychosomatic-stepped-care" / "tiers-1-self-care.yaml"
    text = file.read_text("utf-8")
    changed = _WHAT.sub(r"\g<0>Now. ", text, count=1)
    if changed == text:
        raise SystemExit(f"{file.name} has no sentence to change")
    file.write_text(changed, encoding="utf-8")
