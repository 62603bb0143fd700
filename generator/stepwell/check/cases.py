"""Worked cases come out as they say: at assessment, and at the reviews of a tier."""

from __future__ import annotations

from decimal import Decimal

from stepwell.check.criteria import named, places
from stepwell.definitions.cases import STAY, Answer, Case
from stepwell.definitions.project import Definitions
from stepwell.diagnostics import Diagnostics, nearest
from stepwell.logic.cells import typed
from stepwell.logic.expression import Answers, Expression, evaluate
from stepwell.logic.hints import written
from stepwell.logic.measures import BadValue, Measure
from stepwell.logic.reasons import because
from stepwell.logic.rules import Move, RuleSet, rule_set
from stepwell.logic.typing import Vocabulary
from stepwell.logic.worked import Outcome, Situation, agrees, entry, outcome
from stepwell.source import Span

MOST = 3
"""How many reasons a message names."""


def check(read: Definitions, diagnostics: Diagnostics) -> None:
    """SW203, SW301, SW303 and SW305 to SW308 of every worked case.

    To be called once all criteria were found to fit their measures.
    """
    instruments = {str(i.id): i for i in read.vocabulary.instruments}
    for name, pathway in read.pathways.items():
        cases = read.cases[name].cases if name in read.cases else ()
        vocabulary = Vocabulary.of(pathway, instruments, diagnostics)
        rules, spans = rule_set(pathway, vocabulary), dict(places(pathway))
        exits = [str(found.id) for found in pathway.exits]
        for case in cases:
            answers = _answers(case, vocabulary.measures, diagnostics)
            if _possible(case, rules, exits, diagnostics) and answers is not None:
                _compare(case, rules, answers, spans, diagnostics)
        _unconfirmed(cases, diagnostics)


def _answers(
    case: Case, measures: dict[str, Measure], diagnostics: Diagnostics
) -> dict[str, Decimal] | None:
    found: dict[str, Decimal] = {}
    for name, answer in case.given.items():
        number = _number(name, answer, measures, diagnostics)
        if number is not None:
            found[name] = number
    return found if len(found) == len(case.given) else None


def _number(
    name: str, answer: Answer, measures: dict[str, Measure], diagnostics: Diagnostics
) -> Decimal | None:
    if name not in measures:
        hint = nearest(name, measures)
        diagnostics.add("SW203", answer.span, f"no measure has the id '{name}'", hint)
        return None
    try:
        return measures[name].value(answer).number
    except BadValue as error:
        code = "SW301" if error.out_of_range else "SW303"
        diagnostics.add(code, answer.span, error.message, error.help)
        return None


def _possible(case: Case, rules: RuleSet, exits: list[str], diagnostics: Diagnostics) -> bool:
    """Whether a case names what there is, and could come true at all."""
    tiers = [tier.id for tier in rules.tiers]
    if case.tier not in (known := [*tiers, *exits]):
        message = f"no tier or exit has the id '{case.tier}'"
        diagnostics.add("SW203", case.tier.span, message, nearest(case.tier, known))
        return False
    if case.in_ is not None and case.in_ not in tiers:
        message = f"no tier has the id '{case.in_}'"
        diagnostics.add("SW203", case.in_.span, message, nearest(case.in_, tiers))
        return False
    return case.step is None or _step(case, rules, diagnostics)


def _step(case: Case, rules: RuleSet, diagnostics: Diagnostics) -> bool:
    """Whether the step of a case is one of the tier the person is in, and leads where it says."""
    step = case.step or case.id
    if case.in_ is None:
        message = f"the case '{case.id}' has a step, but not the tier that the person is in"
        diagnostics.add("SW308", step.span, message, "add in: with that tier, or remove step:")
        return False
    moves = _moves(rules, case.in_)
    if step != STAY and step not in (known := [move.id for move in moves]):
        message = f"no move out of '{case.in_}' has the id '{step}'"
        diagnostics.add("SW203", step.span, message, nearest(step, [*known, STAY]))
        return False
    leads = [str(case.in_)] if step == STAY else [move.to for move in moves if move.id == step]
    if case.tier not in leads:
        message = f"the step '{step}' of the case '{case.id}' leads to '{leads[0]}'"
        help = f"write tier: {leads[0]}, or another step"
        diagnostics.add("SW308", case.tier.span, message, help)
    return case.tier in leads


def _moves(rules: RuleSet, tier: str) -> tuple[Move, ...]:
    return next(rung.moves for rung in rules.tiers if rung.id == tier)


def _compare(
    case: Case, rules: RuleSet, answers: Answers, spans: dict[str, Span], diagnostics: Diagnostics
) -> None:
    came = outcome(rules, Situation(answers, str(case.in_) if case.in_ else None))
    if came.ask:
        what = "which step is taken" if case.in_ else "which tier it reaches"
        message, help = f"the case '{case.id}' leaves open {what}", ", ".join(came.ask)
        diagnostics.add("SW306", case.id.span, message, f"give an answer for: {help}")
    elif not agrees(case, came):
        why = _reasons(case, rules, came, answers)
        message = f"the case '{case.id}' should {_wanted(case)} but {_came(came)}"
        if why and (came.place or not came.matching):
            message += f", because {next(iter(why.values()))}"
        notes = [(spans[path], f"{named(path)}: {told}") for path, told in why.items()]
        at = case.step if case.step and case.tier == came.place else case.tier
        diagnostics.add("SW305", at.span, message, "mend the criterion or the case", notes)


def _wanted(case: Case) -> str:
    if case.step == STAY:
        return f"stay in '{case.tier}'"
    return f"reach '{case.tier}'" + (f" by '{case.step}'" if case.step else "")


def _came(came: Outcome) -> str:
    if came.step == STAY:
        return f"stays in '{came.place}'"
    if came.place:
        return f"reaches '{came.place}'" + (f" by '{came.step}'" if came.step else "")
    both = " and ".join(f"'{name}'" for name in came.matching)
    return f"enters both {both}" if both else "reaches no tier"


def _reasons(case: Case, rules: RuleSet, came: Outcome, answers: Answers) -> dict[str, str]:
    """By the path of a criterion, why what was expected fails, and why what came holds."""
    known = dict(rules.criteria())
    wanted = [path for path in _expected(case, rules) if path in known]
    failing = [path for path in wanted if evaluate(known[path], answers) is False]
    holding = [came.path] if came.path else [entry(rules, name) for name in came.matching]
    return {path: _told(known[path], answers) for path in dict.fromkeys(failing + holding)}


def _expected(case: Case, rules: RuleSet) -> list[str]:
    """The criteria of which one has to decide for the case to come true."""
    if case.in_ is None:
        return [entry(rules, str(case.tier))]
    moves = [move for move in _moves(rules, case.in_) if case.step in (None, move.id)]
    return [f"tiers/{case.in_}/{move.kind}/{move.id}" for move in moves if move.to == case.tier]


def _told(expression: Expression, answers: Answers) -> str:
    """The comparisons that decide a criterion: `phq-9: {at-least: 15} fails for 14`."""
    reasons = because(expression, answers)
    told = [
        f"{written(test)} {'holds' if holds else 'fails'} for "
        + typed(test.measure, answers[test.measure.id])
        for test, holds in ((reason.test, reason.holds) for reason in reasons)
    ]
    more = [f"{len(told) - MOST} more"] if len(told) > MOST else []
    return " and ".join([*told[:MOST], *more])


def _unconfirmed(cases: tuple[Case, ...], diagnostics: Diagnostics) -> None:
    """SW307 once for each file with proposed cases, at the first of them."""
    files: dict[str, list[Case]] = {}
    for case in cases:
        if case.proposed:
            files.setdefault(case.id.span.path, []).append(case)
    for found in files.values():
        what = "case is" if len(found) == 1 else "cases are"
        message = f"{len(found)} {what} proposed, and not confirmed by a clinician"
        help = "let a clinician look at each, then remove 'proposed: yes'"
        diagnostics.add("SW307", found[0].id.span, message, help)
