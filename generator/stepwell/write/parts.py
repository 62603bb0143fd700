"""What has rendered parts: writing asks it, and does not know who it is."""

from __future__ import annotations

from typing import Protocol

from stepwell.model import Ask, Part


class Parts(Protocol):
    """Has what was rendered, whole, where an output is only its card."""

    @property
    def common(self) -> str:
        """The hash of what all parts are made from: our code, templates, shared content."""

    def key(self, ask: Ask) -> str:
        """The hash of all that a part is made from."""

    def part(self, ask: Ask, damaged: list[str]) -> Part:
        """The part of an ask; names of damaged entries of its store are added to the list."""
