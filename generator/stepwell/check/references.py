"""Ids stand once, and every reference and placeholder leads to something."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from stepwell.definitions.base import Definition, Located, Reference, Text
from stepwell.definitions.cases import STAY
from stepwell.definitions.pathway import Tier
from stepwell.definitions.placeholders import (
    KINDS,
    SHARED_KINDS,
    Placeholder,
    placeholders,
    score,
    strays,
)  # fmt: skip
from stepwell.definitions.project import Definitions
from stepwell.definitions.walk import definitions as all_definitions
from stepwell.definitions.walk import of_type, texts
from stepwell.diagnostics import Diagnostics, nearest
from stepwell.source import Span

Index = dict[str, dict[str, Any]]
_NAMES = {"tier-or-exit": "tier or exit", "term": "glossary term"}
_QUANTITY_KINDS = {"dose": "quantity"}


def check(read: Definitions, diagnostics: Diagnostics) -> None:
    """SW201 duplicate ids, SW203 unknown references, SW204 placeholders."""
    for _, definition in (*read.shared(), *read.pathways.items(), *read.cases.items()):
        _unique(definition, diagnostics)
    shared = read.index(None)
    for _, definition in read.shared():
        _references(definition, shared, diagnostics)
        for text in texts(definition):
            _placeholders(text, shared, SHARED_KINDS, diagnostics)
    for name, pathway in read.pathways.items():
        index = read.index(name)
        _unique_items((*pathway.tiers, *pathway.exits), diagnostics)
        for tier in pathway.tiers:
            _moves(tier, diagnostics)
        _references(pathway, index, diagnostics)
        for text in texts(pathway):
            _placeholders(text, index, KINDS, diagnostics)
    _site(read, shared, diagnostics)


def _unique(definition: Definition, diagnostics: Diagnostics) -> None:
    for owner in all_definitions(definition):
        for _, value in owner.fields():
            if isinstance(value, tuple):
                _unique_items(value, diagnostics)


def _unique_items(items: tuple[Any, ...], diagnostics: Diagnostics) -> None:
    seen: dict[str, Located] = {}
    for item in items:
        made = getattr(item, "id", None)
        if not isinstance(made, Located):
            continue
        if made in seen:
            message = f"the id '{made}' stands twice"
            first = [(seen[made].span, "first defined here")]
            diagnostics.add("SW201", made.span, message, "rename one of them", first)
        seen.setdefault(made, made)


def _moves(tier: Tier, diagnostics: Diagnostics) -> None:
    """Moves out of a tier are told apart by their ids, and from staying."""
    moves = (*tier.step_up, *tier.step_down, *tier.discharge, *tier.re_triage)
    _unique_items(moves, diagnostics)
    for move in moves:
        if move.id == STAY:
            message = f"the id '{STAY}' is taken: a worked case says with it that nobody moves"
            diagnostics.add("SW201", move.id.span, message, "give the move another id")


def _references(definition: Definition, index: Index, diagnostics: Diagnostics) -> None:
    for reference in of_type(definition, Reference):
        _known(reference.kind, str(reference), reference, index, diagnostics)


def _known(kind: str, name: str, at: Located, index: Index, diagnostics: Diagnostics) -> bool:
    known = index.get(kind, {})
    if name in known:
        return True
    label = _NAMES.get(kind, kind)
    hint = nearest(name, known) or f"define the {label}, or use another"
    diagnostics.add("SW203", at.span, f"no {label} has the id '{name}'", hint)
    return False


def _placeholders(
    text: Text, index: Index, kinds: tuple[str, ...], diagnostics: Diagnostics
) -> None:
    for stray in strays(text):
        message = f"'{stray.strip()[:60]}' has a brace that is no placeholder"
        help = f"write {{kind:id}} with a kind of: {', '.join(kinds)}"
        diagnostics.add("SW204", text.span, message, help)
    for placeholder in placeholders(text):
        if placeholder.kind not in kinds:
            message = f"'{placeholder}' has a kind that is not known here"
            hint = nearest(placeholder.kind, kinds) or f"known here: {', '.join(kinds)}"
            diagnostics.add("SW204", text.span, message, hint)
        else:
            _argument(placeholder, text, index, diagnostics)


def _argument(placeholder: Placeholder, text: Text, index: Index, diagnostics: Diagnostics) -> None:
    kind, argument = placeholder.kind, placeholder.argument
    if kind == "score":
        _score(placeholder, text, index, diagnostics)
    elif kind == "wait":
        _wait(placeholder, text, index, diagnostics)
    elif kind == "phone" and argument == "emergency":
        return
    elif kind == "phone":
        _known("contact", argument, text, index, diagnostics)
    else:
        _known(_QUANTITY_KINDS.get(kind, kind), argument, text, index, diagnostics)


def _score(placeholder: Placeholder, text: Text, index: Index, diagnostics: Diagnostics) -> None:
    found = score(placeholder.argument)
    if found is None:
        help = "write {score:phq-9>=15} or {score:phq-9=5..14}"
        diagnostics.add("SW204", text.span, f"'{placeholder}' is not a score", help)
    elif _known("instrument", found.instrument, text, index, diagnostics):
        instrument = index["instrument"][found.instrument]
        for value in (found.low, found.high):
            if value is not None and not instrument.from_ <= value <= instrument.to:
                message = f"{value} can't be scored on {instrument.name}"
                help = f"its scores go from {instrument.from_} to {instrument.to}"
                diagnostics.add("SW301", text.span, message, help)


def _wait(placeholder: Placeholder, text: Text, index: Index, diagnostics: Diagnostics) -> None:
    parts = placeholder.argument.split("/")
    if len(parts) not in (2, 3):
        help = "write {wait:tier/milestone} or {wait:tier/milestone/urgency}"
        diagnostics.add("SW204", text.span, f"'{placeholder}' is not a wait", help)
        return
    for kind, name in zip(("tier", "milestone", "urgency"), parts, strict=False):
        _known(kind, name, text, index, diagnostics)


def waits_named(read: Definitions, diagnostics: Diagnostics) -> None:
    """SW203 for a `{wait:...}` whose tier and milestone are known but have no such target."""
    for pathway in read.pathways.values():
        targets = {(str(w.tier), str(w.milestone)): w.targets for w in pathway.waits}
        for text in texts(pathway):
            for found in placeholders(text):
                parts = found.argument.split("/")
                if found.kind != "wait" or len(parts) not in (2, 3):
                    continue
                urgency = parts[2] if len(parts) == 3 else "routine"
                if urgency not in targets.get((parts[0], parts[1]), {}):
                    message = f"'{found}' names a wait that has no target for '{urgency}'"
                    diagnostics.add("SW203", text.span, message, "add it under waits:")


def _site(read: Definitions, shared: Index, diagnostics: Diagnostics) -> None:
    _known("contact", str(read.site.crisis.contact), read.site.crisis.contact, shared, diagnostics)
    languages = read.site.languages
    if languages.source not in languages.published:
        message = f"the source language '{languages.source}' is not among the published ones"
        diagnostics.add("SW203", languages.source.span, message, f"add '{languages.source}'")
    for pathway in read.pathways.values():
        for wait in pathway.waits:
            _urgencies(wait.targets, wait.place("targets"), shared, diagnostics)
        for promise in pathway.promises:
            _urgencies(promise.targets, promise.place("targets"), shared, diagnostics)


def _urgencies(names: Iterable[str], at: Span, shared: Index, diagnostics: Diagnostics) -> None:
    for name in names:
        if name not in shared["urgency"]:
            hint = nearest(name, shared["urgency"])
            diagnostics.add("SW203", at, f"no urgency has the id '{name}'", hint)
