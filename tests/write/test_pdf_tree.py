"""The tree of tags is as deep as what it says."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest

from stepwell.write import pdf, pdf_finish
from stepwell.write.pdf_tree import elements, has_tag, in_reading_order, is_element, kids

Print = Callable[..., pdf.Made]
pytestmark = pytest.mark.pdf

LONG = "Care is stepped up when it does not help, and stepped down when it does. " * 4
BODY = (
    f"<h1>Steps</h1><p>{LONG}<bdi dir=ltr>020 7946 0100</bdi> <b>{LONG}</b>"
    f'<p>Ask <a href="https://example.org">the clinic</a>, <i lang="es">por favor</i>.'
    f"<table><tr><th scope=col>Check<td>{LONG}</table><ul><li>{LONG}<li>two</ul>"
)


def owners(content: bytes) -> list[tuple[int, int, str]]:
    """(page, MCID, tag of what holds it) by the tree; the parent tree has to agree."""
    with pikepdf.open(io.BytesIO(content)) as found:
        flat = list(found.Root.StructTreeRoot.ParentTree.Nums)
        numbers = dict(zip(map(int, flat[::2]), flat[1::2], strict=True))
        told = []
        for element, kid in in_reading_order(found.Root.StructTreeRoot):
            page = int(element.Pg.StructParents)
            assert numbers[page][kid].objgen == element.objgen
            assert all(one.P.objgen == element.objgen for one in filter(is_element, kids(element)))
            told.append((page, kid, str(element.S)))
        return told


def is_mixed(element: Any) -> bool:
    """Whether an element holds both text and elements; readers disagree on their order then."""
    return (
        len({is_element(kid) for kid in kids(element) if isinstance(kid, int) or is_element(kid)})
        > 1
    )


def test_lines_are_no_elements(press: Print, monkeypatch: pytest.MonkeyPatch) -> None:
    """Contents hang in the same order in what says something of them; the rest is gone."""
    made = press(BODY).content
    with monkeypatch.context() as changed:
        changed.setattr(pdf_finish, "flatten", lambda found, numbers: None)
        before = press(BODY).content
    assert [one[:2] for one in owners(made)] == [one[:2] for one in owners(before)]
    assert {tag for *_, tag in owners(before)} >= {"/Span"}
    with pikepdf.open(io.BytesIO(made)) as found:
        spans = [element for element in elements(found) if has_tag(element, "/Span")]
        assert [str(span.Lang) for span in spans if "/Lang" in span] == ["es"]
        assert not any(map(is_mixed, elements(found)))
        assert any(has_tag(element, "/Link") for element in elements(found))
    assert len(made) < len(before)


def test_a_paragraph_of_two_pages_keeps_what_tells_its_pages(press: Print) -> None:
    """What lies on the second page hangs in an element of that page."""
    made = press(f"<p>{LONG * 40}", size="A6").content
    assert len({page for page, *_ in owners(made)}) > 1
