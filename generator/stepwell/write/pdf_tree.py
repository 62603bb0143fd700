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
