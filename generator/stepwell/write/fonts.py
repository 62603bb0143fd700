"""The font faces of a language: one table of scripts decides. No library is imported here.

A document is printed with one family, 'Stepwell', in regular and bold, and
with nothing that happens to be installed on the machine. Letters that the first
family of a script lacks come from the next one. `FontSet.missing` tells which
characters of a text would print as nothing at all. A new script is one row of
SCRIPTS. How static faces are made says `write.font_instances`; go on to `write.pdf`.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from stepwell.write.font_instances import FontError, Recipe, code_points, instance

__all__ = [
    "FAMILY", "SCRIPTS", "Face", "Family", "FontError", "FontSet", "fonts_for", "script_of",
]  # fmt: skip

FAMILY = "Stepwell"
REGULAR, BOLD = 400, 700
Family = Literal["sans", "serif"]
"""What a clinic chooses in `look: family`."""

# Unicode's Default_Ignorable_Code_Point, the part below U+10000: a font need not have these.
_IGNORABLE = re.compile(
    "[\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200f\\u202a-\\u202e"
    "\\u2060-\\u206f\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0]"
)


@dataclass(frozen=True, slots=True)
class Source:
    """A family in a Python package: its files of regular and bold, one file twice if variable.

    Of a collection, `place` is the number of the face, and `codec` an encoding that has
    the characters of ordinary texts: these are kept, and what else a build prints.
    """

    name: str
    package: str
    regular: str
    bold: str
    place: int = 0
    codec: str = ""


@dataclass(frozen=True, slots=True)
class Script:
    """The families of a script, the leading one first, and the languages written in it.

    `serif` are those that a clinic with `family: serif` gets; without any, it gets `sources`.
    """

    sources: tuple[Source, ...]
    languages: frozenset[str]
    serif: tuple[Source, ...] = ()

    def set_in(self, family: Family) -> tuple[Source, ...]:
        """The families of print for what a clinic chose."""
        return self.serif if family == "serif" and self.serif else self.sources


@dataclass(frozen=True, slots=True)
class Face:
    """A static font file: family in CSS, weight (400 or 700), path, SHA-256 of its bytes."""

    family: str
    weight: int
    path: Path
    digest: str


@dataclass(frozen=True, slots=True)
class FontSet:
    """The faces of one language, and the names of the fonts that they are made from."""

    language: str
    faces: tuple[Face, ...]
    names: tuple[str, ...]

    @property
    def covered(self) -> frozenset[int]:
        """The code points that both weights can print; read where they are asked for."""
        return _coverage(self.faces)

    @property
    def families(self) -> tuple[str, ...]:
        """The names of the families in CSS, the leading one ('Stepwell') first."""
        return tuple(dict.fromkeys(face.family for face in self.faces))

    @property
    def roots(self) -> tuple[Path, ...]:
        """The folders that the faces lie in, resolved."""
        return tuple(dict.fromkeys(face.path.parent for face in self.faces))

    @property
    def css(self) -> str:
        """`@font-face` rules for all faces, with quoted file URLs of this machine."""
        return "\n".join(_rule(face) for face in self.faces)

    @property
    def digest(self) -> str:
        """A SHA-256 of what the faces are, the same on every machine: for the keys of a cache."""
        parts = (f"{face.family} {face.weight} {face.digest}" for face in self.faces)
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def missing(self, text: str) -> tuple[str, ...]:
        """The characters of `text` that would not be printed, each once, sorted by code point.

        Spaces and invisible format characters are never missing: layout makes
        them from the width of a space, or from nothing.
        """
        points = set(map(ord, set(unicodedata.normalize("NFC", text))))
        return tuple(filter(_is_drawn, map(chr, sorted(points - self.covered))))

    def lacks(self, character: str, text: str) -> str:
        """A sentence for people: a missing character, its name, the fonts, and a text with it."""
        name = unicodedata.name(character, "a character without a name")
        fonts = " or ".join(self.names)
        return (
            f"no font for '{self.language}' ({fonts}) has {character}"
            f" (U+{ord(character):04X} {name}), in '{text.strip()[:80]}'"
        )


def _variable(name: str, package: str, file: str) -> Source:
    return Source(name, package, file, file)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_OPEN_SANS = _variable("Open Sans", "fontpkg_open_sans", "files/OpenSans[wdth,wght].ttf")
_SOURCE_SERIF = _variable(
    "Source Serif 4", "fontpkg_source_serif_4", "files/SourceSerif4[opsz,wght].ttf"
)
_HEBREW = _variable("Noto Sans Hebrew", "manimgx_fonts", "NotoSansHebrew[wght].ttf")
_DEVANAGARI = _variable("Noto Sans Devanagari", "manimgx_fonts", "NotoSansDevanagari[wght].ttf")
_ARABIC = Source(
    "IBM Plex Sans Arabic",
    "fontpkg_ibm_plex_sans_arabic",
    "files/IBMPlexSansArabic-Regular.ttf",
    "files/IBMPlexSansArabic-Bold.ttf",
)
_ALMARAI = Source(
    "Almarai", "fontpkg_almarai", "files/Almarai-Regular.ttf", "files/Almarai-Bold.ttf"
)
_CJK = "NotoSansCJK-VF.otf.ttc"
_SIMPLIFIED = Source("Noto Sans CJK SC", "manimgx_fonts_cjk", _CJK, _CJK, 2, "gb2312")
_SERIF = (_SOURCE_SERIF, _OPEN_SANS)

# Not Noto or Amiri for Arabic: the words of a PDF set in it cannot be searched or read aloud.
# Arabic has no serifs; beside a face with serifs, Almarai is the warmer one.
# Not one font for all Chinese: the same character has other forms in Taiwan, Hong Kong or Japan.
SCRIPTS = {
    "Latn": Script(
        (_OPEN_SANS,),
        _words(
            "af az bs ca cs cy da de en es et eu fi fil fr ga gl hr hu id is it lb lt lv ms mt nb"
            " nl nn no pl pt ro sk sl so sq sv sw tl tr uz vi"
        ),
        _SERIF,
    ),
    "Cyrl": Script((_OPEN_SANS,), _words("be bg kk ky mk mn ru sr tg uk"), _SERIF),
    "Grek": Script((_OPEN_SANS,), _words("el"), _SERIF),
    "Hebr": Script((_HEBREW, _OPEN_SANS), _words("he yi")),
    "Arab": Script((_ARABIC, _OPEN_SANS), _words("ar ckb fa ps ug ur"), (_ALMARAI, *_SERIF)),
    "Deva": Script((_DEVANAGARI, _OPEN_SANS), _words("hi mr ne")),
    "Hans": Script((_SIMPLIFIED, _OPEN_SANS), _words("zh")),
}
_OTHERWISE = {("zh", "HK"): "Hant", ("zh", "MO"): "Hant", ("zh", "TW"): "Hant"}
"""Language and region -> the script that is written there, where it is not that of the row."""


def fonts_for(language: str, cache: Path, text: str = "", family: Family = "sans") -> FontSet:
    """The faces for a BCP 47 tag; made faces are kept in the folder `cache`.

    `text` is all that will be printed: a face that is cut to what is ordinary gets the
    rare characters of it too. Takes some milliseconds, the first time for Chinese half
    a second. FontError when no row of SCRIPTS has the language, or when a font package
    is not installed or not sound.
    """
    sources = script_of(language).set_in(family)
    wanted = frozenset(map(ord, set(text) | set(unicodedata.normalize("NFC", text))))
    faces: list[Face] = []
    for place, source in enumerate(sources):
        name = FAMILY if place == 0 else f"{FAMILY} {place + 1}"
        faces += (_face(source, name, weight, cache, wanted) for weight in (REGULAR, BOLD))
    names = tuple(source.name for source in sources)
    return FontSet(language, tuple(faces), names)


def script_of(language: str) -> Script:
    """The row of SCRIPTS for a BCP 47 tag: by its script if it names one ('sr-Latn').

    FontError when there is none.
    """
    base, *rest = language.replace("_", "-").split("-")
    named = next((part.title() for part in rest if len(part) == 4 and part.isalpha()), None)
    region = next((part.upper() for part in rest if len(part) == 2), "")
    named = named or _OTHERWISE.get((base.lower(), region))
    for tag, script in SCRIPTS.items():
        if tag == named or (named is None and base.lower() in script.languages):
            return script
    raise FontError(
        f"no font is known for the language '{language}', so nothing can be printed in it:"
        " add its script, or its row, to SCRIPTS in write/fonts.py"
    )


def _face(source: Source, family: str, weight: int, cache: Path, wanted: frozenset[int]) -> Face:
    """A static face of `source` in the weight, made in `cache` if the file is variable."""
    path = _installed(source, source.regular if weight == REGULAR else source.bold)
    if source.regular == source.bold:
        kept = _ordinary(source.codec) | wanted if source.codec else frozenset()
        path = instance(Recipe(path, _release(source), weight, source.place, kept), cache)
    return Face(family, weight, path, hashlib.sha256(path.read_bytes()).hexdigest())


@lru_cache(maxsize=4)
def _ordinary(codec: str) -> frozenset[int]:
    """The code points that an encoding has, and Latin letters with their accents."""
    every = "".join(chr(point) for point in range(0x20, 0xFFFE) if not 0xD800 <= point < 0xE000)
    return frozenset(map(ord, every.encode(codec, "ignore").decode(codec))) | set(range(32, 0x180))


def _release(source: Source) -> str:
    """The version of the package, which says which bytes the font has."""
    try:
        return version(_distribution(source))
    except PackageNotFoundError:
        return "unknown"


def _distribution(source: Source) -> str:
    return source.package.replace("_", "-")


def _installed(source: Source, file: str) -> Path:
    """The path of a font file inside an installed package, which is not imported for that."""
    spec = find_spec(source.package)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder, file).resolve()
        if path.is_file():
            return path
    raise FontError(f"{Path(file).name} is not installed: pip install {_distribution(source)}")


@lru_cache(maxsize=16)
def _coverage(faces: tuple[Face, ...]) -> frozenset[int]:
    """The code points that some family has in regular, and some family has in bold."""
    regular: set[int] = set()
    bold: set[int] = set()
    for face in faces:
        (regular if face.weight == REGULAR else bold).update(_code_points(face))
    return frozenset(regular & bold)


@lru_cache(maxsize=32)
def _code_points(face: Face) -> frozenset[int]:
    """The code points in the cmap of a face."""
    return code_points(face.path)


def _is_drawn(character: str) -> bool:
    """True for a character that needs a glyph: no control, no space, nothing invisible."""
    blank = unicodedata.category(character) in ("Cc", "Zs", "Zl", "Zp")
    return not blank and not _IGNORABLE.match(character)


def _rule(face: Face) -> str:
    """One `@font-face` rule. `as_uri` quotes what CSS or WeasyPrint would misread, as `[`."""
    kind = "truetype" if face.path.suffix == ".ttf" else "opentype"
    return (
        f'@font-face {{ font-family: "{face.family}"; font-style: normal;'
        f' font-weight: {face.weight}; src: url("{face.path.as_uri()}") format("{kind}") }}'
    )
