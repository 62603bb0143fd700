"""The shape of the code: who may import whom, who owns a library, how large a module is.

Imports are read from the sources, those inside functions and under
TYPE_CHECKING too. The tables are exact: what is allowed and not used fails as
well, so they stay true.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.command import environment
from tests.conftest import ROOT

SOURCES = ROOT / "generator"

STAGES = ("load", "check", "resolve", "render", "write")
LAYERS: dict[str, set[str]] = {
    # at the ground: places, problems, and what needs nothing
    "source": set(),
    "codes": set(),
    "project": set(),
    "progress": set(),
    "diagnostics": {"codes", "source"},
    "report": {"codes", "diagnostics", "source"},
    "model": {"source"},
    "templating": {"diagnostics", "source"},
    "language": set(),
    "po": set(),
    "xliff": {"po"},
    "advance": set(),
    # what was written, and its logic
    "definitions": {"diagnostics", "source"},
    "logic": {"definitions", "diagnostics"},
    # the stages; render is made of what resolve makes, no other stage knows one
    "load": {"definitions", "diagnostics", "po", "source"},
    "check": {"definitions", "diagnostics", "logic", "source"},
    "resolve": {"definitions", "diagnostics", "logic", "model", "source"},
    "render": {
        "advance", "definitions", "diagnostics", "logic", "model", "resolve", "source",
        "templating", "project",
    },
    "write": {
        "", "advance", "definitions", "diagnostics", "language", "model", "po", "progress",
        "project", "source", "templating",
    },
    # the verbs, and the command line around them
    "inputs": {"", "definitions", "model"},
    "workshop": {
        "definitions", "diagnostics", "inputs", "load", "logic", "model", "progress", "render",
        "resolve", "source", "write",
    },
    "pipeline": {
        "check", "definitions", "diagnostics", "inputs", "load", "logic", "model", "progress",
        "project", "render", "source", "templating", "workshop", "write",
    },
    "where": {"definitions", "diagnostics", "logic", "resolve"},
    "schema": {"definitions"},
    "starter": {"project", "schema"},
    "doctor": {"write"},
    "usage": {"definitions", "project", "write"},
    "latest": {"", "diagnostics", "project", "source"},
    "console": {
        "codes", "diagnostics", "progress", "report", "source", "templating", "write",
    },
    "serve": {"console", "pipeline", "project"},
    "cli_project": {
        "codes", "console", "diagnostics", "doctor", "project", "schema", "serve", "starter",
        "usage", "write",
    },
    "cli_criteria": {
        "check", "console", "definitions", "load", "logic", "pipeline", "resolve", "usage", "where",
    },
    "casebook": {"definitions", "diagnostics", "logic"},
    "proposed": {"definitions", "logic"},
    "cli_cases": {
        "casebook", "check", "console", "definitions", "logic", "pipeline", "project", "proposed",
        "usage",
    },
    "revision": {"project"},
    "versions": {
        "check", "definitions", "diagnostics", "load", "logic", "project", "revision", "source",
    },
    "changes": {"definitions", "diagnostics", "logic", "source"},
    "cli_diff": {
        "changes", "codes", "console", "definitions", "diagnostics", "project", "report",
        "revision", "source", "usage", "versions",
    },
    "translating": {"definitions", "diagnostics", "load", "po", "source", "write"},
    "exchange": {
        "check", "codes", "definitions", "diagnostics", "load", "po", "source", "translating",
        "xliff",
    },
    "preparing": {"language", "load", "resolve", "write"},
    "status": {"model", "resolve"},
    "cli_translate": {
        "console", "definitions", "language", "load", "pipeline", "preparing", "project", "render",
        "resolve", "status", "translating", "usage", "write",
    },
    "cli_exchange": {"cli_translate", "definitions", "exchange", "project", "usage", "xliff"},
    "cli_cache": {"console", "usage", "write"},
    "cli_preview": {
        "console", "definitions", "diagnostics", "load", "pipeline", "project", "render",
        "resolve", "usage", "write",
    },
    "cli": {
        "", "cli_cache", "cli_cases", "cli_criteria", "cli_diff", "cli_exchange", "cli_preview",
        "cli_project", "console", "latest", "pipeline", "usage", "write",
    },
}  # fmt: skip
"""Part -> the parts that it imports; "" is the package itself, which has the version."""

OWNERS: dict[str, set[str]] = {
    "babel": {"language", "resolve.words"},
    "cbor2": {"write.search_format"},
    "click": {
        "cli",
        "cli_cache",
        "cli_cases",
        "cli_criteria",
        "cli_diff",
        "cli_exchange",
        "cli_preview",
        "cli_project",
        "cli_translate",
        "console",
        "serve",
        "usage",
    },
    "distributed": {"write.cluster"},
    "fontTools": {"write.webfonts"},
    "fsspec": {"write.store_remote"},
    "jinja2": {"templating", "write.site_mkdocs", "write.site_pieces"},
    "mkdocs": {"write.site_mkdocs", "write.warm"},
    "pikepdf": {
        "write.imposition",
        "write.pdf_blanks",
        "write.pdf_faces",
        "write.pdf_finish",
        "write.pdf_forms",
        "write.pdf_lines",
        "write.pdf_metadata",
        "write.pdf_tables",
        "write.pdf_text",
        "write.pdf_tree",
    },
    "polib": {"load.interface", "po"},
    "pypdfium2": {"write.pictures"},
    "segno": {"render.qr"},
    "sentencex": {"check.reading.sentences"},
    "translate": {"xliff"},
    "uharfbuzz": {"write.font_instances", "write.webfonts"},
    "watchfiles": {"serve"},
    "weasyprint": {"write.pdf", "write.warm"},
    "yaml": {"load.nodes"},
    "z3": {"logic.solver"},
}
"""Library -> the modules that know it. `write.warm` only loads what workers need."""

SHARED: dict[str, set[str]] = {
    "markupsafe": {"render", "resolve", "write"},
    "pydantic": {"definitions", "load", "workshop", "write"},
    "pydantic_core": {"definitions", "load"},
    "pagefind_bin_extended": {"write"},
}
"""Library -> the parts that may use it: a kind of text, a kind of model."""

LIGHT = ("babel", "jinja2", "mkdocs", "pydantic", "weasyprint", "yaml")
"""What must not be loaded to answer `--version`."""

MAX_LINES = 400
VAGUE = {"common", "helper", "helpers", "manager", "managers", "misc", "util", "utils"}


@lru_cache(maxsize=1)
def modules() -> dict[str, Path]:
    """Every module below the package by its name there; "" is the package itself."""
    files = (SOURCES / "stepwell").rglob("*.py")
    return {_name(file): file for file in sorted(files)}


def _name(file: Path) -> str:
    parts = file.relative_to(SOURCES / "stepwell").with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def imported(module: str, *, types: bool = False) -> Iterator[str]:
    """The full names of what a module imports, wherever in it that stands; or for types only."""
    tree = ast.parse(modules()[module].read_text("utf-8"))
    roots = [node for node in tree.body if _is_for_types(node)] if types else [tree]
    for node in (node for root in roots for node in ast.walk(root)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} has a relative import"
            origin = str(node.module)
            for alias in node.names:
                inner = f"{origin}.{alias.name}"
                yield inner if inner.removeprefix("stepwell.") in modules() else origin


def _is_for_types(node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def own(module: str, *, types: bool = False) -> set[str]:
    """The modules of this package that a module imports, without `stepwell.`."""
    found = imported(module, types=types)
    names = (name for name in found if name.partition(".")[0] == "stepwell")
    return {name.removeprefix("stepwell").removeprefix(".") for name in names} - {module}


def part(module: str) -> str:
    """The part that a module belongs to: the package below `stepwell`, or itself."""
    return module.partition(".")[0]


def test_every_module_is_found() -> None:
    """The tests below look at all of the code: every part has a row in the table."""
    assert {part(name) for name in modules()} - {""} == set(LAYERS)


@pytest.mark.parametrize("name", LAYERS)
def test_a_part_imports_what_its_row_says(name: str) -> None:
    """A part imports exactly the parts of its row: nothing above it, no neighbour."""
    found = {part(other) for module in modules() if part(module) == name for other in own(module)}
    assert found - {name} == LAYERS[name]


def test_layers_have_an_order() -> None:
    """The table itself has no circle, so there is a lowest part and a highest one."""
    order = list(
        TopologicalSorter({name: rows - {""} for name, rows in LAYERS.items()}).static_order()
    )
    assert order.index("source") < order.index("definitions") < order.index("pipeline")
    assert order[-1] == "cli"


def test_stages_know_no_other_stage() -> None:
    """Only render knows another stage, the one whose readings it prints."""
    known = {name: LAYERS[name] & set(STAGES) for name in STAGES}
    assert {name: stages for name, stages in known.items() if stages} == {"render": {"resolve"}}


def test_no_module_imports_itself_through_others() -> None:
    """Modules form no circle either, late imports included: each can be read alone.

    Two of one part may name each other's types, and a package is left out where
    its own modules only pass through it.
    """
    graph = {
        name: {other for other in own(name) if other and not name.startswith(f"{other}.")}
        - {other for other in own(name, types=True) if part(other) == part(name)}
        for name in modules()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        pytest.fail(" -> ".join(circle.args[1]))


@pytest.mark.parametrize("library", OWNERS)
def test_a_library_has_its_owner(library: str) -> None:
    """A library is imported by its owners alone, so that a successor can take its place."""
    found = {name for name in modules() if library in _libraries(name)}
    assert found == OWNERS[library]


@pytest.mark.parametrize("library", SHARED)
def test_a_shared_library_stays_in_its_parts(library: str) -> None:
    """A library that is part of a stage's language is not used outside of it."""
    found = {part(name) for name in modules() if library in _libraries(name)}
    assert found == SHARED[library]


def test_no_other_library_is_used() -> None:
    """A library that is new in the code gets a row in a table above."""
    used = {library for name in modules() for library in _libraries(name)}
    assert used == set(OWNERS) | set(SHARED)


def _libraries(module: str) -> set[str]:
    names = {name.partition(".")[0] for name in imported(module)}
    return names - set(sys.stdlib_module_names) - {"stepwell"}


def test_version_loads_nothing_heavy() -> None:
    """`stepwell --version` imports none of the libraries that make a build slow to start."""
    script = (
        "import sys; from stepwell.cli import main\n"
        "try: main(['--version'])\n"
        f"finally: print(sorted(set({LIGHT!r}) & set(sys.modules)))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script],
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.splitlines()[0].startswith("stepwell, version ")
    assert ran.stdout.splitlines()[1] == "[]"


def test_modules_are_short() -> None:
    """No module has more than 400 lines."""
    lines = {name: len(file.read_text("utf-8").splitlines()) for name, file in modules().items()}
    assert {name: count for name, count in lines.items() if count > MAX_LINES} == {}


def test_modules_have_names_of_the_field() -> None:
    """No module is called utils, helpers or manager: such a name says nothing."""
    words = {name: set(name.replace(".", "_").split("_")) for name in modules()}
    assert {name for name, parts in words.items() if parts & VAGUE} == set()


@pytest.mark.parametrize("name", modules())
def test_a_module_says_what_it_is(name: str) -> None:
    """Every module begins with a docstring, and a public function or class has one too."""
    tree = ast.parse(modules()[name].read_text("utf-8"))
    assert ast.get_docstring(tree)
    public = (
        node for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
    )  # fmt: skip
    assert [node.name for node in public if not ast.get_docstring(node)] == []
