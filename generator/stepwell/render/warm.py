"""Loaded once by the server that workers are forked from: they have our templates compiled."""

from __future__ import annotations

from stepwell.project import packaged
from stepwell.templating import compile_all

# Those of the theme are compiled with filters of mkdocs, by who has them.
compile_all(packaged("templates"), but="theme")
