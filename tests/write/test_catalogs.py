"""Translations stay with their sentence: what `stepwell translate sync` does to PO files."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conftest import ROOT, TODAY

from stepwell import pipeline
from stepwell.definitions.base import Care, Definition, Text
from stepwell.definitions.project import Definitions
from stepwell.diagnostics import Diagnostics
from stepwell.load.catalogs import catalog
from stepwell.load.files import refused
from stepwell.project import Project
from stepwell.translating import Desk as Translating
from stepwell.translating import Told
from stepwell.write.catalogs import Synced

SENTENCE = "You meet your family doctor within two weeks."
CHANGED = "You meet your family doctor within three weeks."
OTHER = "Bring somebody along if you like."
Blocks = list[tuple[str, str]]


def loaded(root: Path) -> Definitions:
    """The definitions of a project that can be read."""
    definitions = pipeline.read(Project(root), pipeline.Scope(), TODAY, pipeline.Run())
    assert definitions is not None
    return definitions


NOTHING: dict[type, object] = {tuple: (), dict: {}}


def _blank(definition: Definition, **kept: object) -> Definition:
    """A definition with nothing in it but some fields."""
    nothing = {name: NOTHING.get(type(value)) for name, value in definition.fields()}
    return definition.model_copy(update=nothing | kept)


@lru_cache(maxsize=1)
def empty() -> Definitions:
    """A project in English, to be translated into Spanish, without any text."""
    small = loaded(ROOT / "tests" / "projects" / "small")
    languages = small.site.languages.model_copy(update={"published": ("en", "es")})
    blank = {
        "site": _blank(small.site, languages=languages, emergency=small.site.emergency),
        "vocabulary": _blank(small.vocabulary),
        "resources": _blank(small.resources),
        "pathways": {"sleep": _blank(small.pathways["sleep"])},
    }
    return replace(small, **blank)  # type: ignore[arg-type]


def synced(definitions: Definitions, root: Path, *languages: str) -> dict[Path, Synced]:
    """Bring the files of some languages up to date with the content; what came of each."""
    told = Told()
    done = [
        one.save(root) for one in Translating(root, "pathways", definitions, languages, told).all()
    ]
    assert told.diagnostics.sorted() == ()
    return {one.path: one for one in done}


class Desk:
    """An editor's sentences and a translator's file, for one pathway."""

    def __init__(self, empty: Definitions, root: Path) -> None:
        self.empty = empty
        self.root = root
        self.path = root / "pathways" / "locales" / "es" / "sleep.po"

    def sync(self, *blocks: tuple[str, str]) -> Synced:
        """Bring the file up to date with (context, text) of all that the pathway says."""
        texts = []
        for context, block in blocks:
            texts.append(Care(block))
            texts[-1].context = f"sleep/{context}"
        pathway = _blank(self.empty.pathways["sleep"], changes=tuple(texts))
        definitions = replace(self.empty, pathways={"sleep": pathway})  # type: ignore[dict-item]
        return synced(definitions, self.root, "es")[self.path]

    def entries(self) -> list[polib.POEntry]:
        """What stands in the file."""
        return list(polib.pofile(self.path.read_text("utf-8") + "\n"))

    def entry(self, context: str, source: str) -> polib.POEntry:
        """The one entry of a context and a source."""
        (found,) = (
            entry for entry in self.entries()
            if (entry.msgctxt, entry.msgid) == (f"sleep/{context}", source)
        )  # fmt: skip
        return found

    def translate(
        self, context: str, source: str, translation: str, *, fuzzy: bool = False, note: str = ""
    ) -> None:
        """Write a translation as a tool of translators does."""
        file = polib.pofile(self.path.read_text("utf-8") + "\n")
        for entry in file:
            if (entry.msgctxt, entry.msgid) == (f"sleep/{context}", source):
                entry.msgstr, entry.tcomment, entry.fuzzy = translation, note, fuzzy
                entry.previous_msgid = None
        self.path.write_text(f"{file}\n", encoding="utf-8")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk with an empty catalog."""
    return Desk(empty(), tmp_path)


def test_a_new_text_waits_for_its_translation(desk: Desk) -> None:
    """A text gets an entry with its context, its class and the place where it was written."""
    done = desk.sync(("a/summary", SENTENCE))
    entry = desk.entry("a/summary", SENTENCE)
    assert (done.current, done.stale, done.missing) == (0, 0, 1)
    about = "Text about care, for patients and families."
    assert (entry.msgstr, entry.fuzzy, entry.comment) == ("", False, about)
    assert len(entry.occurrences) == 1


def test_a_translation_stays_with_context_and_source(desk: Desk) -> None:
    """What is translated and unchanged is kept as it is."""
    desk.sync(("a/summary", SENTENCE))
    desk.translate("a/summary", SENTENCE, "En dos semanas.", note="Checked with a nurse.")
    done = desk.sync(("a/summary", SENTENCE))
    entry = desk.entry("a/summary", SENTENCE)
    assert (done.current, done.stale, done.missing) == (1, 0, 0)
    assert (entry.msgstr, entry.fuzzy, entry.previous_msgid) == ("En dos semanas.", False, None)
    assert entry.tcomment == "Checked with a nurse."


def test_a_changed_source_makes_a_translation_fuzzy(desk: Desk) -> None:
    """The old translation is shown to the translator with its old source, and not published."""
    desk.sync(("a/summary", SENTENCE))
    desk.translate("a/summary", SENTENCE, "En dos semanas.")
    done = desk.sync(("a/summary", CHANGED))
    entry = desk.entry("a/summary", CHANGED)
    assert (done.current, done.stale, done.missing) == (0, 1, 0)
    assert (entry.msgstr, entry.fuzzy, entry.previous_msgid) == ("En dos semanas.", True, SENTENCE)
    assert len(desk.entries()) == 1


def test_the_first_source_is_remembered_through_changes(desk: Desk) -> None:
    """After several changes, the previous source is the one the translation was made for."""
    desk.sync(("a/summary", SENTENCE))
    desk.translate("a/summary", SENTENCE, "En dos semanas.")
    for text in (CHANGED, CHANGED.replace("three", "four"), CHANGED.replace("three", "five")):
        desk.sync(("a/summary", text))
    assert desk.entry("a/summary", text).previous_msgid == SENTENCE


def test_a_translation_never_moves_to_another_context(desk: Desk) -> None:
    """The very same sentence elsewhere starts without a translation: it may mean another thing."""
    desk.sync(("a/summary", SENTENCE))
    desk.translate("a/summary", SENTENCE, "En dos semanas.")
    desk.sync(("a/summary", SENTENCE), ("b/summary", SENTENCE))
    assert desk.entry("b/summary", SENTENCE).msgstr == ""
    desk.sync(("b/summary", SENTENCE))
    assert desk.entry("b/summary", SENTENCE).msgstr == ""


def test_a_removed_text_is_kept_as_obsolete_and_revived(desk: Desk) -> None:
    """A translation outlives its text, and is back as good as before when the text is back."""
    desk.sync(("a/summary", SENTENCE), ("a/next", OTHER))
    desk.translate("a/summary", SENTENCE, "En dos semanas.")
    desk.sync(("a/next", OTHER))
    assert desk.entry("a/summary", SENTENCE).obsolete
    desk.sync(("a/next", OTHER))
    desk.sync(("a/summary", SENTENCE), ("a/next", OTHER))
    entry = desk.entry("a/summary", SENTENCE)
    assert (entry.obsolete, entry.fuzzy, entry.msgstr) == (False, False, "En dos semanas.")


def test_a_removed_stale_translation_remembers_its_source(desk: Desk) -> None:
    """Changed, removed and written again: the translation is still not taken for a current one."""
    desk.sync(("a/summary", SENTENCE))
    desk.translate("a/summary", SENTENCE, "En dos semanas.")
    desk.sync(("a/summary", CHANGED))
    desk.sync(("a/next", OTHER))
    desk.sync(("a/next", OTHER))
    desk.sync(("a/summary", CHANGED))
    entry = desk.entry("a/summary", CHANGED)
    assert (entry.fuzzy, entry.previous_msgid) == (True, SENTENCE)


def test_a_mark_of_the_translator_stays(desk: Desk) -> None:
    """Fuzzy means that somebody must look; only a person takes it away."""
    desk.sync(("a/summary", SENTENCE))
    desk.translate("a/summary", SENTENCE, "¿En dos semanas?", fuzzy=True)
    desk.sync(("a/summary", SENTENCE))
    assert desk.entry("a/summary", SENTENCE).fuzzy
    desk.sync(("a/summary", CHANGED))
    desk.sync(("a/summary", SENTENCE))
    assert desk.entry("a/summary", SENTENCE).fuzzy


def test_half_done_work_is_not_published_for_the_old_source(desk: Desk) -> None:
    """A fuzzy text that was edited for the new source is not current when the old one is back."""
    desk.sync(("a/summary", SENTENCE))
    desk.translate("a/summary", SENTENCE, "En dos semanas.")
    desk.sync(("a/summary", CHANGED))
    file = polib.pofile(desk.path.read_text("utf-8") + "\n")
    file[0].msgstr = "En tres semanas."
    desk.path.write_text(f"{file}\n", encoding="utf-8")
    desk.sync(("a/summary", SENTENCE))
    entry = desk.entry("a/summary", SENTENCE)
    assert (entry.msgstr, entry.fuzzy) == ("En tres semanas.", True)


def test_a_leftover_previous_source_does_not_make_it_fuzzy(desk: Desk) -> None:
    """A tool that only takes the mark away, and leaves the previous source, has done enough."""
    desk.sync(("a/summary", SENTENCE))
    desk.translate("a/summary", SENTENCE, "En dos semanas.")
    desk.sync(("a/summary", CHANGED))
    file = polib.pofile(desk.path.read_text("utf-8") + "\n")
    file[0].msgstr, file[0].fuzzy = "En tres semanas.", False
    desk.path.write_text(f"{file}\n", encoding="utf-8")
    assert desk.sync(("a/summary", CHANGED)).current == 1
    assert desk.entry("a/summary", CHANGED).msgstr == "En tres semanas."


def test_paragraphs_of_one_field_keep_their_own(desk: Desk) -> None:
    """A changed paragraph makes only its own entry stale, and a new order makes none."""
    desk.sync(("a/what", SENTENCE), ("a/what", OTHER))
    desk.translate("a/what", SENTENCE, "En dos semanas.")
    desk.translate("a/what", OTHER, "Venga con alguien.")
    assert desk.sync(("a/what", OTHER), ("a/what", SENTENCE)).current == 2
    done = desk.sync(("a/what", OTHER), ("a/what", CHANGED))
    assert (done.current, done.stale) == (1, 1)
    assert desk.entry("a/what", CHANGED).previous_msgid == SENTENCE


def test_what_a_translators_tool_wrote_stays(desk: Desk) -> None:
    """The names of translators and the comment at the top of a file are not lost."""
    desk.sync(("a/summary", SENTENCE))
    file = polib.pofile(desk.path.read_text("utf-8") + "\n")
    file.header = "Translated in the evenings."
    file.metadata["Last-Translator"] = "Ana <ana@mill-road.example>"
    desk.path.write_text(f"{file}\n", encoding="utf-8")
    desk.sync(("a/summary", SENTENCE))
    after = polib.pofile(desk.path.read_text("utf-8") + "\n")
    assert after.header == "Translated in the evenings."
    assert after.metadata["Last-Translator"] == "Ana <ana@mill-road.example>"


def test_a_file_is_never_half_written(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the disk is full, the file of the translator is as it was."""
    desk.sync(("a/summary", SENTENCE))
    before = desk.path.read_bytes()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_text", full)
        with pytest.raises(OSError, match="No space"):
            desk.sync(("a/summary", CHANGED))
    assert desk.path.read_bytes() == before


def test_what_is_written_is_read(desk: Desk) -> None:
    """The reader of catalogs publishes what is current and takes a fuzzy one for stale."""
    desk.sync(("a/summary", SENTENCE), ("a/next", OTHER))
    desk.translate("a/summary", SENTENCE, "En dos semanas.")
    desk.translate("a/next", OTHER, "Venga con alguien.")
    desk.sync(("a/summary", CHANGED), ("a/next", OTHER))
    problems = Diagnostics()
    entries = catalog(desk.root, "pathways/locales", "es", problems).entries
    assert problems.sorted() == ()
    assert entries["sleep/a/next", OTHER].stale is False
    assert entries["sleep/a/summary", CHANGED].stale is True
    assert ("sleep/a/summary", SENTENCE) not in entries


def test_the_samples_are_in_step_with_their_catalogs(tmp_path: Path) -> None:
    """`stepwell translate sync` has been run for the sample pathways: it would change no entry."""
    locales = ROOT / "pathways" / "locales"
    shutil.copytree(locales, tmp_path / "pathways" / "locales")
    read = loaded(ROOT)
    tags = [tag for tag in read.languages if tag != read.source_language]
    synced(read, tmp_path, *tags)
    assert _rows(tmp_path / "pathways" / "locales") == _rows(locales)


def _rows(locales: Path) -> dict[str, list[tuple[str, str, str, bool, bool]]]:
    """What each file says; line numbers may be behind."""
    return {
        path.relative_to(locales).as_posix(): [
            (entry.msgctxt, entry.msgid, entry.msgstr, entry.fuzzy, bool(entry.obsolete))
            for entry in polib.pofile(path.read_text("utf-8") + "\n")
        ]
        for path in sorted(locales.rglob("*.po"))
    }


# Any sequence of edits

CONTEXTS = ("a/summary", "a/what", "b/summary")
WORDS = (
    "You",
    "meet",
    "your",
    "doctor",
    "within",
    "two",
    "weeks",
    "3*4",
    "`x`",
    "مرحبا",
    "\\n",
    '"',
)
similar = st.lists(st.sampled_from(WORDS), min_size=3, max_size=8).map(" ".join)
strange = st.text(
    st.characters(exclude_categories=("Cc", "Co", "Cn", "Cs", "Zl", "Zp")), min_size=1, max_size=160
).filter(
    lambda text: (
        len(Text(text).blocks()) == 1 and Text(text).blocks()[0][1] != "" and not refused(text)
    )
)
sources = similar | strange
states = st.lists(st.tuples(st.sampled_from(CONTEXTS), sources), max_size=5)
turns = st.lists(st.tuples(states, st.sampled_from(("edit", "finish", "doubt"))), max_size=6)


def _blocks(state: Blocks) -> set[tuple[str, str]]:
    return {(f"sleep/{context}", Text(text).blocks()[0][1]) for context, text in state}


class Translator:
    """Fills in a file, and remembers what was written and what was wiped out on purpose."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.count = 0
        self.final: dict[tuple[str, str], str] = {}
        self.alive: set[tuple[str, str]] = set()

    def work(self, how: str) -> None:
        """Translate what is missing; `finish` also mends what is fuzzy, `doubt` marks all."""
        file = polib.pofile(self.desk.path.read_text("utf-8") + "\n")
        for entry in (entry for entry in file if not entry.obsolete):
            if how != "edit" and entry.fuzzy:
                self.alive.discard((entry.msgctxt, entry.msgstr))
                entry.msgstr = ""
            if not entry.msgstr:
                self.count += 1
                entry.msgstr = f"{self.count} «{entry.msgid}»"
                entry.fuzzy, entry.previous_msgid = False, None
                self.alive.add((entry.msgctxt, entry.msgstr))
                self.final[entry.msgctxt, entry.msgid] = entry.msgstr
            entry.fuzzy = entry.fuzzy or how == "doubt"
        self.desk.path.write_text(f"{file}\n", encoding="utf-8")


@settings(max_examples=60, deadline=None)
@given(turns=turns)
def test_a_translation_survives_any_edits(turns: list[tuple[Blocks, str]]) -> None:
    """Nothing a translator wrote is lost, moves to another context or speaks for another text."""
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(empty(), Path(folder))
        translator = Translator(desk)
        for state, how in turns:
            desk.sync(*state)
            entries = desk.entries()
            live = [entry for entry in entries if not entry.obsolete]
            assert {(entry.msgctxt, entry.msgid) for entry in live} == _blocks(state)
            assert translator.alive <= {(entry.msgctxt, entry.msgstr) for entry in entries}
            for entry in live:
                if entry.msgstr and not entry.fuzzy:
                    assert translator.final[entry.msgctxt, entry.msgid] == entry.msgstr
            translator.work(how)


@settings(max_examples=60, deadline=None)
@given(turns=turns)
def test_sync_twice_changes_nothing(turns: list[tuple[Blocks, str]]) -> None:
    """After a sync the file is what a second one writes, whatever was done before."""
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(empty(), Path(folder))
        translator = Translator(desk)
        for state, how in turns:
            first = desk.sync(*state)
            once = desk.path.read_bytes()
            assert desk.sync(*state) == first
            assert desk.path.read_bytes() == once
            translator.work(how)
