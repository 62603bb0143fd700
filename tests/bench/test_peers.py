"""The bench beside peers: its projects are sound, nothing is lost on the way to a peer, and it
counts right. No builds, and no times.
"""

from __future__ import annotations

import html
import re
import sys
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from tests.bench import profile_bench
from tests.bench.peers import blocks, environments, figures, hugo, mkdocs, plot, sample
from tests.bench.peers.articles import Content, content
from tests.bench.peers.clock import Build, Failed, Step, Timed, timed
from tests.bench.peers.figures import Figure, Results

from stepwell.pipeline import Run

_DRAWN = re.compile(r"<(svg|style|script|head|template|noscript)\b.*?</\1>|<!--.*?-->", re.DOTALL)
LANGUAGES = ("en", "ar")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A generated project of two pathways."""
    root = tmp_path_factory.mktemp("generated")
    sample.project(root, 2, LANGUAGES)
    return root


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Content:
    """What a project of one pathway says."""
    root = tmp_path_factory.mktemp("said")
    sample.project(root, 1, LANGUAGES)
    return content(root, None)


def test_a_generated_project_is_sound(project: Path, checked: Callable[[Path], Run]) -> None:
    """The bench measures builds of content that could be published."""
    found = checked(project).diagnostics
    assert not [problem for problem in found.sorted() if problem.severity == "error"]


def test_pathways_share_no_texts_and_stay(project: Path, tmp_path: Path) -> None:
    """Nothing can be shared by accident, and a larger project has the same first pathways."""
    sample.project(tmp_path, 3, LANGUAGES)
    first, second, again = (
        (root / "pathways" / name / "pathway.yaml").read_text("utf-8")
        for root, name in ((project, "sleep-1"), (project, "sleep-2"), (tmp_path, "sleep-1"))
    )
    assert first == again
    told = re.compile(r"^ +(?:what|treatment|next): (.*)$", re.MULTILINE)
    assert not set(told.findall(first)) & set(told.findall(second))


def test_one_sentence_is_changed(tmp_path: Path) -> None:
    """Each change is another text, of one pathway only."""
    sample.project(tmp_path, 2, ("en",))
    file = tmp_path / "pathways" / "sleep-1" / "pathway.yaml"
    before = file.read_text("utf-8")
    sample.change(tmp_path)
    once = file.read_text("utf-8")
    sample.change(tmp_path)
    assert len({before, once, file.read_text("utf-8")}) == 3


def test_every_page_has_its_words(said: Content) -> None:
    """A peer gets each word of an article or leaflet, in its order, and no other."""
    for website in said.websites:
        for page in website.pages:
            assert words_of(blocks.markdown(page.html)) == words(page.html), page.path
    for paper in said.documents:
        assert words_of(blocks.markdown(paper.html)) == words(paper.html), paper.path
        assert "".join(typed(blocks.typst(paper.html))) == "".join(words(paper.html)), paper.path


def words(page: str) -> list[str]:
    """The words of HTML but what is drawn, without punctuation that is markup elsewhere."""
    return _words(html.unescape(re.sub(r"<[^>]*>", " ", _DRAWN.sub(" ", page))))


def words_of(markdown: str) -> list[str]:
    """The words of Markdown, without its marks."""
    bare = re.sub(r"\]\([^)]*\)", "", markdown)
    return _words(re.sub(r"^\s*\|( --- \|)+$", " ", bare, flags=re.MULTILINE))


def typed(markup: str) -> Iterator[str]:
    """The words of Typst's markup, without its commands."""
    yield from _words(re.sub(r"#(strong|table)\b|\bcolumns: \d+", " ", markup))


def _words(text: str) -> list[str]:
    return re.findall(r"\w", text)


def test_a_peer_finds_its_pages() -> None:
    """Links lead to the Markdown of a page; what is no page has no link."""
    known = {"en/a/b.html", "en/index.html"}
    assert mkdocs._linked("../index.html#help", "en/a/b.html", known) == "../index.md"
    assert mkdocs._linked("../print/a/leaflet.pdf", "en/a/b.html", known) == ""
    assert blocks.markdown('<p>See <a href="x.pdf">this</a>.</p>') == "See this.\n"


def test_markup_is_text() -> None:
    """What means something to a peer is escaped."""
    assert blocks.markdown("<p>1. a *b* [c]</p>") == "1\\. a \\*b\\* \\[c\\]\n"
    assert blocks.typst("<p>#a $1</p>") == "\\#a \\$1\n\n"[:-1]


def test_every_page_is_in_hugo(said: Content, tmp_path: Path) -> None:
    """Hugo gets a file for each page, under its address."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "hugo").touch()
    hugo.hugo(said, tmp_path, environments.Environment(tmp_path))
    assert len(list((tmp_path / "hugo" / "content").rglob("*.md"))) == said.pages


def test_a_run_is_counted(tmp_path: Path) -> None:
    """What was made before is gone, what is made is counted, and a failure tells its words."""
    out = tmp_path / "out"
    out.mkdir()
    (out / "old.html").touch()
    write = f"open({str(out / 'a.html')!r}, 'w'); open({str(out / 'b.pdf')!r}, 'w')"
    make = f"import os; os.makedirs({str(out)!r}); {write}"
    run = timed(Build("x", (Step((sys.executable, "-c", make), tmp_path),), (out,), out))
    assert (run.pages, run.papers) == (1, 1)
    with pytest.raises(Failed, match="no such page"):
        timed(Build("x", (Step((sys.executable, "-c", "exit('no such page')"), tmp_path),)))


def test_a_peer_that_cannot_be_installed_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has a reason, and the table shows it."""
    command = [sys.executable, "-c", "exit('no such version')"]
    monkeypatch.setattr(environments, "_commands", lambda *_: (command,))
    with pytest.raises(environments.Missing, match="no such version") as reason:
        environments.environment("hugo", tmp_path)
    results = Results(missing={"hugo": str(reason.value)})
    assert "no such version" in figures.builds(results)


def test_figures_are_ratios_of_medians() -> None:
    """Times as fast, whether it holds, and by how much it is missed."""
    results = Results()
    for seconds in (1.0, 9.0, 2.0):
        results.add("P=10", figures.PAGES, Timed(seconds, 0, 100, pages=100))
        results.add("P=10", figures.I18N_PAGES, Timed(seconds * 5, 0, 0, pages=100))
    results.add("P=50", figures.PAGES, Timed(20, 0, 250, pages=500))
    found = {one.name: one for one in figures.figures(results)}
    ratio = found["P=10: pages without search, cold, against static-i18n"]
    assert (ratio.value, ratio.held) == (5, "NO, by 2.00 times")
    growth = found[f"growth, exponent: {figures.PAGES}"]
    assert growth.value == pytest.approx(1.43, abs=0.01)
    assert found[f"growth, memory of the main process: {figures.PAGES}"].value == 2.5
    table = figures.promised(list(found.values()))
    assert "| 5 times | at least 10 times | NO, by 2.00 times |" in table
    results.add("P=50", figures.SEARCH, Timed(20, 0, 250, pages=500))
    name = "P=50: pages with search, cold, against static-i18n"
    assert {one.name: one.held for one in figures.figures(results)}[name] == "not measured"
    assert Figure("x", 0.4, "s", 0.5, most=True).held == "yes"


def test_names_in_the_plot_do_not_touch() -> None:
    """All series are drawn and named, none upon another, inside of the drawing."""
    series = {f"way {n}": [(100.0, 1.0 + n / 50), (1000.0, 10.0 + n / 50)] for n in range(8)}
    root = ElementTree.fromstring(plot.growth(series, "Growth"))
    texts = [(float(one.get("y", 0)), one.text or "") for one in root.iter() if one.text]
    named = sorted(y for y, text in texts if text.startswith("way "))
    assert len(named) == 8
    assert min(b - a for a, b in pairwise(named)) >= 17.9
    assert named[0] >= plot.TOP
    assert named[-1] <= plot.HEIGHT


def test_nested_stages_are_counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a stage takes inside another one is not the other's; steps of a generator count."""
    clock = iter(range(100))
    monkeypatch.setattr(profile_bench, "worked", lambda: float(next(clock)))
    profile = profile_bench.Profile(since=0)
    inner = profile.watched("inner", lambda: None)
    outer = profile.watched("outer", inner)
    next(clock)
    outer()
    list(profile.watched("steps", lambda: iter((1, 2)))())
    assert profile.work["inner"] == 1
    assert profile.work["outer"] == 2
    assert profile.work["steps"] == 4
    assert "| outer | 2.00 | 50.0% | 1 |" in profile_bench.table(
        {"outer": 2.0, "inner": 2.0}, profile.calls, ("inner", "outer")
    )
