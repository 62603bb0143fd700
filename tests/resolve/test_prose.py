"""Texts come out as they were typed, with placeholders filled, and nothing becomes markup."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape
from tests.resolve.conftest import Say, shown

from stepwell.definitions.base import Care, Info, Text
from stepwell.definitions.placeholders import cut
from stepwell.definitions.walk import texts
from stepwell.resolve import Resolved
from stepwell.resolve.prose import prose
from stepwell.resolve.view import Reading

LINES = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1)
TYPED = LINES.map(str.strip).filter(
    lambda text: text and not text.startswith("- ") and text.splitlines() == [text]
)
CLINICAL = (
    "3*4*5 mg", "> 15 is severe", "10~14~", "<b>", "R&D", "a_b_c", "`x`", "# 5", "1. May", "---",
    "[a](b)", "![x](y)", "\\*", "&lt;", "&amp;amp;", "%s %(n)s %%", "{{ site }}", "{% raw %}",
    "{unknown}", "{a:b c}", "$5", "\"quotes\" and 'quotes'", "≥ 38.5 °C", "5\u201314", "a\u00a0b",
)  # fmt: skip


def of(typed: str, kind: type[Text] = Info) -> Text:
    """A text as if it had been read."""
    return kind.read(typed)


@given(TYPED.filter(lambda text: "{" not in text))
def test_any_line_comes_out_as_it_was_typed(say: Say, typed: str) -> None:
    """Unescaped, the HTML of a line is that line, letter for letter, and has no markup."""
    found = prose(of(typed), say("en"))
    said = str(found.__html__())
    assert html.unescape(said) == typed
    assert "<" not in said
    assert '"' not in said
    assert "'" not in said
    assert [block.kind for block in found.blocks] == ["paragraph"]


@pytest.mark.parametrize("typed", CLINICAL)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_signs_of_other_languages_are_no_markup(say: Say, typed: str, language: str) -> None:
    """What would be Markdown, HTML or a template elsewhere is plain text here."""
    found = prose(of(typed), say(language))
    (block,) = found.blocks
    assert block.html == escape(typed)
    assert html.unescape(str(block.html)) == typed


@given(st.lists(TYPED.filter(lambda text: "{" not in text), min_size=1, max_size=5))
def test_blocks_come_out_in_their_order(say: Say, typed: list[str]) -> None:
    """Paragraphs and list items keep their texts and their order, and lists are closed."""
    items = [number % 2 == 1 for number in range(len(typed))]
    source = "\n\n".join(f"- {t}" if item else t for t, item in zip(typed, items, strict=True))
    found = prose(of(source), say("en"))
    assert [html.unescape(str(block.html)) for block in found.blocks] == [
        " ".join(line.split("\n")) for line in typed
    ]
    assert [block.kind == "item" for block in found.blocks] == items
    assert found.full.count("<ul>") == found.full.count("</ul>") == sum(items)


def test_a_block_goes_over_lines() -> None:
    """A line break alone does not end a paragraph or an item; a blank line and a dash do."""
    text = of("One\ntwo\n- three\n  four\n- five\n\nsix")
    assert text.blocks() == (
        ("paragraph", "One two"), ("item", "three four"), ("item", "five"), ("paragraph", "six"),
    )  # fmt: skip


PLACEHOLDERS = [
    ("{phone:crisis}", "[⟨020 7946 0100⟩]", "⟨020 7946 0100⟩"),
    ("{phone:emergency}", "[⟨999⟩]", "⟨999⟩"),
    ("{score:isi>=15}", "⟨ISI⟩ of ⟨15⟩ or more", None),
    ("{score:isi=8..14}", "⟨ISI⟩ from ⟨8⟩ to ⟨14⟩", None),
    ("{score:isi<8}", "⟨ISI⟩ below ⟨8⟩", None),
    ("{wait:treatment/first}", "⟨3⟩ weeks", None),
    ("{wait:treatment/first/urgent}", "⟨2⟩ days", None),
    ("{role:gp}", "[GP]", "GP"),
    ("{tier:advice}", "[Advice]", "Advice"),
    ("{exit:home}", "[Home]", "Home"),
    ("{instrument:isi}", "[⟨ISI⟩]", "⟨ISI⟩"),
    ("{resource:quiet-house}", "[⟪Quiet House⟫]", "⟪Quiet House⟫"),
    ("{contact:crisis}", "[Crisis line]", "Crisis line"),
]


@pytest.mark.parametrize(("typed", "on_the_web", "in_print"), PLACEHOLDERS)
def test_a_placeholder_is_filled_and_isolated(
    say: Say, typed: str, on_the_web: str, in_print: str | None
) -> None:
    """Each kind is filled from the structure; on the web it leads to what it names."""
    for medium, expected in (("web", on_the_web), ("print", in_print or on_the_web)):
        said = prose(of(f"Before {typed} after"), say("en", medium))
        assert shown(said.__html__()) == f"Before {expected} after"


@pytest.mark.parametrize("medium", ["web", "print"])
@pytest.mark.parametrize("language", ["es", "ar"])
def test_numbers_of_placeholders_are_isolated_in_every_language(
    say: Say, language: str, medium: str
) -> None:
    """Phones, scores and waits stand in runs of their own, left to right and unbroken."""
    for typed, *_ in PLACEHOLDERS[:7]:
        said = str(prose(of(typed), say(language, medium)).blocks[0].html)
        outside = re.sub(r'<bdi dir="ltr"[^>]*>.*?</bdi>|<[^>]*>', "", said)
        assert '<bdi dir="ltr"' in said
        assert not re.search(r"\d", outside)


def test_plain_words_keep_numbers_in_their_order(say: Say) -> None:
    """Titles and labels have no markup; from right to left invisible signs isolate numbers."""
    text = of("{score:isi>=15}")
    assert prose(text, say("en")).plain == "ISI of 15 or more"
    plain = prose(text, say("ar")).plain
    assert "\u206615\u2069" in plain
    assert "\u2066ISI\u2069" in plain
    assert "<" not in plain


def test_a_text_without_translation_is_marked(say: Say) -> None:
    """The source sentence stands in an element with its language and direction, and is noted."""
    reading = say("ar")
    text = of("Only in English, {wait:treatment/first}.", Care)
    text.context = "sleep/nothing"
    found = prose(text, reading)
    assert str(found.__html__()).startswith('<span lang="en" dir="ltr">Only in English, ')
    assert str(found.full).startswith('<p lang="en" dir="ltr">Only in English, ')
    assert "weeks" in found.plain
    assert reading.used.missing == {"sleep/nothing": text}
    assert not reading.used.lacks_safety()


def test_a_translated_text_is_not_marked(say: Say) -> None:
    """A translation stands as it is, in the direction of the page."""
    reading = say("ar")
    label = reading.edition.content.measures["lasting"].label
    assert label is not None
    assert str(prose(label, reading).__html__()) == "المدة منذ البداية"
    assert reading.used.missing == {}


def test_every_text_that_was_read_is_remembered(say: Say) -> None:
    """A reading knows each text it was asked for with its place, also inside placeholders."""
    reading = say("en")
    text = of("See your {role:gp}.")
    text.context = "sleep/x"
    prose(text, reading)
    assert ("sleep/x", "See your {role:gp}.") in reading.used.texts
    assert ("vocabulary/roles/gp/title", "GP") in reading.used.texts
    assert any(span.path.endswith("vocabulary/all.yaml") for span in reading.used.spans)


def test_no_brace_is_left_in_the_sample_pathways(resolved: Resolved) -> None:
    """Every text of the sample content comes out filled, in each language and medium."""
    for language in resolved.words:
        for name, part in (*resolved.definitions.shared(), *resolved.definitions.pathways.items()):
            pathway = name if name in resolved.definitions.pathways else None
            for medium in ("web", "print"):
                edition = resolved.edition(language, "patient", pathway)
                reading: Reading = resolved.reading(edition, "x.html", medium)
                for text in texts(part):
                    said = prose(text, reading)
                    assert "{" not in said.plain
                    assert said.plain


def test_pieces_of_a_text_are_the_text() -> None:
    """Cutting out placeholders loses nothing."""
    for typed in (*CLINICAL, "a {role:gp} b {x:y}{z:w}"):
        assert "".join(map(str, cut(typed))) == typed
