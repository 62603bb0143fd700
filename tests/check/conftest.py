"""What tests of checks share: the small project with one thing changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from stepwell import pipeline

Edited = Callable[..., list[tuple[str, str]]]
FILES = {
    "site": "site.yaml",
    "pathway": "sleep/pathway.yaml",
    "cases": "sleep/cases.yaml",
    "vocabulary": "vocabulary/all.yaml",
    "resources": "resources/all.yaml",
}


@pytest.fixture
def edited(small: Path, checked: Callable[[Path], pipeline.Run]) -> Edited:
    """edited(file, old, new, …): (code, message) of each problem after the change."""

    def run(file: str = "", *changes: str) -> list[tuple[str, str]]:
        for old, new in zip(changes[::2], changes[1::2], strict=True):
            path = small / "pathways" / FILES[file]
            text = path.read_text("utf-8")
            assert old in text, old
            path.write_text(text.replace(old, new, 1), encoding="utf-8")
        found = checked(small).diagnostics.sorted()
        return [(one.code, one.message) for one in found]

    return run
