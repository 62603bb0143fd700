"""The commands for translators and those who run a translation. They are added to `cli`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stepwell.usage import known_names, project_of, today

if TYPE_CHECKING:
    from stepwell.definitions.project import Definitions
    from stepwell.pipeline import Run
    from stepwell.project import Project
    from stepwell.status import Withheld
    from stepwell.translating import Desk, Told
    from stepwell.write.catalogs import Synced


@click.group(epilog="\b\nExamples:\n  stepwell translate sync\n  stepwell translate status -v")
def translate() -> None:
    """Work on translations."""


@translate.command(
    epilog="\b\nExamples:\n  stepwell translate sync\n  stepwell translate sync --lang uk"
)
@click.option("--lang", "languages", multiple=True, metavar="TAG",
              help="Only this language. May be repeated.")  # fmt: skip
@click.pass_obj
def sync(folder: Path, languages: tuple[str, ...]) -> None:
    """Bring the catalogs (PO files) of translators up to date with the YAML.

    A translation whose source changed is kept and marked fuzzy; it is not
    published until somebody looks at it. A catalog that says all this already
    is not written again.
    """
    from stepwell.project import CONTENT
    from stepwell.translating import Job, Told
    from stepwell.translating import sync as write_catalogs

    project, told = project_of(folder), Told()
    job = Job(project.root, CONTENT, languages, project.cache)
    with faults(), known_names():
        for done in write_catalogs(job, told):
            click.echo(_counted(project, done))
    report_of(told)


@contextmanager
def faults() -> Iterator[None]:
    """A full disk or a killed process, as a line and exit code 1."""
    from stepwell.console import writing_faults
    from stepwell.write.schedule import TaskFailed

    try:
        with writing_faults():
            yield
    except TaskFailed as error:
        raise click.ClickException(f"{error}\nThe other catalogs are up to date.") from None


def _counted(project: Project, done: Synced) -> str:
    name = done.path.relative_to(project.root)
    return f"{name}: {done.current} current, {done.stale} stale, {done.missing} missing"


def report_of(told: Told, *, refused: bool = False) -> None:
    """End with 1 if something could not be read, or was refused, and say what."""
    if told.diagnostics.failed or refused:
        from stepwell.console import report
        from stepwell.pipeline import Run

        report(Run(diagnostics=told.diagnostics, files=told.sources), "text", 0, not refused)
        raise SystemExit(1)


@translate.command(
    epilog="\b\nExamples:\n  stepwell translate status\n  stepwell translate status --lang uk -v"
)
@click.option("--lang", "languages", multiple=True, metavar="TAG",
              help="Only this language. May be repeated.")  # fmt: skip
@click.option("--pathway", "pathways", multiple=True, metavar="ID",
              help="Only this pathway, and what pathways share. May be repeated.")  # fmt: skip
@click.option("--format", "format", type=click.Choice(["text", "json"]), default="text",
              show_default=True, help="How the result is written.")  # fmt: skip
@click.option("-v", "--verbose", is_flag=True, help="Name the pages and documents withheld.")
@click.pass_obj
def status(
    folder: Path, languages: tuple[str, ...], pathways: tuple[str, ...], format: str, verbose: bool
) -> None:
    """Tell how far each translation is: words done, stale and missing, and what is withheld.

    Words are counted in the source text. A page or document is withheld while a
    safety text that it needs has no current translation.
    """
    from stepwell import pipeline
    from stepwell.console import template_faults
    from stepwell.load.interface import interface
    from stepwell.resolve.standing import standings
    from stepwell.resolve.words import Words
    from stepwell.status import as_json, table

    run = pipeline.Run()
    project, scope = project_of(folder), pipeline.Scope(languages, pathways)
    with known_names():
        read = pipeline.read(project, scope, today(), run)
    if read is None or run.diagnostics.unread:
        return _stop(run)
    found = standings(read)
    with template_faults():
        withheld = None if run.diagnostics.failed else _withheld(project, read, run)
    own = {tag: Words(tag, interface(tag)).autonym for tag in read.languages}
    if format == "json":
        told = as_json(found, own, read.source_language, withheld)
        return click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    for line in table(found, own, withheld, verbose=verbose):
        click.echo(line)
    return None


def _stop(run: Run) -> None:
    from stepwell.console import report

    report(run, "text", 0, True)
    raise SystemExit(1)


def _withheld(project: Project, read: Definitions, run: Run) -> Withheld:
    """By language, what is withheld now. Only where a safety text is missing anything is made."""
    from stepwell.load.interface import interface
    from stepwell.project import packaged
    from stepwell.render.environment import Templates
    from stepwell.render.withheld import withheld
    from stepwell.resolve import Resolved

    spoken = {tag: interface(tag) for tag in (*read.languages, read.source_language)}
    resolved = Resolved(read, spoken, today(), run.verdicts)
    templates = Templates((project.overrides, packaged("templates")))
    lacking = [
        one.language for one in resolved.standings
        if not one.words(safety_class="safety").complete
    ]  # fmt: skip
    return {tag: tuple(withheld(resolved, templates, tag)) for tag in lacking}


@translate.command(epilog="\b\nExample:\n  stepwell translate add uk")
@click.argument("lang")
@click.pass_obj
def add(folder: Path, lang: str) -> None:
    """Prepare a translation into LANG, and tell what there is for it and what is missing.

    LANG is a tag such as uk or pt-BR. Writes its catalogs; site.yaml stays as it
    is: the lines to put there are printed.
    """
    from stepwell.language import name
    from stepwell.preparing import findings

    project = project_of(folder)
    read, told = loaded(project)
    tag = tag_of(lang, read)
    if tag != lang:
        click.echo(f"'{lang}' is called '{tag}' here.\n")
    click.secho(f"{tag}  {name(tag)}", bold=True)
    for found in findings(tag, today(), project.cache):
        click.secho(f"  {found.name:<9} {found.detail}", fg=None if found.ok else "yellow")
    click.echo()
    with faults():
        for file in desk(project, read, tag, told).all():
            click.echo(_counted(project, file.save(project.root)))
    report_of(told)
    for line in _next(read, tag):
        click.echo(line)


def _next(read: Definitions, tag: str) -> Iterator[str]:
    """What the editor does now."""
    published = [str(one) for one in read.site.languages.published]
    if tag in published:
        yield f"\n'{tag}' is already published in site.yaml."
        return
    yield "\nTranslate the catalogs. To publish the language, put into pathways/site.yaml:\n"
    yield f"languages:\n  published: [{', '.join([*published, tag])}]"
    if read.site.languages.for_patients_only:
        yield f"  for-patients-only: [...]  # add {tag} if clinicians are not served in it"
    yield f"translations:\n  - language: {tag}\n    translated: {today()}"
    yield "\nIt counts as a draft until 'reviewed:' and 'reviewer:' are there too."


def loaded(project: Project) -> tuple[Definitions, Told]:
    """What the project says, unchecked; its problems and the end if it can't be read."""
    from stepwell.load import load
    from stepwell.project import CONTENT
    from stepwell.translating import Told

    told = Told()
    read = load(project.root, CONTENT, told.diagnostics, told.sources)
    report_of(told)
    if read is None:
        raise SystemExit(1)
    return read, told


def desk(project: Project, read: Definitions, tag: str, told: Told) -> Desk:
    """The catalogs of one language, merged with the content."""
    from stepwell.project import CONTENT
    from stepwell.translating import Desk

    return Desk(project.root, CONTENT, read, (tag,), told)


def tag_of(lang: str, read: Definitions) -> str:
    """The tag of a language that can be translated into; a usage error if there is none."""
    from stepwell.language import UnknownLanguage, normalised
    from stepwell.load.interface import languages

    published = tuple(map(str, read.site.languages.published))
    try:
        tag = lang if lang in published else normalised(lang, (*published, *languages()))
    except UnknownLanguage as error:
        raise click.UsageError(str(error)) from None
    if tag == read.source_language:
        raise click.UsageError(f"'{tag}' is the language that the YAML is written in")
    return tag
