"""What long work tells while it runs. The command line shows it; tests and servers may not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

Advance = Callable[[str], None]


class Progress(Protocol):
    """Shows steps of known length, one after the other."""

    def step(self, what: str) -> None:
        """A step without parts begins."""

    @contextmanager
    def bar(self, what: str, total: int) -> Iterator[Advance]:
        """A step with `total` parts; call what it yields once a part, with its name."""
        yield lambda name: None


class Silent:
    """Shows nothing."""

    def step(self, what: str) -> None:
        """Nothing."""

    @contextmanager
    def bar(self, what: str, total: int) -> Iterator[Advance]:
        """Nothing."""
        yield lambda name: None
