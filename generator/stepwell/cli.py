"""The command `stepwell`. Owns click: options in, report out, exit code; no work of its own.

Exit codes: 0 done, 1 the content or the machine stands in the way, 2 the
command was used wrongly. Each command imports what it needs when it is called,
so that `stepwell --version` costs nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stepwell import (
    __version__,
    cli_cache,
    cli_cases,
    cli_criteria,
    cli_diff,
    cli_exchange,
    cli_preview,
    cli_project,
)
from stepwell.usage import Size, known_names, project_of, store_at, today

if TYPE_CHECKING:
    import datetime

    from stepwell.console import Console
    from stepwell.latest import Latest, Told

EPILOG = """\b
Examples:
  stepwell new clinic && cd clinic     start from the sample clinic
  stepwell check                       look for mistakes
  stepwell build                       make the website and the PDFs
  stepwell serve                       look at it while you write
"""


@click.group(epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="stepwell")
@click.option(
    "-C", "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=".",
    metavar="DIR", help="Work in this folder instead of the present one.",
)  # fmt: skip
@click.pass_context
def main(context: click.Context, folder: Path) -> None:
    """Turn care pathways, written as YAML, into a website, leaflets and pocket guides."""
    context.obj = folder


def _narrowing(command: Any) -> Any:
    """The options that builds and checks share."""
    for option in (
        click.option("--lang", "languages", multiple=True, metavar="TAG",
                     help="Only this language, for example --lang ar. May be repeated."),
        click.option("--pathway", "pathways", multiple=True, metavar="ID",
                     help="Only this pathway. May be repeated."),
        click.option("--strict", is_flag=True, help="Take warnings for errors."),
        click.option("--format", "format", type=click.Choice(["text", "json", "github"]),
                     default="text", show_default=True, help="How problems are written."),
        click.option("-v", "--verbose", count=True, help="Say more."),
        click.option("-q", "--quiet", is_flag=True, help="Say only what is wrong."),
    ):  # fmt: skip
        command = option(command)
    return command


@main.command(
    epilog="\b\nExamples:\n  stepwell build\n  stepwell build --lang ar --out preview\n"
    "  stepwell build --cache s3://clinics/stepwell\n"
    "  stepwell build --executor dask --scheduler tcp://host:8786"
)
@_narrowing
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
              help="Publish here instead of site/.")  # fmt: skip
@click.option("--again", is_flag=True, help="Build even if nothing changed since the last time.")
@click.option("-j", "--jobs", type=click.IntRange(1), metavar="N",
              help="Work in so many processes instead of one a core.")  # fmt: skip
@click.option("--executor", type=click.Choice(["local", "dask"]), default="local",
              show_default=True, help="Work on this machine, or on a Dask cluster.")  # fmt: skip
@click.option("--scheduler", envvar="STEPWELL_SCHEDULER", metavar="ADDRESS",
              help="The scheduler of the cluster, such as tcp://host:8786.")  # fmt: skip
@click.option("--cache", envvar="STEPWELL_CACHE", metavar="ADDRESS",
              help="Keep finished artifacts here: a folder, or s3://… and the like.")  # fmt: skip
@click.option("--cache-size", type=Size(), default="2GB", show_default=True, metavar="SIZE",
              envvar="STEPWELL_CACHE_SIZE", help="What a cache in a folder may hold.")  # fmt: skip
@click.pass_obj
def build(folder: Path, /, out: Path | None, again: bool, **asked: Any) -> None:
    """Make the website and the PDFs, and publish them in site/.

    Nothing is published while an error stands: the site that was there stays. If it was made
    from the same files on the same day, it stays as well.
    """
    from stepwell.console import Console, report, writing_faults
    from stepwell.latest import Latest

    console = Console(quiet=asked["quiet"] or asked["format"] != "text", verbose=asked["verbose"])
    project, day = project_of(folder), today()
    target = (out or project.out).absolute()
    wishes = (*asked["languages"], "/", *asked["pathways"], str(asked["strict"]), str(day))
    latest = Latest(project, target, wishes)
    with writing_faults():
        basis = latest.basis()
        standing = None if again else latest.unchanged(basis)
    told = standing or _built(latest, basis, day, console, asked)
    report(told, asked["format"], asked["verbose"], asked["quiet"])
    if not told.counts:
        raise SystemExit(1)
    console.published(told.counts, target, again=standing is None)


def _scheduler(asked: dict[str, Any]) -> str:
    """The address of the cluster's scheduler, empty if the work is done here."""
    if asked["executor"] == "local":
        return ""
    if not asked["scheduler"]:
        raise click.UsageError("Say where the cluster is: --scheduler tcp://host:8786")
    return str(asked["scheduler"])


def _built(
    latest: Latest, basis: str, day: datetime.date, console: Console, asked: dict[str, Any]
) -> Told:
    """What a build says; of one that was published a note is left for the next."""
    from stepwell.write.schedule import Crew, prepare

    crew = Crew(asked["jobs"], _scheduler(asked))
    if not crew.scheduler:
        prepare()  # it loads what workers need while this process loads what it needs itself
    from stepwell import pipeline
    from stepwell.console import publishing_faults
    from stepwell.latest import Told

    scope = pipeline.Scope(asked["languages"], asked["pathways"])
    options = pipeline.Options(
        latest.out, scope, asked["strict"], crew,
        store_at(latest.project, asked["cache"]), asked["cache_size"],
    )  # fmt: skip
    with publishing_faults(), known_names():
        run = pipeline.build(latest.project, options, day, console)
        told = Told(run.diagnostics, run.files, run.counts)
        if run.published:
            latest.keep(basis, told)
    return told


@main.command(epilog="\b\nExamples:\n  stepwell check\n  stepwell check --strict --format github")
@_narrowing
@click.pass_obj
def check(folder: Path, /, **asked: Any) -> None:
    """Look for mistakes without making anything."""
    from stepwell import pipeline
    from stepwell.console import report

    run = pipeline.Run()
    scope = pipeline.Scope(asked["languages"], asked["pathways"])
    with known_names():
        definitions = pipeline.read(project_of(folder), scope, today(), run)
    report(run, asked["format"], asked["verbose"], asked["quiet"])
    if definitions is None or run.stops(asked["strict"]):
        raise SystemExit(1)


for _command in (
    *cli_project.COMMANDS, *cli_criteria.COMMANDS, *cli_cases.COMMANDS, *cli_diff.COMMANDS,
    *cli_exchange.COMMANDS, *cli_preview.COMMANDS, *cli_cache.COMMANDS,
):  # fmt: skip
    main.add_command(_command)

if __name__ == "__main__":
    main()
