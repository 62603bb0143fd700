"""A project's own templates: they come before ours, stay in their place, and fail with a place."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from stepwell import pipeline
from stepwell.load.interface import interface
from stepwell.model import Document
from stepwell.progress import Silent
from stepwell.project import Project, packaged
from stepwell.render.documents import Documents
from stepwell.render.environment import Templates
from stepwell.resolve import Resolved
from stepwell.source import Span
from stepwell.templating import TemplateFault
from stepwell.write import pdf
from stepwell.write.fonts import fonts_for
from stepwell.write.schedule import Crew
from tests.conftest import TODAY

Leaflet = Callable[[dict[str, str]], Document]
OURS = packaged("templates")


def put(root: Path, files: dict[str, str]) -> Path:
    """Files of a project's own templates; their folder."""
    for name, text in files.items():
        (root / "templates" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "templates" / name).write_text(text, "utf-8")
    return root / "templates"


@pytest.fixture
def family(small: Path) -> Leaflet:
    """The leaflet for families of the small project, made with templates of its own."""
    run = pipeline.Run()
    read = pipeline.read(Project(small), pipeline.Scope(), TODAY, run)
    assert read is not None
    resolved = Resolved(read, {"en": interface("en")}, TODAY)

    def made(files: dict[str, str]) -> Document:
        templates = Templates((put(small, files), OURS))
        documents = Documents(resolved, templates, "en")
        (found,) = documents.chosen({("sleep", "leaflet-family")})
        return found

    return made


def test_a_template_or_its_css_alone_is_replaced(family: Leaflet) -> None:
    """A part, or only a style sheet, takes the place of ours; all else stays as it was."""
    before = family({}).html
    css = family({"leaflet/leaflet.css": "h1 { font-size: 31pt }"}).html
    assert "31pt" in css
    assert ".ladder" in before
    assert ".ladder" not in css
    block = "{% block leaflet %}<p>Ours: {{ pathway.title }}</p>{% endblock %}"
    part = family({"leaflet/family.html": '{% extends "leaflet/base.html" %}\n' + block}).html
    assert "<p>Ours: " in part
    assert 'class="foot"' in part


def test_styles_of_the_project_come_after_ours(family: Leaflet) -> None:
    """extra-print.css is added to every document as it is, last, and can't end its element."""
    extra = "h2 { color: var(--primary-text) } @media print{#a{}} p::after { content: '</style>' }"
    html = family({"extra-print.css": extra}).html
    head = html[: html.rindex("</style>")]
    assert head.rstrip().endswith(extra.replace("</", "<\\/"))
    assert html.count("</style>") == family({}).html.count("</style>")


FAULTS = {
    "not closed": ("<p>\n{% if x %}", 2, "this is not Jinja: Unexpected end of template"),
    "unknown tag": ("\n\n{% foo %}", 3, "unknown tag 'foo'"),
    "unknown name": ("<p>\n<b>{{ nobody }}</b>", 2, "'nobody' is undefined"),
    "unknown field": ("{{ pathway.titel }}", 1, "no field of Pathway; did you mean 'title'?"),
    "wrong call": ("<p>\n{{ number() }}", 2, "TypeError"),
    "wrong sum": ("{{ 1 + 'a' }}", 1, "TypeError"),
    "by zero": ("\n{{ 1 // 0 }}", 2, "ZeroDivisionError"),
    "missing": ("<p>\n\n{% include 'mine.html' %}", 3, "there is no template 'mine.html'"),
    "outside": ("{% include '../pathways/site.yaml' %}", 1, "there is no template"),
    "absolute": ("{% include '/etc/passwd' %}", 1, "there is no template"),
    "its class": ("{{ ''.__class__.__mro__ }}", 1, "templates may not do this"),
    "its code": ("\n{{ number.__init__.__globals__ }}", 2, "templates may not do this"),
    "formatted": ("{{ '{0.__class__}'.format(1) }}", 1, "templates may not do this"),
    "a file": ("{{ site.raw.parse_file('/etc/passwd') }}", 1, "templates may not do this"),
    "no end": ("{% macro a() %}{{ a() }}{% endmacro %}\n{{ a() }}", 1, "RecursionError"),
    "too much": ("\n{% for i in range(1000000000) %}x{% endfor %}", 2, "OverflowError"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_in_a_template_has_a_place(name: str, family: Leaflet) -> None:
    """Whatever goes wrong, file and line of the project's template are named, and no more runs."""
    text, line, message = FAULTS[name]
    with pytest.raises(TemplateFault) as caught:
        family({"leaflet/family.html": text})
    fault = caught.value
    assert fault.span == Span("templates/leaflet/family.html", line)
    assert message in fault.message
    assert fault.help


def test_a_fault_in_our_template_names_the_one_that_led_there(family: Leaflet) -> None:
    """A part that was replaced by one without a macro: the place is where it is missing."""
    with pytest.raises(TemplateFault) as caught:
        family({"partials/print-parts.html": "{% macro crisis() %}x{% endmacro %}"})
    assert caught.value.span.path == "templates/leaflet/base.html"
    assert "Stepwell's own template" in caught.value.message
    assert "'partials/print-parts.html'" in caught.value.message


def test_a_fault_comes_back_from_a_worker() -> None:
    """It keeps its place and its help when it is sent between processes."""
    fault = TemplateFault(Span("templates/a.html", 3), "wrong", "mend it")
    again = pickle.loads(pickle.dumps(fault))
    assert (again.span, again.message, again.help) == (fault.span, "wrong", "mend it")
    assert str(again) == "templates/a.html:3: wrong"


@pytest.mark.pdf
def test_a_style_reads_nothing_outside_of_the_project(family: Leaflet, tmp_path: Path) -> None:
    """An address of this machine in a style is refused, and the document is not made."""
    document = family({"extra-print.css": "h1 { background: url(file:///etc/hostname) }"})
    made = pdf.make(document, fonts=fonts_for("en", tmp_path), assets=tmp_path)
    assert made.content == b""
    assert "/etc/hostname" in made.problems[0]


def codes(root: Path) -> list[tuple[str, str, int]]:
    """(code, path, line) of what a check finds."""
    run = pipeline.Run()
    pipeline.read(Project(root), pipeline.Scope(), TODAY, run)
    return [(one.code, one.span.path, one.span.line) for one in run.diagnostics.sorted()]


def test_links_and_other_servers_are_found_by_a_check(small: Path) -> None:
    """A symbolic link, a style from elsewhere and a character nobody sees stop it early."""
    folder = put(small, {
        "extra-site.css": "p {}\n@import 'https://evil.example/a.css';",
        "theme/assets/stylesheets/mine.css": "p { background: url( '//evil.example/a.png' ) }",
        "leaflet/family.html": "a\u202eb",
        "extra-print.css": "p { background: url(data:image/png;base64,AA//) }",
    })  # fmt: skip
    (folder / "leaflet" / "tier.html").symlink_to("/etc/passwd")
    assert codes(small) == [
        ("SW609", "templates/extra-site.css", 2),
        ("SW103", "templates/leaflet/family.html", 1),
        ("SW113", "templates/leaflet/tier.html", 1),
        ("SW609", "templates/theme/assets/stylesheets/mine.css", 1),
    ]


def test_a_folder_that_is_a_link_is_refused(small: Path, tmp_path: Path) -> None:
    """The whole of templates/ may not lie elsewhere, either."""
    (tmp_path / "other").mkdir()
    (small / "templates").symlink_to(tmp_path / "other")
    assert [code for code, _, _ in codes(small)] == ["SW113"]


def build(root: Path) -> pipeline.Run:
    """A build of the small project."""
    options = pipeline.Options(root / "site", crew=Crew(1))
    return pipeline.build(Project(root), options, TODAY, Silent())


def test_the_theme_of_the_site_is_replaced_too(small: Path) -> None:
    """A part of the theme, a file of its assets and extra styles stand on the pages."""
    put(small, {
        "theme/partials/footer.html": "<footer class='mine'>{{ site_footer }}</footer>",
        "theme/assets/images/icon.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "extra-site.css": "p { margin: 0 }",
    })  # fmt: skip
    run = build(small)
    assert run.published, run.diagnostics.sorted()
    page = (small / "site" / "en" / "index.html").read_text("utf-8")
    assert "<footer class='mine'>" in page
    assert "stylesheets/extra-site.css?v=" in page
    assets = small / "site" / "assets"
    assert (assets / "stylesheets" / "extra-site.css").read_text("utf-8") == "p{margin: 0}\n"
    assert b"<path" not in (assets / "images" / "icon.svg").read_bytes()


def test_a_fault_in_the_theme_is_told_with_its_place(small: Path) -> None:
    """Also where another process finds it: nothing is published, and no traceback is shown."""
    put(small, {"theme/partials/footer.html": "<footer>\n{{ site.nome }}\n</footer>"})
    run = build(small)
    (found,) = [one for one in run.diagnostics.sorted() if one.code == "SW609"]
    assert found.span == Span("templates/theme/partials/footer.html", 2)
    assert "nome" in found.message
    assert not run.published
