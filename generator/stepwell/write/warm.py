"""Loaded once by the server that workers are forked from, so that none loads it again."""

from __future__ import annotations

import contextlib
import gc

import mkdocs.commands.build  # noqa: F401

with contextlib.suppress(OSError):  # without Pango there are websites to build, and no PDF
    import weasyprint  # noqa: F401

gc.freeze()  # what is loaded stays; no need to look through it again
