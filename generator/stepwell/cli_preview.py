"""The command preview: pictures of chosen documents, to look at. It is added to `cli`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stepwell.usage import known_names, project_of, today

if TYPE_CHECKING:
    from stepwell.console import Console
    from stepwell.definitions.project import Definitions
    from stepwell.pipeline import Run
    from stepwell.project import Project
    from stepwell.render.documents import Documents
    from stepwell.resolve import Resolved
    from stepwell.write import Press
    from stepwell.write.pictures import Drawn, Wanted
    from stepwell.write.schedule import Task

Name = tuple[str, str]
"""(pathway, name) of a document."""


@click.command(
    epilog="\b\nExamples:\n"
    "  stepwell preview leaflet-family\n"
    "  stepwell preview 'leaflet-*-large' --lang en --lang ar\n"
    "  stepwell preview sleep/pocket-guide --pages first --dpi 200 --out pictures"
)
@click.argument("pattern", nargs=-1)
@click.option("--lang", "languages", multiple=True, metavar="TAG",
              help="In this language, not the one of the YAML. May be repeated.")  # fmt: skip
@click.option("--pathway", "pathways", multiple=True, metavar="ID",
              help="Only of this pathway. May be repeated.")  # fmt: skip
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
              help="Write here instead of .stepwell/preview/.")  # fmt: skip
@click.option("--dpi", type=click.IntRange(20, 600), default=100, show_default=True,
              help="Dots an inch: 100 is about the size of the paper on a screen.")  # fmt: skip
@click.option("--pages", type=click.Choice(["all", "first"]), default="all", show_default=True,
              help="Which pages are drawn.")  # fmt: skip
@click.pass_obj
def preview(
    folder: Path, pattern: tuple[str, ...], languages: tuple[str, ...],
    pathways: tuple[str, ...], out: Path | None, dpi: int, pages: str,
) -> None:  # fmt: skip
    """Draw the documents whose name is PATTERN, or has it in it, as PNG files.

    PATTERN may have * and ? in it, and PATHWAY/ before it; without one, all documents are
    drawn. Nothing else is made, and nothing is published.
    """
    from stepwell.console import Console
    from stepwell.write.pictures import Wanted

    project, console = project_of(folder), Console()
    with _faults():
        chosen, press = _chosen(project, pattern, languages, pathways, console)
        target = (out or project.cache / "preview").absolute()
        target.mkdir(parents=True, exist_ok=True)
        tasks = list(_tasks(chosen, press, project, target, Wanted(dpi, pages == "first")))
        drawn = _drawn(tasks, console)
    _tell(drawn, target)


@contextmanager
def _faults() -> Iterator[None]:
    """Faults of names, files and templates as lines."""
    from stepwell.console import template_faults, writing_faults
    from stepwell.write.schedule import TaskFailed

    try:
        with known_names(), writing_faults(), template_faults():
            yield
    except TaskFailed as error:
        raise click.ClickException(str(error)) from None


def _chosen(
    project: Project, patterns: tuple[str, ...], languages: tuple[str, ...],
    pathways: tuple[str, ...], console: Console,
) -> tuple[list[tuple[Documents, set[Name]]], Press]:  # fmt: skip
    """The documents of each language with the names that are asked for, and what prints them.

    Everything is read, so that PDFs are those that a build has in its cache.
    """
    from stepwell import pipeline
    from stepwell.project import packaged
    from stepwell.render.documents import Documents
    from stepwell.render.environment import Templates
    from stepwell.write import Press

    run = pipeline.Run()
    console.step("Reading and checking")
    read = pipeline.read(project, pipeline.Scope(languages), today(), run)
    if read is None or run.diagnostics.failed:
        raise _stopped(run)
    kept = read.narrowed(languages, pathways).pathways
    tags = read.languages if languages else (read.source_language,)
    resolved = _resolved(read, run)
    templates = Templates((project.overrides, packaged("templates")))
    found = [Documents(resolved, templates, tag) for tag in tags]
    known = {tag.language: {n for n in tag.names() if n[0] in kept} for tag in found}
    wanted = _matching(patterns, set().union(*known.values()))
    family = read.site.look.family
    press = Press.ready(resolved.texts(), tags, project.cache, run.diagnostics, family)
    if run.diagnostics.failed:
        raise _stopped(run)
    return [(one, known[one.language] & wanted) for one in found], press


def _resolved(read: Definitions, run: Run) -> Resolved:
    from stepwell.load.interface import interface
    from stepwell.resolve import Resolved

    spoken = {tag: interface(tag) for tag in (*read.languages, read.source_language)}
    return Resolved(read, spoken, today(), run.verdicts)


def _stopped(run: Run) -> SystemExit:
    """The end of the command, after the errors of a run were told."""
    from stepwell.console import report

    report(run, "text", 0, True)
    return SystemExit(1)


def _matching(patterns: Iterable[str], known: Collection[Name]) -> set[Name]:
    """The names that any pattern means. A usage error if one means none."""
    found: set[Name] = set() if patterns else set(known)
    for pattern in patterns:
        meant = _meant(pattern, known)
        if not meant:
            raise _nothing(pattern, known)
        found |= meant
    return found


def _nothing(pattern: str, known: Collection[Name]) -> click.UsageError:
    """Names all there is, and last what is nearest: the list is long."""
    from stepwell.diagnostics import nearest

    near = nearest(pattern.rpartition("/")[2], [name for _, name in known])
    hint = f"; {near}" if near else ""
    return click.UsageError(f"There are:\n{_listed(known)}\nThere is no '{pattern}'{hint}")


def _meant(pattern: str, known: Collection[Name]) -> set[Name]:
    """What is named so, else what the pattern fits, else what has it in its name."""
    for form in (pattern, f"*{pattern}*"):
        fitting = {
            (pathway, name)
            for pathway, name in known
            if fnmatchcase(name, form) or fnmatchcase(f"{pathway}/{name}", form)
        }
        if fitting:
            return fitting
    return set()


def _listed(known: Collection[Name]) -> str:
    """All names, below their pathways."""
    lines = []
    for pathway in sorted({pathway for pathway, _ in known}):
        lines += [f"{pathway}/", *sorted(f"  {name}" for where, name in known if where == pathway)]
    return "\n".join(lines)


def _tasks(
    chosen: Iterable[tuple[Documents, set[Name]]], press: Press, project: Project,
    target: Path, wanted: Wanted,
) -> Iterator[Task]:  # fmt: skip
    from stepwell.project import packaged
    from stepwell.write import Place
    from stepwell.write.pictures import draw
    from stepwell.write.schedule import Task
    from stepwell.write.store import Store

    place = Place(target, packaged("templates"), project.content, Store.at(project.artifacts))
    for documents, names in chosen:
        for document in documents.chosen(names):
            arguments = (document, press.fonts[document.language], place, wanted)
            yield Task(document.path, draw, arguments)


def _drawn(tasks: list[Task], console: Console) -> list[Drawn]:
    """What came of all tasks, in their order."""
    from stepwell.write.schedule import Jobs, executor

    with executor() as pool:
        jobs = Jobs(pool)
        for task in tasks:
            jobs.begin(task)
        results = {}
        with console.bar("Pictures", len(tasks)) as advance:
            for task, result in jobs.finished():
                results[task.name] = result
                advance(task.name)
    return [results[task.name] for task in tasks]


def _tell(drawn: list[Drawn], target: Path) -> None:
    """The files on standard output, what is wrong on standard error."""
    for document in drawn:
        for problem in document.problems:
            click.secho(f"{document.document}: {problem}", fg="yellow", err=True)
        for file in document.files:
            click.echo(file)
    count = sum(len(document.files) for document in drawn)
    click.echo(f"Pages: {count}, documents: {len(drawn)}, in {target}", err=True)
    if not all(document.files for document in drawn):
        raise SystemExit(1)


COMMANDS = (preview,)
