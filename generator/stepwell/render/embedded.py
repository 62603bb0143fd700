"""Data inside a page, for its script. Pure."""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup


def embedded(value: Any) -> Markup:
    """JSON in which no character can end a script element or begin another."""
    text = json.dumps(value, separators=(",", ":"))
    for letter in "<>&":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return Markup(text)
