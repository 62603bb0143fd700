"""The website's own fonts: small WOFF2 files, made from the installed font packages.

Open Sans serves Latin, Cyrillic, Greek and Hebrew, IBM Plex Sans Arabic serves
Arabic, Noto Sans Devanagari Hindi; other scripts use the reader's system fonts. For a
clinic that chose `family: serif` it is Source Serif and Almarai where these have letters.
So does Chinese: what one page needs of it would weigh more than the rest of the
page, every phone and computer that reads Chinese has a good font for it, and its
`lang` picks the right forms. Each file holds one range of characters, so that a
phone loads only what a page needs; `fonts.css` beside them says which. PDF fonts
are another matter: see `write.fonts`.

A page never waits for a font and never changes it while somebody reads: one that has not
come at once is kept for the next page (`font-display: optional`). Until then the reader's
own font stands in, made as wide as ours, so that lines break where they will break.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

from stepwell.write.cache import Cache
from stepwell.write.fonts import Family

FAMILY = "Stepwell Sans"
Face = tuple[str, str]
"""The package and the file of a font."""
Each = Callable[[Sequence["File"]], Iterable[bytes]]
"""What makes several files; it gives them in the order in which they were asked for."""
FOLDER = "fonts"
WEIGHTS = (400, 700)

# The Open Font License wants its notice kept, and a changed font under a name of its own.
_LICENCE_NAMES = (0, 13, 14)
_FAMILY_NAMES = (1, 3, 4, 6, 16)


@dataclass(frozen=True, slots=True)
class Subset:
    """Some ranges of characters as one file for each weight.

    A subset that is `alone` is heavy. It has both weights in one variable file, and a family
    name of its own, which the style sheet asks for in its languages: there the reader's own
    font has the few Latin letters. `ranges` are written as in CSS (`unicode-range`), without
    `U+`. `faces` are (package, file) for regular and bold, `serif` those of the other family.
    `languages` are the primary tags that need the subset, and an empty tuple stands for all.
    """

    name: str
    ranges: str
    faces: tuple[Face, Face]
    languages: tuple[str, ...] = ()
    serif: tuple[Face, Face] | None = None
    alone: bool = False

    @property
    def weights(self) -> tuple[int, ...]:
        """The weights that have a file."""
        return WEIGHTS[:1] if self.alone else WEIGHTS

    @property
    def family(self) -> str:
        """The name of its family in CSS."""
        return f"{FAMILY} {self.name.title()}" if self.alone else FAMILY

    def set_in(self, family: Family) -> tuple[Face, Face]:
        """The files for what a clinic chose."""
        return self.serif if family == "serif" and self.serif else self.faces

    def needed(self, languages: Iterable[str]) -> bool:
        """Whether a website in these languages (BCP 47 tags) needs the subset."""
        return not self.languages or any(_primary(tag) in self.languages for tag in languages)


_OPEN_SANS = (("fontpkg_open_sans", "files/OpenSans[wdth,wght].ttf"),) * 2
_SERIF = (("fontpkg_source_serif_4", "files/SourceSerif4[opsz,wght].ttf"),) * 2
_PLEX_ARABIC = (
    ("fontpkg_ibm_plex_sans_arabic", "files/IBMPlexSansArabic-Regular.ttf"),
    ("fontpkg_ibm_plex_sans_arabic", "files/IBMPlexSansArabic-Bold.ttf"),
)
_ALMARAI = (
    ("fontpkg_almarai", "files/Almarai-Regular.ttf"),
    ("fontpkg_almarai", "files/Almarai-Bold.ttf"),
)
_DEVANAGARI = (("manimgx_fonts", "NotoSansDevanagari[wght].ttf"),) * 2

SUBSETS: tuple[Subset, ...] = (
    Subset(
        "latin",
        "20-7E A0-FF 131 152-153 2C6 2DA 2DC 2002-200B 2010-2027 202F-203A 2044 20AC 2122 "
        "2190-2193 2212 2264-2265",
        _OPEN_SANS,
        serif=_SERIF,
    ),
    Subset(
        "latin-ext",
        "100-130 132-151 154-24F 259 2BB-2BC 300-304 306-30C 323 326-328 1E00-1E9F 1EF2-1EFF "
        "20A0-20AB 20AD-20BF",
        _OPEN_SANS,
        serif=_SERIF,
    ),
    Subset("vietnamese", "1EA0-1EF1", _OPEN_SANS, ("vi",), _SERIF),
    Subset(
        "cyrillic",
        "400-45F 48A-4FF 2116",
        _OPEN_SANS,
        ("be", "bg", "kk", "ky", "mk", "mn", "ru", "sr", "tg", "uk"),
        _SERIF,
    ),
    Subset("greek", "370-3FF", _OPEN_SANS, ("el",), _SERIF),
    Subset("hebrew", "590-5FF 20AA", _OPEN_SANS, ("he", "yi")),
    Subset(
        "arabic",
        "600-6FF 750-77F 200C-200F FDFC-FDFD",
        _PLEX_ARABIC,
        ("ar", "arz", "ckb", "fa", "ks", "prs", "ps", "sd", "ug", "ur"),
        _ALMARAI,
    ),
    Subset(
        "devanagari",
        "900-903 905-90D 90F-911 913-914 915-928 92A-933 935-939 93C-949 94B-94D 950 "
        "958-95F 964-970 200C-200D",
        _DEVANAGARI,
        ("hi", "mr", "ne"),
        alone=True,
    ),
)


@dataclass(frozen=True, slots=True)
class StandIn:
    """A font that readers have, made as wide and as high as ours while that one is not there.

    `faces` are its names by weight, as `local()` wants them; one name and its twins of the
    same measures. `widths` say by weight how wide our font is beside it, in percent, over the
    letters of our own pages in English and Ukrainian.
    """

    family: Family
    faces: tuple[tuple[str, ...], tuple[str, ...]]
    widths: tuple[float, float]


STAND_IN = f"{FAMILY} Stand-in"
"""The family name of all stand-ins; `--sw-font` has it behind ours, with a number."""
_HEIGHTS: dict[Family, tuple[float, float]] = {"sans": (106.9, 29.3), "serif": (103.6, 33.5)}
"""Ascent and descent of Open Sans and of Source Serif, in percent of the type size."""
_MEASURED = "U+20-24F,U+2B0-52F,U+1E00-1EFF,U+2000-22FF"
_SANS_TWINS = ("Arial", "Liberation Sans", "Arimo", "Helvetica")
_SERIF_TWINS = ("Times New Roman", "Liberation Serif", "Tinos", "Times")
_STAND_INS = (
    StandIn("sans", (_SANS_TWINS, tuple(f"{name} Bold" for name in _SANS_TWINS)), (104.5, 104.5)),
    StandIn("sans", (("Roboto",), ("Roboto Bold",)), (104.5, 110.5)),
    StandIn("serif", (_SERIF_TWINS, tuple(f"{name} Bold" for name in _SERIF_TWINS)), (117, 114)),
)


@dataclass(frozen=True, slots=True)
class File:
    """A file of the website's fonts: its name, and what it is made from."""

    name: str
    face: Face
    ranges: str
    weight: int
    variable: bool

    @property
    def key(self) -> str:
        """The hash of all that it is made from, and of what makes it."""
        path = _font(*self.face)
        made = hashlib.sha256(path.read_bytes() + _tools())
        made.update(f"{self.ranges} {self.weight} {self.variable}".encode())
        return made.hexdigest()


def kept(file: File, cache: Cache) -> tuple[bytes, list[str]]:
    """The content of a file, from the cache or made and kept there; the names of its entries
    that were damaged.
    """
    key = file.key
    if (known := cache.get(key)) is not None:
        return known, []
    content = made(file)
    cache.put(key, content)
    return content, cache.damaged


def write_webfonts(
    out: Path, languages: Iterable[str], family: Family = "sans", each: Each | None = None
) -> None:
    """Write the WOFF2 files and `fonts.css` into `out/assets/fonts/`, once for all languages.

    `languages` are BCP 47 tags; `each` makes the files elsewhere. They are the same for the
    same font packages. FileNotFoundError if one is not installed.
    """
    folder = out / "assets" / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    wanted = tuple(languages)
    subsets = [subset for subset in SUBSETS if subset.needed(wanted)]
    files = [file for subset in subsets for file in _files(subset, family)]
    each = each or (lambda some: map(made, some))
    for file, content in zip(files, each(files), strict=True):
        (folder / file.name).write_bytes(content)
    rules = [_rule(subset, weight) for subset in subsets for weight in subset.weights]
    stand_ins = [one for one in _STAND_INS if one.family == family]
    for number, one in enumerate(stand_ins, start=1):
        rules += _stand_in_rules(one, number)
    (folder / "fonts.css").write_text("".join(rules), encoding="utf-8")


def _files(subset: Subset, family: Family) -> Iterator[File]:
    for weight, face in zip(subset.weights, subset.set_in(family), strict=False):
        yield File(file_name(subset, weight), face, subset.ranges, weight, subset.alone)


@cache
def _tools() -> bytes:
    """Versions of the libraries that make fonts, and this module."""
    versions = " ".join(f"{name} {version(name)}" for name in ("fonttools", "uharfbuzz", "brotli"))
    return versions.encode() + Path(__file__).read_bytes()


@cache
def made(file: File) -> bytes:
    """The characters of one face as WOFF2; hinting, which screens no longer use, is dropped.

    A variable one goes from its weight to the boldest of WEIGHTS.

    Conjuncts and other forms that these characters take on together come with them.
    """
    import uharfbuzz as hb
    from fontTools.ttLib import TTFont

    source = hb.Face(hb.Blob.from_file_path(str(_font(*file.face))))
    plan = hb.SubsetInput()
    plan.unicode_set.update(_characters(file.ranges))
    plan.name_id_set.update(_LICENCE_NAMES)
    plan.flags = hb.SubsetFlags.NO_HINTING
    if "[" in file.face[1]:
        plan.pin_all_axes_to_default(source)
        if file.variable:
            plan.set_axis_range(source, "wght", file.weight, WEIGHTS[-1], file.weight)
        else:
            plan.pin_axis_location(source, "wght", file.weight)
    static = hb.subset(source, plan).blob.data
    font = TTFont(BytesIO(static), recalcTimestamp=False)
    for record in font["name"].names:
        if record.nameID in _FAMILY_NAMES:
            record.string = FAMILY
    font.flavor = "woff2"
    buffer = BytesIO()
    font.save(buffer)
    return buffer.getvalue()


def _characters(ranges: str) -> Iterator[int]:
    for part in ranges.split():
        first, _, last = part.partition("-")
        yield from range(int(first, 16), int(last or first, 16) + 1)


def _font(package: str, name: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(f"the font package {package.replace('_', '-')} is not installed")
    return Path(spec.origin).parent / name


def _rule(subset: Subset, weight: int) -> str:
    ranges = ",".join(f"U+{part}" for part in subset.ranges.split())
    weights = f"{weight} {WEIGHTS[-1]}" if subset.alone else f"{weight}"
    return (
        f'@font-face{{font-family:"{subset.family}";font-weight:{weights};font-style:normal;'
        f'font-display:optional;src:url("{file_name(subset, weight)}") format("woff2");'
        f"unicode-range:{ranges}}}\n"
    )


def _stand_in_rules(one: StandIn, number: int) -> Iterator[str]:
    ascent, descent = _HEIGHTS[one.family]
    for weight, names, width in zip(WEIGHTS, one.faces, one.widths, strict=True):
        sources = ",".join(f'local("{name}")' for name in names)
        yield (
            f'@font-face{{font-family:"{STAND_IN} {number}";font-weight:{weight};src:{sources};'
            f"unicode-range:{_MEASURED};size-adjust:{width:g}%;line-gap-override:0%;"
            f"ascent-override:{100 * ascent / width:.1f}%;"
            f"descent-override:{100 * descent / width:.1f}%}}\n"
        )


def file_name(subset: Subset, weight: int) -> str:
    """The name of the file of a subset in a weight."""
    return f"{subset.name}-{weight}.woff2"


def _primary(tag: str) -> str:
    return tag.partition("-")[0].lower()
