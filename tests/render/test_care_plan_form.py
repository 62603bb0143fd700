"""The form of the shared care plan on the website: what a saved file is known by."""

from __future__ import annotations

import json

from stepwell.definitions.base import Care
from stepwell.definitions.project import Definitions
from stepwell.render.care_plan import CarePlanForm, care_plan, digest_of
from stepwell.resolve import Resolved

MIND, BODY = "psychiatry-primary-care", "psychosomatic-stepped-care"


def form(resolved: Resolved, language: str, pathway: str = MIND) -> CarePlanForm | None:
    """The form of a pathway in a language."""
    edition = resolved.edition(language, "clinician", pathway)
    return care_plan(resolved.reading(edition, f"{pathway}/care-plan.html", "web"))


def test_a_line_has_one_name_in_all_languages(resolved: Resolved, real: Definitions) -> None:
    """A plan that was filled in in Arabic finds its places in English; each has its own."""
    english, arabic = form(resolved, "en"), form(resolved, "ar")
    assert english
    assert arabic
    plan = real.pathways[MIND].care_plan
    assert plan
    for lines, other, text in (
        (english.contingencies, arabic.contingencies, plan.contingencies),
        (english.crisis, arabic.crisis, plan.crisis_plan),
    ):
        assert len(lines) == len(text.blocks())
        assert [one.id for one in lines] == [one.id for one in other]
        assert len({one.id for one in lines}) == len(lines)
        assert all(one.words != two.words for one, two in zip(lines, other, strict=True))


def test_a_file_says_what_it_answers(resolved: Resolved, real: Definitions) -> None:
    """Pathway, version, language and digests go with it; the digest changes with a question."""
    made = form(resolved, "ar")
    assert made
    about = json.loads(made.about)
    assert (about["pathway"], about["language"]) == (MIND, "ar")
    assert about["pathway_version"] == real.pathways[MIND].version
    plan = real.pathways[MIND].care_plan
    assert plan
    assert about["plan_digest"] == digest_of(plan)
    assert len(about["plan_digest"]) == 12
    assert digest_of(plan.model_copy(update={"preferences": Care.read("Other.")})) != digest_of(
        plan
    )


def test_goals_and_tasks_have_rows_of_their_own(resolved: Resolved) -> None:
    """The sections that ask for them hold the rows; without such sections they stand alone."""
    made = form(resolved, "en")
    assert made
    assert made.holds["goals"] == "goals"
    assert made.holds["team"] == "tasks"
    assert made.own == ()
    assert form(resolved, "en", BODY) is None
