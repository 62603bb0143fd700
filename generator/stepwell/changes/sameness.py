"""Whether two values mean the same, however they were typed."""

from __future__ import annotations

import re
from typing import Any, Literal

from stepwell.changes.entries import Ids, Order
from stepwell.changes.titles import one_line
from stepwell.definitions.base import DAYS, Duration, Located, Phone, Quantity, Reference, Text
from stepwell.definitions.placeholders import Placeholder, cut

Difference = Literal["none", "form", "meaning"]
Block = tuple[str, str]
BEHIND: dict[str, tuple[str, ...]] = {
    "quantity": ("quantity",), "dose": ("quantity",), "phone": ("contact",),
    "score": ("instrument",), "wait": ("tier", "milestone"),
}  # fmt: skip
"""Kind of placeholder -> the kinds of what its argument names, where they differ from it."""


def difference(old: Any, new: Any, ids: Ids) -> Difference:
    """How two values differ: not at all, in the way they are written, or in what they mean.

    The same length of time in another unit, the same telephone number with
    other spaces and the same list in another order differ in form. The order of
    steps and the like is an `Order`, which differs in meaning or not at all.
    """
    if isinstance(old, Text) and isinstance(new, Text):
        return "none" if blocks(old, ids) == blocks(new, ids) else "meaning"
    if isinstance(old, Order) and isinstance(new, Order):
        return "none" if _shared(old, new) == _shared(new, old) else "meaning"
    if isinstance(old, Quantity) and isinstance(new, Quantity):
        return _quantities(old, new)
    if isinstance(old, tuple) and isinstance(new, tuple):
        return _lists(old, new, ids)
    if renamed(old, ids) == renamed(new, {}):
        return "none"
    if isinstance(old, Phone) and isinstance(new, Phone):
        return "form" if old.dial == new.dial else "meaning"
    return "meaning"


def blocks(text: Text, ids: Ids) -> tuple[Block, ...]:
    """The paragraphs and list items of a text, line breaks and renamed ids apart."""
    return tuple((kind, one_line(_replaced(block, ids))) for kind, block in text.blocks())


def renamed(value: Any, ids: Ids) -> Any:
    """A value with the new id of what it refers to; a text in one line."""
    if isinstance(value, Reference):
        kinds = ("tier", "exit") if value.kind == "tier-or-exit" else (value.kind,)
        found = (ids[kind, str(value)] for kind in kinds if (kind, str(value)) in ids)
        return next(found, str(value))
    return one_line(value) if isinstance(value, Located) else value


def _shared(order: Order, other: Order) -> tuple[str, ...]:
    return tuple(key for key in order.keys if key in other.keys)


def _quantities(old: Quantity, new: Quantity) -> Difference:
    if (old.low, old.high, old.unit) == (new.low, new.high, new.unit):
        return "none"
    both = isinstance(old, Duration) and isinstance(new, Duration)
    return "form" if both and _days(old) == _days(new) else "meaning"


def _days(value: Quantity) -> tuple[object, object]:
    size = DAYS[str(value.unit)]
    return value.low * size, value.high and value.high * size


def _lists(old: tuple[Any, ...], new: tuple[Any, ...], ids: Ids) -> Difference:
    found = {difference(*pair, ids) for pair in zip(old, new, strict=False)}
    if len(old) == len(new) and "meaning" not in found:
        return "form" if "form" in found else "none"
    before, after = (sorted(map(str, one)) for one in ([renamed(v, ids) for v in old], new))
    return "form" if before == after else "meaning"


def _replaced(text: str, ids: Ids) -> str:
    return "".join(_argument(piece, ids) for piece in cut(text)) if ids else text


def _argument(piece: str | Placeholder, ids: Ids) -> str:
    if isinstance(piece, str):
        return piece
    kinds = BEHIND.get(piece.kind, (piece.kind,))

    def new(match: re.Match[str]) -> str:
        return next((ids[kind, match[0]] for kind in kinds if (kind, match[0]) in ids), match[0])

    return f"{{{piece.kind}:{re.sub('[a-z][a-z0-9-]*', new, piece.argument)}}}"
