"""Several files of one folder as one mapping: lists are continued, other keys stand once."""

from __future__ import annotations

from collections.abc import Sequence as Several

from stepwell.diagnostics import Diagnostics
from stepwell.source import Mapping, Sequence


def merge(parts: Several[Mapping], diagnostics: Diagnostics) -> Mapping | None:
    """The parts as one mapping in their order; None with a diagnostic if a key stands twice."""
    merged = Mapping(parts[0].span)
    sound = True
    for part in parts:
        for key, value in part.items():
            known = merged.get(key)
            if known is None:
                merged[key] = value
                merged.keys_at[key] = part.keys_at[key]
            elif isinstance(known, Sequence) and isinstance(value, Sequence):
                merged[key] = Sequence([*known, *value], known.span)
            else:
                first = [(merged.keys_at[key], "first here")]
                message = f"the key '{key}' stands in two files of this folder"
                diagnostics.add("SW121", part.keys_at[key], message, "keep one of them", first)
                sound = False
    return merged if sound else None
