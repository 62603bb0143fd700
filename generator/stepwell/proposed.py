"""A proposed case as an editor writes it: its id, a sentence why, and YAML.

The sentence says only what was evaluated: what comes of the person, and what
would come of them with the value on the other side of the threshold.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from stepwell.definitions.cases import STAY
from stepwell.definitions.pathway import Pathway
from stepwell.definitions.vocabulary import Instrument
from stepwell.logic.cells import typed
from stepwell.logic.measures import Measure
from stepwell.logic.proposals import Proposal
from stepwell.logic.rules import RuleSet
from stepwell.logic.worked import Outcome

HEAD = """\
# yaml-language-server: $schema=../../schema/cases.json
# Made by 'stepwell cases --generate'. A clinician looks at each case: where it is right, remove
# 'proposed: yes' and say why in your own words; where it is wrong, mend the criteria.
cases:
"""
BUILT_IN = {
    "in-tier": "The time in this tier",
    "reviews-done": "The number of reviews",
    "age": "Age",
}
LONGEST = 80
"""How many letters of a finding a sentence takes; else its id stands there."""
MOST = 3
"""How many other values next to a threshold a sentence names."""


@dataclass(frozen=True)
class Names:
    """What places and measures of a pathway are called, where that is a plain text."""

    places: Mapping[str, str]
    measures: Mapping[str, str]

    @classmethod
    def of(cls, pathway: Pathway, instruments: Iterable[Instrument]) -> Names:
        """The names of a pathway."""
        places = {str(tier.id): f"'{tier.short}'" for tier in pathway.tiers}
        places |= {str(exit.id): f"'{exit.title}'" for exit in pathway.exits}
        scores = {str(found.id): str(found.name) for found in instruments}
        measures = dict(BUILT_IN)
        for name, written in pathway.measures.items():
            text = written.label or written.finding or scores.get(str(written.instrument), name)
            measures[name] = f"'{text}'" if text == written.finding else str(text)
        return cls(_plain(places), _plain(measures))


def _plain(names: Mapping[str, str]) -> dict[str, str]:
    """The names that can stand in a sentence: without placeholders, and on one short line."""
    fits = re.compile(rf"[^{{}}\n]{{1,{LONGEST}}}")
    return {name: text if fits.fullmatch(text) else f"'{name}'" for name, text in names.items()}


@dataclass(frozen=True, slots=True)
class Written:
    """A proposed case with the fields that stand in YAML, all of them as typed."""

    id: str
    given: Mapping[str, str]
    tier: str
    why: str
    in_: str | None = None
    step: str | None = None

    def fields(self) -> dict[str, object]:
        """By the keys of YAML, in their order."""
        review = {"in": self.in_, "step": self.step} if self.in_ else {}
        head = {"id": self.id, "given": dict(self.given), **review}
        return {**head, "tier": self.tier, "why": self.why, "proposed": "yes"}


def written(
    proposals: Iterable[Proposal], rules: RuleSet, names: Names, taken: Collection[str]
) -> Iterator[Written]:
    """The cases of proposals, with ids that are not taken yet."""
    known, used = {measure.id: measure for measure in rules.measures()}, set(taken)
    for proposal in proposals:
        id = _free(_id(proposal), used)
        used.add(id)
        answers = proposal.situation.answers
        given = {name: typed(known[name], answers[name]) for name in known if name in answers}
        came, tier = proposal.outcome, proposal.situation.tier
        yield Written(id, given, str(came.place), _why(proposal, names), tier, came.step)


def _id(proposal: Proposal) -> str:
    """What the case is: `guided-self-help-phq-9-14`, `self-care-up-to-guided-in-tier-4-weeks`."""
    goal, came, tier = proposal.shows[0], proposal.outcome, proposal.situation.tier
    words = [tier, came.step] if tier else [came.place]
    if goal.test is not None:
        measure = goal.test.measure
        value = typed(measure, proposal.situation.answers[measure.id])
        words += [measure.id, value.replace("-", "minus ", 1) if value[0] == "-" else value]
    return re.sub(r"[^a-z0-9]+", "-", " ".join(map(str, words)).lower()).strip("-")


def _free(id: str, used: Collection[str]) -> str:
    """An id, with a number if it is taken."""
    number = 2
    found = id
    while found in used:
        found, number = f"{id}-{number}", number + 1
    return found


def _why(proposal: Proposal, names: Names) -> str:
    goal, came, across = proposal.shows[0], proposal.outcome, proposal.across
    led = _led(proposal, names)
    if goal.test is None or goal.side is None or across is None:
        return f"An example: the person {led}."
    answers = proposal.situation.answers
    fact = _fact(goal.test.measure, answers[goal.test.measure.id], names)
    sentence = f"{fact}, so the person {led}"
    if (across.place, across.step) != (came.place, came.step):
        instead = _instead(goal.test.measure, goal.side.across)
        sentence += f"; {instead}, all else the same, {_would(across, came, names)}"
    return f"{sentence}.{_beside(proposal, names)}"


def _led(proposal: Proposal, names: Names) -> str:
    """What comes of the person: `enters 'Self-care'`, `moves to 'Home'`."""
    came = proposal.outcome
    place = names.places.get(str(came.place), str(came.place))
    if came.step == STAY:
        return f"stays in {place}"
    return f"{'moves to' if came.step else 'enters'} {place}"


def _would(across: Outcome, came: Outcome, names: Names) -> str:
    """What would come of the person instead."""
    if across.place is None:
        return "it would be no single tier"
    place = names.places.get(across.place, across.place)
    if across.step == STAY:
        return f"the person would stay in {place}"
    by = f" by '{across.step}'" if across.place == came.place else ""
    return f"it would be {place}{by}"


def _fact(measure: Measure, number: Decimal, names: Names) -> str:
    name = names.measures.get(measure.id, measure.id)
    value = typed(measure, number)
    if measure.kind == "finding":
        return f"{name} is {'found' if number else 'not found'}"
    return f"{name} is '{value}'" if measure.kind == "choice" else f"{name} is {value}"


def _instead(measure: Measure, number: Decimal) -> str:
    value = typed(measure, number)
    if measure.kind == "finding":
        return "with it" if number else "without it"
    return f"with '{value}'" if measure.kind == "choice" else f"with {value}"


def _beside(proposal: Proposal, names: Names) -> str:
    """The other numbers of the person that stand next to a threshold, if there are some."""
    first, *rest = (goal.test.measure for goal in proposal.shows if goal.test)
    told = {
        measure.id: typed(measure, proposal.situation.answers[measure.id])
        for measure in rest
        if measure != first and measure.kind not in ("choice", "finding")
    }
    shown = [f"{names.measures.get(name, name)} ({value})" for name, value in told.items()]
    return f" Next to a threshold too: {', '.join(shown[:MOST])}." if shown else ""


def as_yaml(cases: Iterable[Written]) -> str:
    """The text of a file that holds cases."""
    return HEAD + "".join(_item(case) for case in cases)


def _item(case: Written) -> str:
    lines = []
    for key, value in case.fields().items():
        if value == {}:
            lines.append(f"{key}: {{}}")
        elif isinstance(value, Mapping):
            lines += [f"{key}:", *(f"  {name}: {_scalar(typed)}" for name, typed in value.items())]
        else:
            lines.append(f"{key}: {_quoted(value) if key == 'why' else _scalar(str(value))}")
    return "  - " + "\n    ".join(lines) + "\n"


def _scalar(text: str) -> str:
    """A value as an editor types it; in quotes only where it has unusual signs."""
    return text if re.fullmatch(r"-?[A-Za-z0-9][\w .%/²-]*", text) else _quoted(text)


def _quoted(text: object) -> str:
    return json.dumps(str(text), ensure_ascii=False)
