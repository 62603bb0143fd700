"""What the page of the shared care plan needs besides its words. Pure.

A plan is filled in on the page, saved as a file and loaded again, also years later and with
another version of the pathway. So an answer is known by what was asked: a section by its id, a
line of a list by the digest of its source text, which is the same in all languages.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from stepwell.definitions.base import Text
from stepwell.definitions.shared_care import CarePlan
from stepwell.resolve.prose import prose
from stepwell.resolve.view import Reading

Holds = Literal["goals", "tasks", "text"]
SECTIONS: dict[str, Holds] = {"goals": "goals", "team": "tasks"}
"""The ids of sections that are filled in row by row; all others are a box to write in."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a list that is ticked or answered: its id, and its words."""

    id: str
    words: Markup


@dataclass(frozen=True, slots=True)
class CarePlanForm:
    """The fields of the page. `about` is JSON that a saved file carries.

    `holds` tells of each section how it is filled in. `own` are the kinds of rows that no section
    holds; they stand after the sections.
    """

    about: str
    holds: dict[str, Holds]
    own: tuple[Holds, ...]
    contingencies: tuple[Line, ...]
    crisis: tuple[Line, ...]


def care_plan(reading: Reading) -> CarePlanForm | None:
    """The form of the pathway that a reading is of; None if it has no care plan."""
    plan = reading.edition.content.care_plan
    if plan is None:
        return None
    ids = [str(one.id) for one in plan.sections]
    holds: dict[str, Holds] = {name: SECTIONS.get(name, "text") for name in ids}
    own: tuple[Holds, ...] = ("goals", "tasks")
    return CarePlanForm(
        _about(reading, plan), holds, tuple(kind for kind in own if kind not in holds.values()),
        _lines(plan.contingencies, reading), _lines(plan.crisis_plan, reading),
    )  # fmt: skip


def digest_of(plan: CarePlan) -> str:
    """Twelve letters that change with anything that a plan asks."""
    asked = [text for one in plan.sections for text in (str(one.id), one.title, one.prompt)]
    asked += [plan.contingencies, plan.preferences, plan.crisis_plan]
    return _digest("\0".join(map(str, asked)))


def _about(reading: Reading, plan: CarePlan) -> str:
    edition = reading.edition
    return json.dumps(
        {
            "language": edition.language,
            "pathway": edition.pathway,
            "pathway_version": str(edition.content.version),
            "pathway_digest": edition.verdict.proof.digest[:12] if edition.verdict else "",
            "plan_digest": digest_of(plan),
        }
    )


def _lines(text: Text, reading: Reading) -> tuple[Line, ...]:
    written = [source for _, source in text.blocks()]
    both = zip(written, prose(text, reading).lines, strict=True)
    return tuple(Line(_digest(source), words) for source, words in both)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
