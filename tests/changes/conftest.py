"""What tests of changes share: a project with something of everything, and its changed copy."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import ROOT

from stepwell.changes import compare
from stepwell.changes.model import Change, Report
from stepwell.changes.wording import headline
from stepwell.definitions.project import Definitions
from stepwell.diagnostics import Diagnostics
from stepwell.project import Project
from stepwell.versions import read

MORE = """
quantities:
  first-look: {value: 2 weeks, source: local, note: As agreed.}
  fasting: {value: 12 hours, source: local}
criteria:
  bad-sleep:
    label: Sleep is badly troubled
    when: {any: [{isi: {at-least: 20}}, tired]}
    source: local
medicines:
  - id: melatonin
    title: Melatonin
    group: A hormone.
    purpose: It helps to fall asleep.
    how-to-take: Take it before bed. Do not drive afterwards.
    side-effects: A headache.
    warning-signs: |
      - A rash
      - A faint
    what-to-do: Call {phone:crisis}.
    never: Never with wine.
    specialist: Advises.
    primary-care: Looks after {quantity:first-look}.
    interactions: []
    source: local
monitoring:
  - id: checks
    title: Checks with melatonin
    medicine: melatonin
    follows: local
    introduction: A few checks.
    patient: We check you.
    handover: None.
    parameters:
      - id: weight
        label: Weight
        baseline: yes
        at: [1 week, 2 weeks]
        then-every: 3 months
        orders: gp
        reviews: gp
        acts: gp
        limit: Any change after {quantity:fasting} without food.
        action: Talk about it.
        source: local
contingencies:
  - id: cancelled
    situation: The talk is cancelled
    action: Book another one.
    role: gp
    within: 3 days
    source: local
interventions:
  - id: diary
    title: Sleep diary
    purpose: It shows your nights.
    steps: Write each morning.
    dose: For {quantity:first-look}.
    sessions: 2 sessions
    length: 20 minutes
    delivered-by: [gp]
    tiers: [advice]
    stop-if: Stop when it keeps you awake.
    fidelity: It is written in the morning.
    source: local
"""
FILES = {
    "site": "site.yaml",
    "pathway": "sleep/pathway.yaml",
    "more": "sleep/more.yaml",
    "vocabulary": "vocabulary/all.yaml",
    "resources": "resources/all.yaml",
}
PATHWAY = (ROOT / "tests/projects/small/pathways/sleep/pathway.yaml").read_text("utf-8")
WEIGHT = "Checks with melatonin, Weight"
Comparing = Callable[..., Report]


def load(root: Path) -> Definitions:
    """The definitions of a project without errors."""
    diagnostics = Diagnostics()
    found = read(Project(root), diagnostics, {})
    assert found is not None, diagnostics.sorted()
    return found


@pytest.fixture
def old(small: Path) -> Path:
    """A project with something of everything."""
    (small / "pathways" / "sleep" / "more.yaml").write_text(MORE, encoding="utf-8")
    replace(small, "pathway", "  danger: {", "  tired: {finding: Is tired all day}\n  danger: {")
    return small


def replace(root: Path, file: str, old: str, new: str) -> None:
    """Change a text that stands in a file."""
    path = root / "pathways" / FILES[file]
    text = path.read_text("utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def edited(old: Path, tmp_path: Path) -> Comparing:
    """edited(file, old, new, …): the report of a project after changes of its texts."""

    def run(*changes: str, pathways: tuple[str, ...] = ()) -> Report:
        new = tmp_path / "new"
        shutil.rmtree(new, ignore_errors=True)
        shutil.copytree(old, new)
        for file, before, after in zip(*[iter(changes)] * 3, strict=True):
            replace(new, file, before, after)
        return compare(load(old), load(new), pathways=pathways)

    return run


def told(report: Report) -> list[str]:
    """Each change of a report, as below."""
    return [told_one(change) for change in report.changes]


def told_one(change: Change) -> str:
    """A change as `topic: what: part`; with its class, if it is not clinical."""
    mark = "" if change.clinical else f" ({change.klass})"
    parts = "; ".join(
        f"{part.about and part.about + ' '}{part.old or ''} -> {part.new or ''}"
        for part in change.parts
    )
    return f"{change.topic.slug}{mark}: {headline(change)}: {parts}"


@pytest.fixture
def wider(old: Path) -> Path:
    """The project with a second role and a second source, to change to."""
    nurse = """  - id: nurse
    title: nurse
    plain: the nurse
    short: Nurse
    does: Helps.
    reach: By telephone.
"""
    replace(old, "vocabulary", "sources:\n", f"{nurse}sources:\n")
    another = "  - {id: other, citation: Another group, year: 2025}\n"
    replace(old, "vocabulary", "instruments:\n", f"{another}instruments:\n")
    return old
