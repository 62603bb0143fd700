"""Leaflets beside their peers, all from the same HTML with the same fonts.

Cold, each way is a fresh process (or many): ours with its pool of workers, `weasyprint` called
for each, one process of Typst. Warm, everything is loaded before the clock runs: our pool, and
one WeasyPrint process as well tuned as it can be from outside (one font configuration a
language, style sheets parsed once, no garbage collection amid a layout).

    python -m tests.bench.peers.leaflets CONTENT OUT [--warm TIMES]
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from tests.bench.peers.articles import Content, kept
from tests.bench.peers.blocks import typst
from tests.bench.peers.clock import Build, Step
from tests.bench.peers.environments import Environment
from tests.bench.peers.ours import ROOT, variables

from stepwell.model import Document
from stepwell.write.fonts import FontSet
from stepwell.write.schedule import executor, prepare

COUNT = 30
READY = ("stepwell.write.warm",)
"""What workers begin with: the HTML is finished, so no template is needed."""
_TYPST = """import sys, typst
count, *rest = sys.argv[1:]
compiler = typst.Compiler(font_paths=rest[:int(count)], ignore_system_fonts=True)
for file in rest[int(count):]:
    made = file.replace(".typ", ".pdf")
    compiler.compile(file, output=made, pdf_standards="ua-1")
"""
_TYPST_HEAD = """#set document(title: "{title}")
#set page(paper: "a4", margin: 15mm)
#set text(font: ({fonts}), size: 12pt, lang: "{language}")
"""


def chosen(content: Content) -> list[Document]:
    """Thirty leaflets for patients and families, as many of each language as go."""
    papers = [one for one in content.documents if one.audience in ("patient", "family")]
    papers.sort(key=attrgetter("language", "path"))
    groups = [list(group) for _, group in groupby(papers, attrgetter("language"))]
    each = max(COUNT // len(groups), 1)
    return [paper for group in groups for paper in group[:each]]


def ours(content: Path, out: Path) -> Build:
    """Our leaflets in a fresh process."""
    arguments = (sys.executable, "-m", "tests.bench.peers.leaflets", str(content), str(out))
    step = Step(arguments, ROOT, variables())
    return Build("Stepwell, leaflets", (step,), (out,), out)


def each_alone(content: Content, out: Path, tool: Environment, at_once: int = 1) -> Build:
    """The command `weasyprint` for each leaflet."""
    out.mkdir(parents=True, exist_ok=True)
    steps = []
    for number, paper in enumerate(chosen(content)):
        page, styles = out / f"{number}.html", out / f"{paper.language}.css"
        page.write_text(paper.html, encoding="utf-8")
        styles.write_text(content.fonts[paper.language].css, encoding="utf-8")
        made = out / "made" / f"{number}.pdf"
        made.parent.mkdir(exist_ok=True)
        command = (tool.program("weasyprint"), "-q", "--pdf-variant", "pdf/ua-1", "-s", str(styles))
        steps.append(Step((*command, str(page), str(made)), out, tool.variables))
    label = "weasyprint for each" + (", two at once" if at_once > 1 else "")
    return Build(label, tuple(steps), (), out / "made", at_once)


def with_typst(content: Content, out: Path, tool: Environment) -> Build:
    """Typst: one process, all leaflets."""
    out.mkdir(parents=True, exist_ok=True)
    files = []
    for number, paper in enumerate(chosen(content)):
        fonts = content.fonts[paper.language]
        names = "".join(f'"{name}", ' for name in fonts.names)
        title = paper.title.replace('"', "")
        head = _TYPST_HEAD.format(title=title, fonts=names, language=paper.language)
        file = out / f"{number}.typ"
        file.write_text(head + typst(paper.html), encoding="utf-8")
        files.append(str(file))
    faces = (face for fonts in content.fonts.values() for face in fonts.faces)
    places = sorted({str(face.path.parent) for face in faces})
    given = (str(len(places)), *places, *files)
    step = Step((tool.program("python"), "-c", _TYPST, *given), out, tool.variables)
    return Build("Typst, one process, simple layout", (step,), (), out)


def print_batch(batch: Sequence[Document], fonts: FontSet, out: Path) -> None:
    """Print some leaflets of one language as builds do, without a cache. Runs in a worker."""
    from stepwell.write import pdf

    gc.disable()
    for paper in batch:
        made = pdf.make(paper, fonts=fonts, assets=out)
        (out / paper.path.replace("/", "-")).write_bytes(made.content)
    gc.enable()
    gc.collect()


def print_all(pool: Executor, content: Content, papers: list[Document], out: Path) -> None:
    """Print leaflets with a pool, in batches of one language, the longest first."""
    waiting = []
    for batch in batches(papers):
        fonts = content.fonts[batch[0].language]
        waiting.append(pool.submit(print_batch, batch, fonts, out))
    for future in waiting:
        future.result()


def batches(papers: list[Document]) -> Iterator[list[Document]]:
    """Leaflets in lots of one language, as many as builds give to a worker, and in their order."""
    from stepwell.write.printing import DOCUMENTS_A_TASK

    found: list[list[Document]] = []
    for _, group in groupby(papers, attrgetter("language")):
        own = sorted(group, key=lambda paper: -len(paper.html))
        starts = range(0, len(own), DOCUMENTS_A_TASK)
        found += (own[at : at + DOCUMENTS_A_TASK] for at in starts)
    yield from sorted(found, key=lambda lot: -sum(len(paper.html) for paper in lot))


def tuned(content: Content, papers: list[Document], out: Path) -> None:
    """Print leaflets with WeasyPrint alone in this process, with all that can be shared."""
    import weasyprint

    from stepwell.write import pdf
    from stepwell.write.pdf_styles import taken_out

    gc.disable()
    for number, paper in enumerate(papers):
        fonts = content.fonts[paper.language]
        configuration, faces = pdf._configuration(fonts.css, fonts.roots)
        html = weasyprint.HTML(string=paper.html)
        sheets = [pdf._style_sheet(text)[0] for text in taken_out(html.etree_element)]
        html.write_pdf(
            out / f"tuned-{number}.pdf", font_config=configuration, stylesheets=[*sheets, faces],
            pdf_variant=pdf.VARIANT,
        )  # fmt: skip
    gc.enable()
    gc.collect()


def warm(content: Content, out: Path, times: int) -> dict[str, list[float]]:
    """Seconds of each run in turns, everything loaded: ours, and one tuned process."""
    papers = chosen(content)
    found: dict[str, list[float]] = {"ours": [], "tuned": []}
    with executor(ready=READY) as pool:
        ways: dict[str, Callable[[], None]] = {
            "ours": lambda: print_all(pool, content, papers, out),
            "tuned": lambda: tuned(content, papers, out),
        }
        for way in ways.values():
            way()
        for _ in range(times):
            for name, way in ways.items():
                begin = time.perf_counter()
                way()
                found[name].append(time.perf_counter() - begin)
    return found


def main() -> None:
    """Print the leaflets of a kept content, or time them warm and print the seconds as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("content", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--warm", type=int, metavar="TIMES")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    prepare(READY)  # as the command does
    content = kept(given.content)
    if given.warm:
        json.dump(warm(content, given.out, given.warm), sys.stdout)
        return
    with executor(ready=READY) as pool:
        print_all(pool, content, chosen(content), given.out)


if __name__ == "__main__":
    main()
