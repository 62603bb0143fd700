"""The files that make `make site` and `make test` work on a fresh machine agree with each other."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("runtime", "dev")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def pins(lock: str) -> dict[str, set[str]]:
    """The pinned versions of each package, more than one where they differ by Python."""
    found: dict[str, set[str]] = {}
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    for name, version in re.findall(r"^([\w.-]+)==([\w.]+)", text, re.MULTILINE):
        found.setdefault(name, set()).add(version)
    return found


def names(requirements: list[str]) -> set[str]:
    """The names that requirements begin with, in lower case."""
    return {re.split(r"[\[<>=]", line, maxsplit=1)[0].lower() for line in requirements}


@pytest.mark.parametrize("lock", LOCKS)
def test_locks_name_no_place(lock: str) -> None:
    """A lock holds no address of an index and no path: it works with any mirror."""
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    assert re.findall(r"://|index|find-links|(?<![\w.])/\w+", text) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_a_hash(lock: str) -> None:
    """Whatever a registry serves, only the files that were tested are installed."""
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    blocks = re.split(r"^(?=\w)", text, flags=re.MULTILINE)[1:]
    assert [block for block in blocks if "--hash=sha256:" not in block] == []


def test_locks_hold_what_the_project_names() -> None:
    """A requirement that is added to pyproject.toml is locked: `make lock` does it."""
    project = PROJECT["project"]
    assert names([*project["dependencies"], *PROJECT["build-system"]["requires"]]) <= set(
        pins("runtime")
    )
    assert names(project["optional-dependencies"]["dev"]) <= set(pins("dev"))


def test_tests_run_with_the_versions_that_build() -> None:
    """Both locks pin the same versions of what both hold, so tests speak of what is used."""
    dev = pins("dev")
    assert {name: dev.get(name) for name in pins("runtime")} == pins("runtime")


def test_bounds_are_of_the_form_that_doctor_compares() -> None:
    """`stepwell doctor` knows >= and <, and each requirement has both."""
    bounds = [re.findall(r"[<>=!~]+", line) for line in PROJECT["project"]["dependencies"]]
    assert bounds == [[">=", "<"]] * len(bounds)


def test_what_builds_the_package_is_locked_with_it() -> None:
    """pip installs the checkout without fetching a build tool that nobody pinned."""
    assert PROJECT["dependency-groups"]["install"] == PROJECT["build-system"]["requires"]


def test_make_help_lists_every_target() -> None:
    """`make` alone tells all there is: each target without an underscore has its line."""
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    (phony,) = re.findall(r"^\.PHONY: (.*)$", text, re.MULTILINE)
    assert re.findall(r"^([a-z]+):.*## \S", text, re.MULTILINE) == phony.split()
