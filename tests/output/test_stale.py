"""A sentence of the sample pathways is changed: what becomes stale, and what readers then see."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.conftest import ROOT, TODAY
from tests.output.conftest import Recording
from tests.test_translating import synced

from stepwell import pipeline, po
from stepwell.definitions.project import Definitions
from stepwell.definitions.units import files
from stepwell.diagnostics import Diagnostics
from stepwell.load.interface import interface
from stepwell.model import Document, Page, Rendered
from stepwell.project import Project
from stepwell.render import Renderer, render
from stepwell.resolve import Resolved
from stepwell.write.site_words import THEME_WORDS

pytestmark = pytest.mark.xdist_group("output-stale")
PATHWAY = "psychosomatic-stepped-care"
SAFETY = f"{PATHWAY}/tiers/guided-self-help/for-patients/if-worse"
INFO = f"{PATHWAY}/stakeholders/patient-council/about"
EDITS = {
    SAFETY: ("tiers-2-guided-self-help.yaml", "Call your coach or", "Ring your coach or"),
    INFO: ("people.yaml", "Wording of tier pages, waiting", "Wording of all pages, waiting"),
}
PATIENTS = ("patient", "family", "everybody")
Key = tuple[str, str]
Catalogs = dict[str, dict[Key, po.Message]]


@dataclass
class Changed:
    """The sample project after two sentences were changed and its catalogs brought up to date."""

    definitions: Definitions
    before: Catalogs
    after: Catalogs
    artifacts: dict[str, Page | Document]
    used: dict[str, set[Key]]

    def key(self, context: str) -> Key:
        """The entry of the new sentence."""
        files = (self.after[f"{language}/{PATHWAY}.po"] for language in self.languages)
        (found,) = {key for file in files for key in file if key[0] == context}
        return found

    @property
    def languages(self) -> list[str]:
        """Those that it is translated into."""
        source = self.definitions.source_language
        return [tag for tag in self.definitions.languages if tag != source]

    def using(self, language: str, context: str) -> dict[str, Page | Document]:
        """Path below the language -> what was asked for a text, where its readers are served."""
        key = self.key(context)
        found = (path for path, keys in self.used.items() if key in keys)
        everybody = self.definitions.serves(language, "clinicians")
        below = [
            path.removeprefix("en/") for path in found
            if path.startswith("en/") and (everybody or self.artifacts[path].audience in PATIENTS)
        ]  # fmt: skip
        return {path: self.artifacts[f"{language}/{path}"] for path in below}


def catalogs(root: Path) -> Catalogs:
    """File -> its entries that are not obsolete."""
    found = {}
    for file in sorted((root / "pathways/locales").rglob("*.po")):
        messages = po.read(file.read_text("utf-8")).messages
        name = file.relative_to(root / "pathways/locales").as_posix()
        found[name] = {message.key: message for message in messages if not message.obsolete}
    return found


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Changed:
    """A copy of the sample project, in step with its catalogs, in which two sentences change."""
    root = tmp_path_factory.mktemp("changed")
    shutil.copytree(ROOT / "pathways", root / "pathways")
    synced(root)
    before = catalogs(root)
    for file, old, new in EDITS.values():
        path = root / "pathways" / PATHWAY / file
        text = path.read_text("utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")
    synced(root)
    read = pipeline.read(Project(root), pipeline.Scope((), (PATHWAY,)), TODAY, pipeline.Run())
    assert read is not None
    resolved = Resolved(read, {tag: interface(tag) for tag in read.languages}, TODAY)
    templates = Recording()
    made = Rendered.of(
        render(Renderer(resolved, templates, read.languages, True), THEME_WORDS, Diagnostics())
    )
    pages = [page for website in made.websites for page in website.pages]
    artifacts: dict[str, Page | Document] = {page.path: page for page in pages}
    artifacts |= {document.path: document for document in made.documents}
    used = {path: set(reading.used.texts) for path, reading in templates.readings.items()}
    return Changed(read, before, catalogs(root), artifacts, used)


def test_exactly_the_changed_sentences_become_stale(changed: Changed) -> None:
    """In every language the two entries are marked, with the sentence before, and no other is."""
    for file, after in changed.after.items():
        before = changed.before[file]
        differs = {key for key, message in after.items() if not _same(message, before.get(key))}
        if not file.endswith(f"/{PATHWAY}.po") or file.partition("/")[0] not in changed.languages:
            assert differs == set(), file
            continue
        assert differs == {changed.key(SAFETY), changed.key(INFO)}, file
        for context, (_, old, new) in EDITS.items():
            entry = after[changed.key(context)]
            previous = before[context, entry.source.replace(new, old)]
            assert entry.translation == previous.translation
            assert entry.fuzzy == bool(previous.translation)
            assert entry.previous == (previous.source if previous.translation else "")


def _same(one: po.Message, other: po.Message | None) -> bool:
    """Whether two entries say the same; lines and comments may differ."""
    return other is not None and one[:5] == other[:5]


def test_what_needs_a_stale_safety_text_is_withheld(changed: Changed) -> None:
    """Each page and leaflet with the safety sentence is a notice now, in every language."""
    for language in changed.languages:
        using = changed.using(language, SAFETY)
        assert f"{PATHWAY}/tier-guided-self-help.html" in using
        assert f"print/{PATHWAY}/leaflet-guided-self-help.pdf" in using
        for path, artifact in using.items():
            assert artifact.withheld, (language, path)
            assert "Ring your coach" not in artifact.html
            assert changed.definitions.site.emergency.phone in artifact.html
    assert not any(one.withheld for path, one in changed.artifacts.items() if path[:3] == "en/")


def test_a_stale_info_text_is_its_source_marked(changed: Changed) -> None:
    """A page with the info sentence stays, and shows the new source marked with its language."""
    _, _, new = EDITS[INFO]
    for language in changed.languages:
        using = changed.using(language, INFO)
        assert f"{PATHWAY}/about.html" in using
        for path, artifact in using.items():
            assert f'lang="en" dir="ltr">{new}' in artifact.html, (language, path)
            assert not artifact.withheld, (language, path)


def test_texts_on_what_patients_read_are_for_patients(changed: Changed) -> None:
    """No page or document for patients and families asks for a text that only clinicians get."""
    parts = files(changed.definitions)
    readers = {unit.key: unit.text.readers for _, units in parts for unit in units}
    wrong = {
        (key[0], path)
        for path, artifact in changed.artifacts.items()
        if path.startswith("en/") and artifact.audience in PATIENTS
        for key in changed.used[path]
        if readers[key] != "patients"
    }
    assert wrong == set()
