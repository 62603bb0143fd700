"""A report as JSON. Its shape is stable: keys are added, never renamed or removed.

    {"old": "HEAD", "new": "working files",
     "summary": {"clinical": 4, "who-gets-which-care": 2, "other": 0, "hidden": 3},
     "sections": [{
       "pathway": "psychosomatic-stepped-care" or null for what all share,
       "title": "…", "old-version": "1.0.0" or null, "new-version": "1.1.0" or null,
       "changes": [{
         "topic": "waits", "class": "safety|care|info",
         "kind": "changed|added|removed|moved|renamed",
         "where": ["…", "…"], "path": "waits/tier/milestone/targets/soon",
         "file": "pathways/…", "line": 44, "column": 9,
         "parts": [{"about": "", "old": "1 week" or null, "new": "10 days" or null}],
         "used-in": ["…"]}],
       "criteria-changed": true,
       "people": [{
         "at": "assessment|review", "tier": null or {"id": "…", "title": "…"},
         "counted": true, "possible": 18068176896,
         "measures": [{"measure": "phq-9", "label": "PHQ-9", "values": 28, "what": "values"}],
         "shifts": [{
           "old": null or {"id": "…", "title": "…", "by": null or "step-up"}, "new": the same,
           "count": 280800, "of-old": 2062000, "share": 0.0000155, "share-of-old": 0.136,
           "everyone": [answer], "exactly": true, "example": [answer] or null}]}]}]}

`file` is a path in the new version, or in the old one of what was removed; null
for a value that is not written, such as the default of a new field.
`old` in a shift is null for people who came nowhere, or stayed; so is `new`.
An answer is {"measure", "label", "values": "13-14", "mildest": false}: `values`
in words, `mildest` if the mildest value is among them. What an example does not
name may have any value.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from stepwell.changes.model import Answer, Change, Place, Reckoning, Report, Section, Shift


def as_json(report: Report) -> str:
    """The report as one JSON object, in the shape above."""
    made = {
        "old": report.old,
        "new": report.new,
        "summary": {
            "clinical": report.clinical,
            "who-gets-which-care": report.who,
            "other": len(report.changes) - report.clinical,
            "hidden": report.hidden,
        },
        "sections": [_section(section) for section in report.sections],
    }
    return json.dumps(made, ensure_ascii=False, indent=2)


def _section(section: Section) -> dict[str, Any]:
    return {
        "pathway": section.id or None,
        "title": section.title,
        "old-version": section.versions[0],
        "new-version": section.versions[1],
        "changes": [_change(change) for change in section.changes],
        "criteria-changed": section.reckoned,
        "people": [_reckoning(found) for found in section.people],
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "topic": change.topic.slug,
        "class": change.klass,
        "kind": change.kind,
        "where": list(change.where),
        "path": change.path,
        "file": change.span.path or None,
        "line": change.span.line,
        "column": change.span.column,
        "parts": [{"about": p.about, "old": p.old, "new": p.new} for p in change.parts],
        "used-in": list(change.used_in),
    }


def _reckoning(found: Reckoning) -> dict[str, Any]:
    return {
        "at": "review" if found.tier else "assessment",
        "tier": {"id": found.tier.id, "title": found.tier.title} if found.tier else None,
        "counted": found.complete,
        "possible": found.possible,
        "measures": [
            {"measure": c.measure, "label": c.label, "values": c.values, "what": c.what}
            for c in found.counted
        ],
        "shifts": [_shift(shift, found.possible) for shift in found.shifts],
    }


def _shift(shift: Shift, possible: int) -> dict[str, Any]:
    return {
        "old": _place(shift.old),
        "new": _place(shift.new),
        "count": shift.count,
        "of-old": shift.before,
        "share": shift.count / possible,
        "share-of-old": shift.count / shift.before,
        "everyone": _answers(shift.everyone),
        "exactly": shift.exactly,
        "example": None if shift.example is None else _answers(shift.example),
    }


def _place(place: Place | None) -> dict[str, Any] | None:
    return {"id": place.id, "title": place.title, "by": place.by} if place else None


def _answers(found: Iterable[Answer]) -> list[dict[str, Any]]:
    return [
        {"measure": a.measure, "label": a.label, "values": a.values, "mildest": a.mild}
        for a in found
    ]
