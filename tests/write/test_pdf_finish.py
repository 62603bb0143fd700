"""What a PDF needs for people who listen to it, and WeasyPrint leaves out."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pikepdf
import pytest

from stepwell.write import pdf
from stepwell.write.pdf_finish import finish
from stepwell.write.pdf_tree import elements, is_element, kids

Print = Callable[..., pdf.Made]
pytestmark = pytest.mark.pdf


@contextmanager
def tree(made: pdf.Made) -> Iterator[tuple[pikepdf.Pdf, list[Any]]]:
    """A PDF and its structure elements in reading order."""
    assert made.problems == ()
    with pikepdf.open(io.BytesIO(made.content)) as found:
        yield found, list(elements(found))


def scopes(made: pdf.Made) -> list[str]:
    """The scopes of all headers of tables, in reading order."""
    with tree(made) as (_, found):
        return [str(e.A.Scope)[1:] for e in found if e.S == pikepdf.Name.TH]


def test_headers_of_tables_have_the_scope_that_html_says(press: Print) -> None:
    """With `thead` and `scope`, columns and rows are told apart, below an empty corner too."""
    made = press(
        "<table><thead><tr><td><th scope=col>A<th scope=col>B</thead>"
        "<tr><th scope=row>x<td>1<td>2<tr><th scope=row>y<td>3<td>4</table>"
    )
    assert scopes(made) == ["Column", "Column", "Row", "Row"]


def test_headers_without_a_scope_are_understood_from_their_place(press: Print) -> None:
    """A row of headers heads columns; a header before data heads its row."""
    assert scopes(press("<table><tr><th>A<th>B<tr><td>1<td>2</table>")) == ["Column", "Column"]
    assert scopes(press("<table><tr><th>x<td>1<tr><th>y<td>2</table>")) == ["Row", "Row"]
    assert scopes(press("<table><tr><td>1<th scope=row>x</table>")) == ["Row"]


def test_a_link_is_one_link_however_it_is_nested(press: Print) -> None:
    """A phone number in `<bdi>` inside `<a>` is one annotation, in a Link, that prints."""
    made = press(
        "<p><a href='tel:1'><bdi dir=ltr>02 <b>0</b></bdi></a> <a href='#a'>here</a>"
        "<p id=a><a href='https://example.org/' style='display:block'><span>block</span></a>"
    )
    with tree(made) as (found, parts):
        annotations = list(found.pages[0].Annots)
        owners = [e for e in parts for kid in kids(e) if _refers(kid)]
        tables = dict(zip(*[iter(found.Root.StructTreeRoot.ParentTree.Nums)] * 2, strict=True))
        assert len(annotations) == len(owners) == 3
        assert {str(owner.S) for owner in owners} == {"/Link"}
        for annotation, owner in zip(annotations, owners, strict=True):
            x1, y1, x2, y2 = map(float, annotation.Rect)
            assert x1 < x2
            assert y1 < y2
            assert annotation.F == 4
            assert tables[int(annotation.StructParent)].objgen == owner.objgen
        assert int(found.Root.StructTreeRoot.ParentTreeNextKey) == max(map(int, tables)) + 1


def _refers(kid: Any) -> bool:
    return isinstance(kid, pikepdf.Dictionary) and not is_element(kid)


def test_parts_in_another_language_say_so(press: Print) -> None:
    """A sentence that has no translation yet is read aloud in its own language."""
    made = press(
        "<p>نص <span lang=en dir=ltr>an English part</span> نص <b lang=fr>mot</b></p>",
        language="ar",
    )
    with tree(made) as (found, parts):
        assert str(found.Root.Lang) == "ar"
        assert [str(e.Lang) for e in parts if "/Lang" in e] == ["en", "fr"]


def test_drawings_have_words_or_are_no_content(press: Print) -> None:
    """`title` or `aria-label` is the text of a drawing; without one it is left out of the tree."""
    box = "<svg width=9 height=9 viewBox='0 0 9 9'{}><rect width=9 height=9 /></svg>"
    bare, labelled = box.format(""), box.format(" aria-label='A ladder'")
    titled = bare.replace("<rect", "<title>Code</title><rect")
    made = press(f"<p>a {bare} b {labelled} {titled}</p><p>{bare}</p>")
    with tree(made) as (found, parts):
        assert [str(e.Alt) for e in parts if str(e.S) == "/Figure"] == ["A ladder", "Code"]
        content = found.pages[0].Contents.read_bytes()
        assert content.count(b"/Artifact BMC") == 2
        assert content.count(b"/Figure") == 2
        assert len([e for e in parts if e.S == pikepdf.Name.P]) == 1


def test_running_lines_are_no_content(press: Print) -> None:
    """The number of a page is painted, but not read between two sentences."""
    head = "<style>@page{@top-left{content:'x'}}</style>"
    made = press("<p>a<p style='break-before:page'>b", head=head)
    with tree(made) as (found, parts):
        for page in found.pages:
            assert page.Contents.read_bytes().count(b"/Artifact BMC") == 1
        rooted = {e.objgen for e in parts}
        numbers = list(found.Root.StructTreeRoot.ParentTree.Nums)[1::2]
        owners = [owner for page in numbers for owner in page if _is_set(owner)]
        assert owners
        assert {owner.objgen for owner in owners} <= rooted


def _is_set(owner: Any) -> bool:
    return owner is not None


def test_right_to_left_text_is_said_in_the_order_of_reading(press: Print) -> None:
    """Glyphs lie from left to right in a PDF; the words for a listener do not."""
    made = press("<p>الانتظار من <bdi dir=ltr>4</bdi> إلى <bdi dir=ltr>6</bdi>", language="ar")
    with tree(made) as (_, parts):
        said = [str(e.ActualText).strip() for e in parts if "/ActualText" in e]
    assert said == ["الانتظار من", "إلى"]  # and the numbers, which need none


def test_the_pass_is_repeatable(press: Print) -> None:
    """What is complete stays as it is, and the same input gives the same bytes."""
    made = press("<table><tr><th>A<td>1</table><p><a href='tel:1'>1</a> <svg width=9 height=9/>")
    assert finish(made.content) == finish(made.content)
    with pikepdf.open(io.BytesIO(finish(made.content))) as found:
        assert [str(e.A.Scope) for e in elements(found) if e.S == pikepdf.Name.TH] == ["/Row"]
