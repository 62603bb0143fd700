"""What commands begin with: the day, the project, and names as they were typed. Owns no work.

A wrong use is a click.UsageError, which ends the command with 2 and a remedy.
"""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stepwell.project import Project

if TYPE_CHECKING:
    from stepwell.write.store import Store


def today() -> datetime.date:
    """The day of the build: that of SOURCE_DATE_EPOCH if set, else today in UTC."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return datetime.datetime.now(datetime.UTC).date()
    try:
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date()
    except (ValueError, OverflowError, OSError):
        message = f"SOURCE_DATE_EPOCH is '{epoch}'; it must be seconds since 1970, such as 0"
        raise click.UsageError(message) from None


def project_of(folder: Path) -> Project:
    """The project a folder is in; a usage error that says how to begin if there is none."""
    found = Project.find(folder)
    if found is None:
        raise click.UsageError(
            f"There is no pathways/site.yaml in {folder.resolve()} or above it.\n"
            "Go to your clinic's folder, name it with -C DIR, or begin one with 'stepwell new'."
        )
    return found


UNITS = {"": 1, "k": 10**3, "m": 10**6, "g": 10**9, "t": 10**12}


class Size(click.ParamType[int]):
    """A number of bytes as people write it: 500MB, 2GB, 1.5 g."""

    name = "size"

    def convert(
        self, value: Any, param: click.Parameter | None, context: click.Context | None
    ) -> int:
        """The bytes; a wrong use if it is no size."""
        found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([kmgt]?)b?", str(value).strip().lower())
        if not found:
            self.fail(f"'{value}' is no size; write it as 500MB or 2GB", param, context)
        return int(float(found[1]) * UNITS[found[2]])


def store_at(project: Project, address: str | None) -> Store:
    """The store at an address, or the project's own; a wrong use if nothing can be kept there."""
    from stepwell.write.cache import StoreFault
    from stepwell.write.store import Store

    try:
        return Store.at(address or project.artifacts)
    except StoreFault as fault:
        raise click.UsageError(str(fault)) from None


@contextmanager
def known_names() -> Iterator[None]:
    """A language or pathway that is not there is a wrong use of the command."""
    from stepwell.definitions.project import UnknownName

    try:
        yield
    except UnknownName as error:
        raise click.UsageError(str(error)) from None
