"""The website's colours: from the clinic's two colours to a light and a dark scheme.

A clinic chooses any colours; a reader needs contrast. So the colours are made darker
or lighter until text on them, or in them, reaches 7:1 (`definitions.colors`), and are
written as CSS custom properties `--sw-…`. Which property is used where is told at the
head of `templates/theme/assets/stylesheets/stepwell.css`.
"""

from __future__ import annotations

import re

from stepwell.definitions.colors import (
    BLACK,
    TEXT_CONTRAST,
    WHITE,
    channels,
    contrast,
    readable,
)  # fmt: skip

# How much the tiers, from the lowest, stand out from white. Between the two halves lies
# what neither black nor white text can be read on.
_DEPTHS = (1.2, 1.55, 2.05, 2.7, 7.2, 10.0, 14.5)
TIERS = len(_DEPTHS)

_STRONG = 15.0  # contrast, of the 21 that there are
_NEUTRAL_LIGHT = {
    "page": "#ffffff",
    "surface": "#f3f6f8",
    "line": "#c3ccd4",
    "edge": "#66737f",
    "text": "#171c21",
    "muted": "#3c464f",
    "banner": "#1d262e",
    "on-banner": "#ffffff",
    "red": "#8c1016",
    "red-surface": "#fdf0ef",
    "red-edge": "#b3191f",
    "crisis": "#7c0f14",
    "on-crisis": "#ffffff",
    "amber": "#553a00",
    "amber-surface": "#fff6e1",
    "amber-edge": "#a96f00",
}
_NEUTRAL_DARK = {
    "page": "#12171c",
    "surface": "#1c242b",
    "line": "#3b4752",
    "edge": "#8d9aa6",
    "text": "#eef2f5",
    "muted": "#bcc7d0",
    "banner": "#2a353f",
    "on-banner": "#ffffff",
    "red": "#ffc2be",
    "red-surface": "#331a1b",
    "red-edge": "#f0736c",
    "crisis": "#7c0f14",
    "on-crisis": "#ffffff",
    "amber": "#ffe0a1",
    "amber-surface": "#2d2614",
    "amber-edge": "#dda02d",
}


def mix(first: str, second: str, share: int) -> str:
    """`share` percent of the second `#rrggbb` colour in the first, channel by channel."""
    pairs = zip(channels(first), channels(second), strict=True)
    return "#" + "".join(f"{(a * (100 - share) + b * share + 50) // 100:02x}" for a, b in pairs)


def scheme(primary: str, accent: str, *, dark: bool) -> dict[str, str]:
    """The properties of one scheme: name without `--sw-` to `#rrggbb`.

    `primary` and `accent` are `#rrggbb`; anything else is a ValueError, because it
    would be written into a stylesheet.
    """
    for color in (primary, accent):
        if not re.fullmatch(r"#[0-9a-fA-F]{6}", color):
            raise ValueError(f"not a colour of the form #rrggbb: {color!r}")
    colors = dict(_NEUTRAL_DARK if dark else _NEUTRAL_LIGHT)
    colors["tint"] = _tint(colors, primary, 16 if dark else 8)
    grounds = (colors["page"], colors["surface"], colors["tint"])
    colors["primary"] = readable(primary, WHITE)
    colors["on-primary"] = WHITE
    colors["link"] = readable(primary, *grounds)
    colors["accent"] = readable(accent, *grounds)
    return colors | _tiers(primary, dark=dark)


def high_contrast(primary: str, accent: str, *, dark: bool) -> dict[str, str]:
    """The properties of a scheme that differ where the reader wants more contrast.

    Text is black or white, no ground is tinted, and every line can be seen; what is red or
    amber stays so, but on the ground of the page.
    """
    colors = scheme(primary, accent, dark=dark)
    ink, paper = (WHITE, BLACK) if dark else (BLACK, WHITE)
    grounds = ("page", "surface", "tint", "red-surface", "amber-surface")
    changed = dict.fromkeys(("text", "muted", "line", "edge"), ink) | dict.fromkeys(grounds, paper)
    changed |= {
        name: _apart(colors[name], paper)
        for name in ("link", "accent", "red", "red-edge", "amber", "amber-edge")
    }
    changed |= {name: _apart(colors[name], WHITE) for name in ("primary", "crisis", "banner")}
    return changed


def _apart(color: str, ground: str) -> str:
    """The color, darker or lighter until it stands out by more than twice what text needs."""
    end = BLACK if contrast(BLACK, ground) > contrast(WHITE, ground) else WHITE
    ways = (mix(color, end, share) for share in range(101))
    return next(way for way in ways if contrast(way, ground) >= _STRONG)


def colors_css(primary: str, accent: str) -> str:
    """The stylesheet with all schemes; dark is for screens only, paper is always light.

    High contrast, which a reader asks the system or the page for, is dark if the page is asked.
    """
    light = _rules(scheme(primary, accent, dark=False))
    dark = _rules(scheme(primary, accent, dark=True))
    more_light = _rules(high_contrast(primary, accent, dark=False))
    more_dark = _rules(high_contrast(primary, accent, dark=True))
    is_dark, chosen = ":root:not([data-theme=light])", ":root[data-theme=dark]"
    more = "@media screen and (prefers-contrast:more)"
    return (
        f":root{{color-scheme:light;{light}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{{is_dark}{{color-scheme:dark;{dark}}}}}\n"
        f"@media screen{{{chosen},:root[data-theme=contrast]{{color-scheme:dark;{dark}}}}}\n"
        f"{more}{{:root{{{more_light}}}{chosen}{{{more_dark}}}}}\n"
        f"{more} and (prefers-color-scheme:dark){{{is_dark}{{{more_dark}}}}}\n"
        f"@media screen{{:root[data-theme=contrast]{{{more_dark}}}}}\n"
    )


def _tint(colors: dict[str, str], primary: str, most: int) -> str:
    """The page with a little of the clinic's colour, as long as text on it can be read."""
    tints = (mix(colors["page"], primary, share) for share in range(most, -1, -1))
    return next(tint for tint in tints if contrast(colors["muted"], tint) >= TEXT_CONTRAST)


def _tiers(primary: str, *, dark: bool) -> dict[str, str]:
    """Steps of one hue: each is more prominent than the one below, in greyscale too."""
    colors: dict[str, str] = {}
    for tier, depth in enumerate(reversed(_DEPTHS) if dark else _DEPTHS, start=1):
        color = _shade(primary, depth)
        colors[f"tier-{tier}"] = color
        colors[f"on-tier-{tier}"] = WHITE if depth >= TEXT_CONTRAST else BLACK
    return colors


def _shade(color: str, depth: float) -> str:
    """The lightest shade on the way from white over a colour to black that has the depth."""
    way = [mix(WHITE, color, share) for share in range(101)]
    way += [mix(color, BLACK, share) for share in range(1, 101)]
    return next(shade for shade in way if contrast(shade, WHITE) >= depth)


def _rules(colors: dict[str, str]) -> str:
    return "".join(f"--sw-{name}:{color};" for name, color in sorted(colors.items()))
