"""Clinical safety: what hurts when it is missing, contradicts itself or has grown old."""

from __future__ import annotations

import datetime
import re
from itertools import pairwise

from stepwell.definitions.base import Safety
from stepwell.definitions.pathway import Pathway, Tier, Wait
from stepwell.definitions.placeholders import cut
from stepwell.definitions.project import Definitions
from stepwell.definitions.vocabulary import Instrument
from stepwell.definitions.walk import of_type
from stepwell.diagnostics import Diagnostics

YEAR = datetime.timedelta(days=365)


def check(read: Definitions, diagnostics: Diagnostics, today: datetime.date) -> None:
    """SW4xx over the whole project, as of a day."""
    for instrument in read.vocabulary.instruments:
        _bands(instrument, diagnostics)
        _questions(instrument, diagnostics)
    for _, definition in (*read.shared(), *read.pathways.items()):
        for text in of_type(definition, Safety):
            _digits(text, diagnostics)
    for pathway in read.pathways.values():
        _pathway(pathway, read, diagnostics, today)
    _resources(read, diagnostics, today)


def _pathway(
    pathway: Pathway, read: Definitions, diagnostics: Diagnostics, today: datetime.date
) -> None:
    if not pathway.red_flags:
        diagnostics.add("SW405", pathway.place("red_flags"), "this pathway has no red flags")
    if pathway.status == "approved" and pathway.approved is None:
        message = "the status is 'approved' but nobody approved it"
        diagnostics.add("SW407", pathway.place("status"), message, "add approved: with by and date")
    if today > pathway.review_by:
        message = f"the review was due by {pathway.review_by}"
        diagnostics.add("SW408", pathway.place("review_by"), message)
    waiting = {str(wait.tier) for wait in pathway.waits}
    for tier in pathway.tiers:
        _tier(tier, str(tier.id) in waiting, diagnostics)
    _directions(pathway, diagnostics)
    order = [str(urgency.id) for urgency in read.vocabulary.urgency]
    for wait in pathway.waits:
        _urgent_is_not_slower(wait, order, diagnostics)
    _capacity(pathway, diagnostics, today)


def _tier(tier: Tier, waits: bool, diagnostics: Diagnostics) -> None:
    if waits and tier.while_you_wait is None:
        message = f"the tier '{tier.id}' has a wait but no while-you-wait"
        diagnostics.add("SW402", tier.id.span, message, "add what helps until it starts")


def _directions(pathway: Pathway, diagnostics: Diagnostics) -> None:
    height = {str(tier.id): at for at, tier in enumerate(pathway.tiers)}
    for at, tier in enumerate(pathway.tiers):
        moves = [("up", step, 1) for step in tier.step_up]
        moves += [("down", step, -1) for step in tier.step_down]
        for word, step, sign in moves:
            there = height.get(str(step.to))
            if there is not None and (there - at) * sign <= 0:
                message = f"the step {word} '{step.id}' of '{tier.id}' leads to '{step.to}'"
                help = "tiers are listed from the least to the most support"
                diagnostics.add("SW412", step.to.span, message, help)


def _urgent_is_not_slower(wait: Wait, order: list[str], diagnostics: Diagnostics) -> None:
    ranked = sorted(
        (order.index(name), name, wait.targets[name]) for name in wait.targets if name in order
    )
    for (_, more, shorter), (_, less, longer) in pairwise(ranked):
        if shorter.days > longer.days:
            message = f"'{more}' waits {shorter}, longer than '{less}' with {longer}"
            diagnostics.add(
                "SW403", shorter.span, message, "correct one of the two",
                [(longer.span, f"'{less}' is here")],
            )  # fmt: skip


def _bands(instrument: Instrument, diagnostics: Diagnostics) -> None:
    expected = instrument.from_
    for band in instrument.bands:
        if band.from_ != expected or band.to < band.from_:
            message = f"the band '{band.id}' starts at {band.from_}; {expected} comes next"
            diagnostics.add("SW404", band.place("from_"), message)
            return
        expected = band.to + 1
    if instrument.bands and expected != instrument.to + 1:
        message = f"the bands end at {expected - 1}, the scores at {instrument.to}"
        diagnostics.add("SW404", instrument.place("bands"), message)


def _questions(instrument: Instrument, diagnostics: Diagnostics) -> None:
    """What one question can score, times their number, is the range of the total."""
    each, items, risk = instrument.each, instrument.items, instrument.risk_item
    if each is not None:
        low, high = items * each.low, items * (each.high or each.low)
        if low != instrument.from_ or high != instrument.to or each.unit:
            message = f"{items} questions of {each} make {low} to {high}"
            help = f"the scores are {instrument.from_} to {instrument.to}: correct one of the two"
            diagnostics.add("SW413", each.span, message, help)
    if risk is not None and not 1 <= risk <= items:
        message = f"there is no question {risk}; there are {items}"
        diagnostics.add("SW413", instrument.place("risk_item"), message)


def _digits(text: Safety, diagnostics: Diagnostics) -> None:
    typed = [piece for piece in cut(text) if isinstance(piece, str)]
    if found := re.search(r"\d+", " ".join(typed)):
        message = f"the number '{found[0]}' is typed inside a safety text"
        diagnostics.add("SW401", text.span, message, "define it under quantities: with its source")


def _capacity(pathway: Pathway, diagnostics: Diagnostics, today: datetime.date) -> None:
    for capacity in pathway.capacity:
        if today > capacity.until:
            message = f"the wait measured on {capacity.measured} was valid until {capacity.until}"
            diagnostics.add("SW410", capacity.place("measured"), message, "measure again")


def _resources(read: Definitions, diagnostics: Diagnostics, today: datetime.date) -> None:
    answered = {str(need) for r in read.resources.resources for need in r.needs}
    for need in read.vocabulary.needs:
        if str(need.id) not in answered:
            message = f"no community resource answers the need '{need.id}'"
            diagnostics.add("SW411", need.id.span, message)
    for resource in read.resources.resources:
        if today - resource.verified > YEAR:
            message = f"'{resource.name}' was last verified on {resource.verified}"
            diagnostics.add("SW409", resource.place("verified"), message)
