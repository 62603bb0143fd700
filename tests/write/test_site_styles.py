"""The style sheet of the website: nothing that a page uses is lost, and little else is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from stepwell.write.site_assets import CHOOSER, SITE, SharedFiles, material_templates, write_assets
from stepwell.write.site_styles import blocks, compact, joined, names_in, pruned

TEMPLATES = Path(__file__).parents[2] / "templates"
NAMES = frozenset({".used", "part", "data-state", "<code"})
PRINTED = [TEMPLATES / part for part in ("theme", "site", "partials")]


@pytest.mark.parametrize(
    ("css", "kept"),
    [
        (".used{a:b}", ".used{a:b}"),
        (".lost{a:b}", ""),
        (".used .lost{a:b}", ""),
        (".lost,.used>p{a:b}", ".used>p{a:b}"),
        (".used:not(.lost){a:b}", ".used:not(.lost){a:b}"),
        (".used:is(.lost,:not(.other)){a:b}", ".used:is(.lost,:not(.other)){a:b}"),
        ("#part,#other{a:b}", "#part{a:b}"),
        ('[data-state=".lost"],[data-lost]{a:b}', '[data-state=".lost"]{a:b}'),
        ("p,code,kbd{a:b}", "p,code{a:b}"),
        ("@media print{.lost{a:b}.used{a:b}}", "@media print{.used{a:b}}"),
        ("@media print{.lost{a:b}}", ""),
        ("@supports (a:b){@media print{.used{a:b}}}", "@supports (a:b){@media print{.used{a:b}}}"),
        ("@keyframes lost{to{a:b}}", ""),
        ("@keyframes x{to{a:b}}p{animation:x 1s}", "@keyframes x{to{a:b}}p{animation:x 1s}"),
        (":root{--lost:1;--used:2}p{a:var(--used)}", ":root{--used:2}p{a:var(--used)}"),
        (":root{--lost:var(--more);--more:2}", ""),
        (":root{--ours:1}", ":root{--ours:1}"),
        ('.used{a:url("x;}{.png");c:";"}', '.used{a:url("x;}{.png");c:";"}'),
        ("/* .used{} */ .used { a : b ; }", ".used{a : b}"),
    ],
)  # fmt: skip
def test_a_rule_is_kept_if_it_could_match(css: str, kept: str) -> None:
    """A rule goes only if all its selectors ask for a name that is nowhere."""
    assert pruned(css, NAMES, frozenset({"--ours"})) == kept


@pytest.mark.parametrize("css", ["a{b:c", "a{b:c}}"])
def test_a_sheet_with_a_lost_brace_is_refused(css: str) -> None:
    """Where rules begin and end is then not known."""
    with pytest.raises(ValueError, match="brace"):
        list(blocks(css))


def test_texts_and_addresses_are_not_changed() -> None:
    """Space and signs of comments inside quotes stay."""
    text = 'a::before{content:"a  /* b */ ;";mask:url(data:a,b)}'
    assert compact(text) == text
    assert joined(["a { }", "", "/* c */", "b{}"]) == "a{}\nb{}"


def test_what_our_templates_name_is_kept() -> None:
    """Of mkdocs-material no rule is lost whose names all stand in templates and scripts."""
    (path,) = (material_templates() / "assets" / "stylesheets").glob("main.*.min.css")
    names = names_in(PRINTED)
    before, after = (
        {
            selector
            for head in re.findall(r"(?<=[{}])([^{}@]+)\{", css)
            for selector in head.split(",")
        }
        for css in (compact(path.read_text("utf-8")), pruned(path.read_text("utf-8"), names))
    )
    classes = {name for name in names if name.startswith(".md-")}
    ours = {one for one in before if set(re.findall(r"\.md-[\w-]+", one)) <= classes}
    plain = {one for one in ours if re.fullmatch(r"(\.md-[\w-]+|p|a|ul|table|td| |>)+", one)}
    assert len(plain) > 15
    assert plain <= after


def test_names_are_those_that_are_written(tmp_path: Path) -> None:
    """A word of a sentence is no class; a word of several parts is one wherever it stands."""
    page = '<p class="note {{ "warning" if late }}">a danger <code>{% set x = "md-icon" %}</p>'
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    (tmp_path / "b.js").write_text("one.classList.add('shown'); // hidden here", encoding="utf-8")
    names = names_in([tmp_path])
    assert {".note", ".warning", ".md-icon", ".shown", "<code", "danger"} <= names
    assert not {".danger", ".hidden"} & names


def test_shared_files_are_small(tmp_path: Path) -> None:
    """What every page loads before its first sight, and the frame's own script."""
    write_assets(tmp_path, TEMPLATES, primary="#0f5f6b", accent="#b3541e")
    sizes = {path.name: path.stat().st_size for path in tmp_path.rglob("*") if path.is_file()}
    assert sizes[SITE] < 66_000
    assert sizes["theme.js"] < 8_000
    assert len(SharedFiles.of(tmp_path).early) < 2_000
    assert not {"material.css", "colors.css", "stepwell.css"} & set(sizes)
    assert SITE in sizes
    assert CHOOSER in sizes


def test_every_style_and_script_has_its_hash(tmp_path: Path) -> None:
    """As the attribute `integrity` wants it; the early script has one for the policy."""
    write_assets(tmp_path, TEMPLATES, primary="#0f5f6b", accent="#b3541e")
    shared = SharedFiles.of(tmp_path)
    files = (path for path in tmp_path.rglob("*") if path.suffix in (".css", ".js"))
    assert set(shared.integrity) == {path.relative_to(tmp_path).as_posix() for path in files}
    assert all(re.fullmatch(r"sha384-[\w+/]{64}", one) for one in shared.integrity.values())
    assert re.fullmatch(r"sha256-[\w+/]{43}=", shared.early_hash)


def test_an_early_script_cannot_leave_its_element(tmp_path: Path) -> None:
    """A project's own one that would end the element is refused."""
    own = tmp_path / "own" / "theme" / "assets" / "javascripts"
    own.mkdir(parents=True)
    (own / "early.js").write_text("'</SCRIPT>'", encoding="utf-8")
    assets = tmp_path / "assets"
    write_assets(assets, TEMPLATES, primary="#0f5f6b", accent="#b3541e", overrides=tmp_path / "own")
    with pytest.raises(ValueError, match=r"early\.js"):
        SharedFiles.of(assets)
