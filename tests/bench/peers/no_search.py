"""Loaded by the server that workers are forked from instead of `stepwell.write.warm`: it loads
the same, and makes the search write no index.
"""

from __future__ import annotations

from pathlib import Path

import stepwell.write.search
import stepwell.write.warm


def no_index(out: Path, language: str) -> list[str]:
    """In the place of `search.index`: nothing is written, nothing is said."""
    return []


stepwell.write.search.index = no_index
