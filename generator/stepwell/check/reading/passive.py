"""The passive voice in English, where a pattern is dependable: `you are seen by`, `it was sent`.

A participle that is as often an adjective (`you are tired`) is left out, so
some passives are not found, and hardly an active sentence is.
"""

from __future__ import annotations

import re

_IRREGULAR = (
    "asked begun brought built bought chosen done drawn driven fed felt forgotten found given "
    "heard held kept known laid led left made met paid put read said seen sent set shown spoken "
    "taken taught told thought understood written"
)
_ADJECTIVES = (
    "aged agreed allowed anaesthetised anticipated ashamed bored closed concerned confused "
    "connected depressed detailed disabled educated excited exhausted experienced frightened "
    "interested involved isolated limited located married mixed needed pleased prepared qualified "
    "raised related relaxed required retired satisfied scared shared stressed supposed surprised "
    "tired trained unemployed unwanted upset used worried"
)
_REGULAR = rf"(?!(?:{'|'.join(_ADJECTIVES.split())})\b)[a-z]{{2,}}ed"
_BE = r"\b(?:am|is|are|was|were|be|been|being)"
_BETWEEN = r"(?:\s+(?:not|also|never|always|often|then|only|first|all|both|[a-z]+ly))?"
_PASSIVE = re.compile(rf"{_BE}{_BETWEEN}\s+(?:{'|'.join(_IRREGULAR.split())}|{_REGULAR})\b")


def passives(sentence: str) -> list[str]:
    """The passive verbs of an English sentence, as they stand."""
    return [match[0] for match in _PASSIVE.finditer(sentence)]
