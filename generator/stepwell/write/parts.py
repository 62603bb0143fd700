"""What has rendered parts: writing asks it, and does not know who it is."""

from __future__ import annotations

from typing import Protocol

from stepwell.model import Ask, Part


class Parts(Protocol):
    """Has what was rendered, whole, where an output is only its card."""

    @property
    def tools(self) -> str:
        """The hash of what is no content: our code, templates, libraries."""

    def digest(self, ask: Ask, damaged: list[str]) -> str:
        """The hash of the part of an ask; names of damaged entries as in `part`."""

    def part(self, ask: Ask, damaged: list[str]) -> Part:
        """The part of an ask; names of damaged entries of its store are added to the list."""
