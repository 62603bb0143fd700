"""Every id stands once, and whatever is named is there."""

from __future__ import annotations

import pytest
from tests.check.conftest import Edited

BROKEN = [
    ("pathway", "owner: gp", "owner: nobody", "no role has the id 'nobody'"),
    ("pathway", "led-by: gp", "led-by: gpp", "no role has the id 'gpp'"),
    ("pathway", "accountable: gp", "accountable: xx", "no role has the id 'xx'"),
    ("pathway", "{instrument: isi,", "{instrument: psqi,", "no instrument has the id 'psqi'"),
    ("pathway", "to: treatment", "to: nowhere", "no tier or exit has the id 'nowhere'"),
    ("pathway", "enter-source: local", "enter-source: book", "no source has the id 'book'"),
    ("pathway", "helps-with: [rest]", "helps-with: [food]", "no need has the id 'food'"),
    ("pathway", "- tier: treatment", "- tier: cure", "no tier has the id 'cure'"),
    ("pathway", "milestone: first", "milestone: last", "no milestone has the id 'last'"),
    ("pathway", "urgent: 2 days", "later: 2 days", "no urgency has the id 'later'"),
    ("resources", "needs: [rest]", "needs: [rest, food]", "no need has the id 'food'"),
    ("vocabulary", "source: local", "source: gone", "no source has the id 'gone'"),
    ("site", "contact: crisis", "contact: nobody", "no contact has the id 'nobody'"),
    ("site", "published: [en]", "published: []", "is not among the published ones"),
    ("cases", "tier: advice", "tier: rest", "no tier or exit has the id 'rest'"),
    ("cases", "isi: 14", "psqi: 14", "no measure has the id 'psqi'"),
]


@pytest.mark.parametrize(("file", "old", "new", "message"), BROKEN)
def test_a_name_that_nothing_has_is_an_error(
    edited: Edited, file: str, old: str, new: str, message: str
) -> None:
    """Each kind of reference is followed."""
    found = edited(file, old, new)
    assert {code for code, _ in found} == {"SW203"}
    assert message in found[0][1]


@pytest.mark.parametrize(
    "placeholder",
    [
        "{role:gp}", "{tier:advice}", "{exit:home}", "{instrument:isi}", "{phone:crisis}",
        "{phone:emergency}", "{contact:crisis}", "{resource:quiet-house}", "{score:isi>=15}",
        "{score:isi=0..28}", "{wait:treatment/first}", "{wait:treatment/first/urgent}",
    ],
)  # fmt: skip
def test_placeholders_that_lead_somewhere_are_right(edited: Edited, placeholder: str) -> None:
    """Each kind of placeholder can stand in a text of a pathway."""
    assert edited("pathway", "title: Sleep", f"title: Sleep {placeholder}") == []


@pytest.mark.parametrize(
    ("placeholder", "code"),
    [
        ("{role:nobody}", "SW203"),
        ("{tier:home}", "SW203"),
        ("{exit:advice}", "SW203"),
        ("{term:sleep}", "SW203"),
        ("{quantity:dose}", "SW203"),
        ("{dose:dose}", "SW203"),
        ("{intervention:diary}", "SW203"),
        ("{medicine:pill}", "SW203"),
        ("{phone:gp}", "SW203"),
        ("{score:psqi>=1}", "SW203"),
        ("{score:isi>=29}", "SW301"),
        ("{score:isi=5..40}", "SW301"),
        ("{score:isi}", "SW204"),
        ("{score:isi>=5..9}", "SW204"),
        ("{wait:treatment}", "SW204"),
        ("{wait:advice/first}", "SW203"),
        ("{wait:treatment/first/soon}", "SW203"),
        ("{wait:treatment/first/urgent/now}", "SW204"),
        ("{roles:gp}", "SW204"),
        ("{role: gp}", "SW204"),
        ("{role:gp", "SW204"),
        ("role:gp}", "SW204"),
        ("{}", "SW204"),
        ("{{role:gp}}", "SW204"),
    ],
)
def test_placeholders_that_lead_nowhere_are_found(
    edited: Edited, placeholder: str, code: str
) -> None:
    """A wrong kind, id, score or form of a placeholder is one problem."""
    found = edited("pathway", "title: Sleep", f"title: 'Sleep {placeholder}'")
    assert {code for code, _ in found} == {code}


def test_shared_texts_know_no_pathway(edited: Edited) -> None:
    """A text that several pathways share can't name a tier of one of them."""
    found = edited("vocabulary", "does: Looks after your health.", "does: 'See {tier:advice}.'")
    assert [code for code, _ in found] == ["SW204"]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("pathway", "- id: treatment", "- id: advice"),
        ("pathway", "- id: no-driving", "- id: home"),
        ("cases", "{id: bad,", "{id: mild,"),
        ("vocabulary", "{id: high,", "{id: low,"),
    ],
)
def test_an_id_that_stands_twice_is_an_error(edited: Edited, file: str, old: str, new: str) -> None:
    """Ids are unique among their neighbours, also in cases and bands."""
    assert "SW201" in {code for code, _ in edited(file, old, new)}


def test_moves_of_a_tier_are_told_apart(edited: Edited) -> None:
    """One id for two moves out of a tier, or the word for staying, is refused."""
    again = """    discharge:
      - id: up
        to: home
        when: danger
        by: gp
        within: 2 weeks
        how: The {role:gp} writes to you.
        source: local
    review:"""
    found = edited("pathway", "    review:", again)
    assert ("SW201", "the id 'up' stands twice") in found
    found = edited("pathway", "- id: done", "- id: stay")
    assert (
        "SW201",
        "the id 'stay' is taken: a worked case says with it that nobody moves",
    ) in found


def test_a_tier_and_an_exit_have_different_ids(edited: Edited) -> None:
    """A reference to a place can't mean two of them."""
    found = edited("pathway", "- id: no-driving", "- id: treatment")
    assert ("SW201", "the id 'treatment' stands twice") in found
