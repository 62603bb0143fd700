"""How long a text may be where print has no more room: a mark on its field."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pydantic import GetJsonSchemaHandler
from pydantic_core import CoreSchema

from stepwell.definitions.base import Definition


@dataclass(frozen=True, slots=True)
class AtMost:
    """Marks a field of which print can show this many letters and no more."""

    letters: int

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {**handler(schema), "maxLength": self.letters}


@lru_cache(maxsize=1024)
def room(kind: type[Definition], field: str) -> int | None:
    """How many letters a field may have; None if print sets no limit."""
    marks = kind.model_fields[field].metadata
    return next((mark.letters for mark in marks if isinstance(mark, AtMost)), None)
