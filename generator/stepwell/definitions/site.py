"""`site.yaml`: the clinic, its languages, its crisis lines and its look."""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from stepwell.definitions.base import (
    Care,
    Definition,
    Email,
    Id,
    Info,
    Language,
    Located,
    Name,
    Phone,
    Safety,
    Url,
    YesNo,
)  # fmt: skip
from stepwell.definitions.colors import Color
from stepwell.definitions.pictures import PicturePath
from stepwell.definitions.room import AtMost


class Contact(Definition):
    """Somebody who answers a telephone."""

    id: Id
    """Named by `{phone:ID}` and `contact: ID`."""
    name: Care
    """What the line is called, for example `Crisis line`."""
    phone: Phone
    """The number as people dial it."""
    hours: Care
    """When somebody answers."""
    purpose: Safety
    """When to call it, in one sentence."""
    text_phone: Phone | None = None
    """A number for text messages or text relay."""
    for_: tuple[str, ...] = Field(default=("patient", "family", "clinician"))
    """Who it is for: any of patient, family, clinician."""


class Emergency(Definition):
    """What to do when life is in danger. Printed on every output."""

    phone: Phone
    """The emergency number of the country."""
    action: Safety
    """What to do, in one or two short sentences. `{phone:emergency}` is the number."""


class Crisis(Definition):
    """What to do in a crisis that is not yet an emergency. Printed on every output."""

    contact: Id
    """The contact that is the crisis line."""
    action: Safety
    """What to do, in one or two short sentences. `{phone:ID}` is the number."""


class Languages(Definition):
    """The source language and the languages that are published."""

    source: Language
    """The language the YAML is written in."""
    published: tuple[Language, ...]
    """Every language of the site, the source language first."""
    for_patients_only: tuple[Language, ...] = ()
    """Those of them in which only patients and families are served; clinicians read the source."""


class Translation(Definition):
    """Who reviewed the translation into a language."""

    language: Language
    translated: datetime.date
    """When it was made or last changed."""
    reviewed: datetime.date | None = None
    """When a clinician who speaks the language reviewed it; without it, a draft."""
    reviewer: Info | None = None
    """The reviewer's role, never a person's name."""


class Feedback(Definition):
    """How a reader says what is wrong or missing."""

    email: Email
    """Where a message from the feedback link goes."""
    invitation: Info
    """The sentence beside the link."""


class Look(Definition):
    """The clinic's own look."""

    logo: PicturePath | None = None
    """An SVG or PNG of at most 100 KiB, as a path from the folder of this file."""
    primary: Color = Color("#14506e")
    """The main colour, as #rrggbb. Where text has it, it is made as dark as text needs."""
    accent: Color = Color("#b3441e")
    """The second colour, as #rrggbb; the same holds for it."""
    family: Literal["sans", "serif"] = "sans"
    """The letters: without or with serifs. Chinese and Hindi have one family for both."""
    footer: Annotated[Info | None, AtMost(120)] = None
    """A line for the foot of documents and pages, for example a charity's number."""
    paper: str = Field(default="A4", pattern=r"^(A4|Letter)$")
    """The paper of leaflets: A4 or Letter."""
    editions: tuple[Literal["large", "booklet"], ...] = ("large", "booklet")
    """Editions of leaflets besides the standard one: large print, and a booklet to fold."""


class ScriptPath(Located):
    """Where a script is: a path from the folder of site.yaml, without `..`."""

    pattern = re.compile(r"(?:[A-Za-z0-9_][A-Za-z0-9._-]*/)*[A-Za-z0-9_][A-Za-z0-9._-]*\.js")
    expected = "a path below the folder of site.yaml, such as assets/count.js"
    schema: ClassVar[dict[str, Any]] = {"maxLength": 200}


class Analytics(Definition):
    """How the clinic counts readers on its own server, if it does. Never by somebody else's."""

    script: ScriptPath
    """A script of at most 100 KiB that each page loads; it can reach your own server only."""
    says: Info | None = None
    """What it records, where and for how long. Stands below `privacy`."""


class Site(Definition):
    """The clinic that publishes, and what stands on every output."""

    name: Name
    """The clinic's name, printed as it is in every language."""
    tagline: Info
    """What the site is, in one sentence."""
    owner: Info
    """Who answers for the content: a role or a body."""
    url: Url
    """Where the site will be published; QR codes lead there."""
    address: Name
    """The clinic's postal address, on one line."""
    languages: Languages
    emergency: Emergency
    crisis: Crisis
    contacts: tuple[Contact, ...]
    intended_use: Safety
    """What the content is for and what it is not, printed on every output."""
    welcome: Care
    """The first paragraph of the home page, for patients and families."""
    access: Care
    """How to get an interpreter, large print, easy read or help with access."""
    privacy: Info
    """What the site does and does not record."""
    analytics: Analytics | None = None
    """A script of your own that counts readers; without it, nothing is counted."""
    feedback: Feedback
    translations: tuple[Translation, ...] = ()
    """Review of each translation; a language that is absent counts as a draft."""
    look: Look = Look.model_construct()
    offline: YesNo = True
    """Whether phones and computers keep pages, to show them without a connection."""
