"""The command `diff`: what changed between two versions, in clinical words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stepwell.usage import known_names, project_of

if TYPE_CHECKING:
    from stepwell.changes.model import Report
    from stepwell.definitions.project import Definitions
    from stepwell.project import Project
    from stepwell.source import SourceFile

EPILOG = """\b
Examples:
  stepwell diff                          what changed since the last commit
  stepwell diff v1.0                     since the version v1.0
  stepwell diff main my-branch           between two branches
  stepwell diff ../old-copy .            between two folders
  stepwell diff main --format markdown   for a pull request
  stepwell diff main --exit-code         for a pipeline: 1 if care changes
"""
STYLES: dict[str, dict[str, Any]] = {
    "heading": {"bold": True}, "topic": {"fg": "blue", "bold": True},
    "old": {"fg": "red"}, "new": {"fg": "green"}, "quiet": {"dim": True},
}  # fmt: skip


@click.command(epilog=EPILOG)
@click.argument("old", default="HEAD")
@click.argument("new", required=False)
@click.option("--pathway", "pathways", multiple=True, metavar="ID",
              help="Only this pathway, and what all share. May be repeated.")  # fmt: skip
@click.option("--format", "format", type=click.Choice(["text", "json", "markdown"]),
              default="text", show_default=True, help="How the changes are written.")  # fmt: skip
@click.option("--all", "everything", is_flag=True,
              help="Also changes of care and information, not only clinical ones.")  # fmt: skip
@click.option("--exit-code", is_flag=True, help="End with 1 if there is a clinical change.")
@click.pass_obj
def diff(
    folder: Path,
    old: str,
    new: str | None,
    pathways: tuple[str, ...],
    format: str,
    everything: bool,
    exit_code: bool,
) -> None:
    """Tell what changed between two versions, as meanings, and who changes step by it.

    OLD and NEW are each a folder with a project, or a revision of the project's
    git repository. Without NEW, the working files are compared; without OLD,
    with the last commit (HEAD). Clinical changes are those of criteria, numbers,
    roles and texts whose error can hurt.
    """
    from stepwell.changes import compare
    from stepwell.versions import WORKING

    project = project_of(folder)
    before, after = (_version(project, name, folder) for name in (old, new))
    with known_names():
        report = compare(before, after, (old, new or WORKING), pathways)
    shown = report if everything else report.clinical_only()
    click.echo(_rendered(shown, format), nl=format == "json")
    if exit_code and (report.clinical or any(section.people for section in report.sections)):
        raise SystemExit(1)


def _version(project: Project, name: str | None, folder: Path) -> Definitions:
    """The definitions of a version; ends the command if they can't be compared."""
    from stepwell.codes import Severity
    from stepwell.diagnostics import Diagnostics
    from stepwell.report import as_text
    from stepwell.versions import WORKING, opened, read

    diagnostics = Diagnostics()
    files: dict[str, SourceFile] = {}
    with _faults(), opened(project, name, folder) as found:
        definitions = read(found, diagnostics, files)
    if definitions is None:
        errors = [d for d in diagnostics.sorted() if d.severity is Severity.ERROR]
        click.echo(as_text(errors, files), err=True)
        what = f"'{name}'" if name else f"The {WORKING}"
        raise click.ClickException(f"{what} can't be compared while these errors stand.")
    return definitions


@contextmanager
def _faults() -> Iterator[None]:
    """A version that can't be read, as a wrong use or as a fault, and a disk that is full."""
    from stepwell.console import writing_faults
    from stepwell.revision import NotRead

    try:
        with writing_faults():
            yield
    except NotRead as error:
        if error.wrong_use:
            raise click.UsageError(str(error)) from None
        raise click.ClickException(str(error)) from None


def _rendered(report: Report, format: str) -> str:
    from stepwell.changes.data import as_json
    from stepwell.changes.markdown import as_markdown
    from stepwell.changes.text import as_text

    if format == "text":
        return as_text(report, lambda text, style: click.style(text, **STYLES[style]))
    return as_json(report) if format == "json" else as_markdown(report)


COMMANDS = (diff,)
