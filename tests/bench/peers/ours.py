"""Stepwell's builds beside the peers: the whole, and without what some of them don't make.

A whole build is the command itself. It has no way to leave PDFs or the search away, so those
builds are the same pipeline in a fresh process, with a press that does not work and, in the
workers, a search that makes no index (see `no_search`):

    python -m tests.bench.peers.ours PROJECT [--no-pdf] [--no-search]
"""

from __future__ import annotations

import argparse
import os
import sys
from functools import partial
from pathlib import Path
from unittest.mock import patch

from tests.bench.peers.clock import Build, Step

ROOT = Path(__file__).resolve().parents[3]
COMMAND = (sys.executable, "-c", "from stepwell.cli import main; main()")
THIS = (sys.executable, "-m", "tests.bench.peers.ours")


def build(root: Path, *, pdf: bool = True, search: bool = True) -> Build:
    """A build of a project: cold when its site and its cache are removed before."""
    if pdf and search:
        arguments: tuple[str, ...] = (*COMMAND, "-C", str(root), "build")
    else:
        given = [*([] if pdf else ["--no-pdf"]), *([] if search else ["--no-search"])]
        arguments = (*THIS, str(root), *given)
    label = "Stepwell" + ("" if pdf else ", pages only") + ("" if search else ", no search")
    step = Step(arguments, ROOT, variables())
    return Build(label, (step,), (root / "site", root / ".stepwell"), root / "site")


def variables() -> dict[str, str]:
    """Variables under which Python finds this tree."""
    path = os.pathsep.join([str(ROOT), str(ROOT / "generator")])
    return dict(os.environ) | {"PYTHONPATH": path}


def main() -> None:
    """Build a project without PDFs, or without an index, or both."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.peers.ours", description=__doc__)
    parser.add_argument("project", type=Path)
    parser.add_argument("--no-pdf", action="store_true", help="no documents, and no links to them")
    parser.add_argument("--no-search", action="store_true", help="no index for the search")
    given = parser.parse_args()
    run(given.project, pdf=not given.no_pdf, search=not given.no_search)


def run(root: Path, *, pdf: bool, search: bool) -> None:
    """Build a project in this process and its workers. SystemExit if it is not as asked for."""
    from stepwell.write import schedule

    ready = (*schedule.READY, *([] if search else ["tests.bench.peers.no_search"]))
    schedule.prepare(ready)  # as the command does
    from stepwell import pipeline, write
    from stepwell.progress import Silent
    from stepwell.project import Project
    from stepwell.report import as_text
    from stepwell.usage import today

    press = write.Press.ready if pdf else lambda *_: write.Press(False, {})
    executor = partial(schedule.executor, ready=ready)
    with (
        patch("stepwell.write.schedule.executor", executor),
        patch.object(write.Press, "ready", press),
    ):
        options = pipeline.Options(root / "site")
        made = pipeline.build(Project(root), options, today(), Silent())
    if not made.published:
        raise SystemExit(as_text(made.diagnostics.sorted(), made.files))
    if any((root / "site").rglob("*.pdf")) != pdf:
        raise SystemExit("there are PDFs where none are wanted, or none where some are")
    if any((root / "site").rglob("pagefind-entry.json")) != search:
        raise SystemExit("there is an index where none is wanted, or none where one is")


if __name__ == "__main__":
    main()
