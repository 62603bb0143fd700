"""Parts of the outputs: what they are made from, and that they read nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from stepwell.definitions.project import Definitions, Entry
from stepwell.inputs import Inputs
from stepwell.model import Ask, Part, Told
from stepwell.project import CONTENT, packaged
from stepwell.render import Renderer
from stepwell.render.environment import Templates
from stepwell.resolve import Resolved
from stepwell.source import SourceFile
from stepwell.workshop import Content, Workshop
from stepwell.write.store import Store
from tests.conftest import TODAY

MIND, BODY = "psychiatry-primary-care", "psychosomatic-stepped-care"
ASKS = {
    "en mind": Ask("en", MIND), "ar mind": Ask("ar", MIND), "en body": Ask("en", BODY),
    "ar body": Ask("ar", BODY), "en": Ask("en"), "above": Ask(),
}  # fmt: skip


@pytest.fixture(scope="module")
def templates() -> Templates:
    """Our templates."""
    return Templates((packaged("templates"),))


def inputs(definitions: Definitions, *asked: str) -> Inputs:
    """What definitions are made from."""
    return Inputs.of(definitions, CONTENT, [packaged("templates")], asked)


def touched(before: Inputs, after: Inputs) -> set[str]:
    """The names of the asks whose parts are made from something else."""
    return {name for name, ask in ASKS.items() if before.key(ask) != after.key(ask)}


def with_file(real: Definitions, path: str) -> Definitions:
    """The definitions, and one more letter in a file that they were read from."""
    assert path in real.files
    text = real.files[path].text + " "
    return replace(real, files={**real.files, path: SourceFile.of(path, text)})


def with_entry(real: Definitions, language: str, start: str, **changed: object) -> Definitions:
    """The definitions with another entry of a catalog, whose context begins in some way."""
    catalog = real.catalogs[language]
    key = next(key for key in catalog.entries if key[0].startswith(start))
    entries: Mapping[tuple[str, str], Entry] = {
        **catalog.entries, key: replace(catalog.entries[key], **changed),  # type: ignore[arg-type]
    }  # fmt: skip
    return replace(real, catalogs={**real.catalogs, language: replace(catalog, entries=entries)})


def test_a_file_of_a_pathway_counts_for_it_and_for_what_is_shared(real: Definitions) -> None:
    """In every language; the other pathway is made from the same as before."""
    path = next(path for path in real.files if f"/{MIND}/" in path)
    found = touched(inputs(real), inputs(with_file(real, path)))
    assert found == {"en mind", "ar mind", "en", "above"}


def test_a_translation_counts_for_its_pathway_in_its_language(real: Definitions) -> None:
    """Also where only its mark, its place or its note is another one."""
    before = inputs(real)
    for changed in ({"text": "x"}, {"stale": True}, {"note": "x"}):
        after = inputs(with_entry(real, "ar", f"{MIND}/", **changed))
        assert touched(before, after) == {"ar mind", "en", "above"}


def test_a_translation_of_what_is_shared_counts_in_its_language(real: Definitions) -> None:
    """Every pathway says names of resources and roles."""
    after = inputs(with_entry(real, "ar", "vocabulary/", text="x"))
    assert touched(inputs(real), after) == {"ar mind", "ar body", "en", "above"}


@pytest.mark.parametrize("path", ["site.yaml", "vocabulary/roles.yaml"])
def test_what_is_shared_counts_for_all(real: Definitions, path: str) -> None:
    """The clinic and the vocabulary, and a day or another template of a project."""
    before = inputs(real)
    assert touched(before, inputs(with_file(real, f"{CONTENT}/{path}"))) == ASKS.keys()
    assert touched(before, inputs(real, "2026-11-23")) == ASKS.keys()


def test_a_template_counts_for_all(real: Definitions, tmp_path: Path) -> None:
    """Its bytes and its name; what Python compiles beside it does not."""
    (tmp_path / "a.html").write_text("a")
    before = Inputs.of(real, CONTENT, [tmp_path], ())
    (tmp_path / "a.pyc").write_text("a")
    assert touched(before, Inputs.of(real, CONTENT, [tmp_path], ())) == set()
    (tmp_path / "a.html").rename(tmp_path / "b.html")
    assert touched(before, Inputs.of(real, CONTENT, [tmp_path], ())) == ASKS.keys()


def test_what_is_told_counts(real: Definitions) -> None:
    """Shared pages that are told of another notice are other ones."""
    found = inputs(real)
    told = Told((("index.html", "Home"),), ("ar/print/x.pdf",))
    assert found.key(Ask("en")) != found.key(Ask("en", told=told))


@pytest.mark.parametrize("name", [MIND, BODY])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_part_reads_nothing_of_other_pathways(
    resolved: Resolved, templates: Templates, language: str, name: str
) -> None:
    """Pages, documents and data of a pathway are the same in a project that has no other."""
    whole = Renderer(resolved, templates, resolved.definitions.languages, True)
    catalogs = resolved.definitions.catalogs
    alone = replace(
        resolved.definitions,
        pathways={name: resolved.definitions.pathways[name]},
        cases={}, files={},
        catalogs={tag: one for tag, one in catalogs.items() if tag == language},
    )  # fmt: skip
    words = {tag: found.translations for tag, found in resolved.words.items()}
    single = Resolved(alone, words, resolved.today, resolved.verdicts)
    part = Renderer(single, templates, [language], True).part(Ask(language, name))
    assert part.pages
    assert part.documents
    assert whole.part(Ask(language, name)) == part


@pytest.fixture
def shop(real: Definitions, templates: Templates, tmp_path: Path) -> Iterator[Workshop]:
    """A workshop over the samples, with a store of its own."""
    made = Workshop(inputs(real), templates.folders, False, Store.at(tmp_path / "kept"), tmp_path)
    with made.open(Content(real, {}, TODAY)):
        yield made


def test_a_part_comes_back_as_it_was(shop: Workshop, real: Definitions) -> None:
    """From the store: the same pages, data and places; a card is the same without their HTML."""
    made = shop.part(ASKS["above"], [])
    kept = TypeAdapter(Part)
    assert made.data
    assert kept.validate_json(kept.dump_json(made)) == made
    ask = ASKS["en body"]
    assert shop.card(ask, []) is None
    card, damaged = shop.render(ask)
    assert damaged == []
    assert card == shop.card(ask, []) == shop.part(ask, []).card()
    assert [page.html for page in card.pages] == [""] * len(card.pages)
    assert all(page.html for page in shop.part(ask, []).pages)


def test_a_part_that_is_damaged_is_rendered_again_and_told(
    shop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the name of its entry; what was never kept is no damage."""
    ask, damaged = ASKS["above"], list[str]()
    first = shop.part(ask, damaged)
    assert damaged == []
    entry = next((shop.folder / "kept" / "parts").glob("*/*"))
    entry.write_bytes(entry.read_bytes()[:-1])
    assert shop.part(ask, damaged) == first
    assert len(damaged) == 1
    assert damaged[0].startswith("parts/")
