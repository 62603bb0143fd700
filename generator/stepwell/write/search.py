"""The search index of one language, made by Pagefind from the finished pages.

Pagefind comes as a program inside a Python package. It reads only what
`templates/theme/main.html` marks: the article, its title and its filters. The index
goes to `<language>/search/`, put into a stable order by `search_order`; the dialog
that uses it is `templates/theme/assets/javascripts/search.js`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from stepwell.write.search_characters import by_characters, copy_apart
from stepwell.write.search_chunks import cut
from stepwell.write.search_order import put_in_order

FOLDER = "search"
_NEEDED = ("pagefind.js", "pagefind-entry.json")
_MESSAGE = re.compile(r"^(?=(?:Note|Warning|Error): )", re.MULTILINE)


def index(out: Path, language: str) -> list[str]:
    """Index the pages in `out/<language>/` and return the warnings of Pagefind.

    Replaces an index that is there. The same pages give the same files. RuntimeError
    if Pagefind is not installed or fails, as it does without any page.
    """
    site = (out / language).resolve()
    bundle = site / FOLDER
    shutil.rmtree(bundle, ignore_errors=True)
    messages = _run_apart(site) if by_characters(language) else _run(site)
    put_in_order(bundle)
    cut(bundle)
    _sweep(bundle)
    return messages


def knows_endings(language: str) -> bool:
    """Whether search finds a word by another form of it in a language, as `walk` by `walking`.

    RuntimeError as in `index`.
    """
    with tempfile.TemporaryDirectory() as folder:
        page = f'<!doctype html><html lang="{language}"><body><main>a</main></body></html>'
        (Path(folder) / "index.html").write_text(page, encoding="utf-8")
        return not any("support stemming" in message for message in _run(Path(folder)))


def _run_apart(site: Path) -> list[str]:
    """Pagefind over a copy of a folder, with its characters apart."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        copy_apart(site, copy)
        messages = _run(copy)
        shutil.copytree(copy / FOLDER, site / FOLDER)
    return messages


def _run(site: Path) -> list[str]:
    """Pagefind over a folder, in an empty working folder: it would read a pagefind.yml there."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    command = [_program(), "--site", str(site), "--output-subdir", FOLDER, "--quiet"]
    with tempfile.TemporaryDirectory() as work:
        done = subprocess.run(
            command, cwd=work, env=clean, capture_output=True, encoding="utf-8", check=False
        )
    messages = _messages(done.stdout + done.stderr)
    if done.returncode:
        raise RuntimeError(f"pagefind failed ({done.returncode}): {' '.join(messages)}")
    # That a language has no stemmer is known, and nobody can mend it.
    return [message for message in messages if "support stemming" not in message]


def _messages(said: str) -> list[str]:
    """What Pagefind said, each message on one line and once."""
    return list(dict.fromkeys(" ".join(text.split()) for text in _MESSAGE.split(said) if text))


def _program() -> str:
    try:
        from pagefind_bin_extended import get_executable  # type: ignore[import-untyped]
    except ImportError as error:
        raise RuntimeError("the package pagefind[extended] is not installed") from error
    return str(get_executable())


def _sweep(bundle: Path) -> None:
    """Remove Pagefind's own interfaces and unused engines: the theme has its own."""
    engines = {path.name for path in bundle.glob("wasm.*.pagefind")}
    if len(engines) > 1:
        engines.discard("wasm.unknown.pagefind")
    for path in sorted(bundle.iterdir()):
        keep = path.name in _NEEDED or path.name in engines or path.suffix == ".pf_meta"
        if path.is_file() and not keep:
            path.unlink()
