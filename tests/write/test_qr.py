"""QR codes as they are printed: a telephone reads the address of the page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from stepwell.project import packaged
from stepwell.render.documents import Documents
from stepwell.render.environment import Templates
from stepwell.resolve import Resolved
from stepwell.write import imposition, pdf
from stepwell.write.fonts import FontSet

DPI = 200


@pytest.mark.pdf
@pytest.mark.parametrize("kind", ["pocket-guide-fold", "cards", "poster"])
def test_a_printed_code_leads_to_the_pathway(
    resolved: Resolved, fonts: Callable[[str], FontSet], tmp_path: Path, kind: str
) -> None:
    """The code is read from the paper as a modest printer prints it."""
    documents = Documents(resolved, Templates((packaged("templates"),)), "en")
    document = next(d for d in documents.all() if d.kind == kind)
    content = pdf.make(document, fonts=fonts("en"), assets=tmp_path).content
    if document.imposition:
        content = imposition.imposed(content, document.imposition, "ltr")
    page = pypdfium2.PdfDocument(content)[0]
    found = zxingcpp.read_barcodes(page.render(scale=DPI / 72).to_pil())
    site = resolved.definitions.site.url.rstrip("/")
    assert {code.text for code in found} == {f"{site}/en/{document.pathway}/index.html"}
