"""The proof of each pathway's criteria, told as problems where it fails and nothing waives it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from stepwell.check.criteria import named, places
from stepwell.definitions.pathway import Pathway, Tier
from stepwell.definitions.project import Definitions
from stepwell.definitions.proof import Obligation, Waiver
from stepwell.diagnostics import Diagnostics
from stepwell.logic.failures import Failure
from stepwell.logic.prove import prove
from stepwell.logic.rules import rule_set
from stepwell.logic.typing import Vocabulary
from stepwell.logic.waivers import LETTERS, Verdict, judged

CODES: Mapping[Obligation, str] = {
    "gap": "SW310", "overlap": "SW311", "unreachable": "SW312", "impossible": "SW313",
    "always": "SW314", "monotone": "SW315", "up-and-down": "SW316", "up-and-discharge": "SW316",
    "down-and-discharge": "SW316", "promise": "SW317", "way-out": "SW406", "review": "SW406",
}  # fmt: skip
UNDECIDED = "SW318"
_PATH = re.compile(r"\b(?:tiers|exits|criteria|waits)/[a-z0-9/-]+")


def check(read: Definitions, diagnostics: Diagnostics) -> dict[str, Verdict]:
    """The verdict on each pathway; SW310 to SW319 and SW406 for what it does not let stand.

    To be called once all criteria were found to fit their measures.
    """
    instruments = {str(i.id): i for i in read.vocabulary.instruments}
    verdicts = {}
    for name, pathway in read.pathways.items():
        rules = rule_set(pathway, Vocabulary.of(pathway, instruments, diagnostics))
        verdicts[name] = verdict = judged(prove(rules), pathway.waivers)
        for failure in verdict.broken:
            _tell(failure, pathway, verdict.lapsed, diagnostics)
        for waiver in verdict.lapsed:
            _tell_lapsed(waiver, verdict, diagnostics)
    return verdicts


def _tell(
    failure: Failure, pathway: Pathway, lapsed: tuple[Waiver, ...], diagnostics: Diagnostics
) -> None:
    code = UNDECIDED if failure.undecided else CODES[failure.obligation]
    spans = {path: span for path, span in places(pathway) if path in failure.paths}
    if failure.obligation == "gap":
        at, related = pathway.place("tiers"), list(spans.items())
    elif failure.obligation in ("way-out", "review"):
        at, related = _tier(pathway, failure.subject).id.span, []
    else:
        found = [(path, spans[path]) for path in failure.paths if path in spans]
        at = found[0][1] if found else pathway.place("tiers")
        related = found[1:]
    notes = [(span, named(path)) for path, span in related]
    notes += [
        (waiver.id.span, f"this waiver was for other criteria than today's: '{waiver.id}'")
        for waiver in lapsed
        if waiver.obligation == failure.obligation
    ]
    diagnostics.add(code, at, message(failure), remedy(failure), notes)


def _tier(pathway: Pathway, name: str) -> Tier:
    return next(tier for tier in pathway.tiers if tier.id == name)


def message(failure: Failure) -> str:
    """What does not hold, with the person who shows it, in one line."""
    who, subject, led = failure.text, failure.subject, failure.led_to
    if failure.undecided:
        about = f" of {_PATH.sub(_spelled, subject)}" if subject else ""
        return f"'{failure.obligation}'{about} could not be decided"
    match failure.obligation:
        case "gap":
            return f"{who}: enters no tier and leaves by no exit"
        case "overlap":
            both = " and ".join(f"'{name}'" for name in led)
            return f"{who}: enters {both}, and nothing decides which"
        case "unreachable":
            return f"nobody enters '{subject}'" + (f"; {who}: enters '{led[0]}'" if led else "")
        case "impossible":
            return f"{named(subject)} can never hold"
        case "always":
            return f"{named(subject)} always holds"
        case "monotone":
            return f"{who}: getting worse leads from '{led[0]}' to '{led[1]}'"
        case "promise":
            return f"the promise '{subject}' is not kept: {_PATH.sub(_spelled, who)}"
        case "way-out":
            return f"nobody can leave the tier '{subject}'"
        case "review":
            return f"nobody looks again at the people in '{subject}'"
    return f"{who}: {' and '.join(map(named, failure.paths))} hold at the same time"


def remedy(failure: Failure) -> str:
    """What would mend it, with criteria by what they are called."""
    return _PATH.sub(_spelled, failure.hint)


def recipe(failure: Failure) -> str:
    """How the failure is waived, as an editor would write it."""
    digest = failure.digest[:LETTERS]
    return f"{{obligation: {failure.obligation}, criteria: {digest}, reason: …}}"


def _spelled(match: re.Match[str]) -> str:
    return named(match[0])


def _tell_lapsed(waiver: Waiver, verdict: Verdict, diagnostics: Diagnostics) -> None:
    still = [f for f in verdict.broken if f.obligation == waiver.obligation and not f.undecided]
    message = f"the waiver '{waiver.id}' is for criteria that are no longer written like that"
    now = " or ".join(dict.fromkeys(failure.digest[:LETTERS] for failure in still))
    help = f"if its reason still stands, write criteria: {now}" if now else "remove it"
    diagnostics.add("SW319", waiver.place("criteria"), message, help)
