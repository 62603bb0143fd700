"""Projects of many pathways and languages, for `translate sync`. See `make bench`.

A pathway is a copy of a sample pathway under another id: of full size, some
960 texts. Catalogs are copies of the Spanish ones without their comments, so
that the first run has every file to write, and the second nothing.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from stepwell import po
from stepwell.po import Catalog

SAMPLES = ("psychiatry-primary-care", "psychosomatic-stepped-care")
SEVEN = ("es", "ar", "fr", "uk", "zh", "hi", "de")
TEN = (*SEVEN, "it", "pt", "pl")


def project(root: Path, content: Path, pathways: int, languages: tuple[str, ...]) -> None:
    """Make a project with so many pathways and translations below a folder."""
    top = root / "pathways"
    for name in ("vocabulary", "resources"):
        shutil.copytree(content / name, top / name)
    (top / "site.yaml").write_text(_site(content, languages), encoding="utf-8")
    for number in range(pathways):
        shutil.copytree(content / SAMPLES[number % 2], top / _name(number))
    known = {
        name: _bare(content / "locales" / "es" / f"{name}.po") for name in (*SAMPLES, "shared")
    }
    for language in languages:
        folder = top / "locales" / language
        folder.mkdir(parents=True)
        (folder / "shared.po").write_text(known["shared"], encoding="utf-8")
        for number in range(pathways):
            sample, name = SAMPLES[number % 2], _name(number)
            text = known[sample].replace(f'msgctxt "{sample}/', f'msgctxt "{name}/')
            (folder / f"{name}.po").write_text(text, encoding="utf-8")


def _name(number: int) -> str:
    return f"{SAMPLES[number % 2]}-{number}" if number > 1 else SAMPLES[number]


def _site(content: Path, languages: tuple[str, ...]) -> str:
    text = (content / "site.yaml").read_text("utf-8")
    published = f"languages:\n  source: en\n  published: [en, {', '.join(languages)}]\n"
    text = re.sub(r"^languages:\n(?:[ #].*\n)+", published, text, flags=re.MULTILINE)
    return re.sub(r"^translations:\n(?:[ #].*\n?)+", "", text, flags=re.MULTILINE)


def _bare(file: Path) -> str:
    """A catalog without what is told to translators."""
    catalog = po.read(file.read_text("utf-8"))
    messages = tuple(m._replace(comment="", places="", flags=()) for m in catalog.messages)
    return po.written(Catalog(messages, catalog.fields, catalog.note))
