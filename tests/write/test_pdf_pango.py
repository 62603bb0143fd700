"""Asking for system libraries without importing what needs them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from stepwell.write import pango

GENERATOR = Path(pango.__file__).parents[2]


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Parts of file names that cannot be opened; a test fills the list."""
    gone: list[str] = []
    opens = pango._opens
    monkeypatch.setattr(
        pango, "_opens", lambda name: opens(name) and not any(part in name for part in gone)
    )
    return gone


@pytest.mark.pdf
def test_nothing_is_missing_where_everything_is_installed() -> None:
    """An empty answer is a good one."""
    assert pango.probe() == ()
    assert not pango.blocked()
    assert pango.remedy(()) == ""


@pytest.mark.pdf
def test_versions_are_told() -> None:
    """The versions of both libraries are part of what a layout depends on."""
    assert pango.version().startswith("pango 1.")
    assert "harfbuzz-subset present" in pango.version()


@pytest.mark.pdf
def test_a_missing_subsetter_slows_but_does_not_block(
    without: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is named with its packages, and PDFs are still made."""
    without.append("harfbuzz-subset")
    monkeypatch.setattr(sys, "platform", "linux")
    (missing,) = pango.probe()
    assert (missing.name, missing.apt, missing.brew) == (
        "HarfBuzz-Subset", "libharfbuzz-subset0", "harfbuzz",
    )  # fmt: skip
    assert not pango.blocked()
    assert pango.remedy(pango.probe()) == "apt install libharfbuzz-subset0"
    assert "harfbuzz-subset none" in pango.version()


def test_without_pango_all_is_blocked_and_one_command_mends_it(
    without: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each package is named once, for the system at hand."""
    without.extend(("pango", "gobject", "harfbuzz", "fontconfig"))
    assert pango.blocked()
    monkeypatch.setattr(sys, "platform", "linux")
    assert pango.remedy(pango.LIBRARIES).startswith("apt install libfontconfig1 libglib2.0-0")
    monkeypatch.setattr(sys, "platform", "darwin")
    assert pango.remedy(pango.LIBRARIES) == "brew install fontconfig glib harfbuzz pango"


def test_asking_does_not_import_the_press() -> None:
    """Neither WeasyPrint nor fontTools is loaded by the modules until a document is made."""
    code = (
        "import sys; from stepwell.write import pango, pdf, imposition; pango.probe();"
        " print([n for n in ('weasyprint', 'fontTools', 'uharfbuzz') if n in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": str(GENERATOR)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"
