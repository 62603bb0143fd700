"""The elements of a tagged PDF: how to go through them, and take one out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pikepdf import Array, Dictionary, Pdf

NOTHING_WHEN_EMPTY = ("/P", "/Span", "/Div", "/NonStruct", "/Sect")


def elements(pdf: Pdf) -> Iterator[Any]:
    """The structure elements of a tagged PDF in reading order."""
    return below(pdf.Root.StructTreeRoot)


def below(element: Any) -> Iterator[Any]:
    """The elements in an element, in reading order."""
    waiting = kids(element)[::-1]
    while waiting:
        kid = waiting.pop()
        if is_element(kid):
            yield kid
            waiting += kids(kid)[::-1]


def in_reading_order(element: Any) -> Iterator[tuple[Any, int]]:
    """(element that holds it, MCID) of each content below an element, as they are read."""
    for kid in kids(element):
        if isinstance(kid, int):
            yield element, kid
        elif is_element(kid):
            yield from in_reading_order(kid)


def kids(element: Any) -> list[Any]:
    """What an element holds: elements, references to annotations, and MCIDs as integers."""
    held = element.get("/K")
    if held is None:
        return []
    return list(held) if isinstance(held, Array) else [held]


def is_element(kid: Any) -> bool:
    """True for a structure element, false for an MCID or a reference."""
    return isinstance(kid, Dictionary) and "/S" in kid


def has_tag(element: Any, tag: str) -> bool:
    """Whether an element has a tag such as '/TH'."""
    return str(element.S) == tag


def same(one: Any, other: Any) -> bool:
    """Whether two kids are one object of the PDF."""
    return isinstance(one, Dictionary) and one.objgen == other.objgen


def take_out(element: Any) -> None:
    """Take an element out of the tree, and what it leaves empty."""
    above = element.P
    above.K = Array([kid for kid in kids(above) if not same(kid, element)])
    if not kids(above) and str(above.S) in NOTHING_WHEN_EMPTY:
        take_out(above)


WITH_TEXT = ("/P", "/H1", "/H2", "/H3", "/H4", "/TH", "/TD", "/LBody", "/Lbl", "/Span", "/Link")
"""Elements that may hold text themselves."""

_IDLE = ("/Span", "/NonStruct")
_BARE = {"/S", "/P", "/K", "/Pg", "/Type"}


def flatten(pdf: Pdf, owners: dict[int, Any]) -> None:
    """Take out elements that say nothing of what they hold, as one a line of text does.

    A paragraph is read in one piece then, and the file is a quarter smaller. `owners` gives
    the elements of the contents of a page by the page's key, and is kept true.
    """
    for element in elements(pdf):
        if "/K" in element:
            held = [one for kid in kids(element) for one in _lifted(kid, element, owners)]
            element.K = Array(held)


def _is_idle(kid: Any, above: Any) -> bool:
    """Whether what is in an element may lie in the one above it instead.

    Text may only where all is text: half of the readers take an element's own contents
    before those of its elements.
    """
    if not _says_nothing(kid):
        return False
    return not any(isinstance(one, int) for one in kids(kid)) or _is_text(above, above)


def _says_nothing(kid: Any) -> bool:
    return is_element(kid) and str(kid.S) in _IDLE and not set(kid.keys()) - _BARE


def _is_text(element: Any, above: Any) -> bool:
    """Whether an element holds texts of one page only, which may lie in the one above."""
    if element is above and str(above.S) not in WITH_TEXT:
        return False
    for kid in kids(element):
        if isinstance(kid, int):
            if "/Pg" not in above:
                above.Pg = element.Pg
            if not same(above.Pg, element.Pg):
                return False
        elif not (_says_nothing(kid) and _is_text(kid, above)):
            return False
    return True


def _lifted(kid: Any, above: Any, owners: dict[int, Any]) -> list[Any]:
    """What lies in an element instead of a kid of it: the kid, or what is in that."""
    if not _is_idle(kid, above):
        return [kid]
    found = []
    for inner in kids(kid):
        if isinstance(inner, int):
            owners[int(kid.Pg.StructParents)][inner] = above
        elif is_element(inner):
            inner.P = above
        found += _lifted(inner, above, owners)
    return found
