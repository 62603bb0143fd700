"""`make bench`: how long builds take and how much memory they need, beside what was promised.

Each figure is the median of several runs, each in a fresh process. A cold build
has no cache and no site; a warm one has both. Prints a table in Markdown and
writes the same as JSON. Figures of one machine are in README.md beside this file.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "generator")]

from tests.bench.processes import processes  # noqa: E402  (found by the line above)

COMMAND = [sys.executable, "-c", "from stepwell.cli import main; main()"]
MEGABYTE = 1_000_000
POLL = 0.05  # seconds between looks at the memory


@dataclass(frozen=True, slots=True)
class Figure:
    """A median with its unit, and the bound it must keep, if there is one."""

    name: str
    value: float
    unit: str
    bound: float | None = None

    @property
    def held(self) -> str:
        """Whether the bound is kept."""
        return "" if self.bound is None else "yes" if self.value <= self.bound else "NO"


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a command: seconds of the clock and of processors, peak bytes of all its
    processes together and of the largest one.
    """

    seconds: float
    worked: float
    together: int
    largest: int


def run(*arguments: str, folder: Path) -> Run:
    """Run stepwell in a session of its own, and watch its memory."""
    path = os.pathsep.join(filter(None, [str(ROOT / "generator"), os.environ.get("PYTHONPATH")]))
    begin = time.perf_counter()
    process = subprocess.Popen(
        [*COMMAND, "-C", str(folder), *arguments], env=os.environ | {"PYTHONPATH": path},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
    )  # fmt: skip
    together = largest = 0
    worked: dict[int, float] = {}
    while True:
        try:
            said, _ = process.communicate(timeout=POLL)
            break
        except subprocess.TimeoutExpired:
            now = processes(process.pid)
            worked |= {number: seconds for number, (_, seconds) in now.items()}
            sizes = [size for size, _ in now.values()]
            together, largest = max(together, sum(sizes)), max(largest, *sizes, 0)
    seconds = time.perf_counter() - begin
    if process.returncode:
        raise SystemExit(f"stepwell {' '.join(arguments)} failed:\n{said.decode()}")
    return Run(seconds, sum(worked.values()), together, largest)


@contextmanager
def project() -> Iterator[Path]:
    """A fresh copy of the sample project without cache and site."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "pathways", Path(folder) / "pathways")
        yield Path(folder)


def builds(times: int) -> Iterator[Figure]:
    """Cold and warm builds of the sample pathways in all languages, and what they weigh."""
    cold, warm = [], []
    for _ in range(times):
        with project() as folder:
            cold.append(run("build", folder=folder))
            warm.append(run("build", folder=folder))
            weights = list(weight(folder / "site"))
    yield Figure("cold build, wall", median(cold, "seconds"), "s", 25)
    yield Figure("cold build, work of all processors", median(cold, "worked"), "s")
    yield Figure(
        "cold build, memory of all processes", median(cold, "together") / MEGABYTE, "MB", 600
    )
    yield Figure(
        "cold build, memory of the largest process", median(cold, "largest") / MEGABYTE, "MB"
    )
    yield Figure("warm build, wall", median(warm, "seconds"), "s")
    yield Figure("warm build, work of all processors", median(warm, "worked"), "s")
    yield Figure("warm build, memory of all processes", median(warm, "together") / MEGABYTE, "MB")
    yield from weights


def median(runs: list[Run], name: str) -> float:
    """The median of one measure of some runs."""
    values: list[float] = [getattr(one, name) for one in runs]
    return statistics.median(values)


def weight(site: Path) -> Iterator[Figure]:
    """How large the published files are, in thousands of bytes."""
    for name, pattern in (("page (HTML)", "*.html"), ("document (PDF)", "*.pdf")):
        sizes = sorted(path.stat().st_size / 1000 for path in site.rglob(pattern))
        yield Figure(f"files, {name}", len(sizes), "")
        yield Figure(f"median {name}", statistics.median(sizes), "kB")
        yield Figure(f"largest {name}", sizes[-1], "kB")
    everything = [path.stat().st_size for path in site.rglob("*") if path.is_file()]
    yield Figure("the whole site", sum(everything) / MEGABYTE, "MB")


def commands(times: int) -> Iterator[Figure]:
    """What an editor waits for."""
    with project() as folder:
        checks = [run("check", folder=folder) for _ in range(times)]
        starts = [run("--version", folder=folder) for _ in range(times)]
    yield Figure("stepwell check", median(checks, "seconds"), "s", 2)
    yield Figure("stepwell --version", median(starts, "seconds"), "s")


def hostile(times: int) -> Iterator[Figure]:
    """The slowest of the ambiguous scalars, refused texts and refused files of the tests."""
    from tests.load.test_files import CONTENTS
    from tests.load.test_nodes import REFUSED, SCALARS

    texts = {f"scalar {typed}": f"value: {typed}\n{typed}: key\n".encode() for typed in SCALARS}
    texts |= {str(row[0]): str(row[1]).encode() for row in REFUSED}
    texts |= {str(row[0]): bytes(row[1]) for row in CONTENTS}
    texts["a large text"] = b"a: |\n" + b"  x\n" * 500_000
    with tempfile.TemporaryDirectory() as folder:
        taken = {name: reading(Path(folder), text, times) for name, text in texts.items()}
    slowest = max(taken, key=lambda name: taken[name])
    yield Figure("hostile files", len(taken), "")
    yield Figure(f"slowest hostile file ({slowest})", taken[slowest], "ms", 100)
    yield Figure("median hostile file", statistics.median(taken.values()), "ms")


def reading(folder: Path, content: bytes, times: int) -> float:
    """Milliseconds to read and parse one file, the median."""
    from stepwell.diagnostics import Diagnostics
    from stepwell.load.files import read
    from stepwell.load.nodes import parse

    (folder / "x.yaml").write_bytes(content)
    found = []
    for _ in range(times):
        begin = time.perf_counter()
        diagnostics = Diagnostics()
        source = read(folder, "x.yaml", diagnostics)
        if source is not None:
            parse(source, diagnostics)
        found.append((time.perf_counter() - begin) * 1000)
    return statistics.median(found)


def proofs(times: int) -> Iterator[Figure]:
    """What the proof of criteria costs, apart from starting Python."""
    from tests.bench.criteria_bench import proofs as measured

    for name, seconds, bound in measured(max(times, 5)):
        yield Figure(name, seconds, "s", bound)


def catalogs(times: int) -> Iterator[Figure]:
    """What bringing the translators' files up to date costs: of the samples, of many pathways."""
    from tests.bench.catalogs_bench import SEVEN, TEN
    from tests.bench.catalogs_bench import project as make

    for pathways, languages, bound, repeated in ((2, SEVEN, 2, times), (500, TEN, 60, 1)):
        size = f"{pathways} pathways in {len(languages)} languages"
        with tempfile.TemporaryDirectory() as folder:
            make(Path(folder), ROOT / "pathways", pathways, languages)
            first = run("translate", "sync", folder=Path(folder))
            again = [run("translate", "sync", folder=Path(folder)) for _ in range(repeated)]
        yield Figure(f"sync, {size}, every file changed", first.seconds, "s", bound)
        yield Figure(f"sync, {size}, nothing changed", median(again, "seconds"), "s", bound)
        yield Figure(f"sync, {size}, work of all processors for the first", first.worked, "s")
        yield Figure(f"sync, {size}, memory", median(again, "together") / MEGABYTE, "MB")


def printing(times: int) -> Iterator[Figure]:
    """Our leaflets beside WeasyPrint alone: the whole of a language, and the slowest one."""
    from tests.bench.print_bench import BOUND, leaflets, ratios
    from tests.conftest import TODAY

    from stepwell import pipeline
    from stepwell.load.interface import interface
    from stepwell.project import Project, packaged
    from stepwell.render.environment import Templates
    from stepwell.resolve import Resolved

    definitions = pipeline.read(Project(ROOT), pipeline.Scope(), TODAY, pipeline.Run())
    assert definitions is not None
    words = {tag: interface(tag) for tag in map(str, definitions.site.languages.published)}
    resolved = Resolved(definitions, words, TODAY)
    for language in ("en", "ar", "zh"):
        made = leaflets(resolved, Templates((packaged("templates"),)), language)
        found = [(ours, alone) for _, ours, alone in ratios(made, times)]
        ours, alone = (sum(seconds) for seconds in zip(*found, strict=True))
        name = f"{len(found)} papers for patients, {language}"
        yield Figure(f"{name}, work", ours, "s")
        yield Figure(f"{name}, beside WeasyPrint alone", ours / alone, "times", BOUND)
        most = max(ours / alone for ours, alone in found)
        yield Figure(f"{name}, the one that is slowest beside it", most, "times", BOUND)


def views(times: int) -> Iterator[Figure]:
    """What the first view of each kind of page costs on an old phone with bad reception."""
    from tests.bench.web_bench import LANGUAGES, installed, worst
    from tests.bench.web_bench import views as measured

    if not installed():
        return
    with project() as folder:
        run("build", *(word for tag in LANGUAGES for word in ("--lang", tag)), folder=folder)
        found = list(measured(folder / "site", LANGUAGES, times))
    for name, value, unit, bound in worst(found):
        yield Figure(name, value, unit, bound)


def cluster(times: int) -> Iterator[Figure]:
    """What a second worker of a Dask cluster is worth."""
    from tests.bench.cluster_bench import figures

    def build(root: Path, scheduler: str) -> Run:
        return run("build", "--executor", "dask", "--scheduler", scheduler, folder=root)

    for name, value, unit in figures(build, times):
        yield Figure(name, value, unit)


def table(figures: list[Figure]) -> str:
    """The figures in Markdown."""
    rows = ["| what | median | bound | held |", "|---|---:|---:|---|"]
    for one in figures:
        digits = 0 if one.value >= 100 or not one.unit else 1 if one.value >= 10 else 2
        value = f"{one.value:.{digits}f} {one.unit}".strip()
        bound = "" if one.bound is None else f"{one.bound:g} {one.unit}"
        rows.append(f"| {one.name} | {value} | {bound} | {one.held} |")
    return "\n".join(rows)


def machine() -> str:
    """What it was measured on."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"Python {platform.python_version()}, {platform.system()}, {cores} cores"


PARTS: dict[str, Callable[[int], Iterator[Figure]]] = {
    "builds": builds, "commands": commands, "proofs": proofs, "catalogs": catalogs,
    "printing": printing, "views": views, "hostile": hostile, "cluster": cluster,
}  # fmt: skip
"""What is measured if nothing else is asked for, by name."""


def profile(given: list[str]) -> None:
    """Where the time of a cold build goes: of a number of small pathways, or of the real ones."""
    parser = argparse.ArgumentParser(prog="make bench --part profile", description=profile.__doc__)
    parser.add_argument("--sizes", default="real", help="pathways, or real (real)")
    for size in parser.parse_args(given).sizes.split(","):
        with project() as folder:
            if size != "real":
                from tests.bench.peers.sample import project as make

                shutil.rmtree(folder / "pathways")
                make(folder, int(size))
            path = os.pathsep.join([str(ROOT), str(ROOT / "generator")])
            command = [sys.executable, "-m", "tests.bench.profile_bench", str(folder)]
            print(f"\n{size}: ", end="", flush=True)
            subprocess.run(command, env=os.environ | {"PYTHONPATH": path}, cwd=ROOT, check=True)


EXAMPLES = """
examples:
  make bench                                            all parts but the last two
  make bench ARGS="--part proofs --part hostile"        some of them
  make bench ARGS="--part profile --sizes 10"           where a cold build's time goes
  make bench ARGS="--part peers --help"                 beside mkdocs, Sphinx, Hugo, Typst ...
  make bench ARGS="--part peers --sizes 2 --runs 1"
"""


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(
        prog="make bench", description=__doc__, epilog=EXAMPLES, add_help=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("--part", action="append", choices=[*PARTS, "profile", "peers"],
                        help="what is measured; may be given several times")  # fmt: skip
    given, rest = parser.parse_known_args()
    if given.part in (["peers"], ["profile"]):
        _apart(given.part[0], rest)
        return
    parser.add_argument("-h", "--help", action="help", help="show this and end")
    parser.add_argument("--runs", type=int, default=3, help="runs of each command (3)")
    parser.add_argument("--json", type=Path, default=Path(__file__).with_name("figures.json"))
    given = parser.parse_args()
    if unknown := set(given.part or ()) - set(PARTS):
        parser.error(f"--part {unknown.pop()} is measured alone")
    parts = [PARTS[name] for name in given.part or PARTS]
    figures = [figure for part in parts for figure in part(given.runs)]
    print(f"Medians of {given.runs} runs; {machine()}.\n\n{table(figures)}")
    rows = [asdict(one) | {"held": one.held} for one in figures]
    text = json.dumps({"machine": machine(), "runs": given.runs, "figures": rows}, indent=1)
    given.json.write_text(f"{text}\n", encoding="utf-8")


def _apart(part: str, given: list[str]) -> None:
    """A part with options and outputs of its own."""
    if part == "profile":
        profile(given)
    else:
        from tests.bench.peers.run import main as beside_peers

        beside_peers(given, machine())


if __name__ == "__main__":
    main()
