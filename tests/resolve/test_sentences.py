"""Criteria in words: the sentences that people read, kept in tests/golden/sentences-*.txt.

`pytest tests/resolve --update` writes them anew; read them before you accept them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from tests.resolve.conftest import LANGUAGES, Say, lines, shown

from stepwell.resolve import Resolved
from stepwell.resolve.view import Reading


def _sentences(reading: Reading) -> Iterator[tuple[str, str]]:
    for name, criterion in reading.view(reading.edition.content).criteria:
        yield name, shown(criterion.when.said(expand=False).line)
        if full := shown(criterion.when.full):
            yield "  in full", full


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_as_expected(
    say: Say, language: str, golden: Callable[[str, str], None]
) -> None:
    """Every form of criterion has the expected line and list in each language."""
    golden(f"sentences-{language}.txt", lines(_sentences(say(language))))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_of_a_sentence_is_isolated(say: Say, language: str) -> None:
    """No digit stands outside of an isolated run, so that none is read in another order."""
    for name, text in _sentences(say(language)):
        outside, inside = "", 0
        for letter in text:
            inside += {"⟨": 1, "⟩": -1}.get(letter, 0)
            outside += letter if not inside else ""
        assert not any(letter.isdigit() for letter in outside), (name, text)


def test_a_name_leads_to_its_definition_on_the_web(say: Say) -> None:
    """A named criterion is a link where it is not written out, and words in print."""
    view = say("en").view(say("en").edition.content)
    line = view.criteria["named"].when.said(expand=False).line
    assert '<a class="sw-ref" href="#criterion-score-at-least">' in line
    printed = say("en", "print")
    criterion = printed.view(printed.edition.content).criteria["named"].when
    assert "<a" not in criterion.__html__()
    assert "15" in criterion.__html__()


def test_the_list_says_the_same_as_the_line(say: Say) -> None:
    """Each value of the line stands in the list too, in the same order."""
    for _, criterion in say("en").view(say("en").edition.content).criteria:
        said = criterion.when.said(expand=True)
        values = [part.partition("⟩")[0] for part in shown(said.line).split("⟨")[1:]]
        listed = [part.partition("⟩")[0] for part in shown(said.nested).split("⟨")[1:]]
        assert [v for v in listed if v in values] == listed
        assert set(values) == set(listed)


def test_every_real_criterion_can_be_said(resolved: Resolved) -> None:
    """All criteria of the sample pathways have a sentence in every language, without gaps."""
    for name, pathway in resolved.definitions.pathways.items():
        for language in resolved.words:
            edition = resolved.edition(language, "clinician", name)
            reading = resolved.reading(edition, f"{name}/criteria.html", "web")
            for tier in reading.view(pathway).tiers:
                for said in (str(tier.enter.__html__()), str(tier.enter.full)):
                    assert said.strip()
                    assert "%(" not in said
