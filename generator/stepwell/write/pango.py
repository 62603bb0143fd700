"""Whether the system has the libraries that PDFs are laid out with. Owns: that question only.

WeasyPrint loads Pango when it is imported, and without it prints a banner and
raises OSError. So the question is put beforehand, with ctypes and without
importing WeasyPrint: `stepwell doctor` prints the answer, and a build says by
it why no PDF was made. Go on to `write.pdf`, which makes the documents.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import sys
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Library:
    """A system library: file names to try, and the apt and brew package that has it.

    Without a `needed` library there is no PDF; without another one, PDFs are
    made, but slower and with other bytes.
    """

    name: str
    linux: str
    macos: str
    apt: str
    brew: str
    needed: bool = True


LIBRARIES = (
    Library("GObject", "libgobject-2.0.so.0", "libgobject-2.0.0.dylib", "libglib2.0-0", "glib"),
    Library("Pango", "libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0", "pango"),
    Library(
        "PangoFT2", "libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0", "pango"
    ),
    Library("HarfBuzz", "libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz0b", "harfbuzz"),
    Library(
        "HarfBuzz-Subset",
        "libharfbuzz-subset.so.0",
        "libharfbuzz-subset.0.dylib",
        "libharfbuzz-subset0",
        "harfbuzz",
        needed=False,
    ),
    Library(
        "Fontconfig", "libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig1", "fontconfig"
    ),
)


def probe() -> tuple[Library, ...]:
    """The libraries that cannot be loaded; empty where PDFs can be made at full speed."""
    return tuple(library for library in LIBRARIES if not _loads(library))


def blocked() -> bool:
    """True where no PDF can be made at all, because a needed library is missing."""
    return any(library.needed for library in probe())


def version() -> str:
    """The versions of the libraries that make the layout, as 'pango 1.50.12, harfbuzz 6.0.0'.

    A missing one has no version: 'pango none'. Fontconfig only hands out files.
    """
    pango = _asked(LIBRARIES[1], "pango_version_string")
    harfbuzz = _asked(LIBRARIES[3], "hb_version_string")
    subset = "none" if LIBRARIES[4] in probe() else "present"
    return f"pango {pango}, harfbuzz {harfbuzz}, harfbuzz-subset {subset}"


def remedy(missing: tuple[Library, ...]) -> str:
    """The command that installs `missing` on this system, or '' when nothing is missing."""
    if not missing:
        return ""
    if sys.platform == "darwin":
        return "brew install " + " ".join(sorted({library.brew for library in missing}))
    return "apt install " + " ".join(sorted({library.apt for library in missing}))


def _loads(library: Library) -> bool:
    """True when one of the library's file names can be loaded."""
    return any(_opens(name) for name in _names(library))


def _names(library: Library) -> tuple[str, ...]:
    """The file names WeasyPrint would try on this platform, and what the system knows."""
    own = library.macos if sys.platform == "darwin" else library.linux
    stem = library.linux.removeprefix("lib").partition(".so")[0]
    found = ctypes.util.find_library(stem) if sys.platform != "linux" else None
    return (own, found) if found else (own,)


def _asked(library: Library, function: str) -> str:
    """What a function without arguments of a library says of its version."""
    for name in _names(library):
        try:
            ask = ctypes.CDLL(name)[function]
        except (OSError, AttributeError):
            continue
        ask.restype = ctypes.c_char_p
        return bytes(ask()).decode()
    return "none"


def _opens(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
