"""`translate sync` over a whole project: what translators are told, and which files it touches."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polib
import pytest

from stepwell import po, translating
from stepwell.po import Catalog, Message
from stepwell.translating import Job, Told, sync

GLOSSARY = """
glossary:
  - id: sleep-diary
    term: sleep diary
    plain: a sheet about your nights
    meaning: You note how you slept.
    avoid: sleep log; night book
"""
DIARY = (
    "Keep a sleep diary. Show your {role:gp} after {quantity:look-again}, or call {phone:crisis}."
)
Sync = Callable[..., Told]


@pytest.fixture
def clinic(small: Path) -> Path:
    """The small project in English, Spanish and Ukrainian, with a glossary and a quantity."""
    _put(small / "pathways/site.yaml", "published: [en]", "published: [en, es, uk]")
    with (small / "pathways/vocabulary/all.yaml").open("a", encoding="utf-8") as file:
        file.write(GLOSSARY)
    pathway = small / "pathways/sleep/pathway.yaml"
    _put(pathway, "      what: A talk and a sheet.\n", f"      what: '{DIARY}'\n")
    _put(
        pathway,
        "measures:\n",
        "quantities:\n  look-again: {value: 2 weeks, source: local}\nmeasures:\n",
    )
    return small


def _put(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


def synced(root: Path, *languages: str) -> Told:
    """Bring the files up to date, and say what came of it."""
    told = Told()
    told.synced += sync(Job(root, "pathways", languages), told)
    return told


def entry(root: Path, language: str, file: str, context: str) -> polib.POEntry:
    """The entry of a context, as a tool of translators sees it."""
    path = root / "pathways/locales" / language / f"{file}.po"
    return next(one for one in polib.pofile(str(path)) if one.msgctxt == context)


def translate(root: Path, language: str, file: str, **said: str) -> None:
    """Put translations into a file: end of a context (with _ for / and -) -> text."""
    path = root / "pathways/locales" / language / f"{file}.po"
    catalog = po.read(path.read_text("utf-8"))
    done = tuple(
        message._replace(translation=text)
        for message in catalog.messages
        for text in [_chosen(message, said)]
    )
    path.write_text(po.written(Catalog(done, catalog.fields, catalog.note)), encoding="utf-8")


def _chosen(message: Message, said: dict[str, str]) -> str:
    name = message.context.replace("/", "_").replace("-", "_")
    return next((text for end, text in said.items() if name.endswith(end)), message.translation)


WHAT = "sleep/tiers/advice/for-patients/what"


def test_a_brief_says_who_reads_a_text_and_how_much_it_matters(clinic: Path) -> None:
    """Each entry tells its readers and, in plain words, its safety class."""
    synced(clinic)
    assert entry(clinic, "es", "sleep", "sleep/red-flags/driving/finding").comment == (
        "Safety text, for patients and families: a mistake here can hurt somebody."
    )
    purpose = entry(clinic, "es", "sleep", "sleep/tiers/advice/for-clinicians/purpose")
    assert purpose.comment.endswith(", for clinicians.")
    assert entry(clinic, "es", "shared", "site/tagline").comment == (
        "General text, for patients and families."
    )


def test_a_brief_says_what_placeholders_stand_for(clinic: Path) -> None:
    """Each placeholder is told with its words, and with those of the language if it has some."""
    synced(clinic)
    lines = entry(clinic, "es", "sleep", WHAT).comment.splitlines()
    assert lines[1:4] == [
        "{role:gp}: GP", "{quantity:look-again}: 2 weeks", "{phone:crisis}: 020 7946 0100",
    ]  # fmt: skip
    translate(clinic, "es", "shared", roles_gp_title="Médico de familia")
    synced(clinic)
    lines = entry(clinic, "es", "sleep", WHAT).comment.splitlines()
    assert lines[1] == "{role:gp}: GP = Médico de familia"


def test_a_brief_names_the_agreed_words(clinic: Path) -> None:
    """A term of the glossary comes with its agreed translation and with the words to avoid."""
    synced(clinic)
    last = entry(clinic, "es", "sleep", WHAT).comment.splitlines()[-1]
    assert last == "Term: sleep diary (not translated yet)"
    translate(clinic, "es", "shared", sleep_diary_term="diario de sueño",
              sleep_diary_avoid="registro; bitácora")  # fmt: skip
    synced(clinic)
    last = entry(clinic, "es", "sleep", WHAT).comment.splitlines()[-1]
    assert last == "Term: sleep diary = diario de sueño; not: registro; bitácora"
    own = entry(clinic, "es", "shared", "vocabulary/glossary/sleep-diary/term")
    assert "Term:" not in own.comment


def test_a_stale_term_is_not_agreed(clinic: Path) -> None:
    """A translation of a term that is not current is not given as the agreed one."""
    synced(clinic)
    translate(clinic, "es", "shared", sleep_diary_term="diario de sueño")
    _put(clinic / "pathways/vocabulary/all.yaml", "term: sleep diary", "term: sleep diaries")
    _put(clinic / "pathways/sleep/pathway.yaml", "Keep a sleep diary.", "Keep sleep diaries.")
    synced(clinic)
    assert "Term: sleep diaries (not translated yet)" in entry(clinic, "es", "sleep", WHAT).comment


def test_a_word_inside_another_is_no_term(clinic: Path) -> None:
    """A term is found as whole words, in the plural too, and not inside another word."""
    _put(
        clinic / "pathways/sleep/pathway.yaml",
        "Keep a sleep diary.",
        "Asleep diarying? Sleep Diaries.",
    )
    _put(clinic / "pathways/vocabulary/all.yaml", "term: sleep diary", "term: sleep diarie")
    synced(clinic)
    assert "Term: sleep diarie" in entry(clinic, "es", "sleep", WHAT).comment
    _put(clinic / "pathways/sleep/pathway.yaml", " Sleep Diaries.", "")
    synced(clinic)
    assert "Term:" not in entry(clinic, "es", "sleep", WHAT).comment


def test_a_brief_says_how_much_room_there_is(clinic: Path) -> None:
    """A text that print has little room for says so, to people and, as a flag, to tools."""
    synced(clinic)
    short = entry(clinic, "uk", "sleep", "sleep/tiers/advice/short")
    assert "At most 22 letters: there is no more room in print." in short.comment
    assert short.flags == ["max-length:22"]
    assert entry(clinic, "uk", "shared", "vocabulary/roles/gp/short").flags == ["max-length:12"]
    assert entry(clinic, "uk", "sleep", "sleep/title").flags == []


def test_flags_of_tools_stay(clinic: Path) -> None:
    """A flag that a tool of translators set is kept beside ours."""
    synced(clinic)
    path = clinic / "pathways/locales/es/sleep.po"
    catalog = po.read(path.read_text("utf-8"))
    messages = tuple(
        m._replace(translation="Consejo", flags=("read-only", *m.flags)) for m in catalog.messages
    )
    path.write_text(po.written(Catalog(messages, catalog.fields)), encoding="utf-8")
    synced(clinic)
    short = entry(clinic, "es", "sleep", "sleep/tiers/advice/short")
    assert short.flags == ["read-only", "max-length:22"]


def test_an_entry_tells_file_and_line(clinic: Path) -> None:
    """A translator's tool can show where a text was written."""
    synced(clinic)
    line = (clinic / "pathways/sleep/pathway.yaml").read_text("utf-8").splitlines()
    at = next(number for number, text in enumerate(line, 1) if "Keep a sleep diary" in text)
    places = entry(clinic, "es", "sleep", WHAT).occurrences
    assert places == [("pathways/sleep/pathway.yaml", str(at))]


def test_only_one_language_is_asked_for(clinic: Path) -> None:
    """With a language named, the files of the others are not touched."""
    told = synced(clinic, "uk")
    assert {one.path.parent.name for one in told.synced} == {"uk"}
    assert not (clinic / "pathways/locales/es").exists()


def test_texts_of_clinicians_are_not_asked_for_where_they_are_not_served(clinic: Path) -> None:
    """A language for patients only has no entry that only clinicians read; its work stays kept."""
    synced(clinic)
    translate(clinic, "uk", "sleep", for_clinicians_purpose="Порада.")
    _put(clinic / "pathways/site.yaml", "[en, es, uk]", "[en, es, uk], for-patients-only: [uk]")
    synced(clinic)
    purpose = entry(clinic, "uk", "sleep", "sleep/tiers/advice/for-clinicians/purpose")
    assert (bool(purpose.obsolete), purpose.msgstr) == (True, "Порада.")
    assert not entry(clinic, "es", "sleep", "sleep/tiers/advice/for-clinicians/purpose").obsolete


def stamps(root: Path) -> dict[str, tuple[int, bytes]]:
    """When each file was written, and what it says."""
    files = sorted((root / "pathways/locales").rglob("*.po"))
    return {str(f.relative_to(root)): (f.stat().st_mtime_ns, f.read_bytes()) for f in files}


def test_what_says_the_same_is_not_written_again(clinic: Path) -> None:
    """A second run touches no file, and a changed sentence only the files that have it."""
    synced(clinic)
    for file in (clinic / "pathways/locales").rglob("*.po"):
        os.utime(file, (1, 1))
    before = stamps(clinic)
    synced(clinic)
    assert stamps(clinic) == before
    _put(clinic / "pathways/sleep/pathway.yaml", "summary: You get advice.", "summary: Advice.")
    synced(clinic)
    changed = {name for name, stamp in stamps(clinic).items() if stamp != before[name]}
    assert changed == {"pathways/locales/es/sleep.po", "pathways/locales/uk/sleep.po"}


def test_the_lines_of_another_tool_are_left(clinic: Path) -> None:
    """A file whose lines a tool broke elsewhere is not written again for that."""
    synced(clinic)
    translate(
        clinic, "es", "sleep", summary="Dos escalones, y en cada uno de ellos alguien que escucha."
    )
    synced(clinic)
    path = clinic / "pathways/locales/es/sleep.po"
    file = polib.pofile(str(path))
    file.wrapwidth = 79
    other = f"{file}\n"
    path.write_text(other, encoding="utf-8")
    synced(clinic)
    assert path.read_text("utf-8") == other


def test_the_header_of_another_tool_is_left(clinic: Path) -> None:
    """What Weblate writes into a header stays there; a language that is another one does not."""
    synced(clinic)
    path = clinic / "pathways/locales/es/sleep.po"
    catalog = po.read(path.read_text("utf-8"))
    theirs = {"Language": "es_419", "Plural-Forms": "nplurals=3; plural=0;", "X-Generator": "x"}
    path.write_text(po.written(replace(catalog, fields={**catalog.fields, **theirs})))
    synced(clinic)
    found = po.read(path.read_text("utf-8")).fields
    assert {name: found[name] for name in theirs} == theirs
    path.write_text(po.written(replace(catalog, fields={**catalog.fields, "Language": "uk"})))
    synced(clinic)
    assert po.read(path.read_text("utf-8")).fields["Language"] == "es"


def test_a_pathway_that_cannot_be_read_is_left_alone(clinic: Path) -> None:
    """Its files stay as they are, with the problem told; other files are brought up to date."""
    synced(clinic)
    before = stamps(clinic)
    _put(clinic / "pathways/sleep/pathway.yaml", "status: draft", "staus: draft")
    _put(clinic / "pathways/site.yaml", "tagline: Care in steps.", "tagline: Steps.")
    told = synced(clinic)
    assert told.diagnostics.failed
    changed = {name for name, stamp in stamps(clinic).items() if stamp != before[name]}
    assert changed == {"pathways/locales/es/shared.po", "pathways/locales/uk/shared.po"}


def many(root: Path, copies: int) -> None:
    """Give a project more pathways of the same kind."""
    for number in range(copies):
        shutil.copytree(root / "pathways/sleep", root / f"pathways/sleep-{number}")


def test_processes_write_the_same(
    clinic: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Several processes write what one writes, count the same and tell the same problems."""
    many(clinic, 3)
    (clinic / "pathways/sleep-1/pathway.yaml").write_text("title: [", encoding="utf-8")
    other = tmp_path / "other"
    shutil.copytree(clinic, other)
    alone = synced(clinic)
    monkeypatch.setattr(translating, "MANY", 2)
    together = synced(other)
    assert {n: text for n, (_, text) in stamps(clinic).items()} == {
        n: text for n, (_, text) in stamps(other).items()
    }
    assert len(together.synced) == len(alone.synced) == 8
    assert together.diagnostics.sorted() == alone.diagnostics.sorted() != ()


def remembering(root: Path) -> Told:
    """Bring the files up to date, and remember that they are."""
    told = Told()
    told.synced += sync(Job(root, "pathways", (), root / ".stepwell"), told)
    return told


def unread(*_: object) -> None:
    """Stands for the reading of a pathway, which should not be needed."""
    raise AssertionError("the pathway was read")


def test_what_is_known_to_be_up_to_date_is_not_read(
    clinic: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing changed, no pathway is read again, and the counts are the same."""
    first = remembering(clinic)
    with monkeypatch.context() as patch:
        patch.setattr("stepwell.load.load_pathway", unread)
        assert remembering(clinic).synced == first.synced
    shutil.rmtree(clinic / ".stepwell")
    assert remembering(clinic).synced == first.synced


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("sleep/pathway.yaml", "summary: You get advice.", "summary: You get help."),
        ("vocabulary/all.yaml", "term: sleep diary", "term: keep"),
        ("site.yaml", "published: [en, es, uk]", "published: [en, es, uk, fr]"),
        ("site.yaml", "[en, es, uk]", "[en, es, uk], for-patients-only: [uk]"),
        ("locales/es/sleep.po", 'msgstr "Recibe consejo."', 'msgstr "Recibe ayuda."'),
        ("locales/es/shared.po", 'msgstr "diario de sueño"', 'msgstr "agenda de sueño"'),
        ("locales/uk/sleep.po", "#: pathways/sleep/pathway.yaml:1\n", ""),
    ],
)
def test_whatever_changes_is_seen(clinic: Path, file: str, old: str, new: str) -> None:
    """What is remembered never hides a change: the files become what they become without it."""
    remembering(clinic)
    translate(clinic, "es", "sleep", tiers_advice_summary="Recibe consejo.")
    translate(clinic, "es", "shared", sleep_diary_term="diario de sueño")
    remembering(clinic)
    before = stamps(clinic)
    _put(clinic / "pathways" / file, old, new)
    told = remembering(clinic)
    with_memory = {name: text for name, (_, text) in stamps(clinic).items()}
    assert synced(clinic).synced == told.synced
    assert {name: text for name, (_, text) in stamps(clinic).items()} == with_memory
    mended = not new  # what was cut out of a file is put back
    assert (with_memory == {name: text for name, (_, text) in before.items()}) == mended


def test_what_could_not_be_read_is_not_remembered(clinic: Path) -> None:
    """A problem is told each time until it is mended, and a damaged memory is none."""
    remembering(clinic)
    path = clinic / "pathways/locales/es/sleep.po"
    before = path.read_bytes()
    path.write_bytes(before + b"<<<<<<< ours\n")
    assert remembering(clinic).diagnostics.failed
    assert remembering(clinic).diagnostics.failed
    path.write_bytes(before)
    for entry in (clinic / ".stepwell").rglob("*"):
        if entry.is_file():
            entry.write_bytes(b"nonsense")
    assert not remembering(clinic).diagnostics.failed


@pytest.mark.skipif(not shutil.which("msgfmt"), reason="needs GNU gettext; make test installs it")
def test_other_tools_read_what_is_written(clinic: Path) -> None:
    """GNU gettext finds no fault with a file."""
    import subprocess

    synced(clinic)
    translate(clinic, "es", "sleep", summary="Ayuda.", short="Sueño")
    for file in (clinic / "pathways/locales").rglob("*.po"):
        command = ["msgfmt", "--check", "--output-file=/dev/null", str(file)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
