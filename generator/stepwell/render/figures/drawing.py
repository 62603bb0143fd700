"""A drawing: shapes and lines of text at fixed places, and what it is in words. Pure.

Everything is in units of a sixteenth of the size of the text around it, so that a drawing
grows with that text. Shapes carry the colours of paper as attributes, and a class by which
the website gives them its own (also dark ones). From right to left the whole is mirrored.
WeasyPrint shapes a line of text as one only with `write.pdf_drawings`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from markupsafe import Markup, escape

from stepwell.advance import advance, wrapped
from stepwell.model import Direction
from stepwell.resolve.prose import Prose
from stepwell.resolve.view import Reading

EM = 16
FONTS = "Stepwell,'Stepwell 2','Stepwell 3'"
"""The families of `write.fonts`; the website says its own in its style sheet."""
_LEADING = {"hi": 1.5, "mr": 1.5, "ne": 1.5, "ar": 1.45, "fa": 1.45, "ur": 1.6, "zh": 1.35}
_STOPS = {"zh": "。", "hi": "।", "mr": "।", "ne": "।"}
_INK, _SOFT, _LINE, _TINT = "#14181c", "#3d444b", "#5a636b", "#eef1f3"
STYLES = {
    "plate": f'fill="#fff" stroke="{_INK}" stroke-width="1.2"',
    "tint": f'fill="{_TINT}"',
    "dark": f'fill="{_INK}"',
    "mark": f'fill="{_INK}"',
    "ring": f'fill="#fff" stroke="{_INK}" stroke-width="2.4"',
    "line": f'fill="none" stroke="{_INK}" stroke-width="1.2"',
    "light-line": 'fill="none" stroke="#fff" stroke-width="1.6"',
    "stairs": f'fill="none" stroke="{_INK}" stroke-width="4"',
    "grid": f'fill="none" stroke="{_LINE}" stroke-width=".6"',
    "lead": f'fill="none" stroke="{_LINE}" stroke-width=".8"',
    "text": f'fill="{_INK}"',
    "soft": f'fill="{_SOFT}"',
    "on-dark": 'fill="#fff"',
}
"""Class -> its look on paper; `stepwell.css` has one on screens for each."""
Anchor = Literal["start", "middle", "end"]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Said:
    """A text on one or more lines; `language` is set where it is not the drawing's own."""

    text: str
    language: str = ""
    direction: Direction = "ltr"

    @classmethod
    def of(cls, value: Prose) -> Said:
        """The text of a prose, with its language if it stands there untranslated."""
        other = next((block for block in value.blocks if block.language), None)
        if other is None:
            return cls(value.plain)
        return cls(value.plain, str(other.language), "rtl" if other.direction == "rtl" else "ltr")


@dataclass(frozen=True, slots=True)
class Shape:
    """A filled or stroked way through points, or a disc where there is one with a radius."""

    style: str
    points: tuple[Point, ...]
    radius: float = 0
    closed: bool = True


@dataclass(frozen=True, slots=True)
class Label:
    """Lines of text; (`x`, `y`) is the upper corner or middle that `anchor` names."""

    said: Said
    lines: tuple[str, ...]
    x: float
    y: float
    size: float
    leading: float
    anchor: Anchor
    bold: bool
    style: str

    @property
    def height(self) -> float:
        """The height of all lines."""
        return len(self.lines) * self.size * self.leading

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom, before any mirroring."""
        width = max(advance(line) for line in self.lines) * self.size
        left = {"start": self.x, "middle": self.x - width / 2, "end": self.x - width}[self.anchor]
        return left, self.y, left + width, self.y + self.height


@dataclass(slots=True)
class Drawing:
    """A drawing that grows: `width` is given, `height` is set when all is laid out."""

    width: float
    language: str
    direction: Direction
    height: float = 0
    shapes: list[Shape] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)

    @property
    def leading(self) -> float:
        """The distance of lines, in sizes of type."""
        return _LEADING.get(self.language, 1.22)

    def way(self, style: str, *points: Point, closed: bool = True) -> None:
        """Draw a way through points."""
        self.shapes.append(Shape(style, points, closed=closed))

    def plate(self, style: str, x: float, y: float, width: float, height: float) -> None:
        """Draw a rectangle."""
        self.way(style, (x, y), (x + width, y), (x + width, y + height), (x, y + height))

    def disc(self, style: str, x: float, y: float, radius: float) -> None:
        """Draw a circle."""
        self.shapes.append(Shape(style, ((x, y),), radius))

    def fit(
        self, said: Said, room: float, *, size: float = EM, bold: bool = False,
        style: str = "text", anchor: Anchor = "start",
    ) -> Label:  # fmt: skip
        """A label that is broken to a room so wide and not placed yet."""
        lines = wrapped(said.text, room, size)
        return Label(said, lines, 0, 0, size, self.leading, anchor, bold, style)

    def place(self, label: Label, x: float, y: float) -> Label:
        """Draw a label at a place; the label as placed."""
        placed = Label(
            label.said, label.lines, x, y, label.size, label.leading, label.anchor, label.bold,
            label.style,
        )  # fmt: skip
        self.labels.append(placed)
        return placed

    def svg(self, alternative: str, name: str) -> Markup:
        """The drawing as an SVG element; `alternative` says in words what it shows."""
        head = Markup(
            '<svg class="sw-fig sw-fig--{}" role="img" aria-label="{}" xmlns="{}" width="{}em"'
            ' height="{}em" viewBox="0 0 {} {}" font-family="{}" direction="{}">'
        ).format(
            name, alternative, "http://www.w3.org/2000/svg", _n(self.width / EM),
            _n(self.height / EM), _n(self.width), _n(self.height), FONTS, self.direction,
        )  # fmt: skip
        inner = (*map(self._shape, self.shapes), *(t for lb in self.labels for t in self._text(lb)))
        return head + Markup("").join(inner) + Markup("</svg>")

    def _x(self, x: float) -> str:
        return _n(self.width - x if self.direction == "rtl" else x)

    def _shape(self, shape: Shape) -> Markup:
        look = Markup(STYLES[shape.style])
        if shape.radius:
            ((x, y),) = shape.points
            place = f'cx="{self._x(x)}" cy="{_n(y)}" r="{_n(shape.radius)}"'
            return Markup(f'<circle class="{escape(shape.style)}" {place} {look}/>')
        way = "L".join(f"{self._x(x)} {_n(y)}" for x, y in shape.points)
        end = "Z" if shape.closed else ""
        return Markup(f'<path class="{escape(shape.style)}" d="M{way}{end}" {look}/>')

    def _text(self, label: Label) -> Iterable[Markup]:
        language = Markup(' lang="{}"').format(label.said.language) if label.said.language else ""
        anchor = "" if label.anchor == "start" else Markup(f' text-anchor="{label.anchor}"')
        weight = Markup(' font-weight="700"') if label.bold else ""
        look = Markup(STYLES[label.style])
        for number, line in enumerate(label.lines):
            base = label.y + (number + 0.5) * label.size * label.leading + label.size * 0.35
            place = f'x="{self._x(label.x)}" y="{_n(base)}" font-size="{_n(label.size)}"'
            said = escape(self._in_its_direction(line, label.said))
            yield Markup(
                f'<text class="{escape(label.style)}" {place} {look}{anchor}{weight}{language}>'
                f"{said}</text>"
            )

    def _in_its_direction(self, line: str, said: Said) -> str:
        """A line of another direction, isolated in the drawing's own."""
        if not said.language or said.direction == self.direction:
            return line
        return ("\u2067" if said.direction == "rtl" else "\u2066") + line + "\u2069"


def ended(sentence: Markup, reading: Reading) -> Markup:
    """A sentence with a full stop, unless what stands last in it has one already."""
    stop = _STOPS.get(reading.edition.language, ".")
    return sentence if str(sentence).endswith((".", "。", "।")) else sentence + stop


def _n(number: float) -> str:
    """A number with at most one decimal, as short as can be."""
    return f"{number:.1f}".removesuffix(".0")
