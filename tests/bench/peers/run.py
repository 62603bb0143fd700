"""Builds beside peers, in turns: on the same content, in one run. See `make bench`.

    make bench ARGS="--part peers"                          all sizes, three runs of each
    make bench ARGS="--part peers --sizes 2,10 --runs 1"    a quick look
    make bench ARGS="--part peers --groups leaflets"        only leaflets
    make bench ARGS="--part peers --sizes real --groups whole,search --without sphinx"

Groups: `whole` (pages, search and PDFs), `pages` (no search, no PDFs), `search` (pages and
search), `leaflets` (thirty, of the first size) and `edits` (a sentence changed, nothing changed).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.bench.peers import figures as names
from tests.bench.peers import leaflets, ours, plot
from tests.bench.peers.clock import Build, Failed, Timed, timed
from tests.bench.peers.contents import (
    GROUPS,
    MOST_PROJECTS,
    ROOT,
    Bench,
    change,
    change_translation,
    prepared,
    ways,
)
from tests.bench.peers.environments import Missing
from tests.bench.peers.figures import Results

DRAWN = (
    names.WHOLE, names.SEARCH, names.PAGES, names.I18N_WHOLE, names.I18N, names.I18N_PAGES,
    names.HUGO,
)  # fmt: skip


def builds(bench: Bench, group: str, without: Sequence[str], results: Results) -> list[Build]:
    """The builds of a group; what can't be installed is kept with its reason."""
    found = []
    if group == "whole" and (count := len(bench.said.documents)) > MOST_PROJECTS:
        reason = f"left out: that would be {count} builds of mkdocs"
        results.missing[f"{bench.name}, a project with to-pdf for each PDF"] = reason
    for name, way in ways(bench, group):
        if name in without:
            results.missing[name] = "left out as asked"
            continue
        try:
            found.append(way())
        except Missing as reason:
            results.missing[name] = str(reason)
    return found


def in_turns(
    bench: Bench, group: str, asked: argparse.Namespace, results: Results,
    keep: Callable[[Results], None],
) -> None:  # fmt: skip
    """Run all builds of a group, one after the other, and again. What takes long runs once."""
    waiting = builds(bench, group, asked.without.split(","), results)
    for number in range(asked.runs):
        for build in list(waiting):
            try:
                run = timed(build)
            except Failed as failure:
                results.missing[f"{bench.name}, {build.name}"] = f"failed: {failure}"
                tell(f"{bench.name}, run {number + 1}: {build.name} failed: {failure}")
                waiting.remove(build)
                continue
            results.add(bench.name, build.name, run)
            keep(results)
            tell(f"{bench.name}, run {number + 1}: {build.name}: {run.seconds:.2f} s")
            if run.seconds > asked.once:
                waiting.remove(build)


def edits(bench: Bench, runs: int, results: Results) -> None:
    """A sentence changed, of the source and of a translation, then nothing, from what is kept."""
    build = ours.build(bench.project)
    if not (bench.project / "site").is_dir() or not any(bench.project.glob("site/*/print")):
        run = timed(build)
        results.add(bench.name, names.WHOLE, run)
        tell(f"{bench.name}: {names.WHOLE}: {run.seconds:.2f} s")
    steps: tuple[tuple[str, Callable[[], None]], ...] = (
        (names.CHANGED, lambda: change(bench)),
        (names.TRANSLATED, lambda: change_translation(bench)),
        (names.UNCHANGED, lambda: None),
    )
    for _ in range(runs):
        for name, edit in steps:
            edit()
            run = timed(build, cold=False)
            results.add(bench.name, name, run)
            tell(f"{bench.name}: {name}: {run.seconds:.2f} s")


def warm(bench: Bench, runs: int, results: Results) -> None:
    """Leaflets when everything is loaded: ours, and one tuned process."""
    command = [
        sys.executable, "-m", "tests.bench.peers.leaflets", str(bench.kept),
        str(bench.place / "leaflets" / "warm"), "--warm", str(runs),
    ]  # fmt: skip
    done = subprocess.run(
        command, cwd=ROOT, env=ours.variables(), capture_output=True, text=True, check=False
    )
    if done.returncode:
        results.missing["leaflets, warm"] = done.stderr.strip()[-300:]
        return
    found = json.loads(done.stdout)
    for label, key in ((names.WARM, "ours"), (names.TUNED, "tuned")):
        for seconds in found[key]:
            results.add(bench.name, label, Timed(seconds, 0, 0, papers=leaflets.COUNT))
        tell(f"{bench.name}: {label}: {found[key]}")


def measured(asked: argparse.Namespace, keep: Callable[[Results], None]) -> Results:
    """All that is asked for. What is known so far is kept after each run."""
    results, runs = Results(), asked.runs
    sizes, groups = asked.sizes.split(","), asked.groups.split(",")
    for size in sizes:
        tell(f"preparing {size}")
        bench = prepared(size, asked.cache.resolve())
        results.outputs[bench.name] = (bench.said.pages, len(bench.said.documents))
        for group in groups:
            if group == "edits":
                edits(bench, runs, results)
            elif group != "leaflets" or size == sizes[0]:
                in_turns(bench, group, asked, results, keep)
                if group == "leaflets":
                    warm(bench, runs, results)
            keep(results)
    return results


def drawn(results: Results) -> str:
    """The growth of builds that were run at two sizes or more; empty if there is none."""
    series: dict[str, list[tuple[float, float]]] = {}
    for name in DRAWN:
        found = [
            (results.outputs[content][0], one.seconds)
            for content in results.outputs
            if content != "real" and (one := results.median(content, name))
        ]
        if len(found) > 1:
            series[name] = sorted(found)
    return plot.growth(series, "Cold builds, two cores") if series else ""


def tell(what: str) -> None:
    """Say how far it is."""
    print(what, file=sys.stderr, flush=True)


def report(results: Results, runs: int, machine: str) -> str:
    """All in Markdown."""
    sizes = "; ".join(
        f"{name}: {pages} pages, {papers} documents"
        for name, (pages, papers) in results.outputs.items()
    )
    promised = names.promised(list(names.figures(results)))
    head = f"Medians of {runs} runs in turns; {machine}. {sizes}."
    return "\n\n".join([head, promised, names.builds(results)])


def main(given: Sequence[str] | None = None, machine: str = "") -> None:
    """Measure, print, and write JSON and the drawing."""
    parser = argparse.ArgumentParser(
        prog="make bench --part peers", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("--sizes", default="2,10,50,real", help="pathways, or real (2,10,50,real)")
    parser.add_argument("--groups", default=",".join(GROUPS), help="what is built (all)")
    parser.add_argument("--runs", type=int, default=3, help="runs of each build (3)")
    parser.add_argument("--without", default="", metavar="PEERS", help="mkdocs, sphinx, ...")
    parser.add_argument("--once", type=float, default=120, metavar="SECONDS",
                        help="a build that takes longer runs once (120)")  # fmt: skip
    parser.add_argument("--cache", type=Path, default=ROOT / ".stepwell" / "bench",
                        help="folder for environments and contents")  # fmt: skip
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1],
                        help="folder for peers.json, peers.md and growth.svg")  # fmt: skip
    asked = parser.parse_args(given)
    machine = f"{machine or 'some machine'}, load {os.getloadavg()[0]:.1f} when it began"

    def keep(results: Results) -> None:
        asked.out.mkdir(parents=True, exist_ok=True)
        text = json.dumps(names.as_json(results, machine), indent=1)
        (asked.out / "peers.json").write_text(f"{text}\n", encoding="utf-8")
        (asked.out / "peers.md").write_text(
            report(results, asked.runs, machine) + "\n", encoding="utf-8"
        )
        if drawing := drawn(results):
            (asked.out / "growth.svg").write_text(drawing, encoding="utf-8")

    if unknown := set(asked.groups.split(",")) - set(GROUPS):
        parser.error(f"there is no group '{unknown.pop()}': {', '.join(GROUPS)}")
    print(report(measured(asked, keep), asked.runs, machine))


if __name__ == "__main__":
    main()
