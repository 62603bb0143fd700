"""Renderings: nothing in the content is markup, and a share says something."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepwell.changes.markdown import escape
from stepwell.changes.wording import percent


@given(st.text())
def test_content_is_no_markup(text: str) -> None:
    """Escaped content has no character that Markdown or HTML could read, and one line."""
    shown = escape(text)
    assert not set(re.sub(r"&#\d+;", "", shown)) & set("<>|`*_~[]\\$&\n")
    assert not re.search(r"(?<!\w)[@#]\w", re.sub(r"&#\d+;", ".", shown))
    assert html.unescape(shown).replace("\u200b", "") == " ".join(text.split()).replace(
        "\u200b", ""
    )


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [(1, 1, "100 %"), (999_999, 1_000_000, "99.9 %"), (136, 1000, "13.6 %"), (1, 200, "0.50 %"),
     (1, 10**6, "less than 0.01 %")],
)  # fmt: skip
def test_a_share_has_digits_that_say_something(part: int, whole: int, expected: str) -> None:
    """A share is never rounded to nothing or to all."""
    assert percent(part, whole) == expected
