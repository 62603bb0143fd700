"""PO files: what is written is read again, and read as polib reads it."""

from __future__ import annotations

import polib
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from stepwell import po
from stepwell.po import Catalog, Message

ORDINARY = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cf"))
    | st.sampled_from('\\"\n\t{}%'),
    max_size=130,
)
LINES = st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=40)
WORDS = st.text(st.sampled_from("abcxyz-:22"), min_size=1, max_size=9).filter(
    lambda word: word != "fuzzy"
)


@st.composite
def messages(draw: st.DrawFn) -> Message:
    """An entry as sync or a tool of translators leaves it."""
    fuzzy, obsolete = draw(st.booleans()), draw(st.booleans())
    return Message(
        context=draw(ORDINARY.filter(bool)),
        source=draw(ORDINARY.filter(bool)),
        translation=draw(ORDINARY),
        fuzzy=fuzzy,
        previous="" if obsolete else draw(ORDINARY),
        obsolete=obsolete,
        note="\n".join(draw(st.lists(LINES, max_size=2))),
        comment="" if obsolete else "\n".join(draw(st.lists(LINES, max_size=3))),
        places="" if obsolete else draw(st.sampled_from(("", "a/b.yaml:3", "a.yaml:1 b.yaml:22"))),
        flags=tuple(draw(st.lists(WORDS, max_size=2))),
    )


catalogs = st.builds(
    Catalog,
    st.lists(messages(), max_size=4).map(tuple),
    st.just({"Language": "ar", "Plural-Forms": "nplurals=1; plural=0;"}),
    st.sampled_from(("", "Translated in the evenings.\nAnd on Sundays.")),
)


@settings(max_examples=200, deadline=None)
@given(catalog=catalogs)
def test_what_is_written_is_read(catalog: Catalog) -> None:
    """Every text, mark and comment comes back as it was."""
    assert po.read(po.written(catalog)).says(catalog)


@settings(max_examples=200, deadline=None)
@given(catalog=catalogs)
def test_polib_reads_the_same(catalog: Catalog) -> None:
    """The quick pattern and polib find the same entries, on the same lines, in any file of ours."""
    text = po.written(catalog)
    quick, thorough = po.read(text), po._thoroughly(text)[1:]
    assert po._quickly(f"{text}\n") is not None
    assert [m[:3] for m in quick.messages] == [m[:3] for m in thorough]
    assert [(m.fuzzy, m.obsolete, m.flags) for m in quick.messages] == [
        (m.fuzzy, m.obsolete, m.flags) for m in thorough
    ]
    assert [(m.comment, m.note) for m in quick.messages] == [(m.comment, m.note) for m in thorough]


@settings(max_examples=100, deadline=None)
@given(catalog=catalogs, width=st.sampled_from((0, 40, 78)))
def test_a_file_of_another_tool_is_read(catalog: Catalog, width: int) -> None:
    """However a tool breaks lines and orders comments, the entries are the same."""
    file = polib.pofile(po.written(catalog))
    file.wrapwidth = width
    again = po.read(f"{file}\n")
    live = [m for m in catalog.messages if not m.obsolete]
    found = [m for m in again.messages if not m.obsolete]
    assert [m[:5] for m in found] == [m[:5] for m in live]


PIECES = (*'ab #~|,.:"\\\n', "msgid ", "msgstr ", "msgctxt ", '"\n', "#, ", "#. ", "#~ ")


@settings(max_examples=400, deadline=None)
@given(text=st.lists(st.sampled_from(PIECES), max_size=24).map("".join))
@example('msgid "a"b"\nmsgstr "c"\n')
@example('msgid "a\\"\nmsgstr "c"\n')
@example('#~ msgid "a"\n#~ msgstr "b"\n#~| msgid "c"\n')
def test_no_text_is_taken_that_polib_refuses(text: str) -> None:
    """The quick pattern knows nothing that polib would not read, and reads it as polib does."""
    _agree(text)


@settings(max_examples=200, deadline=None)
@given(catalog=catalogs, at=st.floats(0, 1, exclude_max=True), sign=st.sampled_from(PIECES))
def test_a_damaged_file_is_read_as_polib_reads_it(catalog: Catalog, at: float, sign: str) -> None:
    """Wherever something is put into a file, the pattern reads it like polib or not at all."""
    text = po.written(catalog)
    place = int(at * len(text))
    _agree(text[:place] + sign + text[place:])


def _agree(text: str) -> None:
    quick = po._quickly(f"{text}\n")
    if quick:
        thorough = po._thoroughly(f"{text}\n")
        found = [m[:3] for m in quick if m.key != ("", "")]
        assert found == [m[:3] for m in thorough if m.key != ("", "")]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("no catalog at all\n", 1),
        ('msgid "a"\nmsgstr "b"\n<<<<<<< ours\n', 3),
        ('msgid "a"\n\nmsgid "b"\nmsgstr "c"\n', 3),
        ('msgid "a"\nmsgstr "b" # c\n', 2),
    ],
)
def test_a_broken_file_is_told_with_its_line(text: str, line: int) -> None:
    """What is no PO file is told with the line where it ceases to be one."""
    with pytest.raises(po.Broken) as broken:
        po.read(text)
    assert broken.value.line == line


def test_lines_break_at_spaces() -> None:
    """No line is longer than the width, unless a word is; long texts begin on their own line."""
    long = Message("a", "one two three " * 20, "字" * 150)
    lines = po.written(Catalog((long,))).splitlines()
    assert 'msgid ""' in lines
    assert max(len(line) for line in lines if "字" not in line) <= po.WIDTH


def test_plural_entries_are_left_to_polib() -> None:
    """A file with plural forms, which content never has, is read all the same."""
    text = 'msgid "a"\nmsgid_plural "as"\nmsgstr[0] "b"\nmsgstr[1] "c"\n\nmsgid "d"\nmsgstr "e"\n'
    assert [m.key for m in po.read(text).messages] == [("", "a"), ("", "d")]
