"""What is compared: a source text and its translation, in the forms that checks look at."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from stepwell.check.fault import bare, base
from stepwell.check.translations.letters import script_of
from stepwell.definitions.base import SafetyClass


@dataclass(frozen=True, slots=True)
class Pair:
    """A source text and its translation, with what decides how they are compared.

    `names` are words that stay as they are in every language; `room` is how
    many letters the place of the text holds.
    """

    source: str
    translation: str
    language: str
    source_language: str = "en"
    context: str = ""
    safety_class: SafetyClass = "info"
    room: int | None = None
    names: Collection[str] = field(default=(), repr=False)
    was: str = field(init=False, repr=False)
    """The source with a HOLE for each placeholder."""
    text: str = field(init=False, repr=False)
    """The translation with a HOLE for each placeholder."""
    base: str = field(init=False, repr=False)
    """The language without script and region, such as `zh`."""
    script: str = field(init=False, repr=False)
    """The script of the language as a four-letter code, such as `Hans` or `Latn`."""

    def __post_init__(self) -> None:
        """Work out, once for all checks, what most of them look at."""
        object.__setattr__(self, "was", bare(self.source))
        object.__setattr__(self, "text", bare(self.translation))
        object.__setattr__(self, "base", base(self.language))
        object.__setattr__(self, "script", script_of(self.language))
