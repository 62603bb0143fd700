"""Forms: every part of the definitions that is filled in has its field, in each language."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from html.parser import HTMLParser

import pytest
from markupsafe import escape

from stepwell.definitions.pathway import Pathway
from stepwell.definitions.project import Definitions
from stepwell.model import Document
from stepwell.project import packaged
from stepwell.render.documents import Documents
from stepwell.render.environment import Templates
from stepwell.resolve import Resolved
from stepwell.write.pdf_forms import AGAIN, FIELDS

Forms = Callable[[str], dict[tuple[str, str], Document]]
SHARED = "psychiatry-primary-care"
CLINICAL = ("en", "es", "fr", "ar")
ONLY_PATIENTS = ("uk", "zh", "hi")


class Fields(HTMLParser):
    """The fields of a form, their labels, and headings and words of the page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.labels: dict[str, str] = {}
        self._for = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a field with its title, or which field a label is for."""
        found = {name: value or "" for name, value in attrs}
        if tag in FIELDS:
            self.names.append(found["name"])
            if "title" in found:
                self.labels[found["name"]] = found["title"]
        elif tag == "label":
            self._for = found["for"]
            self.labels[self._for] = ""

    def handle_endtag(self, tag: str) -> None:
        """A label ends."""
        if tag == "label":
            self._for = ""

    def handle_data(self, data: str) -> None:
        """Words inside a label."""
        if self._for:
            self.labels[self._for] += data


@pytest.fixture(scope="module")
def forms(resolved: Resolved) -> Forms:
    """The forms of a language by pathway and file name."""

    @lru_cache
    def of(language: str) -> dict[tuple[str, str], Document]:
        found = Documents(resolved, Templates((packaged("templates"),)), language).all()
        return {
            (one.pathway, one.path.rpartition("/")[2].removesuffix(".pdf")): one
            for one in found
            if one.fillable or one.kind.startswith("form")
        }

    return of


def expected(name: str, pathway: Pathway) -> set[tuple[str, str]]:
    """The forms that a pathway has, from what is written in it."""
    found = {f"letter-{letter.id}" for letter in pathway.letters}
    found |= {f"meeting-{conference.id}" for conference in pathway.conferences}
    parts = {
        "form-care-plan": pathway.care_plan, "form-handover": pathway.reconciliation,
        "form-note": pathway.note_template, "form-case-review": pathway.case_review,
        "form-readiness": pathway.readiness,
    }  # fmt: skip
    return {(name, form) for form in found | {form for form, part in parts.items() if part}}


def test_a_form_is_there_where_the_pathway_has_the_part(forms: Forms, real: Definitions) -> None:
    """Each letter, plan, checklist, note and meeting has its form, and no other is made."""
    for language in CLINICAL:
        wanted = {form for item in real.pathways.items() for form in expected(*item)}
        assert set(forms(language)) == wanted
        assert all(form.fillable and not form.withheld for form in forms(language).values())


@pytest.mark.parametrize("language", ONLY_PATIENTS)
def test_texts_of_clinicians_make_no_form_where_these_are_not_served(
    forms: Forms, language: str
) -> None:
    """All texts of forms are read by clinicians, the plan's too: they aren't translated there."""
    assert forms(language) == {}


def test_the_texts_of_the_care_plan_are_those_of_clinicians(real: Definitions) -> None:
    """If this changes, the plan becomes a document for patients, in all languages."""
    plan = real.pathways[SHARED].care_plan
    assert plan is not None
    texts = [plan.introduction, plan.crisis_plan, plan.sections[0].title, plan.goals[0].goal]
    assert {text.readers for text in texts} == {"clinicians"}


@pytest.mark.parametrize("language", CLINICAL)
def test_names_and_labels_are_each_there_once(forms: Forms, language: str) -> None:
    """Whoever hears a form knows each field from the others."""
    for form in forms(language).values():
        fields = Fields(form.html)
        labels = [
            " ".join(fields.labels[name].split())
            for name in fields.names
            if not name.startswith(AGAIN)  # the same field on other pages
        ]
        assert len(set(fields.names)) == len(fields.names)
        assert all(labels)
        assert len(set(labels)) == len(labels), form.path


def test_every_field_of_a_letter_has_its_place(forms: Forms, real: Definitions) -> None:
    """Label, hint and space of each field are on the letter, in their order."""
    for letter in real.pathways[SHARED].letters:
        html = forms("en")[SHARED, f"letter-{letter.id}"].html
        names = [name for name in Fields(html).names if name in {f.id for f in letter.fields_}]
        assert names == [field.id for field in letter.fields_]
        for field in letter.fields_:
            extra = r'(?: <span class="extra">[^<]+</span>)?'
            assert re.search(f">{re.escape(str(field.label))}{extra}</label>", html)
            assert f'<p class="hint">{escape(field.hint)}</p>' in html
            kind = "input" if field.lines == "one" else "textarea"
            assert re.search(rf'<{kind}[^>]* name="{field.id}"', html)


def test_every_part_of_the_care_plan_has_its_place(forms: Forms, real: Definitions) -> None:
    """Sections, agreements, preferences and the crisis plan are filled in; goals are shown."""
    plan = real.pathways[SHARED].care_plan
    assert plan is not None
    html = forms("en")[SHARED, "form-care-plan"].html
    names = set(Fields(html).names)
    assert {f"section-{section.id}" for section in plan.sections} < names
    for part, text in (("contingency", plan.contingencies), ("crisis", plan.crisis_plan)):
        assert {f"{part}-{place}" for place, _ in enumerate(text.blocks(), start=1)} < names
    assert "preferences" in names
    assert all(goal.goal in html for goal in plan.goals)


def test_the_care_plan_says_on_each_page_what_to_do_in_danger(forms: Forms) -> None:
    """A patient keeps it: the words stand below its title and at the top of other pages, with
    whose plan it is. They are one paragraph, which is heard in one piece."""
    for language in CLINICAL:
        html = forms(language)[SHARED, "form-care-plan"].html
        assert html.count('<div class="crisis">') == 2
        assert re.search(r'<div class="running-top">\s*<div class="crisis"><p>', html)
        assert {f"{AGAIN}for-whom", f"{AGAIN}date-of-birth"} < set(Fields(html).names)
        assert all(text.count("<p>") == 1 for text in re.findall(r'"crisis">(.*?)</div>', html))


def test_checklists_notes_and_meetings_have_all_their_items(
    forms: Forms, real: Definitions
) -> None:
    """An item is ticked and dated, a section and a point of an agenda have a box."""
    for name, pathway in real.pathways.items():
        made = {form: Fields(forms("en")[where, form].html).names
                for where, form in forms("en") if where == name}  # fmt: skip
        lists = (("form-handover", pathway.reconciliation), ("form-readiness", pathway.readiness))
        for form, items in lists:
            for item in items:
                assert {f"done-{item.id}", f"date-{item.id}"} < set(made[form])
        assert {f"section-{section.id}" for section in pathway.note_template} < set(
            made["form-note"]
        )
        meetings = [(f"meeting-{one.id}", one) for one in pathway.conferences]
        for form, meeting in (*meetings, ("form-case-review", pathway.case_review)):
            assert meeting is not None
            points = {f"agenda-{n}" for n, _ in enumerate(meeting.agenda.blocks(), start=1)}
            present = {f"present-{role}" for role in meeting.members if role != meeting.chair}
            assert points | present | {"present-chair"} < set(made[form])


def test_pages_about_a_person_say_on_each_whom(forms: Forms) -> None:
    """Name and date of birth of the first page stand on the others too."""
    for (_, name), form in forms("en").items():
        if name.startswith("letter-") or name in ("form-handover", "form-note"):
            assert {f"{AGAIN}for-whom", f"{AGAIN}date-of-birth"} < set(Fields(form.html).names)


def test_nothing_in_a_form_names_an_address_to_send_to(forms: Forms) -> None:
    """A form has no action, no button and no script."""
    for form in forms("en").values():
        assert "<form>" in form.html
        assert not re.search(r"<form [^>]|<button|<script|type=.submit", form.html)
