"""The colour schemes: whatever a clinic chooses, text stays readable."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stepwell.definitions.colors import WHITE, contrast, readable
from stepwell.write.site_colors import TIERS, colors_css, high_contrast, mix, scheme

COLORS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
TEXT_ON_GROUND = [
    ("text", "page"), ("text", "surface"), ("text", "tint"), ("muted", "page"),
    ("muted", "surface"), ("muted", "tint"), ("link", "page"), ("link", "surface"),
    ("link", "tint"), ("accent", "page"), ("accent", "tint"), ("on-primary", "primary"),
    ("on-banner", "banner"), ("red", "red-surface"), ("text", "red-surface"),
    ("on-crisis", "crisis"), ("amber", "amber-surface"), ("text", "amber-surface"),
    *((f"on-tier-{tier}", f"tier-{tier}") for tier in range(1, TIERS + 1)),
]  # fmt: skip


def test_contrast_is_that_of_wcag() -> None:
    """Black on white is 21:1, a colour on itself 1:1, and a known grey 4.54:1."""
    assert contrast("#000000", WHITE) == pytest.approx(21)
    assert contrast("#123456", "#123456") == 1
    assert contrast("#767676", WHITE) == pytest.approx(4.54, abs=0.005)


def test_mix_is_exact_at_its_ends() -> None:
    """Nothing of the second colour is the first, all of it the second."""
    assert mix("#102030", "#ffffff", 0) == "#102030"
    assert mix("#102030", "#ffffff", 100) == "#ffffff"


@settings(deadline=None)
@given(COLORS, COLORS, st.booleans())
def test_text_has_seven_to_one_in_both_schemes(primary: str, accent: str, dark: bool) -> None:
    """Each text colour reaches 7:1 on each ground it is used on, for any two colours."""
    colors = scheme(primary, accent, dark=dark)
    for text, ground in TEXT_ON_GROUND:
        assert contrast(colors[text], colors[ground]) >= 7, (text, ground)


@settings(deadline=None)
@given(COLORS, COLORS, st.booleans())
def test_high_contrast_is_higher(primary: str, accent: str, dark: bool) -> None:
    """Then text, links and lines stand out by 15:1 or more, for any two colours."""
    colors = scheme(primary, accent, dark=dark) | high_contrast(primary, accent, dark=dark)
    for text, ground in TEXT_ON_GROUND:
        least = 7 if "tier" in text else 15
        assert contrast(colors[text], colors[ground]) >= least, (text, ground)
    assert contrast(colors["line"], colors["page"]) == pytest.approx(21)


@settings(deadline=None)
@given(COLORS)
def test_tiers_differ_without_hue(primary: str) -> None:
    """Each tier stands out more than the one below, also in greyscale: no hue is needed."""
    for dark, end in ((False, WHITE), (True, "#000000")):
        colors = scheme(primary, primary, dark=dark)
        steps = [contrast(colors[f"tier-{tier}"], end) for tier in range(1, TIERS + 1)]
        assert all(higher > 1.2 * lower for lower, higher in itertools.pairwise(steps))


def test_good_colour_is_kept() -> None:
    """A colour that can already be read is not changed."""
    assert readable("#003344", WHITE) == "#003344"


@pytest.mark.parametrize("color", ["red", "#fff", "#12345g", "#123456;}", "#1234567", ""])
def test_other_colours_are_refused(color: str) -> None:
    """Only #rrggbb reaches the stylesheet."""
    with pytest.raises(ValueError, match="#rrggbb"):
        colors_css("#123456", color)


def test_paper_is_light() -> None:
    """Dark colours are only given to screens."""
    css = colors_css("#0f5f6b", "#b3541e")
    light, *dark = css.split("@media screen")
    assert "color-scheme:light" in light
    assert "color-scheme:dark;" not in light
    assert sum("{color-scheme:dark;" in rules for rules in dark) == 2
    assert len(dark) == 5  # and three of high contrast
