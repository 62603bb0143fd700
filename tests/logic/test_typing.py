"""Criteria as written become typed expressions, or a located problem that says why not."""

from __future__ import annotations

from decimal import Decimal

import pytest
from pydantic_core import PydanticCustomError

from stepwell.definitions.criteria import Criterion
from stepwell.diagnostics import Diagnostics
from stepwell.load.nodes import parse
from stepwell.logic.expression import Comparing, Every, Expression, Named, Neither, Some
from stepwell.logic.measures import BUILT_IN, BadValue, Measure
from stepwell.logic.typing import Vocabulary
from stepwell.source import SourceFile

MEASURES = {
    **BUILT_IN,
    "phq-9": Measure("phq-9", "score", Decimal(0), Decimal(27), Decimal(1)),
    "weight": Measure("weight", "number", Decimal(30), Decimal(250), Decimal("0.5"), "kg"),
    "plan": Measure("plan", "finding", Decimal(0), Decimal(1), Decimal(1)),
    "response": Measure("response", "choice", choices=("none", "partial", "full")),
    "lasting": Measure("lasting", "duration", Decimal(0), unit="weeks"),
    "drop": Measure("drop", "change", percent=True),
}


def written(text: str) -> Criterion:
    """The criterion of a YAML text."""
    diagnostics = Diagnostics()
    node = parse(SourceFile.of("x.yaml", text), diagnostics)
    assert not diagnostics.failed
    return Criterion.read(node)


def typed(text: str, **named: str) -> tuple[Expression | None, list[tuple[str, str]]]:
    """The expression of a YAML text and (code, place) of each problem."""
    diagnostics = Diagnostics()
    criteria = {name: written(inner) for name, inner in named.items()}
    found = Vocabulary(MEASURES, criteria, diagnostics).expression(written(text))
    return found, [(d.code, str(d.span)) for d in diagnostics.sorted()]


def numbers(text: str) -> list[Decimal]:
    """The numbers that a single comparison compares with."""
    found, problems = typed(text)
    assert problems == []
    assert isinstance(found, Comparing)
    return [value.number for value in found.values]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("phq-9: 5..14", ["5", "14"]),
        ("phq-9: 5", ["5"]),
        ("phq-9: {one-of: [5, 6]}", ["5", "6"]),
        ("weight: {below: 82.5}", ["82.5"]),
        ("weight: {below: 82.5 kg}", ["82.5"]),
        ("lasting: {at-least: 4 weeks}", ["28"]),
        ("lasting: {at-most: 36 hours}", ["1.5"]),
        ("lasting: 2 weeks..1 months", ["14", "30.4375"]),
        ("drop: {at-most: -50%}", ["-50"]),
        ("drop: {at-most: -50}", ["-50"]),
        ("response: {at-least: partial}", ["1"]),
        ("response: {one-of: [none, full]}", ["0", "2"]),
        ("plan: no", ["0"]),
        ("plan", []),
        ("age: {at-least: 65}", ["65"]),
        ("in-tier: {more-than: 6 weeks}", ["42"]),
    ],
)
def test_values_become_numbers(text: str, expected: list[str]) -> None:
    """Scores, decimals with units, durations in days, percents, choices by place, findings."""
    assert numbers(text) == [Decimal(number) for number in expected]


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("phq-8: {at-least: 5}", "SW203", "x.yaml:1:1"),
        ("phq-9: 28", "SW301", "x.yaml:1:8"),
        ("phq-9: {at-least: -1}", "SW301", "x.yaml:1:19"),
        ("weight: {below: 20}", "SW301", "x.yaml:1:17"),
        ("phq-9: 14..5", "SW302", "x.yaml:1:8"),
        ("phq-9: 4.5", "SW303", "x.yaml:1:8"),
        ("weight: {below: 82.2}", "SW303", "x.yaml:1:17"),
        ("phq-9: severe", "SW303", "x.yaml:1:8"),
        ("phq-9: {at-least: 15 kg}", "SW303", "x.yaml:1:19"),
        ("phq-9: 1e1", "SW303", "x.yaml:1:8"),
        ("phq-9", "SW303", "x.yaml:1:1"),
        ("plan: {at-least: yes}", "SW303", "x.yaml:1:18"),
        ("plan: 1", "SW303", "x.yaml:1:7"),
        ("response: 1..2", "SW303", "x.yaml:1:11"),
        ("response: great", "SW303", "x.yaml:1:11"),
        ("lasting: {at-least: 4}", "SW303", "x.yaml:1:21"),
        ("lasting: {at-least: 4 moons}", "SW303", "x.yaml:1:21"),
        ("all:\n  - plan\n  - any: [plan, {phq-9: 30}]", "SW301", "x.yaml:3:25"),
    ],
)
def test_what_does_not_fit_is_located(text: str, code: str, place: str) -> None:
    """Each wrong name, value and comparison is one problem, at the value if there is one."""
    found, problems = typed(text)
    assert found is None
    assert problems == [(code, place)]


def test_groups_keep_their_meaning() -> None:
    """Lists and several keys are `all`; any, none and counts are what they say."""
    two = "[plan, {phq-9: 5}]"
    for text in (two, "plan: yes\nphq-9: 5", f"all: {two}"):
        found, _ = typed(text)
        assert isinstance(found, Every)
        assert len(found.parts) == 2
    some, _ = typed(f"any: {two}")
    assert isinstance(some, Some)
    assert some.least == 1
    counted, _ = typed(f"at-least: 2\nof: {two}")
    assert isinstance(counted, Some)
    assert counted.least == 2
    none, _ = typed(f"none: {two}")
    assert isinstance(none, Neither)


def test_a_named_criterion_stands_for_what_it_names() -> None:
    """A name is followed, through other names, and its name is kept."""
    found, problems = typed("outer", outer="inner", inner="phq-9: 5")
    assert problems == []
    assert isinstance(found, Named)
    assert isinstance(found.inner, Named)
    assert isinstance(found.inner.inner, Comparing)


def test_a_circle_of_names_is_one_problem() -> None:
    """Criteria that lead back to themselves are refused, and reading ends."""
    found, problems = typed("ring", ring="any: [plan, chain]", chain="none: [ring]")
    assert found is None
    assert [code for code, _ in problems] == ["SW205"]


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "all: []",
        "phq-9: {at-least: 5, below: 9}",
        "phq-9: {atleast: 5}",
        "phq-9: [5, 6]",
        "phq-9: {one-of: [[5]]}",
        "at-least: 3\nof: [plan, plan]",
        "at-least: 0\nof: [plan]",
        "at-least: 1\nof: plan",
        "at-least: 1\nof: [plan]\nall: [plan]",
    ],
)
def test_a_malformed_criterion_is_refused_when_it_is_read(text: str) -> None:
    """What is no criterion at all never becomes one that means something else."""
    with pytest.raises(PydanticCustomError):
        written(text)


def test_a_bad_value_says_whether_it_is_out_of_range() -> None:
    """A value outside the range is told apart from one that is no value."""
    for value, outside in (("28", True), ("x", False)):
        with pytest.raises(BadValue) as caught:
            MEASURES["phq-9"].value(value)
        assert caught.value.out_of_range is outside
