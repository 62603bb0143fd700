"""Where a person's answers lead in a pathway, and why, in words. Owns no criteria of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from stepwell.definitions.pathway import RedFlag
from stepwell.diagnostics import nearest
from stepwell.logic.assess import in_order, move, place
from stepwell.logic.expression import Answers, Expression, Truth, evaluate
from stepwell.logic.measures import BadValue, Measure
from stepwell.logic.reasons import Reason, because
from stepwell.logic.rules import RuleSet, rule_set
from stepwell.resolve.sentences import sentence
from stepwell.resolve.view import Reading


class WrongAnswer(Exception):
    """An answer to nothing that is asked, or one that can't be given: message with its remedy."""


@dataclass(frozen=True, slots=True)
class Option:
    """A tier, exit or move: its id, its title, whether it holds, and what decides that."""

    id: str
    title: str
    truth: Truth
    reasons: tuple[tuple[str, bool], ...]
    """What was compared, in words, and whether it holds."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Where somebody comes to. Without `reached`, `ask` are the answers that would settle it.

    `flags` are (finding, action) of the red flags that are present; `options`
    everything that was looked at, in the order in which it decides; `stays` that
    somebody in a tier meets no move. `reached` is the id of one of the options.
    """

    flags: tuple[tuple[str, str], ...]
    options: tuple[Option, ...]
    reached: str | None
    ask: tuple[tuple[str, str], ...]
    stays: bool = False


def answers(given: Mapping[str, str], measures: Mapping[str, Measure]) -> dict[str, Decimal]:
    """Answers as numbers; WrongAnswer for what no measure has."""
    found = {}
    for name, typed in given.items():
        if name not in measures:
            hint = nearest(name, measures)
            raise WrongAnswer(f"no measure has the id '{name}'{'; ' + hint if hint else ''}")
        try:
            found[name] = measures[name].value(typed).number
        except BadValue as error:
            raise WrongAnswer(f"{error.message}: {error.help}") from None
    return found


def where(reading: Reading, given: Mapping[str, str], tier: str | None = None) -> Answer:
    """Where answers (measure id -> as typed) lead at an assessment, or at a review in a tier.

    Raises WrongAnswer for an answer that can't be given or a tier that is not there.
    """
    edition = reading.edition
    rules = rule_set(edition.content, edition.vocabulary)
    known = answers(given, edition.vocabulary.measures)
    flags = tuple(_flags(reading, known))
    if tier is None:
        return _assessed(reading, rules, known, flags)
    if tier not in {found.id for found in rules.tiers}:
        hint = nearest(tier, [found.id for found in rules.tiers])
        raise WrongAnswer(f"no tier has the id '{tier}'; {hint}")
    return _reviewed(reading, rules, tier, known, flags)


def _assessed(
    reading: Reading, rules: RuleSet, known: Answers, flags: tuple[tuple[str, str], ...]
) -> Answer:
    tiers = {found.id: found.enter for found in rules.tiers}
    placed = place(dict(rules.exits), tiers, rules.rule, known)
    order = list(tiers.items())[:: -1 if rules.rule == "highest" else 1]
    options = tuple(
        _option(reading, kind, name, name, when, known)
        for kind, entries in (("exit", rules.exits), ("tier", order))
        for name, when in entries
    )
    return Answer(flags, options, placed.place, _asked(reading, placed.ask))


def _reviewed(
    reading: Reading,
    rules: RuleSet,
    tier: str,
    known: Answers,
    flags: tuple[tuple[str, str], ...],
) -> Answer:
    moved = move(rules, tier, known)
    options = tuple(
        _option(reading, kind_of(reading, found.to), found.to, found.id, found.when, known)
        for found in in_order(rules, tier)
    )
    reached = moved.move.id if moved.move else None
    stays = moved.move is None and not moved.ask
    return Answer(flags, options, reached, _asked(reading, moved.ask), stays)


def kind_of(reading: Reading, name: str) -> str:
    """Whether a place of the pathway is a tier or an exit."""
    return "tier" if name in reading.edition.index["tier"] else "exit"


def _option(
    reading: Reading, kind: str, place: str, name: str, when: Expression, known: Answers
) -> Option:
    title = reading.find(kind, place).title.plain
    told = tuple((_said(reason, reading), reason.holds) for reason in because(when, known))
    return Option(name, title, evaluate(when, known), told)


def _said(reason: Reason, reading: Reading) -> str:
    return str(sentence(reason.test, reading, expand=True).line.striptags())


def _asked(reading: Reading, names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    measures = reading.edition.content.measures
    order = [*measures, *(name for name in names if name not in measures)]
    return tuple((name, _question(reading, name)) for name in order if name in names)


def _question(reading: Reading, name: str) -> str:
    written = reading.edition.content.measures.get(name)
    if written is None:
        return ""
    view = reading.view(written)
    for text in (view.question, view.finding, view.label):
        if text:
            return str(text.plain)
    return str(view.instrument.name.striptags()) if view.instrument else ""


def _flags(reading: Reading, known: Answers) -> Iterator[tuple[str, str]]:
    for flag in reading.edition.content.red_flags:
        if flag.measure and known.get(str(flag.measure)) == 1:
            yield _flag(reading, flag)


def _flag(reading: Reading, flag: RedFlag) -> tuple[str, str]:
    view = reading.view(flag)
    within = reading.words()("Within %(time)s", time=view.within).striptags()
    return view.finding.plain, f"{view.action.plain} ({view.role.title.plain}. {within})"
