"""Gaps in words to copy: each is marked, and nothing else changes."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from stepwell.render.gaps import marked

START = '<mark class="sw-gap">'


@pytest.mark.parametrize(
    ("html", "gaps"),
    [
        ("Person [initials, date] is at [place].", ["[initials, date]", "[place]"]),
        ('[<a href="role-gp.html">GP</a>] calls', ['[<a href="role-gp.html">GP</a>]']),
        ("<p>[one</p>\n<p>two]</p>", []),
        ("[ not closed, closed ] later]", ["[ not closed, closed ]"]),
        ("no gap, [] none", []),
        ("[&lt;b&gt;]", ["[&lt;b&gt;]"]),
        ("[للملء] و[الوقت]", ["[للملء]", "[الوقت]"]),
        ("[[twice]]", ["[twice]"]),
    ],
)
def test_each_gap_is_marked(html: str, gaps: list[str]) -> None:
    """A gap keeps its brackets and gets a mark; what would part an element is left alone."""
    found = marked(Markup(html))
    assert [part.partition("</mark>")[0] for part in found.split(START)[1:]] == gaps
    assert found.replace(START, "").replace("</mark>", "") == html
