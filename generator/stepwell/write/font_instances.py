"""Static faces made from variable fonts and collections, kept in a cache. Owns: uharfbuzz, here.

A variable face is pinned to a weight, because a static one is laid out faster.
Of a collection for Chinese only some characters are kept: it has 45,000, and a
face with all of them takes half as long again, in PDFs of twice the size. The
outlines of such a collection (CFF2) would make invalid PDFs; the ones made here
(CFF) do not. `write.fonts` says which faces a language needs.
"""

from __future__ import annotations

import array
import hashlib
import os
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

_SUM_OF_A_SOUND_FILE = 0xB1B0AFBA  # OpenType: `head` makes the 32-bit words of a file sum to this
_FEATURES = ("ccmp", "kern", "liga", "mark", "mkmk")
"""What a horizontal line of a collection's face needs; forms of other regions stay out."""


class FontError(Exception):
    """There are no fonts for a language, or a font cannot be read; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a static face is made from: a font file, its release (any words), and the weight.

    `place` is the number of the face in a collection. With `characters` (code points)
    the face has these and no others.
    """

    path: Path
    release: str
    weight: int
    place: int = 0
    characters: frozenset[int] = frozenset()

    @property
    def file(self) -> str:
        """The name of the made file, which changes with everything that changes its bytes."""
        parts = ["uharfbuzz", version("uharfbuzz"), self.release, self.path.name]
        parts += map(str, (self.weight, self.place, *sorted(self.characters)))
        key = hashlib.sha256(" ".join(parts).encode()).hexdigest()[:20]
        stem, _, _ = self.path.name.partition(".")
        suffix = ".ttf" if self.path.suffix == ".ttf" else ".otf"
        return f"{stem.partition('[')[0]}-{self.weight}-{key}{suffix}"


def instance(recipe: Recipe, cache: Path) -> Path:
    """The face of a recipe as a file in the folder `cache`, from there or made and put there.

    FontError if the font it is made from is damaged; OSError on a full disk.
    """
    path = cache.resolve() / recipe.file
    if not _is_sound(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, _made(recipe))
    return path


def code_points(path: Path) -> frozenset[int]:
    """The code points in the cmap of a font file."""
    import uharfbuzz

    return frozenset(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path))).unicodes)


@dataclass(frozen=True, slots=True)
class Outlines:
    """A face as a PDF describes it: code point -> glyph, and lengths in thousandths of its size."""

    path: Path
    glyphs: dict[int, int]
    widths: tuple[int, ...]
    ascent: int
    descent: int


def outlines(path: Path) -> Outlines:
    """Glyphs and widths of a whole font file."""
    import uharfbuzz

    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path)))
    font = uharfbuzz.Font(face)
    lines = font.get_font_extents("ltr")
    em: int = face.upem

    def scaled(length: int) -> int:
        return round(length * 1000 / em)

    glyphs = {point: glyph for point in face.unicodes if (glyph := font.get_nominal_glyph(point))}
    widths = tuple(scaled(font.get_glyph_h_advance(glyph)) for glyph in range(face.glyph_count))
    return Outlines(path, glyphs, widths, scaled(lines.ascender), scaled(lines.descender))


def _made(recipe: Recipe) -> bytes:
    """A static font: the weight as asked, every other axis at its default."""
    import uharfbuzz

    blob = uharfbuzz.Blob.from_file_path(str(recipe.path))
    face = uharfbuzz.Face(blob, recipe.place)
    plan = uharfbuzz.SubsetInput()
    if recipe.characters:
        plan.unicode_set.update(recipe.characters)
        plan.layout_feature_tag_set.clear()
        plan.layout_feature_tag_set.update(_tags(_FEATURES))
        plan.drop_table_tag_set.update(_tags(("DSIG", "VORG", "vhea", "vmtx")))
        plan.flags = uharfbuzz.SubsetFlags.DOWNGRADE_CFF2 | uharfbuzz.SubsetFlags.NO_HINTING
    else:
        plan.keep_everything()
    plan.pin_all_axes_to_default(face)
    if not plan.pin_axis_location(face, "wght", recipe.weight):
        name = recipe.path.name
        raise FontError(f"the font {name} has no axis of weight, or is damaged: install it again")
    made: bytes = uharfbuzz.subset(face, plan).blob.data
    return made


def _tags(names: Iterable[str]) -> list[int]:
    """Names of tables or features as the numbers that HarfBuzz knows them by."""
    return [int.from_bytes(name.encode(), "big") for name in names]


def _is_sound(path: Path) -> bool:
    """True for a whole font file: OpenType's own checksum finds a torn or damaged one."""
    try:
        content = path.read_bytes()
    except OSError:
        return False
    words = array.array("I", content + b"\0" * (-len(content) % 4))
    if sys.byteorder == "little":
        words.byteswap()
    return sum(words) & 0xFFFFFFFF == _SUM_OF_A_SOUND_FILE


def _replace(path: Path, content: bytes) -> None:
    """Put `content` at `path` at once, so that no other process ever reads half of it."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".font-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
