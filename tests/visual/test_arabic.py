"""Every kind of document in Arabic looks as it did when somebody looked at it."""

from __future__ import annotations

import pytest
from tests.visual.conftest import Gallery
from tests.visual.printing import cases_by_name

pytestmark = pytest.mark.pdf


@pytest.mark.parametrize("name", cases_by_name())
def test_a_document_looks_as_it_was_accepted(name: str, gallery: Gallery) -> None:
    """Its pages are those of the picture in baselines/ar, as far as people can see."""
    gallery.compare(name, "ar")
