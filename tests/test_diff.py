"""`stepwell diff`: versions from folders and real git repositories, and what is said of them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from stepwell import revision
from stepwell.cli import main
from tests.command import stepwell
from tests.conftest import ROOT

THRESHOLD = (
    "pathways/sleep/pathway.yaml",
    "enter: {isi: {at-least: 15}}",
    "enter: {isi: {at-least: 12}}",
)
LOWER = ("pathways/sleep/pathway.yaml", "isi: {at-most: 14}", "isi: {at-most: 11}")
PHONE = ("pathways/site.yaml", "020 7946 0100", "020 7946 0109")
TAGLINE = ("pathways/site.yaml", "tagline: Care in steps.", "tagline: Care.")
Git = Callable[..., str]


def run(folder: Path, *arguments: str) -> Result:
    """`stepwell diff` in a folder, in this process, its two outputs apart."""
    result = CliRunner().invoke(main, ["-C", str(folder), "diff", *arguments], prog_name="stepwell")
    assert isinstance(result.exception, SystemExit | None), result.exception
    assert "Traceback" not in result.output
    return result


def git_in(folder: Path, *arguments: str, wanted: str = "") -> str:
    """Runs git in a folder, without anybody's settings; its output."""
    settings = ("-c", "user.name=Editor", "-c", "user.email=editor@clinic.example")
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(
        ["git", *settings, *arguments],
        cwd=folder, env=environment, input=wanted, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.strip()


def edit(folder: Path, change: tuple[str, str, str]) -> None:
    """Change a text that stands in a file of a project."""
    path = folder / change[0]
    text = path.read_text("utf-8")
    assert change[1] in text
    path.write_text(text.replace(change[1], change[2], 1), encoding="utf-8")


@pytest.fixture
def git(small: Path) -> Git:
    """Runs git in the small project, which is a repository with one commit, tagged v1.0."""

    def run(*arguments: str, wanted: str = "") -> str:
        return git_in(small, *arguments, wanted=wanted)

    run("init", "--quiet", "--initial-branch=main")
    run("add", "--all")
    run("commit", "--quiet", "--message=The first version")
    run("tag", "v1.0")
    return run


# Versions


def test_the_working_files_are_compared_with_the_last_commit(small: Path, git: Git) -> None:
    """Without names, what was changed since the last commit is told, committed or not."""
    edit(small, PHONE)
    result = run(small)
    assert result.exit_code == 0
    assert result.stdout.startswith("HEAD -> working files\n1 clinical change;")
    assert "Crisis line, phone: 020 7946 0100 -> 020 7946 0109" in result.stdout
    git("commit", "--quiet", "--all", "--message=Another number")
    assert run(small).stdout == "HEAD -> working files\nNothing changed.\n"
    assert "020 7946 0109" in run(small, "HEAD~1").stdout


def test_two_revisions_are_compared(small: Path, git: Git) -> None:
    """Tags, branches and ids name revisions; the working files then don't matter."""
    git("checkout", "--quiet", "-b", "numbers")
    edit(small, PHONE)
    git("commit", "--quiet", "--all", "--message=Another number")
    edit(small, TAGLINE)
    found = run(small, "v1.0", "numbers", "--all").stdout
    assert found.startswith("v1.0 -> numbers\n1 clinical change;")
    assert "tagline" not in found
    backwards = run(small, git("rev-parse", "--short", "HEAD"), "main").stdout
    assert "020 7946 0109 -> 020 7946 0100" in backwards


def test_two_folders_are_compared(small: Path, tmp_path: Path) -> None:
    """Folders need no repository; a name is looked for from the folder of -C."""
    shutil.copytree(small, tmp_path / "old-copy")
    edit(small, PHONE)
    found = run(small, "../old-copy", ".").stdout
    assert found.startswith("../old-copy -> .\n1 clinical change;")
    assert run(small, str(tmp_path / "old-copy")).stdout.splitlines()[1:] == found.splitlines()[1:]


def test_a_folder_and_a_revision_are_compared(small: Path, git: Git, tmp_path: Path) -> None:
    """A folder goes before a revision of the same name, if it has a project."""
    git("branch", "copy")
    (small / "copy").mkdir()
    assert run(small, "copy").exit_code == 0
    shutil.copytree(small / "pathways", small / "copy" / "pathways")
    edit(small / "copy", PHONE)
    assert "020 7946 0109 -> 020 7946 0100" in run(small, "copy").stdout


def test_a_project_below_the_root_of_its_repository(tmp_path: Path) -> None:
    """The project may be in a folder of the repository, and the command in one of the project."""
    project = tmp_path / "work" / "clinic"
    shutil.copytree(ROOT / "tests" / "projects" / "small", project)
    git_in(tmp_path / "work", "init", "--quiet")
    git_in(tmp_path / "work", "add", "--all")
    git_in(tmp_path / "work", "commit", "--quiet", "--message=First")
    edit(project, PHONE)
    assert "1 clinical change" in run(project).stdout
    assert "1 clinical change" in run(project / "pathways" / "sleep").stdout
    assert "1 clinical change" in run(project / "pathways" / "sleep", "HEAD", ".").stdout


def test_nothing_is_changed_by_looking(small: Path, git: Git, tmp_path: Path) -> None:
    """No file of the project or the repository changes, and no temporary folder stays."""
    edit(small, PHONE)
    before = git("status", "--porcelain"), git("rev-parse", "HEAD"), git("stash", "list")
    done = stepwell("diff", "v1.0", cwd=small, TMPDIR=str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    again = stepwell("diff", "v1.0", cwd=small, TMPDIR=str(tmp_path / "temporary"))
    assert done.returncode == again.returncode == 0
    assert (git("status", "--porcelain"), git("rev-parse", "HEAD"), git("stash", "list")) == before
    assert list((tmp_path / "temporary").iterdir()) == []


# What is wrong


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("v9",), "'v9' is no folder with a project, and no revision has this name."),
        (("v1.0", "v9"), "'v9' is no folder"),
        (("v1.0..main",), "'v1.0..main' is a range; write its two ends: stepwell diff OLD NEW"),
        (("--", "--output=x"), "'--output=x' is no folder"),
        (("--", "-n1"), "'-n1' is no folder"),
        (("main:pathways",), "'main:pathways' is no folder"),
        (("HEAD^{tree}",), "'HEAD^{tree}' is no folder"),
        (("a\nb",), "is no folder"),
        (("x" * 1000,), "is no folder"),
        (("",), "'' is no folder"),
        (("../elsewhere",), "There is no project in ../elsewhere"),
        (("/",), "There is no project in /"),
        (("pathways/sleep", "."), "'pathways/sleep' is no folder with a project"),
        (("--pathway", "slep"), "There is no pathway 'slep'; did you mean 'sleep'?"),
    ],
)
def test_a_wrong_name_is_a_wrong_use(
    names: tuple[str, ...], said: str, small: Path, git: Git
) -> None:
    """A name that leads nowhere ends with 2 and a remedy; none is taken for an option of git."""
    result = run(small, *names)
    assert result.exit_code == 2
    assert said in result.stderr
    assert git("status", "--porcelain") == ""


def test_without_a_repository_or_commit(small: Path) -> None:
    """Who has no repository, or no commit yet, is told how to compare folders."""
    result = run(small)
    assert result.exit_code == 2
    assert "is in no git repository" in result.stderr
    assert "stepwell diff ../old-copy ." in result.stderr
    git_in(small, "init", "--quiet")
    result = run(small)
    assert result.exit_code == 2
    assert "The repository has no commit yet" in result.stderr


def test_without_git(
    small: Path, git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where git is not installed, that is said; folders are compared all the same."""
    shutil.copytree(small, tmp_path / "old-copy")
    monkeypatch.setattr("shutil.which", lambda name: None)
    result = run(small)
    assert result.exit_code == 2
    assert "Revisions are read with git, which is not on this machine." in result.stderr
    assert run(small, "../old-copy", ".").exit_code == 0
    assert git("tag") == "v1.0"


def test_a_revision_without_the_project(small: Path, git: Git) -> None:
    """A revision from before there was a project says so."""
    git("rm", "-r", "--quiet", "--cached", "pathways")
    git("commit", "--quiet", "--message=Away")
    result = run(small, "HEAD")
    assert result.exit_code == 2
    assert "The revision 'HEAD' has no pathways/site.yaml" in result.stderr


@pytest.mark.parametrize("broken", ["old", "new"])
def test_errors_of_a_version_are_shown(broken: str, small: Path, git: Git) -> None:
    """A version that can't be read or linked is shown with its errors, and ends with 1."""
    edit(small, ("pathways/sleep/pathway.yaml", "to: treatment", "to: treatmnt"))
    if broken == "old":
        git("commit", "--quiet", "--all", "--message=A mistake")
        edit(small, ("pathways/sleep/pathway.yaml", "to: treatmnt", "to: treatment"))
    result = run(small)
    assert result.exit_code == 1
    assert "error[SW203] no tier or exit has the id 'treatmnt'" in result.stderr
    name = "'HEAD'" if broken == "old" else "The working files"
    assert f"{name} can't be compared while these errors stand." in result.stderr
    assert result.stdout == ""


def test_a_rule_younger_than_the_version_does_not_matter(small: Path, git: Git) -> None:
    """What no comparison needs may be wrong in a version: here a routine wait that is too short."""
    edit(small, ("pathways/sleep/pathway.yaml", "routine: 3 weeks", "routine: 1 days"))
    assert CliRunner().invoke(main, ["-C", str(small), "check"]).exit_code == 1
    assert "3 weeks -> 1 day" in run(small).stdout
    assert git("tag") == "v1.0"


# Repositories that mean harm


def test_a_link_is_not_followed(small: Path, git: Git, tmp_path: Path) -> None:
    """A symbolic link in a revision is refused by name, wherever it leads."""
    (tmp_path / "secret.yaml").write_text("secret: yes\n", encoding="utf-8")
    (small / "pathways" / "sleep" / "more.yaml").symlink_to(tmp_path / "secret.yaml")
    git("add", "--all")
    git("commit", "--quiet", "--message=A link")
    (small / "pathways" / "sleep" / "more.yaml").unlink()
    result = run(small)
    assert result.exit_code == 1
    assert "'pathways/sleep/more.yaml' of 'HEAD' is a symbolic link" in result.stderr


@pytest.mark.parametrize("name", ["..", ".", "../../evil.yaml", "/evil.yaml", "a\\b.yaml"])
def test_a_path_that_leads_elsewhere_is_refused(
    name: str, small: Path, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A tree whose paths leave the folder is refused before anything is written."""
    listed = f"100644 blob {'0' * 40}       9\tpathways/{name}\0"
    if name.startswith("/"):
        listed = listed.replace("pathways//", "/")
    sure = revision._sure
    monkeypatch.setattr(
        revision, "_sure",
        lambda root, *words, **more: (
            listed.encode() if words[0] == "ls-tree" else sure(root, *words, **more)
        ),
    )  # fmt: skip
    result = run(small)
    assert result.exit_code == 1
    assert "is a path that leads elsewhere" in result.stderr
    assert git("tag") == "v1.0"


def test_a_revision_has_a_largest_size(
    small: Path, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Too many files, or too large ones, are refused before they are read."""
    monkeypatch.setattr(revision, "MAX_FILES", 2)
    result = run(small)
    assert result.exit_code == 1
    assert "The content of 'HEAD' has over 2 files" in result.stderr
    monkeypatch.setattr(revision, "MAX_FILES", 100)
    monkeypatch.setattr(revision, "MAX_BYTES", 1024)
    assert run(small).exit_code == 1
    assert git("tag") == "v1.0"


def test_settings_of_a_repository_have_no_say(small: Path, git: Git) -> None:
    """No attribute, filter, hook or setting of a repository changes what is read, or is run."""
    (small / ".gitattributes").write_text(
        "*.yaml export-ignore filter=evil text eol=crlf\n", "utf-8"
    )
    git("config", "filter.evil.smudge", f"touch {small / 'touched'}; cat")
    git("config", "core.fsmonitor", f"touch {small / 'touched'}")
    git("config", "diff.external", f"touch {small / 'touched'}")
    git("config", "tar.tar.command", f"touch {small / 'touched'}")
    git("-c", "core.fsmonitor=", "add", ".gitattributes")
    git("-c", "core.fsmonitor=", "commit", "--quiet", "--message=Attributes")
    for path in small.glob("touched"):
        path.unlink()
    edit(small, PHONE)
    assert "1 clinical change" in run(small).stdout
    assert not (small / "touched").exists()


def test_variables_of_another_repository_have_no_say(
    small: Path, git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Inside a hook of another repository, the project's own one is read."""
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "nowhere"))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    assert run(small).exit_code == 0
    assert git is not None


# What is said


def test_clinical_changes_and_all(small: Path, git: Git) -> None:
    """Changes of care and information are counted, and shown with --all."""
    edit(small, TAGLINE)
    first = run(small).stdout
    assert first == (
        "HEAD -> working files\nNo clinical change. "
        "1 change of care and information is not shown (--all shows everything).\n"
    )
    assert "tagline" in run(small, "--all").stdout
    assert git("tag") == "v1.0"


def test_the_exit_code_can_tell(small: Path, git: Git) -> None:
    """With --exit-code a clinical change ends with 1, any other with 0; without it, all with 0."""
    assert run(small, "--exit-code").exit_code == 0
    edit(small, TAGLINE)
    assert run(small, "--exit-code").exit_code == 0
    edit(small, PHONE)
    assert run(small).exit_code == 0
    assert run(small, "--exit-code").exit_code == 1
    assert git("tag") == "v1.0"


def test_the_example_in_readme_is_what_is_said(small: Path, git: Git) -> None:
    """README shows what the command says of the small project with a lower threshold."""
    for change in (THRESHOLD, LOWER, PHONE):
        edit(small, change)
    readme = (ROOT / "README.md").read_text("utf-8")
    said = run(small, "v1.0").stdout
    assert f"```\n$ stepwell diff v1.0\n{said}```" in readme
    assert max(map(len, said.splitlines())) <= 100
    assert git("tag") == "v1.0"


def test_colours_are_for_terminals(small: Path, git: Git) -> None:
    """Text that goes into a file or a pipe has no escape codes; a terminal gets colours."""
    edit(small, PHONE)
    assert "\x1b" not in stepwell("diff", cwd=small).stdout
    coloured = CliRunner().invoke(main, ["-C", str(small), "diff"], color=True).stdout
    assert "\x1b[31m020 7946 0100\x1b[0m" in coloured
    assert git("tag") == "v1.0"


def test_json_has_the_shape_that_is_promised(small: Path, git: Git) -> None:
    """Each key that the docstring of `changes.data` names is there, with its type."""
    for change in (THRESHOLD, LOWER, PHONE, TAGLINE):
        edit(small, change)
    found = json.loads(run(small, "--format", "json", "--all").stdout)
    assert (found["old"], found["new"]) == ("HEAD", "working files")
    assert found["summary"] == {"clinical": 3, "who-gets-which-care": 2, "other": 1, "hidden": 0}
    sleep, shared = found["sections"]
    assert (sleep["pathway"], sleep["old-version"], sleep["criteria-changed"]) == (
        "sleep",
        "1.0.0",
        True,
    )
    assert shared["pathway"] is None
    first = sleep["changes"][0]
    assert first == {
        "topic": "criteria", "class": "safety", "kind": "changed", "where": ["Advice", "entry"],
        "path": "tiers/advice/enter", "file": "pathways/sleep/pathway.yaml",
        "line": first["line"], "column": first["column"],
        "parts": [{"about": "ISI", "old": "at most 14", "new": "at most 11"}], "used-in": [],
    }  # fmt: skip
    (people,) = sleep["people"]
    assert (people["at"], people["tier"], people["counted"]) == ("assessment", None, True)
    assert people["possible"] == 58
    assert people["measures"][0].keys() == {"measure", "label", "values", "what"}
    (shift,) = people["shifts"]
    assert shift["old"] == {"id": "advice", "title": "Advice", "by": None}
    assert shift["new"] == {"id": "treatment", "title": "Treatment", "by": None}
    assert (shift["count"], shift["of-old"], shift["exactly"]) == (3, 15, True)
    assert shift["share"] == pytest.approx(3 / 58)
    assert shift["share-of-old"] == pytest.approx(0.2)
    assert shift["example"][0] == {
        "measure": "isi", "label": "ISI", "values": "12–14", "mildest": False,
    }  # fmt: skip
    assert shift["everyone"] == shift["example"]
    assert json.loads(run(small, "HEAD", "HEAD", "--format", "json").stdout)["sections"] == []


def test_markdown_is_for_a_pull_request(small: Path, git: Git) -> None:
    """Headings, tables, folded counts and a summary; differing words are marked."""
    for change in (THRESHOLD, LOWER, PHONE):
        edit(small, change)
    edit(
        small,
        ("pathways/site.yaml", "Call {phone:crisis} at any hour.", "Call {phone:crisis} by day."),
    )
    found = run(small, "--format", "markdown").stdout
    lines = found.splitlines()
    assert lines[0] == "## Clinical changes: HEAD → working files"
    assert lines[2] == "**4 clinical changes; 2 of them concern who gets which care.**"
    assert "| At assessment | Advice | Treatment | ISI 12–14; all else at its mildest |" in found
    assert "Call {phone:crisis} <del>at any hour.</del>" in found
    assert "Call {phone:crisis} <ins>by day.</ins>" in found
    assert found.count("<details>") == found.count("</details>") == 1
    rows = [line for line in lines if line.startswith("|")]
    assert {line.count(" | ") for line in rows} == {2, 4}
    assert git("tag") == "v1.0"


def test_content_can_not_be_markup(small: Path, git: Git) -> None:
    """Pipes, tags, backticks, links, entities and names of people come out as they were typed."""
    evil = "a | b <script>x</script> `c` [d](e) &lt; *f* @gp #1 ~~g~~ \\\\| $h$ </details>"
    edit(
        small,
        ("pathways/sleep/pathway.yaml", "action: Tell them not to drive.", f"action: '{evil}'"),
    )
    edit(small, ("pathways/sleep/pathway.yaml", "finding: Falls asleep while driving\n    action",
                 "finding: '| --- | <b>@gp</b>'\n    action"))  # fmt: skip
    found = run(small, "--format", "markdown").stdout
    for mark in ("<script", "`c`", "[d]", "&lt;", "*f*", "@gp", "~~", "$h", "</details>", "<b>"):
        assert mark not in found, mark
    rows = [line for line in found.splitlines() if line.startswith("|")]
    assert {line.count("|") for line in rows} == {4}
    assert git("tag") == "v1.0"


def test_control_characters_of_names_do_not_reach_the_terminal(small: Path, git: Git) -> None:
    """A file of a revision with an escape code in its name is not a way to write to a terminal."""
    (small / "pathways" / "sleep" / "\x1b[31mred.yaml").symlink_to("more.yaml")
    git("add", "--all")
    git("commit", "--quiet", "--message=A strange name")
    (small / "pathways" / "sleep" / "\x1b[31mred.yaml").unlink()
    result = run(small)
    assert result.exit_code == 1
    assert "'pathways/sleep/?[31mred.yaml' of 'HEAD' is a symbolic link" in result.stderr
    assert "\x1b" not in result.output
