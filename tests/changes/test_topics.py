"""One change of each kind is found, under its topic and class, in words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.changes.conftest import WEIGHT, Comparing, told

from stepwell.changes import topics
from stepwell.changes.model import Topic
from stepwell.changes.structure import PLAIN
from stepwell.definitions.base import Definition
from stepwell.definitions.pathway import Pathway
from stepwell.definitions.resources import Resources
from stepwell.definitions.site import Site
from stepwell.definitions.vocabulary import Vocabulary

ONE_CHANGE = {
    "a time limit of a red flag": (
        "pathway", "within: 1 hours", "within: 2 hours",
        "red-flags: Falls asleep while driving, within: 1 hour -> 2 hours"),
    "an action of a red flag": (
        "pathway", "Tell them not to drive.", "Tell them not to drive. Call a taxi.",
        "red-flags: Falls asleep while driving, action:  -> Call a taxi."),
    "a threshold": (
        "pathway", "enter: {isi: {at-least: 15}}", "enter: {isi: {at-least: 12}}",
        "criteria: Treatment, entry: ISI at least 15 -> at least 12"),
    "a threshold of a move": (
        "pathway", "when: {isi: {at-least: 15}}", "when: {isi: {more-than: 15}}",
        "criteria: Advice, step up to Treatment, criterion: ISI at least 15 -> more than 15"),
    "a named criterion": (
        "more", "any: [{isi: {at-least: 20}}, tired]", "all: [{isi: {at-least: 20}}, tired]",
        "criteria: Sleep is badly troubled: {} -> {}".format(
            "any of: ISI at least 20; Is tired all day",
            "all of: ISI at least 20; Is tired all day")),
    "a part that must not hold": (
        "pathway", "when: danger", "when: {all: [danger], none: [tired]}",
        "criteria: Danger, criterion: added to 'all of'  -> none of: Is tired all day"),
    "a destination": (
        "pathway", "to: home", "to: advice",
        "criteria: Treatment, discharge to Advice, to: Home -> Advice"),
    "the words of a finding": (
        "pathway", "finding: Is tired all day", "finding: Is tired at work",
        "criteria: Is tired at work, finding: Is tired all day -> Is tired at work"),
    "which value is worse": (
        "pathway", "higher-is: worse}", "higher-is: better}",
        "criteria: ISI, higher is: worse -> better"),
    "a wait": (
        "pathway", "routine: 3 weeks", "routine: 5 weeks",
        "waits: Treatment, First talk, routine: 3 weeks -> 5 weeks"),
    "a time limit of a move": (
        "pathway", "within: 2 weeks", "within: 1 weeks",
        "waits: Advice, step up to Treatment, within: 2 weeks -> 1 week"),
    "a time limit of a contingency": (
        "more", "within: 3 days", "within: 3 weeks",
        "waits: The talk is cancelled, within: 3 days -> 3 weeks"),
    "a quantity": (
        "more", "value: 2 weeks", "value: 3 weeks", "quantities: first-look: 2 weeks -> 3 weeks"),
    "sessions": (
        "more", "sessions: 2 sessions", "sessions: 1 sessions",
        "quantities: Sleep diary, sessions: 2 sessions -> 1 session"),
    "the times of a check": (
        "more", "at: [1 week, 2 weeks]", "at: [1 week, 4 weeks]",
        f"monitoring: {WEIGHT}, checked at: 1 week, 2 weeks -> 1 week, 4 weeks"),
    "a baseline": (
        "more", "baseline: yes", "baseline: no",
        "monitoring: Checks with melatonin, Weight, baseline: yes -> no"),
    "a review": (
        "pathway", "every: 4 weeks", "every: 6 weeks",
        "monitoring: Advice, review, every: 4 weeks -> 6 weeks"),
    "how many reviews": (
        "pathway", "at-most: 3", "at-most: 4",
        "monitoring: Advice, review, most reviews: 3 -> 4"),
    "a telephone number": (
        "site", "020 7946 0100", "020 7946 0109",
        "contacts: Crisis line, phone: 020 7946 0100 -> 020 7946 0109"),
    "the emergency number": (
        "site", "phone: '999'", "phone: '112'", "contacts: emergency, phone: 999 -> 112"),
    "the hours of the crisis line": (
        "site", "hours: Day and night", "hours: By day",
        "contacts: Crisis line, hours: Day and night -> By day"),
    "who leads": (
        "pathway", "led-by: gp", "led-by: nurse", "roles: Advice, led by: GP -> nurse"),
    "who is responsible": (
        "pathway", "responsible: [gp]", "responsible: [gp, nurse]",
        "roles: Books the first talk, responsible: GP -> GP, nurse"),
    "how a medicine is taken": (
        "more", "Do not drive afterwards.", "Do not drive for a while.",
        "medicines: Melatonin, how to take: Do not drive afterwards. -> Do not drive for a while."),
    "a warning sign": (
        "more", "      - A faint\n", "",
        "medicines: Melatonin, warning signs: - A faint -> "),
    "the date of review": (
        "pathway", "review-by: 2027-10-01", "review-by: 2028-10-01",
        "governance: review by: 2027-10-01 -> 2028-10-01"),
    "a status": (
        "pathway", "status: draft", "status: review", "governance: status: draft -> review"),
    "a version": (
        "pathway", "version: 1.0.0\nstatus", "version: 1.0.1\nstatus",
        "governance (info): version: 1.0.0 -> 1.0.1"),
    "a band": (
        "vocabulary", "label: low, from: 0, to: 14", "label: low, from: 0, to: 13",
        "instruments: ISI, low, to: 14 -> 13"),
    "a caution": (
        "vocabulary", "A score is no diagnosis.", "A score proves nothing.",
        "instruments: ISI, caution: A score is no diagnosis. -> A score proves nothing."),
    "a language": (
        "site", "published: [en]", "published: [en, fr]",
        "languages: languages, published: en -> en, fr"),
    "a warning to a patient": (
        "pathway", "if-worse: Call {phone:crisis}.", "if-worse: Call {phone:crisis} now.",
        "safety: Advice, for patients, if worse: Call {phone:crisis}. -> Call {phone:crisis} now."),
    "what an exit is": (
        "pathway", "what: You are well.", "what: You are better.",
        "safety: Home, what: You are well. -> You are better."),
    "a text of care": (
        "pathway", "setting: At the practice", "setting: At home",
        "care (care): Advice, setting: At the practice -> At home"),
    "a text of information": (
        "site", "tagline: Care in steps.", "tagline: Care.",
        "info (info): tagline: Care in steps. -> Care."),
    "a source": (
        "more", "source: local, note: As agreed.", "source: other, note: As agreed.",
        "quantities (info): first-look, source: Mill Road working group -> Another group"),
}  # fmt: skip


@pytest.mark.parametrize("what", ONE_CHANGE)
def test_a_change_is_told_in_words(what: str, wider: Path, edited: Comparing) -> None:
    """One change of each kind is found under its topic and class, and nothing else is told."""
    file, before, after, expected = ONE_CHANGE[what]
    assert told(edited(file, before, after)) == [expected]
    assert wider.exists()


def fields(kind: type[Definition]) -> Iterator[str]:
    """`Class.field` of a definition and of all definitions below it."""
    for name, info in kind.model_fields.items():
        yield f"{kind.__name__}.{name}"
        for inner in _classes(info.annotation):
            yield from fields(inner)


def _classes(annotation: Any) -> Iterator[type[Definition]]:
    if isinstance(annotation, type) and issubclass(annotation, Definition):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from _classes(inner)


def test_the_tables_of_topics_name_fields_that_exist() -> None:
    """Each field in a table of topics and classes is a field of a definition."""
    known = {name for kind in (Pathway, Site, Vocabulary, Resources) for name in fields(kind)}
    tables = (topics.BENEATH, topics.AT, topics.CLASSES, topics.CLASSES_BENEATH, topics.ORDERED)
    assert {name for table in tables for name in table} - known == set()
    assert PLAIN - known == set()
    assert set(topics.WITHIN) <= {name.partition(".")[2] for name in known}


def test_each_topic_has_a_name_and_a_heading() -> None:
    """Topics have a heading and a name in JSON, in the order of reading."""
    assert [topic.slug for topic in Topic][:4] == ["pathways", "red-flags", "criteria", "people"]
    assert all(topic.title for topic in Topic)
