"""What is put on the panels of a folded sheet, and what is left out."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from stepwell.render.panels import TITLE, Fold, Part, Room, fold, lines

ROOM = Room(cover=6, panel=10, last=4, letters=10, count=4)


def entries(count: int, length: int = 1) -> Sequence[Markup]:
    """So many entries that take `length` lines each."""
    return [Markup("x" * 10 * length)] * count


def printed(made: Fold, kind: str = "entry") -> int:
    """How many lines of a kind there are on all panels."""
    return sum(line.kind == kind for panel in made.panels for line in panel)


def test_lines_count_words_and_not_elements() -> None:
    """Elements take no room, an Arabic letter less and a Chinese one more than a Latin one."""
    assert lines(Markup("<b>%s</b>") % ("x" * 20), 10) == 2
    assert lines(Markup("م" * 11), 10) == 1
    assert lines(Markup("水" * 6), 10) == 2


def test_a_short_part_leaves_the_cover_alone() -> None:
    """What fits on one panel begins on the second, and unused panels stay empty."""
    made = fold([Part(Markup("A"), [entries(3)], whole=True)], ROOM)
    assert [len(panel) for panel in made.panels] == [0, 1 + 3, 0, 0]


def test_a_long_first_part_begins_on_the_cover_and_is_never_cut() -> None:
    """The first part is printed whole, even if there are more panels in the end."""
    made = fold([Part(Markup("A"), [entries(40)], whole=True)], ROOM)
    assert len(made.panels) > ROOM.count
    assert made.panels[0]
    assert printed(made) == 40
    assert printed(made, "continued") == len(made.panels) - 1


def test_no_panel_holds_more_than_it_can() -> None:
    """Entries that do not fit are left out, and their part says that there are more."""
    parts = [
        Part(Markup("A"), [entries(4, 2)], whole=True),
        Part(Markup("B"), [entries(30)]),
        Part(Markup("C"), [entries(30)]),
    ]
    made = fold(parts, ROOM)
    limits = (ROOM.cover, ROOM.panel, ROOM.panel, ROOM.last)
    for panel, limit in zip(made.panels, limits, strict=True):
        taken = sum(lines(p.html, 10) if p.kind == "entry" else TITLE for p in panel)
        assert taken <= limit
    assert printed(made, "more") == 1
    assert made.left_out == ["C"]


def test_the_longest_wording_that_leaves_room_is_printed() -> None:
    """A part that must be whole is printed in a shorter wording where the longer takes too much."""
    short, long = entries(2), entries(12)
    wanted = Part(Markup("A"), [long, short], whole=True)
    alone = fold([wanted], ROOM)
    beside = fold([wanted, Part(Markup("B"), [entries(12)], whole=True)], ROOM)
    assert printed(alone) == 12
    assert printed(beside) == 2 + 12


def test_parts_without_entries_take_no_room() -> None:
    """A pathway without a kind of content has no title for it."""
    made = fold([Part(Markup("A"), [[]]), Part(Markup("B"), [entries(1)], whole=True)], ROOM)
    assert printed(made, "title") == 1
    assert made.left_out == []
