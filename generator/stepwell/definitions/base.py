"""What every definition is made of: located texts, ids, references and values.

A definition is what an editor wrote, with references unresolved. The types
here are strings that know where they were written (`span`) and, for texts,
what they are called for translators (`context`). They refuse what can't be
right by itself; what is wrong only beside other things is found in `check`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Literal, Self, cast

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ModelWrapValidatorHandler,
    PrivateAttr,
    model_validator,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from stepwell.source import NOWHERE, Mapping, Scalar, Span

SafetyClass = Literal["safety", "care", "info"]
Readers = Literal["patients", "clinicians"]
"""Who reads a text: patients and families, or only clinicians and those who run the service."""
Malformed = PydanticCustomError
"""What `read` raises for what can't be right; others need not know pydantic for it."""


@lru_cache(maxsize=1024)
def kebab(name: str) -> str:
    """The key an editor types for a field: `led_by` -> `led-by`."""
    return name.rstrip("_").replace("_", "-")


class Definition(BaseModel):
    """A mapping an editor wrote. Unknown keys are refused; every field knows its place."""

    clinical: ClassVar[tuple[str, ...]] = ()
    """The fields whose texts only clinicians and service leads read; `*` means all."""
    model_config = ConfigDict(
        frozen=True, extra="forbid", alias_generator=kebab, use_attribute_docstrings=True
    )
    _span: Span = PrivateAttr(default_factory=lambda: NOWHERE)  # a default would be copied
    _spans: dict[str, Span] = PrivateAttr(default_factory=dict)

    @model_validator(mode="wrap")
    @classmethod
    def _locate(cls, value: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        made = handler(value)
        if isinstance(value, Mapping):
            made._span = value.span
            made._spans = value.keys_at
        return made

    def place(self, field: str = "") -> Span:
        """Where a field's key was written; without a name, or if absent, the mapping itself."""
        private = self.__pydantic_private__ or {}  # asked for each text; by name it takes longer
        found: Span = private["_spans"].get(kebab(field), private["_span"])
        return found

    def fields(self) -> Iterator[tuple[str, Any]]:
        """(name, value) of each field in the order of the schema."""
        return ((name, getattr(self, name)) for name in type(self).model_fields)


class Located(str):
    """A string with a span, checked when it is read."""

    span: Span = NOWHERE
    pattern: ClassVar[re.Pattern[str] | None] = None
    expected: ClassVar[str] = "a line of text"
    schema: ClassVar[dict[str, Any]] = {}

    @classmethod
    def read(cls, value: object) -> Self:
        """The located string of a scalar; a PydanticCustomError if it is not one."""
        if not isinstance(value, str):
            raise PydanticCustomError("not-text", "this must be {what}", {"what": cls.expected})
        if not value.strip():
            raise PydanticCustomError(
                "empty", "this is empty; {what} is needed", {"what": cls.expected}
            )
        if cls.pattern and not cls.pattern.fullmatch(value):
            raise PydanticCustomError(
                "malformed", "'{value}' is not {what}", {"value": value, "what": cls.expected}
            )
        made = cls(value)
        made.span = value.span if isinstance(value, Scalar) else NOWHERE
        return made

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(cls.read)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        pattern = {"pattern": f"^(?:{cls.pattern.pattern})$"} if cls.pattern else {}
        return {"type": "string", "minLength": 1, **pattern, **cls.schema}


Block = tuple[Literal["paragraph", "item"], str]
"""A paragraph or list item with its words, on one line."""


class Text(Located):
    """A text for people, translated, in plain sentences.

    A blank line ends a paragraph and a line that starts with `- ` is a list
    item; nothing else is markup. `context` names it in the catalogs, `readers`
    says who reads it, `room` how many letters it may have where print has no more.
    """

    safety_class: ClassVar[SafetyClass] = "info"
    context: str = ""
    readers: Readers = "patients"
    room: int | None = None

    def blocks(self) -> tuple[Block, ...]:
        """The paragraphs and list items in order, each one unit of translation."""
        return _blocks(str(self))


@lru_cache(maxsize=65536)
def _blocks(text: str) -> tuple[Block, ...]:
    found: list[Block] = []
    open_block = False
    for line in (line.strip() for line in text.splitlines()):
        if not line:
            open_block = False
        elif line.startswith("- "):
            found.append(("item", line[2:].strip()))
            open_block = True
        elif open_block:
            found[-1] = (found[-1][0], f"{found[-1][1]} {line}")
        else:
            found.append(("paragraph", line))
            open_block = True
    return tuple(found)


class Safety(Text):
    """A text whose error can hurt: red flags, crisis, criteria, waits, doses, warning signs."""

    safety_class = "safety"
    schema: ClassVar[dict[str, Any]] = {"x-class": "safety"}


class Care(Text):
    """A text about care: what a tier offers, roles, self-help."""

    safety_class = "care"
    schema: ClassVar[dict[str, Any]] = {"x-class": "care"}


class Info(Text):
    """Any other text for people."""

    safety_class = "info"
    schema: ClassVar[dict[str, Any]] = {"x-class": "info"}


class Name(Located):
    """A proper name or citation: printed as typed in every language."""

    expected = "a name"


class Abbreviation(Name):
    """A name such as PHQ-9 that is read left to right and never broken."""

    expected = "a short name such as PHQ-9"


class Id(Located):
    """A lower-case ASCII name that other places refer to."""

    pattern = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
    expected = "an id: lower-case letters and digits, words joined by '-'"


class Language(Located):
    """A language tag such as `en`, `pt-BR` or `zh-Hans`."""

    pattern = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")
    expected = "a language tag such as 'en' or 'zh-Hans'"


class Phone(Located):
    """A telephone number, kept as typed."""

    pattern = re.compile(r"\+?[0-9][0-9 ()-]{1,24}")
    expected = "a telephone number: digits, spaces, '+', '-' and brackets"

    @property
    def dial(self) -> str:
        """Digits (and a leading +) for a `tel:` address."""
        return re.sub(r"[^0-9+]", "", self)


class Url(Located):
    """An http or https address."""

    pattern = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]+)?(/[^\s<>\"'`{}|\\^]*)?")
    expected = "a web address that starts with https://"


class Email(Located):
    """An e-mail address."""

    pattern = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
    expected = "an e-mail address"


UNITS = (
    "minutes", "hours", "days", "weeks", "months", "years", "years of age",
    "%", "mg", "g", "kg", "cm", "ml", "mg/day", "mmol/L", "mmol/mol", "mmHg", "bpm", "kg/m²",
    "points", "people", "sessions", "times", "calls",
)  # fmt: skip
TIME_UNITS = ("minutes", "hours", "days", "weeks", "months", "years")
NUMBER = r"-?[0-9]{1,15}(?:\.[0-9]{1,10})?"
"""A number as it is typed; longer ones occur nowhere and are not counted exactly."""
_QUANTITY = rf"(?P<low>{NUMBER})(?:\.\.(?P<high>{NUMBER}))?(?: ?(?P<unit>[^\s0-9].*))?"


class Quantity(Located):
    """A number or a range `low..high`, with a unit of `UNITS` or none."""

    pattern = re.compile(_QUANTITY)
    expected = "a number or range with a unit, such as '4 weeks', '6..8 weeks' or '0.8 mmol/L'"
    units: ClassVar[tuple[str, ...]] = UNITS
    needs_unit: ClassVar[bool] = False
    low: Decimal
    high: Decimal | None
    unit: str | None

    @classmethod
    def read(cls, value: object) -> Self:
        """The quantity of a scalar; a PydanticCustomError if it is malformed."""
        made = super().read(value)
        match = cast(re.Match[str], re.fullmatch(_QUANTITY, made))
        made.low = Decimal(match["low"])
        made.high = Decimal(match["high"]) if match["high"] else None
        made.unit = cls._unit(match["unit"], made)
        if made.high is not None and made.high <= made.low:
            raise PydanticCustomError(
                "inverted", "the range '{value}' ends before it starts", {"value": str(made)}
            )
        return made

    @classmethod
    def _unit(cls, typed: str | None, value: str) -> str | None:
        unit = typed if typed is None or typed in cls.units else f"{typed}s"
        if unit is None and not cls.needs_unit:
            return None
        if unit not in cls.units:
            known = ", ".join(cls.units)
            raise PydanticCustomError(
                "unit", "'{value}' has no unit of: {known}", {"value": value, "known": known}
            )
        return unit


DAYS = {
    "minutes": Decimal(1) / 1440, "hours": Decimal(1) / 24, "days": Decimal(1),
    "weeks": Decimal(7), "months": Decimal("30.4375"), "years": Decimal("365.25"),
}  # fmt: skip


class Duration(Quantity):
    """A length of time such as `24 hours` or `6..8 weeks`."""

    expected = "a length of time such as '24 hours', '2 weeks' or '6..8 weeks'"
    units = TIME_UNITS
    needs_unit = True

    @property
    def days(self) -> Decimal:
        """The longest it can be, in days (a month is 30.4375 days)."""
        return (self.high or self.low) * DAYS[cast(str, self.unit)]


class Reference(Located):
    """The id of something defined elsewhere; `kind` is the collection it must be in."""

    kind: ClassVar[str] = ""
    pattern = Id.pattern
    expected = Id.expected


class RoleRef(Reference):
    """The id of a role in vocabulary/roles.yaml."""

    kind = "role"


class InstrumentRef(Reference):
    """The id of an instrument in vocabulary/instruments.yaml."""

    kind = "instrument"


class SourceRef(Reference):
    """The id of a source in vocabulary/sources.yaml."""

    kind = "source"


class NeedRef(Reference):
    """The id of a need in vocabulary/needs.yaml."""

    kind = "need"


class UrgencyRef(Reference):
    """The id of an urgency class in vocabulary/communication.yaml."""

    kind = "urgency"


class ChannelRef(Reference):
    """The id of a channel in vocabulary/communication.yaml."""

    kind = "channel"


class TierRef(Reference):
    """The id of a tier of the same pathway."""

    kind = "tier"


class ExitRef(Reference):
    """The id of a tier or a named exit of the same pathway."""

    kind = "tier-or-exit"


class InterventionRef(Reference):
    """The id of a brief intervention of the same pathway."""

    kind = "intervention"


class TelehealthRef(Reference):
    """The id of a telehealth option of the same pathway."""

    kind = "telehealth"


class MilestoneRef(Reference):
    """The id of a milestone of the same pathway."""

    kind = "milestone"


class MedicineRef(Reference):
    """The id of a medicine of the same pathway."""

    kind = "medicine"


class MeasureRef(Reference):
    """The id of a measure of the same pathway."""

    kind = "measure"


class ContactRef(Reference):
    """The id of a contact in site.yaml."""

    kind = "contact"


def _count(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,9}", value):
        return int(value)
    raise PydanticCustomError("count", "'{value}' is not a whole number", {"value": str(value)})


def _yes_no(value: object) -> object:
    if isinstance(value, str) and value in ("yes", "no"):
        return value == "yes"
    raise PydanticCustomError("yes-no", "'{value}' is neither yes nor no", {"value": str(value)})


Count = Annotated[int, BeforeValidator(_count, json_schema_input_type=int)]
YesNo = Annotated[bool, BeforeValidator(_yes_no, json_schema_input_type=bool)]
