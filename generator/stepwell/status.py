"""How far translations are, as a table for people and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from stepwell.model import Document, Page
from stepwell.resolve.standing import CLASSES, READERS, Standing, Tally

Withheld = Mapping[str, Sequence[Page | Document]]
"""Language -> the notices that stand in for its pages and documents now."""
READ_BY = {"patients": "for patients and families", "clinicians": "for clinicians"}
_COLUMNS = "{:<32}{:>9}{:>6}{:>8}{:>9}{:>8}{:>6}{:>6}"


def table(
    standings: Sequence[Standing], names: Mapping[str, str], withheld: Withheld | None,
    *, verbose: bool = False,
) -> Iterator[str]:  # fmt: skip
    """The lines of the table, 84 columns wide. `names` are the languages' own names.

    Without `withheld`, a line says that it can't be told.
    """
    for standing in standings:
        yield f"{standing.language}  {names[standing.language]} ({_review(standing)})"
        yield _COLUMNS.format("", "words", "done", "stale", "missing", "safety", "care", "info")
        for part in standing.parts:
            yield _row(part, standing, part=part)
        for readers in READERS:
            if not standing.patients_only:
                yield _row(READ_BY[readers], standing, readers=readers)
        if len(standing.parts) > 1:
            yield _row("all", standing)
        yield from _withheld(withheld, standing.language, verbose=verbose)
        yield ""


def _row(name: str, standing: Standing, part: str = "", readers: str = "") -> str:
    words = standing.words(part, readers=readers)
    classes = [_percent(standing.words(part, kind, readers)) for kind in CLASSES]
    shown = name if len(name) <= 29 else f"{name[:28]}…"
    return _COLUMNS.format(
        f"  {shown}", f"{words.total:,}", _percent(words), f"{words.stale:,}",
        f"{words.missing:,}", *classes,
    )  # fmt: skip


def _percent(words: Tally) -> str:
    return f"{words.percent}%" if words.total else "-"


def _review(standing: Standing) -> str:
    review = standing.review
    only = "; for patients and families only" if standing.patients_only else ""
    if review is None:
        return f"draft, not in 'translations:' of site.yaml{only}"
    if review.reviewed is None:
        return f"draft of {review.translated}, not reviewed{only}"
    by = f" by {review.reviewer}" if review.reviewer else ""
    return f"reviewed{by}, {review.reviewed}{only}"


def _withheld(withheld: Withheld | None, language: str, *, verbose: bool) -> Iterator[str]:
    if withheld is None:
        yield "  What is withheld can't be told while there are errors: run 'stepwell check'."
        return
    found = withheld.get(language, ())
    pages = sum(isinstance(one, Page) for one in found)
    if not found:
        yield "  Nothing is withheld."
        return
    more = "" if verbose else " (-v names them)"
    counted = f"{_count(pages, 'page')} and {_count(len(found) - pages, 'document')}"
    yield f"  Withheld, for want of a safety text: {counted}{more}"
    for one in found if verbose else ():
        yield f"    {one.path}  {one.title}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def as_json(
    standings: Sequence[Standing], names: Mapping[str, str], source: str, withheld: Withheld | None
) -> dict[str, Any]:
    """The same as plain values: {"source": tag, "languages": [...]}.

    A language has language, name, readers, review ({translated, reviewed, reviewer}
    or null), rows ({part, class, readers, words, entries}, where words and entries
    are {done, stale, missing}) and withheld ({kind, path, title}), which is null
    while errors stand.
    """
    return {"source": source, "languages": [
        {
            "language": one.language,
            "name": names[one.language],
            "readers": ["patients"] if one.patients_only else list(READERS),
            "review": _review_as_json(one),
            "rows": [
                {
                    "part": row.part, "class": row.safety_class, "readers": row.readers,
                    "words": _counts(row.words), "entries": _counts(row.entries),
                }
                for row in one.rows
            ],
            "withheld": None if withheld is None else [
                {"kind": artifact.kind, "path": artifact.path, "title": artifact.title}
                for artifact in withheld.get(one.language, ())
            ],
        }
        for one in standings
    ]}  # fmt: skip


def _counts(tally: Tally) -> dict[str, int]:
    return {"done": tally.done, "stale": tally.stale, "missing": tally.missing}


def _review_as_json(standing: Standing) -> dict[str, str | None] | None:
    if standing.review is None:
        return None
    found = standing.review
    return {
        "translated": str(found.translated),
        "reviewed": str(found.reviewed) if found.reviewed else None,
        "reviewer": str(found.reviewer) if found.reviewer else None,
    }
