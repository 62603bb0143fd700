"""Criteria fit their measures, and every worked case reaches the tier it should."""

from __future__ import annotations

from decimal import Decimal

from stepwell.definitions.cases import Case
from stepwell.definitions.criteria import Criterion
from stepwell.definitions.pathway import Pathway
from stepwell.definitions.project import Definitions
from stepwell.definitions.walk import criteria
from stepwell.diagnostics import Diagnostics, nearest
from stepwell.logic.assess import place
from stepwell.logic.expression import Expression
from stepwell.logic.measures import BadValue
from stepwell.logic.typing import Vocabulary
from stepwell.source import Span


def check(read: Definitions, diagnostics: Diagnostics) -> None:
    """SW203, SW205 and SW30x of every criterion; SW305 and SW306 of every worked case."""
    instruments = {str(i.id): i for i in read.vocabulary.instruments}
    for name, pathway in read.pathways.items():
        vocabulary = Vocabulary.of(pathway, instruments, diagnostics)
        sound = [vocabulary.expression(found) is not None for found in criteria(pathway)]
        if all(sound) and name in read.cases:
            for case in read.cases[name].cases:
                _case(case, pathway, vocabulary, diagnostics)


def _case(case: Case, pathway: Pathway, vocabulary: Vocabulary, diagnostics: Diagnostics) -> None:
    answers = _answers(case, vocabulary, diagnostics)
    if answers is None:
        return
    exits = {str(e.id): e.when for e in pathway.exits if e.when}
    tiers = {str(t.id): t.enter for t in pathway.tiers}
    if case.tier not in tiers and case.tier not in {str(e.id) for e in pathway.exits}:
        hint = nearest(case.tier, [*tiers, *exits])
        diagnostics.add("SW203", case.tier.span, f"no tier or exit has the id '{case.tier}'", hint)
        return
    found = place(
        {name: _typed(vocabulary, when) for name, when in exits.items()},
        {name: _typed(vocabulary, when) for name, when in tiers.items()},
        pathway.where_several_match,
        answers,
    )
    if found.ask:
        missing = ", ".join(found.ask)
        message = f"the case '{case.id}' leaves open which tier it reaches"
        diagnostics.add("SW306", case.id.span, message, f"give an answer for: {missing}")
    elif found.place != case.tier:
        reached = f"'{found.place}'" if found.place else "no single tier"
        message = f"the case '{case.id}' should reach '{case.tier}' but reaches {reached}"
        places = {str(t.id): t.place("enter") for t in pathway.tiers}
        places |= {str(e.id): e.place("when") for e in pathway.exits}
        related = [
            (places[n], f"entry of '{n}'")
            for n in (str(case.tier), found.place or "")
            if n in places
        ]
        diagnostics.add("SW305", case.tier.span, message, "mend the criterion or the case", related)


def _typed(vocabulary: Vocabulary, criterion: Criterion) -> Expression:
    expression = vocabulary.expression(criterion)
    if expression is None:
        raise ValueError("a criterion was found sound and is not")
    return expression


def _answers(
    case: Case, vocabulary: Vocabulary, diagnostics: Diagnostics
) -> dict[str, Decimal] | None:
    answers: dict[str, Decimal] = {}
    at: Span = case.place("given")
    for name, typed in case.given.items():
        measure = vocabulary.measures.get(name)
        if measure is None:
            hint = nearest(name, vocabulary.measures)
            diagnostics.add("SW203", at, f"no measure has the id '{name}'", hint)
            return None
        try:
            answers[name] = measure.value(typed).number
        except BadValue as error:
            code = "SW301" if error.out_of_range else "SW303"
            diagnostics.add(code, at, error.message, error.help)
            return None
    return answers
