"""Every seeded fault in a number or placeholder is caught, and no clean translation is."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from tests.check import seeded

from stepwell.check.languages import Judge
from stepwell.check.translations import Pair, faults
from stepwell.definitions.project import Definitions
from stepwell.definitions.units import files, served

CAUGHT = {"SW502", "SW507", "SW508", "SW510", "SW523"}


@pytest.fixture(scope="module")
def pairs(real: Definitions) -> list[Pair]:
    """Every current translation of the sample pathways, in every language."""
    found = []
    for catalog in real.catalogs.values():
        judge = Judge(real, catalog)
        for _, units in files(real):
            for unit in served(real, catalog.language, units):
                entry = catalog.entries.get(unit.key)
                if entry and not entry.stale:
                    found.append(judge.pair(unit, entry.text))
    return found


def test_every_seeded_fault_is_caught(pairs: list[Pair]) -> None:
    """2,000 faults over all catalogs: each has a code that its right form has not."""
    missed, languages = [], Counter[str]()
    in_order = [pair for pair in pairs if "SW523" not in {fault.code for fault in faults(pair)}]
    for right, wrong in seeded.faults(in_order, 2000, seed=4):
        languages[wrong.language] += 1
        new = set(faults(wrong)) - set(faults(right))
        if not {fault.code for fault in new} & CAUGHT:
            missed.append((wrong.source, wrong.translation))
    assert missed == []
    assert set(languages) == {pair.language for pair in pairs}
    assert min(languages.values()) > 100


def test_a_number_in_every_language_is_no_fault(pairs: list[Pair]) -> None:
    """A dose that is said rightly, with the marks and words of a language, is not told."""
    chance = random.Random(4)
    right = (seeded.with_numbers(chance.choice(pairs), chance) for _ in range(1000))
    numbers = CAUGHT - {"SW523"}
    assert [f for pair in right for f in faults(pair) if f.code in numbers] == []


def test_no_alarm_on_the_clean_catalogs(real: Definitions) -> None:
    """Nothing is found in the sample catalogs that a translator has not waived with a reason."""
    alarms = []
    for catalog in real.catalogs.values():
        judge = Judge(real, catalog)
        for _, units in files(real):
            for unit in served(real, catalog.language, units):
                alarms += [(catalog.language, unit.key, fault) for fault in judge.faults(unit)]
    assert alarms == []
