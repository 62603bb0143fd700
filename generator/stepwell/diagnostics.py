"""Problems of content as data: a diagnostic, and the collector that stages add to.

A diagnostic is never an exception. Its renderings are in `report`, its
explanations in `codes`.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from stepwell.codes import CODES, Severity
from stepwell.source import Span


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """One problem: where, which code, the message, the remedy, other places that matter."""

    span: Span
    code: str
    message: str
    help: str = ""
    related: tuple[tuple[Span, str], ...] = ()

    @property
    def severity(self) -> Severity:
        """The severity of its code."""
        return CODES[self.code].severity


class Diagnostics:
    """Collects the problems of a run; the same problem is kept once."""

    def __init__(self) -> None:
        self._found: set[Diagnostic] = set()

    def add(
        self,
        code: str,
        span: Span,
        message: str,
        help: str = "",
        related: Iterable[tuple[Span, str]] = (),
    ) -> None:
        """Add a problem; `code` must be one of `codes.CODES`."""
        if code not in CODES:
            raise ValueError(f"{code} is not in codes.CODES; add it there first")
        self._found.add(Diagnostic(span, code, message, help, tuple(related)))

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Add problems found elsewhere, for example in a worker."""
        self._found.update(diagnostics)

    def sorted(self) -> tuple[Diagnostic, ...]:
        """All problems by place, then code."""
        return tuple(sorted(self._found))

    def count(self, severity: Severity) -> int:
        """How many problems have this severity."""
        return sum(found.severity is severity for found in self._found)

    @property
    def failed(self) -> bool:
        """Whether an error was found."""
        return self.count(Severity.ERROR) > 0

    @property
    def warned(self) -> bool:
        """Whether a warning was found."""
        return self.count(Severity.WARNING) > 0

    @property
    def unread(self) -> bool:
        """Whether something that is there could not be read: SW1xx, or a broken catalog."""
        return any(found.code.startswith(("SW1", "SW501")) for found in self._found)


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint with the nearest known word, or the known words if there are few, or nothing."""
    names = sorted(set(known))
    close = difflib.get_close_matches(word, names, n=1, cutoff=0.6)
    if close:
        return f"did you mean '{close[0]}'?"
    return f"known here: {', '.join(names)}" if 0 < len(names) <= 12 else ""
