"""Waivers of a translator: a comment `allow SW515: reason` beside an entry of a catalog."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from stepwell.check.fault import Fault

NEVER = frozenset({"SW103", "SW502"})
"""What can't be waived: readers would see braces, or text in a wrong order."""
_ALLOW = re.compile(r"^\s*allow\s+(SW\d{3})\b[\s:]*(.*?)\s*$", re.IGNORECASE | re.MULTILINE)


def kept(faults: Iterable[Fault], note: str) -> Iterator[Fault]:
    """The faults that the note beside a translation does not waive, and SW525 of bad waivers."""
    if not note:
        yield from faults
        return
    allowed = {code.upper(): reason for code, reason in _ALLOW.findall(note)}
    waived = {code for code, reason in allowed.items() if reason and code not in NEVER}
    found = tuple(faults)
    yield from (fault for fault in found if fault.code not in waived)
    there = {fault.code for fault in found}
    for code, reason in allowed.items():
        if message := _wrong(code, reason, there):
            yield Fault("SW525", message, "write '# allow SWnnn: the reason' or remove the line")


def _wrong(code: str, reason: str, there: set[str]) -> str:
    if code in NEVER:
        return f"{code} can't be waived"
    if not reason:
        return f"the waiver of {code} gives no reason"
    return "" if code in there else f"{code} is waived here, but there is nothing to waive"
