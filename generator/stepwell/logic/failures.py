"""An obligation that does not hold: who breaks it, where they come to, and what would mend it.

Everything said here was replayed through the evaluation of criteria that every
other stage uses; where that disagrees with the solver, nothing is said.
"""

from __future__ import annotations

from dataclasses import dataclass

from stepwell.definitions.proof import Obligation
from stepwell.logic.assess import Placement
from stepwell.logic.cells import typed
from stepwell.logic.claims import Person
from stepwell.logic.counterexample import Answers, Disagreement, People, placement, smallest
from stepwell.logic.expression import evaluate, measures
from stepwell.logic.hints import leaving_out, parting, taking_in
from stepwell.logic.obligations import Statement
from stepwell.logic.rules import RuleSet, digest_of
from stepwell.logic.solver import Solver

TOO_HARD = "the limit of work was reached: let the criteria compare less, or name parts of them"
UNREACHED = "nobody comes to it: see whether its entry can hold"
NOBODY = "no answers meet it: mend a comparison that contradicts another one"
EVERYBODY = "all answers meet it: leave the criterion away, or let it ask for more"
NO_WAY_OUT = "add a step up, a step down or a discharge"
NO_REVIEW = "add a review"


@dataclass(frozen=True, slots=True)
class Failure:
    """An obligation that does not hold.

    `paths` are the criteria involved, `digest` changes when one of them does.
    `person` is who breaks it; `text` says them in the words of the YAML. Nobody
    can be named where nobody meets a criterion, and where the limit of work was
    reached (`undecided`). `led_to` is the tier or exit that the person comes to
    and, for `monotone`, the one once they got worse; for `overlap` the tiers
    that hold together.
    """

    obligation: Obligation
    subject: str
    paths: tuple[str, ...]
    digest: str
    hint: str
    person: Person | None = None
    text: str = ""
    led_to: tuple[str, ...] = ()
    undecided: bool = False


def undecided(rules: RuleSet, statement: Statement) -> Failure:
    """The failure of a statement that the solver gave up on."""
    digest = digest_of(statement.subject, statement.paths, rules)
    return Failure(
        statement.obligation, statement.subject, statement.paths, digest, TOO_HARD, undecided=True
    )


def missing(rules: RuleSet, obligation: Obligation, tier: str) -> Failure:
    """The failure of a tier that lacks a way out or a review."""
    paths = tuple(path for path, _ in rules.criteria() if path.startswith(f"tiers/{tier}/"))
    hint = NO_WAY_OUT if obligation == "way-out" else NO_REVIEW
    return Failure(obligation, tier, paths, digest_of(tier, paths, rules), hint)


def explained(statement: Statement, people: People, solver: Solver) -> Failure:
    """The failure of a statement that was refuted.

    Raises Disagreement if the person found does not break the obligation.
    """
    person = _person(statement, people, solver)
    digest = digest_of(statement.subject, statement.paths, people.rules)
    if person is None:
        hint = {"impossible": NOBODY, "always": EVERYBODY, "unreachable": UNREACHED}.get(
            statement.obligation, TOO_HARD
        )
        return Failure(statement.obligation, statement.subject, statement.paths, digest, hint)
    led_to = _replayed(statement, people.rules, person)
    return Failure(
        statement.obligation, statement.subject, statement.paths, digest,
        _hint(statement, people, person, led_to, solver), person, described(people, person), led_to,
    )  # fmt: skip


def _person(statement: Statement, people: People, solver: Solver) -> Person | None:
    claims = statement.instead if statement.wanted else (statement.claim,)
    found = (smallest(claim, statement.worsening, people, solver) for claim in claims)
    return next((person for person in found if person is not None), None)


def described(people: People, person: Person) -> str:
    """A person in the words of the YAML: `phq-9 9 -> 10, response partial, in-tier 3 weeks`."""
    known = {measure.id: measure for measure in people.rules.measures()}
    told = []
    for name, number in person.answers.items():
        value = typed(known[name], number)
        if person.after and person.after[0] == name:
            value += f" -> {typed(known[name], person.after[1])}"
        told.append(f"{name} {value}")
    return ", ".join(told) or "anybody"


def _replayed(statement: Statement, rules: RuleSet, person: Person) -> tuple[str, ...]:
    """Where the person comes to; Disagreement if that breaks no obligation."""
    now = placement(rules, person.answers)
    later = placement(rules, person.later().answers)
    places = tuple(place for place in (now.place, later.place) if place)
    led_to, breaks = places, False
    match statement.obligation:
        case "gap":
            breaks = now == Placement(None, (), ())
        case "overlap":
            led_to, breaks = now.matching, not now.place and len(now.matching) > 1
        case "unreachable":
            led_to = places[:1] or tuple(t for t in now.matching if t != statement.subject)
            breaks = bool(led_to) and statement.subject not in led_to
        case "monotone":
            breaks = len(places) == 2 and _falls(rules, *places)
        case _:
            known, led_to = dict(rules.criteria()), ()
            breaks = all(evaluate(known[path], person.answers) for path in statement.paths)
    if not breaks:
        raise Disagreement(f"{statement.obligation}: {person} comes to {now} and {later}")
    return led_to


def _falls(rules: RuleSet, before: str, after: str) -> bool:
    """Whether the second place is a tier, and the first an exit or a higher tier."""
    tiers = [tier.id for tier in rules.tiers]
    return after in tiers and (before not in tiers or tiers.index(before) > tiers.index(after))


def _hint(
    statement: Statement, people: People, person: Person, led_to: tuple[str, ...], solver: Solver
) -> str:
    """What would mend it, for the mildest of the people who are meant."""
    known = dict(people.rules.criteria())
    targets = [(path, known[path]) for path in statement.paths]
    answers = {**people.mildest(), **person.later().answers}
    match statement.obligation:
        case "unreachable":
            return f"whoever meets it comes to others, here '{led_to[0]}': let one ask for less"
        case "gap":
            tiers = [target for target in targets[::-1] if target[0].startswith("tiers/")]
            change = taking_in(tiers, answers, people)
            return str(change or "let a tier or an exit take these people in")
        case "monotone":
            return _keeping(led_to, answers, people)
        case "overlap":
            return parting(targets, answers, people, solver)
    shortest_first = sorted(targets, key=lambda found: len(list(measures(found[1]))))
    return parting(shortest_first[::-1], answers, people, solver)


def _keeping(led_to: tuple[str, ...], answers: Answers, people: People) -> str:
    """What keeps somebody who gets worse where they are, or from coming to a lower tier."""
    rules, (before, after) = people.rules, led_to
    entry = {t.id: (f"tiers/{t.id}/enter", t.enter) for t in rules.tiers}
    if before not in entry or rules.rule == "highest":
        out = {name: (f"exits/{name}/when", when) for name, when in rules.exits}
        change = taking_in([{**out, **entry}[before]], answers, people)
    else:
        change = leaving_out(entry[after], answers, people)
    return str(change or f"let '{before}' still take them in when this gets worse")
