"""The clinic's look: colours that text can have."""

from __future__ import annotations

from stepwell.definitions.colors import TEXT_CONTRAST, WHITE, Color, contrast, readable
from stepwell.definitions.project import Definitions
from stepwell.diagnostics import Diagnostics


def check(read: Definitions, diagnostics: Diagnostics) -> None:
    """SW608 for each colour that a clinic chose and that text can't have on white paper."""
    look = read.site.look
    for name in ("primary", "accent"):
        color: Color = getattr(look, name)
        if name in look.model_fields_set and contrast(color, WHITE) < TEXT_CONTRAST:
            mended = readable(color, WHITE)
            message = (
                f"the colour {name} '{color}' stands out from white by {_ratio(color)} to 1, text"
                f" needs {TEXT_CONTRAST:g} to 1; where text has it, it is '{mended}' instead"
            )
            help = f"write '{mended}' ({_ratio(mended)} to 1) to see the same colour everywhere"
            diagnostics.add("SW608", color.span, message, help)


def _ratio(color: str) -> str:
    """The contrast with white, never rounded up to what it does not reach."""
    return f"{int(contrast(color, WHITE) * 10) / 10:.1f}"
