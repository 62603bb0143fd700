"""What is written in another way, and means the same, is no change."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from tests.changes.conftest import Comparing, load, told
from tests.conftest import ROOT

from stepwell.changes import compare
from stepwell.changes.wording import summary
from stepwell.definitions.project import Definitions


@pytest.fixture(scope="module")
def sample() -> Definitions:
    """The sample pathways."""
    return load(ROOT)


def test_a_project_does_not_differ_from_itself(sample: Definitions) -> None:
    """The sample pathways have no change to themselves, and it is said plainly."""
    report = compare(sample, sample)
    assert report.sections == ()
    assert summary(report) == "Nothing changed."


def shuffled(node: Any, random: Random) -> Any:
    """The same content with the keys of mappings in another order, but for answers in order."""
    if isinstance(node, dict):
        keys = list(node)
        random.shuffle(keys)
        return {k: node[k] if k == "choices" else shuffled(node[k], random) for k in keys}
    return [shuffled(item, random) for item in node] if isinstance(node, list) else node


@pytest.mark.parametrize("style", ['"', "'", "flow"])
def test_another_way_of_writing_is_no_change(
    style: str, sample: Definitions, tmp_path: Path
) -> None:
    """Other quotes, other order of keys, flow style, comments and line breaks are nothing."""
    shutil.copytree(ROOT / "pathways", tmp_path / "pathways")
    random = Random(style)
    for path in (tmp_path / "pathways").rglob("*.yaml"):
        node = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
        form = {"default_flow_style": True} if style == "flow" else {"default_style": style}
        text = yaml.dump(shuffled(node, random), sort_keys=False, allow_unicode=True, **form)
        path.write_text(f"# Another way of writing.\n{text}", encoding="utf-8")
    assert told(compare(sample, load(tmp_path))) == []


def test_a_text_in_other_lines_is_no_change(edited: Comparing) -> None:
    """A paragraph that is folded elsewhere reads the same; a list is not a paragraph."""
    plain, folded = "welcome: You are welcome.", "welcome: >-\n  You are\n  welcome."
    assert told(edited("site", plain, folded)) == []
    listed = edited("site", plain, "welcome: |\n  - You are welcome.")
    assert told(listed) == ["care (care): welcome: You are welcome. -> - You are welcome."]
