"""What was measured -> the figures that were promised, whether they hold, and tables."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from tests.bench.peers.clock import Timed, median

WHOLE, PAGES, SEARCH = "Stepwell", "Stepwell, pages only, no search", "Stepwell, pages only"
CHANGED, UNCHANGED = "Stepwell, one sentence changed", "Stepwell, nothing changed"
TRANSLATED = "Stepwell, one translated sentence changed"
I18N = "mkdocs-material + static-i18n"
I18N_SAME = f"{I18N}, a project with to-pdf for each PDF, two at once"
I18N_PAGES, I18N_WHOLE = f"{I18N}, no search", f"{I18N} + to-pdf"
HUGO = "Hugo, own small layouts, pruned, no search"
LEAFLETS, ALONE = "Stepwell, leaflets", "weasyprint for each"
WARM, TUNED = "Stepwell, leaflets, warm", "one tuned WeasyPrint process, warm"
MEGABYTE = 1_000_000


@dataclass
class Results:
    """Runs by content and build: `runs["P=10"]["Stepwell"]`; why a peer has none."""

    runs: dict[str, dict[str, list[Timed]]] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    outputs: dict[str, tuple[int, int]] = field(default_factory=dict)

    def add(self, content: str, build: str, run: Timed) -> None:
        """Keep a run."""
        self.runs.setdefault(content, {}).setdefault(build, []).append(run)

    def median(self, content: str, build: str) -> Timed | None:
        """The medians of a build's runs, if there are some."""
        found = self.runs.get(content, {}).get(build)
        return median(found) if found else None

    def ratio(self, content: str, ours: str, theirs: str) -> float | None:
        """How many times as long theirs takes as ours."""
        both = self.median(content, ours), self.median(content, theirs)
        return both[1].seconds / both[0].seconds if both[0] and both[1] else None


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its bound: at least that much, or with `most` at most."""

    name: str
    value: float | None
    unit: str
    bound: float | None = None
    most: bool = False

    @property
    def held(self) -> str:
        """Whether the bound is kept; by how much it is missed otherwise."""
        if self.value is None or self.bound is None:
            return "not measured" if self.value is None else ""
        ratio = self.value / self.bound if self.most else self.bound / max(self.value, 1e-9)
        return "yes" if ratio <= 1 else f"NO, by {ratio:.2f} times"


def figures(results: Results) -> Iterator[Figure]:
    """The figures that were promised, of each content that was measured."""
    for content in results.runs:
        for name, ours, theirs, bounds in (
            ("pages and PDFs, cold, against static-i18n + to-pdf, same outputs", WHOLE, I18N_SAME,
             {"": 4.0}),
            ("pages and PDFs, cold, against static-i18n + to-pdf, one PDF a language", WHOLE,
             I18N_WHOLE, {}),
            ("pages without search, cold, against static-i18n", PAGES, I18N_PAGES,
             {"P=10": 10.0, "P=50": 30.0}),
            ("pages without search, cold, against Hugo", PAGES, HUGO, {"P=50": 1.0}),
            ("pages with search, cold, against static-i18n", SEARCH, I18N,
             {"P=10": 4.0, "P=50": 9.0}),
            ("30 leaflets, cold, against weasyprint for each", LEAFLETS, ALONE, {"": 8.0}),
            ("30 leaflets, warm, against one tuned process", WARM, TUNED, {"": 1.8}),
        ):  # fmt: skip
            ratio = results.ratio(content, ours, theirs)
            bound = bounds.get(content, bounds.get(""))
            owed = bound is not None and results.median(content, ours) is not None
            if ratio is not None or owed:
                yield Figure(f"{content}: {name}", ratio, "times", bound)
        yield from _edits(results, content)
    yield from _growth(results)


def _edits(results: Results, content: str) -> Iterator[Figure]:
    """What an edit costs; the bounds are those of fifty pathways."""
    large = content == "P=50"
    whole = results.median(content, WHOLE)
    for label in (CHANGED, TRANSLATED):
        if changed := results.median(content, label):
            name = f"{content}: {label.partition(', ')[2]}"
            yield Figure(name, changed.seconds, "s", 5.0 if large else None, most=True)
            part = changed.seconds / whole.seconds * 100 if whole else None
            yield Figure(f"{name}, part of cold", part, "%", 3.0 if large else None, most=True)
    if nothing := results.median(content, UNCHANGED):
        bound = 0.5 if large else None
        yield Figure(f"{content}: nothing changed", nothing.seconds, "s", bound, most=True)


FEW, MANY = 10, 50
"""Pathways between which growth is told. PDFs grow as they do, pages (some are shared) by less."""


def _growth(results: Results) -> Iterator[Figure]:
    for name in (WHOLE, SEARCH, PAGES, I18N_WHOLE, I18N, I18N_PAGES, HUGO):
        few, many = results.median(f"P={FEW}", name), results.median(f"P={MANY}", name)
        if few and many:
            own = name.startswith("Stepwell")
            power = exponent(few, many)
            yield Figure(f"growth, exponent: {name}", power, "", 1.05 if own else None, most=True)
            more = many.memory / max(few.memory, 1)
            bound = 1.5 if own else None
            yield Figure(f"growth, memory of the main process: {name}", more, "times", bound, True)


def exponent(few: Timed, many: Timed) -> float:
    """The power of the number of pathways with which seconds grow."""
    return math.log(many.seconds / few.seconds) / math.log(MANY / FEW)


def promised(found: list[Figure]) -> str:
    """The figures in Markdown."""
    rows = ["| figure | measured | bound | held |", "|---|---:|---:|---|"]
    for one in found:
        value = "" if one.value is None else f"{one.value:.3g} {one.unit}".strip()
        sign = "at most" if one.most else "at least"
        bound = "" if one.bound is None else f"{sign} {one.bound:g} {one.unit}".strip()
        rows.append(f"| {one.name} | {value} | {bound} | {one.held} |")
    return "\n".join(rows)


def builds(results: Results) -> str:
    """Every build that was run, in Markdown."""
    head = "| content | build | pages | PDFs | wall, s | work, s | main process, MB | runs |"
    rows = [head, "|---|---|---:|---:|---:|---:|---:|---:|"]
    for content, named in results.runs.items():
        for name, runs in named.items():
            one = median(runs)
            memory = f"{one.memory / MEGABYTE:.0f}" if one.memory else ""
            worked = f"{one.worked:.2f}" if one.worked else ""
            rows.append(
                f"| {content} | {name} | {one.pages or ''} | {one.papers or ''} |"
                f" {one.seconds:.2f} | {worked} | {memory} | {len(runs)} |"
            )
    rows += [f"| | {name} | | | {reason} | | | |" for name, reason in results.missing.items()]
    return "\n".join(rows)


def as_json(results: Results, machine: str) -> dict[str, Any]:
    """All runs, their medians and the figures, for JSON."""
    rows = [
        {"content": content, "build": name, "median": asdict(median(runs)),
         "runs": [asdict(one) for one in runs]}
        for content, named in results.runs.items()
        for name, runs in named.items()
    ]  # fmt: skip
    found = [asdict(one) | {"held": one.held} for one in figures(results)]
    return {
        "machine": machine, "contents": results.outputs, "figures": found, "builds": rows,
        "missing": results.missing,
    }  # fmt: skip
