"""Pictures of printed pages, to look at without a PDF viewer. Owns: pypdfium2."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2

from stepwell.model import PREVIEW_SIZE, Document
from stepwell.write.fonts import FontSet
from stepwell.write.place import Place
from stepwell.write.printed import printed

POINTS = 72  # an inch
THUMBNAIL = (240, 340)
"""Width and height in dots that a small picture fits into: twice those of its place on a page."""
COLORS = 5  # black, white, a grey and the clinic's two: more would only make the file larger
MORE_COLORS = 48  # of a large picture: a logo has some, and edges of letters are seen


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


def images(content: bytes, wanted: Wanted) -> Iterator[Any]:
    """The pages of a PDF as images of Pillow, in order."""
    with pypdfium2.PdfDocument(content) as pages:
        pages.init_forms()  # or fields would not be drawn
        for number in range(1 if wanted.only_first else len(pages)):
            yield pages[number].render(scale=wanted.dpi / POINTS).to_pil()


def pictures(content: bytes, wanted: Wanted) -> Iterator[bytes]:
    """PNG files of the pages of a PDF, in order. The same pages give the same bytes."""
    for image in images(content, wanted):
        target = BytesIO()
        image.save(target, format="PNG", dpi=(wanted.dpi, wanted.dpi))
        yield target.getvalue()


def small(content: bytes) -> bytes:
    """A small PNG of the first page of a PDF, as large as fits into THUMBNAIL, of few colours.

    The same page gives the same bytes.
    """
    return _of_few_colors(content, THUMBNAIL, COLORS)


def shared(content: bytes) -> bytes:
    """The PNG of the first page of a PDF that stands beside shared links, of PREVIEW_SIZE."""
    return _of_few_colors(content, PREVIEW_SIZE, MORE_COLORS)


def icon(content: bytes, size: int) -> bytes:
    """A PNG of a PDF of one square; where nothing is printed it is transparent."""
    with pypdfium2.PdfDocument(content) as pages:
        scale = size / pages[0].get_size()[0]
        page = pages[0].render(scale=scale, fill_color=(0, 0, 0, 0), rev_byteorder=True)
        image = page.to_pil().convert("RGBA").resize((size, size))
    target = BytesIO()
    image.save(target, format="PNG", optimize=True)
    return target.getvalue()


def _of_few_colors(content: bytes, box: tuple[int, int], count: int) -> bytes:
    with pypdfium2.PdfDocument(content) as pages:
        pages.init_forms()
        scale = min(most / size for most, size in zip(box, pages[0].get_size(), strict=True))
        image = pages[0].render(scale=scale).to_pil().convert("RGB")
    # The colours of a quarter of the dots are those of all, and found in a quarter of the time.
    colors = image.resize([side // 2 for side in image.size], 0).quantize(count, kmeans=1)
    target = BytesIO()
    image.quantize(palette=colors, dither=0).save(target, format="PNG", optimize=True)
    return target.getvalue()


def draw(document: Document, fonts: FontSet, place: Place, wanted: Wanted) -> Drawn:
    """Print a document and draw its pages into the folder of `place`. Runs in a worker.

    The PDF comes from the cache of builds, or goes there. Pictures of pages that a document
    no longer has are deleted. OSError if a file can't be written.
    """
    content, problems = printed(document, fonts, place.assets, place.store.cache("pdf"))
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
