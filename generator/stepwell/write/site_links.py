"""Addresses of what lies below the root of the site, each made once.

A page is in a folder, and most of its links are those of its neighbours there; so they are
kept by folder. Relative addresses let a site open from a disk.
"""

from __future__ import annotations

from functools import cached_property
from urllib.parse import quote

Folder = str | None
"""Where a page lies, as a POSIX path below the root; None for one that is shown anywhere."""


class Links:
    """Addresses as seen from a folder. `address` is where the website will be, or ""."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._made: dict[tuple[str, Folder], str] = {}

    def link(self, path: str, folder: Folder) -> str:
        """The address of a path below the root: relative to a folder, or absolute for None."""
        known = self._made.get((path, folder))
        if known is None:
            there = f"{self._prefix}/{path}" if folder is None else relative(path, folder)
            known = self._made[path, folder] = quote(there)
        return known

    def address(self, path: str) -> str:
        """The published address of a path, or "" while the website has none."""
        return f"{self._root}/{quote(path)}" if self._address else ""

    @cached_property
    def _root(self) -> str:
        return self._address.rstrip("/")

    @cached_property
    def _prefix(self) -> str:
        return ("/" + self._address.partition("://")[2].partition("/")[2].strip("/")).rstrip("/")


def relative(path: str, folder: str) -> str:
    """A path as seen from a folder; both are below one root, and without `.` or `..` inside."""
    there = path.split("/")
    here = [] if folder == "." else folder.split("/")
    same = 0
    for one, other in zip(there, here, strict=False):
        if one != other:
            break
        same += 1
    return "/".join([".."] * (len(here) - same) + there[same:]) or "."
