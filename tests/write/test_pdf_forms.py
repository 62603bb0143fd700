"""Forms that are filled on screen: what a viewer is told, and what comes back from one."""

from __future__ import annotations

import ctypes
import dataclasses
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
from pikepdf import Name
from tests.write.conftest import leaflet

from stepwell.model import Document
from stepwell.write import pdf
from stepwell.write.fonts import FontSet
from stepwell.write.pdf_forms import DO_NOT_SCROLL
from stepwell.write.pdf_tree import elements, kids
from stepwell.write.printed import images

Form = Callable[..., pdf.Made]
pytestmark = pytest.mark.pdf

STYLE = (
    "<style>input, textarea { display: block; border: 1pt solid; font: 11pt Stepwell;"
    " width: 90mm; height: 9mm } textarea { height: 30mm } [type=checkbox] { width: 5mm }</style>"
)
BODY = (
    "<form action='https://example.org/'><p><label for=a>Name</label><input id=a name=a></p>"
    "<p><label for=b>Call <bdi dir=ltr>12 34</bdi></label><textarea id=b name=b></textarea></p>"
    "<table><tr><th scope=row>x<td><input type=checkbox name=c title='Done: x'></table>"
    "<p><input name=d title=Last maxlength=3></p></form>"
)
ARABIC = "نص عربي مكتوب 12"
MULTILINE = 1 << 12


@pytest.fixture
def form(fonts: Callable[[str], FontSet], assets: Path) -> Form:
    """Makes a form from a body and a language; it is the same with other fields."""

    def run(body: str = BODY, language: str = "en", *, fillable: bool = True) -> pdf.Made:
        html = leaflet(body, language=language, head=STYLE)
        document = Document(
            path=f"{language}/form.pdf", title="Form", language=language, audience="clinician",
            pathway="sleep", sources=(), html=html, kind="form", fillable=fillable,
        )  # fmt: skip
        return pdf.make(document, fonts=fonts(language), assets=assets)

    return run


def opened(content: bytes) -> Any:
    """The PDF, read anew."""
    return pikepdf.open(io.BytesIO(content))


class Fields(dict[str, Any]):
    """The fields of a form by their names; it holds the PDF that they belong to."""

    def __init__(self, content: bytes) -> None:
        self.pdf = opened(content)
        super().__init__({str(field.T): field for field in self.pdf.Root.AcroForm.Fields})


def typed(content: bytes, text: str) -> bytes:
    """The form after somebody typed a text into each text field and ticked each box, in PDFium."""
    document = pdfium.PdfDocument(content)
    document.init_forms()
    page, forms = document[0], document.formenv
    for number in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        note = raw.FPDFPage_GetAnnot(page.raw, number)
        box = raw.FS_RECTF()
        raw.FPDFAnnot_GetRect(note, box)
        x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
        raw.FORM_OnLButtonDown(forms.raw, page.raw, 0, x, y)
        raw.FORM_OnLButtonUp(forms.raw, page.raw, 0, x, y)
        if raw.FPDFAnnot_GetFormFieldType(forms.raw, note) == raw.FPDF_FORMFIELD_TEXTFIELD:
            letters = ctypes.create_string_buffer((text + "\0").encode("utf-16-le"))
            wide = ctypes.cast(letters, ctypes.POINTER(ctypes.c_ushort))
            raw.FORM_ReplaceSelection(forms.raw, page.raw, wide)
        raw.FORM_ForceToKillFocus(forms.raw)
        raw.FPDFPage_CloseAnnot(note)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def test_each_field_has_its_name_and_a_spoken_label(form: Form) -> None:
    """The label of HTML is spoken, or a title, which says the row of a table as well."""
    made = form()
    assert made.problems == ()
    found = Fields(made.content)
    labels = {name: str(field.TU) for name, field in found.items()}
    assert labels == {"a": "Name", "b": "Call 12 34", "c": "Done: x", "d": "Last"}


def test_a_number_in_a_spoken_label_keeps_its_order_from_right_to_left(form: Form) -> None:
    """What HTML isolates is isolated in the label too."""
    found = Fields(form(language="ar").content)
    assert str(found["b"].TU) == "Call \u206612 34\u2069"


def test_fields_are_in_the_tree_and_reached_in_reading_order(form: Form) -> None:
    """Each field is in a Form element, and the tab key follows the structure."""
    with opened(form().content) as found:
        page = found.pages[0].obj
        tagged = [kid.Obj for e in elements(found) if Name.Form == e.S for kid in kids(e)]
        assert [str(field.T) for field in tagged] == ["a", "b", "c", "d"]
        assert [str(note.T) for note in page.Annots] == ["a", "b", "c", "d"]
        assert page.Tabs == Name.S
        numbers = dict(zip(*[iter(found.Root.StructTreeRoot.ParentTree.Nums)] * 2, strict=True))
        assert all(Name.Form == numbers[int(field.StructParent)].S for field in tagged)


def test_a_field_in_the_margin_repeats_the_one_of_the_first_page(form: Form) -> None:
    """Pages come apart: who it is about stands on each, is read there, and is typed once."""
    head = (
        "<style>@page { margin-top: 20mm; @top-left { content: element(top) } }"
        "@page :first { @top-left { content: none } } .top { position: running(top) }</style>"
        "<div class=top><input name=again-who title=Who></div>"
    )
    more = "".join(
        f"<p style='break-before: page'><input name={name} title={name}></p>" for name in "xy"
    )
    made = form(f"{head}<form><p><input name=who title=Who></p>{more}</form>")
    assert (made.pages, made.problems) == (3, ())
    found = Fields(typed(made.content, "Zoë"))
    assert list(found) == ["who", "x", "y"]
    assert [str(widget.TU) for widget in found["who"].Kids] == ["Who"] * 3
    assert str(found["who"].V) == "Zoë"
    pages = [page.obj.objgen for page in found.pdf.pages]
    assert [pages.index(widget.P.objgen) for widget in found["who"].Kids] == [0, 1, 2]
    tagged = [kid.Obj.objgen for e in elements(found.pdf) if Name.Form == e.S for kid in kids(e)]
    fields = [found["who"].Kids[0], found["who"].Kids[1], found["x"], found["who"].Kids[2]]
    assert tagged == [widget.objgen for widget in (*fields, found["y"])]  # as they are seen


def test_nothing_is_sent_or_run(form: Form) -> None:
    """No field, page or document has an action, even where HTML names an address."""
    with opened(form().content) as found:
        whole = b"".join(bytes(repr(thing), "utf-8", "replace") for thing in found.objects)
        assert "/OpenAction" not in found.Root
        for word in (b"/JavaScript", b"/SubmitForm", b"/AA", b"/XFA", b"example.org"):
            assert word not in whole
        assert not any("/A" in note for note in found.pages[0].obj.Annots)


def test_a_field_takes_what_it_shows_and_is_printed(form: Form) -> None:
    """No length is set; long texts have several lines, and none goes on where nobody sees it."""
    found = Fields(form().content)
    assert all(int(field.F) == 4 and "/MaxLen" not in field for field in found.values())
    assert int(found["b"].Ff) == MULTILINE | DO_NOT_SCROLL
    assert int(found["a"].Ff) == DO_NOT_SCROLL


@pytest.mark.parametrize(
    ("language", "letters"), [("en", "aZé≥ж"), ("ar", "عربي3a"), ("uk", "їґЄ")]
)
def test_the_face_to_type_with_is_embedded_whole(form: Form, language: str, letters: str) -> None:
    """Letters that the form does not print can be typed: the face has its file and all of them."""
    with opened(form(language=language).content) as found:
        root = found.Root.AcroForm
        (called, font), *others = root.DR.Font.items()
        assert others == []
        assert all(called in str(f.DA) for f in root.Fields if Name.Tx == f.FT)
        assert bool(root.NeedAppearances)
        assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor
        table = font.ToUnicode.read_bytes().decode()
        assert all(f"<{ord(letter):04x}>" in table for letter in letters)
        assert "+" not in str(font.BaseFont)


def test_fields_start_at_the_right_where_that_is_the_beginning(form: Form) -> None:
    """From right to left, text is aligned to the right edge."""
    for language, side in (("ar", 2), ("en", 0)):
        found = Fields(form(language=language).content)
        assert {int(field.Q) for name, field in found.items() if name != "c"} == {side}


@pytest.mark.parametrize(("language", "text"), [("ar", ARABIC), ("en", "Zoë Müller ≥ 5")])
def test_what_is_typed_in_a_viewer_is_kept(form: Form, language: str, text: str) -> None:
    """PDFium fills and saves it; read again, each text is there and the box is ticked."""
    found = Fields(typed(form(language=language).content, text))
    assert {name: str(field.V) for name, field in found.items() if name != "c"} == dict.fromkeys(
        "abd", text
    )
    assert Name("/on") == found["c"].V


@pytest.mark.parametrize(("language", "text"), [("ar", ARABIC), ("en", "Zoë Müller ≥ 5")])
def test_what_is_typed_is_drawn_in_the_embedded_face(form: Form, language: str, text: str) -> None:
    """PDFium takes no font of the machine: the letters come from the face in the form."""
    found = Fields(typed(form(language=language).content, text))
    look = found["a"].AP.N
    drawn = {str(font.BaseFont) for name, font in look.Resources.Font.items()
             if f"{name} ".encode() in look.read_bytes()}  # fmt: skip
    assert drawn == {"/Stepwell"}


def test_what_a_program_fills_in_is_kept(form: Form) -> None:
    """pikepdf fills it too, as a record system would; tags and labels stay."""
    with opened(form(language="ar").content) as found:
        for field in found.Root.AcroForm.Fields:
            field.V = pikepdf.String(ARABIC) if Name.Tx == field.FT else Name("/on")
        target = io.BytesIO()
        found.save(target)
    again = Fields(target.getvalue())
    assert str(again["a"].V) == ARABIC
    assert str(again["a"].TU) == "Name"


def test_the_words_of_an_arabic_form_can_still_be_read(form: Form) -> None:
    """The face of the fields is not that of the text: joined letters keep their meaning."""
    body = "<h1>قائمة تحقق عند انتقال الرعاية</h1>" + BODY
    page = pdfium.PdfDocument(form(body, "ar").content)[0]
    assert "قائمة تحقق عند انتقال الرعاية" in page.get_textpage().get_text_range()


def test_a_field_nobody_could_name_is_a_problem(form: Form) -> None:
    """Fields without a label or with one name for two are told of."""
    assert "has no name or no label" in form("<form><input name=x></form>").problems[0]
    twice = "<form><input name=x title=X><input name=x title=Y></form>"
    assert "two fields are called 'x'" in form(twice).problems[0]
    lost = "<form><input name=again-x title=X></form>"
    assert "repeats one that is not there" in form(lost).problems[0]


def test_fields_are_only_made_where_they_are_asked_for(form: Form) -> None:
    """Other documents have none, and a form without fields is as it was."""
    for made in (form(fillable=False), form("<p>Text</p>")):
        assert "/AcroForm" not in opened(made.content).Root


def test_a_cache_knows_a_form_from_a_paper(fonts: Callable[[str], FontSet], assets: Path) -> None:
    """The same page with and without fields are two entries."""
    paper = Document(
        path="en/form.pdf", title="Form", language="en", audience="clinician", pathway="sleep",
        sources=(), html="<p>Text", kind="form",
    )  # fmt: skip
    keys = {
        pdf.key(one, fonts("en"), images(assets))
        for one in (paper, dataclasses.replace(paper, fillable=True))
    }
    assert len(keys) == 2


def test_the_same_form_is_the_same_bytes(form: Form) -> None:
    """Nothing of a form depends on when it is made."""
    assert form().content == form().content
