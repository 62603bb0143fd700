"""Pictures of printed pages, to look at without a PDF viewer. Owns: pypdfium2."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pypdfium2

from stepwell.model import Document
from stepwell.write import Place, printed
from stepwell.write.cache import Cache
from stepwell.write.fonts import FontSet

POINTS = 72  # an inch


@dataclass(frozen=True, slots=True)
class Wanted:
    """How pages are drawn: dots an inch, and all of them or the first."""

    dpi: int
    only_first: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """The files of a document's pages, in order, and what is wrong with it, as sentences.

    Of a document that can't be printed there are no files.
    """

    document: str
    files: tuple[Path, ...]
    problems: tuple[str, ...]


def pictures(content: bytes, wanted: Wanted) -> Iterator[bytes]:
    """PNG files of the pages of a PDF, in order. The same pages give the same bytes."""
    with pypdfium2.PdfDocument(content) as pages:
        pages.init_forms()  # or fields would not be drawn
        for number in range(1 if wanted.only_first else len(pages)):
            image = pages[number].render(scale=wanted.dpi / POINTS).to_pil()
            target = BytesIO()
            image.save(target, format="PNG", dpi=(wanted.dpi, wanted.dpi))
            yield target.getvalue()


def draw(document: Document, fonts: FontSet, place: Place, wanted: Wanted) -> Drawn:
    """Print a document and draw its pages into the folder of `place`. Runs in a worker.

    The PDF comes from the cache of builds, or goes there. Pictures of pages that a document
    no longer has are deleted. OSError if a file can't be written.
    """
    content, problems = printed(document, fonts, place.assets, Cache(place.cache / "pdf"))
    target = place.folder / document.path
    target.parent.mkdir(parents=True, exist_ok=True)
    for old in target.parent.glob(f"{target.stem}-*.png"):
        if old.stem.removeprefix(f"{target.stem}-").isdecimal():
            old.unlink()
    files = []
    for number, picture in enumerate(pictures(content, wanted) if content else (), 1):
        files.append(target.with_name(f"{target.stem}-{number}.png"))
        files[-1].write_bytes(picture)
    return Drawn(document.path, tuple(files), tuple(map(str, problems)))
