"""What tests of printed documents share: fonts, a document from a few lines, its PDF."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pytest

from stepwell.model import Document
from stepwell.write import pdf
from stepwell.write.fonts import FontSet, fonts_for

Print = Callable[..., pdf.Made]


@pytest.fixture(scope="session")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], FontSet]:
    """The fonts of a language, instanced once a session."""
    cache = tmp_path_factory.mktemp("fonts")
    return lru_cache(lambda language: fonts_for(language, cache))


def leaflet(body: str, *, language: str = "en", head: str = "", size: str = "A5") -> str:
    """A whole page for the press, with a title and our family of fonts."""
    direction = "rtl" if language in ("ar", "fa", "he", "ur") else "ltr"
    return (
        f'<!doctype html><html lang="{language}" dir="{direction}"><head><meta charset="utf-8">'
        f"<title>Sample</title><style>@page {{ size: {size}; margin: 10mm }}"
        f" body {{ font-family: Stepwell }} bdi {{ white-space: nowrap }}</style>{head}</head>"
        f"<body>{body}</body></html>"
    )


@pytest.fixture
def assets(tmp_path: Path) -> Path:
    """An empty folder that documents may read."""
    folder = tmp_path / "assets"
    folder.mkdir()
    return folder


@pytest.fixture
def press(fonts: Callable[[str], FontSet], assets: Path) -> Print:
    """Makes a PDF from a body, a language and a head."""

    def run(
        body: str,
        *,
        language: str = "en",
        head: str = "",
        size: str = "A5",
        html: str = "",
        max_pages: int | None = None,
    ) -> pdf.Made:
        document = Document(
            path=f"{language}/sample.pdf",
            title="Title of the document",
            language=language,
            audience="patient",
            pathway="sleep",
            sources=(),
            html=html or leaflet(body, language=language, head=head, size=size),
            kind="leaflet",
            max_pages=max_pages,
        )
        return pdf.make(document, fonts=fonts(language), assets=assets)

    return run
