"""A drawing as a clinic brings it: read strictly, and written anew with what only draws.

Whatever could run, load, or grow without end is refused with its place; what a drawing
program keeps for itself is left out. The parser is expat, told to know no entities.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
MOST_DEEP, MOST_ELEMENTS, MOST_DRAWN = 32, 3000, 20_000


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


DRAWN = _words(
    "svg g defs symbol use path rect circle ellipse line polyline polygon clipPath style"
)
LEFT_OUT = frozenset({"metadata", "title", "desc"})
"""What a drawing may have and print does not need: the clinic's name is its alternative."""
KEPT = _words(
    "id class style transform d x y x1 y1 x2 y2 cx cy r rx ry width height points viewBox"
    " fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap"
    " stroke-linejoin stroke-miterlimit stroke-dasharray stroke-dashoffset opacity color"
    " display visibility clip-path clip-rule clipPathUnits href"
)
FUNCTIONS = _words(
    "url rgb rgba hsl hsla matrix translate translatex translatey scale scalex scaley rotate"
    " skewx skewy"
)
_URL = re.compile(r"url\(\s*(['\"]?)(.*?)\1\s*\)", re.IGNORECASE | re.DOTALL)
_FUNCTION = re.compile(r"([A-Za-z-]+)\s*\(")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?:px)?")


class Unusable(Exception):
    """A picture can't be used; the text says why, `line` and `column` where."""

    def __init__(self, reason: str, line: int = 1, column: int = 1) -> None:
        super().__init__(reason)
        self.line = line
        self.column = column


@dataclass(slots=True)
class _Element:
    tag: str
    attributes: dict[str, str]
    line: int
    column: int
    children: list[_Element] = field(default_factory=list)
    text: list[str] = field(default_factory=list)


def cleaned(content: bytes) -> tuple[bytes, float, float]:
    """(the drawing written anew, its width, its height), or Unusable."""
    root = _Reader().read(content)
    box = _box(root)
    _Weight(root).check()
    inner = "".join(map(_written, root.children))
    head = f'<svg xmlns="{SVG}" viewBox="{" ".join(f"{n:g}" for n in box)}"'
    size = f' width="{box[2]:g}" height="{box[3]:g}"'
    shared = _attributes({k: v for k, v in root.attributes.items() if k not in _OF_THE_ROOT})
    return f"{head}{size}{shared}>{inner}</svg>\n".encode(), box[2], box[3]


_OF_THE_ROOT = frozenset({"viewBox", "width", "height", "x", "y"})


class _Reader:
    """Builds the tree of what is kept from expat's events."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(encoding="utf-8", namespace_separator=" ")
        self.parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.ProcessingInstructionHandler = self._instruction
        self.open: list[_Element | None] = []
        self.root: _Element | None = None
        self.count = 0

    def read(self, content: bytes) -> _Element:
        try:
            self.parser.Parse(content, True)
        except expat.ExpatError as error:
            reason = expat.ErrorString(error.code)
            raise Unusable(f"it is no XML ({reason})", error.lineno, error.offset + 1) from error
        if self.root is None:
            raise self._fault("it has nothing to draw")
        return self.root

    def _fault(self, reason: str) -> Unusable:
        return Unusable(reason, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)

    def _doctype(self, *_: object) -> None:
        raise self._fault("it has a DOCTYPE, which can define what is not seen: delete it")

    def _instruction(self, target: str, _data: str) -> None:
        raise self._fault(f"it has an instruction <?{target}?>, which can load another file")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, tag = name.rpartition(" ")
        self.count += 1
        if self.count > MOST_ELEMENTS or len(self.open) >= MOST_DEEP:
            raise self._fault("it has too many parts")
        if self.root is None and (space, tag) != (SVG, "svg"):
            raise self._fault("it does not begin with <svg> of the SVG namespace")
        outside = bool(self.open) and self.open[-1] is None
        if outside or space != SVG or tag in LEFT_OUT:
            self.open.append(None)
            return
        if tag not in DRAWN:
            raise self._fault(_refusal(tag))
        made = _Element(
            tag, self._kept(attributes),
            self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1,
        )  # fmt: skip
        parent = self.open[-1] if self.open else None
        if parent is None:
            self.root = made
        else:
            parent.children.append(made)
        self.open.append(made)

    def _end(self, _name: str) -> None:
        done = self.open.pop()
        if done is not None and done.tag == "style":
            style = "".join(done.text)
            self._look_at(style)
            if _URL.search(style):
                raise self._fault("its style refers to a part: write clip-path at what is cut")

    def _characters(self, text: str) -> None:
        if self.open and self.open[-1] is not None and self.open[-1].tag == "style":
            self.open[-1].text.append(text)

    def _kept(self, attributes: dict[str, str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for name, value in attributes.items():
            space, _, key = name.rpartition(" ")
            if key.lower().startswith("on") and not space:
                raise self._fault(f"it has a script ({key})")
            if space not in ("", XLINK) or key not in KEPT or (space == XLINK and key != "href"):
                continue
            if key == "href" and not value.startswith("#"):
                raise self._fault(f"it opens another file ({value[:60]!r})")
            self._look_at(value)
            found[key] = value
        return found

    def _look_at(self, text: str) -> None:
        """What CSS could load: nothing but parts of the same drawing."""
        functions = {name.lower() for name in _FUNCTION.findall(text)}
        if "@" in text or "\\" in text or functions - FUNCTIONS:
            raise self._fault("its style has more than colours and lines")
        if text.lower().count("url(") != len(_URL.findall(text)):
            raise self._fault("its style has an address that is not closed")
        for _, address in _URL.findall(text):
            if not address.startswith("#"):
                raise self._fault(f"its style opens another file ({address[:60]!r})")


def _refusal(tag: str) -> str:
    if tag in ("text", "tspan", "textPath"):
        return "it has letters that need a font: turn them into paths in your drawing program"
    if tag in ("image", "feImage"):
        return "it has a picture inside: save the logo as PNG, or draw it"
    if tag.endswith("Gradient"):
        return "it has a gradient, which some printers leave out: use plain colours, or a PNG"
    if tag == "script":
        return "it has a script"
    return f"it has <{tag}>, which a logo may not have"


def _box(root: _Element) -> tuple[float, float, float, float]:
    """Where the drawing begins, and its width and height."""
    said = root.attributes.get("viewBox", "").replace(",", " ").split()
    if not said:
        size = [root.attributes.get(name, "") for name in ("width", "height")]
        said = ["0", "0", *(value.strip().removesuffix("px") for value in size)]
    if len(said) != 4 or not all(map(_NUMBER.fullmatch, said)):
        raise Unusable("it has no viewBox, and so no size", root.line, root.column)
    x, y, width, height = (float(value.removesuffix("px")) for value in said)
    if not (0 < width < 1e6 and 0 < height < 1e6 and math.isfinite(x) and math.isfinite(y)):
        raise Unusable("its viewBox has no size", root.line, root.column)
    return x, y, width, height


class _Weight:
    """How much is drawn when each part draws what it refers to, which may grow fast."""

    def __init__(self, root: _Element) -> None:
        self.root = root
        self.by_id: dict[str, _Element] = {}
        self.weights: dict[int, int] = {}
        self.under_way: set[int] = set()

    def check(self) -> None:
        """Unusable for a drawing that draws itself, or too much."""
        self._index(self.root)
        self._weight(self.root, 0)

    def _index(self, element: _Element) -> None:
        name = element.attributes.get("id")
        if name:
            self.by_id.setdefault(name, element)
        for child in element.children:
            self._index(child)

    def _weight(self, element: _Element, depth: int) -> int:
        known = self.weights.get(id(element))
        if known is not None:
            return known
        if id(element) in self.under_way or depth > 8 * MOST_DEEP:
            raise Unusable("a part of it refers to itself", element.line, element.column)
        self.under_way.add(id(element))
        total = 1 + sum(self._weight(child, depth + 1) for child in element.children)
        for name in self._referred(element):
            if name in self.by_id:
                total += self._weight(self.by_id[name], depth + 1)
        self.under_way.discard(id(element))
        if total > MOST_DRAWN:
            raise Unusable("it draws too many parts", element.line, element.column)
        self.weights[id(element)] = total
        return total

    def _referred(self, element: _Element) -> list[str]:
        found = [address[1:] for v in element.attributes.values() for _, address in _URL.findall(v)]
        if "href" in element.attributes:
            found.append(element.attributes["href"][1:])
        return found


def _written(element: _Element) -> str:
    inner = escape("".join(element.text)) + "".join(map(_written, element.children))
    attributes = _attributes(element.attributes)
    end = f">{inner}</{element.tag}>" if inner else "/>"
    return f"<{element.tag}{attributes}{end}"


def _attributes(attributes: dict[str, str]) -> str:
    return "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())
