"""The clinic's colours: told when text can't have them, with the ones that it has instead."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from stepwell import pipeline
from stepwell.definitions.colors import WHITE, contrast

Checked = Callable[[Path], pipeline.Run]


def told(small: Path, checked: Checked, *lines: str) -> list[str]:
    """The messages and hints about a look of the small project."""
    site = small / "pathways" / "site.yaml"
    before = site.read_text("utf-8").partition("\nlook:")[0]
    site.write_text(before + "\nlook:\n" + "".join(f"  {line}\n" for line in lines), "utf-8")
    found = checked(small).diagnostics.sorted()
    assert {one.code for one in found} <= {"SW608"}
    return [f"{one.message} {one.help}" for one in found]


def test_a_pale_colour_is_told_with_what_to_write(small: Path, checked: Checked) -> None:
    """Each with its contrast and the mended one; who writes that is told nothing any more."""
    said = told(small, checked, "primary: '#ffd200'", "accent: '#E4002B'")
    assert len(said) == 2
    assert "primary '#ffd200' stands out from white by 1.4 to 1" in said[0]
    assert "accent '#E4002B' stands out from white by 4.8 to 1" in said[1]
    mended = [re.findall("'(#[0-9a-f]{6})'", one)[-1] for one in said]
    assert all(contrast(color, WHITE) >= 7 for color in mended)
    assert told(small, checked, f"primary: '{mended[0]}'", f"accent: '{mended[1]}'") == []


@pytest.mark.parametrize("line", ["paper: A4", "primary: '#14506e'", "family: serif"])
def test_what_is_dark_enough_or_not_set_is_not_told(
    small: Path, checked: Checked, line: str
) -> None:
    """Stepwell's own colours are its own business."""
    assert told(small, checked, line) == []


@pytest.mark.parametrize("value", ["red", "'#fff'", "'#12345g'", "'#123456;'"])
def test_other_colours_are_refused_with_the_form(small: Path, checked: Checked, value: str) -> None:
    """A name or a short form is not guessed at."""
    site = small / "pathways" / "site.yaml"
    site.write_text(f"{site.read_text('utf-8')}\nlook: {{primary: {value}}}\n", "utf-8")
    (found,) = checked(small).diagnostics.sorted()
    assert found.code == "SW117"


def test_a_long_footer_is_told(small: Path, checked: Checked) -> None:
    """The foot of a page has room for so many letters."""
    site = small / "pathways" / "site.yaml"
    site.write_text(f"{site.read_text('utf-8')}\nlook:\n  footer: {'word ' * 30}\n", "utf-8")
    assert "SW516" in {one.code for one in checked(small).diagnostics.sorted()}
