"""A document becomes a PDF: tagged, named, in its language, the same bytes everywhere."""

from __future__ import annotations

import io
import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pikepdf
import pytest

from stepwell.model import Document
from stepwell.write import pdf
from stepwell.write.fonts import FontSet
from stepwell.write.pdf_problems import too_long
from stepwell.write.printed import images

Print = Callable[..., pdf.Made]
pytestmark = pytest.mark.pdf
GENERATOR = Path(pdf.__file__).parents[2]


def opened(made: pdf.Made) -> pikepdf.Pdf:
    """The PDF that was made, to look into."""
    return pikepdf.open(io.BytesIO(made.content))


def test_a_sound_document_has_no_problems(press: Print) -> None:
    """Text, a table, a list and a link: one page, and nothing to say about it."""
    made = press(
        "<h1>Sleep</h1><p>Call <a href='tel:+442079460123'><bdi dir=ltr>020 7946 0123</bdi></a>."
        "<ul><li>one<li>two</ul><table><tr><th>Step<td>1</table>"
    )
    assert (made.pages, made.problems) == (1, ())
    assert made.content.startswith(b"%PDF-1.7")


def test_metadata_is_said_in_full(press: Print) -> None:
    """Title, author, keywords, dates, language and own fields, in the file and in its XMP."""
    head = (
        "<meta name=author content='Harbour Lane Clinic'>"
        "<meta name=keywords content='sleep, worry'><meta name=description content='About sleep'>"
        "<meta name=dcterms.modified content=2026-10-01><meta name=stepwell-version content=1.2>"
    )
    with opened(press("<p>a", head=head)) as found:
        assert str(found.Root.Lang) == "en"
        assert bool(found.Root.ViewerPreferences.DisplayDocTitle)
        assert bool(found.Root.MarkInfo.Marked)
        said = {key: str(value) for key, value in found.docinfo.items()}
        xmp = found.Root.Metadata.read_bytes().decode()
    assert said["/Title"] == "Sample"
    assert said["/Author"] == "Harbour Lane Clinic"
    assert said["/Keywords"] == "sleep, worry"
    assert said["/Subject"] == "About sleep"
    assert said["/ModDate"] == "D:20261001"
    assert said["/stepwellversion"] == "1.2"
    assert "<rdf:li>Harbour Lane Clinic</rdf:li>" in xmp
    assert 'pdfuaid:part="1"' in xmp
    assert "<dc:language><rdf:Bag><rdf:li>en</rdf:li>" in xmp
    assert ">1.2</pdfx:stepwellversion>" in xmp


def test_a_page_without_a_title_gets_the_title_of_the_document(press: Print) -> None:
    """No PDF is called by the name of its file."""
    html = "<!doctype html><html lang=en><meta charset=utf-8><style>p{font-family:Stepwell}</style>"
    with opened(press("", html=html + "<p>a")) as found:
        assert str(found.docinfo["/Title"]) == "Title of the document"


def test_too_many_pages_are_a_problem(press: Print) -> None:
    """The limit of a form is part of it; the count is exact."""
    body = "<p>a</p><p style='break-before:page'>b</p>" * 2
    assert press(body, max_pages=3).problems == ()
    assert press(body, max_pages=2).problems == ("3 pages, at most 2: 1 line too many",)


def test_css_that_is_not_understood_is_a_problem(press: Print) -> None:
    """Each warning of the layout is told, once, with the place it came from."""
    css = "p { colr: red; display: blok } q { colr: red } @media print { p { foo: 1 } }"
    problems = press("<p>a<q>b</q>", head=f"<style>{css}</style>").problems
    assert len(problems) == len(set(problems)) == 4
    assert all(problem.startswith("Ignored") for problem in problems)


def test_images_need_words_or_an_empty_alt(press: Print, assets: Path) -> None:
    """A forgotten text alternative is a problem; one left empty on purpose is not."""
    (assets / "a.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>")
    assert press("<p><img src=a.svg alt=''>a <img src=a.svg alt='A ladder'>").problems == ()
    assert press("<p><img src=a.svg>a").problems == (
        'Image "a.svg" has no required alt description',
    )


def test_a_form_that_is_too_long_is_set_denser(press: Print) -> None:
    """The classes come one after the other, only when needed, and not if the form has them."""
    head = "<style>p { height: 60mm } .tight p { height: 35mm } .denser p { height: 20mm }</style>"
    for count, pages in ((3, 1), (5, 1), (9, 1), (14, 2)):
        made = press("<p>a" * count, head=head, max_pages=1, size="A4")
        assert (made.pages, bool(made.problems)) == (pages, pages > 1)
    plain = press("<p>a<p>b", size="A4").content
    assert press("<p>a<p>b", size="A4", max_pages=2).content == plain


def test_a_document_that_is_too_long_says_by_how_much(press: Print) -> None:
    """In lines, without those that run in the margin; and it names its longest text."""
    head = "<style>@page { @bottom-left { content: 'a foot' } } p { break-after: page }</style>"
    made = press("<p>a<p>b<p>c<br>d", head=head, max_pages=2)
    assert made.problems == ("3 pages, at most 2: 2 lines too many",)
    document = Document("en/a.pdf", "a", "en", "patient", "p", (), "", "leaflet", longest="x/y (9)")
    page = SimpleNamespace(_page_box=SimpleNamespace(children=()))
    assert too_long(document, 2, [page] * 3).endswith("; the longest text is x/y (9)")


def test_a_panel_that_is_too_full_is_named(press: Print) -> None:
    """With the lines that are on a page too many, or that made one too many."""
    head = "<style>p { margin: 0 } .panel { break-after: page }</style>"
    full = f"<div class=panel><h2>Red <b>flags</b></h2>{'<p>line' * 50}</div>"
    last = "<div class=panel><h2>Waits</h2><p>line</div>"
    (said,) = press(full + last, head=head, max_pages=2).problems
    assert said.startswith("3 pages, at most 2: 2 lines too many; panel 'Red flags' has ")
    assert said.endswith(" lines too many; panel 'Waits' has 2 lines too many")


def test_text_outside_of_the_paper_is_a_problem(press: Print) -> None:
    """At each edge, in the text and in a margin; what only comes near is none."""
    for place in ("left: -40mm", "top: -20mm", "left: 130mm", "top: 200mm"):
        made = press(f"<p style='position: absolute; white-space: nowrap; {place}'>far away")
        assert [str(one).partition(" by ")[0] for one in made.problems] == [
            "'far away' on page 1 is cut off at the edge of the paper"
        ], place
    foot = "<style>@page { @bottom-left { content: 'w\\A x\\A y\\A z'; white-space: pre } }</style>"
    assert [getattr(one, "code", "") for one in press("<p>a", head=foot).problems] == ["SW607"]
    assert press("<p style='position: absolute; left: -9mm; top: -9mm'>near").problems == ()


def test_a_page_in_another_language_than_its_document_is_a_problem(press: Print) -> None:
    """A template that forgets the language is found at once."""
    made = press("", language="es", html="<html lang=en><title>a</title><p>a")
    assert made.problems == ("the page says lang='en', but the document is in 'es'",)


def test_links_that_lead_nowhere_are_problems(press: Print) -> None:
    """Paper has no folders: a link is a whole address, a phone number or a place inside."""
    made = press(
        "<p id=a><a href='other.html'>1</a> <a href='javascript:alert(1)'>2</a> <a href='#a'>3</a>"
        " <a href='https://example.org/'>4</a> <a href='TEL:+44'>5</a> <a href='#gone'>6</a>"
    )
    assert made.problems == (
        "the link to 'other.html' leads nowhere on paper",
        "the link to 'javascript:alert(1)' leads nowhere on paper",
        "No anchor #gone for internal URI reference",
    )


def test_characters_without_a_glyph_are_problems(press: Print) -> None:
    """In text, in generated content, in margins and in drawings; with name and string."""
    made = press(
        "<p>Take it ☐</p><svg width=40 height=20><title>x</title><text y=9>☎ call</text></svg>",
        head="<style>p::before{content:'✓ '} @page{@top-left{content:'→ on'}}</style>",
    )
    assert made.problems == (
        "no font for 'en' (Open Sans) has → (U+2192 RIGHTWARDS ARROW), in '→ on'",
        "no font for 'en' (Open Sans) has ☎ (U+260E BLACK TELEPHONE), in '☎ call'",
        "no font for 'en' (Open Sans) has ☐ (U+2610 BALLOT BOX), in 'Take it ☐'",
        "no font for 'en' (Open Sans) has ✓ (U+2713 CHECK MARK), in '✓'",
    )


def test_fonts_of_the_machine_are_not_used(press: Print) -> None:
    """A family that is installed nearly everywhere is printed in ours, and embedded."""
    with opened(press("<p style='font-family:DejaVu Sans,serif'>a <b>b</b>")) as found:
        names = {str(o.BaseFont) for o in found.objects if _is_font(o)}
        embedded = sum(
            "/FontFile2" in o for o in found.objects if isinstance(o, pikepdf.Dictionary)
        )
    assert names
    assert all("DejaVu" not in name.replace("DejaVu-Sans,serif", "") for name in names)
    assert embedded == 2


def _is_font(thing: object) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == pikepdf.Name.Font


def test_the_order_of_documents_changes_nothing(press: Print) -> None:
    """A document is the same whatever was made before it, in its language or another."""
    first = press("<p>one <b>two</b> 020 7946 0123")
    other = press("<p>خطوة 020 7946 0123 one", language="ar")
    press("<h1>Something else</h1><p style='font-size:30pt'>☐", max_pages=1)
    assert press("<p>one <b>two</b> 020 7946 0123") == first
    assert press("<p>خطوة 020 7946 0123 one", language="ar") == other


def test_bytes_are_the_same_on_every_machine(tmp_path: Path) -> None:
    """Time zone, hash seed, locale, date, system fonts and order leave no trace."""
    cases = [
        {"TZ": "UTC", "PYTHONHASHSEED": "1", "SOURCE_DATE_EPOCH": "0", "ORDER": "en ar"},
        {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "2", "LC_ALL": "C", "ORDER": "ar en"},
        {"FONTCONFIG_FILE": "/nowhere", "SOURCE_DATE_EPOCH": "1700000000", "ORDER": "ar ar en"},
    ]
    found = [_made_elsewhere(case, tmp_path / str(place)) for place, case in enumerate(cases)]
    assert found[0] == found[1] == found[2]
    assert len(found[0]) == 2


def _made_elsewhere(environment: dict[str, str], cache: Path) -> dict[str, str]:
    """Digests of an English and an Arabic document, made by another process."""
    done = subprocess.run(
        [sys.executable, "-c", ELSEWHERE],
        env={"PATH": os.defpath, "PYTHONPATH": str(GENERATOR), "CACHE": str(cache), **environment},
        capture_output=True,
        check=True,
    )
    digests: dict[str, str] = json.loads(done.stdout)
    return digests


ELSEWHERE = """
import hashlib, json, os, pathlib
from stepwell.model import Document
from stepwell.write import imposition, pdf
from stepwell.write.fonts import fonts_for

def digest(language):
    body = '<p>one <b>two</b> <i lang=es>tres</i> خطوة أولاً</p><table><tr><th>a<td>1</table>'
    html = f'<html lang={language}><meta charset=utf-8><title>a</title><style>@page {{ size:'
    html += f' 74.25mm 105mm }} p {{ font-family: Stepwell }}</style>{body}<a href="tel:1">1</a>'
    document = Document('a.pdf', 'a', language, 'patient', 'p', (), html, 'leaflet')
    cache = pathlib.Path(os.environ['CACHE'])
    made = pdf.make(document, fonts=fonts_for(language, cache), assets=cache)
    folded = imposition.imposed(made.content, 'fold', 'ltr')
    return hashlib.sha256(made.content + folded).hexdigest()

print(json.dumps({language: digest(language) for language in os.environ['ORDER'].split()}))
"""


def test_the_key_of_a_document_changes_with_each_input(
    fonts: Callable[[str], FontSet], assets: Path
) -> None:
    """What changes a PDF changes its name in the cache; where the fonts lie does not."""
    (assets / "a.svg").write_text("<svg/>")
    made = Document("a.pdf", "a", "en", "patient", "p", (), "<p>a", "leaflet")
    other = Document("a.pdf", "a", "en", "patient", "p", (), "<p>b", "leaflet")
    folded = Document("a.pdf", "a", "en", "patient", "p", (), "<p>a", "leaflet", imposition="fold")
    keys = [pdf.key(one, fonts("en"), images(assets)) for one in (made, other, folded)]
    keys.append(pdf.key(made, fonts("ar"), images(assets)))
    (assets / "a.svg").write_text("<svg></svg>")
    keys.append(pdf.key(made, fonts("en"), images(assets)))
    assert len(set(keys)) == len(keys)
    assert keys[-1] == pdf.key(made, fonts("en"), images(assets))


def test_logs_are_heard_only_while_a_document_is_made(press: Print) -> None:
    """Handlers and levels of the logs are as before, and nothing is printed."""
    logger = logging.getLogger("weasyprint")
    before = (list(logger.handlers), logger.level, logger.propagate)
    press("<p>a", head="<style>p { colr: red }</style>")
    assert (list(logger.handlers), logger.level, logger.propagate) == before


def test_no_copies_of_fonts_stay_behind(tmp_path: Path) -> None:
    """A forked worker that ends leaves no temporary folder with the fonts."""
    code = (
        f"import multiprocessing\n{ELSEWHERE.rpartition('print')[0]}\n"
        "worker = multiprocessing.get_context('fork').Process(target=digest, args=('en',))\n"
        "worker.start(); worker.join(); print(worker.exitcode)"
    )
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    environment = {"PYTHONPATH": str(GENERATOR), "CACHE": str(tmp_path), "TMPDIR": str(temporary)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, check=True
    )
    assert done.stdout.strip() == b"0"
    assert list(temporary.iterdir()) == []


def test_a_page_without_words_is_a_page(press: Print) -> None:
    """An empty document is made like any other."""
    assert (press("").pages, press("").problems) == (1, ())
