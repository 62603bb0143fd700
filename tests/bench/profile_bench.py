"""Where the time of a cold build goes, stage by stage: a table.

The build is the real one, in a fresh process, with one worker that is this process itself,
so that every stage can be watched. What counts is the work of the processor, with that of
programs that a stage starts (Pagefind): a busy machine changes it little, and the rows add up
to the whole. A stage inside another one is taken out of it. Names that a version of the
program does not have (any longer) are left out and told.

    make bench ARGS="--part profile"
    python -m tests.bench.profile_bench PROJECT [--json FILE]
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from typing import Any
from unittest.mock import patch

STAGES: tuple[tuple[str, str], ...] = (
    ("load: read and decode YAML", "stepwell.pipeline:load"),
    ("load: catalogs (PO)", "stepwell.load:_catalogs"),
    ("check, but proofs", "stepwell.pipeline:check"),
    ("prove criteria", "stepwell.logic.prove:prove"),
    ("resolve: interface words", "stepwell.load.interface:interface"),
    ("resolve: which letters are printed, fonts for them", "stepwell.write.press:Press.ready"),
    ("render documents (HTML)", "stepwell.render.documents:Documents.all"),
    ("render articles (HTML)", "stepwell.render.pages:Pages.website"),
    ("render data, front pages, preview", "stepwell.pipeline:render"),
    ("site: shared files (fonts, styles, front)", "stepwell.write:_website_tasks"),
    ("site: chrome of pages (theme templates)", "stepwell.write.site_mkdocs:_write_pages"),
    ("site: rest of mkdocs", "stepwell.write.site_mkdocs:build_pages"),
    ("site: files into place", "stepwell.write.site:write_website"),
    ("search: Pagefind", "stepwell.write.search:run"),
    ("search: found cut into sections", "stepwell.write.search:cut"),
    ("search: sections put together", "stepwell.write.search:index"),
    ("PDFs: style sheets", "stepwell.write.pdf:_style_sheet"),
    ("PDFs: layout", "stepwell.write.pdf:_render"),
    ("PDFs: painted", "weasyprint.document:Document.write_pdf"),
    ("PDFs: tags and texts completed", "stepwell.write.pdf:finish"),
    ("PDFs: fields completed", "stepwell.write.pdf:_fillable"),
    ("PDFs: HTML read and prepared, problems", "stepwell.write.pdf:make"),
    ("PDFs: on sheets", "stepwell.write.imposition:imposed"),
    ("PDFs: small pictures", "stepwell.write.thumbnails:thumbnail"),
    ("PDFs: garbage collected", "gc:collect"),
    ("PDFs: keys, cache, files", "stepwell.write.printing:write_batch"),
    ("preview and icons", "stepwell.write:write_preview"),
    ("preview and icons", "stepwell.write:write_icons"),
    ("lists for offline reading", "stepwell.write.site_offline:write_offline"),
    ("manifest", "stepwell.write:write_manifest"),
)
"""Row of the table -> module and name of what is watched."""
START, REST = "start: imports", "all else (executor, staging, publishing)"


@dataclass
class Profile:
    """Seconds of work and calls of each stage; what is nested is taken out of its outer stage."""

    work: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    calls: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    stack: list[str] = field(default_factory=lambda: [REST])
    since: float = 0

    def enter(self, stage: str) -> None:
        """Begin a stage inside the present one."""
        self._settle()
        self.stack.append(stage)

    def leave(self) -> None:
        """End the present stage."""
        self._settle()
        self.stack.pop()

    def _settle(self) -> None:
        now = worked()
        self.work[self.stack[-1]] += now - self.since
        self.since = now

    def watched(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The same function, its work counted for a stage."""

        @wraps(function)
        def call(*arguments: Any, **named: Any) -> Any:
            self.calls[stage] += 1
            self.enter(stage)
            try:
                made = function(*arguments, **named)
            finally:
                self.leave()
            return self._steps(stage, made) if isinstance(made, Iterator) else made

        return call

    def _steps(self, stage: str, steps: Iterator[Any]) -> Iterator[Any]:
        """What a generator yields; only its own steps count."""
        while True:
            self.enter(stage)
            try:
                step = next(steps)
            except StopIteration:
                return
            finally:
                self.leave()
            yield step


class AtOnce(Executor):
    """An executor whose worker is whoever asks."""

    def submit(self, call: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
        """The result, at once."""
        future: Future[Any] = Future()
        future.set_result(call(*given, **named))
        return future


@contextmanager
def at_once(*_: object) -> Iterator[Executor]:
    """In the place of `schedule.executor`."""
    yield AtOnce()


def worked() -> float:
    """Seconds that this process and the programs that it started and awaited have worked."""
    return time.process_time() + sum(os.times()[2:4])


def watch(profile: Profile) -> Iterator[str]:
    """Watch all stages, wherever a module of ours holds them; the names that are not there."""
    for stage, place in STAGES:
        path, _, name = place.partition(":")
        *outer, last = name.split(".")
        try:
            owner = importlib.import_module(path)
            for part in outer:
                owner = getattr(owner, part)
            found = vars(owner)[last]
        except (ImportError, AttributeError, KeyError):
            yield place
            continue
        if isinstance(found, classmethod):
            setattr(owner, last, classmethod(profile.watched(stage, found.__func__)))
            continue
        made = profile.watched(stage, found)
        setattr(owner, last, made)
        for module in [*sys.modules.values()] if not outer else ():
            if getattr(module, "__name__", "").startswith("stepwell") and (
                vars(module).get(last) is found
            ):
                setattr(module, last, made)


def measured(root: Path) -> tuple[Profile, list[str]]:
    """The profile of a cold build of a project, and what could not be watched."""
    import stepwell.cli
    import stepwell.write.warm  # noqa: F401  (as its workers do)
    from stepwell import pipeline
    from stepwell.progress import Silent
    from stepwell.project import Project
    from stepwell.report import as_text
    from stepwell.usage import today

    profile = Profile()
    missing = list(watch(profile))
    profile.work[START] = profile.since = worked()
    with patch("stepwell.write.schedule.executor", at_once):
        options = pipeline.Options(out=root / "site")
        run = pipeline.build(Project(root), options, today(), Silent())
    profile._settle()
    if not run.published:
        raise SystemExit(as_text(run.diagnostics.sorted(), run.files))
    return profile, missing


ALL = (START, *dict.fromkeys(stage for stage, _ in STAGES), REST)


def table(work: dict[str, float], calls: dict[str, int], stages: Sequence[str] = ALL) -> str:
    """The stages in Markdown, in the order of a build, with their part of the whole."""
    whole = sum(work.values())
    rows = ["| stage | work, s | part | calls |", "|---|---:|---:|---:|"]
    for stage in stages:
        if stage in work:
            seconds, times = work[stage], calls.get(stage) or ""
            rows.append(f"| {stage} | {seconds:.2f} | {seconds / whole:.1%} | {times} |")
    return "\n".join([*rows, f"| all | {whole:.2f} | | |"])


def main() -> None:
    """Build a project in this process and print where the time went."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("project", type=Path)
    parser.add_argument("--json", type=Path, help="write the seconds there too")
    given = parser.parse_args()
    begin = time.perf_counter()
    profile, missing = measured(given.project)
    site = given.project / "site"
    pages, papers = (sum(1 for _ in site.rglob(f"*.{end}")) for end in ("html", "pdf"))
    print(f"{pages} pages, {papers} PDFs; {time.perf_counter() - begin:.1f} s on the clock\n")
    print(table(profile.work, profile.calls))
    for name in missing:
        print(f"\nnot there, so not apart: {name}")
    if given.json:
        told = {"work": profile.work, "calls": profile.calls, "pages": pages, "pdfs": papers}
        given.json.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
