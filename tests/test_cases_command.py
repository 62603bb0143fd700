"""`stepwell cases`: what it tells of worked cases, what it proposes, and where it writes."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from stepwell import pipeline
from stepwell.casebook import Casebook
from stepwell.cli import main
from stepwell.codes import Severity
from stepwell.definitions.project import Definitions
from stepwell.project import Project
from tests.conftest import ROOT, TODAY

CASES = "pathways/sleep/cases.yaml"
PROPOSED = "pathways/sleep/cases-proposed.yaml"
FAILING = """\
cases:
  - {id: mild, given: {isi: 15, danger: no}, tier: advice, why: A score that is too high.}
  - {id: open, given: {isi: 15}, tier: treatment, why: Danger was not asked for.}
  - {id: lost, given: {isi: 15}, in: advise, tier: treatment, why: There is no such tier.}
  - {id: odd, given: {sleep: 1}, tier: treatment, why: There is no such measure.}
  - {id: seen, given: {isi: 14}, in: advice, step: up, tier: treatment, why: Too low.}
"""


def run(root: Path, *arguments: str) -> Result:
    """The command in a project, its two outputs apart."""
    result = CliRunner().invoke(main, ["-C", str(root), "cases", *arguments])
    assert isinstance(result.exception, SystemExit | None), result.exception
    return result


def read(root: Path) -> Definitions:
    """A project that can be read."""
    found = pipeline.read(Project(root), pipeline.Scope(), TODAY, pipeline.Run())
    assert found is not None
    return found


def test_cases_are_listed_with_their_coverage(small: Path) -> None:
    """Each case stands there with its result, each criterion with what is covered of it."""
    result = run(small)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "sleep",
        "  ok        mild    advice",
        "  ok        bad     treatment",
        "  ok        driver  no-driving",
        "",
        "8 of 16 thresholds and branches are covered.",
        "1 more can't be covered; -v says why.",
        "      3 of 3  the entry of 'no-driving'",
        "      3 of 3  the entry of 'treatment'",
        "      2 of 2  the entry of 'advice'",
        "      0 of 3  the step up 'up' of 'advice'",
        "      0 of 1  staying in 'advice'",
        "      0 of 3  the discharge 'done' of 'treatment'",
        "      0 of 1  staying in 'treatment'",
        "",
    ]


def test_what_is_not_covered_is_named(small: Path) -> None:
    """With -v each open threshold stands there with its value, or why nobody can show it."""
    lines = [line.strip() for line in run(small, "sleep", "-v").stdout.splitlines()]
    at = lines.index("0 of 3  the discharge 'done' of 'treatment'")
    assert lines[at + 1 : at + 4] == [
        "isi: {below: 8} with 7: not covered yet",
        "isi: {below: 8} with 8: not covered yet",
        "somebody whom it sends: not covered yet",
    ]


def test_what_can_not_be_covered_has_a_reason(small: Path) -> None:
    """A comparison that is masked is counted apart, and explained with -v."""
    path = small / "pathways" / "sleep" / "pathway.yaml"
    either = "{any: [{isi: {below: 8}}, {isi: {below: 3}}]}"
    path.write_text(path.read_text("utf-8").replace("{isi: {below: 8}}", either))
    result = run(small, "-v")
    assert "3 more can't be covered; -v says why." in result.stdout
    assert "isi: {at-most: 14} with 15: other criteria decide about these people" in result.stdout
    assert "isi: {below: 3} with 2: it never decides this criterion alone" in result.stdout


def test_failing_cases_are_told(small: Path) -> None:
    """A case that fails, stays open or names nothing known is marked, and ends with 1."""
    (small / CASES).write_text(FAILING, encoding="utf-8")
    result = run(small)
    assert result.exit_code == 1
    assert result.stdout.splitlines()[1:6] == [
        "  FAILS     mild  treatment; should be advice",
        "  FAILS     open  is left open; should be treatment",
        "  FAILS     lost  names what there is not",
        "  FAILS     odd   names what there is not",
        "  FAILS     seen  advice: stay -> advice; should be advice: up -> treatment",
    ]
    assert "0 of 16" in result.stdout


def test_unsound_criteria_come_first(small: Path) -> None:
    """Where criteria can't be read, their problems are reported and no case is run."""
    path = small / "pathways" / "sleep" / "pathway.yaml"
    path.write_text(path.read_text("utf-8").replace("{at-most: 14}", "{at-most: 40}"))
    result = run(small, "--generate")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "error[SW301]" in result.stderr


def test_tools_read_the_same(small: Path) -> None:
    """`--format json` has each case with what it reached, and each goal with its state."""
    (small / PROPOSED).write_text(
        "cases:\n  - {id: up, given: {isi: 15}, in: advice, step: up, tier: treatment, "
        "why: At the threshold., proposed: yes}\n",
        encoding="utf-8",
    )
    told = json.loads(run(small, "--format", "json").stdout)["sleep"]
    assert told["cases"][-1] == {
        "id": "up", "result": "proposed", "in": "advice", "tier": "treatment", "step": "up",
        "reached": "treatment", "by": "up",
    }  # fmt: skip
    states = Counter(row["state"] for row in told["coverage"])
    assert states == {"covered": 8, "proposed": 2, "open": 6, "never-decides": 1}
    assert {
        "criterion": "tiers/advice/step-up/up", "what": "isi: {at-least: 15} with 15",
        "state": "proposed", "in": "advice",
    } in told["coverage"]  # fmt: skip
    assert "2 of them only by proposed cases" in run(small).stdout


def test_proposals_are_printed_ready_to_be_pasted(small: Path) -> None:
    """They are a file that loads; beside the cases that are there, they cover everything."""
    result = run(small, "--generate")
    assert result.exit_code == 0
    assert "--out pathways/sleep/cases-proposed.yaml" in result.stderr
    (small / PROPOSED).write_text(result.stdout, encoding="utf-8")
    states = Casebook.of(read(small), "sleep").states.values()
    assert Counter(states) == {"covered": 8, "proposed": 8, "never-decides": 1}


def test_a_proposal_says_what_it_is(small: Path) -> None:
    """Its id, the tier it is in, its step and a plain sentence come from what was evaluated."""
    found = json.loads(run(small, "--generate", "--format", "json").stdout)
    by_id = {case["id"]: case for case in found}
    assert by_id["advice-up-isi-15"] == {
        "id": "advice-up-isi-15", "given": {"isi": "15"}, "in": "advice", "step": "up",
        "tier": "treatment", "proposed": "yes",
        "why": "ISI is 15, so the person moves to 'Treatment'; "
               "with 14, all else the same, the person would stay in 'Advice'.",
    }  # fmt: skip
    assert by_id["advice-stay-isi-14"]["step"] == "stay"
    assert all("why" in case and case["proposed"] == "yes" for case in found)


def test_proposals_go_to_a_file(small: Path, checked: Callable[[Path], pipeline.Run]) -> None:
    """`--out` writes beside the cases; a check then warns once, and nothing is left to propose."""
    result = run(small, "sleep", "--generate", "--out", str(small / PROPOSED))
    assert result.exit_code == 0
    assert "proposed cases to" in result.stdout
    (found,) = checked(small).diagnostics.sorted()
    assert (found.code, found.span.path) == ("SW307", PROPOSED)
    assert "Nothing to propose" in run(small, "--generate").stderr


def test_proposals_may_be_made_again(small: Path) -> None:
    """A file with nothing but proposals is replaced, by the same ones if nothing changed."""
    target = small / PROPOSED
    assert run(small, "--generate", "--out", str(target)).exit_code == 0
    first = target.read_text("utf-8")
    assert run(small, "--generate", "--out", str(target)).exit_code == 0
    assert target.read_text("utf-8") == first
    assert sorted(path.name for path in target.parent.iterdir()) == [
        "cases-proposed.yaml", "cases.yaml", "pathway.yaml",
    ]  # fmt: skip


def test_what_a_clinician_confirmed_is_never_overwritten(small: Path) -> None:
    """Neither cases.yaml nor proposals of which one was confirmed are replaced."""
    target = small / PROPOSED
    assert run(small, "--generate", "--out", str(target)).exit_code == 0
    target.write_text(target.read_text("utf-8").replace("    proposed: yes\n", "", 1))
    for path in (small / CASES, target):
        before = path.read_bytes()
        result = run(small, "--generate", "--out", str(path))
        assert result.exit_code == 2
        assert "name another" in result.stderr
        assert path.read_bytes() == before


@pytest.mark.parametrize(
    "name", ["cases-proposed.yaml", "pathways/cases.yaml", "pathways/sleep/tiers.yaml",
             "pathways/sleep/sub/cases.yaml", "pathways/sleep/../cases-x.yaml", "../cases.yaml"],
)  # fmt: skip
def test_proposals_go_where_cases_are_read(small: Path, name: str) -> None:
    """Another folder or name would not be read as cases, so it is refused with the right one."""
    result = run(small, "--generate", "--out", str(small / name))
    assert result.exit_code == 2
    assert "cases-proposed.yaml" in result.stderr
    assert not (small / name).exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["slepp"], "did you mean 'sleep'"),
        (["--out", "x.yaml"], "add --generate"),
        (["--generate", "--out", "."], "is a directory"),
    ],
)
def test_a_wrong_use_says_what_is_right(small: Path, arguments: list[str], said: str) -> None:
    """What can't be meant ends with 2 and a remedy."""
    result = run(small, *arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_one_pathway_is_proposed_for_at_a_time() -> None:
    """Where there are several, the one that is meant must be named."""
    result = run(ROOT, "--generate")
    assert result.exit_code == 2
    assert "psychiatry-primary-care, psychosomatic-stepped-care" in result.stderr


@pytest.mark.parametrize("name", ["psychiatry-primary-care", "psychosomatic-stepped-care"])
def test_the_sample_pathways_can_be_covered_whole(
    name: str, tmp_path: Path, checked: Callable[[Path], pipeline.Run]
) -> None:
    """With proposed cases every threshold on both sides and every branch that can decide is shown.

    What is left can't be shown by anybody: other criteria decide about these
    people, or the comparison never decides its criterion alone.
    """
    shutil.copytree(ROOT / "pathways", tmp_path / "pathways")
    target = tmp_path / "pathways" / name / "cases-proposed.yaml"
    assert run(tmp_path, name, "--generate", "--out", str(target)).exit_code == 0
    found = [one for one in checked(tmp_path).diagnostics.sorted() if one.code[:3] != "SW5"]
    assert [one.code for one in found] == ["SW307"]
    assert found[0].severity is Severity.WARNING
    states: Counter[Any] = Counter(Casebook.of(read(tmp_path), name).states.values())
    shown = states["covered"] + states["proposed"]
    assert set(states) <= {"covered", "proposed", "never-decides", "never-alone"}
    assert shown == {"psychiatry-primary-care": 248, "psychosomatic-stepped-care": 554}[name]


def test_sample_cases_cover_each_kind_of_move(real: Definitions) -> None:
    """Each pathway has reviews that lead up, down, out, to fresh triage, and nowhere."""
    for name, pathway in real.pathways.items():
        kinds = {"stay"}
        for entry in Casebook.of(real, name).entries:
            assert entry.result == "ok"
            if entry.case.in_ and entry.outcome:
                kinds.add((entry.outcome.path or "tiers/x/stay").split("/")[2])
        expected = {"stay", "step-up", "step-down", "discharge", "re-triage"}
        assert kinds == expected, pathway.title
