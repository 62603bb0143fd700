"""`resources/*.yaml`: the directory of community resources."""

from __future__ import annotations

import datetime
from typing import Literal

from stepwell.definitions.base import (
    Care,
    Definition,
    Email,
    Id,
    Info,
    Language,
    Name,
    NeedRef,
    Phone,
    SourceRef,
    Url,
)  # fmt: skip

Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Access = Literal[
    "step-free", "hearing-loop", "accessible-toilet", "interpreter", "sign-language", "large-print",
    "child-friendly", "quiet-space", "home-visit",
]  # fmt: skip
Modality = Literal["in-person", "phone", "video", "online", "text"]
Cost = Literal["free", "low-cost", "means-tested", "paid"]


class Hours(Definition):
    """Opening hours on some days. Times as HH:MM on the 24-hour clock."""

    days: tuple[Day, ...]
    opens: Name
    closes: Name
    note: Info | None = None


class Resource(Definition):
    """An organisation or service outside the clinic that people can turn to."""

    id: Id
    name: Name
    """The organisation's own name, printed as it is."""
    what: Care
    """What it offers, in one or two sentences."""
    how: Care
    """How to get it: drop in, call, referral."""
    needs: tuple[NeedRef, ...]
    """The needs it answers."""
    for_whom: Care | None = None
    """Who may use it, if not everybody."""
    phone: Phone | None = None
    email: Email | None = None
    url: Url | None = None
    address: Name | None = None
    district: Name
    """The part of town, or `Everywhere` for telephone and online services."""
    languages: tuple[Language, ...]
    """Languages spoken without an interpreter."""
    cost: Cost
    cost_note: Care | None = None
    modality: tuple[Modality, ...]
    access: tuple[Access, ...] = ()
    hours: tuple[Hours, ...] = ()
    verified: datetime.date
    """When somebody last checked that all of this is still true."""
    source: SourceRef | None = None


class Resources(Definition):
    """All files of resources/ together."""

    resources: tuple[Resource, ...] = ()
