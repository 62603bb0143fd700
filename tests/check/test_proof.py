"""The proof is part of every check; what it finds is told in place, or let stand by a waiver."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.check.conftest import Edited
from tests.conftest import TODAY

from stepwell import pipeline
from stepwell.check.proof import CODES, message, recipe, remedy
from stepwell.definitions.proof import Obligation
from stepwell.load.interface import interface
from stepwell.project import Project, packaged
from stepwell.render.environment import Templates
from stepwell.render.pages import Pages
from stepwell.resolve import Resolved
from stepwell.resolve.claims import CLAIMS

GAP = ("pathway", "enter: {isi: {at-most: 14}}", "enter: {isi: {at-most: 12}}")
WAIVER = """
waivers:
  - id: sent-elsewhere
    obligation: {obligation}
    criteria: {digest}
    reason: They are seen by the practice next door.
    by: gp
    date: 2026-10-01
milestones:"""


@pytest.fixture(autouse=True)
def no_cases(small: Path) -> None:
    """The worked cases of the small project are left away: its criteria are changed here."""
    (small / "pathways" / "sleep" / "cases.yaml").write_text("cases: []\n")


def waived(digest: str, obligation: str = "gap") -> tuple[str, str]:
    """The change that adds a waiver."""
    return "milestones:", WAIVER.format(obligation=obligation, digest=digest).lstrip("\n")


@pytest.fixture
def digest(edited: Edited, small: Path, checked: Callable[[Path], pipeline.Run]) -> str:
    """The digest that a waiver of the gap must name; the gap is in the project."""
    edited(*GAP)
    (failure,) = checked(small).verdicts["sleep"].broken
    found = re.search(r"criteria: ([0-9a-f]{12})", recipe(failure))
    assert found
    return found[1]


def test_a_gap_is_an_error_with_a_person(edited: Edited) -> None:
    """Who falls through is named."""
    assert edited(*GAP) == [
        ("SW310", "isi 13, danger no: enters no tier and leaves by no exit"),
    ]


def test_a_waiver_lets_a_failure_stand(
    edited: Edited, digest: str, small: Path, checked: Callable[[Path], pipeline.Run]
) -> None:
    """With the digest of its criteria a failure is no problem, and counted as waived."""
    assert edited("pathway", *waived(digest)) == []
    verdict = checked(small).verdicts["sleep"]
    assert verdict.stands
    tally = verdict.tallies()["gap"]
    assert (tally.asked, tally.held, tally.waived) == (1, 0, 1)
    assert [str(waiver.id) for waiver, _ in verdict.waived] == ["sent-elsewhere"]


def test_a_waiver_lapses_with_its_criteria(edited: Edited, digest: str) -> None:
    """Once a threshold changes, the failure is told again and the waiver called out."""
    edited("pathway", *waived(digest))
    found = edited("pathway", "enter: {isi: {at-most: 12}}", "enter: {isi: {at-most: 11}}")
    assert [code for code, _ in found] == ["SW310", "SW319"]


def test_a_waiver_of_nothing_is_called_out(edited: Edited, digest: str) -> None:
    """Once the gap is closed its waiver is to be removed; it does not wait for the next gap."""
    edited("pathway", *waived(digest))
    found = edited("pathway", "enter: {isi: {at-most: 12}}", "enter: {isi: {at-most: 14}}")
    assert [code for code, _ in found] == ["SW319"]


def test_a_waiver_is_of_one_obligation(edited: Edited, digest: str) -> None:
    """A digest alone waives nothing: the obligation must be the one that fails."""
    found = edited("pathway", *waived(digest, "overlap"))
    assert [code for code, _ in found] == ["SW310", "SW319"]


def test_a_waiver_needs_a_reason(edited: Edited, digest: str) -> None:
    """Without a written reason there is no waiver."""
    change = waived(digest)
    without = change[1].replace("    reason: They are seen by the practice next door.\n", "")
    assert [code for code, _ in edited("pathway", change[0], without)] == ["SW116"]


def test_every_obligation_has_a_code_and_a_sentence() -> None:
    """What can fail can be told, on the command line and on the page about the pathway."""
    assert set(CODES) == set(CLAIMS) == set(Obligation.__args__)  # type: ignore[attr-defined]


def test_no_path_is_left_in_what_is_said(
    edited: Edited, small: Path, checked: Callable[[Path], pipeline.Run]
) -> None:
    """Editors read of entries and moves, not of paths inside the program."""
    edited("pathway", "when: {isi: {below: 8}}", "when: {isi: {at-least: 0}}")
    edited(*GAP)
    failures = checked(small).verdicts["sleep"].broken
    assert failures
    for failure in failures:
        assert not re.search(r"tiers/|exits/", message(failure) + remedy(failure))


def test_no_verdict_on_criteria_that_do_not_fit(
    edited: Edited, small: Path, checked: Callable[[Path], pipeline.Run]
) -> None:
    """A criterion that compares with nothing is told as that; nothing is proved of the rest."""
    found = edited("pathway", "when: danger", "when: dangers")
    assert [code for code, _ in found] == ["SW203"]
    assert checked(small).verdicts == {}


def test_the_proof_stands_on_the_page_with_reasons(
    edited: Edited, digest: str, small: Path, checked: Callable[[Path], pipeline.Run]
) -> None:
    """The page about the pathway tells what is proved, and what is let stand and why."""
    edited("pathway", *waived(digest))
    run = pipeline.Run()
    read = pipeline.read(Project(small), pipeline.Scope(), TODAY, run)
    assert read is not None
    resolved = Resolved(read, {"en": interface("en")}, TODAY, run.verdicts)
    pages = Pages(resolved, Templates((packaged("templates"),)), "en", pdf=False)
    html = next(page.html for page in pages.all() if page.path == "en/sleep/about.html")
    assert "They are seen by the practice next door." in html
    assert "isi 13, danger no" in html
    assert "Everybody enters a step or leaves by a named way out." in html
    assert run.verdicts["sleep"].proof.digest[:12] in html
    (proved,) = resolved.proved()
    assert ("gap", 1, 0, 1) in proved.obligations
    assert proved.waivers == ("sent-elsewhere",)
