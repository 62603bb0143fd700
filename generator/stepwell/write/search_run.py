"""Pagefind itself, a program inside a Python package, run over a folder of pages."""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from pydantic import ConfigDict

from stepwell.write.search_format import BYTES_AS_TEXT

FOLDER = "search"
_MESSAGE = re.compile(r"^(?=(?:Note|Warning|Error): )", re.MULTILINE)
_PAGE = '<!doctype html><html lang="{}"><body><main>a</main></body></html>'


@dataclass(frozen=True)
class Engine:
    """What searches in a language, without any page: its files, and what is said of it."""

    __pydantic_config__: ClassVar[ConfigDict] = BYTES_AS_TEXT
    files: dict[str, bytes]
    tag: str
    """The language as Pagefind names it."""
    entry: dict[str, Any]
    """What `pagefind-entry.json` says of all languages."""
    facts: dict[str, Any]
    """What it says of this one."""
    version: str


def engine(language: str) -> Engine:
    """What searches in a language. RuntimeError as in `run`."""
    with tempfile.TemporaryDirectory() as folder:
        run(_blank(Path(folder), language))
        bundle = Path(folder) / FOLDER
        entry = json.loads((bundle / "pagefind-entry.json").read_text(encoding="utf-8"))
        ((tag, facts),) = entry.pop("languages").items()
        wasm = f"wasm.{facts['wasm'] or 'unknown'}.pagefind"
        files = {name: (bundle / name).read_bytes() for name in ("pagefind.js", wasm)}
        return Engine(files, tag, entry, facts, entry["version"])


def knows_endings(language: str) -> bool:
    """Whether search finds a word by another form of it in a language, as `walk` by `walking`.

    RuntimeError as in `run`.
    """
    with tempfile.TemporaryDirectory() as folder:
        said = _said(_blank(Path(folder), language))
        return not any("support stemming" in message for message in said)


def run(site: Path) -> list[str]:
    """Index a folder to `search/` below it; the warnings of Pagefind.

    RuntimeError if Pagefind is not installed or fails, as it does without any page.
    """
    # That a language has no stemmer is known, and nobody can mend it.
    return [message for message in _said(site) if "support stemming" not in message]


def _blank(folder: Path, language: str) -> Path:
    """The folder with one page of a language."""
    (folder / "index.html").write_text(_PAGE.format(language), encoding="utf-8")
    return folder


def _said(site: Path) -> list[str]:
    """All that Pagefind says over a folder."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    command = [_program(), "--site", str(site), "--output-subdir", FOLDER, "--quiet"]
    with tempfile.TemporaryDirectory() as work:  # elsewhere it would read a pagefind.yml
        done = subprocess.run(
            command, cwd=work, env=clean, capture_output=True, encoding="utf-8", check=False
        )
    messages = _messages(done.stdout + done.stderr)
    if done.returncode:
        raise RuntimeError(f"pagefind failed ({done.returncode}): {' '.join(messages)}")
    return messages


def _messages(said: str) -> list[str]:
    """What Pagefind said, each message on one line and once."""
    return list(dict.fromkeys(" ".join(text.split()) for text in _MESSAGE.split(said) if text))


def _program() -> str:
    try:
        from pagefind_bin_extended import get_executable  # type: ignore[import-untyped]
    except ImportError as error:
        raise RuntimeError("the package pagefind[extended] is not installed") from error
    return str(get_executable())
