"""Builds beside peers, in turns: on the same content, in one run. See `make bench`.

    make bench ARGS="--part peers"                          all sizes, three runs of each
    make bench ARGS="--part peers --sizes 2,10 --runs 1"    a quick look
    make bench ARGS="--part peers --groups leaflets"        only leaflets
    make bench ARGS="--part peers --sizes real --groups whole,search"

Groups: `whole` (pages, search and PDFs), `pages` (no search, no PDFs), `search` (pages and
search), `leaflets` (thirty, of the first size) and `edits` (a sentence changed, nothing changed).
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.peers import figures as names
from tests.bench.peers import hugo, leaflets, mkdocs, ours, plot, sample, sphinx
from tests.bench.peers.articles import Content, content
from tests.bench.peers.clock import Build, Failed, Timed, timed
from tests.bench.peers.environments import Environment, Missing, environment
from tests.bench.peers.figures import Results

ROOT = Path(__file__).resolve().parents[3]
GROUPS = ("whole", "edits", "pages", "search", "leaflets")
DRAWN = (
    names.WHOLE, names.SEARCH, names.PAGES, names.I18N_WHOLE, names.I18N, names.I18N_PAGES,
    names.HUGO,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bench:
    """A content that is measured: its project, what it says, and where peers find it."""

    name: str
    place: Path
    said: Content
    cache: Path

    @property
    def project(self) -> Path:
        """The Stepwell project."""
        return self.place / "project"

    @property
    def docs(self) -> Path:
        """The same as Markdown."""
        return self.place / "docs"

    @property
    def kept(self) -> Path:
        """The same as it is printed."""
        return self.place / "content.pickle"

    def tool(self, name: str) -> Environment:
        """The environment of a peer. Raises Missing."""
        return environment(name, self.cache / "environments")


def prepared(size: str, cache: Path) -> Bench:
    """A content of a size (a number of pathways, or `real`), made anew and not timed."""
    name = size if size == "real" else f"P={size}"
    place = cache / name
    shutil.rmtree(place, ignore_errors=True)
    project = place / "project"
    project.mkdir(parents=True)
    if size == "real":
        shutil.copytree(ROOT / "pathways", project / "pathways")
    else:
        sample.project(project, int(size))
    bench = Bench(name, place, content(project, place / "fonts"), cache)
    bench.said.keep(bench.kept)
    mkdocs.write_docs(bench.said, bench.docs)
    shutil.rmtree(project / ".stepwell", ignore_errors=True)
    return bench


def ways(bench: Bench, group: str) -> Iterator[tuple[str, Callable[[], Build]]]:
    """(environment, how to get the build) of each way to build something, ours first."""
    said, docs, out = bench.said, bench.docs, bench.place / group

    def i18n(tool: Environment, *, search: bool, pdf: bool) -> Build:
        return mkdocs.i18n(said, docs, out, tool, search=search, pdf=pdf)

    tool = bench.tool
    if group == "whole":
        yield "", lambda: ours.build(bench.project)
        yield "mkdocs", lambda: i18n(tool("mkdocs"), search=True, pdf=True)
        yield "sphinx", lambda: sphinx.sphinx(said, docs, out, tool("sphinx"), pdf=True)
    elif group == "pages":
        yield "", lambda: ours.build(bench.project, pdf=False, search=False)
        yield "hugo", lambda: hugo.hugo(said, out, tool("hugo"))
        yield "mkdocs", lambda: i18n(tool("mkdocs"), search=False, pdf=False)
        yield "mkdocs", lambda: mkdocs.one_each(said, docs, out, tool("mkdocs"))
        yield "zensical", lambda: mkdocs.zensical(said, docs, out, tool("zensical"))
        yield "sphinx", lambda: sphinx.sphinx(said, docs, out, tool("sphinx"), pdf=False)
    elif group == "search":
        yield "", lambda: ours.build(bench.project, pdf=False)
        yield "mkdocs", lambda: i18n(tool("mkdocs"), search=True, pdf=False)
    elif group == "leaflets":
        yield "", lambda: leaflets.ours(bench.kept, out / "ours")
        yield "weasyprint", lambda: leaflets.each_alone(said, out / "a", tool("weasyprint"))
        yield "weasyprint", lambda: leaflets.each_alone(said, out / "b", tool("weasyprint"), 2)
        yield "typst", lambda: leaflets.with_typst(said, out / "typst", tool("typst"))


def builds(bench: Bench, group: str, results: Results) -> list[Build]:
    """The builds of a group; what can't be installed is kept with its reason."""
    found = []
    for name, way in ways(bench, group):
        try:
            found.append(way())
        except Missing as reason:
            results.missing[name] = str(reason)
    return found


def in_turns(bench: Bench, group: str, runs: int, once: float, results: Results) -> None:
    """Run all builds of a group, one after the other, and again. What takes long runs once."""
    waiting = builds(bench, group, results)
    for number in range(runs):
        for build in list(waiting):
            try:
                run = timed(build)
            except Failed as failure:
                results.missing[f"{bench.name}, {build.name}"] = f"failed: {failure}"
                waiting.remove(build)
                continue
            results.add(bench.name, build.name, run)
            tell(f"{bench.name}, run {number + 1}: {build.name}: {run.seconds:.2f} s")
            if run.seconds > once:
                waiting.remove(build)


def edits(bench: Bench, runs: int, results: Results) -> None:
    """One sentence changed, then nothing, beginning from what is published and cached."""
    build = ours.build(bench.project)
    if not (bench.project / "site").is_dir() or not any(bench.project.glob("site/*/print")):
        timed(build)
    for _ in range(runs):
        if bench.name == "real":
            _change_real(bench.project)
        else:
            sample.change(bench.project)
        for name in (names.CHANGED, names.UNCHANGED):
            run = timed(build, cold=False)
            results.add(bench.name, name, run)
            tell(f"{bench.name}: {name}: {run.seconds:.2f} s")


def _change_real(project: Path) -> None:
    """Change what a step is, for patients, in one of the sample pathways."""
    file = project / "pathways" / "psychosomatic-stepped-care" / "tiers-1-self-care.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("      what: >-\n", "      what: >-\n        Now.\n", 1), "utf-8")


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


def measured(
    sizes: Sequence[str], groups: Sequence[str], runs: int, once: float, cache: Path,
    keep: Callable[[Results], None],
) -> Results:  # fmt: skip
    """All that is asked for. What is known so far is kept after each group."""
    results = Results()
    for size in sizes:
        tell(f"preparing {size}")
        bench = prepared(size, cache)
        results.outputs[bench.name] = (bench.said.pages, len(bench.said.documents))
        for group in groups:
            if group == "edits":
                edits(bench, runs, results)
            elif group != "leaflets" or size == sizes[0]:
                in_turns(bench, group, runs, once, results)
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


def report(results: Results, runs: int) -> str:
    """All in Markdown."""
    sizes = "; ".join(
        f"{name}: {pages} pages, {papers} documents"
        for name, (pages, papers) in results.outputs.items()
    )
    promised = names.promised(list(names.figures(results)))
    return f"Medians of {runs} runs in turns. {sizes}.\n\n{promised}\n\n{names.builds(results)}"


def main(given: Sequence[str] | None = None, machine: str = "") -> None:
    """Measure, print, and write JSON and the drawing."""
    parser = argparse.ArgumentParser(
        prog="make bench --part peers", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("--sizes", default="2,10,50,real", help="pathways, or real (2,10,50,real)")
    parser.add_argument("--groups", default=",".join(GROUPS), help="what is built (all)")
    parser.add_argument("--runs", type=int, default=3, help="runs of each build (3)")
    parser.add_argument("--once", type=float, default=120, metavar="SECONDS",
                        help="a build that takes longer runs once (120)")  # fmt: skip
    parser.add_argument("--cache", type=Path, default=ROOT / ".stepwell" / "bench",
                        help="folder for environments and contents")  # fmt: skip
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1],
                        help="folder for peers.json, peers.md and growth.svg")  # fmt: skip
    asked = parser.parse_args(given)

    def keep(results: Results) -> None:
        asked.out.mkdir(parents=True, exist_ok=True)
        text = json.dumps(names.as_json(results, machine), indent=1)
        (asked.out / "peers.json").write_text(f"{text}\n", encoding="utf-8")
        (asked.out / "peers.md").write_text(report(results, asked.runs) + "\n", encoding="utf-8")
        if drawing := drawn(results):
            (asked.out / "growth.svg").write_text(drawing, encoding="utf-8")

    sizes, groups = asked.sizes.split(","), asked.groups.split(",")
    if unknown := set(groups) - set(GROUPS):
        parser.error(f"there is no group '{unknown.pop()}': {', '.join(GROUPS)}")
    cache = asked.cache.resolve()
    results = measured(sizes, groups, asked.runs, asked.once, cache, keep)
    print(report(results, asked.runs))


if __name__ == "__main__":
    main()
