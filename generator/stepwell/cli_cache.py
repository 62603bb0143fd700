"""Commands about finished artifacts that are kept: cache stats, cache verify, cache prune.

They are added to the group in `cli`, whose rules hold here too.
"""

from __future__ import annotations

import datetime
import json
import time
from pathlib import Path
from typing import Any

import click

from stepwell.usage import Size, project_of, store_at

DAY = 86_400  # seconds


@click.group(epilog="\b\nExample:\n  stepwell cache stats")
def cache() -> None:
    """Look at what earlier builds have kept. It can be deleted at any time."""


def _store(command: Any) -> Any:
    """The option that names the store."""
    return click.option(
        "--cache", "address", envvar="STEPWELL_CACHE", metavar="ADDRESS",
        help="The folder or address of the store, if not the project's own.",
    )(command)  # fmt: skip


@cache.command(
    epilog="\b\nExamples:\n  stepwell cache stats\n  stepwell cache stats --cache s3://b/c"
)
@_store
@click.option("--format", "format", type=click.Choice(["text", "json"]), default="text",
              show_default=True, help="A table for people, or data for programs.")  # fmt: skip
@click.pass_obj
def stats(folder: Path, address: str | None, format: str) -> None:
    """Tell how much is kept of what, and since when it was not used."""
    from stepwell.console import writing_faults
    from stepwell.write.stock import stats as counted

    store = store_at(project_of(folder), address)
    with writing_faults():
        kinds = counted(store.shelf())
    if format == "json":
        rows = {k.name: {"entries": k.count, "bytes": k.size, "oldest": k.oldest} for k in kinds}
        click.echo(json.dumps(rows, indent=1))
        return
    for kind in kinds:
        day = datetime.datetime.fromtimestamp(kind.oldest, datetime.UTC).date()
        click.echo(f"{kind.name:<12} {kind.count:>7} {_size(kind.size):>9}  oldest used {day}")
    count, size = sum(kind.count for kind in kinds), sum(kind.size for kind in kinds)
    click.echo(f"{'together':<12} {count:>7} {_size(size):>9}")


@cache.command(epilog="\b\nExample:\n  stepwell cache verify && stepwell build")
@_store
@click.pass_obj
def verify(folder: Path, address: str | None) -> None:
    """Look whether what is kept is whole. What is damaged is removed, and ends this with 1."""
    from stepwell.console import Console, writing_faults
    from stepwell.write.stock import verify as looked

    shelf = store_at(project_of(folder), address).shelf()
    with writing_faults():
        entries = tuple(shelf.listed())
        with Console().bar("Looking at entries", len(entries)) as advance:
            damaged = looked(shelf, entries, advance)
    for name in damaged:
        click.echo(f"Removed {name}: it was damaged, and is made anew when it is needed.")
    click.echo(f"{len(entries)} entries, {len(damaged)} damaged.")
    if damaged:
        raise SystemExit(1)


@cache.command(
    epilog="\b\nExamples:\n  stepwell cache prune --max-size 500MB\n"
    "  stepwell cache prune --unused-for 90"
)
@_store
@click.option("--max-size", type=Size(), metavar="SIZE",
              help="Remove what was not used for longest, down to this: 500MB, 2GB.")  # fmt: skip
@click.option("--unused-for", type=click.IntRange(0), metavar="DAYS",
              help="Remove what was not used for so many days.")  # fmt: skip
@click.pass_obj
def prune(folder: Path, address: str | None, max_size: int | None, unused_for: int | None) -> None:
    """Remove what is not likely to be needed again."""
    from stepwell.console import writing_faults
    from stepwell.write.stock import prune as removed

    if max_size is None and unused_for is None:
        raise click.UsageError("Say what is too much: --max-size 500MB, or --unused-for 90 (days).")
    since = 0.0 if unused_for is None else time.time() - unused_for * DAY
    store = store_at(project_of(folder), address)
    with writing_faults():
        done = removed(store.shelf(), max_size if max_size is not None else 2**63, since)
    click.echo(f"Removed {done.count} entries ({_size(done.size)}); {_size(done.left)} are left.")


def _size(count: int) -> str:
    """A number of bytes in the largest unit that fits."""
    for power, unit in ((9, "GB"), (6, "MB"), (3, "kB")):
        if count >= 10**power:
            return f"{count / 10**power:.1f} {unit}"
    return f"{count} B"


COMMANDS = (cache,)
