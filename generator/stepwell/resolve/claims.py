"""What the proof of a pathway claims, in words: one sentence an obligation."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from stepwell.definitions.proof import Obligation
from stepwell.resolve.words import Words


def _n(message: str) -> str:
    """Marks a message for extraction."""
    return message


CLAIMS: Mapping[Obligation, str] = {
    "gap": _n("Everybody enters a step or leaves by a named way out."),
    "overlap": _n("Nobody enters two steps without a rule that decides."),
    "unreachable": _n("Every step and every way out is entered by somebody."),
    "impossible": _n("Every criterion can hold."),
    "always": _n("Every criterion can fail."),
    "monotone": _n("Whoever gets worse never comes to a lower step."),
    "up-and-down": _n("A step up and a step down never hold together."),
    "up-and-discharge": _n("A step up and a discharge never hold together."),
    "down-and-discharge": _n("A step down and a discharge never hold together."),
    "way-out": _n("Every step has a way out."),
    "review": _n("In every step somebody looks again."),
    "promise": _n("The waits along each route keep what is promised."),
}
"""Obligation -> what is claimed."""


def claim(words: Words, obligation: Obligation) -> Markup:
    """What an obligation claims, in a language."""
    return words(CLAIMS[obligation])
