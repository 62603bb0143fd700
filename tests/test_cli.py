"""The command line: exit codes, what is said to whom, and that wrong input never shows a traceback.

0 is done, 1 is content or machine in the way, 2 is a wrong use.
"""

from __future__ import annotations

import json
import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from stepwell import __version__, doctor
from stepwell.cli import main
from stepwell.codes import CODES, Severity
from stepwell.doctor import Finding
from tests.command import COMMAND, environment, stepwell
from tests.conftest import ROOT
from tests.test_diagnostics import BUILT, FOLDER, MADE

CODES_OF_OVERLAYS = sorted(path.parent.name for path in FOLDER.glob("*/expected.txt"))
NOTES = tuple(code for code, row in CODES.items() if row.severity is Severity.NOTE)
linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def run(*arguments: str) -> Result:
    """A command run in this process, its two outputs apart."""
    result = CliRunner().invoke(main, arguments, prog_name="stepwell")
    assert isinstance(result.exception, SystemExit | None), result.exception
    assert "Traceback" not in result.output
    return result


def overlay(small: Path, code: str) -> str:
    """Change a small project so that it has the problem of a code; its folder as an argument."""
    shutil.copytree(FOLDER / code, small, dirs_exist_ok=True)
    if code in MADE:
        MADE[code](small)
    (small / "expected.txt").unlink()
    return str(small)


def written(root: Path) -> set[str]:
    """What stands in a project's folder, but for its cache."""
    names = (path.relative_to(root).as_posix() for path in root.rglob("*"))
    return {name for name in names if not name.startswith(".stepwell")}


def commands(
    command: click.Command = main, name: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """(words, command) of every command and group."""
    yield name, command
    if isinstance(command, click.Group):
        for word, inner in command.commands.items():
            yield from commands(inner, (*name, word))


ALL = dict(commands())


# Wrong input


@pytest.mark.parametrize("code", sorted(set(CODES_OF_OVERLAYS) - set(NOTES)))
def test_a_problem_stops_a_build(code: str, small: Path, built: Path) -> None:
    """A project with a problem ends `build` with 1, strict if it only warns, and writes nothing."""
    folder = overlay(small, code)
    shutil.copytree(built / ".stepwell", small / ".stepwell")
    before = written(small)
    strict = [] if CODES[code].severity is Severity.ERROR else ["--strict"]
    result = run("-C", folder, "build", *strict)
    assert result.exit_code == 1
    assert f"[{code}]" in result.stderr or (code in CODES and strict and "warning" in result.stderr)
    assert written(small) - {".site.lock"} == before


@pytest.mark.parametrize("code", sorted(set(CODES_OF_OVERLAYS) - {*BUILT, *NOTES}))
def test_a_problem_is_found_by_a_check(code: str, small: Path) -> None:
    """`check` ends with 1 at an error, with 0 at a warning unless it is strict."""
    folder = overlay(small, code)
    before = written(small)
    error = CODES[code].severity is Severity.ERROR
    assert run("-C", folder, "check").exit_code == int(error)
    assert run("-C", folder, "check", "--strict").exit_code == 1
    assert written(small) == before


@pytest.mark.parametrize("code", ["SW527", "SW528", "SW529"])
def test_a_note_stops_nothing(code: str, small: Path) -> None:
    """What could read better is counted, shown with -v, and no fault even if `check` is strict."""
    folder = overlay(small, code)
    result = run("-C", folder, "check", "--strict")
    assert (result.exit_code, code in result.stderr) == (0, False)
    assert "1 note" in result.stderr
    assert f"note[{code}]" in run("-C", folder, "check", "-v").stderr


@pytest.mark.parametrize(
    "content", [b"", b"\0", b"\xff\xfe", b"- a", b"a: [", b"{" * 100_000, b"a: b\n" * 50_000]
)
@pytest.mark.parametrize("file", ["site.yaml", "sleep/pathway.yaml", "sleep/cases.yaml"])
def test_any_bytes_are_a_problem_of_content(small: Path, file: str, content: bytes) -> None:
    """Whatever stands in a file, `check` says where it is wrong and ends with 1."""
    (small / "pathways" / file).write_bytes(content)
    result = run("-C", str(small), "check")
    assert result.exit_code == 1
    assert f"pathways/{file}:" in result.stderr


def test_a_broken_template_is_a_line(small: Path) -> None:
    """A clinic's own template with a mistake ends a build with 1 and the template's line."""
    template = small / "templates" / "site" / "home.html"
    template.parent.mkdir(parents=True)
    for text in ("{{ nobody }}", "{% if %}", "{% include 'gone.html' %}"):
        template.write_text(text, encoding="utf-8")
        result = run("-C", str(small), "build")
        assert result.exit_code == 1
        assert "templates/site/home.html:1:1: error[SW609]" in result.stderr
    assert not (small / "site").exists()


@pytest.mark.parametrize("epoch", ["today", "1e400", "99999999999999999", "1.5.2"])
def test_a_wrong_date_of_the_build_is_a_wrong_use(
    small: Path, epoch: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A SOURCE_DATE_EPOCH that is no time ends with 2 and says what it must be."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    result = run("-C", str(small), "check")
    assert result.exit_code == 2
    assert "SOURCE_DATE_EPOCH" in result.stderr


# Wrong use


@pytest.mark.parametrize(
    "command",
    [["build"], ["check"], ["serve"], ["schema"], ["clean"], ["translate", "sync"]],
    ids=" ".join,
)
def test_without_a_project_a_remedy_is_told(command: list[str], tmp_path: Path) -> None:
    """Outside of any project, a command ends with 2 and says how to begin."""
    result = run("-C", str(tmp_path), *command)
    assert result.exit_code == 2
    assert "stepwell new" in result.stderr
    assert "-C DIR" in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (["build", "--lang", "xx"], "'xx'; known here: en"),
        (["check", "--lang", "xx"], "'xx'; known here: en"),
        (["serve", "--lang", "xx"], "'xx'; known here: en"),
        (["check", "--pathway", "slepp"], "'slepp'; did you mean 'sleep'?"),
        (["build", "--pathway", "slepp"], "'slepp'; did you mean 'sleep'?"),
        (["check", "--format", "xml"], "'text', 'json', 'github'"),
        (["build", "--nope"], "--nope"),
        (["serve", "--port", "99999"], "65535"),
        (["biuld"], "biuld"),
        (["explain", "SW9"], "SW"),
        (["explain", "sw402x"], "did you mean 'SW402'?"),
        (["new", "../elsewhere"], "letters"),
        (["new", ".hidden"], "letters"),
        (["new", "a/b"], "letters"),
        (["new", ""], "letters"),
        (["new", "pathways"], "already there"),
        (["new"], "NAME"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_wrong_use_ends_with_two(small: Path, wrong: list[str], hint: str) -> None:
    """A wrong option, name or number ends with 2, says what is known, and writes nothing."""
    before = written(small)
    result = run("-C", str(small), *wrong)
    assert result.exit_code == 2
    assert hint in result.stderr
    assert result.stdout == ""
    assert written(small) == before


def test_a_folder_that_is_not_there_is_a_wrong_use(tmp_path: Path) -> None:
    """`-C` with no such folder ends with 2."""
    result = run("-C", str(tmp_path / "gone"), "check")
    assert result.exit_code == 2
    assert "gone" in result.stderr


@linux
@pytest.mark.parametrize("command", [["new", "clinic"], ["schema", "--out", "/proc/schema"]])
def test_a_folder_that_cannot_be_written_is_a_line(command: list[str]) -> None:
    """Where nothing can be written, a command ends with 1 and names the place."""
    result = run("-C", "/proc", *command)
    assert result.exit_code == 1
    assert "/proc/" in result.stderr


# What is said, and to whom


def test_json_is_for_tools(small: Path) -> None:
    """`--format json` writes a list of problems to standard output, and nothing else anywhere."""
    assert run("-C", str(small), "check", "--format", "json").stdout == "[]\n"
    result = run("-C", overlay(small, "SW203"), "check", "--format", "json")
    (found,) = json.loads(result.stdout)
    assert found["code"] == "SW203"
    assert found["slug"] == CODES["SW203"].slug
    assert found["severity"] == "error"
    assert (small / found["path"]).is_file()
    assert found["line"] > 1
    assert set(found) == {
        "path", "line", "column", "severity", "code", "slug", "message", "help", "related",
    }  # fmt: skip
    assert (result.stderr, result.exit_code) == ("", 1)


def test_annotations_are_for_a_code_host(small: Path) -> None:
    """`--format github` writes one workflow command a problem."""
    result = run("-C", overlay(small, "SW203"), "check", "--format", "github")
    (line,) = result.stdout.splitlines()
    assert re.fullmatch(r"::error file=pathways/[^,:]+,line=\d+,col=\d+,title=SW203::[^\n]+", line)
    assert (result.stderr, result.exit_code) == ("", 1)


def test_text_is_for_people(small: Path) -> None:
    """Problems as text go to standard error, with place, line, caret, remedy and a summary."""
    result = run("-C", overlay(small, "SW203"), "check")
    assert result.stdout == ""
    assert re.search(r"^pathways/\S+:\d+:\d+: error\[SW203\] ", result.stderr, re.MULTILINE)
    assert re.search(r"^ +\| +\^$", result.stderr, re.MULTILINE)
    assert "1 error, 0 warnings." in result.stderr
    assert "stepwell explain" in result.stderr


def test_missing_translations_are_counted_and_listed_on_demand(small: Path) -> None:
    """Texts that are not translated are many: counted always, told with -v, or strictly."""
    folder = overlay(small, "SW505")
    counted, told = run("-C", folder, "check"), run("-C", folder, "check", "-v")
    assert counted.exit_code == told.exit_code == 0
    assert "[SW505]" not in counted.stderr
    assert "-v" in counted.stderr
    assert "warning[SW505]" in told.stderr


def test_quiet_says_nothing_if_all_is_well(small: Path) -> None:
    """`-q` prints nothing on success, and still every error."""
    result = run("-C", str(small), "check", "-q")
    assert (result.stdout, result.stderr, result.exit_code) == ("", "", 0)
    result = run("-C", overlay(small, "SW203"), "check", "-q")
    assert (result.stdout, result.exit_code) == ("", 1)
    assert "error[SW203]" in result.stderr
    assert "stepwell explain" not in result.stderr


def test_a_quiet_build_says_nothing(small: Path, built: Path) -> None:
    """A build with `-q` prints nothing, its workers included, and publishes."""
    shutil.copytree(built / ".stepwell", small / ".stepwell")
    result = stepwell("build", "-q", cwd=small)
    assert (result.stdout, result.stderr, result.returncode) == ("", "", 0)
    assert (small / "site" / "index.html").is_file()


def test_a_build_for_tools_prints_json_only(small: Path, built: Path) -> None:
    """A build with `--format json` prints a list, its workers included, and publishes."""
    shutil.copytree(built / ".stepwell", small / ".stepwell")
    result = stepwell("build", "--format", "json", "--out", "public", cwd=small)
    assert (result.stdout, result.stderr, result.returncode) == ("[]\n", "", 0)
    assert (small / "public" / "manifest.json").is_file()
    assert not (small / "site").exists()


def test_progress_is_plain_lines_where_there_is_no_terminal(small: Path, built: Path) -> None:
    """In a file or a log each step is a line, without bars, colours or carriage returns."""
    shutil.copytree(built / ".stepwell", small / ".stepwell")
    result = stepwell("build", "-v", cwd=small)
    assert result.returncode == 0, result.stderr
    assert re.search(r"^Websites and PDFs: (\d+) of \1$", result.stderr, re.MULTILINE)
    assert re.search(r"^  PDFs en/print/sleep/", result.stderr, re.MULTILINE)
    assert not set("\r\x1b") & set(result.stdout + result.stderr)
    assert f"in {small / 'site'}" in result.stdout
    assert "index.html" in result.stdout


def test_progress_is_a_bar_on_a_terminal(small: Path, built: Path) -> None:
    """On a terminal a bar says what is made, how many of how many, and how much is left."""
    shutil.copytree(built / ".stepwell", small / ".stepwell")
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*COMMAND, "build"], cwd=small, env=environment(TERM="xterm", COLUMNS="100"),
        stdin=theirs, stdout=subprocess.DEVNULL, stderr=theirs,
    ) as build:  # fmt: skip
        os.close(theirs)
        said = b"".join(iter(lambda: _read(ours), b"")).decode()
        assert build.wait() == 0, said
    os.close(ours)
    shown = r"Websites and PDFs +\[[-#]*\] +0/(\d+).*Websites and PDFs +\[#+\] +\1/\1"
    assert re.search(shown, said, re.DOTALL)


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # Linux says the end of a terminal so
        return b""


@linux
@pytest.mark.parametrize("moment", [0.0, 0.5, 1.5])
def test_ctrl_c_ends_a_build_quietly(small: Path, moment: float) -> None:
    """Ctrl-C, which every process of a build gets, ends it with one word and nothing left."""
    with subprocess.Popen(
        [*COMMAND, "build"], cwd=small, env=environment(), start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
    ) as build:  # fmt: skip
        while not any(small.glob(".site.new-*")) and build.poll() is None:
            time.sleep(0.01)
        time.sleep(moment)
        os.killpg(build.pid, signal.SIGINT)
        said = build.communicate(timeout=120)[1]
    assert build.returncode == 1
    assert said.splitlines()[-1] == "Aborted!"
    assert "Traceback" not in said
    assert written(small) - {".site.lock"} == written(ROOT / "tests" / "projects" / "small")


# The commands


def test_version_is_told() -> None:
    """`--version` says which Stepwell this is."""
    assert run("--version").stdout == f"stepwell, version {__version__}\n"


@pytest.mark.parametrize("words", ALL, ids=lambda words: " ".join(words) or "stepwell")
def test_help_has_an_example(words: tuple[str, ...]) -> None:
    """Each command explains itself, shows how it is called, and fits a terminal."""
    result = run(*words, "--help")
    assert result.exit_code == 0
    assert "Example" in result.stdout
    assert " ".join(["  stepwell", *words]) in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 80
    assert run(*words, "-h").stdout == result.stdout


@pytest.mark.parametrize("words", ALL, ids=lambda words: " ".join(words) or "stepwell")
def test_every_option_is_explained(words: tuple[str, ...]) -> None:
    """Each option has a sentence in the help."""
    options = (option for option in ALL[words].params if isinstance(option, click.Option))
    assert [option.name for option in options if not (option.help or "").endswith(".")] == []


def test_a_project_is_found_from_inside(small: Path) -> None:
    """A command works from any folder of a project."""
    result = stepwell("check", cwd=small / "pathways" / "sleep")
    assert (result.returncode, result.stderr) == (0, "No problems found.\n")


def test_names_narrow_a_check(small: Path) -> None:
    """`--lang` and `--pathway` may be given, more than once."""
    options = ["--lang", "en", "--lang", "en", "--pathway", "sleep"]
    assert run("-C", str(small), "check", *options).exit_code == 0


def test_a_clinic_can_be_begun(tmp_path: Path) -> None:
    """`new` makes a project that has no errors, with schemas, and never writes over another."""
    result = run("-C", str(tmp_path), "new", "clinic")
    assert result.exit_code == 0
    assert "cd clinic && stepwell build" in result.stdout
    clinic = tmp_path / "clinic"
    assert {path.name for path in clinic.iterdir()} == {".gitignore", "pathways", "schema"}
    assert run("-C", str(clinic), "check").exit_code == 0
    before = written(clinic)
    assert run("-C", str(tmp_path), "new", "clinic").exit_code == 2
    assert written(clinic) == before
    (tmp_path / "empty").mkdir()
    assert run("-C", str(tmp_path), "new", "empty").exit_code == 0


def test_schemas_are_written(small: Path, tmp_path: Path) -> None:
    """`schema` writes JSON Schemas and names each file; with `--out` it needs no project."""
    result = run("-C", str(small), "schema")
    files = sorted((small / "schema").glob("*.json"))
    assert [f"Wrote {file}" for file in files] == sorted(result.stdout.splitlines())
    assert all(json.loads(file.read_text("utf-8"))["$schema"] for file in files)
    elsewhere = tmp_path / "elsewhere"
    assert run("-C", str(tmp_path), "schema", "--out", str(elsewhere)).exit_code == 0
    assert {path.name for path in elsewhere.iterdir()} == {file.name for file in files}


@pytest.mark.parametrize("code", CODES)
def test_a_code_is_explained(code: str) -> None:
    """`explain` tells what a code means, why it matters and how to mend it, in any case."""
    result = run("explain", code.lower())
    assert result.exit_code == 0
    for text in (code, CODES[code].slug, CODES[code].what, CODES[code].why, CODES[code].mend):
        assert text in result.stdout


def test_all_codes_are_listed() -> None:
    """Without a code, `explain` lists each in one line."""
    lines = run("explain").stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(CODES)


def test_clean_deletes_what_was_published(small: Path, built: Path) -> None:
    """`clean` deletes the site, with `--cache` the cache too, and nothing that was written."""
    shutil.rmtree(small)
    shutil.copytree(built, small)
    assert run("-C", str(small), "clean").exit_code == 0
    assert {path.name for path in small.iterdir()} == {"pathways", ".stepwell"}
    result = run("-C", str(small), "clean", "--cache")
    assert (result.exit_code, "There is no" in result.stdout) == (0, True)
    assert written(small) == written(ROOT / "tests" / "projects" / "small")


@pytest.mark.parametrize(("needed", "status"), [(True, 1), (False, 0)])
def test_doctor_ends_with_what_it_finds(
    needed: bool, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`doctor` tells the command that mends a lack, and ends with 1 if no build is possible."""
    lack = Finding("Pango", False, "not found", "apt-get install pango", needed)
    monkeypatch.setattr(doctor, "examine", lambda root: (Finding("git", True, "found"), lack))
    result = run("doctor")
    assert result.exit_code == status
    assert "apt-get install pango" in result.stdout
    assert ("Everything that is needed is there." in result.stdout) == (status == 0)


@pytest.fixture
def bilingual(small: Path) -> Path:
    """The small project, to be published in Spanish too."""
    site = small / "pathways" / "site.yaml"
    text = site.read_text("utf-8")
    site.write_text(text.replace("published: [en]", "published: [en, es]"), encoding="utf-8")
    return small


def test_catalogs_are_brought_up_to_date(bilingual: Path) -> None:
    """`translate sync` writes a catalog for each pathway and one for the rest; twice is once."""
    result = run("-C", str(bilingual), "translate", "sync")
    locales = bilingual / "pathways" / "locales" / "es"
    assert result.exit_code == 0
    assert {path.name for path in locales.iterdir()} == {"shared.po", "sleep.po"}
    assert re.search(r"es/sleep\.po: 0 current, 0 stale, \d+ missing", result.stdout)
    before = {path.name: path.read_bytes() for path in locales.iterdir()}
    assert run("-C", str(bilingual), "translate", "sync").stdout == result.stdout
    assert {path.name: path.read_bytes() for path in locales.iterdir()} == before
    assert run("-C", str(bilingual), "check").exit_code == 0


def test_a_catalog_that_cannot_be_read_is_left_alone(bilingual: Path) -> None:
    """A broken catalog ends `translate sync` with 1: its translations are not thrown away."""
    run("-C", str(bilingual), "translate", "sync")
    catalog = bilingual / "pathways" / "locales" / "es" / "sleep.po"
    before = catalog.read_bytes()
    for content in (before + b"<<<<<<< ours\n", b"\xff\xfe\0", b"no catalog at all\n"):
        catalog.write_bytes(content)
        result = run("-C", str(bilingual), "translate", "sync")
        assert result.exit_code == 1
        assert "pathways/locales/es/sleep.po:" in result.stderr
        assert catalog.read_bytes() == content


def test_catalogs_wait_for_content_that_can_be_read(bilingual: Path) -> None:
    """A file that can't be read ends `translate sync` with 1: its texts are not taken for gone."""
    run("-C", str(bilingual), "translate", "sync")
    catalog = bilingual / "pathways" / "locales" / "es" / "shared.po"
    before = catalog.read_bytes()
    (bilingual / "pathways" / "resources" / "all.yaml").write_text("a: [", encoding="utf-8")
    result = run("-C", str(bilingual), "translate", "sync")
    assert result.exit_code == 1
    assert "pathways/resources/all.yaml:" in result.stderr
    assert catalog.read_bytes() == before


# Completion in the shell


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_can_complete(shell: str, tmp_path: Path) -> None:
    """The script that README names for each shell is printed."""
    if shell == "bash" and not shutil.which("bash"):
        pytest.skip("no bash here")
    result = stepwell(cwd=tmp_path, _STEPWELL_COMPLETE=f"{shell}_source")
    assert result.returncode == 0
    assert "_STEPWELL_COMPLETE" in result.stdout
    assert "stepwell" in result.stdout


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("stepwell che", {"check"}),
        ("stepwell c", {"cache", "cases", "check", "clean"}),
        ("stepwell build --stri", {"--strict"}),
        ("stepwell check --format g", {"github"}),
        ("stepwell translate ", {"add", "export", "import", "status", "sync"}),
    ],
)
def test_completion_offers_what_fits(typed: str, offered: set[str], tmp_path: Path) -> None:
    """Commands, options and their choices are completed."""
    result = stepwell(
        cwd=tmp_path, _STEPWELL_COMPLETE="bash_complete",
        COMP_WORDS=typed, COMP_CWORD=str(len(typed.split(" ")) - 1),
    )  # fmt: skip
    assert {line.partition(",")[2] for line in result.stdout.splitlines()} == offered
