"""The pictures that are kept: one of every kind in every language, and no other."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.visual import conftest
from tests.visual.conftest import ACCEPT, BASELINES, Gallery
from tests.visual.printing import LANGUAGES, Clinic, cases_by_name
from tests.visual.sheets import load, save

MOST_BYTES = 3_300_000
"""Of all pictures together: they travel with every copy of the sources."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_picture_is_left_of_a_kind_that_is_gone(language: str) -> None:
    """A picture whose document is no longer printed would be looked at for nothing."""
    kept = {path.stem for path in (BASELINES / language).glob("*.png")}
    gone = sorted(kept - set(cases_by_name()))
    assert not gone, f"delete tests/visual/baselines/{language}/{gone[0]}.png"


def test_pictures_are_small() -> None:
    """All pictures together stay small; a kind with large letters needs fewer dots."""
    size = sum(path.stat().st_size for path in BASELINES.rglob("*.png"))
    assert size < MOST_BYTES, "give the largest kind fewer dots (printing.DPI), then: " + ACCEPT


def test_the_clinic_is_whole(clinic: Clinic) -> None:
    """It has no error and no warning: every text is translated, so no picture shows a gap."""
    assert clinic.told == []


@pytest.mark.pdf
def test_who_changes_a_page_is_told_where_and_what_to_do(
    clinic: Clinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new kind and a page that changed both fail with what to do; the change can be looked at."""
    monkeypatch.setattr(conftest, "BASELINES", tmp_path / "kept")
    gallery = Gallery(clinic, tmp_path, update=False, test="this test")
    with pytest.raises(pytest.fail.Exception, match=r"'form-note' has no picture in 'en'.*"):
        gallery.compare("form-note", "en")
    Gallery(clinic, tmp_path, update=True, test="this test").compare("form-note", "en")
    gallery.compare("form-note", "en")

    path = tmp_path / "kept" / "en" / "form-note.png"
    accepted = load(path)
    accepted.paste(255, (40, 30, 140, 50))
    save(accepted, path)
    with pytest.raises(pytest.fail.Exception, match=r"(?s)page 1: .* --update 'this test'"):
        gallery.compare("form-note", "en")
    assert {file.stem for file in tmp_path.glob("*.png")} == {"expected", "actual", "difference"}
