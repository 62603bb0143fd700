"""YAML keeps what was typed, or is refused with its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepwell.diagnostics import Diagnostic, Diagnostics
from stepwell.load.nodes import MAX_DEPTH, parse
from stepwell.source import Mapping, Scalar, Sequence, SourceFile

AMBIGUOUS = """
0300123 | 0300 123 | +443114 | 020 7946 0100 | 1:30 | 12:30 | 190:20:30 | 1.10 | 1.0 | 1e3 | 1_000
0x1F | 0b101 | 0o17 | 017 | 08 | .5 | 5. | -0 | +1 | .inf | -.inf | .nan | NaN | ~ | null | Null
NULL | yes | no | Yes | No | YES | NO | on | off | On | OFF | true | false | True | FALSE | y | n
2026-10-01 | 2026-10-01T10:00:00Z | 01.10.2026 | 10~14 | 3*4*5 mg | 5..14 | 0.8 mmol/L | 15% | 1/2
1,5 | 12e03 | 685.230_15e+03 | = | <b>x</b> | 50 mg b.d. | C# | x#y | _ | 1-2 | a,b
(1) | $5 | ^2
""".replace("\n", " | ").split(" | ")
SCALARS = [typed for typed in (found.strip() for found in AMBIGUOUS) if typed]


def read(text: str) -> tuple[object, tuple[Diagnostic, ...]]:
    """The root node and the diagnostics of a YAML text."""
    diagnostics = Diagnostics()
    node = parse(SourceFile.of("x.yaml", text), diagnostics)
    return node, diagnostics.sorted()


def test_there_are_sixty_of_them() -> None:
    """The list of ambiguous scalars is as long as it is said to be."""
    assert len(set(SCALARS)) >= 60


@pytest.mark.parametrize("typed", SCALARS)
def test_a_scalar_stays_as_it_was_typed(typed: str) -> None:
    """No scalar is taken for a number, a date, a time or a truth value, as value or as key."""
    node, found = read(f"value: {typed}\n{typed}: key\n")
    assert found == ()
    assert isinstance(node, Mapping)
    assert node["value"] == typed
    assert node[typed] == "key"


@given(st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=40))
def test_any_quoted_text_comes_back_unchanged(text: str) -> None:
    """Whatever stands in double quotes comes back letter for letter."""
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    node, found = read(f'a: "{quoted}"\n')
    assert found == ()
    assert isinstance(node, Mapping)
    assert node["a"] == text


def test_every_value_knows_its_place() -> None:
    """Keys, scalars, lists and mappings have their line and column."""
    node, _ = read("a: 1\nb:\n  - c: x\n")
    assert isinstance(node, Mapping)
    assert str(node.keys_at["b"]) == "x.yaml:2:1"
    inner = node["b"]
    assert isinstance(inner, Sequence)
    assert isinstance(inner[0], Mapping)
    leaf = inner[0]["c"]
    assert isinstance(leaf, Scalar)
    assert str(leaf.span) == "x.yaml:3:8"


BOMB = "a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n"
REFUSED = [
    ("duplicate keys", "a: 1\nb: 2\na: 3\n", "SW105", 3, 1),
    ("duplicate keys deep down", "x:\n  - {a: 1, a: 2}\n", "SW105", 2, 12),
    ("a bomb of aliases", BOMB, "SW106", 1, 4),
    ("an alias alone", "a: *b\n", "SW106", 1, 4),
    ("a tag", "a: !!python/object/apply:os.system [x]\n", "SW107", 1, 4),
    ("a tag of a scalar", "a: !!str 5\n", "SW107", 1, 4),
    ("a %TAG directive", "%TAG ! tag:x,2000:\n---\na: 1\n", "SW107", 1, 1),
    ("a merge key", "a:\n  <<: {b: 1}\n", "SW108", 2, 3),
    ("two documents", "a: 1\n---\nb: 2\n", "SW109", 2, 1),
    ("a tab as indentation", "a:\n\tb: 1\n", "SW110", 2, 1),
    ("deep flow lists", "[" * 100_000, "SW111", 1, MAX_DEPTH + 1),
    ("deep flow mappings", "{a: " * 50_000, "SW111", 1, 4 * MAX_DEPTH + 1),
    ("deep block lists", "- " * 5_000 + "x", "SW111", 1, 2 * MAX_DEPTH + 1),
    ("a list as key", "[a, b]: 1\n", "SW118", 1, 1),
    ("a quote that is not closed", 'a: "x\nb: 1\n', "SW104", 1, 4),
    ("a colon that is not quoted", "a: b: c\n", "SW104", 1, 5),
    ("nothing at all", "# only a comment\n", "SW104", 1, 1),
]


@pytest.mark.parametrize(("text", "code", "line", "column"), [r[1:] for r in REFUSED],
                         ids=[r[0] for r in REFUSED])  # fmt: skip
def test_what_is_refused_is_located(text: str, code: str, line: int, column: int) -> None:
    """Each thing that YAML could do behind an editor's back is refused at its place."""
    node, found = read(text)
    assert node is None
    assert [(d.code, d.span.line, d.span.column) for d in found] == [(code, line, column)]


@given(st.text(max_size=200))
def test_no_text_is_ever_an_exception(text: str) -> None:
    """Any text is read or refused; the reader never raises."""
    node, found = read(text)
    assert (node is None) == bool(found)
