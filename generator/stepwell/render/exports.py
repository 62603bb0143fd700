"""Data that a service can load elsewhere: indicators as CSV, dates as calendar files. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from stepwell.model import Data
from stepwell.render.invitations import invitations
from stepwell.resolve import Resolved
from stepwell.resolve.view import Reading, View
from stepwell.source import lines_of

_FIELDS = ("title", "numerator", "denominator", "data", "every", "target", "strata")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def exports(resolved: Resolved, language: str, name: str) -> Iterator[Data]:
    """The data files of a pathway in a language: `<pathway>/indicators.csv` if it has some,
    and the calendar files of `invitations`.
    """
    if not resolved.definitions.serves(language, "clinicians"):
        return
    if resolved.definitions.pathways[name].indicators:
        edition = resolved.edition(language, "clinician", name)
        path = f"{name}/indicators.csv"
        yield _indicators(resolved.reading(edition, path, "print"), name)
    yield from invitations(resolved, language, name)


def _indicators(reading: Reading, pathway: str) -> Data:
    words = reading.words()
    headings = [
        words("Indicator"), words("Numerator"), words("Denominator"), words("Data source"),
        words("How often"), words("Target"), words("Broken down by"),
    ]  # fmt: skip
    rows = [["id", *(heading.striptags() for heading in headings)]]
    rows += [_row(reading.view(found)) for found in reading.edition.content.indicators]
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([_safe(c) for c in row] for row in rows)
    return Data(
        path=f"{reading.edition.language}/{reading.page}",
        title=words("Indicators and feedback").striptags(),
        language=reading.edition.language,
        audience="lead",
        pathway=pathway,
        sources=lines_of(reading.used.spans),
        content=text.getvalue().encode("utf-8-sig"),
    )


def _row(indicator: View) -> list[str]:
    values = (getattr(indicator, name) for name in _FIELDS)
    return [indicator.id, *(v.striptags() if hasattr(v, "striptags") else str(v) for v in values)]


def _safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
