"""What README, CONTRIBUTING, ARCHITECTURE and CHANGELOG say is so."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from stepwell import __version__
from stepwell.cli import main
from stepwell.codes import CODES
from stepwell.definitions.placeholders import cut
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text("utf-8")
CHANGELOG = (ROOT / "CHANGELOG.md").read_text("utf-8")
DOCS = ("README.md", "CONTRIBUTING.md", "generator/ARCHITECTURE.md")
TOP = {path.name for path in ROOT.iterdir()}
MADE = {".ci", "dist", "schema", "site", ".stepwell", ".venv"}
"""What a clone has not, or only after something was made."""


def commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """(words, command) of every command that does something."""
    if isinstance(command, click.Group):
        for word, inner in command.commands.items():
            yield from commands(inner, f"{name} {word}")
    else:
        yield name, command


COMMANDS = dict(commands(main, "stepwell"))


def rows() -> dict[str, str]:
    """The table of commands in README: words of a command -> its row."""
    return dict(
        re.findall(r"^\| `(stepwell [a-z ]+?)(?: [A-Z]+)*` \|(.*)\|$", README, re.MULTILINE)
    )


def test_readme_names_each_command() -> None:
    """The table of README has a row for each command, and for none that is not there."""
    assert set(rows()) == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_readme_names_each_option(name: str) -> None:
    """A command's row names each of its options, long and short, and no other."""
    options = (option for option in COMMANDS[name].params if isinstance(option, click.Option))
    flags = {flag for option in options for flag in option.opts}
    assert set(re.findall(r"(?<![\w-])--?[a-z]+(?:-[a-z]+)*", rows()[name])) == flags


@pytest.mark.parametrize("name", COMMANDS)
def test_readme_names_each_argument(name: str) -> None:
    """A command that takes names is shown with them, in their order."""
    arguments = [one for one in COMMANDS[name].params if isinstance(one, click.Argument)]
    shown = " ".join([name, *(argument.human_readable_name for argument in arguments)])
    assert f"| `{shown}` |" in README


def test_readme_names_the_options_before_a_command() -> None:
    """`-C` and `--version` are explained with the commands."""
    for option in main.params:
        assert f"`{option.opts[0]}" in README


def test_readme_begins_with_the_two_commands() -> None:
    """Who opens README finds `make site` and `make test` on the first screen."""
    first = "\n".join(README.splitlines()[:30])
    assert "make site" in first
    assert "make test" in first


def test_readme_shows_placeholders_that_exist() -> None:
    """Each placeholder that README shows is one that a text may have."""
    shown = re.findall(r"`(\{[a-z]+:[^}`]+\})`", README)
    assert len(shown) > 10
    for placeholder in shown:
        (part,) = cut(placeholder.replace("…", "x"))
        assert not isinstance(part, str), placeholder


@pytest.mark.parametrize("name", DOCS)
def test_files_that_are_named_exist(name: str) -> None:
    """A path in backticks or a link is a file or folder of this repository."""
    text = (ROOT / name).read_text("utf-8")
    named = re.findall(r"`([\w./-]+)`", text) + re.findall(r"\]\(([^)#:]+)\)", text)
    paths = {path for path in named if path.partition("/")[0] in TOP and "/" in path}
    paths = {path for path in paths if "nnn" not in path}  # stands for any number
    assert len(paths) > 3
    assert [path for path in sorted(paths) if not _is_there(path)] == []


def _is_there(path: str) -> bool:
    return (ROOT / path).exists() or path.partition("/")[0] in MADE


def test_pictures_exist() -> None:
    """A picture in README is there."""
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)
    assert [path for path in pictures if not (ROOT / path).is_file()] == []


@pytest.mark.parametrize("name", DOCS)
def test_make_targets_that_are_named_exist(name: str) -> None:
    """`make something` is a target of the Makefile."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    text = (ROOT / name).read_text("utf-8")
    named = re.findall(r"(?:^ {4}|`| {2})make ([a-z]+)", text, re.MULTILINE)
    assert set(named) - targets == set()


def test_architecture_names_each_room() -> None:
    """ARCHITECTURE has each package and each module of the package's root."""
    text = (ROOT / "generator" / "ARCHITECTURE.md").read_text("utf-8")
    folder = ROOT / "generator" / "stepwell"
    rooms = {path.name for path in folder.glob("*.py")} - {"__init__.py", "pipeline.py"}
    rooms |= {f"{path.parent.name}/" for path in folder.glob("*/__init__.py")}
    assert [room for room in sorted(rooms) if f"`{room}`" not in text] == []


def test_changelog_is_in_the_usual_form() -> None:
    """The changelog follows Keep a Changelog: versions newest first, dated, in known sections."""
    assert CHANGELOG.startswith("# Changelog\n")
    assert "keepachangelog.com" in CHANGELOG
    heads = re.findall(r"^## (.+)$", CHANGELOG, re.MULTILINE)
    dated = [head for head in heads if head != "[Unreleased]"]
    assert heads[len(heads) - len(dated) :] == dated
    found = [re.fullmatch(r"\[(\d+\.\d+\.\d+)\] - (\d{4}-\d\d-\d\d)", head) for head in dated]
    assert None not in found
    released = [(match[1], datetime.date.fromisoformat(match[2])) for match in found if match]
    assert released == sorted(released, key=lambda one: one[1], reverse=True)
    sections = set(re.findall(r"^### (.+)$", CHANGELOG, re.MULTILINE))
    assert sections <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def test_changelog_has_this_version() -> None:
    """The newest version in the changelog is the one that `--version` tells, with its link."""
    newest = re.findall(r"^## \[(\d[^\]]*)\]", CHANGELOG, re.MULTILINE)[0]
    assert newest == __version__
    assert re.search(rf"^\[{re.escape(newest)}\]: https://", CHANGELOG, re.MULTILINE)


def test_every_code_is_listed() -> None:
    """`stepwell explain` lists every code, in order, with its severity and its name."""
    listed = CliRunner().invoke(main, ["explain"]).stdout.splitlines()
    assert [tuple(line.split()[:3]) for line in listed] == [
        (code.code, str(code.severity), code.slug) for code in CODES.values()
    ]


def test_codes_in_docs_and_code_exist() -> None:
    """A code that is named in the docs or by a stage can be explained, and each is used."""
    sources = sorted((ROOT / "generator" / "stepwell").rglob("*.py"))
    stages = "".join(path.read_text("utf-8") for path in sources if path.name != "codes.py")
    docs = "".join((ROOT / name).read_text("utf-8") for name in DOCS)
    assert set(re.findall(r"SW\d{3}", stages + docs)) == set(CODES)


def test_the_editors_files_say_which_schema_is_theirs() -> None:
    """Each sample file begins with the modeline that README promises, naming a schema."""
    for path in sorted((ROOT / "pathways").rglob("*.yaml")):
        first = path.read_text("utf-8").partition("\n")[0]
        match = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
        assert match, path
        named = (path.parent / match[1]).resolve().relative_to(ROOT)
        assert named.parent == Path("schema")
