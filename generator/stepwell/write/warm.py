"""Loaded once by the server that workers are forked from, so that none loads it again."""

from __future__ import annotations

import contextlib
import gc

import mkdocs.commands.build  # noqa: F401

from stepwell.project import packaged
from stepwell.templating import compile_all

with contextlib.suppress(OSError):  # without Pango there are websites to build, and no PDF
    import weasyprint  # noqa: F401

# Those of the theme are compiled with filters of mkdocs, by who has them.
compile_all(packaged("templates"), but="theme")

gc.freeze()  # what is loaded stays; no need to look through it again
