"""What our leaflets cost beside WeasyPrint alone, on the same HTML with the same fonts. See
`make bench`.

Both run in one process that has the fonts loaded, in turns, and count the work of the
processor, so that a busy machine slows both alike. WeasyPrint alone is one layout and one
PDF/UA-1 as it writes it; ours is all that a leaflet needs: pages counted, tags completed,
texts readable, problems told.
"""

from __future__ import annotations

import gc
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import weasyprint

from stepwell.model import Document
from stepwell.render.documents import Documents
from stepwell.render.environment import Templates
from stepwell.resolve import Resolved
from stepwell.write import pdf
from stepwell.write.fonts import FontSet, fonts_for

BOUND = 1.3
PAPERS = ("patient", "family")


def leaflets(resolved: Resolved, templates: Templates, language: str) -> list[Document]:
    """All that patients and families are given in a language, of all pathways."""
    made = Documents(resolved, templates, language).all()
    return [document for document in made if document.audience in PAPERS]


def ratios(documents: list[Document], times: int) -> Iterator[tuple[str, float, float]]:
    """(name, our seconds, seconds of WeasyPrint alone) of each document: medians of `times`."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for document in documents:
            fonts = fonts_for(document.language, place / "fonts", document.html)
            both = (_ours(document, fonts, place), _alone(document, fonts))
            for one in both:
                one()  # the fonts are loaded then
            taken = [tuple(map(_seconds, both)) for _ in range(times)]
            ours, alone = (statistics.median(found) for found in zip(*taken, strict=True))
            yield document.path, ours, alone


def _ours(document: Document, fonts: FontSet, place: Path) -> Callable[[], Any]:
    return lambda: pdf.make(document, fonts=fonts, assets=place)


def _alone(document: Document, fonts: FontSet) -> Callable[[], Any]:
    """WeasyPrint, with the configuration of fonts that ours has, loaded once too."""
    configuration, faces = pdf._configuration(fonts.css, fonts.roots)
    return lambda: weasyprint.HTML(string=document.html).write_pdf(
        font_config=configuration, stylesheets=[faces], pdf_variant=pdf.VARIANT
    )


def _seconds(work: Callable[[], Any]) -> float:
    gc.collect()
    gc.disable()  # as builds do it
    begin = time.process_time()
    work()
    taken = time.process_time() - begin
    gc.enable()
    return taken
