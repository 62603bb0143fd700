"""What the command line shows: progress, problems, and where the result is."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import click

from stepwell.codes import Severity
from stepwell.diagnostics import Diagnostics
from stepwell.progress import Advance
from stepwell.report import render
from stepwell.source import SourceFile

NOISY = frozenset({"SW505", "SW520", "SW527", "SW528", "SW529"})
"""Codes that are counted, and written out only with -v or in machine formats."""


class Console:
    """Progress on a terminal as bars, elsewhere as plain lines. All of it on standard error."""

    def __init__(self, quiet: bool = False, verbose: int = 0) -> None:
        self.quiet = quiet
        self.verbose = verbose
        self.terminal = sys.stderr.isatty()

    def step(self, what: str) -> None:
        """A step without parts begins."""
        if not self.quiet:
            click.echo(f"{what} ...", err=True)

    @contextmanager
    def bar(self, what: str, total: int) -> Iterator[Advance]:
        """A step with parts: what, how many of how many, what is left."""
        if self.quiet or not total:
            yield lambda name: None
        elif self.terminal:
            with click.progressbar(
                length=total, label=f"{what:<10}", show_pos=True, show_eta=True, file=sys.stderr
            ) as shown:
                yield lambda name: shown.update(1)
        else:
            click.echo(f"{what}: {total} ...", err=True)
            yield self._line if self.verbose else (lambda name: None)
            click.echo(f"{what}: {total} of {total}", err=True)

    def _line(self, name: str) -> None:
        click.echo(f"  {name}", err=True)

    def published(self, counts: Mapping[str, int], out: Path, *, again: bool) -> None:
        """What was published, or stands already, where, and how to look at it."""
        if self.quiet:
            return
        pages = {tag: count for tag, count in counts.items() if tag != "PDFs"}
        what = f"{sum(pages.values())} pages and {counts['PDFs']} PDFs in {', '.join(pages)}"
        if again:
            click.echo(f"Published {what} in {out}")
        else:
            click.echo(f"Nothing changed: {what} stand in {out} (--again makes them anew)")
        click.echo(
            f"Open {out / 'index.html'} in a browser, or run 'stepwell serve' to search too."
        )


class Problems(Protocol):
    """What can be reported: problems, and the files that they are in."""

    @property
    def diagnostics(self) -> Diagnostics:
        """The problems."""
        ...

    @property
    def files(self) -> Mapping[str, SourceFile]:
        """Path -> the file."""
        ...


def report(run: Problems, format: str, verbose: int, quiet: bool) -> None:
    """Write the problems of a run: to standard output for tools, to standard error for people."""
    found = run.diagnostics.sorted()
    if format != "text":
        click.echo(render(found, run.files, format))
        return
    shown = [d for d in found if verbose or d.code not in NOISY]
    if quiet:
        shown = [d for d in shown if d.severity is Severity.ERROR]
    for one in shown:
        click.echo(_coloured(render([one], run.files, "text"), one.severity), err=True)
    if not quiet:
        click.echo(_summary(run), err=True)


def _coloured(text: str, severity: Severity) -> str:
    colour = {Severity.ERROR: "red", Severity.WARNING: "yellow"}.get(severity, "blue")
    head, mark, rest = text.partition("\n")
    return click.style(head, fg=colour, bold=True) + mark + rest


def _summary(run: Problems) -> str:
    errors, warnings, notes = (run.diagnostics.count(severity) for severity in Severity)
    if not errors and not warnings:
        noted = f" {_counted(notes, 'note')}: -v shows what could read better." if notes else ""
        return f"No problems found.{noted}"
    said = f"{_counted(errors, 'error')}, {_counted(warnings, 'warning')}."
    hidden = {d.code for d in run.diagnostics.sorted()} & NOISY
    more = " Use -v to see every note and every text that is not translated." if hidden else ""
    return f"{said} 'stepwell explain CODE' tells how to mend one.{more}"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


@contextmanager
def writing_faults(then: str = "") -> Iterator[None]:
    """A folder that can't be written or a full disk, as a line and exit code 1."""
    try:
        yield
    except OSError as error:
        what = f"{error.filename}: {error.strerror}" if error.filename else str(error)
        raise click.ClickException(f"{what}{then}") from None


@contextmanager
def template_faults() -> Iterator[None]:
    """A template of the project that can't be used, as lines and exit code 1."""
    from stepwell.templating import TemplateFault

    try:
        yield
    except TemplateFault as fault:
        raise click.ClickException(f"{fault}\n{fault.help}") from None


@contextmanager
def publishing_faults() -> Iterator[None]:
    """Faults of the machine while publishing, as lines and exit code 1."""
    from stepwell.write.cluster import ClusterFault
    from stepwell.write.publish import Busy, NotOurs
    from stepwell.write.schedule import TaskFailed

    try:
        with writing_faults("\nNothing was published."):
            yield
    except (Busy, NotOurs) as error:
        raise click.ClickException(str(error)) from None
    except ClusterFault as error:
        raise click.ClickException(f"{error}\nNothing was published.") from None
    except TaskFailed as error:
        message = f"{error}\nNothing was published; the previous site stands."
        raise click.ClickException(message) from None
