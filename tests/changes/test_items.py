"""Items that come, go, move or get another id, and who changes step."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.changes.conftest import MORE, PATHWAY, WEIGHT, Comparing, load, replace, told, told_one

from stepwell.changes import compare
from stepwell.changes.model import Place, Topic
from stepwell.changes.text import as_text
from stepwell.changes.wording import NOBODY, headline, summary
from stepwell.definitions.project import UnknownName


def test_what_is_told_of_a_new_item(edited: Comparing) -> None:
    """An item that was added is told with what is in it, one that was removed as well."""
    flag = """  - id: panic
    finding: Panics at night
    action: Stay with them.
    role: gp
    within: 15 minutes
    source: local
"""
    report = edited("pathway", "red-flags:\n", f"red-flags:\n{flag}")
    (change,) = report.changes
    assert (change.topic, change.kind, change.klass) == (Topic.RED_FLAGS, "added", "safety")
    assert headline(change) == "added: Panics at night"
    assert [(part.about, part.old, part.new) for part in change.parts] == [
        ("action", None, "Stay with them."), ("role", None, "GP"), ("within", None, "15 minutes"),
    ]  # fmt: skip
    assert change.path == "red-flags/panic"
    assert (change.span.path, change.span.line) == ("pathways/sleep/pathway.yaml", 16)


def test_what_was_removed_is_told_with_its_old_place(edited: Comparing) -> None:
    """An item that was removed is told with what was in it and where it stood."""
    cut = MORE[MORE.index("contingencies:") : MORE.index("interventions:")]
    (change,) = edited("more", cut, "").changes
    assert told_one(change) == (
        "waits: removed: The talk is cancelled: "
        "action Book another one. -> ; role GP -> ; within 3 days -> "
    )
    assert change.span.path == "pathways/sleep/more.yaml"
    assert change.span.line == MORE.splitlines().index("  - id: cancelled") + 1


def test_a_move_out_of_a_tier_can_go(edited: Comparing) -> None:
    """A discharge that was removed is told with its criterion, and who stays by it."""
    start = "    discharge:\n      - id: done"
    report = edited(
        "pathway", start, "    step-down:\n      - id: done", "pathway", "to: home", "to: advice"
    )
    assert told(report)[0].startswith("criteria: added: Treatment, step down to Advice: ")
    assert "criterion  -> ISI below 8" in told(report)[0]
    assert told(report)[1].startswith("criteria: removed: Treatment, discharge to Home: ")
    (section,) = report.sections
    (review,) = section.people
    assert review.tier == Place("treatment", "Treatment")
    (shift,) = review.shifts
    assert shift.old == Place("home", "Home", "discharge")
    assert shift.new == Place("advice", "Advice", "step-down")
    assert shift.count == 8


def test_the_order_of_steps_means_something(edited: Comparing) -> None:
    """Tiers in another order are told as moved, and that nobody changes place by it."""
    tiers = PATHWAY[PATHWAY.index("  - id: advice") : PATHWAY.index("exits:\n")]
    second = tiers.index("  - id: treatment")
    report = edited("pathway", tiers, tiers[second:] + tiers[:second])
    assert told(report) == ["criteria: moved: tiers: order Advice, Treatment -> Treatment, Advice"]
    assert report.sections[0].reckoned
    assert not report.sections[0].people  # the two entries exclude each other
    assert NOBODY in " ".join(as_text(report).split())


def test_a_list_in_another_order_is_information(wider: Path, edited: Comparing) -> None:
    """Names in another order and a length of time in another unit are no change of care."""
    replace(wider, "pathway", "responsible: [gp]", "responsible: [gp, nurse]")
    report = edited(
        "pathway", "responsible: [gp, nurse]", "responsible: [nurse, gp]",
        "more", "at: [1 week, 2 weeks]", "at: [7 days, 2 weeks]",
        "pathway", "within: 2 weeks", "within: 14 days",
        "site", "020 7946 0100", "020 79460100",
    )  # fmt: skip
    assert told(report) == [
        "waits (info): Advice, step up to Treatment, within: 2 weeks -> 14 days",
        f"monitoring (info): {WEIGHT}, checked at: 1 week, 2 weeks -> 7 days, 2 weeks",
        "roles (info): Books the first talk, responsible: GP, nurse -> nurse, GP",
        "contacts (info): Crisis line, phone: 020 7946 0100 -> 020 79460100",
    ]


def test_an_item_with_another_id_is_the_same_item(edited: Comparing) -> None:
    """Another id for the same name is told as that alone, wherever it is referred to."""
    report = edited(
        "pathway", "id: treatment", "id: therapy", "pathway", "to: treatment", "to: therapy",
        "pathway", "tier: treatment", "tier: therapy",
        "pathway", "{wait:treatment/first}", "{wait:therapy/first}",
        "pathway", "  isi: {", "  score: {", "pathway", "isi: {at-most", "score: {at-most",
        "pathway", "isi: {at-least", "score: {at-least", "pathway", "isi: {at-least",
        "score: {at-least", "pathway", "isi: {below", "score: {below",
        "more", "isi: {at-least", "score: {at-least",
        "more", "  first-look:", "  early-look:", "more", "{quantity:first-look}",
        "{quantity:early-look}", "more", "{quantity:first-look}", "{quantity:early-look}",
    )  # fmt: skip
    assert told(report) == [
        "criteria (info): renamed: ISI: id isi -> score",
        "criteria (info): renamed: Treatment: id treatment -> therapy",
        "quantities (info): renamed: early-look: id first-look -> early-look",
    ]
    assert not report.clinical
    assert not report.sections[0].people


def test_a_change_of_a_quantity_says_where_it_stands(edited: Comparing) -> None:
    """A quantity names the texts in which it stands; one that stands nowhere, none."""
    (change,) = edited("more", "value: 2 weeks", "value: 3 weeks").changes
    assert change.used_in == ("Sleep diary, dose", "Melatonin, primary care")
    (other,) = edited("more", "value: 12 hours", "value: 8 hours").changes
    assert other.used_in == ("Checks with melatonin, Weight, limit",)


def test_a_named_criterion_says_where_it_is_used(old: Path, edited: Comparing) -> None:
    """A change inside a named criterion is told once, with the criteria that use it."""
    replace(old, "pathway", "when: {isi: {at-least: 15}}", "when: bad-sleep")
    report = edited("more", "{at-least: 20}", "{at-least: 18}")
    (change,) = report.changes
    assert told(report) == ["criteria: Sleep is badly troubled: ISI at least 20 -> at least 18"]
    assert change.used_in == ("Advice, step up to Treatment",)
    (review,) = report.sections[0].people
    assert [answer.values for answer in review.shifts[0].everyone] == ["18–19", "no"]


def test_who_changes_step_is_told_in_words(edited: Comparing) -> None:
    """Places have titles, answers ranges; a share is one of those who came to the old place."""
    report = edited(
        "pathway", "at-most: 14", "at-most: 11", "pathway", "enter: {isi: {at-least: 15}}",
        "enter: {isi: {at-least: 12}}",
    )  # fmt: skip
    (found,) = report.sections[0].people
    assert found.tier is None
    assert found.possible == 29 * 2
    (shift,) = found.shifts
    assert (shift.old, shift.new) == (Place("advice", "Advice"), Place("treatment", "Treatment"))
    assert shift.example is not None
    assert (shift.count, shift.before, shift.exactly) == (3, 15, True)
    assert [str(answer) for answer in shift.everyone] == [
        "ISI 12–14", "not: Falls asleep while driving",
    ]  # fmt: skip
    assert [answer.mild for answer in shift.everyone] == [False, True]
    assert (report.clinical, report.who) == (2, 2)
    assert summary(report) == "2 clinical changes; all concern who gets which care."


def test_another_instrument_is_another_question(old: Path, edited: Comparing) -> None:
    """A measure that is scored by another instrument is counted as a question of its own."""
    text = (old / "pathways/vocabulary/all.yaml").read_text("utf-8")
    isi = text[text.index("  - id: isi") : text.index("needs:\n")]
    other = isi.replace("id: isi", "id: psqi").replace("name: ISI", "name: PSQI")
    replace(old, "vocabulary", "needs:\n", f"{other}needs:\n")
    report = edited("pathway", "instrument: isi", "instrument: psqi")
    assert told(report) == ["criteria: PSQI, instrument: ISI -> PSQI"]
    labels = {count.label for count in report.sections[0].people[0].counted}
    assert labels == {"ISI (as it was)", "PSQI", "Falls asleep while driving"}


def test_a_wider_range_is_a_change_of_the_instrument_alone(edited: Comparing) -> None:
    """The range of an instrument is told where it stands, not in each criterion that uses it."""
    report = edited("vocabulary", "    to: 28\n", "    to: 30\n")
    assert told(report) == ["instruments: ISI, to: 28 -> 30"]
    assert not report.sections[0].people


def test_a_pathway_can_come_and_go(old: Path, tmp_path: Path) -> None:
    """A pathway of one version is one clinical change; what is in it is not listed."""
    new = tmp_path / "new"
    shutil.copytree(old, new)
    shutil.copytree(new / "pathways/sleep", new / "pathways/rest")
    before, after = load(old), load(new)
    assert told(compare(before, after)) == ["pathways: added: the pathway:  -> Sleep"]
    report = compare(after, before)
    assert told(report) == ["pathways: removed: the pathway: Sleep -> "]
    assert report.sections[0].versions == ("1.0.0", None)
    assert report.who == 1


def test_one_pathway_can_be_asked_for(old: Path, edited: Comparing) -> None:
    """Only that pathway and what all share is compared; an unknown one is a mistake."""
    changes = ("pathway", "status: draft", "status: review", "site", "'999'", "'112'")
    assert len(told(edited(*changes, pathways=("sleep",)))) == 2
    with pytest.raises(UnknownName, match="There is no pathway 'slep'; did you mean 'sleep'"):
        edited(pathways=("slep",))
    assert old.exists()


def test_clinical_changes_alone(edited: Comparing) -> None:
    """Without changes of care and information, their number is kept."""
    report = edited("site", "'999'", "'112'", "site", "tagline: Care in steps.", "tagline: Care.")
    shown = report.clinical_only()
    assert told(shown) == ["contacts: emergency, phone: 999 -> 112"]
    assert shown.hidden == 1
    assert summary(shown) == (
        "1 clinical change; none concerns who gets which care. "
        "1 change of care and information is not shown (--all shows everything)."
    )
    assert "1 change of care and information." in summary(report)
