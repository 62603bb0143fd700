"""The commands export and import: translations for and from elsewhere. They complete the group."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stepwell.cli_translate import desk, faults, loaded, report_of, tag_of, translate
from stepwell.usage import project_of

if TYPE_CHECKING:
    from stepwell.definitions.project import Definitions
    from stepwell.exchange import Incoming
    from stepwell.project import Project


def _known_tag(project: Project, lang: str, read: Definitions) -> str:
    """The tag of a language that has catalogs or is published."""
    tag = tag_of(lang, read)
    begun = (project.content / "locales" / tag).is_dir()
    if tag not in read.site.languages.published and not begun:
        hint = f"run 'stepwell translate add {tag}' first"
        raise click.UsageError(f"There is no translation into '{tag}' yet; {hint}")
    return tag


def _states(context: click.Context, option: click.Parameter, value: str) -> tuple[str, ...]:
    from stepwell.exchange import STATES

    states = tuple(word.strip() for word in value.split(",") if word.strip())
    for state in states:
        if state not in STATES:
            raise click.BadParameter(f"'{state}' is none of {', '.join(STATES)}")
    return states


@translate.command(
    epilog="\b\nExamples:\n  stepwell translate export uk --only missing,stale --out uk.po\n"
    "  stepwell translate export uk --format xliff --readers patients --out uk.xlf"
)
@click.argument("lang")
@click.option("--format", "format", type=click.Choice(["po", "xliff"]), default="po",
              show_default=True, help="XLIFF needs the extra stepwell[xliff].")  # fmt: skip
@click.option("--only", "states", default="", callback=_states, metavar="STATES",
              help="Only entries that are missing, stale or done, with commas.")  # fmt: skip
@click.option("--readers", type=click.Choice(["patients", "clinicians"]), default=None,
              help="Only what these read.")  # fmt: skip
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="Write here instead of to standard output.")  # fmt: skip
@click.pass_obj
def export(
    folder: Path, lang: str, format: str, states: tuple[str, ...], readers: str | None,
    out: Path | None,
) -> None:  # fmt: skip
    """Give all entries of a translation into LANG as one file, for translators elsewhere."""
    from stepwell.exchange import outgoing, written
    from stepwell.xliff import NotInstalled

    project = project_of(folder)
    read, told = loaded(project)
    tag = _known_tag(project, lang, read)
    files = list(desk(project, read, tag, told).all())
    report_of(told)
    messages = list(outgoing(files, states, readers or ""))
    try:
        text = written(messages, format, read.source_language, tag, files[0].after.fields)
    except NotInstalled as error:
        raise click.ClickException(str(error)) from None
    if out is None:
        return click.echo(text, nl=False)
    with faults():
        _save(out, text)
    return click.echo(f"Wrote {len(messages)} entries to {out}")


def _save(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    new = path.with_name(f".{path.name}.new")
    new.write_text(text, encoding="utf-8")
    os.replace(new, path)


@translate.command("import", epilog="\b\nExample:\n  stepwell translate import uk uk.xlf --dry-run")
@click.argument("lang")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Tell what would be done, and write nothing.")
@click.option("-v", "--verbose", is_flag=True, help="Show what was replaced, and what is unknown.")
@click.pass_obj
def import_(folder: Path, lang: str, file: Path, dry_run: bool, verbose: bool) -> None:
    """Take the translations into LANG that are in FILE (PO or XLIFF), each if it is right.

    Taken is what has exactly the context and the source of the content, and no
    fault that 'stepwell check' would find. The rest stays out and is told.
    Exits with 1 if something was refused.
    """
    from stepwell.exchange import incoming, with_taken
    from stepwell.exchange import read as read_file
    from stepwell.xliff import NotInstalled

    project = project_of(folder)
    read, told = loaded(project)
    tag = _known_tag(project, lang, read)
    try:
        given = read_file(file, told.diagnostics, told.sources)
    except NotInstalled as error:
        raise click.ClickException(str(error)) from None
    files = list(desk(project, read, tag, told).all())
    report_of(told)
    if given is None:
        raise SystemExit(1)
    _same_language(given.language, tag, file, read)
    found = incoming(given.messages, files, read, tag, str(file))
    changed = [new for one in files if (new := with_taken(one, found))]
    with faults():
        for one in changed if not dry_run else ():
            one.save(project.root)
    told.diagnostics.extend(found.diagnostics.sorted())
    for line in _summary(found, read, tag, dry_run=dry_run, verbose=verbose):
        click.echo(line)
    report_of(told, refused=bool(found.refused))


def _same_language(said: str, tag: str, file: Path, read: Definitions) -> None:
    """Ends with 1 if a file says that it is in another language."""
    try:
        other = tag_of(said, read) if said else tag
    except click.UsageError:
        other = said
    if other != tag:
        raise click.ClickException(f"{file} says that it is in '{said}', not in '{tag}'")


def _summary(
    found: Incoming, read: Definitions, tag: str, *, dry_run: bool, verbose: bool
) -> Iterator[str]:
    """What became of the entries of a file, with what was replaced where that is asked for."""
    replaced = found.replaced
    rows = (
        ("taken", len(found.taken)), ("  of these, in place of another", len(replaced)),
        ("unchanged", found.unchanged), ("refused", len(found.refused)),
        ("not finished", found.unfinished), ("source has changed", len(found.moved)),
        ("not in the content", len(found.unknown)),
    )  # fmt: skip
    yield from (f"{name:<32}{count:>6}" for name, count in rows)
    for old, new in replaced if dry_run or verbose else ():
        yield f"\n{old.context}\n  was: {old.translation}\n  now: {new.translation}"
    if verbose:
        for what, messages in (("changed", found.moved), ("unknown", found.unknown)):
            yield from (f"{what}: line {one.line}, {one.context[:200]!r}" for one in messages)
    reviewed = next((t.reviewed for t in read.site.translations if t.language == tag), None)
    if found.taken and reviewed:
        yield f"\nThis translation was reviewed on {reviewed}; have what is new reviewed too."
    if dry_run:
        yield "\nNothing was written (--dry-run)."


COMMANDS = (translate,)
"""The group with its commands, those of `cli_translate` too."""
