"""The font faces of a language. Owns: uharfbuzz (imported late), the scripts, the instances.

A document is printed with one family, 'Stepwell', in regular and bold, and
with nothing that happens to be installed on the machine. Variable faces are
pinned to their two weights once and kept in a cache: a static face is laid out
faster. `FontSet.missing` tells which characters of a text would print as
nothing at all. A new script is one row of SCRIPTS. Go on to `write.pdf`.
"""

from __future__ import annotations

import array
import hashlib
import os
import re
import sys
import tempfile
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

FAMILY = "Stepwell"
REGULAR, BOLD = 400, 700

# Unicode's Default_Ignorable_Code_Point, the part below U+10000: a font need not have these.
_IGNORABLE = re.compile(
    "[\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200f\\u202a-\\u202e"
    "\\u2060-\\u206f\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0]"
)
_SUM_OF_A_SOUND_FILE = 0xB1B0AFBA  # OpenType: `head` makes the 32-bit words of a file sum to this


class FontError(Exception):
    """There are no fonts for a language, or a font cannot be read; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Source:
    """A family in a Python package: its files of regular and bold, one file twice if variable."""

    package: str
    regular: str
    bold: str


@dataclass(frozen=True, slots=True)
class Script:
    """The families of a script, the leading one first, and the languages written in it."""

    sources: tuple[Source, ...]
    languages: frozenset[str]


@dataclass(frozen=True, slots=True)
class Face:
    """A static TrueType file: family in CSS, weight (400 or 700), path, SHA-256 of its bytes."""

    family: str
    weight: int
    path: Path
    digest: str


@dataclass(frozen=True, slots=True)
class FontSet:
    """The faces of one language; `covered` are the code points that both weights can print."""

    language: str
    faces: tuple[Face, ...]
    covered: frozenset[int] = field(repr=False, compare=False)

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
        points = {ord(character) for character in unicodedata.normalize("NFC", text)}
        return tuple(filter(_is_drawn, map(chr, sorted(points - self.covered))))


def _variable(package: str, file: str) -> Source:
    return Source(package, file, file)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_OPEN_SANS = _variable("fontpkg_open_sans", "files/OpenSans[wdth,wght].ttf")
_HEBREW = _variable("manimgx_fonts", "NotoSansHebrew[wght].ttf")
_DEVANAGARI = _variable("manimgx_fonts", "NotoSansDevanagari[wght].ttf")
_ARABIC = Source(
    "fontpkg_ibm_plex_sans_arabic",
    "files/IBMPlexSansArabic-Regular.ttf",
    "files/IBMPlexSansArabic-Bold.ttf",
)


# Not Noto for Arabic: the words of a PDF set in it cannot be searched or read aloud.
SCRIPTS = {
    "Latn": Script(
        (_OPEN_SANS,),
        _words(
            "af az bs ca cs cy da de en es et eu fi fil fr ga gl hr hu id is it lb lt lv ms mt nb"
            " nl nn no pl pt ro sk sl so sq sv sw tl tr uz vi"
        ),
    ),
    "Cyrl": Script((_OPEN_SANS,), _words("be bg kk ky mk mn ru sr tg uk")),
    "Grek": Script((_OPEN_SANS,), _words("el")),
    "Hebr": Script((_HEBREW, _OPEN_SANS), _words("he yi")),
    "Arab": Script((_ARABIC, _OPEN_SANS), _words("ar ckb fa ps ug ur")),
    "Deva": Script((_DEVANAGARI, _OPEN_SANS), _words("hi mr ne")),
}


def fonts_for(language: str, cache: Path) -> FontSet:
    """The faces for a BCP 47 tag; instances of variable faces are kept in the folder `cache`.

    Takes some milliseconds. FontError when no row of SCRIPTS has the language,
    or when a font package is not installed or not sound.
    """
    faces: list[Face] = []
    for place, source in enumerate(script_of(language).sources):
        family = FAMILY if place == 0 else f"{FAMILY} {place + 1}"
        faces += (_face(source, family, weight, cache) for weight in (REGULAR, BOLD))
    return FontSet(language, tuple(faces), _coverage(faces))


def script_of(language: str) -> Script:
    """The row of SCRIPTS for a BCP 47 tag: by its script if it names one ('sr-Latn').

    FontError when there is none.
    """
    base, *rest = language.replace("_", "-").split("-")
    named = next((part.title() for part in rest if len(part) == 4 and part.isalpha()), None)
    for tag, script in SCRIPTS.items():
        if tag == named or (named is None and base.lower() in script.languages):
            return script
    raise FontError(
        f"no font is known for the language '{language}', so nothing can be printed in it:"
        " add its script, or its row, to SCRIPTS in write/fonts.py"
    )


def _face(source: Source, family: str, weight: int, cache: Path) -> Face:
    """A static face of `source` in the weight, made in `cache` if the file is variable."""
    path = _installed(source, source.regular if weight == REGULAR else source.bold)
    content = path.read_bytes()
    if source.regular == source.bold:
        path = _instance(path.stem.partition("[")[0], content, weight, cache)
        content = path.read_bytes()
    return Face(family, weight, path, hashlib.sha256(content).hexdigest())


def _installed(source: Source, file: str) -> Path:
    """The path of a font file inside an installed package, which is not imported for that."""
    spec = find_spec(source.package)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder, file).resolve()
        if path.is_file():
            return path
    distribution = source.package.replace("_", "-")
    raise FontError(f"{Path(file).name} is not installed: pip install {distribution}")


def _instance(stem: str, content: bytes, weight: int, cache: Path) -> Path:
    """The variable face `content` pinned to a weight, from the cache or made and put there."""
    recipe = f"uharfbuzz {version('uharfbuzz')} {weight} ".encode()
    key = hashlib.sha256(recipe + content).hexdigest()[:20]
    path = cache.resolve() / f"{stem}-{weight}-{key}.ttf"
    if not _is_sound(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, _pinned(content, weight, stem))
    return path


def _pinned(content: bytes, weight: int, name: str) -> bytes:
    """A static font from a variable one: the weight as asked, every other axis at its default."""
    import uharfbuzz

    face = uharfbuzz.Face(uharfbuzz.Blob(content))
    plan = uharfbuzz.SubsetInput()
    plan.keep_everything()
    plan.pin_all_axes_to_default(face)
    if not plan.pin_axis_location(face, "wght", weight):
        raise FontError(f"the font {name} has no axis of weight, or is damaged: install it again")
    made: bytes = uharfbuzz.subset(face, plan).blob.data
    return made


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


def _coverage(faces: Iterable[Face]) -> frozenset[int]:
    """The code points that some family has in regular, and some family has in bold."""
    regular: set[int] = set()
    bold: set[int] = set()
    for face in faces:
        (regular if face.weight == REGULAR else bold).update(_code_points(face))
    return frozenset(regular & bold)


@lru_cache(maxsize=32)
def _code_points(face: Face) -> frozenset[int]:
    """The code points in the cmap of a face."""
    import uharfbuzz

    return frozenset(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(face.path))).unicodes)


def _is_drawn(character: str) -> bool:
    """True for a character that needs a glyph: no control, no space, nothing invisible."""
    blank = unicodedata.category(character) in ("Cc", "Zs", "Zl", "Zp")
    return not blank and not _IGNORABLE.match(character)


def _rule(face: Face) -> str:
    """One `@font-face` rule. `as_uri` quotes what CSS or WeasyPrint would misread, as `[`."""
    return (
        f'@font-face {{ font-family: "{face.family}"; font-style: normal;'
        f' font-weight: {face.weight}; src: url("{face.path.as_uri()}") format("truetype") }}'
    )
