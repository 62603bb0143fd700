"""Projects of many small pathways in six languages, for builds beside peers.

A pathway is the small project of the tests under an id of its own: two steps, its criteria,
one role, thirteen pages and eight documents. Each of its texts is two sentences drawn from the
sample pathways, with the translations that these have there: so all scripts are as dense as
in real life, and hardly two texts of a project are the same. What is drawn depends on the
pathway's number alone, so more pathways leave the first ones as they were.
"""

from __future__ import annotations

import datetime
import random
import re
import shutil
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from stepwell import pipeline, po
from stepwell.definitions.project import Definitions
from stepwell.definitions.walk import texts
from stepwell.po import Catalog, Message
from stepwell.project import Project
from stepwell.report import as_text

ROOT = Path(__file__).resolve().parents[3]
SMALL = ROOT / "tests" / "projects" / "small" / "pathways"
SAMPLES = ROOT / "pathways" / "locales"
LANGUAGES = ("en", "es", "fr", "ar", "uk", "zh")
TODAY = datetime.date(2026, 11, 22)
LEFT_OUT = ("waits", "milestones")
"""Parts of the small pathway that would make it larger than the ones that peers were timed with."""
LETTERS = range(40, 130)
"""How long a sentence may be that is drawn."""
_PROSE = re.compile(r"[.?]$")
_PLACEHOLDER = re.compile(r"\{[^}]*\}")
_MARKS = {"": "", ".": "。", "?": "？"}
_LATIN = re.compile(r"[A-Za-z]")
_KEPT = re.compile(r"\{[^}]*\}|\d+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the sample pathways, and what it is in each other language."""

    source: str
    said: dict[str, str]


@lru_cache(maxsize=1)
def sentences() -> tuple[Sentence, ...]:
    """Plain sentences that are translated into all languages, in a fixed order."""
    known: dict[str, dict[str, str]] = {}
    for language in LANGUAGES[1:]:
        for file in sorted((SAMPLES / language).glob("*.po")):
            for message in po.read(file.read_text("utf-8")).messages:
                if message.current:
                    known.setdefault(message.source, {})[language] = message.translation
    return tuple(
        Sentence(source, said)
        for source, said in sorted(known.items())
        if len(said) == len(LANGUAGES) - 1 and len(source) in LETTERS
        and source.endswith(".") and "{" not in "".join([source, *said.values()])
        and not _LATIN.search(said["zh"] + said["uk"] + said["ar"])
    )  # fmt: skip


class Drawn:
    """Texts that were put together for a project, and their translations."""

    def __init__(self) -> None:
        self.said: dict[str, dict[str, str]] = {}

    def text(self, chance: random.Random, before: str = "") -> str:
        """A text of two sentences, behind `before`, which has what must stay."""
        pair = chance.sample(sentences(), 1 if before else 2)
        source = " ".join(filter(None, [before, *(one.source for one in pair)]))
        kept = " ".join(_PLACEHOLDER.findall(before))
        self.said[source] = {
            language: " ".join(filter(None, [kept, *(one.said[language] for one in pair)]))
            for language in LANGUAGES[1:]
        }
        return source

    def translation(self, source: str, language: str) -> str:
        """What a text is in a language: its own translation, or a few words for it.

        They have its placeholders and its number, as a translation must.
        """
        if source in self.said:
            return self.said[source][language]
        words = random.Random(source).choice(sentences()).said[language].rstrip(".。")
        few = words[:6] if language == "zh" else " ".join(words.split()[: 1 + len(source) // 12])
        mark = source[-1] if source[-1] in _MARKS else ""
        end = _MARKS[mark] if language == "zh" else mark
        return " ".join([few, *_KEPT.findall(source)]) + end


def project(root: Path, pathways: int, languages: tuple[str, ...] = LANGUAGES) -> None:
    """Make a project of so many pathways and languages below a folder, which may be new."""
    top, drawn = root / "pathways", Drawn()
    for name in ("vocabulary", "resources"):
        shutil.copytree(SMALL / name, top / name)
    (top / "site.yaml").write_text(_site(languages), encoding="utf-8")
    for number in range(pathways):
        folder = top / pathway_id(number)
        folder.mkdir()
        made = _changed(_read(SMALL / "sleep" / "pathway.yaml"), random.Random(number), drawn)
        made |= {"title": f"Sleep {number + 1}", "short": f"Sleep {number + 1}"}
        kept = {key: value for key, value in made.items() if key not in LEFT_OUT}
        _write(folder / "pathway.yaml", kept)
        shutil.copy(SMALL / "sleep" / "cases.yaml", folder)
    run = pipeline.Run()
    found = pipeline.read(Project(root), pipeline.Scope(("en",)), TODAY, run)
    if found is None or run.diagnostics.failed:
        raise SystemExit(as_text(run.diagnostics.sorted(), run.files))
    _translate(found, drawn, top / "locales", languages)


def pathway_id(number: int) -> str:
    """The id of a pathway by its number, from 0."""
    return f"sleep-{number + 1}"


def change(root: Path, number: int = 0) -> None:
    """Change one sentence that patients read, on the site and in print, of one pathway."""
    file = root / "pathways" / pathway_id(number) / "pathway.yaml"
    content = _read(file)
    content["tiers"][0]["for-patients"]["what"] += " Bring what you take."
    _write(file, content)


def change_translation(root: Path, name: str, language: str = "fr") -> None:
    """Change one sentence that patients read of a pathway, in one language only."""
    file = root / "pathways" / "locales" / language / f"{name}.po"
    ends = re.compile(rf'(msgctxt "{name}/tiers/[^"/]+/for-patients/why-you"\n.*?)"\n\n', re.DOTALL)
    changed, count = ends.subn(r'\1 Encore."\n\n', file.read_text("utf-8"), count=1)
    if not count:
        raise ValueError(f"{file} has no translation of what a step is for")
    file.write_text(changed, "utf-8")


def _site(languages: tuple[str, ...]) -> str:
    site = _read(SMALL / "site.yaml")
    site["languages"] = {"source": "en", "published": list(languages)}
    site["look"] = {"editions": []}
    return _dumped(site)


def _changed(value: Any, chance: random.Random, drawn: Drawn) -> Any:
    """The same structure with other prose: sentences, and each item of a list of them."""
    if isinstance(value, dict):
        return {key: _changed(inner, chance, drawn) for key, inner in value.items()}
    if isinstance(value, list):
        return [_changed(inner, chance, drawn) for inner in value]
    lines = value.strip().splitlines()
    if not all(_PROSE.search(line) for line in lines):
        return value
    if lines[0].startswith("- "):
        return "\n".join(f"- {drawn.text(chance)}" for _ in lines * 3)
    kept = re.sub(r"\{wait:[^}]*\}", "two weeks", value) if "{" in value else ""
    return drawn.text(chance, kept)


def _translate(found: Definitions, drawn: Drawn, folder: Path, languages: tuple[str, ...]) -> None:
    """Write the catalogs of all languages but the first, each entry with its translation."""
    parts = [("shared", part) for _, part in found.shared()]
    parts += [(name, pathway) for name, pathway in found.pathways.items()]
    entries: dict[str, list[tuple[str, str]]] = {}
    for name, part in parts:
        for text in texts(part):
            entries.setdefault(name, []).extend((text.context, block) for _, block in text.blocks())
    for language in languages[1:]:
        for name, units in entries.items():
            messages = tuple(
                Message(context, block, drawn.translation(block, language))
                for context, block in dict.fromkeys(units)
            )
            fields = {"Language": language, "Content-Type": "text/plain; charset=UTF-8"}
            file = folder / language / f"{name}.po"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(po.written(Catalog(messages, fields)), encoding="utf-8")


def _read(file: Path) -> Any:
    """A YAML file in which every value is text."""
    return yaml.load(file.read_text("utf-8"), yaml.BaseLoader)


def _write(file: Path, content: Any) -> None:
    file.write_text(_dumped(content), encoding="utf-8")


def _dumped(content: Any) -> str:
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=96)
