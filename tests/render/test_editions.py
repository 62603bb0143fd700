"""Other editions of leaflets: large print, and booklets to fold."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from tests.conftest import TODAY

from stepwell.definitions.project import Definitions
from stepwell.definitions.site import Look
from stepwell.load.interface import interface
from stepwell.model import Document
from stepwell.project import packaged
from stepwell.render.documents import Documents
from stepwell.render.environment import Templates
from stepwell.resolve import Resolved
from stepwell.write import pdf
from stepwell.write.fonts import fonts_for

BODY = "psychosomatic-stepped-care"


@pytest.fixture(scope="module")
def resolved(real: Definitions) -> Resolved:
    """The sample pathways of a clinic that prints all editions."""
    site = real.site.model_copy(update={"look": Look(editions=("large", "booklet"))})
    tags = map(str, site.languages.published)
    return Resolved(replace(real, site=site), {tag: interface(tag) for tag in tags}, TODAY)


def leaflets(resolved: Resolved, language: str) -> dict[str, Document]:
    """Name -> document, of one pathway's leaflets for patients and families."""
    made = Documents(resolved, Templates((packaged("templates"),)), language).all()
    own = (one for one in made if one.pathway == BODY and one.kind.startswith("leaflet"))
    return {Path(one.path).stem: one for one in own}


def test_each_leaflet_has_its_editions(resolved: Resolved) -> None:
    """Each in large print and as a booklet, with the same title."""
    found = leaflets(resolved, "en")
    standard = {name for name in found if not name.endswith(("-large", "-booklet"))}
    assert set(found) == {name + end for name in standard for end in ("", "-large", "-booklet")}
    for name in standard:
        for end in ("-large", "-booklet"):
            assert found[name + end].title == found[name].title
        assert found[f"{name}-booklet"].imposition == "booklet"


@pytest.mark.pdf
@pytest.mark.parametrize("language", ["en", "ar", "hi", "uk"])
def test_type_is_as_large_as_promised(resolved: Resolved, language: str, tmp_path: Path) -> None:
    """Large print has nothing below 18 points; in a booklet only the foot of a page is small."""
    found = leaflets(resolved, language)
    for name, least in (("leaflet-family-large", 18), ("leaflet-self-care-booklet", 11)):
        faces = fonts_for(language, tmp_path, found[name].html)
        made = pdf.make(found[name], fonts=faces, assets=tmp_path)
        assert made.problems == ()
        with pdfplumber.open(io.BytesIO(made.content)) as opened:
            letters = [char for page in opened.pages for char in page.chars]
        assert len(letters) > 1000
        assert min(round(one["size"], 1) for one in letters if not in_the_foot(one, name)) >= least


def in_the_foot(char: dict[str, Any], name: str) -> bool:
    """Whether a character of a booklet stands in the foot of its page."""
    return name.endswith("-booklet") and char["bottom"] > 525
