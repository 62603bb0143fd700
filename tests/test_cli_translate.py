"""The commands for translators, as those use them who translate and who run a translation."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import polib
import pytest

from stepwell import exchange, po, xliff
from stepwell.po import Catalog, Message
from tests.conftest import ROOT
from tests.test_cli import run
from tests.test_translating import _put, clinic, entry, stamps, synced, translate

__all__ = ["clinic"]  # a fixture
WIDTH = 90
WHAT = "sleep/tiers/advice/for-patients/what"
SAID = {
    "tiers_advice_summary": "Recibe consejo.",
    "tiers_advice_setting": "En la consulta",
    "tiers_advice_for_patients_if_worse": "Llame al {phone:crisis}.",
    "tiers_advice_for_patients_what_happens": "Habla con su {role:gp}.",
}


def project(root: Path, *arguments: str, ends: int = 0) -> str:
    """What a command says in a project, to people and on its output, when it ended as expected."""
    result = run("-C", str(root), "translate", *arguments)
    assert result.exit_code == ends, result.output
    return result.output


@pytest.fixture
def begun(clinic: Path) -> Path:
    """The clinic with catalogs, and some of it translated into Spanish."""
    synced(clinic)
    translate(clinic, "es", "sleep", **SAID)
    return clinic


def complete(root: Path, language: str) -> None:
    """Give every entry of a language a translation: its source."""
    for file in (root / "pathways/locales" / language).glob("*.po"):
        catalog = po.read(file.read_text("utf-8"))
        done = tuple(m._replace(translation=m.translation or m.source) for m in catalog.messages)
        file.write_text(po.written(Catalog(done, catalog.fields)), encoding="utf-8")


# How far it is


def rows(told: str, language: str) -> dict[str, list[str]]:
    """Name of a row -> its figures, in the table of a language."""
    block = told.partition(f"{language}  ")[2].partition("\n\n")[0]
    found = (re.split(r"\s{2,}", line.strip()) for line in block.splitlines()[2:])
    return {row[0]: row[1:] for row in found if len(row) > 3}


def test_status_counts_words_by_language_part_class_and_readers(begun: Path) -> None:
    """Words done, stale and missing are told for each file, for readers and for classes."""
    told = project(begun, "status")
    assert max(map(len, told.splitlines())) <= WIDTH
    spanish = rows(told, "es")
    assert list(spanish) == [
        "shared",
        "sleep",
        "for patients and families",
        "for clinicians",
        "all",
    ]
    words, done, stale, missing = spanish["sleep"][:4]
    translated = sum(len(entry(begun, "es", "sleep", c).msgid.split()) for c in _contexts(begun))
    assert int(words) - int(missing) == translated
    assert done == f"{100 * translated // int(words)}%"
    assert (stale, rows(told, "uk")["sleep"][1]) == ("0", "0%")
    assert int(spanish["all"][0]) == int(words) + int(spanish["shared"][0])
    assert "Español" in told
    assert "Українська" in told


def _contexts(root: Path) -> list[str]:
    file = polib.pofile(str(root / "pathways/locales/es/sleep.po"))
    return [one.msgctxt for one in file if one.msgstr]


def test_status_knows_what_is_stale(begun: Path) -> None:
    """A changed sentence is missing until the files are brought up to date, and then stale."""
    _put(
        begun / "pathways/sleep/pathway.yaml", "summary: You get advice.", "summary: You get help."
    )
    assert rows(project(begun, "status"), "es")["sleep"][2] == "0"
    synced(begun)
    assert rows(project(begun, "status"), "es")["sleep"][2] == "3"


def test_status_as_json_has_the_same_figures(begun: Path) -> None:
    """Programs get each language with its review, its rows and what is withheld."""
    told = json.loads(project(begun, "status", "--format", "json"))
    assert told["source"] == "en"
    spanish, ukrainian = told["languages"]
    assert (spanish["language"], spanish["name"], spanish["review"]) == ("es", "Español", None)
    assert spanish["readers"] == ["patients", "clinicians"]
    for row in spanish["rows"]:
        assert set(row) == {"part", "class", "readers", "words", "entries"}
        assert set(row["words"]) == set(row["entries"]) == {"done", "stale", "missing"}
    total = sum(sum(row["words"].values()) for row in spanish["rows"])
    shown = rows(project(begun, "status"), "es")["all"][0]
    assert f"{total:,}" == shown
    assert total == sum(sum(row["words"].values()) for row in ukrainian["rows"])
    assert spanish["withheld"][0]["path"].startswith("es/")


def test_status_tells_what_is_withheld_now(begun: Path) -> None:
    """What lacks a safety text is counted, named with -v, and gone once the text is translated."""
    told = project(begun, "status", "--lang", "es")
    assert re.search(r"Withheld, for want of a safety text: \d+ pages and \d+ documents", told)
    assert "es/sleep/red-flags.html" not in told
    assert "es/sleep/red-flags.html" in project(begun, "status", "--lang", "es", "-v")
    complete(begun, "es")
    assert "Nothing is withheld." in project(begun, "status", "--lang", "es")
    finding = "sleep/red-flags/driving/finding"
    path = begun / "pathways/locales/es/sleep.po"
    file = polib.pofile(str(path))
    next(one for one in file if one.msgctxt == finding).msgstr = ""
    file.save(str(path))
    told = project(begun, "status", "--lang", "es", "-v")
    assert "es/sleep/red-flags.html" in told
    assert "es/glossary.html" not in told


def test_status_tells_the_review(begun: Path) -> None:
    """A translation is a draft until site.yaml names who reviewed it and when."""
    with (begun / "pathways/site.yaml").open("a", encoding="utf-8") as file:
        file.write("translations:\n  - {language: es, translated: 2026-10-01}\n"
                   "  - {language: uk, translated: 2026-10-01, reviewed: 2026-11-02,"
                   " reviewer: a psychiatrist}\n")  # fmt: skip
    told = project(begun, "status")
    assert "Español (draft of 2026-10-01, not reviewed)" in told
    assert "Українська (reviewed by a psychiatrist, 2026-11-02)" in told
    found = json.loads(project(begun, "status", "--format", "json"))["languages"][1]["review"]
    assert found == {
        "translated": "2026-10-01", "reviewed": "2026-11-02", "reviewer": "a psychiatrist",
    }  # fmt: skip


def test_status_counts_only_who_is_served(begun: Path) -> None:
    """In a language for patients only, what clinicians read is no work to be done."""
    _put(begun / "pathways/site.yaml", "[en, es, uk]", "[en, es, uk], for-patients-only: [uk]")
    told = project(begun, "status")
    assert "for clinicians" in rows(told, "es")
    assert "for clinicians" not in rows(told, "uk")
    assert "for patients and families only" in told


def test_status_of_a_project_with_errors_tells_what_it_can(begun: Path) -> None:
    """Where something else is wrong, words are counted; what is withheld can't be told."""
    _put(begun / "pathways/sleep/pathway.yaml", "owner: gp", "owner: gpp")
    told = project(begun, "status", "--lang", "es")
    assert "can't be told while there are errors" in told
    assert (
        json.loads(project(begun, "status", "--format", "json"))["languages"][0]["withheld"] is None
    )


def test_status_of_one_pathway(begun: Path) -> None:
    """Only the pathway that is named is told, beside what pathways share."""
    shutil.copytree(begun / "pathways/sleep", begun / "pathways/rest")
    assert set(rows(project(begun, "status"), "es")) > {"rest", "sleep"}
    assert "rest" not in rows(project(begun, "status", "--pathway", "sleep"), "es")


# A new language


def test_a_language_is_prepared(clinic: Path) -> None:
    """Its catalogs are written, what there is for it is told, and what the editor does next."""
    before = (clinic / "pathways/site.yaml").read_bytes()
    told = project(clinic, "add", "ar")
    assert {file.name for file in (clinic / "pathways/locales/ar").iterdir()} == {
        "shared.po", "sleep.po",
    }  # fmt: skip
    for part in ("العربية", "right to left", "nplurals=6", "IBM Plex Sans Arabic",
                 "published: [en, es, uk, ar]", "- language: ar", "counts as a draft"):  # fmt: skip
        assert part in told
    assert re.search(r"sleep\.po: 0 current, 0 stale, \d+ missing", told)
    assert (clinic / "pathways/site.yaml").read_bytes() == before


def test_what_a_language_lacks_is_told(clinic: Path) -> None:
    """A language without interface words or fonts is prepared all the same, with that said."""
    told = project(clinic, "add", "ta")
    assert re.search(r"words +\d+ of the toolkit's own words are missing", told)
    assert "no font is known for the language 'ta'" in told
    assert (clinic / "pathways/locales/ta/sleep.po").is_file()


def test_a_language_that_is_published_keeps_its_work(begun: Path) -> None:
    """To add a language again changes nothing."""
    before = stamps(begun)
    assert "already published" in project(begun, "add", "es")
    assert stamps(begun) == before


@pytest.mark.parametrize(
    ("typed", "tag"), [("zh-Hans", "zh"), ("ZH_cn", "zh"), ("UK", "uk"), ("pt_br", "pt-BR")]
)
def test_a_tag_is_brought_into_its_usual_form(clinic: Path, typed: str, tag: str) -> None:
    """However a tag is typed, the folder has its usual name, and that is said."""
    assert f"'{typed}' is called '{tag}' here." in project(clinic, "add", typed)
    assert (clinic / "pathways/locales" / tag).is_dir()


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("ukranian", "did you mean 'uk' (Ukrainian)"),
        ("xx", "there is no language 'xx'"),
        ("../ar", "there is no language"),
        ("en", "the language that the YAML is written in"),
        ("en-GB-oxendict", "en-GB"),
    ],
)
def test_no_language_is_added_that_is_none(clinic: Path, typed: str, hint: str) -> None:
    """A misspelt tag is a wrong use; those that are near are named, and nothing is written."""
    if typed == "en-GB-oxendict":
        assert hint in project(clinic, "add", typed)
        return
    assert hint in project(clinic, "add", typed, ends=2)
    assert not (clinic / "pathways/locales").exists()


# To translators elsewhere and back


@pytest.mark.parametrize("format", ["po", "xliff"])
def test_what_is_exported_can_be_imported(begun: Path, tmp_path: Path, format: str) -> None:
    """All that goes out comes in again, into catalogs that know nothing of it."""
    file = tmp_path / "es.out"
    before = stamps(begun)
    assert "Wrote" in project(begun, "export", "es", "--format", format, "--out", str(file))
    shutil.rmtree(begun / "pathways/locales/es")
    told = project(begun, "import", "es", str(file))
    assert re.search(rf"taken +{len(SAID)}\n", told)
    project(begun, "sync")
    assert {n: text for n, (_, text) in stamps(begun).items()} == {
        n: text for n, (_, text) in before.items()
    }


def test_real_translations_go_out_and_come_in(tmp_path: Path) -> None:
    """Of the sample pathways in Arabic every translation is the same after XLIFF and PO."""
    shutil.copytree(ROOT / "pathways", tmp_path / "pathways")
    for format in ("xliff", "po"):
        file = tmp_path / f"ar.{format}"
        project(tmp_path, "export", "ar", "--format", format, "--out", str(file))
        told = project(tmp_path, "import", "ar", str(file), "--dry-run")
        assert re.search(r"taken +0\n", told)
        assert re.search(r"unchanged +2\d\d\d\n", told)
        assert re.search(r"not in the content +0\n", told)


def test_only_what_is_wanted_goes_out(begun: Path) -> None:
    """The entries can be narrowed to states and readers; without --out they are printed."""

    def contexts(*arguments: str) -> set[str]:
        text = run("-C", str(begun), "translate", "export", "es", *arguments).stdout
        return {message.context for message in po.read(text).messages}

    changed = "summary: You get advice.", "summary: You get help."
    _put(begun / "pathways/sleep/pathway.yaml", *changed)
    done, stale = contexts("--only", "done"), contexts("--only", "stale")
    assert stale == {"sleep/tiers/advice/summary"}
    assert done == set(_contexts(begun)) - stale
    missing = contexts("--only", "missing")
    assert contexts("--only", "missing,stale") == missing | stale
    assert contexts() == missing | stale | done
    clinical = contexts("--readers", "clinicians")
    assert "sleep/for-clinicians" in clinical
    assert contexts("--readers", "patients") == contexts() - clinical


def test_a_stale_translation_goes_out_with_its_state(begun: Path, tmp_path: Path) -> None:
    """Translators see that it is not finished, and it comes back as not finished."""
    _put(
        begun / "pathways/sleep/pathway.yaml", "summary: You get advice.", "summary: You get help."
    )
    file = tmp_path / "es.xlf"
    project(begun, "export", "es", "--only", "stale", "--format", "xliff", "--out", str(file))
    (found,) = xliff.read(file.read_text("utf-8")).messages
    assert (found.source, found.translation, found.fuzzy) == (
        "You get help.",
        "Recibe consejo.",
        True,
    )
    assert re.search(r"not finished +1\n", project(begun, "import", "es", str(file)))


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["export", "fr"], "stepwell translate add fr"),
        (["export", "en"], "the language that the YAML is written in"),
        (["export", "es", "--only", "mising"], "'mising' is none of missing, stale, done"),
        (["export", "es", "--format", "csv"], "'po', 'xliff'"),
        (["import", "fr", "x.po"], "stepwell translate add fr"),
        (["sync", "--lang", "fr"], "There is no language 'fr'"),
        (["status", "--pathway", "slepp"], "did you mean 'sleep'?"),
    ],
)
def test_a_wrong_use_is_told(begun: Path, arguments: list[str], hint: str) -> None:
    """A language, state or format that is not there is a wrong use, with what there is."""
    before = stamps(begun)
    assert hint in project(begun, *arguments, ends=2)
    assert stamps(begun) == before


# What may come in


def incoming(path: Path, *messages: Message, language: str = "es") -> str:
    """A PO file from elsewhere."""
    text = po.written(Catalog(messages, {"Language": language} if language else {}))
    path.write_text(text, encoding="utf-8")
    return str(path)


PURPOSE = Message(
    "sleep/tiers/advice/for-clinicians/purpose", "Give advice early.", "Aconsejar pronto."
)
NEXT = Message(
    "sleep/tiers/advice/for-patients/if-worse", "Call {phone:crisis}.", "Llame a {phone:gp}."
)


def test_a_good_translation_is_taken_and_a_faulty_one_is_not(begun: Path, tmp_path: Path) -> None:
    """What lost a placeholder stays out and is told with file and line; the rest comes in."""
    file = incoming(tmp_path / "es.po", PURPOSE, NEXT)
    told = project(begun, "import", "es", file, ends=1)
    assert re.search(r"taken +1\n", told)
    assert re.search(r"refused +1\n", told)
    assert f"{file}:9:1: error[SW502]" in told
    assert entry(begun, "es", "sleep", PURPOSE.context).msgstr == "Aconsejar pronto."
    assert entry(begun, "es", "sleep", NEXT.context).msgstr == "Llame al {phone:crisis}."


@pytest.mark.parametrize(
    "translation",
    [
        "Dar consejo {pronto}.", "Dar 20 consejos.", "Дати пораду.", "نصيحة مبكرة.",
        "Dar (consejo.", "Dar consejo\u202e.", "Dar\u0007 consejo.", "Dar \ufeffconsejo.",
    ],
    ids=["brace", "number", "cyrillic", "arabic", "bracket", "direction", "bell", "mark"],
)  # fmt: skip
def test_what_a_check_would_find_stays_out(begun: Path, tmp_path: Path, translation: str) -> None:
    """What would fail a check of translations is refused, in whatever format it hides."""
    before = stamps(begun)
    message = PURPOSE._replace(translation=translation.replace("\u0007", "").replace("\ufeff", ""))
    text = xliff.written([message], "en", "es")
    hidden = "".join(f"&#x{ord(sign):x};" if ord(sign) > 0x1F else sign for sign in translation)
    path = tmp_path / "es.xlf"
    path.write_text(text.replace(message.translation, hidden), encoding="utf-8")
    told = project(begun, "import", "es", str(path), ends=1)
    assert "SW" in told
    assert stamps(begun) == before


def test_what_has_no_place_is_counted(begun: Path, tmp_path: Path) -> None:
    """Unknown contexts, changed sources, unfinished and unchanged entries are told apart."""
    file = incoming(
        tmp_path / "es.po",
        Message("../../../etc/passwd", "Advice", "Consejo"),
        Message("sleep/tiers/gone/summary", "Advice", "Consejo"),
        Message("sleep/tiers/advice/summary", "You get good advice.", "Recibe un buen consejo."),
        Message("sleep/tiers/advice/setting", "At the practice", "En la consulta"),
        PURPOSE._replace(fuzzy=True),
        Message("sleep/title", "Sleep", ""),
        Message("sleep/short", "Sleep", "Dormir", obsolete=True),
    )
    before = stamps(begun)
    told = project(begun, "import", "es", file, "-v")
    for name, count in (("taken", 0), ("unchanged", 1), ("not finished", 2),
                        ("source has changed", 1), ("not in the content", 2)):  # fmt: skip
        assert re.search(rf"{name} +{count}\n", told)
    assert "'../../../etc/passwd'" in told
    assert stamps(begun) == before


def test_a_dry_run_shows_what_would_be_replaced(begun: Path, tmp_path: Path) -> None:
    """Nothing is written; each translation that would be replaced is shown, old and new."""
    with (begun / "pathways/site.yaml").open("a", encoding="utf-8") as file:
        file.write(
            "translations:\n  - {language: es, translated: 2026-10-01, reviewed: 2026-11-02}\n"
        )
    new = Message("sleep/tiers/advice/setting", "At the practice", "En el consultorio")
    path = incoming(tmp_path / "es.po", new, PURPOSE)
    before = stamps(begun)
    told = project(begun, "import", "es", path, "--dry-run")
    assert "was: En la consulta" in told
    assert "now: En el consultorio" in told
    assert re.search(r"in place of another +1\n", told)
    assert "Nothing was written" in told
    assert "reviewed on 2026-11-02" in told
    assert stamps(begun) == before
    project(begun, "import", "es", path)
    assert entry(begun, "es", "sleep", new.context).msgstr == "En el consultorio"


def test_a_stale_translation_is_made_current(begun: Path, tmp_path: Path) -> None:
    """What comes in for the new source takes the mark away, and the comments of people stay."""
    path = begun / "pathways/locales/es/sleep.po"
    file = polib.pofile(str(path))
    for one in file:
        one.tcomment = "Ana: ask the nurse."
    file.save(str(path))
    _put(
        begun / "pathways/sleep/pathway.yaml", "summary: You get advice.", "summary: You get help."
    )
    new = Message("sleep/tiers/advice/summary", "You get help.", "Recibe ayuda.")
    project(begun, "import", "es", incoming(tmp_path / "es.po", new))
    found = entry(begun, "es", "sleep", new.context)
    assert (found.msgstr, found.fuzzy, found.previous_msgid) == ("Recibe ayuda.", False, None)
    assert found.tcomment == "Ana: ask the nurse."


def test_two_translations_of_one_text_are_refused(begun: Path, tmp_path: Path) -> None:
    """A file that gives two is told so; nobody chooses for its author."""
    other = PURPOSE._replace(translation="Dar consejo pronto.")
    told = project(begun, "import", "es", incoming(tmp_path / "es.po", PURPOSE, other), ends=1)
    assert "error[SW522]" in told
    assert entry(begun, "es", "sleep", PURPOSE.context).msgstr == ""


def test_a_file_in_another_language_is_refused(begun: Path, tmp_path: Path) -> None:
    """A file that says it is in Ukrainian is not read as Spanish; one that says nothing is."""
    told = project(
        begun, "import", "es", incoming(tmp_path / "x.po", PURPOSE, language="uk"), ends=1
    )
    assert "says that it is in 'uk', not in 'es'" in told
    quiet = incoming(tmp_path / "y.po", PURPOSE, language="")
    assert re.search(r"taken +1\n", project(begun, "import", "es", quiet))


BOMB = "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]><xliff>&b;</xliff>"


@pytest.mark.parametrize(
    ("content", "hint"),
    [
        (b"no catalog at all", "SW501"),
        (b'msgid "a"\nmsgstr "b"\n<<<<<<< ours\n', "es.x:3:1: error[SW501]"),
        (BOMB.encode(), "DOCTYPE"),
        (b"<!DOCTYPE x SYSTEM 'file:///etc/passwd'><xliff/>", "DOCTYPE"),
        (BOMB.encode("utf-16"), "SW101"),
        (b"\xff\xfe\x00", "SW101"),
        (b"<xliff version='1.2'><file>", "SW501"),
        ("msgid \"a\"\nmsgstr \"\u202eb\"\n".encode(), "SW103"),
        (b"", "SW501"),
    ],
    ids=["text", "conflict", "bomb", "entity", "bomb-in-utf-16", "binary", "cut", "direction",
         "empty"],
)  # fmt: skip
def test_a_file_that_is_broken_or_hostile_changes_nothing(
    begun: Path, tmp_path: Path, content: bytes, hint: str
) -> None:
    """Nothing is written for a file that can't be read as a whole; its fault is told."""
    path = tmp_path / "es.x"
    path.write_bytes(content)
    before = stamps(begun)
    told = project(begun, "import", "es", str(path), ends=1)
    assert hint in told
    assert stamps(begun) == before


def test_a_file_that_is_too_large_is_not_read(
    begun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is a limit to what is read from elsewhere."""
    monkeypatch.setattr(exchange, "MOST", 1 << 20)
    path = tmp_path / "es.po"
    path.write_bytes(b'msgid ""\nmsgstr ""\n' + b"# x\n" * (1 << 18))
    assert "larger than 1 MiB" in project(begun, "import", "es", str(path), ends=1)


@pytest.mark.parametrize("name", ["gone.po", "folder"])
def test_what_is_no_file_is_told(begun: Path, tmp_path: Path, name: str) -> None:
    """A name without a file behind it ends with 1 and says so."""
    (tmp_path / "folder").mkdir()
    assert "is not a file" in project(begun, "import", "es", str(tmp_path / name), ends=1)


def test_without_the_extra_a_remedy_is_told(begun: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """XLIFF needs an extra; where it is missing, the command says how to get it."""
    monkeypatch.setitem(__import__("sys").modules, "translate.storage.xliff", None)
    told = project(begun, "export", "es", "--format", "xliff", ends=1)
    assert "pip install 'stepwell[xliff]'" in told
