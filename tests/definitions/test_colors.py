"""Colours that text can have: whatever a clinic chooses, the mended ones can be read."""

from __future__ import annotations

import colorsys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stepwell.definitions.colors import BLACK, TEXT_CONTRAST, WHITE, channels, contrast, readable
from stepwell.write.site_colors import scheme

COLORS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def hue(color: str) -> float:
    """The angle of a colour, from 0 to 1."""
    return colorsys.rgb_to_hls(*(channel / 255 for channel in channels(color)))[0]


@settings(deadline=None)
@given(COLORS, COLORS)
def test_any_two_colours_can_be_read_on_paper_and_screen(primary: str, accent: str) -> None:
    """On white paper, and on each ground of the light and the dark site, text has 7 to 1."""
    for color in (primary, accent):
        assert contrast(readable(color, WHITE), WHITE) >= TEXT_CONTRAST
    for dark in (False, True):
        found = scheme(primary, accent, dark=dark)
        for name in ("link", "accent"):
            for ground in ("page", "surface", "tint"):
                assert contrast(found[name], found[ground]) >= TEXT_CONTRAST
        assert contrast(found["on-primary"], found["primary"]) >= TEXT_CONTRAST


@settings(deadline=None)
@given(COLORS)
def test_what_is_mended_is_not_mended_again(color: str) -> None:
    """Who writes the colour that the warning names gets that colour, and no warning."""
    mended = readable(color, WHITE)
    assert readable(mended, WHITE) == mended


@settings(deadline=None)
@given(COLORS, st.sampled_from([WHITE, "#12171c"]))
def test_a_colour_is_moved_no_further_than_it_must(color: str, ground: str) -> None:
    """One that can be read stays; another one ends close above what it needs."""
    mended = readable(color, ground)
    if contrast(color, ground) >= TEXT_CONTRAST:
        assert mended == color
    else:
        assert TEXT_CONTRAST <= contrast(mended, ground) < TEXT_CONTRAST + 0.35


@pytest.mark.parametrize("color", ["#e4002b", "#ff9a00", "#84bd00", "#00a3e0", "#d84fb3"])
def test_the_hue_is_kept(color: str) -> None:
    """Red stays red and blue stays blue, darker on paper and lighter in the dark."""
    for ground in (WHITE, "#12171c"):
        away = abs(hue(readable(color, ground)) - hue(color))
        assert min(away, 1 - away) < 0.06


def test_a_ratio_out_of_reach_gives_black_or_white() -> None:
    """Nothing stands out from white by 30 to 1; the nearest to it is black."""
    assert readable("#0b6b3a", WHITE, ratio=30) == BLACK
    assert readable("#0b6b3a", BLACK, ratio=30) == WHITE
