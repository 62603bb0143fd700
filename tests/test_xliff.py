"""XLIFF files: what goes out comes in again, and nothing in one can do harm."""

from __future__ import annotations

import sys

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from stepwell import xliff
from stepwell.po import Broken, Message

NAMESPACE = "urn:oasis:names:tc:xliff:document:"
TEXTS = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn"))
    | st.sampled_from("\n\t\r{}<>&\"'\\%"),
    min_size=1,
    max_size=60,
)
MESSAGES = st.tuples(
    st.from_regex(r"[a-z-]{1,9}(/[a-z-]{1,9}){0,3}", fullmatch=True),
    TEXTS,
    TEXTS | st.just(""),
    st.booleans(),
).map(lambda values: Message(*values))


@settings(max_examples=150, deadline=None)
@given(messages=st.lists(MESSAGES, max_size=4))
@example(
    [Message("a/b", "One {role:gp}", "\u202bواحد {role:gp} (10)\u202c\nثلاثة\r\n <b>&amp;</b>")]
)
@example([Message("a", "\u00a0x", "\u200fy]]>"), Message("a", "2nd", "")])
def test_what_goes_out_comes_in(messages: list[Message]) -> None:
    """Contexts, sources, translations and doubts come back, with every sign and line break."""
    found = xliff.read(xliff.written(messages, "en", "ar"))
    assert found.language == "ar"
    assert [m[:3] for m in found.messages] == [m[:3] for m in messages]
    doubts = [(m.fuzzy and bool(m.translation)) for m in messages]
    assert [m.fuzzy for m in found.messages] == doubts


def test_translators_are_told_what_a_catalog_tells() -> None:
    """The brief is a note, the place a location, the room a greatest width."""
    message = Message("a/short", "Advice", comment="At most 22 letters.", places="a/b.yaml:3",
                      flags=("max-length:22",))  # fmt: skip
    text = xliff.written([message], "en", "uk")
    assert '<note from="developer">At most 22 letters.</note>' in text
    assert 'maxwidth="22" size-unit="char"' in text
    assert ">a/b.yaml<" in text
    assert ">3<" in text


def unit(target: str, state: str = "") -> str:
    """An XLIFF 2 file with one entry, as other tools write it."""
    return (
        f"<?xml version='1.0'?><xliff xmlns='{NAMESPACE}2.0' version='2.0' srcLang='en'"
        f" trgLang='es'><file id='f'><unit id='u1' name='a/b'><segment{state}>"
        f"<source>Advice</source><target>{target}</target></segment></unit></file></xliff>"
    )


@pytest.mark.parametrize(
    ("state", "doubt"),
    [("", False), (" state='initial'", True), (" state='translated'", False)],
)
def test_the_second_version_is_read(state: str, doubt: bool) -> None:
    """A file of XLIFF 2 is read too, with the context as the name of the unit."""
    (found,) = xliff.read(unit("Consejo", state)).messages
    assert found[:4] == ("a/b", "Advice", "Consejo", doubt)


@pytest.mark.parametrize("state", ["new", "needs-translation", "needs-review-translation"])
def test_what_is_not_finished_is_known(state: str) -> None:
    """A state that says so makes a translation doubtful, and so does `approved="no"`."""
    text = xliff.written([Message("a/b", "Advice", "Consejo")], "en", "es")
    assert xliff.read(text.replace('state="translated"', f'state="{state}"')).messages[0].fuzzy
    assert xliff.read(text.replace('approved="yes"', 'approved="no"')).messages[0].fuzzy
    assert not xliff.read(text.replace(' approved="yes"', "")).messages[0].fuzzy


ENTITY = "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"
BOMB = (
    "<!DOCTYPE x [<!ENTITY a0 'ha'>"
    + "".join(f"<!ENTITY a{n} '&a{n - 1};&a{n - 1};'>" for n in range(1, 60))
    + "]>"
)


@pytest.mark.parametrize(
    "text",
    [
        ENTITY + unit("&e;"),
        unit("&e;").replace("<xliff", ENTITY + "<xliff", 1),
        unit("&a59;").replace("<xliff", BOMB + "<xliff", 1),
        unit("x").replace("<xliff", "<!DOCTYPE xliff SYSTEM 'http://example.com/x.dtd'><xliff", 1),
        unit("x").replace("<xliff", "<!doctype x><xliff", 1),
        unit("&e;"),
        unit("x")[:-9],
        "<a><b></a></b>",
        "<xliff version='1.2'/>",
        "<html xmlns='http://www.w3.org/1999/xhtml'/>",
        "<x>" * 5000,
    ],
    ids=["entity", "entity-inside", "bomb", "types", "small", "unknown-entity", "cut", "crossed",
         "empty", "html", "deep"],
)  # fmt: skip
def test_a_hostile_file_is_refused(text: str) -> None:
    """Types, entities, bombs and what is not whole are refused, with a line."""
    with pytest.raises(Broken) as broken:
        xliff.read(text)
    assert broken.value.line >= 1


@pytest.mark.parametrize("encoding", ["UTF-7", "UTF-16", "ISO-8859-1", "EBCDIC-CP-US"])
def test_the_encoding_that_a_file_claims_does_not_matter(encoding: str) -> None:
    """A text that is not what it looks like in another encoding is read as it stands."""
    text = unit("+ADw-+ACE-DOCTYPE").replace("'1.0'", f"'1.0' encoding='{encoding}'", 1)
    (found,) = xliff.read(text).messages
    assert found.translation == "+ADw-+ACE-DOCTYPE"


def test_without_the_extra_a_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where translate-toolkit is not installed, the text says how to get it."""
    monkeypatch.setitem(sys.modules, "translate.storage.xliff", None)
    with pytest.raises(xliff.NotInstalled, match=r"pip install 'stepwell\[xliff\]'"):
        xliff.written([], "en", "es")
    with pytest.raises(xliff.NotInstalled):
        xliff.read(unit("x"))
