"""Colours as editors write them: what stands out from what, and the nearest that does.

Contrast is that of WCAG 2.2. A colour is moved in OKLCH, where a step looks equally
long everywhere: its lightness changes, its hue stays, and its strength only gives way
where a screen has no such colour.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import Final

from stepwell.definitions.base import Located

WHITE: Final = "#ffffff"
BLACK: Final = "#000000"
TEXT_CONTRAST: Final = 7.0
"""What text needs (WCAG 2.2, 1.4.6)."""

_STEPS = 400
_Three = tuple[float, float, float]


class Color(Located):
    """A colour as #rrggbb."""

    pattern = re.compile(r"#[0-9a-fA-F]{6}")
    expected = "a colour of the form #rrggbb, such as #14506e"


def contrast(first: str, second: str) -> float:
    """The contrast of two `#rrggbb` colours after WCAG 2.2, from 1 to 21."""
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(color: str) -> float:
    """How light a `#rrggbb` colour is, from 0 (black) to 1."""
    red, green, blue = (_linear(channel / 255) for channel in channels(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def channels(color: str) -> tuple[int, int, int]:
    """Red, green and blue of `#rrggbb`, each from 0 to 255."""
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


@lru_cache(maxsize=256)
def readable(color: str, *grounds: str, ratio: float = TEXT_CONTRAST) -> str:
    """The colour, moved as little as possible until it has `ratio` to 1 on every ground.

    It becomes lighter on dark grounds, else darker. A ratio that not even white or black
    reaches gives white or black.
    """
    if _reaches(color, grounds, ratio):
        return color
    light = all(luminance(ground) < 0.18 for ground in grounds)
    lightness, chroma, hue = _oklch(color)
    end = 1.0 if light else 0.0
    for step in range(1, _STEPS):
        candidate = _hex(lightness + (end - lightness) * step / _STEPS, chroma, hue)
        if _reaches(candidate, grounds, ratio):
            return candidate
    return WHITE if light else BLACK


def _reaches(color: str, grounds: tuple[str, ...], ratio: float) -> bool:
    return all(contrast(color, ground) >= ratio for ground in grounds)


def _oklch(color: str) -> _Three:
    """Lightness (0 to 1), chroma and hue (radians) in OKLCH."""
    red, green, blue = (_linear(channel / 255) for channel in channels(color))
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    return lightness, math.hypot(a, b), math.atan2(b, a)


def _hex(lightness: float, chroma: float, hue: float) -> str:
    """The `#rrggbb` colour of this lightness and hue, as strong as a screen can show it."""
    weakest, strongest = 0.0, chroma
    if not _shows(_rgb(lightness, chroma, hue)):
        for _ in range(12):
            middle = (weakest + strongest) / 2
            if _shows(_rgb(lightness, middle, hue)):
                weakest = middle
            else:
                strongest = middle
        chroma = weakest
    return "#" + "".join(f"{_byte(value):02x}" for value in _rgb(lightness, chroma, hue))


def _rgb(lightness: float, chroma: float, hue: float) -> _Three:
    """Linear red, green and blue, which may lie outside of 0 to 1."""
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _shows(rgb: _Three) -> bool:
    return all(-0.0005 <= value <= 1.0005 for value in rgb)


def _byte(linear: float) -> int:
    value = min(max(linear, 0.0), 1.0)
    curved = value * 12.92 if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055
    return round(curved * 255)


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)
