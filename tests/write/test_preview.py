"""The picture beside shared links: of the right size, in the clinic's colours, always the same."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from tests.conftest import TODAY

from stepwell import pipeline
from stepwell.load.interface import interface
from stepwell.model import PREVIEW_SIZE
from stepwell.project import Project, packaged
from stepwell.render.environment import Templates
from stepwell.render.preview import preview
from stepwell.resolve import Resolved
from stepwell.write.fonts import FontSet
from stepwell.write.preview import picture
from stepwell.write.store import Store

LOOK = "look:\n  primary: '#0b5d33'\n"


@pytest.mark.pdf
def test_the_picture_has_name_and_colour_of_the_clinic(
    small: Path, fonts: Callable[[str], FontSet], tmp_path: Path
) -> None:
    """A long name fits into it, too; made twice, it is the same file."""
    site = small / "pathways" / "site.yaml"
    name = "The Department of Psychosomatic and Psychiatric Medicine of Mill Road Hospital"
    site.write_text(site.read_text("utf-8").replace("Mill Road Practice", name) + LOOK, "utf-8")
    definitions = pipeline.read(Project(small), pipeline.Scope(), TODAY, pipeline.Run())
    assert definitions is not None
    resolved = Resolved(definitions, {"en": interface("en")}, TODAY)
    wanted = preview(resolved, Templates((packaged("templates"),)), ["en"])
    stores = [Store.at(tmp_path / one) for one in ("a", "b")]
    made = [
        picture(wanted, fonts("en"), tmp_path, one.cache("pdf"), one.cache("thumbnails"))
        for one in stores
    ]
    assert made[0] == made[1]
    content, problems = made[0]
    assert problems == []
    with Image.open(io.BytesIO(content)) as image:
        assert image.size == PREVIEW_SIZE
        drawn = image.convert("RGB")
    corner = drawn.getpixel((5, 5))
    assert isinstance(corner, tuple)
    assert corner == pytest.approx((0x0B, 0x5D, 0x33), abs=6)
    brightest = drawn.crop((90, 100, 1110, 400)).convert("L").getextrema()[1]
    assert brightest == pytest.approx(255, abs=15)  # letters are white
