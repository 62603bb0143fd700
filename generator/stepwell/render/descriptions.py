"""What is told of a page where it is only listed: by search engines, and beside links. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markupsafe import Markup

from stepwell.model import Direction
from stepwell.resolve.words import plain

MOST = 200
"""Letters; what is longer is cut off where it is shown."""
_LEAST = 12
_LEAD = re.compile(r'<p class="sw-lead">(.*?)</p>', re.DOTALL)
_ASIDE = re.compile(
    r'<(section|div) class="sw-(?:redflag|crisis)\b.*?</\1>|<footer class="sw-page-end".*',
    re.DOTALL,
)
"""What every page has, or more than one: it tells them from no other."""
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_NO_SENTENCE = re.compile(r"\s*<(a|strong)\b[^>]*>[^<]*</\1>\s*")


def description(html: Markup, direction: Direction) -> str:
    """The lead of an article or, where it has none, its own first sentence; at most MOST letters.

    Plain text, cut between words. Empty if the article has no sentence of its own.
    """
    lead = _LEAD.search(html)
    found = [lead[1]] if lead else [*_sentences(_ASIDE.sub("", html))]
    text = plain(Markup(found[0]), direction) if found else ""
    return text if len(text) <= MOST else f"{text[:MOST].rpartition(' ')[0] or text[:MOST]}…"


def _sentences(html: str) -> Iterator[str]:
    """The paragraphs that are more than a link, a heading or a word, for eyes and ears alike."""
    for match in _PARAGRAPH.finditer(html):
        words = Markup(match[1]).striptags()
        told = "sw-hidden" not in match[1] and not _NO_SENTENCE.fullmatch(match[1])
        if len(words) >= _LEAST and told:
            yield match[1]
