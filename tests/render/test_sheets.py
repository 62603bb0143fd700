"""Sheets for patients: medicines, calendars of their checks, and exercises."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pytest
from markupsafe import Markup
from tests.conftest import TODAY

from stepwell.definitions.base import Text
from stepwell.definitions.pathway import Pathway
from stepwell.definitions.project import Definitions
from stepwell.definitions.site import Look
from stepwell.load.interface import interface
from stepwell.model import Document
from stepwell.project import packaged
from stepwell.render.calendar import calendar
from stepwell.render.documents import Documents
from stepwell.render.documents_plan import DOCUMENTS, Planned, Row, documents
from stepwell.render.environment import Templates
from stepwell.resolve import Resolved

KINDS = ("medicine", "calendar", "self-help")
PSYCHIATRY, PSYCHOSOMATIC = "psychiatry-primary-care", "psychosomatic-stepped-care"
MEDICINE = (
    "title", "group", "purpose", "how_to_take", "side_effects", "warning_signs", "what_to_do",
    "never", "specialist", "primary_care",
)  # fmt: skip
INTERVENTION = ("title", "purpose", "steps", "dose", "stop_if")
Made = dict[tuple[str, str | None, str], Document]


@pytest.fixture(scope="module")
def resolved(real: Definitions) -> Resolved:
    """The sample pathways of a clinic that prints all editions."""
    site = real.site.model_copy(update={"look": Look()})
    tags = map(str, site.languages.published)
    return Resolved(replace(real, site=site), {tag: interface(tag) for tag in tags}, TODAY)


@pytest.fixture(scope="module")
def make(resolved: Resolved) -> Callable[[str], Made]:
    """The sheets of a language: (kind, subject, edition) -> document."""
    templates = Templates((packaged("templates"),))
    kept: dict[str, Made] = {}

    def made(language: str) -> Made:
        if language not in kept:
            kept[language] = dict(_made(resolved, templates, language))
        return kept[language]

    return made


def _made(
    resolved: Resolved, templates: Templates, language: str
) -> Iterable[tuple[tuple[str, str | None, str], Document]]:
    printer = Documents(resolved, templates, language)
    definitions = resolved.definitions
    for name, pathway in definitions.pathways.items():
        for planned in sheets(pathway, definitions.site.look):
            key = (planned.row.kind, planned.subject, planned.edition)
            yield key, printer._document(planned, name)


def sheets(pathway: Pathway, look: Look) -> list[Planned]:
    """The planned sheets of a pathway."""
    return [one for one in documents(pathway, look, clinical=False) if one.row.kind in KINDS]


def shown(html: str) -> str:
    """What is read of a document, all spaces alike."""
    body = Markup(html.partition("<body")[2].partition(">")[2])
    return re.sub(r"\s+", " ", body.striptags()).casefold()


def said(resolved: Resolved, language: str, pathway: str, thing: Any, field: str) -> list[str]:
    """The blocks of a text in a language as they are read."""
    edition = resolved.edition(language, "patient", pathway)
    view = resolved.reading(edition, "x", "print").view(thing)
    assert isinstance(getattr(thing, field), Text)
    return [shown(f"<body>{line}") for line in getattr(view, field).lines]


def test_each_medicine_plan_and_exercise_has_its_sheets(real: Definitions) -> None:
    """One of each kind, and in large print; a calendar only where there is a plan."""
    content = real.pathways[PSYCHIATRY]
    found = [(one.row.kind, one.subject, one.edition) for one in sheets(content, Look())]
    medicines = [str(medicine.id) for medicine in content.medicines]
    both = ("standard", "large")
    wanted = [("medicine", name, edition) for name in medicines for edition in both]
    wanted += [("calendar", name, edition) for name in medicines for edition in both]
    wanted += [("self-help", str(i.id), edition) for i in content.interventions for edition in both]
    assert found == wanted
    without = content.model_copy(update={"monitoring": content.monitoring[:1]})
    calendars = {one.subject for one in sheets(without, Look()) if one.row.kind == "calendar"}
    assert calendars == {str(content.monitoring[0].medicine)}


def test_the_code_leads_to_the_page_about_it(real: Definitions, make: Any) -> None:
    """A medicine and its calendar lead to the medicine's page, an exercise to its place."""
    pages = {one.subject: one.page for one in sheets(real.pathways[PSYCHIATRY], Look())}
    assert pages["lithium"] == "medicine-lithium.html"
    assert pages["activity-plan"] == "interventions.html#intervention-activity-plan"
    assert all('class="qr"' in document.html for document in make("en").values())


@pytest.mark.parametrize("language", ["en", "ar", "hi"])
def test_a_medicine_is_printed_whole(resolved: Resolved, make: Any, language: str) -> None:
    """Each text about it, each check with its people, and both teams stand on the sheet."""
    content = resolved.definitions.pathways[PSYCHIATRY]
    for medicine in content.medicines:
        for edition in ("standard", "large"):
            text = shown(make(language)["medicine", str(medicine.id), edition].html)
            for field in MEDICINE:
                for block in said(resolved, language, PSYCHIATRY, medicine, field):
                    assert block in text, (medicine.id, edition, field)
            for plan in content.monitoring:
                for check in plan.parameters if str(plan.medicine) == str(medicine.id) else ():
                    (label,) = said(resolved, language, PSYCHIATRY, check, "label")
                    assert label in text, (medicine.id, check.id)


@pytest.mark.parametrize("language", ["en", "es", "fr", "ar", "uk", "zh", "hi"])
def test_what_does_not_go_together_is_on_each_sheet(
    resolved: Resolved, make: Any, language: str
) -> None:
    """No language loses an interaction, or what patients read of their checks, for its length."""
    content = resolved.definitions.pathways[PSYCHIATRY]
    for medicine in content.medicines:
        text = shown(make(language)["medicine", str(medicine.id), "standard"].html)
        for interaction in medicine.interactions:
            (block,) = said(resolved, language, PSYCHIATRY, interaction, "with_")
            assert block in text, (medicine.id, block)
        for plan in content.monitoring:
            if str(plan.medicine) == str(medicine.id):
                for block in said(resolved, language, PSYCHIATRY, plan, "patient"):
                    assert block in text, (medicine.id, block)


def test_large_print_says_what_does_not_go_together(resolved: Resolved, make: Any) -> None:
    """Where there is room, each interaction has what can happen."""
    for medicine in resolved.definitions.pathways[PSYCHIATRY].medicines:
        text = shown(make("en")["medicine", str(medicine.id), "large"].html)
        for interaction in medicine.interactions:
            for field in ("with_", "what"):
                (block,) = said(resolved, "en", PSYCHIATRY, interaction, field)
                assert block in text


@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_a_calendar_has_each_check_at_each_time(
    resolved: Resolved, make: Any, language: str
) -> None:
    """A row with empty boxes for each, in order, and what goes on with its interval."""
    for plan in resolved.definitions.pathways[PSYCHIATRY].monitoring:
        html = make(language)["calendar", str(plan.medicine), "standard"].html
        planned = calendar(plan.parameters)
        labels = [
            said(resolved, language, PSYCHIATRY, check, "label")[0]
            for row in planned.rows
            for check in row.checks
        ]
        cells = re.findall(r'<th scope="row" class="check">(.*?)</th>', html, re.DOTALL)
        assert [shown(f"<body>{cell}") for cell in cells] == labels
        assert html.count('<th scope="rowgroup"') == len(planned.rows)
        assert html.count('<span class="blank">') == 2 * len(labels) + len(planned.rows)
        after = shown(f"<body>{html.rpartition('</table>')[2]}")
        for _, checks in planned.goes_on:
            for check in checks:
                label = said(resolved, language, PSYCHIATRY, check, "label")[0]
                assert label in after


@pytest.mark.parametrize("language", ["en", "ar"])
def test_an_exercise_is_printed_whole(resolved: Resolved, make: Any, language: str) -> None:
    """What it is for, each step, how often, and when to stop; nothing of what clinicians check."""
    for name, pathway in resolved.definitions.pathways.items():
        for one in pathway.interventions:
            text = shown(make(language)["self-help", str(one.id), "standard"].html)
            for field in INTERVENTION:
                for block in said(resolved, language, name, one, field):
                    assert block in text, (one.id, field)
            assert said(resolved, language, name, one, "fidelity")[0] not in text


def test_a_diary_has_a_line_for_each_day_of_two_weeks(real: Definitions, make: Any) -> None:
    """Other exercises have space to plan and to write what was tried."""
    for pathway in real.pathways.values():
        for one in pathway.interventions:
            html = make("en")["self-help", str(one.id), "standard"].html
            days = re.findall(r'<th scope="row"><bdi dir="ltr">(\d+)</bdi></th>', html)
            assert days == (list(map(str, range(1, 15))) if one.diary else [])
            assert ("My plan" in html) is not one.diary
    diaries = [str(i.id) for i in real.pathways[PSYCHOSOMATIC].interventions if i.diary]
    assert diaries == ["symptom-diary"]


@pytest.mark.parametrize("language", ["en", "uk", "zh"])
def test_each_sheet_says_what_to_do_in_danger(resolved: Resolved, make: Any, language: str) -> None:
    """On the first page and at the head of each other, with the numbers; none is withheld."""
    site = resolved.definitions.site
    for key, document in make(language).items():
        assert not document.withheld, key
        before, after = document.html.split('class="running-danger"')
        assert before, key
        assert after.count('class="crisis"') == 2, key
        assert after.count(str(site.emergency.phone)) >= 2, key


def test_rows_are_for_patients_and_fit_on_a_sheet() -> None:
    """Two pages a sheet; a calendar, or a medicine in a wordy language, may need a second one."""
    rows: dict[str, Row] = {row.kind: row for row in DOCUMENTS if row.kind in KINDS}
    assert {row.audience for row in rows.values()} == {"patient"}
    assert {kind: row.max_pages for kind, row in rows.items()} == {
        "medicine": 4, "calendar": 4, "self-help": 2,
    }  # fmt: skip
