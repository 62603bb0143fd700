"""Criteria fit their measures; where each of them is written, and what it is called."""

from __future__ import annotations

from collections.abc import Iterator

from stepwell.definitions.pathway import Pathway
from stepwell.definitions.project import Definitions
from stepwell.definitions.walk import criteria
from stepwell.diagnostics import Diagnostics
from stepwell.logic.rules import KINDS
from stepwell.logic.typing import Vocabulary
from stepwell.source import Span


def check(read: Definitions, diagnostics: Diagnostics) -> None:
    """SW203, SW205 and SW301 to SW304 of every criterion."""
    instruments = {str(i.id): i for i in read.vocabulary.instruments}
    for pathway in read.pathways.values():
        vocabulary = Vocabulary.of(pathway, instruments, diagnostics)
        for found in criteria(pathway):
            vocabulary.expression(found)


def places(pathway: Pathway) -> Iterator[tuple[str, Span]]:
    """The path of each criterion and wait, as a rule set names it, and where it is written."""
    for name, criterion in pathway.criteria.items():
        yield f"criteria/{name}", criterion.place("when")
    for exit in pathway.exits:
        yield f"exits/{exit.id}/when", exit.place("when")
    for tier in pathway.tiers:
        yield f"tiers/{tier.id}/enter", tier.place("enter")
        every = (tier.step_up, tier.step_down, tier.discharge, tier.re_triage)
        for kind, steps in zip(KINDS, every, strict=True):
            for step in steps:
                yield f"tiers/{tier.id}/{kind}/{step.id}", step.place("when")
    for wait in pathway.waits:
        yield f"waits/{wait.tier}/{wait.milestone}", wait.place("targets")


def named(path: str) -> str:
    """A criterion or wait by its path, as a clinician calls it: `the entry of 'self-care'`."""
    match path.split("/"):
        case ["tiers", name, "enter"] | ["exits", name, "when"]:
            return f"the entry of '{name}'"
        case ["tiers", name, kind, move]:
            return f"the {kind.replace('step-', 'step ')} '{move}' of '{name}'"
        case ["waits", name, milestone]:
            return f"the wait for '{milestone}' in '{name}'"
    return f"the criterion '{path.partition('/')[2]}'"
