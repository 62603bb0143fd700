"""Criteria in words: the sentences that people read, kept in tests/golden/sentences-*.txt.

`pytest tests/resolve --update` writes them anew; read them before you accept them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from markupsafe import Markup
from tests.resolve.conftest import FORMS, LANGUAGES, Say, lines, shown

from stepwell.definitions.placeholders import Placeholder
from stepwell.logic.expression import Comparing, Comparison
from stepwell.resolve import Resolved
from stepwell.resolve.comparison import Form, opening
from stepwell.resolve.prose import piece_html
from stepwell.resolve.sentences import sentence
from stepwell.resolve.view import Reading


def _sentences(reading: Reading) -> Iterator[tuple[str, str]]:
    """Each form of each criterion: a line, and a list where it is one."""
    for name, criterion in reading.view(reading.edition.content).criteria:
        when = criterion.when
        line = shown(when.said(expand=False).line)
        yield name, line
        if (full := shown(when.full)) != line:
            yield "  in full", full
        for form, said, nested in (
            ("card", when.card, when.card_nested),
            ("plain", when.plain, when.plain_nested),
        ):
            yield f"  {form}", shown(said)
            if "<li>" in nested:
                yield f"  {form} list", shown(nested)


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


@pytest.mark.parametrize("form", FORMS)
def test_the_list_says_the_same_as_the_line(say: Say, form: Form) -> None:
    """The values of the line stand in the list too, in the same order."""
    for _, criterion in say("en").view(say("en").edition.content).criteria:
        said = criterion.when.said(expand=True, form=form)
        assert _values(said.line) == _values(said.nested)


def _values(markup: str) -> list[str]:
    """The isolated runs of a text, without the counts of groups, which a line may not have."""
    return [value for value in re.findall("⟨(.*?)⟩", shown(markup)) if value != "2"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_is_never_longer(say: Say, language: str) -> None:
    """A criterion takes no more letters on a card than on a page."""
    reading = say(language)
    for name, criterion in reading.view(reading.edition.content).criteria:
        long = criterion.when.said(expand=False).nested
        assert len(criterion.when.card_nested.striptags()) <= len(long.striptags()), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_score_reads_the_same_in_a_text_and_in_a_criterion(say: Say, language: str) -> None:
    """What `{score:...}` becomes is the sentence of a criterion that compares the same."""
    reading = say(language, "print")
    measure = reading.edition.vocabulary.measures["isi"]
    compared: tuple[tuple[str, Comparison, list[str]], ...] = (
        (">=15", "at-least", ["15"]),
        (">15", "more-than", ["15"]),
        ("<=15", "at-most", ["15"]),
        ("<15", "below", ["15"]),
        ("=15", "is", ["15"]),
        ("=5..15", "range", ["5", "15"]),
    )
    for typed, comparison, values in compared:
        test = Comparing(measure, comparison, tuple(map(measure.value, values)))
        text = piece_html(Placeholder("score", f"isi{typed}"), reading, source_language=False)
        assert text == sentence(test, reading, expand=True).line


def test_patients_are_asked_and_told(say: Say) -> None:
    """The plain form has a question with its answer, or says what is so about the person."""
    criteria = say("en").view(say("en").edition.content).criteria
    assert shown(criteria["four-weeks"].when.plain) == (
        "How long have the symptoms lasted? More than ⟨4⟩ weeks"
    )
    assert "<b>No</b>" in criteria["no-finding-asked"].when.plain
    assert shown(criteria["hundred-days"].when.plain).startswith("You have been in this step")
    assert "[" not in shown(criteria["named"].when.plain).replace("[⟨ISI⟩]", "")


def test_an_answer_begins_with_a_capital_where_there_are_some() -> None:
    """Letters with capitals begin large; other scripts, numbers and marks stay as they are."""
    for said, begun in (("más de", "Más de"), ("أكثر", "أكثر"), ("“a”", "“a”"), ("以上", "以上")):
        assert opening(Markup(said)) == begun
    assert opening(Markup("<bdi>4</bdi>")) == "<bdi>4</bdi>"


def test_every_real_criterion_can_be_said(resolved: Resolved) -> None:
    """All criteria of the sample pathways have every form in every language, without gaps."""
    for name, pathway in resolved.definitions.pathways.items():
        for language in resolved.words:
            edition = resolved.edition(language, "patient", name)
            reading = resolved.reading(edition, f"{name}/criteria.html", "web")
            for tier in reading.view(pathway).tiers:
                for form in FORMS:
                    said = tier.enter.said(expand=True, form=form)
                    assert said.line.strip()
                    assert "%(" not in said.line + said.nested
            assert not reading.used.lacks_safety()
