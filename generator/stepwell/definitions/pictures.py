"""A picture that a clinic brings along: where editors say it is, and what was read of it."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from stepwell.definitions.base import Located

MIME = {"svg": "image/svg+xml", "png": "image/png"}

_NAME = "[A-Za-z0-9_][A-Za-z0-9._-]*"


class PicturePath(Located):
    """Where a picture is: a path from the folder of site.yaml, without `..`."""

    pattern = re.compile(rf"(?:{_NAME}/)*{_NAME}\.(?:svg|png)")
    expected = "a path below the folder of site.yaml, such as logo.svg or assets/logo.png"
    schema: ClassVar[dict[str, Any]] = {"maxLength": 200}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that was read and found harmless: `content` is what is published of it.

    `width` and `height` are in pixels, or in the units of a drawing.
    """

    kind: Literal["svg", "png"]
    content: bytes = field(repr=False)
    width: float
    height: float

    @property
    def data(self) -> str:
        """The picture as a URL that needs no file."""
        return f"data:{MIME[self.kind]};base64,{base64.b64encode(self.content).decode()}"

    def fitted(self, width: float, height: float) -> tuple[float, float]:
        """(width, height) of it as large as it can be in such a box, not distorted."""
        scale = min(width / self.width, height / self.height)
        return round(self.width * scale, 2), round(self.height * scale, 2)
