"""Translations keep their placeholders; what is missing or stale is counted by its class."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from stepwell import pipeline

Checked = Callable[[Path], pipeline.Run]
HEAD = 'msgid ""\nmsgstr ""\n"Language: es\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'


@pytest.fixture
def translated(small: Path, checked: Checked) -> Callable[..., dict[str, list[str]]]:
    """Code -> messages about a translation of one text into Spanish."""
    site = small / "pathways" / "site.yaml"
    site.write_text(site.read_text("utf-8").replace("published: [en]", "published: [en, es]"))

    def run(context: str, source: str, text: str, flags: str = "") -> dict[str, list[str]]:
        file = small / "pathways" / "locales" / "es" / "sleep.po"
        file.parent.mkdir(parents=True, exist_ok=True)
        entry = f'\n{flags}msgctxt "{context}"\nmsgid "{source}"\nmsgstr "{text}"\n'
        file.write_text(HEAD + entry, encoding="utf-8")
        found: dict[str, list[str]] = {}
        for one in checked(small).diagnostics.sorted():
            found.setdefault(one.code, []).append(one.message)
        return found

    return run


WAIT = ("sleep/tiers/treatment/for-patients/what-happens",
        "You meet your {role:gp} within {wait:treatment/first}.")  # fmt: skip


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("Ve a su {role:gp} antes de {wait:treatment/first}.", 0),
        ("Antes de {wait:treatment/first} ve a su {role:gp}.", 0),
        ("Ve a su {role:gp}.", 1),
        ("Ve a su {role:gp} {role:gp} antes de {wait:treatment/first}.", 1),
        ("Ve a su {role:nurse} antes de {wait:treatment/first}.", 2),
        ("Ve a su {rol:gp} antes de {wait:treatment/first}.", 2),
        ("Ve a su {role:gp} antes de {wait:treatment/first.", 2),
        ("Ve a su {role:gp} antes de {wait:treatment/first} y {x}.", 1),
    ],
)
def test_a_translation_keeps_every_placeholder(
    translated: Callable[..., dict[str, list[str]]], text: str, problems: int
) -> None:
    """Placeholders may change their order, never their number or name."""
    assert len(translated(*WAIT, text).get("SW502", [])) == problems


def test_a_stale_translation_counts_as_missing(
    translated: Callable[..., dict[str, list[str]]],
) -> None:
    """A fuzzy entry is not published, so it is counted; a current one is not."""
    context, source = "sleep/red-flags/driving/action", "Tell them not to drive."
    current = translated(context, source, "Dígales que no conduzcan.")["SW504"]
    stale = translated(context, source, "Dígales que no conduzcan.", "#, fuzzy\n")["SW504"]
    assert "es: 13 safety texts of 'sleep' have no translation" in current
    assert "es: 14 safety texts of 'sleep' have no translation" in stale


def test_a_translation_of_another_place_is_not_used(
    translated: Callable[..., dict[str, list[str]]],
) -> None:
    """Neither the sentence with another context counts, nor another sentence in its context."""
    for context, source in (
        ("sleep/red-flags/other/action", "Tell them not to drive."),
        ("sleep/red-flags/driving/action", "Tell them not to ride."),
    ):
        found = translated(context, source, "Dígales que no conduzcan.")
        assert "es: 14 safety texts of 'sleep' have no translation" in found["SW504"]


def test_a_language_without_words_of_the_toolkit_is_refused(small: Path, checked: Checked) -> None:
    """Only languages that the toolkit speaks can be published."""
    site = small / "pathways" / "site.yaml"
    site.write_text(site.read_text("utf-8").replace("published: [en]", "published: [en, tlh]"))
    assert "SW503" in {found.code for found in checked(small).diagnostics.sorted()}


SOURCE = ("sleep/red-flags/driving/action", "Tell them not to drive.")
WRONG = "Dígales que no no conduzcan."


@pytest.mark.parametrize(
    ("comment", "codes"),
    [
        ("", {"SW521"}),
        ("# no no is a game\n", {"SW521"}),
        ("# allow SW521: no no is a game\n", set()),
        ("# seen by M.\n# allow SW521: no no is a game\n", set()),
        ("# allow SW521\n", {"SW521", "SW525"}),
        ("# allow SW514: a name\n", {"SW521", "SW525"}),
        ("#. allow SW521: what a program wrote\n", {"SW521"}),
    ],
)
def test_a_translator_waives_in_a_comment(
    translated: Callable[..., dict[str, list[str]]], comment: str, codes: set[str]
) -> None:
    """A fault is waived beside the entry, with a reason; a waiver that waives nothing is told."""
    found = set(translated(*SOURCE, WRONG, comment))
    assert found - {"SW504", "SW505"} == codes


def test_a_stale_translation_is_not_judged(
    translated: Callable[..., dict[str, list[str]]],
) -> None:
    """It is not published, so its faults and waivers are not told."""
    found = translated(*SOURCE, WRONG, "# allow SW514: a name\n#, fuzzy\n")
    assert set(found) == {"SW504", "SW505"}


def test_faults_of_translations_do_not_hide_others(
    small: Path, translated: Callable[..., dict[str, list[str]]]
) -> None:
    """A case that fails is told beside a number that differs."""
    cases = small / "pathways" / "sleep" / "cases.yaml"
    cases.write_text(cases.read_text("utf-8").replace("tier: advice", "tier: treatment", 1))
    found = translated(*SOURCE, "Dígales que no conduzcan 5 días.")
    assert {"SW305", "SW507"} <= set(found)


def test_an_entry_stands_once(small: Path, checked: Checked) -> None:
    """The same context and source in two files of a language is an error, told with both places."""
    site = small / "pathways" / "site.yaml"
    site.write_text(site.read_text("utf-8").replace("published: [en]", "published: [en, es]"))
    folder = small / "pathways" / "locales" / "es"
    folder.mkdir(parents=True)
    entry = f'\nmsgctxt "{SOURCE[0]}"\nmsgid "{SOURCE[1]}"\nmsgstr "Dígales que no conduzcan."\n'
    for name in ("a", "b"):
        (folder / f"{name}.po").write_text(HEAD + entry, encoding="utf-8")
    found = [one for one in checked(small).diagnostics.sorted() if one.code == "SW522"]
    assert [one.span.path for one in found] == ["pathways/locales/es/b.po"]
    assert found[0].related[0][0].path == "pathways/locales/es/a.po"
